"""Open a worksheet for a job, replace an issued one, give one up."""

from datetime import date

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action
from quacan.centre.base.documents import freeze_text
from quacan.centre.base.language.folding import fold
from quacan.centre.base.refusals import FieldWrong
from quacan.centre.base.registers import take_number
from quacan.centre.contracts.actions import reopen_job, start_job
from quacan.centre.contracts.models import Job, Service
from quacan.centre.examinations.actions import begin, propose_missing
from quacan.centre.examinations.moves import not_the_checker
from quacan.centre.examinations.queries.competence import fitness_of
from quacan.centre.examinations.refusals import NoProcedure, SeveralProcedures
from quacan.centre.people.models import Person
from quacan.centre.verification.library import Shelf, shelves_for
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.moves import OPEN, REPLACE, VOID
from quacan.centre.verification.queries.competence import incompetence
from quacan.metrology.procedure import layout


@action(OPEN)
def open_worksheet(act: Act, job: Job, *, performed_on: date, procedure_code: str = "") -> Worksheet:
    """This will open the worksheet of a job: procedure and limits of the day frozen, standards in force proposed."""
    refuse_future(act, performed_on)
    shelf = choose_shelf(job, performed_on, procedure_code)
    refuse_incompetent(job, procedure=shelf.procedure.code, on=performed_on)
    sheet = _new_worksheet(act, job, shelf, performed_on)
    start_job(act, job)
    return sheet


def refuse_incompetent(job: Job, *, procedure: str, on: date) -> None:
    """This will refuse a performer without a card for the field (verification) or leave for the procedure, that day."""
    for refusal in incompetence(job.performer, job, procedure=procedure, on=on):
        raise refusal


def refuse_unfit(sheet: Worksheet) -> None:
    """This will refuse a worksheet whose performer has no card or leave for it, or whose checker is not the supervisor.

    Card and leave are those of the day measured, held against the instrument as the worksheet has it.
    """
    for refusal in fitness_of(sheet).refusals:
        raise refusal
    if sheet.checker is not None:
        for refusal in not_the_checker(sheet, sheet.checker):
            raise refusal


def refuse_future(act: Act, performed_on: date) -> None:
    """This will refuse a day of measurement that has not come."""
    if performed_on > act.on:
        raise FieldWrong(field=_("Ngày đo"), why=_("sau hôm nay"))


def choose_shelf(job: Job, on: date, code: str) -> Shelf:
    """This will give the one procedure that governs a job on a day (named by *code* where several do), or refuse."""
    kind = job.instrument.kind_code
    found = shelves_for(kind, event=job.event, service=job.line.service, on=on)
    if code:
        found = [shelf for shelf in found if shelf.procedure.code == code]
    if not found:
        raise NoProcedure(kind=kind, event=job.get_event_display(), on=f"{on:%d/%m/%Y}")
    if len(found) > 1:
        codes = ", ".join(shelf.procedure.code for shelf in found)
        raise SeveralProcedures(count=len(found), codes=codes)
    return found[0]


def _new_worksheet(
    act: Act,
    job: Job,
    shelf: Shelf,
    performed_on: date,
    *,
    supersedes: Worksheet | None = None,
    performer: Person | None = None,
) -> Worksheet:
    organisation = job.order.organisation
    number = take_number(
        act, organisation, kind="worksheet", subject=f"contracts.Job:{job.pk}", on=performed_on
    )
    sheet = blank_sheet(job, shelf, performed_on, number=number.text)
    sheet.supersedes, sheet.performer = supersedes, performer or job.performer
    begin(act, sheet)
    return sheet


def blank_sheet(job: Job, shelf: Shelf, performed_on: date, *, number: str) -> Worksheet:
    """This will fill the head of a worksheet, not stored yet: procedure and limits of the day are frozen with it."""
    code, version = shelf.procedure.code, shelf.procedure.version
    freeze = {"code": code, "version": version}
    return Worksheet(
        organisation=job.order.organisation,
        unit=job.order.unit,
        job=job,
        instrument=job.instrument,
        number=number,
        service=job.line.service,
        event=job.event,
        procedure_code=code,
        procedure_version=version,
        procedure_text_id=freeze_text(kind="procedure", text=shelf.text, **freeze),
        limits_text_id=freeze_text(kind="limits", text=shelf.limits_text, **freeze),
        characteristics=dict(job.instrument.characteristics),
        decision_rule=_agreed_rule(job),
        place=job.order.place,
        performed_on=performed_on,
        performer=job.performer,
        folded=fold(f"{number} {job.instrument} {job.instrument.owner} {job.order.contract.number}")[:600],
    )


def _agreed_rule(job: Job) -> str:
    """The rule the customer agreed to where the law leaves the choice; '' keeps the procedure's own."""
    return "" if job.line.service == Service.VERIFICATION else job.order.contract.decision_rule


def propose_standards(sheet: Worksheet, shelf: Shelf) -> None:
    """This will choose the first standard that nothing stands against; the verifier may choose another."""
    propose_missing(sheet, layout(shelf.procedure, characteristics=sheet.characteristics, event=sheet.event))


@action(REPLACE)
def supersede_worksheet(act: Act, worksheet: Worksheet, *, performed_on: date) -> Worksheet:
    """This will open a worksheet that replaces an issued one; the old one stands until the new result is issued.

    Whoever replaces it measures it.
    """
    refuse_future(act, performed_on)
    shelf = choose_shelf(worksheet.job, performed_on, worksheet.procedure_code)
    performer = Person.objects.get(username=act.actor.username)
    return _new_worksheet(act, worksheet.job, shelf, performed_on, supersedes=worksheet, performer=performer)


@action(VOID)
def void_worksheet(act: Act, worksheet: Worksheet) -> Worksheet:
    """This will give up a worksheet that was never submitted; its number stays in the register."""
    act.moved(worksheet)
    reopen_job(act, worksheet.job)
    return worksheet

"""Open a worksheet for a job, replace an issued one, give one up."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image
from quacan.centre.base.documents import freeze_text
from quacan.centre.base.language.folding import fold
from quacan.centre.base.refusals import FieldWrong, WrongStage
from quacan.centre.base.registers import take_number
from quacan.centre.contracts.actions import reopen_job, start_job
from quacan.centre.contracts.models import Job, Service
from quacan.centre.instruments.catalogue import kind as catalogue_kind
from quacan.centre.people.queries import require_authorisation, require_card
from quacan.centre.standards.queries import standards_for
from quacan.centre.verification.library import Shelf, shelves_for
from quacan.centre.verification.models import Run, StandardUse, Worksheet
from quacan.centre.verification.queries import instrument_extent, leave_of, unsuitability
from quacan.centre.verification.refusals import (
    NoProcedure,
    NotPerformer,
    SeveralProcedures,
    SupervisorChecks,
)
from quacan.metrology.procedure import layout


@action("worksheets.record")
def open_worksheet(act: Act, job: Job, *, performed_on: date, procedure_code: str = "") -> Worksheet:
    """This will open the worksheet of a job: procedure and limits of the day frozen, standards in force proposed."""
    organisation = job.order.organisation
    act.require(organisation, unit_id=job.order.unit_id)
    if job.performer.username != act.actor.username:
        raise NotPerformer(performer=job.performer.full_name, number=job.order.number)
    if job.state != Job.State.WAITING:
        raise WrongStage(
            record=str(job.instrument),
            stage=job.get_state_display(),
            move=_("mở phiếu"),
            allowed=_("không có"),
        )
    refuse_future(act, performed_on)
    shelf = choose_shelf(job, performed_on, procedure_code)
    refuse_incompetent(job, procedure=shelf.procedure.code, on=performed_on)
    sheet = _new_worksheet(act, job, shelf, performed_on, supersedes=None)
    start_job(act, job)
    return sheet


def refuse_future(act: Act, performed_on: date) -> None:
    """This will refuse a day of measurement that has not come."""
    if performed_on > act.on:
        raise FieldWrong(field=_("Ngày đo"), why=_("sau hôm nay"))


def refuse_incompetent(
    job: Job, *, procedure: str, on: date, characteristics: Mapping[str, str] | None = None
) -> None:
    """This will refuse a performer without a card for the field (verification) or leave for the procedure, that day.

    The leave must reach the instrument as it stands, or as *characteristics* of a worksheet say.
    """
    organisation = job.order.organisation
    if job.line.service == "verification":
        field = catalogue_kind(job.instrument.kind_code).field
        require_card(job.performer, organisation, field=field, on=on)
    extent = instrument_extent(
        procedure, characteristics if characteristics is not None else job.instrument.characteristics, on=on
    )
    require_authorisation(job.performer, organisation, procedure=procedure, on=on, extent=extent)


def refuse_unfit(sheet: Worksheet) -> None:
    """This will refuse a worksheet whose performer has no card or leave for it, or whose checker is not the supervisor.

    Card and leave are those of the day measured, held against the instrument as the worksheet has it.
    """
    if sheet.service == "verification":
        field = catalogue_kind(sheet.instrument.kind_code).field
        require_card(sheet.performer, sheet.organisation, field=field, on=sheet.performed_on)
    supervisor = leave_of(sheet).supervisor
    if supervisor is not None and sheet.checker is not None and sheet.checker_id != supervisor.pk:
        raise SupervisorChecks(
            performer=sheet.performer.full_name, supervisor=supervisor.full_name, number=sheet.number
        )


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
    act: Act, job: Job, shelf: Shelf, performed_on: date, *, supersedes: Worksheet | None
) -> Worksheet:
    organisation = job.order.organisation
    number = take_number(
        act, organisation, kind="worksheet", subject=f"contracts.Job:{job.pk}", on=performed_on
    )
    sheet = blank_sheet(job, shelf, performed_on, number=number.text, supersedes=supersedes)
    sheet.save(force_insert=True)
    Run.objects.create(
        worksheet=sheet, ordinal=1, kind=Run.Kind.FIRST, opened_at=act.at, opened_by=act.actor.username
    )
    act.created(sheet)
    propose_standards(sheet, shelf)
    return sheet


def blank_sheet(
    job: Job, shelf: Shelf, performed_on: date, *, number: str, supersedes: Worksheet | None = None
) -> Worksheet:
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
        supersedes=supersedes,
        folded=fold(f"{number} {job.instrument} {job.instrument.owner} {job.order.contract.number}")[:600],
    )


def _agreed_rule(job: Job) -> str:
    """The rule the customer agreed to where the law leaves the choice; '' keeps the procedure's own."""
    return "" if job.line.service == Service.VERIFICATION else job.order.contract.decision_rule


def propose_standards(sheet: Worksheet, shelf: Shelf) -> None:
    """This will choose the first standard that nothing stands against; the verifier may choose another."""
    needs = layout(shelf.procedure, characteristics=sheet.characteristics, event=sheet.event).standards
    for need in needs:
        for ready in standards_for(sheet.organisation, need.quantity, sheet.performed_on):
            if ready.certificate is not None and not unsuitability(
                sheet, ready.certificate, need, ready=ready
            ):
                StandardUse.objects.create(worksheet=sheet, certificate=ready.certificate, need=need.key)
                break


@action("worksheets.record")
def supersede_worksheet(act: Act, worksheet: Worksheet, *, performed_on: date) -> Worksheet:
    """This will open a worksheet that replaces an issued one; the old one stands until the new result is issued."""
    act.require(worksheet.organisation, unit_id=worksheet.unit_id)
    act.require_reason(_("thay thế phiếu"))
    worksheet = Worksheet.objects.select_for_update().get(pk=worksheet.pk)
    if worksheet.state != Worksheet.State.ISSUED:
        raise WrongStage(
            record=worksheet.number,
            stage=worksheet.get_state_display(),
            move=_("thay thế"),
            allowed=_("sửa ngay trên phiếu"),
        )
    if hasattr(worksheet, "superseded_by"):
        raise WrongStage(
            record=worksheet.number,
            stage=_("đang có phiếu thay thế {number}").format(number=worksheet.superseded_by.number),
            move=_("thay thế"),
            allowed=_("làm tiếp phiếu thay thế"),
        )
    refuse_future(act, performed_on)
    shelf = choose_shelf(worksheet.job, performed_on, worksheet.procedure_code)
    return _new_worksheet(act, worksheet.job, shelf, performed_on, supersedes=worksheet)


@action("worksheets.record")
def void_worksheet(act: Act, worksheet: Worksheet) -> Worksheet:
    """This will give up a worksheet that was never submitted; its number stays in the register."""
    act.require(worksheet.organisation, unit_id=worksheet.unit_id)
    act.require_reason(_("bỏ phiếu"))
    worksheet = Worksheet.objects.select_for_update().get(pk=worksheet.pk)
    if worksheet.state != Worksheet.State.DRAFT or worksheet.supersedes_id is not None:
        raise WrongStage(
            record=worksheet.number,
            stage=worksheet.get_state_display(),
            move=_("bỏ phiếu"),
            allowed=_("không có"),
        )
    before = image(worksheet)
    worksheet.state = Worksheet.State.VOID
    worksheet.save(update_fields=["state"])
    act.changed(worksheet, before)
    reopen_job(act, worksheet.job)
    return worksheet

"""Open nonconforming work on a finished simulation, see it followed up, close it with cause and remedy."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image, locked, reference
from quacan.centre.base.calendar import CalendarRefused, working_calendar
from quacan.centre.base.chain import canonical
from quacan.centre.base.documents import Rendition, issue_document
from quacan.centre.base.language.folding import fold, nfc
from quacan.centre.base.models import Document
from quacan.centre.base.refusals import FieldMissing, FieldWrong, WrongStage
from quacan.centre.base.registers import take_number
from quacan.centre.followups.actions import open_follow_up
from quacan.centre.parties.models import Party
from quacan.centre.people.models import Person
from quacan.centre.quality.models import Nonconformity, Notice, Simulation, SimulationRow
from quacan.centre.quality.notices import notice_text
from quacan.centre.quality.queries import (
    affected,
    open_follow_ups_of,
    parties_affected,
    simulation_rows,
    unissued_in_doubt,
)
from quacan.centre.quality.refusals import (
    FollowUpsOpen,
    NonconformityKnown,
    NotConfirmed,
    NothingAffected,
    NotTechnicalHead,
    SimulationStale,
    SimulationUnfinished,
)
from quacan.centre.standards.actions import change_state

KIND = "nonconformity"


@action("quality.record")
def open_nonconformity(
    act: Act,
    simulation: Simulation,
    *,
    summary: str,
    owner: Person,
    working_days: int,
    block: str = "",
) -> Nonconformity:
    """This will open nonconforming work on a finished simulation and freeze that result as a document.

    For every customer to be told a draft notice is written and a follow-up opened for *owner*, who must be allowed
    to check worksheets, due after so many working days; one more asks to measure again what is not issued yet.
    *block* is the state the standard takes today (withdrawn, under_calibration), '' leaves it. Refused when the
    simulation is unfinished, used already, or no longer complete.
    """
    act.require(simulation.organisation)
    simulation = locked(simulation)
    _refuse_unready(simulation)
    summary = nfc(summary).strip()
    if not summary:
        raise FieldMissing(field=_("Tóm tắt"))
    organisation = simulation.organisation
    if not owner.may("worksheets.check", organisation_id=organisation.pk, unit_id=None, on=act.on):
        raise NotTechnicalHead(person=owner.full_name, organisation=organisation.short_name)
    due_on = due_after(act.on, working_days)
    number = take_number(
        act, organisation, kind=KIND, subject=f"quality.Simulation:{simulation.pk}", on=act.on
    )
    made = Nonconformity.objects.create(
        organisation=organisation,
        number=number.text,
        standard=simulation.standard,
        simulation=simulation,
        document=_frozen(act, simulation, number.text, summary),
        summary=summary,
        opened_on=act.on,
        opened_by=act.actor.username,
        folded=fold(f"{number.text} {simulation.standard} {summary}")[:600],
    )
    act.created(made)
    for party, rows in parties_affected(simulation):
        _notify(act, made, simulation, party, rows, owner=owner, due_on=due_on)
    _measure_again(act, made, simulation, owner=owner, due_on=due_on)
    if block:
        change_state(act, simulation.standard, state=block, on=act.on, note=made.number)
    return made


def _refuse_unready(simulation: Simulation) -> None:
    if simulation.state != Simulation.State.COMPLETE:
        raise SimulationUnfinished(done=simulation.done, total=simulation.total)
    known = Nonconformity.objects.filter(simulation=simulation).first()
    if known is not None:
        raise NonconformityKnown(number=known.number)
    now = affected(simulation.standard, from_on=simulation.from_on, to_on=simulation.to_on).count()
    if now != simulation.done:
        raise SimulationStale(done=simulation.done, total=now)
    if not simulation.done:
        raise NothingAffected()


def due_after(on: date, working_days: int) -> date:
    """This will give the day so many working days after a day, refusing what the calendar cannot count."""
    if working_days < 1:
        raise FieldWrong(field=_("Số ngày làm việc"), why=_("phải từ 1"))
    try:
        return working_calendar().add_working_days(on, working_days)
    except CalendarRefused as refused:
        raise FieldWrong(field=_("Số ngày làm việc"), why=str(refused)) from refused


def _frozen(act: Act, simulation: Simulation, number: str, summary: str) -> Document:
    snapshot = {
        "number": number,
        "summary": summary,
        "standard": {"code": simulation.standard.code, "name": simulation.standard.name},
        "deviation": simulation.deviation,
        "unit": simulation.unit,
        "from_on": simulation.from_on,
        "to_on": simulation.to_on,
        "explanation": simulation.explanation,
        "asked_by": simulation.asked_by,
        "asked_at": simulation.asked_at,
        "engine": simulation.engine,
        "rows": [_plain(row) for row in simulation_rows(simulation).order_by("worksheet_id")],
    }
    content = canonical(snapshot).encode()
    return issue_document(
        act,
        book=simulation.organisation.code,
        kind=KIND,
        number=number,
        title=_("Điểm không phù hợp {number}: {standard}").format(
            number=number, standard=simulation.standard
        ),
        snapshot=snapshot,
        renditions=(Rendition("json", "mo-phong.json", content),),
        on=act.on,
    )


def _plain(row: SimulationRow) -> dict[str, Any]:
    return {
        "worksheet": row.worksheet.number,
        "performed_on": row.worksheet.performed_on,
        "certificate": row.outcome.number if row.outcome else "",
        "instrument": str(row.worksheet.instrument),
        "party": row.party.name,
        "effect": row.effect,
        "before": row.before,
        "after": row.after,
        "why": row.why,
        "where": row.where,
        "readings": row.readings,
        "changed": row.changed,
        "tightest": row.tightest,
    }


def _notify(
    act: Act,
    made: Nonconformity,
    simulation: Simulation,
    party: Party,
    rows: Iterable[SimulationRow],
    *,
    owner: Person,
    due_on: date,
) -> None:
    follow_up = open_follow_up(
        act,
        made.organisation,
        kind=KIND,
        title=_("{number}: xem xét kết quả và thông báo cho {party}").format(
            number=made.number, party=party.name
        )[:300],
        owner=owner.username,
        due_on=due_on,
        subject=reference(made),
    )
    notice = Notice.objects.create(
        nonconformity=made, party=party, text=notice_text(made, simulation, party, rows), follow_up=follow_up
    )
    act.created(notice)


def _measure_again(
    act: Act, made: Nonconformity, simulation: Simulation, *, owner: Person, due_on: date
) -> None:
    """Worksheets not issued yet concern no customer: one task to measure them again."""
    numbers = [row.worksheet.number for row in unissued_in_doubt(simulation).order_by("worksheet_id")]
    if numbers:
        title = _("{number}: đo lại {count} phiếu chưa ban hành bằng chuẩn khác ({first}…)")
        open_follow_up(
            act,
            made.organisation,
            kind=KIND,
            title=title.format(number=made.number, count=len(numbers), first=numbers[0]),
            owner=owner.username,
            due_on=due_on,
            subject=reference(made),
        )


@action("quality.record")
def close_nonconformity(
    act: Act,
    nonconformity: Nonconformity,
    *,
    version: int,
    cause: str,
    corrective_action: str,
    effectiveness_on: date | None,
    confirmed: bool,
) -> Nonconformity:
    """This will close nonconforming work: cause, corrective action, the day its effect is looked at, confirmation.

    Every follow-up must have been reported done. A follow-up for that day is opened for who closes.
    """
    act.require(nonconformity.organisation)
    found = locked(nonconformity, version=version)
    if found.state != Nonconformity.State.OPEN:
        raise WrongStage(
            record=found.number, stage=found.get_state_display(), move=_("đóng"), allowed=_("không có")
        )
    cause, corrective_action = nfc(cause).strip(), nfc(corrective_action).strip()
    for field, text in ((_("Nguyên nhân"), cause), (_("Hành động khắc phục"), corrective_action)):
        if not text:
            raise FieldMissing(field=field)
    if effectiveness_on is None:
        raise FieldMissing(field=_("Ngày kiểm tra hiệu lực"))
    if effectiveness_on <= act.on:
        raise FieldWrong(field=_("Ngày kiểm tra hiệu lực"), why=_("phải sau hôm nay"))
    waiting = open_follow_ups_of(found).count()
    if waiting:
        raise FollowUpsOpen(count=waiting)
    if not confirmed:
        raise NotConfirmed()
    before = image(found)
    found.state, found.closed_on, found.closed_by = Nonconformity.State.CLOSED, act.on, act.actor.username
    found.cause, found.corrective_action, found.effectiveness_on = cause, corrective_action, effectiveness_on
    found.version += 1
    found.save()
    act.changed(found, before)
    open_follow_up(
        act,
        found.organisation,
        kind=KIND,
        title=_("{number}: kiểm tra hiệu lực của hành động khắc phục").format(number=found.number),
        owner=act.actor.username,
        due_on=effectiveness_on,
        subject=reference(found),
    )
    return found

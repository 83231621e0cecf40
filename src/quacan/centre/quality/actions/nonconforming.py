"""Open nonconforming work on a finished simulation, see it followed up, close it with cause and remedy."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, reference
from quacan.centre.base.calendar import CalendarRefused, working_calendar
from quacan.centre.base.chain import canonical
from quacan.centre.base.documents import Rendition, issue_document
from quacan.centre.base.language.folding import fold, nfc
from quacan.centre.base.models import Document
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.base.registers import take_number
from quacan.centre.followups.actions import open_follow_up
from quacan.centre.parties.models import Party
from quacan.centre.people.models import Person
from quacan.centre.quality.models import Nonconformity, Notice, Simulation, SimulationRow
from quacan.centre.quality.moves import CLOSE, OPEN
from quacan.centre.quality.papers.notices import notice_text
from quacan.centre.quality.queries import (
    notice_head,
    notice_line,
    parties_affected,
    simulation_rows,
    unissued_in_doubt,
)
from quacan.centre.quality.refusals import NotConfirmed, NotTechnicalHead
from quacan.centre.standards.actions import change_state

KIND = "nonconformity"


@action(OPEN)
def open_nonconformity(
    act: Act,
    simulation: Simulation,
    *,
    summary: str,
    owner: Person,
    working_days: int,
    block: str = "",
) -> Nonconformity:
    """Nonconforming work opened on a finished simulation, whose result is frozen as a document.

    For every customer to be told a draft notice is written and a follow-up opened for *owner*, who must be allowed
    to check worksheets, due after so many working days; one more asks to measure again what is not issued yet.
    *block* is the state the standard takes today (withdrawn, under_calibration), '' leaves it.
    """
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
    text = notice_text(notice_head(made, simulation, party), map(notice_line, rows))
    notice = Notice.objects.create(nonconformity=made, party=party, text=text, follow_up=follow_up)
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


@action(CLOSE)
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
    """Nonconforming work closed with cause, corrective action, the day its effect is looked at, and confirmation.

    A follow-up for that day is opened for who closes.
    """
    cause, corrective_action = nfc(cause).strip(), nfc(corrective_action).strip()
    for field, text in ((_("Nguyên nhân"), cause), (_("Hành động khắc phục"), corrective_action)):
        if not text:
            raise FieldMissing(field=field)
    if effectiveness_on is None:
        raise FieldMissing(field=_("Ngày kiểm tra hiệu lực"))
    if effectiveness_on <= act.on:
        raise FieldWrong(field=_("Ngày kiểm tra hiệu lực"), why=_("phải sau hôm nay"))
    if not confirmed:
        raise NotConfirmed()
    act.moved(
        nonconformity,
        closed_on=act.on,
        closed_by=act.actor.username,
        cause=cause,
        corrective_action=corrective_action,
        effectiveness_on=effectiveness_on,
    )
    open_follow_up(
        act,
        nonconformity.organisation,
        kind=KIND,
        title=_("{number}: kiểm tra hiệu lực của hành động khắc phục").format(number=nonconformity.number),
        owner=act.actor.username,
        due_on=effectiveness_on,
        subject=reference(nonconformity),
    )
    return nonconformity

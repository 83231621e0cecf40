"""Where a standard is, who has it, what was done to it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action
from quacan.centre.base.language.folding import nfc
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.organisation.models import Unit
from quacan.centre.people.models import Person
from quacan.centre.standards.models import Loan, LocationMove, Maintenance, Standard
from quacan.centre.standards.moves import GIVE_BACK, LEND, MAINTAIN, PUT
from quacan.centre.standards.refusals import (
    BorrowerUnclear,
    LoanDaysSwapped,
    MoveBeforeLast,
    StandardLent,
)


@dataclass(frozen=True, slots=True)
class LoanDraft:
    """Who takes a standard (one of unit, person, another organisation by name), from which day to which."""

    from_on: date
    due_on: date
    unit: Unit | None = None
    person: Person | None = None
    outside: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MaintenanceDraft:
    """What was done to a standard, by whom, with what result; may its values have moved, when is it due again."""

    on: date
    kind: str
    done_by: str
    result: str
    changes_values: bool = False
    next_due_on: date | None = None


@action(PUT)
def move_standard(act: Act, standard: Standard, *, place: str, on: date, note: str = "") -> LocationMove:
    """This will put a standard somewhere else from a day on; earlier places stay on record."""
    place = _text(place, _("Nơi để"), 120)
    if not place:
        raise FieldMissing(field=_("Nơi để"))
    _refuse_future(act, on, _("Từ ngày"))
    last = standard.places.first()
    if last is not None and on < last.on:
        raise MoveBeforeLast(standard=str(standard), last=last.on, on=on)
    act.moved(standard, location=place)
    return put_at(act, standard, place=place, on=on, note=note)


def put_at(act: Act, standard: Standard, *, place: str, on: date, note: str) -> LocationMove:
    """This will keep where a standard was put (inside an action)."""
    move = LocationMove.objects.create(
        standard=standard,
        place=place,
        on=on,
        recorded_at=act.at,
        by=act.actor.username,
        note=_text(note, _("Ghi chú"), 300),
    )
    act.created(move)
    return move


@action(LEND)
def lend_standard(act: Act, standard: Standard, draft: LoanDraft) -> Loan:
    """This will lend a standard to exactly one unit, person or other organisation; others may not use it
    from then on.
    """
    outside = _text(draft.outside, _("Cơ quan khác mượn"), 200)
    _refuse_borrower(standard, draft, outside)
    if draft.due_on < draft.from_on:
        raise LoanDaysSwapped(later=draft.due_on, from_on=draft.from_on)
    _refuse_future(act, draft.from_on, _("Từ ngày"))
    last = standard.loans.order_by("-returned_on").first()
    if last is not None and last.returned_on is not None and draft.from_on < last.returned_on:
        raise StandardLent(standard=str(standard), borrower=last.borrower, since=last.from_on)
    loan = Loan.objects.create(
        standard=standard,
        unit=draft.unit,
        person=draft.person,
        outside=outside,
        from_on=draft.from_on,
        due_on=draft.due_on,
        recorded_at=act.at,
        by=act.actor.username,
        note=_text(draft.note, _("Ghi chú"), 300),
    )
    act.created(loan)
    return loan


def _refuse_borrower(standard: Standard, draft: LoanDraft, outside: str) -> None:
    if [draft.unit is not None, draft.person is not None, bool(outside)].count(True) != 1:
        raise BorrowerUnclear()
    if draft.unit is not None and draft.unit.organisation_id != standard.organisation_id:
        raise FieldWrong(field=_("Phòng, tổ mượn"), why=_("thuộc cơ quan khác"))


@action(GIVE_BACK)
def return_standard(act: Act, loan: Loan, *, on: date, condition: str) -> Loan:
    """This will take a lent standard back on a day, with the condition it was found in."""
    if on < loan.from_on:
        raise LoanDaysSwapped(later=on, from_on=loan.from_on)
    _refuse_future(act, on, _("Ngày trả"))
    condition = _text(condition, _("Tình trạng khi nhận lại"), 300)
    if not condition:
        raise FieldMissing(field=_("Tình trạng khi nhận lại"))
    act.moved(loan, returned_on=on, condition=condition)
    return loan


@action(MAINTAIN)
def maintain_standard(act: Act, standard: Standard, draft: MaintenanceDraft) -> Maintenance:
    """This will keep what was done to a standard.

    Where its values may have moved (*changes_values*), the certificates issued before that day no longer support
    readings taken from that day on: it has to be calibrated again.
    """
    if draft.kind not in Maintenance.Kind.values:
        raise FieldWrong(field=_("Loại việc"), why=_("chọn một trong danh sách"))
    done_by = _text(draft.done_by, _("Người hoặc nơi làm"), 200)
    result = _text(draft.result, _("Kết quả"), 300)
    if not done_by:
        raise FieldMissing(field=_("Người hoặc nơi làm"))
    if not result:
        raise FieldMissing(field=_("Kết quả"))
    _refuse_future(act, draft.on, _("Ngày làm"))
    if draft.next_due_on is not None and draft.next_due_on <= draft.on:
        raise FieldWrong(field=_("Lần sau"), why=_("phải sau ngày làm"))
    made = Maintenance.objects.create(
        standard=standard,
        on=draft.on,
        kind=draft.kind,
        done_by=done_by,
        result=result,
        changes_values=draft.changes_values,
        next_due_on=draft.next_due_on,
        recorded_at=act.at,
        by=act.actor.username,
    )
    act.created(made)
    return made


def _refuse_future(act: Act, on: date, field: str) -> None:
    if on > act.on:
        raise FieldWrong(field=field, why=_("sau hôm nay"))


def _text(value: str, label: str, limit: int) -> str:
    text = " ".join(nfc(value).split())
    if len(text) > limit:
        raise FieldWrong(field=label, why=_("dài quá {limit} ký tự").format(limit=limit))
    return text

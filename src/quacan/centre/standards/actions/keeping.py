"""Where a standard is, who has it, what was done to it."""

from datetime import date

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image, locked
from quacan.centre.base.language.folding import nfc
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.organisation.models import Unit
from quacan.centre.people.models import Person
from quacan.centre.standards.models import Loan, LocationMove, Maintenance, Standard
from quacan.centre.standards.refusals import (
    BorrowerUnclear,
    LoanDaysSwapped,
    LoanReturned,
    MoveBeforeLast,
    StandardLent,
)


@action("standards.record")
def move_standard(act: Act, standard: Standard, *, place: str, on: date, note: str = "") -> LocationMove:
    """This will put a standard somewhere else from a day on; earlier places stay on record."""
    act.require(standard.organisation, unit_id=standard.unit_id)
    standard = locked(standard)
    place = _text(place, _("Nơi để"), 120)
    if not place:
        raise FieldMissing(field=_("Nơi để"))
    _refuse_future(act, on)
    last = standard.places.first()
    if last is not None and on < last.on:
        raise MoveBeforeLast(standard=str(standard), last=last.on, on=on)
    before = image(standard)
    standard.location = place
    standard.version += 1
    standard.save(update_fields=["location", "version"])
    act.changed(standard, before)
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


@action("standards.record")
def lend_standard(
    act: Act,
    standard: Standard,
    *,
    from_on: date,
    due_on: date,
    unit: Unit | None = None,
    person: Person | None = None,
    outside: str = "",
    note: str = "",
) -> Loan:
    """This will lend a standard to exactly one unit, person or other organisation; from then on others may not use it.

    Refused while it is lent already.
    """
    act.require(standard.organisation, unit_id=standard.unit_id)
    standard = locked(standard)
    outside = _text(outside, _("Cơ quan mượn"), 200)
    if [unit is not None, person is not None, bool(outside)].count(True) != 1:
        raise BorrowerUnclear()
    if unit is not None and unit.organisation_id != standard.organisation_id:
        raise FieldWrong(field=_("Phòng/tổ mượn"), why=_("thuộc cơ quan khác"))
    if due_on < from_on:
        raise LoanDaysSwapped(later=due_on, from_on=from_on)
    _refuse_future(act, from_on)
    held = standard.loans.filter(returned_on=None).first()
    if held is not None:
        raise StandardLent(standard=str(standard), borrower=held.borrower, since=held.from_on)
    last = standard.loans.order_by("-returned_on").first()
    if last is not None and last.returned_on is not None and from_on < last.returned_on:
        raise StandardLent(standard=str(standard), borrower=last.borrower, since=last.from_on)
    loan = Loan.objects.create(
        standard=standard,
        unit=unit,
        person=person,
        outside=outside,
        from_on=from_on,
        due_on=due_on,
        recorded_at=act.at,
        by=act.actor.username,
        note=_text(note, _("Ghi chú"), 300),
    )
    act.created(loan)
    return loan


@action("standards.record")
def return_standard(act: Act, loan: Loan, *, on: date, condition: str) -> Loan:
    """This will take a lent standard back on a day, with the condition it was found in."""
    act.require(loan.standard.organisation, unit_id=loan.standard.unit_id)
    loan = locked(loan)
    if loan.returned_on is not None:
        raise LoanReturned(on=loan.returned_on)
    if on < loan.from_on:
        raise LoanDaysSwapped(later=on, from_on=loan.from_on)
    _refuse_future(act, on)
    condition = _text(condition, _("Tình trạng khi nhận lại"), 300)
    if not condition:
        raise FieldMissing(field=_("Tình trạng khi nhận lại"))
    before = image(loan)
    loan.returned_on, loan.condition = on, condition
    loan.save(update_fields=["returned_on", "condition"])
    act.changed(loan, before)
    return loan


@action("standards.record")
def maintain_standard(
    act: Act,
    standard: Standard,
    *,
    on: date,
    kind: str,
    done_by: str,
    result: str,
    changes_values: bool = False,
    next_due_on: date | None = None,
) -> Maintenance:
    """This will keep what was done to a standard.

    Where its values may have moved (*changes_values*), the certificates issued before that day no longer support
    readings taken from that day on: it has to be calibrated again.
    """
    act.require(standard.organisation, unit_id=standard.unit_id)
    standard = locked(standard)
    if kind not in Maintenance.Kind.values:
        raise FieldWrong(field=_("Loại việc"), why=kind)
    done_by, result = _text(done_by, _("Người làm"), 200), _text(result, _("Kết quả"), 300)
    if not done_by or not result:
        raise FieldMissing(field=_("Người làm và kết quả"))
    _refuse_future(act, on)
    if next_due_on is not None and next_due_on <= on:
        raise FieldWrong(field=_("Lần sau"), why=_("phải sau ngày làm"))
    made = Maintenance.objects.create(
        standard=standard,
        on=on,
        kind=kind,
        done_by=done_by,
        result=result,
        changes_values=changes_values,
        next_due_on=next_due_on,
        recorded_at=act.at,
        by=act.actor.username,
    )
    act.created(made)
    return made


def _refuse_future(act: Act, on: date) -> None:
    if on > act.on:
        raise FieldWrong(field=_("Ngày"), why=_("sau hôm nay"))


def _text(value: str, label: str, limit: int) -> str:
    text = " ".join(nfc(value).split())
    if len(text) > limit:
        raise FieldWrong(field=label, why=_("dài quá {limit} ký tự").format(limit=limit))
    return text

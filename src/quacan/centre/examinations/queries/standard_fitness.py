"""Whether a standard's certificate may support the readings of a worksheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from quacan.centre.examinations.models import Examination
from quacan.centre.examinations.queries.content import prepared_sheet
from quacan.centre.examinations.queries.deviations import waived
from quacan.centre.examinations.queries.words import number
from quacan.centre.examinations.refusals import StandardUnsuitable
from quacan.centre.standards.models import Loan, StandardCertificate
from quacan.centre.standards.queries import Readiness, covers_range, readiness, row_at
from quacan.metrology.procedure import RowResult, evaluate
from quacan.metrology.procedure.layout import LayoutStandard
from quacan.metrology.units import UnitRefused, convert, convert_difference, convertible, unit_named

STANDING: Final = "standing"
RANGE: Final = "range"
RATIO: Final = "ratio"
CHECK: Final = "intermediate_check"
WAIVABLE: Final = frozenset({RANGE, RATIO, CHECK})
"""Obstacles a signed deviation may override; the others never."""


@dataclass(frozen=True, slots=True)
class Unsuitable:
    """What keeps a certificate from supporting a need: the kind of obstacle, the need, and the sentence."""

    obstacle: str
    subject: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The smallest permitted error at one point of a need, both in the unit of the need."""

    at: Decimal
    limit: Decimal


def unsuitability(
    sheet: Examination,
    certificate: StandardCertificate,
    need: LayoutStandard,
    *,
    ready: Readiness | None = None,
    asked: Sequence[Asked] | None = None,
) -> Unsuitable | None:
    """This will find what keeps a certificate from supporting a need on the day of the worksheet; None when nothing.

    The standard must belong to the house, be of the quantity asked for, stand in use in its keeper's hands that day
    with this certificate in force, reach the range, be as much better than the limits as the procedure states, and
    have passed its checks between calibrations; the last three may be waived by a signed deviation. *ready* and
    *asked* spare repeated reads.
    """
    known = ready or readiness([certificate.standard], on=sheet.performed_on)[0]
    leave = waived(sheet, certificate=certificate.pk)
    why = _standing(sheet, certificate, need, known)
    if why:
        return Unsuitable(STANDING, need.key, why)
    if (RANGE, need.key) not in leave and (why := _range(certificate, need)):
        return Unsuitable(RANGE, need.key, why)
    points = asked_of(sheet, need) if asked is None else asked
    if (RATIO, need.key) not in leave and (why := _ratio(certificate, need, points)):
        return Unsuitable(RATIO, need.key, why)
    if (CHECK, need.key) not in leave and known.check is not None:
        return Unsuitable(CHECK, need.key, known.check.sentence.rstrip("."))
    return None


def why_unsuitable(sheet: Examination, certificate: StandardCertificate, need: LayoutStandard) -> str:
    """This will say why a certificate cannot support a need on the day of the worksheet; '' when it can."""
    found = unsuitability(sheet, certificate, need)
    return found.sentence if found else ""


def refuse_unsuitable(sheet: Examination, certificate: StandardCertificate, need: LayoutStandard) -> None:
    """This will refuse a certificate that cannot support a need on the day of the worksheet."""
    why = why_unsuitable(sheet, certificate, need)
    if why:
        raise StandardUnsuitable(standard=certificate.standard.code, need=need.label.vi, why=why)


def asked_of(sheet: Examination, need: LayoutStandard) -> tuple[Asked, ...]:
    """This will list the points a need supports with the smallest permitted error at each, nothing typed being needed.

    Rows judged in the steps of the need count; where none is judged there, those of the whole sheet. Points whose
    limit is not known are left out: the sheet is then undetermined anyway.
    """
    if need.ratio is None:
        return ()
    result = evaluate(prepared_sheet(sheet), cells={})
    rows = [row for step in result.steps for row in step.rows if row.limit is not None]
    own = [row for row in rows if row.step in need.steps] or rows
    smallest: dict[Decimal, Decimal] = {}
    for row in own:
        point = _asked(row, need)
        if point is not None and point.at != 0:
            smallest[point.at] = min(point.limit, smallest.get(point.at, point.limit))
    return tuple(Asked(at, limit) for at, limit in sorted(smallest.items()))


def _asked(row: RowResult, need: LayoutStandard) -> Asked | None:
    limit = row.limit
    ends = [abs(end) for end in (limit.lower, limit.upper) if end is not None] if limit else []
    if limit is None or not ends:
        return None
    at = need.range_to if row.nominal is None else _in(row.nominal, row.unit, need.unit)
    if at is None:
        return None
    if limit.unit == "%":
        return Asked(at, abs(at) * min(ends) / 100)
    if not _comparable(limit.unit, need.unit):
        return None
    return Asked(at, convert_difference(min(ends), source=_symbol(limit.unit), target=_symbol(need.unit)))


def _standing(
    sheet: Examination, certificate: StandardCertificate, need: LayoutStandard, ready: Readiness
) -> str:
    known = ready.standard.pk == certificate.standard_id
    standard = ready.standard if known else certificate.standard
    if standard.organisation_id != sheet.organisation_id:
        return _("thuộc cơ quan khác")
    if standard.kind != need.quantity:
        return _("khác đại lượng (chuẩn {kind}, cần {wanted})").format(
            kind=standard.kind, wanted=need.quantity
        )
    if ready.state != standard.State.IN_USE:
        return ready.state_label.lower()
    if not certificate.issued_on <= sheet.performed_on <= certificate.valid_until:
        return _("giấy chứng nhận {number} có hạn {start:%d/%m/%Y}–{end:%d/%m/%Y}").format(
            number=certificate.number, start=certificate.issued_on, end=certificate.valid_until
        )
    if ready.certificate is not None and ready.certificate.pk != certificate.pk:
        return _("đã có giấy chứng nhận mới hơn, số {number}").format(number=ready.certificate.number)
    if ready.obstacle is not None:
        return ready.obstacle.sentence.rstrip(".")
    if ready.loan is not None and not _in_hand(sheet, ready.loan):
        return _("đang cho {borrower} mượn từ ngày {since:%d/%m/%Y}").format(
            borrower=ready.loan.borrower, since=ready.loan.from_on
        )
    return ""


def _in_hand(sheet: Examination, loan: Loan) -> bool:
    if loan.person_id is not None:
        return loan.person_id == sheet.performer_id
    return loan.unit_id is not None and loan.unit_id == sheet.unit_id


def _range(certificate: StandardCertificate, need: LayoutStandard) -> str:
    if need.range_from is None and need.range_to is None:
        return ""
    reaches = covers_range(certificate, low=need.range_from, high=need.range_to, unit=need.unit)
    if reaches is None:
        return _("chưa khai phạm vi đo theo {unit} trên trang chuẩn").format(unit=need.unit)
    if reaches:
        return ""
    ends = [number(end, None) for end in (need.range_from, need.range_to) if end is not None]
    return _("phạm vi của chuẩn không phủ hết {wanted} {unit} mà phép đo cần").format(
        wanted=" ÷ ".join(dict.fromkeys(ends)), unit=need.unit
    )


def _ratio(certificate: StandardCertificate, need: LayoutStandard, asked: Iterable[Asked]) -> str:
    if need.ratio is None:
        return ""
    for point in asked:
        row = row_at(certificate, at=point.at, unit=_symbol(need.unit))
        if row is None:
            return _("giấy chứng nhận {number} không nêu giá trị và U tại {at} {unit}").format(
                number=certificate.number, at=number(point.at, None), unit=need.unit
            )
        error = row.U if need.ratio_of == "uncertainty" else abs(row.value - row.nominal) + row.U
        if error * need.ratio > point.limit:
            return _(
                "tại {at} {unit}, {what} của chuẩn là {error}, quá 1/{ratio} giới hạn {limit} {unit}"
            ).format(
                at=number(point.at, None),
                unit=need.unit,
                what=_("U") if need.ratio_of == "uncertainty" else _("sai số kể cả U"),
                error=number(error, None),
                ratio=number(need.ratio, None),
                limit=number(point.limit, None),
            )
    return ""


def _symbol(unit: str) -> str:
    return unit_named(unit).symbol


def _in(value: Decimal, source: str, target: str) -> Decimal | None:
    if not _comparable(source, target):
        return None
    return convert(value, source=_symbol(source), target=_symbol(target))


def _comparable(one: str, other: str) -> bool:
    try:
        return convertible(one, other)
    except UnitRefused:
        return False

"""What a certificate states at a point: value and uncertainty between its rows, and the drift since it was issued."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Context, Decimal, localcontext
from itertools import pairwise

from quacan.centre.standards.rules.values import StandardValue
from quacan.metrology.units import convert, convert_difference, convertible

_PRECISION = Context(prec=34)


@dataclass(frozen=True, slots=True)
class StatedValue:
    """What a standard is worth at a point on a day, all in *unit*.

    *U* is expanded with factor *k*; *dof* is infinite unless a certificate says otherwise (JCGM 100:2008, G.4.3);
    *drift* is the half-width of what the value may have moved since the certificate.
    """

    nominal: Decimal
    value: Decimal
    U: Decimal
    k: Decimal
    dof: Decimal
    unit: str
    drift: Decimal


@dataclass(frozen=True, slots=True)
class History:
    """One certificate of a standard for the drift: its day and its rows."""

    issued_on: date
    rows: tuple[StandardValue, ...]


def value_at(rows: Sequence[StandardValue], *, at: Decimal | None, unit: str) -> StandardValue | None:
    """This will give the row a certificate states at a point, in *unit*; None outside what it covers.

    Rows of units of another kind do not count. On a nominal that is stated, its own row answers (of several, the one
    with the largest U); between two nominals the correction value - nominal is taken on the straight line, U is
    the larger of the two and k the smaller, so that neither U nor u = U/k is ever smaller than at a bracketing row.
    Without a point (*at* is None) the row with the largest U answers for the standard as a whole.
    """
    usable = [_in_unit(row, unit) for row in rows if convertible(row.unit, unit)]
    if not usable:
        return None
    if at is None:
        return max(usable, key=lambda row: row.U)
    exact = [row for row in usable if row.nominal == at]
    if exact:
        return max(exact, key=lambda row: (row.U, abs(row.value - row.nominal)))
    below = [row for row in usable if row.nominal < at]
    above = [row for row in usable if row.nominal > at]
    if not below or not above:
        return None
    return _between(_nearest(below, at), _nearest(above, at), at)


def drift_since(history: Sequence[History], *, at: Decimal, unit: str, issued_on: date, on: date) -> Decimal:
    """This will give the half-width of the drift at a point from *issued_on* to *on*, from earlier certificates.

    The rule: the greatest change of the value between two consecutive certificates up to *issued_on* that cover the
    point, as if it took the mean time between them, times the days since *issued_on*. Zero with fewer than two
    certificates of different days, and on the day of issue.
    """
    worth: dict[date, Decimal] = {}
    for one in history:
        row = value_at(one.rows, at=at, unit=unit) if one.issued_on <= issued_on else None
        if row is not None:
            worth[one.issued_on] = row.value
    days = sorted(worth)
    since = (on - issued_on).days
    if len(days) < 2 or since <= 0:
        return Decimal(0)
    with localcontext(_PRECISION):
        greatest = max(abs(worth[b] - worth[a]) for a, b in pairwise(days))
        return greatest * since * (len(days) - 1) / (days[-1] - days[0]).days


def _nearest(rows: Sequence[StandardValue], at: Decimal) -> tuple[StandardValue, ...]:
    gap = min(abs(row.nominal - at) for row in rows)
    return tuple(row for row in rows if abs(row.nominal - at) == gap)


def _between(low: Sequence[StandardValue], high: Sequence[StandardValue], at: Decimal) -> StandardValue:
    first = max(low, key=lambda row: (row.U, abs(row.value - row.nominal)))
    last = max(high, key=lambda row: (row.U, abs(row.value - row.nominal)))
    with localcontext(_PRECISION):
        start, end = first.value - first.nominal, last.value - last.nominal
        correction = start + (end - start) * (at - first.nominal) / (last.nominal - first.nominal)
        return replace(
            first,
            nominal=at,
            value=at + correction,
            U=max(first.U, last.U),
            k=min(row.k for row in (*low, *high)),
            mark="",
        )


def _in_unit(row: StandardValue, unit: str) -> StandardValue:
    if row.unit == unit:
        return row
    return replace(
        row,
        nominal=convert(row.nominal, source=row.unit, target=unit),
        value=convert(row.value, source=row.unit, target=unit),
        U=convert_difference(row.U, source=row.unit, target=unit),
        unit=unit,
    )

"""How far a standard reaches: declared range, nominals of its certificate, loads put together from weights."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quacan.centre.standards.rules.stating import value_at
from quacan.centre.standards.rules.values import StandardValue
from quacan.metrology.quantities import NumberRefused, parse_number
from quacan.metrology.units import UnitRefused, convert, convert_difference, convertible, unit_named


class RangeRefused(ValueError):
    """A range that cannot be kept; carries the column (range_from, range_to, range_unit) and the text."""

    def __init__(self, column: str, text: str) -> None:
        self.column = column
        self.text = text
        super().__init__(f"{column}: {text!r}")


@dataclass(frozen=True, slots=True)
class Range:
    """A closed interval of a quantity."""

    low: Decimal
    high: Decimal
    unit: str


def read_range(low: str, high: str, unit: str) -> Range | None:
    """This will read a declared range from what was typed; None when nothing was. Raises RangeRefused by column."""
    if not (low.strip() or high.strip() or unit.strip()):
        return None
    numbers = {}
    for column, text in (("range_from", low), ("range_to", high)):
        try:
            numbers[column] = parse_number(text)
        except NumberRefused as refused:
            raise RangeRefused(column, text) from refused
    if numbers["range_from"] > numbers["range_to"]:
        raise RangeRefused("range_to", high)
    try:
        symbol = unit_named(unit.strip()).symbol
    except UnitRefused as refused:
        raise RangeRefused("range_unit", unit) from refused
    return Range(numbers["range_from"], numbers["range_to"], symbol)


@dataclass(frozen=True, slots=True)
class Permitted:
    """How far a standard's value may lie from its nominal: an amount in *unit*, or % of the nominal."""

    amount: Decimal
    unit: str

    def at(self, nominal: Decimal, unit: str) -> Decimal | None:
        """This will give the half-width at a nominal value in *unit*; None when the kinds of unit differ."""
        if self.unit == "%":
            return abs(nominal) * self.amount / 100
        if not convertible(self.unit, unit):
            return None
        return convert_difference(self.amount, source=self.unit, target=unit_named(unit).symbol)


def read_permitted(amount: str, unit: str) -> Permitted | None:
    """This will read a permitted error from what was typed; None when nothing was. Raises ValueError otherwise."""
    if not (amount.strip() or unit.strip()):
        return None
    try:
        found = Permitted(parse_number(amount), unit_named(unit.strip()).symbol)
    except (NumberRefused, UnitRefused) as refused:
        raise ValueError(str(refused)) from refused
    if found.amount <= 0:
        raise ValueError(amount)
    return found


_SPAN = re.compile(
    r"^\s*(?P<low>[-−+]?[\d.,]+)\s*(?P<first>[^\d\s÷~–…]*)\s*(?:÷|~|–|…|đến)\s*(?P<high>[-−+]?[\d.,]+)\s*(?P<last>\S+)\s*$"
)


def proposed_range(text: str) -> tuple[str, str, str]:
    """This will propose from, to and unit from a range written in words ("1 g ÷ 20 kg"), to be confirmed by a person.

    Three empty texts where it is not two numbers of one kind of unit.
    """
    found = _SPAN.match(text.replace("\u00a0", " "))
    if found is None:
        return "", "", ""
    last = found["last"]
    first = found["first"] or last
    try:
        low = convert(
            parse_number(found["low"]), source=unit_named(first).symbol, target=unit_named(last).symbol
        )
        high = parse_number(found["high"])
    except (NumberRefused, UnitRefused):
        return "", "", ""
    if low > high:
        return "", "", ""
    return f"{low.normalize():f}", f"{high.normalize():f}", unit_named(last).symbol


def stated_range(rows: Sequence[StandardValue], unit: str) -> Range | None:
    """This will give the smallest and largest nominal a certificate states, in *unit*; None when it has none."""
    found = [
        convert(row.nominal, source=row.unit, target=unit) for row in rows if convertible(row.unit, unit)
    ]
    return Range(min(found), max(found), unit) if found else None


def covers(
    ranges: Iterable[Range | None], *, low: Decimal | None, high: Decimal | None, unit: str
) -> bool | None:
    """This will say whether one of the ranges holds all of low … high (in *unit*; None: that end is not asked for).

    None when no range is known in a unit of the kind asked for.
    """
    known = [one for one in ranges if one is not None and convertible(one.unit, unit)]
    if not known:
        return None
    return any(
        (low is None or convert(one.low, source=one.unit, target=unit) <= low)
        and (high is None or high <= convert(one.high, source=one.unit, target=unit))
        for one in known
    )


def composed_at(rows: Sequence[StandardValue], *, at: Decimal, unit: str) -> StandardValue | None:
    """This will state a load above the largest weight, put together from it and a remainder; None when it cannot be.

    The value is the nominal load, and U the sum of |value - nominal| + U over the parts: the corrections of the parts
    are not applied (which weights were taken is not known) and are taken as fully correlated (JCGM 100:2008,
    F.2.4.5 and 5.2.2 note 1), so U is never too small. k is the smallest of the parts.
    """
    usable = [row for row in rows if convertible(row.unit, unit) and row.nominal > 0]
    if unit_named(unit).kind != "mass" or not usable:
        return None
    largest = max(convert(row.nominal, source=row.unit, target=unit) for row in usable)
    if at <= largest:
        return None
    times = int(at // largest)
    rest = at - times * largest
    whole = value_at(usable, at=largest, unit=unit)
    part = value_at(usable, at=rest, unit=unit) if rest else None
    if whole is None or (rest and part is None):
        return None
    parts = [(times, whole), *([(1, part)] if part else [])]
    return StandardValue(
        nominal=at,
        value=at,
        U=sum((n * (abs(one.value - one.nominal) + one.U) for n, one in parts), Decimal(0)),
        k=min(one.k for _n, one in parts),
        unit=unit,
    )

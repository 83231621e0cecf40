"""Axes of every drawing: where marks stand, what they say, and the straight scale of a drawing made by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from quacan.centre.base.actors import HERE
from quacan.metrology.rounding import plain_text, vietnamese_text

STEPS: Final = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
MOST_MARKS: Final = 6
SIGNIFICANT: Final = 4
MOST_DIGITS: Final = 28
LONG: Final = 1000
"""Days from which a time axis says month and year only."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale from values to places in a drawing; the places come as text, SVG takes no formatted numbers."""

    low: Decimal
    high: Decimal
    begin: Decimal
    end: Decimal

    def place(self, value: Decimal) -> str:
        """The place of a value with one decimal; the middle where the scale has no width."""
        width = self.high - self.low
        share = (value - self.low) / width if width else Decimal("0.5")
        return f"{self.begin + share * (self.end - self.begin):.1f}"

    def held(self, value: Decimal) -> str:
        """The place of a value, or of the nearer end where it lies outside the scale."""
        return self.place(max(self.low, min(self.high, value)))


@dataclass(frozen=True, slots=True)
class Mark:
    """A word beside an axis: the value it stands at and what it says."""

    at: date | Decimal
    text: str


def roomy(values: Iterable[Decimal], *, share: Decimal = Decimal("0.08")) -> tuple[Decimal, Decimal]:
    """The ends of an axis that holds all values with some room; equal or no values still get a width."""
    held = list(values) or [Decimal(0), Decimal(1)]
    low, high = min(held), max(held)
    room = (high - low) * share or max(abs(low) * share, Decimal(1) if low == 0 else Decimal(0))
    return low - room, high + room


def round_marks(low: Decimal, high: Decimal, *, english: bool, most: int = MOST_MARKS) -> tuple[Mark, ...]:
    """At most *most* marks at multiples of 1, 2 or 5 times a power of ten, all with the same number of decimals."""
    span = high - low
    if span <= 0:
        return (Mark(low, short_text(low, english=english)),)
    power = Decimal(1).scaleb((span / (most - 1)).adjusted())
    step = next(one * power for one in STEPS if one * power * (most - 1) >= span)
    first = (low / step).to_integral_value(rounding="ROUND_CEILING")
    count = int((high / step).to_integral_value(rounding="ROUND_FLOOR") - first) + 1
    values = [(first + turn) * step for turn in range(count)]
    kept = [value.quantize(step) if step < 1 else trimmed(value) for value in values]
    return tuple(Mark(value, number_text(value, english=english)) for value in kept)


def day_marks(days: Sequence[date], *, most: int) -> tuple[Mark, ...]:
    """At most *most* of the days themselves, dd/mm/yyyy or, over some years, mm/yyyy."""
    known = sorted(set(days))
    if not known:
        return ()
    shape = "%m/%Y" if (known[-1] - known[0]).days > LONG else "%d/%m/%Y"
    gap = (known[-1] - known[0]) / most
    kept = [known[0]]
    for day in known[1:-1]:
        if day - kept[-1] >= gap and known[-1] - day >= gap:
            kept.append(day)
    if len(known) > 1:
        kept.append(known[-1])
    return tuple(Mark(day, f"{day:{shape}}") for day in dict.fromkeys(kept))


def clock_marks(start: datetime, end: datetime, *, most: int) -> tuple[Mark, ...]:
    """Hours of one day, or days (dd/mm) of a longer stretch, in Vietnamese time."""
    days = (end - start).days
    steps = [timedelta(hours=hours) for hours in (3, 6)] if days <= 1 else []
    steps += [timedelta(days=number) for number in (1, 2, 5, 10)]
    step = next((one for one in steps if (end - start) / one <= most), steps[-1])
    form = "%H:%M" if step < timedelta(days=1) else "%d/%m"
    at, marks = start.astimezone(HERE), []
    while at < end:
        marks.append(Mark(at, at.strftime(form)))
        at += step
    return tuple(marks)


def number_text(value: Decimal, *, english: bool) -> str:
    """A number with every digit given, as technical records print it: decimal comma, or English."""
    return plain_text(value) if english else vietnamese_text(value)


def trimmed(value: Decimal) -> Decimal:
    """The same number without zeros at its end, never with an exponent."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def trimmed_text(value: Decimal, *, english: bool) -> str:
    """A number without zeros at its end, as technical records print it."""
    return number_text(trimmed(value), english=english)


def short_text(value: Decimal, *, english: bool) -> str:
    """A number with at most a few significant digits after its leading ones."""
    if value == 0:
        return "0"
    digits = max(SIGNIFICANT, value.adjusted() + 1 + 3) if value.adjusted() >= 0 else SIGNIFICANT
    digits = min(digits, MOST_DIGITS)
    return trimmed_text(value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1)), english=english)

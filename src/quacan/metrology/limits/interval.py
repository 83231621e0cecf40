"""Intervals of permissible values: open or closed ends, one-sided, unequal, exact (JCGM 106:2012, 3.3.4)."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from quacan.metrology.rounding import MINUS, vietnamese_text


class IntervalRefused(ValueError):
    """Two ends that enclose no value, or an end that is not finite."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A tolerance or acceptance interval; an end that is None does not limit that side.

    A closed end belongs to the interval: a value on the limit is on the limit.

    >>> Interval(upper=Decimal("1")).contains(Decimal("1.0"))
    True
    >>> Interval(upper=Decimal("1"), upper_open=True).contains(Decimal("1.0"))
    False
    """

    lower: Decimal | None = None
    upper: Decimal | None = None
    lower_open: bool = False
    upper_open: bool = False

    def __post_init__(self) -> None:
        """This will refuse ends that are not finite or that enclose nothing."""
        for end in (self.lower, self.upper):
            if end is not None and not end.is_finite():
                raise IntervalRefused(f"A limit must be finite, not {end}: leave it out where there is none.")
        if self.lower is None or self.upper is None:
            return
        if self.lower > self.upper:
            raise IntervalRefused(f"The lower limit {self.lower} lies above the upper limit {self.upper}.")
        if self.lower == self.upper and (self.lower_open or self.upper_open):
            raise IntervalRefused(f"An open interval from {self.lower} to {self.upper} holds no value.")

    @classmethod
    def symmetric(cls, mpe: Decimal) -> "Interval":
        """This will give the closed interval from -mpe to +mpe; mpe must not be negative."""
        return cls(lower=-mpe, upper=mpe)

    @property
    def is_unbounded(self) -> bool:
        """This will say whether neither side is limited."""
        return self.lower is None and self.upper is None

    @property
    def half_width(self) -> Decimal | None:
        """This will give half the distance between the limits, or None when a side is missing."""
        return None if self.lower is None or self.upper is None else (self.upper - self.lower) / 2

    def contains(self, value: Decimal | Fraction | int) -> bool:
        """This will say exactly whether a value lies in the interval, ends counted as they are typed."""
        return self.is_above_lower(value) and self.is_below_upper(value)

    def is_above_lower(self, value: Decimal | Fraction | int) -> bool:
        """This will say whether a value respects the lower end."""
        if self.lower is None:
            return True
        order = _order(value, self.lower)
        return order > 0 or (order == 0 and not self.lower_open)

    def is_below_upper(self, value: Decimal | Fraction | int) -> bool:
        """This will say whether a value respects the upper end."""
        if self.upper is None:
            return True
        order = _order(value, self.upper)
        return order < 0 or (order == 0 and not self.upper_open)

    def scaled(self, by: Decimal) -> "Interval":
        """This will multiply both ends by a factor above zero (from multiples of e to mass, for example)."""
        if by <= 0:
            raise IntervalRefused(f"An interval is scaled by a factor above zero, not {by}.")
        return replace(
            self,
            lower=None if self.lower is None else self.lower * by,
            upper=None if self.upper is None else self.upper * by,
        )

    def shifted(self, by: Decimal) -> "Interval":
        """This will move both ends (from limits of error to limits of indication, for example)."""
        return replace(
            self,
            lower=None if self.lower is None else self.lower + by,
            upper=None if self.upper is None else self.upper + by,
        )

    def narrowed(self, w: Decimal) -> "Interval | None":
        """This will draw in every limited side by a guard band w; None when nothing is left.

        A negative w widens (guarded rejection, JCGM 106:2012, 8.3.3).
        """
        lower = None if self.lower is None else self.lower + w
        upper = None if self.upper is None else self.upper - w
        try:
            return replace(self, lower=lower, upper=upper)
        except IntervalRefused:
            return None

    @property
    def text_vi(self) -> str:
        """This will write limits of error as they are printed: ± 0,5, −0,15 … +0,1, ≤ 4, > 1.

        >>> Interval(lower=Decimal("-0.15"), upper=Decimal("0.1")).text_vi
        '−0,15 … +0,1'
        """
        if self.lower is None and self.upper is None:
            return ""
        if self.lower is None or self.upper is None:
            return _one_sided(self)
        if self.upper == -self.lower and self.upper > 0:
            return f"± {vietnamese_text(self.upper)}"
        return f"{_signed(self.lower)} … {_signed(self.upper)}"


def _order(value: Decimal | Fraction | int, end: Decimal) -> int:
    if isinstance(value, Fraction):
        exact_end = Fraction(end)
        return (value > exact_end) - (value < exact_end)
    return (value > end) - (value < end)


def _one_sided(interval: Interval) -> str:
    if interval.upper is not None:
        return f"{'<' if interval.upper_open else '≤'} {vietnamese_text(interval.upper)}"
    assert interval.lower is not None
    return f"{'>' if interval.lower_open else '≥'} {vietnamese_text(interval.lower)}"


def _signed(number: Decimal) -> str:
    text = vietnamese_text(number)
    return text if number == 0 or text.startswith(MINUS) else f"+{text}"

"""Control of a standard between calibrations: limits from a tolerance or from first checks, and what falls outside.

Western Electric rules on charts of single values or averages (ISO 7870-2:2013); a value on a limit is inside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from typing import Final

from quacan.metrology.control_charts.shewhart import Limits, averages_chart, individuals_chart, signals

BEYOND: Final = "beyond limits"
RULES: Final = (BEYOND, "two of three beyond two sigma", "four of five beyond one sigma", "nine on one side")
FEWEST: Final = {"individuals": 3, "averages": 2}


@dataclass(frozen=True, slots=True)
class Checked:
    """The readings of one check."""

    on: date
    readings: tuple[Decimal, ...]

    @property
    def mean(self) -> Decimal:
        with localcontext() as exact:
            exact.prec = 34
            return sum(self.readings, Decimal(0)) / len(self.readings)


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """One check on the chart: its mean, whether it set the limits, and the rules that speak at it."""

    on: date
    mean: Decimal
    is_baseline: bool
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Control:
    """Checks against their limits; no limits while the baseline is not complete (*wanting* more checks)."""

    points: tuple[ControlPoint, ...]
    lower: Decimal | None
    centre: Decimal | None
    upper: Decimal | None
    wanting: int

    @property
    def is_out(self) -> bool:
        """Whether a rule speaks at the last check."""
        return bool(self.points) and bool(self.points[-1].signals)


def within_tolerance(checks: Sequence[Checked], *, reference: Decimal, tolerance: Decimal) -> Control:
    """This will hold every check's mean against reference ± tolerance, exactly."""
    points = tuple(
        ControlPoint(one.on, one.mean, False, (BEYOND,) if abs(one.mean - reference) > tolerance else ())
        for one in checks
    )
    return Control(points, reference - tolerance, reference, reference + tolerance, 0)


def within_baseline(checks: Sequence[Checked], *, basis: str, baseline: int) -> Control:
    """This will set limits at three standard deviations from the first *baseline* checks and apply RULES to all.

    *basis* is individuals (moving ranges of the means) or averages (ranges within checks of one size; ValueError
    when their sizes differ or are below two).
    """
    first = checks[:baseline]
    wanting = max(0, baseline - len(checks))
    if wanting or len(first) < FEWEST[basis]:
        points = tuple(ControlPoint(one.on, one.mean, True, ()) for one in checks)
        return Control(points, None, None, None, max(wanting, FEWEST[basis] - len(first)))
    means = [float(one.mean) for one in checks]
    limits = _limits(first, basis)
    has_spread = limits.upper > limits.centre
    found: dict[int, list[str]] = {}
    for signal in signals(means, limits, rules=RULES if has_spread else (BEYOND,)):
        found.setdefault(signal.index, []).append(signal.rule)
    points = tuple(
        ControlPoint(one.on, one.mean, i < baseline, tuple(found.get(i, ()))) for i, one in enumerate(checks)
    )
    return Control(points, _exact(limits.lower), _exact(limits.centre), _exact(limits.upper), 0)


def _exact(number: float) -> Decimal:
    return Decimal(repr(float(number)))


def _limits(first: Sequence[Checked], basis: str) -> Limits:
    if basis == "individuals":
        return individuals_chart([float(one.mean) for one in first]).location
    sizes = {len(one.readings) for one in first}
    if len(sizes) != 1 or min(sizes) < 2:
        raise ValueError("Checks of a chart of averages have one number of readings, at least two.")
    return averages_chart([[float(value) for value in one.readings] for one in first]).location


def due_day(*, from_on: date, interval_days: int, last: date | None) -> date:
    """This will give the last day by which the next check is to be done."""
    return (last or from_on) + timedelta(days=interval_days)

"""Shewhart charts of averages and spread, of single readings, and the rules that read them (ISO
7870-2:2013).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quacan.metrology.control_charts.constants import chart_constants
from quacan.metrology.readings import Column, UnusableReadings, as_array, as_column, as_positive

Spread = Literal["range", "deviation"]
Flags: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Limits:
    """Centre line and control limits of one chart, in the unit of what is plotted."""

    lower: float
    centre: float
    upper: float


@dataclass(frozen=True, slots=True)
class Signal:
    """A point (`index` from 0) at which a rule says that the process has changed."""

    index: int
    rule: str


@dataclass(frozen=True, slots=True)
class ControlChart:
    """Two charts read together: of location and of spread, with the standard deviation estimated from the
    spread.

    `points` and `spreads` are what is plotted (moving ranges start at the second reading), `sigma` the
    estimate for one reading, `location_signals` and `spread_signals` what the rules found.
    """

    kind: str
    sigma: float
    points: Column
    location: Limits
    spreads: Column
    spread: Limits
    location_signals: tuple[Signal, ...]
    spread_signals: tuple[Signal, ...]


def averages_chart(
    subgroups: ArrayLike, *, spread: Spread = "range", rules: Sequence[str] = ("beyond limits",)
) -> ControlChart:
    """This will set up a chart of averages with ranges or standard deviations from subgroups of one size n
    >= 2.

    `subgroups` is an array (subgroup, reading) of at least two rows. Limits at three standard deviations
    with computed constants (ISO 7870-2:2013). `rules` are names of :data:`RULES` applied
    to the averages.

    >>> chart = averages_chart([[1.0, 1.2], [1.1, 0.9], [1.0, 1.1]])
    >>> round(chart.location.centre, 4), round(chart.location.upper, 4)
    (1.05, 1.3633)
    """
    table = as_array(subgroups, name="subgroups")
    if table.ndim != 2 or table.shape[0] < 2 or table.shape[1] < 2:
        raise UnusableReadings(
            "At least two subgroups of one common size of at least two readings are needed."
        )
    if spread not in ("range", "deviation"):
        raise UnusableReadings("spread: range or deviation is expected.")
    k, means = chart_constants(table.shape[1]), table.mean(axis=1)
    by_range = spread == "range"
    spreads: Column = np.ptp(table, axis=1) if by_range else np.std(table, axis=1, ddof=1)
    mean_spread, centre = float(spreads.mean()), float(means.mean())
    half = (k.A2 if by_range else k.A3) * mean_spread
    low, high = (k.D3, k.D4) if by_range else (k.B3, k.B4)
    location = Limits(centre - half, centre, centre + half)
    scatter = Limits(low * mean_spread, mean_spread, high * mean_spread)
    return ControlChart(
        kind=f"averages and {spread}s",
        sigma=mean_spread / (k.d2 if by_range else k.c4),
        points=means,
        location=location,
        spreads=spreads,
        spread=scatter,
        location_signals=signals(means, location, rules=rules),
        spread_signals=signals(spreads, scatter),
    )


def individuals_chart(readings: ArrayLike, *, rules: Sequence[str] = ("beyond limits",)) -> ControlChart:
    """This will set up a chart of single readings with moving ranges of two (ISO 7870-2:2013).

    >>> chart = individuals_chart([10.0, 10.2, 9.9, 10.1, 10.0])
    >>> round(chart.sigma, 4)
    0.1772
    """
    points = as_column(readings, name="readings", at_least=3)
    k, moving = chart_constants(2), np.abs(np.diff(points))
    mean_range, centre = float(moving.mean()), float(points.mean())
    half = 3 * mean_range / k.d2
    location = Limits(centre - half, centre, centre + half)
    scatter = Limits(k.D3 * mean_range, mean_range, k.D4 * mean_range)
    return ControlChart(
        kind="readings and moving ranges",
        sigma=mean_range / k.d2,
        points=points,
        location=location,
        spreads=moving,
        spread=scatter,
        location_signals=signals(points, location, rules=rules),
        spread_signals=signals(moving, scatter),
    )


def signals(
    points: ArrayLike, limits: Limits, *, rules: Sequence[str] = ("beyond limits",)
) -> tuple[Signal, ...]:
    """This will apply rules to points; the zones are thirds of the distance from the centre to the upper
    limit.

    Rules other than "beyond limits" need symmetric limits. Each signal stands at the last point of its
    pattern, in order of index, then of rule. Raises UnusableReadings for an unknown rule.
    """
    column = as_column(points, name="points")
    unknown = [rule for rule in rules if rule not in RULES]
    if unknown:
        raise UnusableReadings(f"Unknown rule {unknown[0]!r}; known: {', '.join(RULES)}.")
    found = [Signal(i, rule) for rule in rules for i in np.flatnonzero(RULES[rule](column, limits)).tolist()]
    return tuple(sorted(found, key=lambda s: (s.index, list(RULES).index(s.rule))))


def _beyond(points: Column, limits: Limits) -> Flags:
    outside: Flags = (points > limits.upper) | (points < limits.lower)
    return outside


def _same_side(points: Column, limits: Limits) -> Flags:
    side = np.sign(points - limits.centre)
    return _window(side > 0, 9, 9) | _window(side < 0, 9, 9)


def _trend(points: Column, limits: Limits) -> Flags:
    steps = np.concatenate(([0.0], np.sign(np.diff(points))))
    return _window(steps > 0, 5, 5) | _window(steps < 0, 5, 5)


def _alternating(points: Column, limits: Limits) -> Flags:
    steps = np.concatenate(([0.0], np.sign(np.diff(points))))
    turned = np.concatenate(([False], steps[1:] * steps[:-1] < 0))
    return _window(turned, 12, 12)


def _two_of_three(points: Column, limits: Limits) -> Flags:
    return _zone(points, limits, sigmas=2, count=2, width=3)


def _four_of_five(points: Column, limits: Limits) -> Flags:
    return _zone(points, limits, sigmas=1, count=4, width=5)


def _stratified(points: Column, limits: Limits) -> Flags:
    return _window(np.abs(points - limits.centre) < _third(limits), 15, 15)


def _mixture(points: Column, limits: Limits) -> Flags:
    return _window(np.abs(points - limits.centre) > _third(limits), 8, 8)


def _zone(points: Column, limits: Limits, *, sigmas: int, count: int, width: int) -> Flags:
    """Points beyond a zone on one side, counted in a window whose last point is one of them."""
    edge, distance = sigmas * _third(limits), points - limits.centre
    high, low = distance > edge, distance < -edge
    return (high & _window(high, count, width)) | (low & _window(low, count, width))


def _third(limits: Limits) -> float:
    return as_positive((limits.upper - limits.centre) / 3, name="distance of the limits")


def _window(flags: Flags, count: int, width: int) -> Flags:
    """True where at least `count` of the last `width` flags are set."""
    total = np.concatenate(([0], np.cumsum(flags)))
    ends = np.arange(1, len(flags) + 1)
    starts = np.maximum(0, ends - width)
    return np.asarray(total[ends] - total[starts] >= count, dtype=np.bool_)


RULES: dict[str, Callable[[Column, Limits], Flags]] = {
    "beyond limits": _beyond,
    "nine on one side": _same_side,
    "six in a trend": _trend,
    "fourteen alternating": _alternating,
    "two of three beyond two sigma": _two_of_three,
    "four of five beyond one sigma": _four_of_five,
    "fifteen within one sigma": _stratified,
    "eight beyond one sigma": _mixture,
}
"""Tests for special causes by name (ISO 7870-2:2013; L. S. Nelson, J. Qual. Technol. 16 (1984) 237)."""

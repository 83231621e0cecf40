"""Charts with memory: exponentially weighted moving averages and cumulative sums (ISO 7870-4, ISO 7870-6)."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.readings import (
    Column,
    UnusableReadings,
    as_column,
    as_count,
    as_number,
    as_positive,
)


@dataclass(frozen=True, slots=True)
class EwmaChart:
    """Weighted averages with their limits point by point; `beyond` lists the indices outside."""

    averages: Column
    lower: Column
    centre: float
    upper: Column
    beyond: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CusumChart:
    """One-sided cumulative sums `high` and `low` (both not below zero) in units of sigma of a point.

    `beyond` lists the indices at which one exceeds `decision`; `shift_began` for each of them the index
    after the sum was last zero, which dates the change.
    """

    high: Column
    low: Column
    decision: float
    beyond: tuple[int, ...]
    shift_began: tuple[int, ...]


def ewma_chart(
    readings: ArrayLike,
    *,
    target: float,
    sigma: float,
    weight: float = 0.2,
    width: float = 3.0,
    n: int = 1,
) -> EwmaChart:
    """This will return z_i = weight·x_i + (1 - weight)·z_{i-1} from z_0 = target, with its exact limits.

    Limits: target ± width·sigma/√n·√[weight/(2 - weight)·(1 - (1 - weight)^{2i})], sigma of one reading, x
    means of n (ISO 7870-6:2016).

    >>> chart = ewma_chart([10.0, 10.4], target=10.0, sigma=0.1, weight=0.5)
    >>> [round(float(z), 3) for z in chart.averages], chart.beyond
    ([10.0, 10.2], (1,))
    """
    x, centre, spread = _process(readings, target=target, sigma=sigma, n=n)
    share, k = as_positive(weight, name="weight"), as_positive(width, name="width")
    if share > 1:
        raise UnusableReadings("weight: must not exceed 1.")
    averages, previous = np.empty_like(x), centre
    for i, value in enumerate(x):
        previous = share * float(value) + (1 - share) * previous
        averages[i] = previous
    memory = 1 - (1 - share) ** (2 * np.arange(1, x.size + 1))
    half = k * spread * np.sqrt(share / (2 - share) * memory)
    beyond = np.flatnonzero(np.abs(averages - centre) > half)
    return EwmaChart(averages, centre - half, centre, centre + half, tuple(beyond.tolist()))


def cusum_chart(
    readings: ArrayLike,
    *,
    target: float,
    sigma: float,
    reference: float = 0.5,
    decision: float = 5.0,
    n: int = 1,
) -> CusumChart:
    """This will return the two tabular cumulative sums of (x - target)/(sigma/√n), less `reference` a step.

    high_i = max(0, high_{i-1} + z_i - reference), low the same for -z (ISO 7870-4:2021). The defaults
    detect shifts of one standard deviation; both are in units of sigma/√n.

    >>> chart = cusum_chart([0, 0, 3, 3, 3], target=0, sigma=1)
    >>> chart.beyond, chart.shift_began
    ((4,), (2,))
    """
    x, centre, spread = _process(readings, target=target, sigma=sigma, n=n)
    slack, height = (
        as_positive(reference, name="reference", zero=True),
        as_positive(decision, name="decision"),
    )
    z = (x - centre) / spread
    high, low = _one_sided(z, slack), _one_sided(-z, slack)
    beyond = np.flatnonzero((high > height) | (low > height)).tolist()
    began = [_last_zero(high if high[i] > height else low, i) for i in beyond]
    return CusumChart(high, low, height, tuple(beyond), tuple(began))


def _process(readings: ArrayLike, *, target: float, sigma: float, n: int) -> tuple[Column, float, float]:
    x = as_column(readings, name="readings")
    spread = as_positive(sigma, name="sigma") / math.sqrt(as_count(n, name="n"))
    return x, as_number(target, name="target"), spread


def _one_sided(z: Column, slack: float) -> Column:
    sums, previous = np.empty_like(z), 0.0
    for i, value in enumerate(z):
        previous = max(0.0, previous + float(value) - slack)
        sums[i] = previous
    return sums


def _last_zero(sums: Column, end: int) -> int:
    zeros = np.flatnonzero(sums[: end + 1] == 0)
    return int(zeros[-1]) + 1 if zeros.size else 0

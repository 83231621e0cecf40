"""Robust mean and standard deviation of participants' results (ISO 13528:2022, annex C)."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.readings import UnusableReadings, as_column, as_count
from quacan.metrology.statistics.repeated import mean_and_deviation

_MAX_STEPS = 10_000


@dataclass(frozen=True, slots=True)
class RobustEstimate:
    """Robust `mean` and `sd` of `n` results; `u_mean` = 1.25 sd/√n (ISO 13528:2022, 7.7), `iterations` to
    converge.
    """

    mean: float
    sd: float
    u_mean: float
    n: int
    iterations: int


def algorithm_a(results: ArrayLike, *, tolerance: float = 1e-13) -> RobustEstimate:
    """This will return the robust mean and standard deviation by algorithm A (ISO 13528:2022, C.3.1).

    Start at the median and 1.483 times the median absolute deviation; bring results beyond 1.5 sd to that
    edge; take mean and 1.134 times the standard deviation of the modified results; repeat until neither
    changes by more than `tolerance` relative. When more than half of the results are equal the start is the
    plain standard deviation. At least three results; equal results give sd = 0. Independent of order,
    equivariant to scale and origin.

    >>> estimate = algorithm_a([10.0, 10.1, 9.9, 10.2, 9.8, 15.0])
    >>> round(estimate.mean, 3), round(estimate.sd, 3)
    (10.087, 0.29)
    """
    column = np.sort(as_column(results, name="results", at_least=3))
    origin = float(np.median(column))
    x = column - origin
    mean, sd = 0.0, 1.483 * float(np.median(np.abs(x)))
    if sd == 0:
        mean, sd = mean_and_deviation(x)
    scale, steps = float(np.max(np.abs(x))), 0
    while sd > 0 and steps < _MAX_STEPS:
        steps += 1
        previous = mean, sd
        mean, sd = mean_and_deviation(np.clip(x, mean - 1.5 * sd, mean + 1.5 * sd))
        sd *= 1.134
        if abs(sd - previous[1]) <= tolerance * sd and abs(mean - previous[0]) <= tolerance * (
            sd + abs(mean)
        ):
            break
        if sd <= 1e-15 * scale:
            sd = 0.0
    if steps == _MAX_STEPS:
        raise UnusableReadings("Algorithm A did not settle on these results.")
    return RobustEstimate(origin + mean, sd, 1.25 * sd / math.sqrt(x.size), int(x.size), steps)


def algorithm_s(deviations: ArrayLike, *, dof: int, tolerance: float = 1e-13) -> float:
    """This will return the robust pooled value of standard deviations (or ranges, dof = 1) by algorithm S.

    `dof` degrees of freedom each; the factors η and ξ are computed from chi-squared instead of taken from a
    table (ISO 13528:2022, C.4; ISO 5725-5:1998, 6.3).

    >>> round(algorithm_s([1.0, 1.1, 0.9, 1.0, 5.0], dof=3), 3)
    1.257
    """
    column = as_column(deviations, name="deviations", at_least=3)
    nu = as_count(dof, name="dof")
    if np.any(column < 0):
        raise UnusableReadings("Standard deviations must not be below zero.")
    eta, xi = _algorithm_s_factors(nu)
    w = float(np.median(column))
    if w == 0:
        raise UnusableReadings("At least half of the deviations are zero: algorithm S has no start.")
    for _ in range(_MAX_STEPS):
        previous = w
        w = xi * math.sqrt(float(np.mean(np.minimum(column, eta * w) ** 2)))
        if abs(w - previous) <= tolerance * w:
            return w
    raise UnusableReadings("Algorithm S did not settle on these deviations.")


def median_absolute_deviation(results: ArrayLike) -> float:
    """This will return MADe = 1.483 median|x - median(x)| (ISO 13528:2022, C.2.2).

    >>> round(median_absolute_deviation([1, 2, 3, 4, 100]), 3)
    1.483
    """
    column = as_column(results, name="results", at_least=3)
    return 1.483 * float(np.median(np.abs(column - np.median(column))))


def normalised_interquartile_range(results: ArrayLike) -> float:
    """This will return nIQR = 0.7413 (Q3 - Q1), quartiles by linear interpolation (ISO 13528:2022, C.2.3)."""
    column = as_column(results, name="results", at_least=4)
    low, high = np.quantile(column, [0.25, 0.75])
    return 0.7413 * float(high - low)


def _algorithm_s_factors(nu: int) -> tuple[float, float]:
    """η: 10 % of normal samples lie beyond; ξ: makes the limited mean square unbiased."""
    from quacan.metrology.quantiles import chi2_quantile, chi2_tail

    edge = chi2_quantile(0.9, nu)
    inside = 1 - chi2_tail(edge, nu + 2)
    return math.sqrt(edge / nu), 1 / math.sqrt(inside + 0.1 * edge / nu)

"""Type A evaluation of repeated readings (JCGM 100:2008, 4.2)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.readings import Column, UnusableReadings, as_column, as_columns, as_groups


@dataclass(frozen=True, slots=True)
class TypeA:
    """Mean of n independent readings: `s` of one reading, `s_mean` of the mean, `dof` = n - 1."""

    mean: float
    s: float
    s_mean: float
    n: int
    dof: float


@dataclass(frozen=True, slots=True)
class PooledDeviation:
    """Standard deviation `s` pooled from several series, with the sum of their degrees of freedom."""

    s: float
    dof: float


@dataclass(frozen=True, slots=True)
class AutocorrelatedMean:
    """Mean of a series whose neighbours resemble each other.

    `u` is the standard uncertainty of the mean, `cut_off` the last lag taken into account, `correlations` the
    autocorrelation coefficients of lags 1 … cut_off, `n_effective` the number of independent readings that
    would give the same u, `dof` = n_effective - 1.
    """

    mean: float
    s: float
    u: float
    n: int
    cut_off: int
    correlations: tuple[float, ...]
    n_effective: float
    dof: float


def type_a(readings: ArrayLike) -> TypeA:
    """This will return mean, s and s/√n of n >= 2 independent readings (JCGM 100:2008, 4.2.1 to 4.2.3).

    Units are those of the readings. Raises UnusableReadings for fewer than two readings.

    >>> result = type_a([10.1, 10.3, 10.2])
    >>> round(result.mean, 3), round(result.s, 3), result.dof
    (10.2, 0.1, 2.0)
    """
    column = as_column(readings, name="readings", at_least=2)
    mean, s = mean_and_deviation(column)
    return TypeA(mean, s, s / math.sqrt(column.size), int(column.size), float(column.size - 1))


def pooled_deviation(deviations: ArrayLike, dofs: ArrayLike) -> PooledDeviation:
    """This will pool standard deviations with their degrees of freedom: s² = Σνs²/Σν (JCGM 100:2008, 4.2.4,
    H.3.6).

    >>> pooled = pooled_deviation([3.0, 4.0], [4, 4])
    >>> round(pooled.s, 4), pooled.dof
    (3.5355, 8.0)
    """
    s, nu = as_columns(deviations=deviations, dofs=dofs)
    if s.size == 0 or np.any(s < 0) or np.any(nu <= 0):
        raise UnusableReadings("Pooling needs deviations not below zero and degrees of freedom above zero.")
    total = float(nu.sum())
    scale = float(s.max()) or 1.0
    return PooledDeviation(scale * math.sqrt(float(nu @ (s / scale) ** 2) / total), total)


def pooled_deviation_of_groups(groups: Sequence[ArrayLike]) -> PooledDeviation:
    """This will pool the standard deviations of groups of at least two readings each."""
    checked = as_groups(groups, name="group", at_least=1, each=2)
    return pooled_deviation([mean_and_deviation(g)[1] for g in checked], [g.size - 1 for g in checked])


def autocorrelated_mean(readings: ArrayLike, *, cut_off: int | None = None) -> AutocorrelatedMean:
    """This will return the mean of a stationary series, its uncertainty enlarged for autocorrelation.

    u² = s²/n · [1 + 2 Σ (1 - i/n) r(i)], i = 1 … cut_off. Without `cut_off` the sum ends at the last lag,
    up to n/4, whose coefficient exceeds 1.96 of its standard error under no correlation beyond the lags
    before it (Bartlett); so independent readings keep s/√n (JCGM 100:2008, 4.2.7 asks for such an analysis;
    rule of N. F. Zhang, Metrologia 43 (2006) S276). Coefficients whose sum would make u² smaller than s²/n²
    are refused. Needs at least 8 equally spaced readings.

    >>> mean = autocorrelated_mean([1.0, 1.2, 1.1, 0.9, 1.0, 1.1, 0.8, 0.9, 1.0, 1.1])
    >>> round(mean.mean, 4), round(mean.u, 4)
    (1.01, 0.0379)
    """
    column = as_column(readings, name="readings", at_least=8)
    n = int(column.size)
    if cut_off is not None and not 0 <= cut_off < n:
        raise UnusableReadings(f"The cut-off lag must lie between 0 and {n - 1}.")
    mean, s = mean_and_deviation(column)
    if s == 0:
        raise UnusableReadings("All readings are equal: autocorrelation cannot be estimated.")
    r = _autocorrelations(column - mean, lags=n // 4 if cut_off is None else cut_off)
    last = _last_significant_lag(r, n) if cut_off is None else cut_off
    kept = r[:last]
    factor = 1 + 2 * float(np.sum((1 - np.arange(1, last + 1) / n) * kept))
    if factor <= 1 / n:
        raise UnusableReadings("The autocorrelation leaves no positive variance of the mean; set cut_off.")
    n_effective = n / factor
    u = s / math.sqrt(n_effective)
    return AutocorrelatedMean(mean, s, u, n, last, tuple(kept.tolist()), n_effective, n_effective - 1)


def mean_and_deviation(column: Column) -> tuple[float, float]:
    """This will return mean and s of a column, from deviations so that shared leading digits cost nothing."""
    shift = float(column[0])
    deviations = column - shift
    offset = math.fsum(deviations.tolist()) / column.size
    residuals = deviations - offset
    s = math.sqrt(math.fsum((residuals * residuals).tolist()) / (column.size - 1)) if column.size > 1 else 0.0
    return shift + offset, s


def _autocorrelations(residuals: Column, *, lags: int) -> Column:
    total = float(residuals @ residuals)
    return np.array([float(residuals[:-i] @ residuals[i:]) / total for i in range(1, lags + 1)])


def _last_significant_lag(r: Column, n: int) -> int:
    earlier = np.concatenate(([0.0], np.cumsum(r**2)[:-1])) if r.size else r
    limit = 1.96 * np.sqrt((1 + 2 * earlier) / n)
    significant = np.flatnonzero(np.abs(r) > limit)
    return int(significant[-1]) + 1 if significant.size else 0

"""Tests for readings or variances that stand apart: Grubbs, Dixon, Cochran (ISO 5725-2:2019, 8.3).

Critical values are computed, not looked up. A test only points at a reading; what is done about it is a
decision with a reason, never a deletion by formula.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.quantiles import f_quantile, f_tail, legendre, t_quantile, t_tail
from quacan.metrology.readings import Column, UnusableReadings, as_column, as_count, as_groups, as_probability
from quacan.metrology.statistics.repeated import mean_and_deviation

Side = Literal["both", "high", "low"]

_SPAN = 9.0  # standard deviations beyond which a normal reading is not met in double precision
_NODES = 160


@dataclass(frozen=True, slots=True)
class OutlierTest:
    """Outcome: the suspect (`index` from 0, `value`), its statistic against the critical value at `alpha`."""

    test: str
    index: int
    value: float
    statistic: float
    critical: float
    p_value: float
    alpha: float
    outlier: bool


def grubbs(readings: ArrayLike, *, alpha: float = 0.05, side: Side = "both") -> OutlierTest:
    """This will test the reading farthest from the mean, G = |x - mean|/s, for n >= 3 readings.

    Critical value from t at alpha/(2n) for `side` "both" and alpha/n for one side (F. E. Grubbs, 1969; ISO
    5725-2:2019, 8.3). The p-value is the same bound, capped at 1.

    >>> result = grubbs([10.0, 10.1, 9.9, 10.0, 12.0])
    >>> result.index, result.outlier
    (4, True)
    """
    column = as_column(readings, name="readings", at_least=3)
    as_probability(alpha, name="alpha")
    n, (mean, s) = int(column.size), mean_and_deviation(column)
    if s == 0:
        raise UnusableReadings("All readings are equal: none can stand apart.")
    deviations = {"both": np.abs(column - mean), "high": column - mean, "low": mean - column}[_side(side)]
    index = int(np.argmax(deviations))
    statistic, tails = float(deviations[index]) / s, 2 if side == "both" else 1
    t2 = t_quantile(1 - alpha / (tails * n), n - 2) ** 2
    critical = (n - 1) / math.sqrt(n) * math.sqrt(t2 / (n - 2 + t2))
    room = (n - 1) ** 2 - n * statistic**2
    t = math.sqrt(n * (n - 2) * statistic**2 / room) if room > 0 else math.inf
    p_value = min(1.0, tails * n * t_tail(t, n - 2))
    return OutlierTest(
        "grubbs", index, float(column[index]), statistic, critical, p_value, alpha, statistic > critical
    )


def dixon(readings: ArrayLike, *, alpha: float = 0.05, side: Side = "both") -> OutlierTest:
    """This will test the most extreme of 3 to 30 readings by Dixon's ratio.

    The ratio is r10 for n = 3 to 7, r11 for 8 to 10, r21 for 11 to 13, r22 from 14 (W. J. Dixon, Biometrics
    9 (1953) 74). Critical value and p-value come from the distribution of the ratio for normal readings,
    integrated numerically; `side` "both" counts alpha/2 at each end.

    >>> result = dixon([0.189, 0.167, 0.187, 0.183, 0.186, 0.182, 0.181])
    >>> round(result.statistic, 4), round(result.critical, 3), result.outlier
    (0.6364, 0.569, True)
    """
    column = as_column(readings, name="readings", at_least=3)
    as_probability(alpha, name="alpha")
    n = int(column.size)
    if n > 30:
        raise UnusableReadings("Dixon's test is defined for 3 to 30 readings; use Grubbs' test.")
    if np.ptp(column) == 0:
        raise UnusableReadings("All readings are equal: none can stand apart.")
    order = np.argsort(column, kind="stable")
    upper, lower = _dixon_ratio(column[order]), _dixon_ratio(-column[order][::-1])
    high = {"both": upper >= lower, "high": True, "low": False}[_side(side)]
    statistic, index = (upper, int(order[-1])) if high else (lower, int(order[0]))
    tails = 2 if side == "both" else 1
    critical = dixon_critical(n, alpha / tails)
    p_value = min(1.0, tails * dixon_tail(n, statistic))
    return OutlierTest(
        "dixon", index, float(column[index]), statistic, critical, p_value, alpha, statistic > critical
    )


def cochran(variances: ArrayLike, *, n: int, alpha: float = 0.05) -> OutlierTest:
    """This will test the largest of p >= 2 variances of `n` readings each, C = max s²/Σs² (ISO 5725-2:2019,
    8.3.3).

    Critical value 1/[1 + (p - 1)/F(1 - alpha/p; ν, (p - 1)ν)], ν = n - 1: exact when it exceeds 1/2, else
    an upper bound that agrees with the tables of ISO 5725-2 to their last digit or so.

    >>> result = cochran([1.0, 1.2, 0.9, 9.0], n=3)
    >>> round(result.statistic, 4), round(result.critical, 4)
    (0.7438, 0.7679)
    """
    column = as_column(variances, name="variances", at_least=2)
    as_probability(alpha, name="alpha")
    nu, p = as_count(n, name="n", at_least=2) - 1, int(column.size)
    total = float(column.sum())
    if np.any(column < 0) or total == 0:
        raise UnusableReadings("Variances must not be below zero, and at least one must be above.")
    index = int(np.argmax(column))
    statistic = float(column[index]) / total
    critical = 1 / (1 + (p - 1) / f_quantile(1 - alpha / p, nu, (p - 1) * nu))
    f = (p - 1) * statistic / (1 - statistic) if statistic < 1 else math.inf
    p_value = min(1.0, p * f_tail(f, nu, (p - 1) * nu))
    return OutlierTest(
        "cochran", index, float(column[index]), statistic, critical, p_value, alpha, statistic > critical
    )


def cochran_of_groups(groups: Sequence[ArrayLike], *, alpha: float = 0.05) -> OutlierTest:
    """This will apply Cochran's test to groups of readings of one common size."""
    checked = as_groups(groups, name="group", each=2)
    sizes = {g.size for g in checked}
    if len(sizes) > 1:
        raise UnusableReadings("Cochran's test needs groups of one common size.")
    return cochran([mean_and_deviation(g)[1] ** 2 for g in checked], n=sizes.pop(), alpha=alpha)


@lru_cache(maxsize=256)
def dixon_critical(n: int, alpha: float) -> float:
    """This will return the one-sided critical value of Dixon's ratio for n normal readings.

    >>> round(dixon_critical(3, 0.05), 3), round(dixon_critical(10, 0.05), 3)
    (0.941, 0.478)
    """
    from scipy.optimize import brentq

    return float(brentq(lambda r: dixon_tail(n, r) - alpha, 1e-9, 1 - 1e-9, xtol=1e-12))


def dixon_tail(n: int, ratio: float) -> float:
    """This will return P(ratio of n normal readings > `ratio`) by integrating over the two end points.

    With the highest reading at c and the reading at the low end of the denominator at b, the event says how
    many of the readings between lie above t = c - ratio (c - b).
    """
    from scipy.special import ndtr

    top, below = _dixon_kind(n)
    between = n - 2 - below
    b, weight_b = legendre(_NODES, -_SPAN, _SPAN)
    w, weight_w = legendre(_NODES, 0.0, 2 * _SPAN)
    b, w = b[:, None], w[None, :]
    c, t = b + w, b + w * (1 - ratio)
    lower, upper = ndtr(t) - ndtr(b), ndtr(c) - ndtr(t)
    event = sum(math.comb(between, k) * lower ** (between - k) * upper**k for k in range(top))
    density = ndtr(b) ** below * np.exp(-0.5 * (b * b + c * c)) / (2 * math.pi)
    count = math.factorial(n) / math.factorial(below) / math.factorial(between)
    return float(count * (weight_b @ (density * event) @ weight_w))


def _dixon_kind(n: int) -> tuple[int, int]:
    """(i, j) of r_ij: i readings left out at the suspected end, j at the other."""
    if n <= 7:
        return 1, 0
    return (1, 1) if n <= 10 else ((2, 1) if n <= 13 else (2, 2))


def _dixon_ratio(ascending: Column) -> float:
    top, below = _dixon_kind(int(ascending.size))
    span = float(ascending[-1] - ascending[below])
    if span == 0:
        raise UnusableReadings("Too many equal readings: Dixon's ratio has a zero denominator.")
    return float(ascending[-1] - ascending[-1 - top]) / span


def _side(side: str) -> str:
    if side not in ("both", "high", "low"):
        raise UnusableReadings("side: both, high or low is expected.")
    return side

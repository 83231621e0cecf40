"""Constants of control charts for subgroups of n normal readings, computed (ISO 7870-2:2013).

The mean d2 and standard deviation d3 of the range and the mean c4 of the standard deviation come from
quadrature and the gamma function; printed tables differ in the third decimal (D4 at n = 5).
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from quacan.metrology.quantiles import legendre
from quacan.metrology.readings import as_count

_SPAN = 9.0
_NODES = 160


@dataclass(frozen=True, slots=True)
class ChartConstants:
    """Constants for subgroups of size `n`; the names are those of ISO 7870-2 and of the AIAG manual."""

    n: int
    d2: float
    d3: float
    c4: float
    A: float
    A2: float
    A3: float
    B3: float
    B4: float
    B5: float
    B6: float
    D1: float
    D2: float
    D3: float
    D4: float


@lru_cache(maxsize=128)
def chart_constants(n: int) -> ChartConstants:
    """This will return the constants of Shewhart charts with limits at three standard deviations, n from 2
    to 1000.

    >>> constants = chart_constants(5)
    >>> round(constants.d2, 3), round(constants.d3, 3), round(constants.c4, 4), round(constants.D4, 4)
    (2.326, 0.864, 0.94, 2.1145)
    """
    c4, (d2, d3) = deviation_mean(n), _range_moments(_subgroup(n))
    spread, root = 3 * math.sqrt(1 - c4 * c4), math.sqrt(n)
    return ChartConstants(
        n=n,
        d2=d2,
        d3=d3,
        c4=c4,
        A=3 / root,
        A2=3 / (d2 * root),
        A3=3 / (c4 * root),
        B3=max(0.0, 1 - spread / c4),
        B4=1 + spread / c4,
        B5=max(0.0, c4 - spread),
        B6=c4 + spread,
        D1=max(0.0, d2 - 3 * d3),
        D2=d2 + 3 * d3,
        D3=max(0.0, 1 - 3 * d3 / d2),
        D4=1 + 3 * d3 / d2,
    )


def deviation_mean(n: int) -> float:
    """This will return c4, the mean of s over sigma for n normal readings.

    >>> round(deviation_mean(2), 4)
    0.7979
    """
    half = 0.5 * _subgroup(n)
    return math.exp(math.lgamma(half) - math.lgamma(half - 0.5)) / math.sqrt(half - 0.5)


def range_mean(n: int) -> float:
    """This will return d2, the mean of the range over sigma for n normal readings."""
    return _range_moments(_subgroup(n))[0]


def range_deviation(n: int) -> float:
    """This will return d3, the standard deviation of the range over sigma for n normal readings."""
    return _range_moments(_subgroup(n))[1]


def range_mean_of_one_sample(n: int, samples: int = 1) -> float:
    """This will return d2*, √(d2² + d3²/samples): the root mean square of a mean range over sigma (A. J.
    Duncan).

    >>> round(range_mean_of_one_sample(2), 4)
    1.4142
    """
    d2, d3 = _range_moments(_subgroup(n))
    return math.sqrt(d2 * d2 + d3 * d3 / as_count(samples, name="samples"))


@lru_cache(maxsize=256)
def _range_moments(n: int) -> tuple[float, float]:
    """Mean and standard deviation of the range from its density n(n-1) φ(x) φ(x+w) [Φ(x+w) - Φ(x)]^(n-2)."""
    from scipy.special import ndtr

    x, weight_x = legendre(_NODES, -_SPAN, _SPAN)
    w, weight_w = legendre(_NODES, 0.0, 2 * _SPAN)
    low, high = x[:, None], x[:, None] + w[None, :]
    density = np.exp(-0.5 * (low**2 + high**2)) / (2 * math.pi) * (ndtr(high) - ndtr(low)) ** (n - 2)
    over_range = n * (n - 1) * (weight_x @ density) * weight_w
    mean = float(over_range @ w)
    return mean, math.sqrt(float(over_range @ (w - mean) ** 2))


def _subgroup(n: int) -> int:
    size = as_count(n, name="subgroup size", at_least=2)
    if size > 1000:
        raise ValueError("The subgroup size must not exceed 1000.")
    return size

"""Youden pairs: two similar samples per laboratory tell scatter within from difference between
laboratories.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.quantiles import chi2_quantile
from quacan.metrology.readings import UnusableReadings, as_columns, as_probability


@dataclass(frozen=True, slots=True)
class YoudenPairs:
    """Analysis of n pairs (A, B) (W. J. Youden, Ind. Qual. Control 15 (1959) 24).

    `centre` are the medians; `s_within` from differences, `s_between` from totals (0 when not above the
    scatter), `radius` of the circle around the centre that holds a fraction `coverage` of pairs with no
    difference between laboratories, `outside` the indices beyond it, `quadrants` the counts ++, -+, --, +-
    about the medians (points on a median line are not counted).
    """

    centre: tuple[float, float]
    s_within: float
    s_between: float
    s_total: float
    radius: float
    coverage: float
    outside: tuple[int, ...]
    quadrants: tuple[int, int, int, int]


def youden_pairs(a: ArrayLike, b: ArrayLike, *, coverage: float = 0.95) -> YoudenPairs:
    """This will analyse at least three laboratories' results for two samples of similar value, in one unit.

    s_within² = Σ(D - mean D)²/[2(n - 1)], D = a - b; s_total² = Σ(T - mean T)²/[2(n - 1)], T = a + b;
    s_between² = (s_total² - s_within²)/2; radius = s_within √chi²(coverage; 2).

    >>> round(youden_pairs([1.0, 2.0, 3.0], [1.1, 2.0, 2.9]).s_within, 4)
    0.0707
    """
    first, second = as_columns(a=a, b=b)
    as_probability(coverage, name="coverage")
    n = int(first.size)
    if n < 3:
        raise UnusableReadings(f"At least 3 pairs are needed, {n} given.")
    within = float(np.var(first - second, ddof=1)) / 2
    total = float(np.var(first + second, ddof=1)) / 2
    centre = float(np.median(first)), float(np.median(second))
    radius = math.sqrt(within * chi2_quantile(coverage, 2))
    x, y = first - centre[0], second - centre[1]
    counts = ((x > 0) & (y > 0), (x < 0) & (y > 0), (x < 0) & (y < 0), (x > 0) & (y < 0))
    up, left, down, right = (int(np.count_nonzero(c)) for c in counts)
    return YoudenPairs(
        centre=centre,
        s_within=math.sqrt(within),
        s_between=math.sqrt(max(0.0, (total - within) / 2)),
        s_total=math.sqrt(total),
        radius=radius,
        coverage=coverage,
        outside=tuple(np.flatnonzero(np.hypot(x, y) > radius).tolist()),
        quadrants=(up, left, down, right),
    )

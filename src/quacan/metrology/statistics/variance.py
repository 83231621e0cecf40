"""One-way analysis of variance: what changes between groups and what within (JCGM 100:2008, H.5)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.quantiles import f_quantile, f_tail
from quacan.metrology.readings import (
    Column,
    UnusableReadings,
    as_columns,
    as_count,
    as_groups,
    as_probability,
)
from quacan.metrology.statistics.repeated import mean_and_deviation


@dataclass(frozen=True, slots=True)
class OneWayAnova:
    """Result of a one-way analysis of variance; all in the unit of the readings or its square.

    `s_a` and `s_b` are the square roots of the mean squares between and within groups (H.5: s_a, s_b);
    `s_between` and `s_within` are the components of variance, `s_between` 0 when the mean square between is
    the smaller. `u_mean` is the standard uncertainty of the grand mean: from the group means when the F
    test says that groups differ (H.5.2.5), from all readings pooled otherwise (H.5.2.4, equation H.30);
    `dof` belongs to it and is None for groups of unequal size with a significant difference, where no
    single number is valid. `u_mean_pooled` and `dof_pooled` are what all readings pooled give, whatever the
    test says.
    """

    grand_mean: float
    group_means: tuple[float, ...]
    group_sizes: tuple[int, ...]
    sum_of_squares_between: float
    sum_of_squares_within: float
    dof_between: int
    dof_within: int
    s_a: float
    s_b: float
    f: float | None
    p_value: float | None
    f_critical: float
    alpha: float
    significant: bool
    s_between: float
    s_within: float
    s_group_means: float
    u_mean: float
    dof: float | None
    u_mean_pooled: float
    dof_pooled: float


def one_way_anova(groups: Sequence[ArrayLike], *, alpha: float = 0.05) -> OneWayAnova:
    """This will analyse at least two groups of readings, at least one group with two (JCGM 100:2008, H.5).

    Groups may differ in size. Raises UnusableReadings when there is nothing to compare.

    >>> result = one_way_anova([[1.0, 2.0, 3.0], [2.0, 3.0, 4.0]])
    >>> round(result.f, 3), result.significant
    (1.5, False)
    """
    checked = as_groups(groups, name="group")
    origin = float(checked[0][0])
    shifted = [g - origin for g in checked]
    means, deviations = (np.array(v) for v in zip(*(mean_and_deviation(g) for g in shifted), strict=True))
    sizes = np.array([g.size for g in shifted])
    within = math.fsum(((sizes - 1) * deviations**2).tolist())
    return _analyse(means, sizes, within, origin=origin, alpha=alpha)


def one_way_anova_of_summary(
    means: ArrayLike, deviations: ArrayLike, *, n: int | ArrayLike, alpha: float = 0.05
) -> OneWayAnova:
    """This will analyse groups known by mean, standard deviation and number of readings (JCGM 100:2008,
    Table H.9).
    """
    m, s = as_columns(means=means, deviations=deviations)
    sizes = np.array([as_count(v, name="n") for v in np.broadcast_to(np.asarray(n), m.shape).tolist()])
    if m.size < 2 or np.any(s < 0):
        raise UnusableReadings("At least two groups with deviations not below zero are needed.")
    within = math.fsum(((sizes - 1) * s**2).tolist())
    return _analyse(m - float(m[0]), sizes, within, origin=float(m[0]), alpha=alpha)


def _analyse(means: Column, sizes: Column, within: float, *, origin: float, alpha: float) -> OneWayAnova:
    as_probability(alpha, name="alpha")
    total, count = int(sizes.sum()), means.size
    dof_between, dof_within = count - 1, total - count
    if dof_within < 1:
        raise UnusableReadings("At least one group must hold two readings, or nothing varies within groups.")
    grand = float(sizes @ means) / total
    between = math.fsum((sizes * (means - grand) ** 2).tolist())
    mean_a, mean_b = between / dof_between, within / dof_within
    f = mean_a / mean_b if mean_b > 0 else (math.inf if mean_a > 0 else math.nan)
    p_value = math.nan if math.isnan(f) else f_tail(f, dof_between, dof_within)
    significant = p_value < alpha
    typical_size = (total - float(sizes @ sizes) / total) / dof_between
    component = max(0.0, (mean_a - mean_b) / typical_size)
    u_mean, dof = _mean_uncertainty(means, sizes, between, within, component, significant)
    return OneWayAnova(
        grand_mean=origin + grand,
        group_means=tuple((origin + means).tolist()),
        group_sizes=tuple(int(v) for v in sizes),
        sum_of_squares_between=between,
        sum_of_squares_within=within,
        dof_between=dof_between,
        dof_within=dof_within,
        s_a=math.sqrt(mean_a),
        s_b=math.sqrt(mean_b),
        f=f if math.isfinite(f) else None,
        p_value=p_value if math.isfinite(p_value) else None,
        f_critical=f_quantile(1 - alpha, dof_between, dof_within),
        alpha=alpha,
        significant=significant,
        s_between=math.sqrt(component),
        s_within=math.sqrt(mean_b),
        s_group_means=float(np.std(means, ddof=1)),
        u_mean=u_mean,
        dof=dof,
        u_mean_pooled=math.sqrt((between + within) / (total * (total - 1))),
        dof_pooled=float(total - 1),
    )


def _mean_uncertainty(
    means: Column, sizes: Column, between: float, within: float, component: float, significant: bool
) -> tuple[float, float | None]:
    total, count = int(sizes.sum()), means.size
    if not significant:
        return math.sqrt((between + within) / (total * (total - 1))), float(total - 1)
    if len(set(sizes.tolist())) == 1:
        return math.sqrt(between / (count - 1) / total), float(count - 1)
    share = sizes / total
    return math.sqrt(float(share**2 @ (component + within / (total - count) / sizes))), None

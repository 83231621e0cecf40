"""Weighted mean of results that come with uncertainties, its consistency, degrees of equivalence.

M. G. Cox, Metrologia 39 (2002) 589, procedure A; the Birge ratio after R. T. Birge, Phys. Rev. 40 (1932) 207.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.quantiles import chi2_tail
from quacan.metrology.readings import Column, UnusableReadings, as_columns, as_probability


@dataclass(frozen=True, slots=True)
class WeightedMean:
    """Weighted mean of n independent results and how well they agree.

    `u` comes from the given uncertainties alone, `u_external` = u times max(1, `birge_ratio`).
    `chi_squared` with `dof` = n - 1 has tail probability `p_value`; `consistent` says p >= alpha.
    `deviations` are x_i - mean (degrees of equivalence) with standard uncertainties `u_deviations`, √(u_i²
    - u²), the mean containing x_i.
    """

    mean: float
    u: float
    u_external: float
    birge_ratio: float
    chi_squared: float
    dof: int
    p_value: float
    consistent: bool
    weights: Column
    deviations: Column
    u_deviations: Column


def weighted_mean(values: ArrayLike, uncertainties: ArrayLike, *, alpha: float = 0.05) -> WeightedMean:
    """This will combine at least two independent results with standard uncertainties greater than zero.

    >>> combined = weighted_mean([10.0, 10.2], [0.1, 0.1])
    >>> round(combined.mean, 3), round(combined.u, 4), round(combined.birge_ratio, 4)
    (10.1, 0.0707, 1.4142)
    """
    x, u = as_columns(values=values, uncertainties=uncertainties)
    as_probability(alpha, name="alpha")
    if x.size < 2 or np.any(u <= 0):
        raise UnusableReadings("At least two results with uncertainties greater than zero are needed.")
    smallest = float(u.min())
    weights = (smallest / u) ** 2
    total = math.fsum(weights.tolist())
    origin = float(x[0])
    mean = math.fsum((weights * (x - origin)).tolist()) / total
    deviations = (x - origin) - mean
    chi, dof = math.fsum(((deviations / u) ** 2).tolist()), int(x.size) - 1
    u_mean, birge, p_value = smallest / math.sqrt(total), math.sqrt(chi / dof), chi2_tail(chi, dof)
    return WeightedMean(
        mean=origin + mean,
        u=u_mean,
        u_external=u_mean * max(1.0, birge),
        birge_ratio=birge,
        chi_squared=chi,
        dof=dof,
        p_value=p_value,
        consistent=p_value >= alpha,
        weights=weights / total,
        deviations=deviations,
        u_deviations=u * np.sqrt(np.maximum(0.0, 1 - weights / total)),
    )

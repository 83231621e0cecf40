"""Tails and quantiles of the distributions a metrologist tests with.

Thin names over `scipy.special`, which is loaded at the first call: opening the library stays quick.
"""

import math

import numpy as np
from numpy.typing import NDArray


def normal_quantile(p: float) -> float:
    """This will return z with P(Z <= z) = p.

    >>> round(normal_quantile(0.975), 6)
    1.959964
    """
    from scipy.special import ndtri

    return float(ndtri(p))


def t_quantile(p: float, dof: float) -> float:
    """This will return the p-quantile of Student's t, the normal one for infinite `dof` (JCGM 100:2008, G.3).

    >>> round(t_quantile(0.975, 9), 4)
    2.2622
    """
    from scipy.special import ndtri, stdtrit

    return float(ndtri(p)) if math.isinf(dof) else float(stdtrit(dof, p))


def t_tail(t: float, dof: float) -> float:
    """This will return P(T > t) of Student's t."""
    from scipy.special import ndtr, stdtr

    return float(ndtr(-t)) if math.isinf(dof) else float(stdtr(dof, -t))


def coverage_factor(coverage: float, dof: float) -> float:
    """This will return k of a two-sided interval of probability `coverage` (JCGM 100:2008, Table G.2).

    >>> round(coverage_factor(0.95, 9), 2)
    2.26
    """
    return t_quantile(0.5 * (1 + coverage), dof)


def f_tail(f: float, dof_above: float, dof_below: float) -> float:
    """This will return P(F > f) for the ratio of two variances with these degrees of freedom."""
    from scipy.special import chdtrc, fdtrc

    if math.isinf(f):
        return 0.0
    if math.isinf(dof_below):
        return float(chdtrc(dof_above, f * dof_above))
    return float(fdtrc(dof_above, dof_below, f))


def f_quantile(p: float, dof_above: float, dof_below: float) -> float:
    """This will return the p-quantile of F.

    >>> round(f_quantile(0.95, 9, 40), 2)
    2.12
    """
    from scipy.special import fdtri

    return float(fdtri(dof_above, dof_below, p))


def chi2_tail(x: float, dof: float) -> float:
    """This will return P(chi-squared > x)."""
    from scipy.special import chdtrc

    return float(chdtrc(dof, x))


def chi2_quantile(p: float, dof: float) -> float:
    """This will return the p-quantile of chi-squared.

    >>> round(chi2_quantile(0.95, 2), 4)
    5.9915
    """
    from scipy.special import chdtri

    return float(chdtri(dof, 1 - p))


def legendre(count: int, low: float, high: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """This will return nodes and weights of Gauss-Legendre quadrature of `count` points on [low, high]."""
    nodes, weights = np.polynomial.legendre.leggauss(count)
    half = 0.5 * (high - low)
    return low + half * (nodes + 1), half * weights

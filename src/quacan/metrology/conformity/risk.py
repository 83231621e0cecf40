"""Specific risk: the probability that a measured item conforms (JCGM 106:2012, 7), for one result or many."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quacan.metrology.limits.interval import Interval

Floats = NDArray[np.float64]
Tail = Callable[[Floats], Floats]


class RiskRefused(ValueError):
    """A risk that cannot be computed from what was given."""


def conformance_probability(
    values: ArrayLike,
    u: ArrayLike,
    *,
    lower: ArrayLike | None = None,
    upper: ArrayLike | None = None,
    dof: ArrayLike | None = None,
) -> Floats:
    """This will give the probability that the true value lies between the limits, element by element.

    Without prior knowledge, the state of knowledge is normal(value, u), or a t-distribution of that scale when
    dof is given (JCGM 106:2012, 7.2.2; a dof that is infinite counts as normal). Arrays broadcast; -inf, inf or
    None stand for a missing limit; u = 0 answers 0 or 1, the limits counted as inside. Raises RiskRefused for
    negative or non-finite u, non-finite values, limits that are all missing or crossed, dof not above zero.

    >>> round(float(conformance_probability(-5.47, 0.05, upper=-5.40)), 4)
    0.9192
    """
    below, above, tail = _standardised(values, u, lower, upper, dof)
    return probability_between(below, above, tail)


def outside_probability(
    values: ArrayLike,
    u: ArrayLike,
    *,
    lower: ArrayLike | None = None,
    upper: ArrayLike | None = None,
    dof: ArrayLike | None = None,
) -> Floats:
    """This will give one minus conformance_probability, accurate also where it is tiny.

    It is the specific consumer's risk of an accepted item (JCGM 106:2012, 9.3.2).
    """
    below, above, tail = _standardised(values, u, lower, upper, dof)
    return tail(below) + tail(-above)


def limits_of(interval: Interval) -> tuple[float, float]:
    """This will give the ends of an interval as floats, infinite where there is no limit."""
    return (
        -np.inf if interval.lower is None else float(interval.lower),
        np.inf if interval.upper is None else float(interval.upper),
    )


def probability_between(below: Floats, above: Floats, tail: Tail) -> Floats:
    """This will give P(below < Z < above) for a symmetric Z with lower tail function tail.

    Both ends are moved to the lower half where that is possible, so that differences of numbers near one never
    decide small probabilities.
    """
    flip = below > 0
    first = np.where(flip, -above, below)
    second = np.where(flip, -below, above)
    return np.asarray(tail(second) - tail(first), dtype=np.float64)


def _standardised(
    values: ArrayLike,
    u: ArrayLike,
    lower: ArrayLike | None,
    upper: ArrayLike | None,
    dof: ArrayLike | None,
) -> tuple[Floats, Floats, Tail]:
    y, scale = np.asarray(values, dtype=np.float64), np.asarray(u, dtype=np.float64)
    low = np.asarray(-np.inf if lower is None else lower, dtype=np.float64)
    high = np.asarray(np.inf if upper is None else upper, dtype=np.float64)
    if not np.all(np.isfinite(y)):
        raise RiskRefused("A risk needs finite values.")
    if not np.all(np.isfinite(scale) & (scale >= 0)):
        raise RiskRefused("A risk needs standard uncertainties that are finite and not negative.")
    if np.any(np.isnan(low) | np.isnan(high) | (low > high)) or np.any(np.isinf(low) & np.isinf(high)):
        raise RiskRefused("A risk needs at least one limit, the lower not above the upper.")
    return _in_units_of(scale, low - y, lower=True), _in_units_of(scale, high - y, lower=False), _tail_of(dof)


def _in_units_of(scale: Floats, distance: Floats, *, lower: bool) -> Floats:
    """Distances divided by u; where u is zero, a limit that is touched counts as respected."""
    touching = -np.inf if lower else np.inf
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = distance / scale
    return np.where(np.isnan(ratio), touching, ratio)


def _tail_of(dof: ArrayLike | None) -> Tail:
    from scipy.special import ndtr, stdtr

    if dof is None:
        return lambda z: np.asarray(ndtr(z), dtype=np.float64)
    nu = np.asarray(dof, dtype=np.float64)
    if np.any(np.isnan(nu) | (nu <= 0)):
        raise RiskRefused("Degrees of freedom must be above zero.")
    finite = np.where(np.isinf(nu), 1.0, nu)
    return lambda z: np.where(np.isinf(nu), ndtr(z), stdtr(finite, z))

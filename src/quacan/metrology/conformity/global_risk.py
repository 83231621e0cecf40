"""Global risk: what a decision rule does to a whole population of items (JCGM 106:2012, 9.5).

The true value follows a prior; the measured value is normal around it with standard uncertainty u. One item:
64-point Gauss-Legendre on panels, any prior, small risks with full relative accuracy. Many items with normal
priors: the bivariate normal in closed form by Owen's T function, a column at a time.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quacan.metrology.conformity.priors import Prior
from quacan.metrology.conformity.risk import RiskRefused, limits_of, probability_between
from quacan.metrology.limits.interval import Interval

Floats = NDArray[np.float64]

_PANELS = (-8.0, -5.0, -3.0, -1.5, 0.0, 1.5, 3.0, 5.0, 8.0)


@dataclass(frozen=True, slots=True)
class GlobalRisk:
    """Risks of a rule over a population, before an item is measured.

    pfa: accepted and not conforming (R_C); pfr: rejected and conforming (R_P); p_conform: conforming;
    p_accept: accepted; conditional_pfa: not conforming among the accepted, None when nothing is accepted.
    """

    pfa: float
    pfr: float
    p_conform: float
    p_accept: float
    conditional_pfa: float | None


def global_risk(tolerance: Interval, acceptance: Interval | None, *, u: float, prior: Prior) -> GlobalRisk:
    """This will give the global risks of accepting in one interval what must lie in another.

    acceptance None means that nothing is accepted. Raises RiskRefused for a negative or non-finite u and for a
    tolerance without limits.
    """
    if not (np.isfinite(u) and u >= 0):
        raise RiskRefused("A risk needs a standard uncertainty that is finite and not negative.")
    if tolerance.is_unbounded:
        raise RiskRefused("A risk needs at least one limit.")
    low, high = limits_of(tolerance)
    p_conform = prior.integral(np.ones_like, lower=low, upper=high, breaks=())
    if acceptance is None:
        return GlobalRisk(0.0, p_conform, p_conform, 0.0, None)
    kernel = _Kernel(*limits_of(acceptance), u=u)
    breaks = kernel.breaks()
    pfa = prior.integral(kernel.accept, lower=-np.inf, upper=low, breaks=breaks)
    pfa += prior.integral(kernel.accept, lower=high, upper=np.inf, breaks=breaks)
    pfr = prior.integral(kernel.reject, lower=low, upper=high, breaks=breaks)
    p_accept = pfa + prior.integral(kernel.accept, lower=low, upper=high, breaks=breaks)
    return GlobalRisk(pfa, pfr, p_conform, p_accept, pfa / p_accept if p_accept > 0 else None)


def normal_global_risks(
    *,
    lower: ArrayLike,
    upper: ArrayLike,
    accept_lower: ArrayLike,
    accept_upper: ArrayLike,
    u: ArrayLike,
    mean: ArrayLike,
    sd: ArrayLike,
) -> tuple[Floats, Floats]:
    """This will give (pfa, pfr) of many items with normal priors, element by element; arrays broadcast.

    Infinite ends stand for missing limits. Absolute accuracy about 1e-15 (Owen's T function). Raises
    RiskRefused unless u is not negative and sd above zero.
    """
    from scipy.special import ndtr

    low, high, a, b, scale, m, s = (
        np.asarray(column, dtype=np.float64)
        for column in (lower, upper, accept_lower, accept_upper, u, mean, sd)
    )
    if not (np.all(np.isfinite(scale) & (scale >= 0)) and np.all(np.isfinite(s) & (s > 0))):
        raise RiskRefused("Global risks need u of zero or above and prior deviations above zero.")
    spread = np.hypot(s, scale)
    true_ends, measured_ends = ((low - m) / s, (high - m) / s), ((a - m) / spread, (b - m) / spread)
    slope, rest = s / spread, scale / spread
    both = sum(
        sign * _bivariate_normal(h, k, slope, rest)
        for h, k, sign in (
            (true_ends[1], measured_ends[1], 1),
            (true_ends[0], measured_ends[1], -1),
            (true_ends[1], measured_ends[0], -1),
            (true_ends[0], measured_ends[0], 1),
        )
    )
    accepted = probability_between(measured_ends[0], measured_ends[1], ndtr)
    conforming = probability_between(true_ends[0], true_ends[1], ndtr)
    return np.maximum(accepted - both, 0.0), np.maximum(conforming - both, 0.0)


@dataclass(frozen=True, slots=True)
class _Kernel:
    """The measuring system: the chance that an item of a given true value is accepted."""

    lower: float
    upper: float
    u: float

    def accept(self, values: Floats) -> Floats:
        from scipy.special import ndtr

        return probability_between(*self._ends(values), ndtr)

    def reject(self, values: Floats) -> Floats:
        from scipy.special import ndtr

        below, above = self._ends(values)
        return np.asarray(ndtr(below) + ndtr(-above), dtype=np.float64)

    def breaks(self) -> tuple[float, ...]:
        ends = [end for end in (self.lower, self.upper) if np.isfinite(end)]
        return tuple(end + step * self.u for end in ends for step in _PANELS)

    def _ends(self, values: Floats) -> tuple[Floats, Floats]:
        with np.errstate(divide="ignore"):
            return (self.lower - values) / self.u, (self.upper - values) / self.u


def _bivariate_normal(h: Floats, k: Floats, rho: Floats, rest: Floats) -> Floats:
    """P(X <= h, Y <= k) for standard normals of correlation rho > 0, rest = sqrt(1 - rho^2), by Owen's T."""
    from scipy.special import ndtr, owens_t

    with np.errstate(divide="ignore", invalid="ignore"):
        first = (k - rho * h) / (h * rest)
        second = (h - rho * k) / (k * rest)
        equal = (1 - rho) / rest  # both ratios where h = k, also at the origin
    equal = np.where(np.isnan(equal), 0.0, equal)
    first = np.where(np.isnan(first), equal, first)
    second = np.where(np.isnan(second), equal, second)
    inner = 0.5 * (ndtr(h) + ndtr(k)) - owens_t(h, first) - owens_t(k, second)
    opposite = (np.sign(h) * np.sign(k) < 0) | (
        (np.sign(h) * np.sign(k) == 0) & (np.sign(h) + np.sign(k) < 0)
    )
    joint = inner - np.where(opposite, 0.5, 0.0)
    joint = np.where(np.isinf(h), np.where(h > 0, ndtr(k), 0.0), joint)
    joint = np.where(np.isinf(k), np.where(k > 0, ndtr(h), 0.0), joint)
    return np.asarray(np.where(np.isinf(h) & np.isinf(k), np.minimum(ndtr(h), ndtr(k)), joint))

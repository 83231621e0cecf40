"""Global risk: what a decision rule does to a whole population of items (JCGM 106:2012, 9.5).

The true value follows a prior; the measured value is normal around it with standard uncertainty u. Any prior:
Gauss-Legendre panels that follow the acceptance limits, small risks with full relative accuracy, one item or
columns of them. Normal priors, many items: the bivariate normal in closed form by Owen's T function.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quacan.metrology.conformity.priors import Prior
from quacan.metrology.conformity.risk import RiskRefused, limits_of, probability_between
from quacan.metrology.limits.interval import Interval

Floats = NDArray[np.float64]

_PANELS = (-8.0, -5.0, -2.5, 0.0, 2.5, 5.0, 8.0)
_BLOCK = 1024
"""Items per block of a batch: a few million points at a time."""


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

    >>> from decimal import Decimal
    >>> from quacan.metrology.conformity.priors import normal_prior
    >>> tolerance = Interval(lower=Decimal(-2), upper=Decimal(2))
    >>> risk = global_risk(tolerance, tolerance, u=0.25, prior=normal_prior(mean=0.0, sd=1.0))
    >>> round(risk.pfa, 4), round(risk.pfr, 4)
    (0.008, 0.0149)
    """
    _check_uncertainties(np.array([u]))
    if tolerance.is_unbounded:
        raise RiskRefused("A risk needs at least one limit.")
    low, high = limits_of(tolerance)
    p_conform = prior.integral(np.ones_like, lower=low, upper=high)
    if acceptance is None:
        return GlobalRisk(0.0, p_conform, p_conform, 0.0, None)
    a, b = limits_of(acceptance)
    columns = [np.array([end]) for end in (low, high, a, b, u)]
    pfa, pfr = _risks(prior, *columns)
    p_accept = float(pfa[0] + _rightly_accepted(prior, *columns)[0])
    return GlobalRisk(
        float(pfa[0]), float(pfr[0]), p_conform, p_accept, float(pfa[0]) / p_accept if p_accept > 0 else None
    )


def global_risks(
    *,
    lower: ArrayLike,
    upper: ArrayLike,
    accept_lower: ArrayLike,
    accept_upper: ArrayLike,
    u: ArrayLike,
    prior: Prior,
) -> tuple[Floats, Floats]:
    """This will give (pfa, pfr) of many items drawn from one prior of any shape; arrays broadcast to (n,).

    Infinite ends stand for missing limits. Memory is bounded: items are taken in blocks. Raises RiskRefused for
    a negative or non-finite u.

    >>> from quacan.metrology.conformity.priors import normal_prior
    >>> pfa, pfr = global_risks(lower=-2, upper=2, accept_lower=-2, accept_upper=2, u=[0.25, 0.5],
    ...                         prior=normal_prior(mean=0.0, sd=1.0))
    >>> pfa.round(4).tolist(), pfr.round(4).tolist()
    ([0.008, 0.0124], [0.0149, 0.0405])
    """
    columns = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(c, np.float64)) for c in (lower, upper, accept_lower, accept_upper, u))
    )
    blocks = [
        _risks(prior, *(column[start : start + _BLOCK] for column in columns))
        for start in range(0, columns[0].size, _BLOCK)
    ]
    pfa, pfr = (np.concatenate([block[i] for block in blocks] or [np.empty(0)]) for i in (0, 1))
    return pfa, pfr


def _risks(prior: Prior, low: Floats, high: Floats, a: Floats, b: Floats, u: Floats) -> tuple[Floats, Floats]:
    """P(accepted, not conforming) and P(rejected, conforming), row by row."""
    _check_uncertainties(u)
    kernel = _Kernel(a[:, None], b[:, None], u[:, None])
    breaks = kernel.breaks(prior)
    endless = np.full_like(low, np.inf)
    pfa = prior.integrals(kernel.accept, lower=-endless, upper=low, breaks=breaks)
    pfa += prior.integrals(kernel.accept, lower=high, upper=endless, breaks=breaks)
    pfr = prior.integrals(kernel.reject, lower=low, upper=high, breaks=breaks)
    return pfa, pfr


def _rightly_accepted(prior: Prior, low: Floats, high: Floats, a: Floats, b: Floats, u: Floats) -> Floats:
    """P(accepted, conforming), row by row."""
    kernel = _Kernel(a[:, None], b[:, None], u[:, None])
    return prior.integrals(kernel.accept, lower=low, upper=high, breaks=kernel.breaks(prior))


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

    >>> pfa, pfr = normal_global_risks(lower=-2, upper=2, accept_lower=-2, accept_upper=2, u=[0.25, 0.5],
    ...                                mean=0, sd=1)
    >>> pfa.round(4).tolist(), pfr.round(4).tolist()
    ([0.008, 0.0124], [0.0149, 0.0405])
    """
    from scipy.special import ndtr

    low, high, a, b, scale, m, s = (
        np.asarray(column, dtype=np.float64)
        for column in (lower, upper, accept_lower, accept_upper, u, mean, sd)
    )
    _check_uncertainties(scale)
    if not np.all(np.isfinite(s) & (s > 0)):
        raise RiskRefused("A normal prior needs standard deviations above zero.")
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


def _check_uncertainties(u: Floats) -> None:
    if not np.all(np.isfinite(u) & (u >= 0)):
        raise RiskRefused("A risk needs standard uncertainties that are finite and not negative.")


@dataclass(frozen=True, slots=True)
class _Kernel:
    """The measuring system: the chance that an item of a given true value is accepted; one row per item."""

    lower: Floats
    upper: Floats
    u: Floats

    def accept(self, values: Floats) -> Floats:
        from scipy.special import ndtr

        return probability_between(*self._ends(values), ndtr)

    def reject(self, values: Floats) -> Floats:
        from scipy.special import ndtr

        below, above = self._ends(values)
        return np.asarray(ndtr(below) + ndtr(-above), dtype=np.float64)

    def breaks(self, prior: Prior) -> Floats:
        """Where acceptance turns, row by row; ends that are missing fall outside the prior and do nothing."""
        steps = self.u * np.array(_PANELS)
        ends = np.hstack([self.lower + steps, self.upper + steps])
        return np.asarray(np.clip(ends, prior.lower, prior.upper), dtype=np.float64)

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

"""Guard bands: how far acceptance limits are drawn in to keep a risk (JCGM 106:2012, 8.3; ILAC-G8, 4.2.2)."""

import math
from collections.abc import Callable
from enum import StrEnum

from quacan.metrology.conformity.global_risk import global_risk
from quacan.metrology.conformity.priors import Prior
from quacan.metrology.conformity.risk import RiskRefused, limits_of, outside_probability
from quacan.metrology.limits.interval import Interval
from quacan.metrology.rounding import exact

_REACH = 40.0
"""Standard uncertainties beyond which a normal reading of any item cannot fall."""


class GuardBandMethod(StrEnum):
    """Guard band as a factor of the tolerance, from the test uncertainty ratio (Z540.3 handbook)."""

    DOBBERT = "dobbert"
    RSS = "rss"
    TEST95 = "test95"
    RP10 = "rp10"


def guard_band_factor(tur: float, *, method: GuardBandMethod | str) -> float:
    """This will give the factor that the tolerance is multiplied by, between 0 and 1.

    tur is the tolerance half-width over U at 95 %. Dobbert's method 6 keeps the false accept risk below 2 %
    whatever the population. Raises RiskRefused unless tur is finite and above zero.

    >>> round(guard_band_factor(2.0, method="dobbert"), 6), guard_band_factor(4.0, method="rp10")
    (0.859177, 1.0)
    """
    if not (math.isfinite(tur) and tur > 0):
        raise RiskRefused(f"A test uncertainty ratio must be above zero, not {tur}.")
    factors = {
        GuardBandMethod.DOBBERT: 1 - (1.04 - math.exp(0.38 * math.log(tur) - 0.54)) / tur,
        GuardBandMethod.RSS: math.sqrt(max(0.0, 1 - 1 / tur**2)),
        GuardBandMethod.TEST95: 1 - 1 / tur,
        GuardBandMethod.RP10: 1.25 - 1 / tur,
    }
    return min(1.0, max(0.0, factors[GuardBandMethod(method)]))


def specific_guard_band(
    tolerance: Interval, *, u: float, target: float, dof: float | None = None
) -> float | None:
    """This will give the guard band w at which a result on the acceptance limit has the target risk.

    The risk is that of a false accept for a result exactly there (JCGM 106:2012, 8.3.2), both limits counted;
    w is never negative. None when even the middle of the tolerance exceeds the target. Raises RiskRefused
    unless 0 < target < 1.

    >>> round(specific_guard_band(Interval(upper=exact("1")), u=0.1, target=0.05), 4)
    0.1645
    """
    _check_target(target)
    low, high = limits_of(tolerance)
    if tolerance.half_width is None:
        if tolerance.is_unbounded:
            raise RiskRefused("A guard band needs at least one limit.")
        return max(0.0, -u * _lower_quantile(target, dof))

    def excess(w: float) -> float:
        return float(outside_probability(high - w, u, lower=low, upper=high, dof=dof)) - target

    return _smallest(excess, widest=float(tolerance.half_width))


def global_guard_band(tolerance: Interval, *, u: float, prior: Prior, target: float) -> float | None:
    """This will give the smallest guard band w that keeps the global false accept risk at the target or below.

    Every limited side is drawn in by w, never widened. None when no guard band does. Raises RiskRefused unless
    0 < target < 1.

    >>> from quacan.metrology.conformity.priors import normal_prior
    >>> w = global_guard_band(Interval(upper=exact("1")), u=0.1, prior=normal_prior(mean=0.5, sd=0.3), target=0.005)
    >>> round(w or 0.0, 4)
    0.0492
    """
    _check_target(target)

    def excess(w: float) -> float:
        narrowed = tolerance.narrowed(exact(w))
        return global_risk(tolerance, narrowed, u=u, prior=prior).pfa - target

    half = tolerance.half_width
    reach = prior.upper - prior.lower + _REACH * u
    return _smallest(excess, widest=reach if half is None else float(half))


def rejection_limit(limit: float, *, u_relative: float, probability: float) -> float:
    """This will give the reading above which an upper limit is exceeded with at least the given probability.

    Guarded rejection where the uncertainty is a fraction of the reading, u = u_relative times y (JCGM 106:2012,
    8.3.3, the speed radar). Raises RiskRefused unless limit > 0, 0 <= u_relative, 0.5 <= probability < 1, and
    when the uncertainty is too large for any reading to prove it.

    >>> round(rejection_limit(100, u_relative=0.02, probability=0.999), 4)
    106.5876
    """
    if not (limit > 0 and u_relative >= 0 and 0.5 <= probability < 1):
        raise RiskRefused("Guarded rejection needs a limit above zero and a probability from 0.5 to below 1.")
    room = 1 + _lower_quantile(1 - probability, None) * u_relative
    if not room > 0:
        raise RiskRefused("With this uncertainty no reading proves that the limit is exceeded.")
    return limit / room


def _smallest(excess: Callable[[float], float], *, widest: float) -> float | None:
    """The smallest w with no excess: zero, or the root before the widest guard band."""
    from scipy.optimize import brentq

    if excess(0.0) <= 0:
        return 0.0
    if excess(widest) > 0:
        return None
    return float(brentq(excess, 0.0, widest, xtol=1e-15 * widest, rtol=1e-14))


def _lower_quantile(p: float, dof: float | None) -> float:
    from scipy.special import ndtri, stdtrit

    return float(ndtri(p)) if dof is None or math.isinf(dof) else float(stdtrit(dof, p))


def _check_target(target: float) -> None:
    if not (math.isfinite(target) and 0 < target < 1):
        raise RiskRefused(f"A target risk lies between 0 and 1, not at {target}.")

"""The acceptance interval that costs least, from what wrong decisions cost."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.conformity.priors import Prior
from quacan.metrology.conformity.risk import RiskRefused, limits_of
from quacan.metrology.limits.interval import Interval
from quacan.metrology.rounding import exact

Floats = NDArray[np.float64]

_GRID = 513
_STEPS = (-8.0, -4.0, -2.0, 0.0, 2.0, 4.0, 8.0)


def optimal_acceptance(
    tolerance: Interval, *, u: float, prior: Prior, cost_false_accept: float, cost_false_reject: float
) -> Interval | None:
    """This will give the acceptance interval with the lowest expected cost of wrong decisions.

    An item is accepted where its probability of conforming, given the result and the prior, is at least
    cost_false_accept / (cost_false_accept + cost_false_reject); that is the least expected cost for every
    result, hence for all of them together. Costs are in any one unit. The measured value is normal around the
    true one with standard uncertainty u > 0.

    A side is None when every result on it is accepted; the whole answer is None when none is. Raises
    RiskRefused unless u and both costs are above zero and the tolerance has a limit.
    """
    if not (u > 0 and cost_false_accept > 0 and cost_false_reject > 0):
        raise RiskRefused("An optimal acceptance interval needs u and both costs above zero.")
    if tolerance.is_unbounded:
        raise RiskRefused("An optimal acceptance interval needs at least one limit.")
    threshold = cost_false_accept / (cost_false_accept + cost_false_reject)
    results = np.linspace(prior.lower - 8 * u, prior.upper + 8 * u, _GRID)
    centre = np.clip(_centre(tolerance, prior), results[0], results[-1])
    grid = np.unique(np.append(results, centre))

    def excess(y: float) -> float:
        return _posterior_conformance(y, tolerance, u=u, prior=prior) - threshold

    gain = np.array([excess(y) for y in grid.tolist()])
    best = int(np.argmax(gain))
    if gain[best] < 0:
        return None
    lower = _crossing(excess, grid[: best + 1][::-1], gain[: best + 1][::-1])
    upper = _crossing(excess, grid[best:], gain[best:])
    return Interval(
        lower=None if lower is None else exact(lower), upper=None if upper is None else exact(upper)
    )


def _posterior_conformance(y: float, tolerance: Interval, *, u: float, prior: Prior) -> float:
    """P(the true value conforms | the result y), by quadrature around the result."""
    nearest = min(max(y, prior.lower), prior.upper)

    def likelihood(values: Floats) -> Floats:
        return np.exp(-0.5 * (((y - values) / u) ** 2 - ((y - nearest) / u) ** 2))

    breaks = tuple(y + step * u for step in _STEPS)
    low, high = limits_of(tolerance)
    conforming = prior.integral(likelihood, lower=low, upper=high, breaks=breaks)
    below = prior.integral(likelihood, lower=-np.inf, upper=low, breaks=breaks)
    above = prior.integral(likelihood, lower=high, upper=np.inf, breaks=breaks)
    total = conforming + below + above
    return conforming / total if total > 0 else 0.0


def _centre(tolerance: Interval, prior: Prior) -> float:
    low, high = limits_of(tolerance)
    return 0.5 * (max(low, prior.lower) + min(high, prior.upper))


def _crossing(excess: Callable[[float], float], grid: Floats, gain: Floats) -> float | None:
    """Where acceptance stops, walking outwards from the best result; None when it never does."""
    from scipy.optimize import brentq

    rejected = np.flatnonzero(gain < 0)
    if rejected.size == 0:
        return None
    first = int(rejected[0])
    return float(brentq(excess, grid[first - 1], grid[first], xtol=1e-13, rtol=1e-13))

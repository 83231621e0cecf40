"""What is known of an item before it is measured (JCGM 106:2012, 6.2.2, 9.5): the prior of a global risk."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.conformity.risk import RiskRefused

Floats = NDArray[np.float64]

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(20)
_REACH = 12.0
"""Standard deviations after which a normal prior holds no mass that matters (below 1e-32)."""


@dataclass(frozen=True, slots=True)
class Prior:
    """A probability density over the true values of a population of items.

    density maps an array of values to densities; lower and upper bound its support; breaks are values between
    which it is smooth. power makes a density that is infinite at its lower bound integrable: integrals run over
    the power-th root of the distance from that bound.
    """

    density: Callable[[Floats], Floats]
    lower: float
    upper: float
    breaks: tuple[float, ...]
    power: float = 1.0

    def integral(
        self,
        weight: Callable[[Floats], Floats],
        *,
        lower: float,
        upper: float,
        breaks: tuple[float, ...] = (),
    ) -> float:
        """This will integrate weight times density from lower to upper; breaks end smooth panels of weight."""
        ends = np.array([lower]), np.array([upper])
        return float(self.integrals(weight, lower=ends[0], upper=ends[1], breaks=np.array([breaks]))[0])

    def integrals(
        self, weight: Callable[[Floats], Floats], *, lower: Floats, upper: Floats, breaks: Floats
    ) -> Floats:
        """This will integrate weight times density over one range per row: lower and upper (n,), breaks (n, m).

        weight maps values of shape (n, points) to weights of the same shape. Every panel between breaks takes a
        Gauss-Legendre rule of its own, so that a narrow weight on a wide prior is never stepped over.
        """
        start = np.clip(lower, self.lower, self.upper)[:, None]
        stop = np.maximum(np.clip(upper, self.lower, self.upper)[:, None], start)
        own = np.broadcast_to(np.asarray(self.breaks, dtype=np.float64), (start.shape[0], len(self.breaks)))
        inner = np.clip(np.sort(np.hstack([breaks, own]), axis=1), start, stop)
        ends = np.hstack([start, inner, stop])
        if self.power != 1.0:
            ends = (ends - self.lower) ** (1.0 / self.power)
        half = np.diff(ends, axis=1) / 2
        wide = np.any(
            half > 0, axis=0
        )  # breaks outside the range make panels without width: no need to go there
        half, begin = half[:, wide, None], ends[:, :-1][:, wide, None]
        points = ((begin + half) + half * _NODES).reshape(start.shape[0], -1)
        weights = (half * _WEIGHTS).reshape(start.shape[0], -1)
        if self.power != 1.0:
            weights = weights * self.power * points ** (self.power - 1.0)
            points = self.lower + points**self.power
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            heights = weight(points) * self.density(points)
        # an empty panel may sit where the density is infinite or a step is undecided: it weighs nothing there
        heights = np.where(weights > 0, heights, 0.0)
        return np.asarray(np.sum(weights * heights, axis=1), dtype=np.float64)


def normal_prior(*, mean: float, sd: float) -> Prior:
    """This will give a normal prior. Raises RiskRefused unless mean is finite and sd above zero.

    >>> round(normal_prior(mean=0.0, sd=1.0).integral(np.ones_like, lower=-1.0, upper=1.0), 4)
    0.6827
    """
    if not (math.isfinite(mean) and math.isfinite(sd) and sd > 0):
        raise RiskRefused("A normal prior needs a finite mean and a standard deviation above zero.")
    scale = 1 / (sd * math.sqrt(2 * math.pi))

    def density(values: Floats) -> Floats:
        return scale * np.exp(-0.5 * ((values - mean) / sd) ** 2)

    steps = (-8.0, -6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 8.0)
    return Prior(density, mean - _REACH * sd, mean + _REACH * sd, tuple(mean + step * sd for step in steps))


def gamma_prior(*, shape: float, rate: float) -> Prior:
    """This will give a gamma prior on values above zero, mean shape/rate (JCGM 106:2012, 9.5.4).

    Raises RiskRefused unless shape and rate are finite and above zero.

    >>> prior = gamma_prior(shape=3.0, rate=30.0)
    >>> round(prior.integral(np.ones_like, lower=0.0, upper=0.1), 4)
    0.5768
    """
    if not (math.isfinite(shape) and math.isfinite(rate) and shape > 0 and rate > 0):
        raise RiskRefused("A gamma prior needs a shape and a rate above zero.")
    from scipy.special import gammainccinv, gammaincinv

    norm = shape * math.log(rate) - math.lgamma(shape)

    def density(values: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            return np.exp(norm + (shape - 1) * np.log(values) - rate * values)

    quantiles = [float(gammaincinv(shape, p)) / rate for p in (1e-12, 1e-8, 1e-4, 0.01, 0.2, 0.5, 0.8)]
    tails = [float(gammainccinv(shape, p)) / rate for p in (0.05, 0.01, 1e-4, 1e-8, 1e-16)]
    end = float(gammainccinv(shape, 1e-32)) / rate
    return Prior(density, 0.0, end, (*quantiles, *tails), power=max(1.0, 1.0 / shape))


def density_prior(
    density: Callable[[Floats], Floats], *, lower: float, upper: float, breaks: tuple[float, ...] = ()
) -> Prior:
    """This will take any density on a bounded range as a prior; breaks are where it is not smooth.

    Raises RiskRefused when the density is negative, not finite, or does not integrate to one within 1e-6.
    """
    if not (math.isfinite(lower) and math.isfinite(upper) and lower < upper):
        raise RiskRefused("A prior density needs a bounded range.")
    inner = tuple(float(point) for point in np.linspace(lower, upper, 17)[1:-1])
    prior = Prior(density, lower, upper, (*breaks, *inner))
    sample = density(np.linspace(lower, upper, 513)[1:-1])
    if not np.all(np.isfinite(sample)) or np.any(sample < 0):
        raise RiskRefused("A prior density must be finite and not negative.")
    total = prior.integral(np.ones_like, lower=lower, upper=upper)
    if abs(total - 1) > 1e-6:
        raise RiskRefused(f"A prior density must integrate to one; this one gives {total:.6g}.")
    return prior

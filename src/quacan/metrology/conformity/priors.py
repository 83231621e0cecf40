"""What is known of an item before it is measured (JCGM 106:2012, 6.2.2, 9.5): the prior of a global risk."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.conformity.risk import RiskRefused

Floats = NDArray[np.float64]

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(64)
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
        self, weight: Callable[[Floats], Floats], *, lower: float, upper: float, breaks: tuple[float, ...]
    ) -> float:
        """This will integrate weight times density from lower to upper, 64 points on every smooth panel."""
        start, stop = max(lower, self.lower), min(upper, self.upper)
        if not start < stop:
            return 0.0
        inner = {point for point in (*breaks, *self.breaks) if start < point < stop}
        ends = self._rooted(np.array([start, *sorted(inner), stop]))
        half = np.diff(ends)[:, None] / 2
        roots = (ends[:-1, None] + half) + half * _NODES
        values = self.lower + roots**self.power if self.power != 1.0 else roots
        stretch = self.power * roots ** (self.power - 1.0) if self.power != 1.0 else 1.0
        return float(np.sum(half * _WEIGHTS * weight(values) * self.density(values) * stretch))

    def _rooted(self, values: Floats) -> Floats:
        return values if self.power == 1.0 else (values - self.lower) ** (1.0 / self.power)


def normal_prior(*, mean: float, sd: float) -> Prior:
    """This will give a normal prior. Raises RiskRefused unless mean is finite and sd above zero."""
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
    total = prior.integral(np.ones_like, lower=lower, upper=upper, breaks=())
    if abs(total - 1) > 1e-6:
        raise RiskRefused(f"A prior density must integrate to one; this one gives {total:.6g}.")
    return prior

"""Input quantities: an estimate with its standard uncertainty, its degrees of freedom and its distribution."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.distributions import (
    Arcsine,
    CurvilinearTrapezoid,
    Distribution,
    Normal,
    Rectangular,
    StudentT,
    Trapezoidal,
    Triangular,
)

SHAPES: dict[str, type[Rectangular] | type[Triangular] | type[Arcsine]] = {
    "rectangular": Rectangular,
    "triangular": Triangular,
    "arcsine": Arcsine,
}


class InputRefused(ValueError):
    """An input quantity that makes no sense: one sentence naming the figure and the remedy."""


@dataclass(frozen=True, slots=True)
class InputQuantity:
    """An input estimate x with u(x) and ν (JCGM 100:2008, 4.1.6); ``dof`` is infinite unless said otherwise.

    ``distribution`` is what Monte Carlo draws from; without one it is a t for finite ``dof`` (JCGM 101:2008,
    6.4.9) and a Gaussian otherwise. ``samples`` are the readings behind a Type A estimate, if any.

    >>> InputQuantity(100.0, 0.5).dof
    inf
    """

    value: float
    u: float
    dof: float = math.inf
    distribution: Distribution | None = None
    samples: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        if not (math.isfinite(self.value) and math.isfinite(self.u)):
            raise InputRefused("The value and the standard uncertainty of an input must be finite numbers")
        if self.u < 0:
            raise InputRefused(f"A standard uncertainty cannot be negative; {self.u} was given")
        if not self.dof > 0:
            raise InputRefused(f"Degrees of freedom must be above zero; {self.dof} was given")

    @property
    def drawn_from(self) -> Distribution | None:
        """The distribution Monte Carlo draws from; ``None`` for an exactly known value."""
        if self.distribution is not None:
            return self.distribution if self.distribution.standard_deviation > 0 else None
        if self.u == 0:
            return None
        return Normal(self.value, self.u) if math.isinf(self.dof) else StudentT(self.value, self.u, self.dof)


def from_samples(readings: Sequence[float]) -> InputQuantity:
    """This will evaluate repeated readings (Type A): mean, s/√n and n − 1 (JCGM 100:2008, 4.2).

    Raises :class:`InputRefused` for fewer than two readings or one that is not finite.

    >>> q = from_samples([9.2, 10.1, 11.3, 9.7, 10.4])
    >>> round(q.value, 2), round(q.u, 4), q.dof
    (10.14, 0.353, 4.0)
    """
    column = np.asarray(readings, dtype=float)
    if column.ndim != 1 or column.size < 2:
        raise InputRefused("A Type A evaluation needs at least two readings in one list")
    if not np.all(np.isfinite(column)):
        raise InputRefused("Every reading must be a finite number")
    u = float(np.std(column, ddof=1)) / math.sqrt(column.size)
    return InputQuantity(float(np.mean(column)), u, column.size - 1.0, samples=tuple(column.tolist()))


def from_distribution(distribution: Distribution, *, dof: float = math.inf) -> InputQuantity:
    """This will take a distribution as an input (Type B); a t gives its scale as u and its own dof.

    >>> round(from_distribution(Rectangular(0.0, 1.0)).u, 6)
    0.57735
    """
    if isinstance(distribution, StudentT):
        return InputQuantity(distribution.value, distribution.u, distribution.dof, distribution)
    return InputQuantity(distribution.value, distribution.standard_deviation, dof, distribution)


def from_half_width(
    value: float, half_width: float, *, shape: str = "rectangular", reliability: float | None = None
) -> InputQuantity:
    """This will evaluate limits ± ``half_width`` of a known shape (JCGM 100:2008, 4.3.7-4.3.9).

    ``shape`` is rectangular, triangular or arcsine; ``reliability`` is the relative uncertainty of u (G.4.2).

    >>> round(from_half_width(20.0, 4e-7).u, 9)
    2.31e-07
    """
    if shape not in SHAPES:
        raise InputRefused(f"There is no shape {shape!r} here; use one of {', '.join(SHAPES)}")
    dof = math.inf if reliability is None else dof_of_reliability(reliability)
    return from_distribution(SHAPES[shape](value, half_width), dof=dof)


def from_certificate(
    value: float, U: float, *, k: float | None = None, coverage: float | None = None, dof: float = math.inf
) -> InputQuantity:
    """This will turn a certificate's U into u: U over the stated k, or over the k of the stated coverage.

    JCGM 100:2008, 4.3.3 and 4.3.4. With ``coverage`` and finite ``dof`` the divisor is the t quantile.
    Give exactly one of ``k`` and ``coverage``.

    >>> from_certificate(1000.000325, 240e-6, k=3).u
    8e-05
    >>> round(from_certificate(10.000742, 129e-6, coverage=0.99).u, 9)
    5.0081e-05
    """
    if (k is None) == (coverage is None):
        raise InputRefused("Give either k or coverage with U, exactly one of them")
    if k is None:
        k = _factor(float(coverage or 0), dof)
    if not (math.isfinite(k) and k > 0):
        raise InputRefused(f"A coverage factor must be above zero; {k} was given")
    return InputQuantity(value, U / k, dof)


def _factor(coverage: float, dof: float) -> float:
    if not 0 < coverage < 1:
        raise InputRefused(f"A coverage probability lies between 0 and 1; {coverage} was given")
    if math.isinf(dof):
        from statistics import NormalDist

        return NormalDist().inv_cdf(0.5 * (1 + coverage))
    from quacan.metrology.quantiles import coverage_factor

    return coverage_factor(coverage, dof)


def dof_of_reliability(relative_uncertainty: float) -> float:
    """This will give ν of a standard uncertainty known to this relative uncertainty (JCGM 100:2008, G.3).

    >>> round(dof_of_reliability(0.1), 9)
    50.0
    """
    if not (math.isfinite(relative_uncertainty) and relative_uncertainty > 0):
        raise InputRefused(f"A reliability is a fraction above zero; {relative_uncertainty} was given")
    return 0.5 / relative_uncertainty**2


@dataclass(frozen=True, slots=True)
class RelativeUncertainty:
    """u as a function of the value: √((fraction · |x|)² + floor²), so that it follows when the value is swept.

    >>> RelativeUncertainty(0.02)(50.0)
    1.0
    """

    fraction: float
    floor: float = 0.0

    def __call__(self, value: float | NDArray[np.float64]) -> float | NDArray[np.float64]:
        """This will give u for a value or a column of values."""
        u = np.hypot(self.fraction * np.abs(value), self.floor)
        return float(u) if np.ndim(u) == 0 else u


def trapezoidal(value: float, half_width: float, beta: float) -> InputQuantity:
    """This will take a symmetric trapezoid as an input (JCGM 100:2008, 4.3.9)."""
    return from_distribution(Trapezoidal(value, half_width, beta))


def curvilinear_trapezoid(value: float, half_width: float, spread: float) -> InputQuantity:
    """This will take a rectangle of inexactly known limits as an input (JCGM 101:2008, 6.4.3)."""
    return from_distribution(CurvilinearTrapezoid(value, half_width, spread))

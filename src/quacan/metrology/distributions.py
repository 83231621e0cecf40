"""Probability distributions of input quantities (JCGM 101:2008, 6.4) and the elementary draws they are made of.

Each distribution says its mean ``value``, its ``standard_deviation``, the elementary draws one value needs, and
how the value is made from them. The same description serves random numbers and quasi-random points.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Column: TypeAlias = NDArray[np.float64]
DrawKind = Literal["normal", "uniform", "t", "gamma"]


class DistributionRefused(ValueError):
    """A distribution whose parameters make no sense: one sentence naming the parameter and the remedy."""


@dataclass(frozen=True, slots=True)
class Draw:
    """One elementary draw: standard normal, uniform on (0, 1), Student t (dof) or standard gamma (shape)."""

    kind: DrawKind
    parameter: float = 0.0


class Distribution(Protocol):
    """What Monte Carlo asks of a distribution."""

    @property
    def value(self) -> float:
        """The expectation."""

    @property
    def standard_deviation(self) -> float:
        """The standard deviation; infinite where it does not exist."""

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The elementary draws that make one value."""
        ...

    def values(self, *draws: Any) -> Any:
        """This will make values from columns of elementary draws."""


def _finite(name: str, number: float) -> None:
    if not math.isfinite(number):
        raise DistributionRefused(f"The {name} of a distribution must be a finite number, not {number}")


def _positive(name: str, number: float, *, zero: bool = True) -> None:
    _finite(name, number)
    if number < 0 or (number == 0 and not zero):
        raise DistributionRefused(
            f"The {name} of a distribution must be {'zero or' if zero else ''} above zero"
        )


@dataclass(frozen=True, slots=True)
class Normal:
    """Gaussian (JCGM 101:2008, 6.4.7).

    >>> Normal(10.0, 0.1).standard_deviation
    0.1
    """

    value: float
    u: float
    draws: ClassVar[tuple[Draw, ...]] = (Draw("normal"),)

    def __post_init__(self) -> None:
        _finite("value", self.value)
        _positive("standard uncertainty", self.u)

    @property
    def standard_deviation(self) -> float:
        """The standard uncertainty itself."""
        return self.u

    def values(self, *draws: Any) -> Any:
        """This will make values from standard normal draws."""
        return self.value + self.u * draws[0]


@dataclass(frozen=True, slots=True)
class StudentT:
    """Scaled and shifted t (JCGM 101:2008, 6.4.9): ``u`` is its scale, s/√n for n readings, ``dof`` is n − 1.

    >>> round(StudentT(0.0, 1.0, 9).standard_deviation, 6)
    1.133893
    """

    value: float
    u: float
    dof: float

    def __post_init__(self) -> None:
        _finite("value", self.value)
        _positive("scale", self.u)
        _positive("degrees of freedom", self.dof, zero=False)

    @property
    def standard_deviation(self) -> float:
        """u √(ν / (ν − 2)); infinite for two degrees of freedom or fewer."""
        return self.u * math.sqrt(self.dof / (self.dof - 2)) if self.dof > 2 else math.inf

    @property
    def draws(self) -> tuple[Draw, ...]:
        """One draw of Student's t."""
        return (Draw("t", self.dof),)

    def values(self, *draws: Any) -> Any:
        """This will make values from draws of Student's t."""
        return self.value + self.u * draws[0]


@dataclass(frozen=True, slots=True)
class Rectangular:
    """Uniform within ``value`` ± ``half_width`` (JCGM 101:2008, 6.4.2).

    >>> round(Rectangular(0.0, 1.0).standard_deviation, 6)
    0.57735
    """

    value: float
    half_width: float
    draws: ClassVar[tuple[Draw, ...]] = (Draw("uniform"),)

    def __post_init__(self) -> None:
        _finite("value", self.value)
        _positive("half-width", self.half_width)

    @property
    def standard_deviation(self) -> float:
        """a / √3."""
        return self.half_width / math.sqrt(3)

    def values(self, *draws: Any) -> Any:
        """This will make values from uniform draws."""
        return (self.value - self.half_width) + (2 * self.half_width) * draws[0]


@dataclass(frozen=True, slots=True)
class Trapezoidal:
    """Symmetric trapezoid (JCGM 101:2008, 6.4.4): ``beta`` is the top width over the base width, 0 to 1.

    >>> round(Trapezoidal(0.0, 1.0, 0.6).standard_deviation, 6)
    0.476095
    """

    value: float
    half_width: float
    beta: float
    draws: ClassVar[tuple[Draw, ...]] = (Draw("uniform"),)

    def __post_init__(self) -> None:
        _finite("value", self.value)
        _positive("half-width", self.half_width)
        if not 0 <= self.beta <= 1:
            raise DistributionRefused(
                f"The beta of a trapezoidal distribution lies between 0 and 1, not {self.beta}"
            )

    @property
    def standard_deviation(self) -> float:
        """a √((1 + β²) / 6)."""
        return self.half_width * math.sqrt((1 + self.beta**2) / 6)

    def values(self, *draws: Any) -> Any:
        """This will make values from uniform draws by the inverse distribution function."""
        centred = 2 * draws[0] - 1
        within = np.abs(centred)
        flat = 0.5 * (1 + self.beta) * within
        slope = 1 - np.sqrt(np.maximum(1 - within, 0.0) * (1 - self.beta**2))
        inside = within <= 2 * self.beta / (1 + self.beta)
        return self.value + self.half_width * np.copysign(np.where(inside, flat, slope), centred)


@dataclass(frozen=True, slots=True)
class Triangular:
    """Symmetric triangle within ``value`` ± ``half_width`` (JCGM 101:2008, 6.4.5).

    >>> round(Triangular(0.0, 1.0).standard_deviation, 6)
    0.408248
    """

    value: float
    half_width: float
    draws: ClassVar[tuple[Draw, ...]] = (Draw("uniform"),)

    def __post_init__(self) -> None:
        _finite("value", self.value)
        _positive("half-width", self.half_width)

    @property
    def standard_deviation(self) -> float:
        """a / √6."""
        return self.half_width / math.sqrt(6)

    def values(self, *draws: Any) -> Any:
        """This will make values from uniform draws by the inverse distribution function."""
        centred = 2 * draws[0] - 1
        size = 1 - np.sqrt(np.maximum(1 - np.abs(centred), 0.0))
        return self.value + self.half_width * np.copysign(size, centred)


@dataclass(frozen=True, slots=True)
class CurvilinearTrapezoid:
    """Rectangle of inexactly known limits (JCGM 101:2008, 6.4.3): half-width a known to ± ``spread``.

    >>> round(CurvilinearTrapezoid(0.0, 1.0, 0.5).standard_deviation, 6)
    0.600925
    """

    value: float
    half_width: float
    spread: float
    draws: ClassVar[tuple[Draw, ...]] = (Draw("uniform"), Draw("uniform"))

    def __post_init__(self) -> None:
        _finite("value", self.value)
        _positive("half-width", self.half_width)
        _positive("spread", self.spread)
        if self.spread > self.half_width:
            raise DistributionRefused("The spread of a curvilinear trapezoid may not exceed its half-width")

    @property
    def standard_deviation(self) -> float:
        """√(a² / 3 + d² / 9)."""
        return math.sqrt(self.half_width**2 / 3 + self.spread**2 / 9)

    def values(self, *draws: Any) -> Any:
        """This will make values from two uniform draws: the limit, then the place in it (6.4.3.4)."""
        half = self.half_width + self.spread * (1 - 2 * draws[0])
        return self.value + half * (2 * draws[1] - 1)


@dataclass(frozen=True, slots=True)
class Arcsine:
    """U-shaped distribution of a cycling quantity within ``value`` ± ``half_width`` (JCGM 101:2008, 6.4.6).

    >>> round(Arcsine(0.0, 0.5).standard_deviation, 6)
    0.353553
    """

    value: float
    half_width: float
    draws: ClassVar[tuple[Draw, ...]] = (Draw("uniform"),)

    def __post_init__(self) -> None:
        _finite("value", self.value)
        _positive("half-width", self.half_width)

    @property
    def standard_deviation(self) -> float:
        """a / √2."""
        return self.half_width / math.sqrt(2)

    def values(self, *draws: Any) -> Any:
        """This will make values from uniform draws by the inverse distribution function."""
        return self.value + self.half_width * np.sin(math.pi * (draws[0] - 0.5))


@dataclass(frozen=True, slots=True)
class Exponential:
    """A quantity above zero of which only the expectation ``value`` is known (JCGM 101:2008, 6.4.10).

    >>> Exponential(2.0).standard_deviation
    2.0
    """

    value: float
    draws: ClassVar[tuple[Draw, ...]] = (Draw("uniform"),)

    def __post_init__(self) -> None:
        _positive("mean", self.value, zero=False)

    @property
    def standard_deviation(self) -> float:
        """The expectation itself."""
        return self.value

    def values(self, *draws: Any) -> Any:
        """This will make values from uniform draws by the inverse distribution function."""
        return -self.value * np.log1p(-draws[0])


@dataclass(frozen=True, slots=True)
class Gamma:
    """Gamma of ``shape`` and ``scale`` (JCGM 101:2008, 6.4.11: q counted objects have shape q + 1, scale 1).

    >>> Gamma(4.0, 0.5).value, Gamma(4.0, 0.5).standard_deviation
    (2.0, 1.0)
    """

    shape: float
    scale: float

    def __post_init__(self) -> None:
        _positive("shape", self.shape, zero=False)
        _positive("scale", self.scale, zero=False)

    @property
    def value(self) -> float:
        """shape × scale."""
        return self.shape * self.scale

    @property
    def standard_deviation(self) -> float:
        """√shape × scale."""
        return math.sqrt(self.shape) * self.scale

    @property
    def draws(self) -> tuple[Draw, ...]:
        """One standard gamma draw of this shape."""
        return (Draw("gamma", self.shape),)

    def values(self, *draws: Any) -> Any:
        """This will make values from standard gamma draws."""
        return self.scale * draws[0]

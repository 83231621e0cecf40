"""Earth resistance and soil resistivity (IEEE Std 81-2012; G. F. Tagg, Earth Resistances, 1964).

Distances in m from the centre of the electrode, resistance in Ω, resistivity in Ω·m.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.readings import Column, UnusableReadings, as_array, as_columns, as_positive

PROBE_POSITION: Final = (math.sqrt(5) - 1) / 2
"""x/D at which the probe reads the true resistance of a hemisphere in even soil: 1/x - 1/(D - x) + 1/D = 0,
61.8 %.
"""


@dataclass(frozen=True, slots=True)
class FallOfPotential:
    """Reading of a fall-of-potential curve: `resistance` at 61.8 % and whether the curve is flat there.

    `spread` is the largest difference of the readings between 52 % and 72 % from the value, relative;
    `flat` says that it does not exceed the wanted tolerance. A curve that is not flat means electrodes too
    close: move the current probe.
    """

    resistance: float
    spread: float
    flat: bool


def probe_position(distance: ArrayLike) -> Column:
    """This will return where to place the potential probe for a current probe at `distance` (61.8 % rule,
    IEEE 81).

    >>> round(float(probe_position(100.0)), 1)
    61.8
    """
    return PROBE_POSITION * _positive(distance, "distance")


def hemisphere_resistance(resistivity: ArrayLike, radius: ArrayLike) -> Column:
    """This will return ρ/(2π r) of a hemisphere of `radius` in even soil."""
    return np.asarray(
        _positive(resistivity, "resistivity") / (2 * np.pi * _positive(radius, "radius")), dtype=np.float64
    )


def apparent_resistance(x: ArrayLike, *, resistivity: float, radius: float, distance: float) -> Column:
    """This will return what the probe at `x` reads on a hemisphere: ρ/2π · [1/a - 1/D - 1/x + 1/(D - x)].

    Valid between the electrodes, radius <= x < distance.
    """
    a, far = as_positive(radius, name="radius"), as_positive(distance, name="distance")
    probe = as_array(x, name="x")
    if np.any(probe < a) or np.any(probe >= far):
        raise UnusableReadings("x: the probe must stand between the electrodes.")
    rho = as_positive(resistivity, name="resistivity")
    return np.asarray(rho / (2 * np.pi) * (1 / a - 1 / far - 1 / probe + 1 / (far - probe)), dtype=np.float64)


def fall_of_potential(
    positions: ArrayLike, resistances: ArrayLike, *, distance: float, tolerance: float
) -> FallOfPotential:
    """This will read a measured curve at 61.8 % of the current probe's distance, by linear interpolation.

    Needs readings on both sides of 61.8 % within 52 % to 72 %; `tolerance` relative flatness.
    """
    x, r = as_columns(positions=positions, resistances=resistances)
    far, bound = as_positive(distance, name="distance"), as_positive(tolerance, name="tolerance")
    order = np.argsort(x)
    share, values = x[order] / far, r[order]
    if (
        x.size < 3
        or np.any(np.diff(share) == 0)
        or np.any(values <= 0)
        or np.any(share <= 0)
        or np.any(share >= 1)
    ):
        raise UnusableReadings(
            "At least 3 positive readings at different places between the electrodes are needed."
        )
    near = (share >= 0.52 - 1e-9) & (share <= 0.72 + 1e-9)
    if not np.any(near & (share <= PROBE_POSITION)) or not np.any(near & (share >= PROBE_POSITION)):
        raise UnusableReadings(
            "Readings between 52 % and 72 % of the distance, on both sides of 61.8 %, are needed."
        )
    value = float(np.interp(PROBE_POSITION, share, values))
    spread = float(np.max(np.abs(values[near] - value))) / value
    return FallOfPotential(value, spread, spread <= bound)


def wenner_resistivity(resistance: ArrayLike, spacing: ArrayLike, *, depth: ArrayLike = 0.0) -> Column:
    """This will return the apparent resistivity of four equally spaced probes (Wenner; IEEE Std 81-2012).

    4π a R/[1 + 2a/√(a² + 4b²) - a/√(a² + b²)], a `spacing`, b `depth` of the probes; 2π a R for b = 0.

    >>> round(float(wenner_resistivity(1.0, 2.0)), 4)
    12.5664
    """
    r, a, b = (
        as_array(resistance, name="resistance"),
        _positive(spacing, "spacing"),
        as_array(depth, name="depth"),
    )
    if np.any(b < 0) or np.any(r < 0):
        raise UnusableReadings("Resistance and depth must not be below zero.")
    below = 1 + 2 * a / np.sqrt(a**2 + 4 * b**2) - a / np.sqrt(a**2 + b**2)
    return np.asarray(4 * np.pi * a * r / below, dtype=np.float64)


def schlumberger_resistivity(resistance: ArrayLike, half_distance: ArrayLike, spacing: ArrayLike) -> Column:
    """This will return π (L² - (l/2)²)/l · R, current probes at ±L = `half_distance`, potential probes l =
    `spacing` apart.
    """
    r, outer = as_array(resistance, name="resistance"), _positive(half_distance, "half_distance")
    inner = _positive(spacing, "spacing")
    if np.any(inner / 2 >= outer):
        raise UnusableReadings("The potential probes must stand between the current probes.")
    return np.asarray(np.pi * (outer**2 - (inner / 2) ** 2) / inner * r, dtype=np.float64)


def _positive(value: ArrayLike, name: str) -> Column:
    array = as_array(value, name=name)
    if np.any(array <= 0):
        raise UnusableReadings(f"{name}: must be greater than zero.")
    return array

"""Density of moist air, kg/m³.

Both formulas take temperature in °C, pressure in Pa, relative humidity as a fraction 0 … 1, as numbers or
arrays that broadcast against each other.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.readings import Column, UnusableReadings, as_array

GAS_CONSTANT: Final = 8.314472
"""J/(mol K), CODATA 2006: the value CIPM-2007 was fitted with."""
MOLAR_MASS_OF_WATER: Final = 18.01528e-3
CIPM_RELATIVE_U: Final = 22e-6
"""Relative standard uncertainty of the CIPM-2007 formula itself (Picard et al. 2008, Table 2)."""
SIMPLE_RELATIVE_U: Final = 2e-4
"""Relative standard uncertainty of the simple formula itself (OIML R 111-1:2004, E.3.1)."""


def cipm_2007(t: ArrayLike, p: ArrayLike, h: ArrayLike, *, x_co2: float = 400e-6) -> Column:
    """This will return the density of moist air by CIPM-2007 (A. Picard et al., Metrologia 45 (2008) 149).

    `t` °C, `p` Pa, `h` relative humidity 0 … 1, `x_co2` mole fraction of carbon dioxide. Recommended for
    600 hPa <= p <= 1100 hPa and 15 °C <= t <= 27 °C (:func:`in_cipm_range`). Raises UnusableReadings for
    impossible air.

    >>> round(float(cipm_2007(20.0, 101325.0, 0.5)), 5)
    1.19931
    """
    celsius, pressure, humidity = _air(t, p, h)
    if not 0 <= x_co2 <= 0.01:
        raise UnusableReadings("x_co2: a mole fraction between 0 and 0.01 is expected.")
    kelvin = celsius + 273.15
    x_v = humidity * enhancement_factor(celsius, pressure) * saturation_pressure(celsius) / pressure
    _vapour_fraction(x_v)
    molar_mass = 28.96546e-3 + 12.011e-3 * (x_co2 - 0.0004)
    z = compressibility(celsius, pressure, x_v)
    dry: Column = pressure * molar_mass / (z * GAS_CONSTANT * kelvin)
    return dry * (1 - x_v * (1 - MOLAR_MASS_OF_WATER / molar_mass))


def simple(t: ArrayLike, p: ArrayLike, h: ArrayLike) -> Column:
    """This will return the density of air by the approximate formula of OIML R 111-1:2004, E.3-1.

    Relative standard uncertainty 2e-4 for 900 hPa < p < 1100 hPa, 10 °C < t < 30 °C, h < 0.8.

    >>> round(float(simple(20.0, 101325.0, 0.5)), 4)
    1.1993
    """
    celsius, pressure, humidity = _air(t, p, h)
    vapour = 0.009 * 100 * humidity * np.exp(0.061 * celsius)
    return np.asarray((0.34848 * pressure / 100 - vapour) / (273.15 + celsius), dtype=np.float64)


def saturation_pressure(t: ArrayLike) -> Column:
    """This will return the saturation vapour pressure of water in Pa at `t` °C (Picard et al. 2008, A1.1)."""
    kelvin = as_array(t, name="t") + 273.15
    exponent = 1.2378847e-5 * kelvin**2 - 1.9121316e-2 * kelvin + 33.93711047 - 6.3431645e3 / kelvin
    return np.asarray(np.exp(exponent), dtype=np.float64)


def enhancement_factor(t: ArrayLike, p: ArrayLike) -> Column:
    """This will return the enhancement factor at `t` °C and `p` Pa (Picard et al. 2008, A1.2)."""
    celsius, pressure = as_array(t, name="t"), as_array(p, name="p")
    return np.asarray(1.00062 + 3.14e-8 * pressure + 5.6e-7 * celsius**2, dtype=np.float64)


def compressibility(t: ArrayLike, p: ArrayLike, x_v: ArrayLike) -> Column:
    """This will return the compressibility factor at `t` °C, `p` Pa, vapour fraction `x_v` (Picard et al.
    2008, A1.4).
    """
    celsius, pressure, x = as_array(t, name="t"), as_array(p, name="p"), as_array(x_v, name="x_v")
    ratio = pressure / (celsius + 273.15)
    first = 1.58123e-6 - 2.9331e-8 * celsius + 1.1043e-10 * celsius**2
    first = first + (5.707e-6 - 2.051e-8 * celsius) * x + (1.9898e-4 - 2.376e-6 * celsius) * x**2
    return np.asarray(1 - ratio * first + ratio**2 * (1.83e-11 - 0.765e-8 * x**2), dtype=np.float64)


def in_cipm_range(t: ArrayLike, p: ArrayLike) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    """This will say where temperature and pressure lie in the recommended range of CIPM-2007 (clause 2.4)."""
    celsius, pressure = as_array(t, name="t"), as_array(p, name="p")
    return np.asarray((celsius >= 15) & (celsius <= 27) & (pressure >= 60_000) & (pressure <= 110_000))


def _air(t: ArrayLike, p: ArrayLike, h: ArrayLike) -> tuple[Column, Column, Column]:
    celsius, pressure, humidity = as_array(t, name="t"), as_array(p, name="p"), as_array(h, name="h")
    if np.any(celsius < -60) or np.any(celsius > 100):
        raise UnusableReadings("t: air temperature in °C between -60 and 100 is expected.")
    if np.any(pressure < 10_000) or np.any(pressure > 200_000):
        raise UnusableReadings("p: air pressure in Pa between 10 000 and 200 000 is expected.")
    if np.any(humidity < 0) or np.any(humidity > 1):
        raise UnusableReadings("h: relative humidity as a fraction between 0 and 1 is expected.")
    return celsius, pressure, humidity


def _vapour_fraction(x_v: Column) -> None:
    if np.any(x_v > 1):
        raise UnusableReadings("The air cannot hold so much water at this pressure.")

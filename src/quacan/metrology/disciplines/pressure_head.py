"""Pressure of a column of fluid between reference levels, and the local acceleration of gravity.

SI units: m, kg/m³, m/s², Pa; latitude in degrees.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.readings import Column, UnusableReadings, as_array

STANDARD_GRAVITY: Final = 9.80665
"""m/s², 3rd CGPM 1901: for definitions of units, not for a place."""


def head_pressure(
    fluid: ArrayLike, height: ArrayLike, *, gravity: ArrayLike, surrounding: ArrayLike = 0.0
) -> Column:
    """This will return Δp = (fluid - surrounding) gravity height in Pa (EURAMET cg-17).

    `height` of the reference level of the standard above that of the instrument, negative when below: what
    is to be added to the pressure at the standard. Density of the surrounding air 0 for absolute pressure.

    >>> round(float(head_pressure(860.0, 0.1, gravity=9.787, surrounding=1.2)), 2)
    840.51
    """
    rho, rho_air, g = (
        as_array(fluid, name="fluid"),
        as_array(surrounding, name="surrounding"),
        as_array(gravity, name="gravity"),
    )
    if np.any(rho < 0) or np.any(rho_air < 0):
        raise UnusableReadings("Densities must not be below zero.")
    if np.any(g < 9.7) or np.any(g > 9.9):
        raise UnusableReadings("gravity: local acceleration in m/s² between 9.7 and 9.9 is expected.")
    return np.asarray((rho - rho_air) * g * as_array(height, name="height"), dtype=np.float64)


def normal_gravity(latitude: ArrayLike, *, height: ArrayLike = 0.0) -> Column:
    """This will return the normal acceleration of gravity on the WGS 84 ellipsoid, `height` m above it.

    Somigliana's closed formula with the free-air gradient to second order in height. Local anomalies of up
    to about 5e-4 m/s² are not in it: a measured value comes first.

    >>> round(float(normal_gravity(45.0)), 5)
    9.8062
    """
    degrees, h = as_array(latitude, name="latitude"), as_array(height, name="height")
    if np.any(np.abs(degrees) > 90):
        raise UnusableReadings("latitude: degrees between -90 and 90 are expected.")
    if np.any(h < -500) or np.any(h > 9000):
        raise UnusableReadings("height: metres between -500 and 9000 are expected.")
    square = np.sin(np.radians(degrees)) ** 2
    surface = 9.7803253359 * (1 + 0.00193185265241 * square) / np.sqrt(1 - 0.00669437999013 * square)
    a, f, m = 6_378_137.0, 1 / 298.257223563, 0.00344978650684
    gradient = 1 - 2 / a * (1 + f + m - 2 * f * square) * h + 3 / a**2 * h**2
    return np.asarray(surface * gradient, dtype=np.float64)

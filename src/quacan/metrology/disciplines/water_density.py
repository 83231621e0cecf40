"""Density of water, kg/m³, temperature in °C on ITS-90."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.readings import Column, UnusableReadings, as_array

STANDARD_PRESSURE: Final = 101_325.0
LARGEST_DENSITY: Final = 999.974950
"""Of air-free standard mean ocean water near 3.98 °C (Tanaka et al. 2001)."""
_ISO_4787: Final = (999.85308, 6.32693e-2, -8.523829e-3, 6.943248e-5, -3.821216e-7)


def tanaka(t: ArrayLike, *, p: ArrayLike = STANDARD_PRESSURE, air_saturated: bool = False) -> Column:
    """This will return the density of pure water, 0 °C to 40 °C (M. Tanaka et al., Metrologia 38 (2001)
    301).

    The formula recommended by the CIPM (2001) for air-free water at 101 325 Pa, with its corrections for
    pressure `p` in Pa and for dissolved air. Standard uncertainty of the formula 0.42e-3 kg/m³ at most.
    Raises UnusableReadings outside 0 … 40 °C, and for air-saturated water outside 0 … 25 °C, where the
    correction is not given.

    >>> round(float(tanaka(20.0)), 4)
    998.2067
    """
    celsius, pressure = as_array(t, name="t"), as_array(p, name="p")
    _in_range(celsius, 0, 40)
    fraction = (celsius - 3.983035) ** 2 * (celsius + 301.797) / (522528.9 * (celsius + 69.34881))
    density = LARGEST_DENSITY * (1 - fraction)
    if air_saturated:
        _in_range(celsius, 0, 25)
        density = density - 4.612e-3 + 0.106e-3 * celsius
    compressibility = 50.74e-11 - 0.326e-11 * celsius + 0.00416e-11 * celsius**2
    return np.asarray(density * (1 + compressibility * (pressure - STANDARD_PRESSURE)), dtype=np.float64)


def iso_4787(t: ArrayLike) -> Column:
    """This will return the density of air-saturated water by the polynomial of ISO 8655-6 and ISO 4787, 5
    to 40 °C.

    >>> round(float(iso_4787(20.0)), 3)
    998.203
    """
    celsius = as_array(t, name="t")
    _in_range(celsius, 5, 40)
    return np.asarray(np.polynomial.polynomial.polyval(celsius, _ISO_4787), dtype=np.float64)


def _in_range(celsius: Column, low: float, high: float) -> None:
    if np.any(celsius < low) or np.any(celsius > high):
        raise UnusableReadings(f"t: the formula holds from {low:g} °C to {high:g} °C.")

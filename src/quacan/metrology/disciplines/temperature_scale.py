"""Platinum resistance thermometers: the industrial table of IEC 60751 and the reference functions of ITS-90.

Temperatures in °C unless said otherwise, resistances in Ω, ratios W = R(T)/R(273.16 K).
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.readings import Column, UnusableReadings, as_array, as_positive

A: Final = 3.9083e-3
B: Final = -5.775e-7
C: Final = -4.183e-12
"""Constants of IEC 60751:2022, 4.2."""

TOLERANCE: Final = {"AA": (0.1, 0.0017), "A": (0.15, 0.002), "B": (0.3, 0.005), "C": (0.6, 0.01)}
"""Class: (constant in °C, factor of |t|) of the tolerance ±(a + b|t|) (IEC 60751:2022, 5.1)."""

_KELVIN_0: Final = 273.15
_TRIPLE_POINT: Final = 273.16
_LOW: Final = (
    -2.13534729, 3.18324720, -1.80143597, 0.71727204, 0.50344027, -0.61899395, -0.05332322,
    0.28021362, 0.10715224, -0.29302865, 0.04459872, 0.11868632, -0.05248134,
)  # fmt: skip
_LOW_INVERSE: Final = (
    0.183324722, 0.240975303, 0.209108771, 0.190439972, 0.142648498, 0.077993465, 0.012475611, -0.032267127,
    -0.075291522, -0.056470670, 0.076201285, 0.123893204, -0.029201193, -0.091173542, 0.001317696, 0.026025526,
)  # fmt: skip
_HIGH: Final = (
    2.78157254, 1.64650916, -0.13714390, -0.00649767, -0.00234444, 0.00511868, 0.00187982, -0.00204472,
    -0.00046122, 0.00045724,
)  # fmt: skip
_HIGH_INVERSE: Final = (
    439.932854, 472.418020, 37.684494, 7.472018, 2.920828, 0.005184, -0.963864, -0.188732, 0.191203, 0.049025,
)  # fmt: skip


def pt_resistance(t: ArrayLike, *, r0: float = 100.0) -> Column:
    """This will return the resistance of an industrial thermometer at `t`, -200 °C to 850 °C (IEC
    60751:2022, 4.2).

    >>> round(float(pt_resistance(100.0)), 4)
    138.5055
    """
    celsius, scale = as_array(t, name="t"), as_positive(r0, name="r0")
    if np.any(celsius < -200) or np.any(celsius > 850):
        raise UnusableReadings("t: IEC 60751 covers -200 °C to 850 °C.")
    below = np.where(celsius < 0, C * (celsius - 100) * celsius**3, 0.0)
    return np.asarray(scale * (1 + A * celsius + B * celsius**2 + below), dtype=np.float64)


def pt_temperature(resistance: ArrayLike, *, r0: float = 100.0) -> Column:
    """This will return the temperature of an industrial thermometer from its resistance (inverse of IEC
    60751, 4.2).

    Closed form from 0 °C, Newton's iteration to 1e-10 °C below. Raises UnusableReadings outside -200 … 850
    °C.

    >>> round(float(pt_temperature(138.5055)), 6)
    100.0
    """
    ratio = as_array(resistance, name="resistance") / as_positive(r0, name="r0")
    low, high = pt_resistance([-200.0, 850.0], r0=1.0)
    if np.any(ratio < low - 1e-12) or np.any(ratio > high + 1e-12):
        raise UnusableReadings("resistance: outside what IEC 60751 assigns to -200 °C … 850 °C.")
    t = (-A + np.sqrt(A * A - 4 * B * (1 - ratio))) / (2 * B)
    cold = ratio < 1
    if np.any(cold):
        t = np.where(cold, _newton(ratio, np.minimum(t, 0.0)), t)
    return np.asarray(t, dtype=np.float64)


def pt_sensitivity(t: ArrayLike, *, r0: float = 100.0) -> Column:
    """This will return dR/dt in Ω/°C of an industrial thermometer at `t`."""
    celsius = as_array(t, name="t")
    return np.asarray(as_positive(r0, name="r0") * _slope(celsius), dtype=np.float64)


def pt_tolerance(t: ArrayLike, *, accuracy_class: str) -> Column:
    """This will return the tolerance in °C of class AA, A, B or C at `t` (IEC 60751:2022, 5.1).

    >>> round(float(pt_tolerance(-100.0, accuracy_class="B")), 3)
    0.8
    """
    if accuracy_class not in TOLERANCE:
        raise UnusableReadings("accuracy_class: AA, A, B or C is expected.")
    constant, factor = TOLERANCE[accuracy_class]
    return np.asarray(constant + factor * np.abs(as_array(t, name="t")), dtype=np.float64)


def its90_reference_ratio(t: ArrayLike) -> Column:
    """This will return the reference function W_r at `t`, -259.3467 °C to 961.78 °C (ITS-90, equations 9a
    and 10a).

    >>> [round(float(w), 7) for w in its90_reference_ratio([0.01, 231.928])]
    [1.0, 1.8927977]
    """
    kelvin = as_array(t, name="t") + _KELVIN_0
    if np.any(kelvin < 13.8033 - 1e-9) or np.any(kelvin > 1234.93 + 1e-9):
        raise UnusableReadings("t: the reference functions cover -259.3467 °C to 961.78 °C.")
    cold = np.polynomial.polynomial.polyval((np.log(kelvin / _TRIPLE_POINT) + 1.5) / 1.5, _LOW)
    hot = np.polynomial.polynomial.polyval((kelvin - 754.15) / 481, _HIGH)
    return np.asarray(np.where(kelvin < _TRIPLE_POINT, np.exp(cold), hot), dtype=np.float64)


def its90_temperature(reference_ratio: ArrayLike) -> Column:
    """This will return the temperature of a reference ratio W_r by the inverse functions (ITS-90, equations
    9b, 10b).

    They agree with :func:`its90_reference_ratio` within 0.1 mK below and 0.13 mK above 0.01 °C.

    >>> round(float(its90_temperature(1.89279768)), 3)
    231.928
    """
    ratio = as_array(reference_ratio, name="reference_ratio")
    if np.any(ratio < 0.00119006) or np.any(ratio > 4.2864206):
        raise UnusableReadings("reference_ratio: outside the range of the reference functions.")
    cold = np.polynomial.polynomial.polyval((ratio ** (1 / 6) - 0.65) / 0.35, _LOW_INVERSE)
    hot = np.polynomial.polynomial.polyval((ratio - 2.64) / 1.64, _HIGH_INVERSE)
    return np.asarray(np.where(ratio < 1, _TRIPLE_POINT * cold - _KELVIN_0, hot), dtype=np.float64)


def its90_deviation(ratio: ArrayLike, *, a: float, b: float = 0.0, c: float = 0.0) -> Column:
    """This will return W - W_r = a(W - 1) + b(W - 1)² + c(W - 1)³, the ranges above 0.01 °C up to 660.323
    °C.

    Coefficients from the thermometer's certificate (ITS-90, equation 14 with d = 0; b = c = 0 to gallium
    and indium).
    """
    w = as_array(ratio, name="ratio") - 1
    return np.asarray(a * w + b * w**2 + c * w**3, dtype=np.float64)


def _slope(celsius: Column) -> Column:
    below = np.where(celsius < 0, C * (4 * celsius**3 - 300 * celsius**2), 0.0)
    return np.asarray(A + 2 * B * celsius + below, dtype=np.float64)


def _newton(ratio: Column, start: Column) -> Column:
    t = np.maximum(start, -200.0)
    for _ in range(50):
        value = 1 + A * t + B * t**2 + C * (t - 100) * t**3
        step = (value - ratio) / _slope(np.minimum(t, 0.0))
        t = np.clip(t - step, -201.0, 0.0)
        if np.all(np.abs(step[ratio < 1]) < 1e-11):
            break
    return t

"""Error of an electricity meter: registered against reference energy (IEC 62053-21:2020)."""

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.readings import Column, UnusableReadings, as_array


def percentage_error(registered: ArrayLike, reference: ArrayLike) -> Column:
    """This will return 100 (registered - reference)/reference, both energies in one unit.

    >>> float(percentage_error(1010.0, 1000.0))
    1.0
    """
    measured, true = as_array(registered, name="registered"), as_array(reference, name="reference")
    if np.any(true <= 0):
        raise UnusableReadings("reference: the reference energy must be greater than zero.")
    return np.asarray(100 * (measured - true) / true, dtype=np.float64)


def energy_of_pulses(pulses: ArrayLike, constant: ArrayLike) -> Column:
    """This will return the energy in kWh of test pulses or revolutions at `constant` imp/kWh (or rev/kWh).

    >>> float(energy_of_pulses(16, 1600))
    0.01
    """
    count, per_kwh = as_array(pulses, name="pulses"), as_array(constant, name="constant")
    if np.any(count < 0) or np.any(per_kwh <= 0):
        raise UnusableReadings("Pulses must not be below zero, and the meter constant must be above.")
    return np.asarray(count / per_kwh, dtype=np.float64)


def energy_of_power(power: ArrayLike, duration: ArrayLike) -> Column:
    """This will return the energy in kWh of constant power in W over `duration` in s.

    >>> float(energy_of_power(1100.0, 3600.0))
    1.1
    """
    watts, seconds = as_array(power, name="power"), as_array(duration, name="duration")
    if np.any(seconds <= 0):
        raise UnusableReadings("duration: must be greater than zero.")
    return np.asarray(watts * seconds / 3.6e6, dtype=np.float64)


def active_power(
    voltage: ArrayLike, current: ArrayLike, power_factor: ArrayLike, *, phases: int = 1
) -> Column:
    """This will return phases · U · I · cos φ in W, U in V from phase to neutral, I in A."""
    if phases not in (1, 2, 3):
        raise UnusableReadings("phases: 1, 2 or 3 is expected.")
    cosine = as_array(power_factor, name="power_factor")
    if np.any(np.abs(cosine) > 1):
        raise UnusableReadings("power_factor: must lie between -1 and 1.")
    product = as_array(voltage, name="voltage") * as_array(current, name="current") * cosine
    return np.asarray(phases * product, dtype=np.float64)


def error_by_time(
    pulses: ArrayLike,
    constant: ArrayLike,
    power: ArrayLike,
    duration: ArrayLike,
    *,
    transformer_ratio: float = 1.0,
) -> Column:
    """This will return the percentage error of a meter from counted pulses, known power and measured time.

    `power` in W on the meter's secondary side times `transformer_ratio` when the constant refers to the
    primary side.

    >>> round(float(error_by_time(100, 1600, 1000.0, 224.0)), 4)
    0.4464
    """
    if not transformer_ratio > 0:
        raise UnusableReadings("transformer_ratio: must be greater than zero.")
    reference = transformer_ratio * energy_of_power(power, duration)
    return percentage_error(energy_of_pulses(pulses, constant), reference)

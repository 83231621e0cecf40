"""Weighing in air: what the air carries is taken back (OIML R 111-1:2004, annex C; OIML D 28:2004).

Densities in kg/m³; numbers or arrays.
"""

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.readings import Column, UnusableReadings, as_array


def buoyancy_factor(air: ArrayLike, sample: ArrayLike, *, weights: ArrayLike = 8000.0) -> Column:
    """This will return (1 - air/weights)/(1 - air/sample): times the indication of a balance gives the mass.

    For a balance adjusted with weights of density `weights` (8000 by convention) in the same air.

    >>> round(float(buoyancy_factor(1.2, 998.2)), 6)
    1.001053
    """
    a, s, w = _density(air, "air"), _density(sample, "sample"), _density(weights, "weights")
    if np.any(a >= s) or np.any(a >= w):
        raise UnusableReadings("The density of the air must lie below those of sample and weights.")
    return np.asarray((1 - a / w) / (1 - a / s), dtype=np.float64)


def mass_of_indication(
    indication: ArrayLike, air: ArrayLike, sample: ArrayLike, *, weights: ArrayLike = 8000.0
) -> Column:
    """This will return the mass, in the unit of `indication`, of a sample weighed in air."""
    return as_array(indication, name="indication") * buoyancy_factor(air, sample, weights=weights)


def buoyancy_correction(
    air: ArrayLike, sample: ArrayLike, reference: ArrayLike, *, conventional_air: float = 1.2
) -> Column:
    """This will return C = (air - 1.2)(1/sample - 1/reference): m_c(sample) = m_c(reference)(1 + C) +
    difference.

    For the comparison of weights by conventional mass (OIML R 111-1:2004, annex C).

    >>> float(buoyancy_correction(1.2, 7000, 8000))
    0.0
    """
    s, r = _density(sample, "sample"), _density(reference, "reference")
    return np.asarray((_density(air, "air") - conventional_air) * (1 / s - 1 / r), dtype=np.float64)


def _density(value: ArrayLike, name: str) -> Column:
    array = as_array(value, name=name)
    if np.any(array <= 0):
        raise UnusableReadings(f"{name}: a density greater than zero is needed.")
    return array

"""Conventional mass: the mass of a reference weight of 8000 kg/m³ that balances the body in air of 1.2
kg/m³ at 20 °C.

OIML D 28:2004; OIML R 111-1:2004, 2.7. Densities in kg/m³; numbers or arrays.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.disciplines.buoyancy import buoyancy_correction
from quacan.metrology.readings import Column, UnusableReadings, as_array

REFERENCE_DENSITY: Final = 8000.0
REFERENCE_AIR: Final = 1.2


def conventional_from_mass(mass: ArrayLike, density: ArrayLike) -> Column:
    """This will return the conventional mass of a body of given mass and density at 20 °C (OIML D 28:2004).

    >>> float(conventional_from_mass(100.0, 8000.0))
    100.0
    """
    return as_array(mass, name="mass") * _factor(density)


def mass_from_conventional(conventional: ArrayLike, density: ArrayLike) -> Column:
    """This will return the mass of a body of given conventional mass and density at 20 °C."""
    return as_array(conventional, name="conventional") / _factor(density)


def conventional_by_substitution(
    reference: ArrayLike,
    difference: ArrayLike,
    *,
    air: ArrayLike,
    density: ArrayLike,
    reference_density: ArrayLike,
) -> Column:
    """This will return the conventional mass of a weight compared with a reference (OIML R 111-1:2004,
    annex C).

    m_c = m_cr (1 + C) + difference, C = (air - 1.2)(1/density - 1/reference_density); difference in the
    unit of `reference`, already corrected for sensitivity.
    """
    m, d = as_array(reference, name="reference"), as_array(difference, name="difference")
    return np.asarray(m * (1 + buoyancy_correction(air, density, reference_density)) + d, dtype=np.float64)


def _factor(density: ArrayLike) -> Column:
    rho = as_array(density, name="density")
    if np.any(rho <= REFERENCE_AIR):
        raise UnusableReadings("density: must exceed that of the air, 1.2 kg/m³.")
    return np.asarray((1 - REFERENCE_AIR / rho) / (1 - REFERENCE_AIR / REFERENCE_DENSITY), dtype=np.float64)

"""Volume from the mass of water it holds or delivers (ISO 4787:2021; ISO 8655-6:2022)."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.disciplines.buoyancy import buoyancy_factor
from quacan.metrology.disciplines.water_density import iso_4787
from quacan.metrology.readings import Column, as_array

CUBIC_EXPANSION: Final = {
    "borosilicate glass 3.3": 9.9e-6,
    "borosilicate glass 5.0": 15e-6,
    "soda-lime glass": 27e-6,
}
"""Coefficients of cubic thermal expansion, 1/°C, by ISO 4787:2021; the maker's value comes first."""


def volume_at_reference(
    indication: ArrayLike,
    *,
    t: ArrayLike,
    air: ArrayLike,
    expansion: ArrayLike,
    water: ArrayLike | None = None,
    weights: ArrayLike = 8000.0,
    reference_t: float = 20.0,
) -> Column:
    """This will return the volume in mL at `reference_t` °C from a balance indication in g.

    V = indication · 1/(water - air) · (1 - air/weights) · [1 - expansion (t - reference_t)] (ISO
    4787:2021). `t` °C of water and vessel; densities in kg/m³, `water` by :func:`iso_4787` when not given;
    `expansion` cubic, 1/°C, 0 for piston pipettes (ISO 8655-6 corrects those by Z alone).

    >>> round(float(volume_at_reference(10.0, t=20.0, air=1.2, expansion=9.9e-6)), 4)
    10.0286
    """
    celsius = as_array(t, name="t")
    factor = as_array(z_factor(celsius, air=air, water=water, weights=weights), name="z")
    vessel = 1 - as_array(expansion, name="expansion") * (celsius - reference_t)
    return np.asarray(as_array(indication, name="indication") * factor * vessel, dtype=np.float64)


def z_factor(
    t: ArrayLike, *, air: ArrayLike, water: ArrayLike | None = None, weights: ArrayLike = 8000.0
) -> Column:
    """This will return Z in mL/g: volume at `t` °C of the water that balances 1 g (ISO 8655-6:2022).

    >>> round(float(z_factor(20.0, air=1.1985)), 4)
    1.0029
    """
    density = iso_4787(t) if water is None else as_array(water, name="water")
    return np.asarray(1000 / density * buoyancy_factor(air, density, weights=weights), dtype=np.float64)

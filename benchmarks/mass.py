"""The budget every contender computes: conventional mass by substitution, with air buoyancy.

Six inputs, (m_S, ρ_S) correlated because both stand on the certificate of the reference weight, three inputs of
finite ν (differences of indication, density of the test weight, drift), answer: y, u, ν by Welch-Satterthwaite
rounded to two decimals and truncated, k at 95 %, U, and the signed contribution of every input with the covariance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FORMULA = "(mS + dI) * (1 + (ra - 1.2) * (1 / rT - 1 / rS)) + dD"
NAMES = ("mS", "dI", "ra", "rT", "rS", "dD")
CORRELATED = ("mS", "rS")
CORRELATION = 0.5
DOFS = {"mS": float("inf"), "dI": 9.0, "ra": float("inf"), "rT": 50.0, "rS": float("inf"), "dD": 19.0}
COVERAGE = 0.95


@dataclass(frozen=True, slots=True)
class Instruments:
    """Values and u of every input, columns of one length: grams, and kg/m³."""

    values: dict[str, NDArray[np.float64]]
    u: dict[str, NDArray[np.float64]]

    def rows(self) -> list[tuple[tuple[float, ...], tuple[float, ...]]]:
        """This will give (values, u) of one instrument after the other, as Python floats."""
        values = np.column_stack([self.values[name] for name in NAMES]).tolist()
        u = np.column_stack([self.u[name] for name in NAMES]).tolist()
        return list(zip(map(tuple, values), map(tuple, u), strict=True))

    def first(self, count: int) -> Instruments:
        """This will give the first instruments only."""
        return Instruments(
            {name: column[:count] for name, column in self.values.items()},
            {name: column[:count] for name, column in self.u.items()},
        )


def instruments(count: int) -> Instruments:
    """This will make a lot of weights of 100 g, every one a little different; the same lot every time."""
    rng = np.random.default_rng(20_260_301)
    centre = {"mS": 100.0, "dI": 0.0, "ra": 1.19, "rT": 7900.0, "rS": 8000.0, "dD": 0.0}
    spread = {"mS": 1e-5, "dI": 1e-4, "ra": 0.02, "rT": 40.0, "rS": 10.0, "dD": 0.0}
    u = {"mS": 2e-5, "dI": 3e-5, "ra": 0.02, "rT": 60.0, "rS": 20.0, "dD": 1e-5}
    return Instruments(
        {name: centre[name] + spread[name] * rng.standard_normal(count) for name in NAMES},
        {name: u[name] * rng.uniform(0.8, 1.2, count) for name in NAMES},
    )

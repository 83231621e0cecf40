"""Coverage factors from degrees of freedom (JCGM 100:2008, annex G), for one result and for columns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

#: Beyond this many degrees of freedom the normal quantile is used.
LARGEST_TABLED = 2_000
#: Truncating after adding this is truncating after rounding to two decimals.
HALF_OF_SECOND_DECIMAL = 0.005


class CoverageRefused(ValueError):
    """A coverage probability or factor that makes no sense."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How U is made: from a coverage probability by ν (default 95 %), or with a fixed factor ``k``.

    >>> Coverage(0.9545).factor(math.inf)
    2.0000024438996027
    >>> Coverage(k=2.0).factor(3.0)
    2.0
    """

    probability: float = 0.95
    k: float | None = None

    def __post_init__(self) -> None:
        if not 0 < self.probability < 1:
            raise CoverageRefused(f"A coverage probability lies between 0 and 1, not {self.probability}")
        if self.k is not None and not (math.isfinite(self.k) and self.k > 0):
            raise CoverageRefused(f"A coverage factor must be above zero, not {self.k}")

    def factor(self, dof: float | None) -> float | None:
        """This will return k for ν; ``None`` stands for a ν that is not valid, and then only a fixed k is.

        ν is rounded to two decimals before it is truncated to a whole number (G.4.1 prints 19.0 for 18.999).
        """
        if self.k is not None:
            return self.k
        if dof is None:
            return None
        table = _table(self.probability)
        if dof >= LARGEST_TABLED + 1:
            return table[-1]
        whole = int(dof + HALF_OF_SECOND_DECIMAL)
        if whole >= 1:
            return table[whole]
        from quacan.metrology.quantiles import coverage_factor

        return coverage_factor(self.probability, dof)

    def factors(
        self, dof: NDArray[np.float64], *, out: NDArray[np.float64] | None = None
    ) -> NDArray[np.float64]:
        """This will return k for a column of ν; NaN (not valid) stays NaN unless k is fixed."""
        k = np.empty(dof.shape) if out is None else out
        if self.k is not None:
            k[:] = self.k
            return k
        whole = np.minimum(dof, LARGEST_TABLED + 1.0)
        whole += HALF_OF_SECOND_DECIMAL
        with np.errstate(invalid="ignore"):
            places = whole.astype(np.intp)
        _column_table(self.probability).take(places, out=k, mode="clip")
        if np.isnan(np.add.reduce(k)):
            for row in np.flatnonzero(dof < 1.0):
                k[row] = self.factor(float(dof[row]))
        return k


@lru_cache(maxsize=32)
def _column_table(probability: float) -> NDArray[np.float64]:
    from scipy.special import ndtri, stdtrit

    upper = 0.5 * (1 + probability)
    whole = np.arange(1, LARGEST_TABLED + 1, dtype=float)
    table = np.concatenate([[np.nan], stdtrit(whole, upper), [ndtri(upper)]])
    table.flags.writeable = False
    return table


@lru_cache(maxsize=32)
def _table(probability: float) -> tuple[float, ...]:
    return tuple(_column_table(probability).tolist())

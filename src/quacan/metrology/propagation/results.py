"""What a propagation answers: outputs with their budgets, covariances and notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


class PropagationRefused(ValueError):
    """A propagation that cannot be done: one sentence naming the obstacle and the remedy."""


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One input in a budget: ``contribution`` is c·u, signed; ``variance`` its part of u²; ``share`` that over u²."""

    input: str
    value: float
    u: float
    dof: float
    sensitivity: float
    contribution: float
    variance: float
    share: float | None


@dataclass(frozen=True, slots=True)
class CovarianceRow:
    """One correlated pair in a budget: ``variance`` is 2 r c_a u_a c_b u_b, its signed part of u²."""

    inputs: tuple[str, str]
    correlation: float
    variance: float
    share: float | None


@dataclass(frozen=True, slots=True)
class Budget:
    """Contributions and covariances; their variances add up to u² (JCGM 100:2008, 5.2.2)."""

    rows: tuple[BudgetRow, ...]
    covariances: tuple[CovarianceRow, ...]

    @property
    def variance(self) -> float:
        """The sum of all parts: u²."""
        return sum(row.variance for row in self.rows) + sum(row.variance for row in self.covariances)


@dataclass(frozen=True, slots=True)
class OutputEstimate:
    """An output: y, u(y), ν_eff, k, U and y ± U; ``None`` where a quantity is not valid, and ``notes`` say why.

    ``dof`` is infinite where no input limits it.
    """

    name: str
    value: float
    u: float
    dof: float | None
    k: float | None
    U: float | None
    budget: Budget
    notes: tuple[str, ...] = ()

    @property
    def interval(self) -> tuple[float, float] | None:
        """y − U to y + U."""
        return None if self.U is None else (self.value - self.U, self.value + self.U)


@dataclass(frozen=True, slots=True)
class Propagation:
    """All outputs of one measurement with their covariance matrix (m × m, in the order of ``outputs``)."""

    outputs: Mapping[str, OutputEstimate]
    covariance: NDArray[np.float64]

    @property
    def correlation(self) -> NDArray[np.float64]:
        """The correlation matrix of the outputs; NaN against an output without uncertainty."""
        deviations = np.sqrt(np.diag(self.covariance))
        with np.errstate(all="ignore"):
            matrix = self.covariance / np.outer(deviations, deviations)
        np.fill_diagonal(matrix, np.where(deviations > 0, 1.0, np.nan))
        return np.asarray(matrix)

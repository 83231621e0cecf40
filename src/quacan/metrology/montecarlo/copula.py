"""Correlated inputs that are not Gaussian: a Gaussian copula that keeps margins and correlation coefficients."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.correlations import ROUNDING_OF_EIGENVALUES, Block
from quacan.metrology.distributions import Distribution
from quacan.metrology.montecarlo.refusals import MonteCarloRefused

_NODES = 48
_TOLERANCE = 1e-4


def quantile_of_normal(distribution: Distribution, z: Any) -> Any:
    """This will carry standard normal values to a distribution, keeping their probability."""
    from quacan.metrology.montecarlo.sources import inverse_transform

    if len(distribution.draws) != 1:
        raise MonteCarloRefused(
            "A curvilinear trapezoid cannot be correlated with another input; describe it by another distribution"
        )
    draw = distribution.draws[0]
    if draw.kind == "normal":
        return distribution.values(z)
    from scipy.special import ndtr

    # Beyond 8 standard deviations a probability next to 1 cannot be told from 1 and would become infinite.
    return distribution.values(inverse_transform(draw, ndtr(np.clip(z, -8.0, 8.0))))


def latent_correlation(block: Block, distributions: Sequence[Distribution]) -> NDArray[np.float64]:
    """This will find the Gaussian correlations under which the inputs have the stated ones.

    The correlation of a pair is integrated by Gauss-Hermite quadrature and inverted by bisection. Raises
    :class:`MonteCarloRefused` for a pair that cannot reach its coefficient, for infinite variances, and for
    coefficients that no Gaussian copula joins.
    """
    matrix = block.matrix.copy()
    margins = [_standardised(d, name) for d, name in zip(distributions, block.names, strict=True)]
    for i in range(len(margins)):
        for j in range(i + 1, len(margins)):
            if matrix[i, j] != 0.0:
                names = (block.names[i], block.names[j])
                matrix[i, j] = matrix[j, i] = _latent(margins[i], margins[j], float(matrix[i, j]), names)
    if float(np.linalg.eigvalsh(matrix)[0]) < -max(ROUNDING_OF_EIGENVALUES, 10 * _TOLERANCE):
        raise MonteCarloRefused(
            f"No Gaussian copula joins {', '.join(block.names)} with these correlations; correct them"
        )
    return matrix


def _standardised(distribution: Distribution, name: str) -> Any:
    deviation = distribution.standard_deviation
    if not math.isfinite(deviation):
        raise MonteCarloRefused(
            f"Input {name!r} has too few degrees of freedom for a correlation coefficient; group it with its partner"
        )

    def margin(z: Any) -> Any:
        return (
            (quantile_of_normal(distribution, z) - distribution.value) / deviation if deviation else 0.0 * z
        )

    return margin


def _latent(first: Any, second: Any, wanted: float, names: tuple[str, str]) -> float:
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    weights = weights / weights.sum()
    values = first(nodes)
    spread = math.sqrt(float(weights @ values**2) * float(weights @ second(nodes) ** 2)) or 1.0

    def reached(rho: float) -> float:
        mixed = rho * nodes[:, None] + math.sqrt(max(0.0, 1 - rho * rho)) * nodes[None, :]
        return float((weights * values) @ second(mixed) @ weights) / spread

    low, high = -1.0, 1.0
    if not reached(low) - _TOLERANCE <= wanted <= reached(high) + _TOLERANCE:
        raise MonteCarloRefused(
            f"Inputs {names[0]!r} and {names[1]!r} of these distributions cannot have correlation {wanted}; "
            f"the greatest is {reached(high if wanted > 0 else low):.4f}"
        )
    for _ in range(50):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if reached(middle) < wanted else (low, middle)
    return 0.5 * (low + high)

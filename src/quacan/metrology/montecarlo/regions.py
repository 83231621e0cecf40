"""Coverage regions for several outputs (JCGM 102:2011, 6.5 and 7.7)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class CoverageRegions:
    """Factors of the smallest coverage ellipsoid (k_p) and of the coverage rectangle (k_q)."""

    k_p: float
    k_q: float


def gaussian_regions(outputs: int, coverage: float, *, rank: int | None = None) -> CoverageRegions:
    """This will return k_p and k_q for jointly Gaussian outputs (6.5.2, tables 1 and 2; k_q by Bonferroni).

    ``rank`` is that of the covariance matrix, when it is singular.

    >>> regions = gaussian_regions(2, 0.95)
    >>> round(regions.k_p, 2), round(regions.k_q, 2)
    (2.45, 2.24)
    """
    from quacan.metrology.quantiles import chi2_quantile, normal_quantile

    k_p = math.sqrt(chi2_quantile(coverage, outputs if rank is None else rank))
    return CoverageRegions(k_p, normal_quantile(1 - (1 - coverage) / (2 * outputs)))


def whitening(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """This will return W (m × rank) with W Wᵀ the inverse of a covariance matrix on its range."""
    deviations = np.sqrt(np.diag(covariance))
    safe = np.where(deviations > 0, deviations, 1.0)
    eigenvalues, vectors = np.linalg.eigh(covariance / np.outer(safe, safe))
    kept = eigenvalues > 1e-12 * max(float(eigenvalues[-1]), 0.0)
    return np.asarray(vectors[:, kept] / np.sqrt(eigenvalues[kept]) / safe[:, None])


def sampled_distances(
    draws: NDArray[np.float64], means: NDArray[np.float64], covariance: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """This will return the Mahalanobis and the largest standardised distance of draws (m × …) from their mean.

    Outputs without uncertainty do not count.
    """
    shape = (-1, *([1] * (draws.ndim - 1)))
    centred = draws - means.reshape(shape)
    deviations = np.sqrt(np.diag(covariance))
    whitened = np.tensordot(whitening(covariance).T, centred, axes=1)
    mahalanobis = np.sqrt(np.einsum("i...,i...->...", whitened, whitened))
    some = deviations > 0
    if not some.any():
        return mahalanobis, np.zeros(draws.shape[1:])
    return mahalanobis, np.max(np.abs(centred[some]) / deviations[some].reshape(shape), axis=0)

"""Least squares with errors in y only: ordinary, weighted, generalised; by QR of a scaled design matrix."""

import math
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.fitting.curve import Fit
from quacan.metrology.readings import Column, UnusableReadings, as_array, as_column, as_columns, as_number

Whitening: TypeAlias = Callable[[Column], Column]
_HIGHEST_POWER = 12


def fit_line(
    x: ArrayLike,
    y: ArrayLike,
    *,
    origin: float = 0.0,
    u_y: ArrayLike | None = None,
    covariance_y: ArrayLike | None = None,
    rescale: bool = False,
) -> Fit:
    """This will fit y = a + b (x - origin); see :func:`fit_polynomial` (JCGM 100:2008, H.3.2).

    >>> line = fit_line([0, 1, 2, 3], [1.0, 3.1, 4.9, 7.0])
    >>> [round(float(p), 3) for p in line.parameters]
    [1.03, 1.98]
    """
    return fit_polynomial(
        x, y, powers=(0, 1), origin=origin, u_y=u_y, covariance_y=covariance_y, rescale=rescale
    )


def fit_polynomial(
    x: ArrayLike,
    y: ArrayLike,
    *,
    degree: int | None = None,
    powers: Sequence[int] | None = None,
    origin: float = 0.0,
    u_y: ArrayLike | None = None,
    covariance_y: ArrayLike | None = None,
    rescale: bool = False,
) -> Fit:
    """This will fit y = Σ b_p (x - origin)^p over `powers` (0 … `degree` when powers are not given).

    Without uncertainties: ordinary least squares, covariance from the residual deviation s with ν = n - m
    (JCGM 100:2008, H.3.2). With `u_y` (n) or `covariance_y` (n × n): weighted or generalised least squares,
    covariance from what was given and infinite dof; with `rescale` multiplied by chi²/ν and ν = n - m
    (ISO/TS 28037:2010, 6 and 9). Raises UnusableReadings for too few or too few different x, zero
    uncertainties or a covariance that is not positive definite.

    >>> curve = fit_polynomial([0, 1, 2, 3], [1.0, 2.1, 4.9, 10.0], degree=2)
    >>> curve.parameters.round(3).tolist(), curve.dof
    ([1.03, -0.02, 1.0], 1.0)
    """
    points, values = as_columns(x=x, y=y)
    exponents = _powers(degree, powers)
    count, shift = len(exponents), as_number(origin, name="origin")
    if points.size < count:
        raise UnusableReadings(f"{count} parameters need at least {count} points, {points.size} given.")
    whiten, method, spread = _whitening(u_y, covariance_y, points.size)
    scale = float(np.max(np.abs(points - shift))) or 1.0
    design = np.stack([((points - shift) / scale) ** p for p in exponents], axis=1)
    solution, inverse = _least_squares(whiten(design), whiten(values))
    unscale = np.array([scale**-p for p in exponents])
    residuals = values - design @ solution
    whitened = whiten(residuals)
    square, nu = float(whitened @ whitened), points.size - count
    if nu == 0 and (spread is None or rescale):
        raise UnusableReadings(
            f"With {count} parameters {count + 1} points are needed to estimate the scatter."
        )
    factor = square / nu if (spread is None or rescale) else 1.0
    covariance = factor * (inverse @ inverse.T) * np.outer(unscale, unscale)
    s = math.sqrt(square / nu) if nu else math.nan
    return Fit(
        method=method,
        origin=shift,
        powers=exponents,
        parameters=solution * unscale,
        covariance=covariance,
        s=s,
        dof=float(nu) if (spread is None or rescale) else math.inf,
        residual_dof=nu,
        x=points,
        y=values,
        residuals=residuals,
        normalised=residuals / spread if spread is not None else _over(residuals, s),
        chi_squared=None if spread is None else square,
    )


def _least_squares(design: Column, values: Column) -> tuple[Column, Column]:
    """The solution by QR and the inverse of R, whose product with its transpose is the unscaled covariance."""
    q, r = np.linalg.qr(design)
    sizes = np.abs(np.diag(r))
    if np.min(sizes) <= 1e-12 * np.max(sizes):
        raise UnusableReadings("The x values do not determine the curve: too few of them are different.")
    return np.linalg.solve(r, q.T @ values), np.linalg.solve(r, np.eye(r.shape[0]))


def _powers(degree: int | None, powers: Sequence[int] | None) -> tuple[int, ...]:
    if (degree is None) == (powers is None):
        raise UnusableReadings("Either the degree or the powers of the curve must be given.")
    if degree is not None and not 0 <= degree <= _HIGHEST_POWER:
        raise UnusableReadings(f"The degree of a curve must be a whole number from 0 to {_HIGHEST_POWER}.")
    chosen = tuple(range(degree + 1)) if degree is not None else tuple(powers or ())
    if not chosen or len(set(chosen)) < len(chosen) or min(chosen) < 0 or max(chosen) > _HIGHEST_POWER:
        raise UnusableReadings(f"The powers must be different whole numbers from 0 to {_HIGHEST_POWER}.")
    return chosen


def _whitening(
    u_y: ArrayLike | None, covariance_y: ArrayLike | None, n: int
) -> tuple[Whitening, str, Column | None]:
    """What makes the errors independent of unit variance, the name of the method, the uncertainties."""
    if u_y is not None and covariance_y is not None:
        raise UnusableReadings("Give u_y or covariance_y, not both.")
    if covariance_y is not None:
        lower, spread = _root_of(as_array(covariance_y, name="covariance_y"), n)
        return lambda rows: np.asarray(np.linalg.solve(lower, rows), dtype=np.float64), "gls", spread
    if u_y is None:
        return lambda rows: rows, "ols", None
    sizes = as_column(u_y, name="u_y")
    if sizes.size != n or np.any(sizes <= 0):
        raise UnusableReadings(f"u_y: {n} uncertainties greater than zero are needed.")
    return lambda rows: (rows.T / sizes).T, "wls", sizes


def _root_of(matrix: Column, n: int) -> tuple[Column, Column]:
    """The Cholesky root of a covariance matrix and the standard uncertainties on its diagonal."""
    if matrix.shape != (n, n) or not np.allclose(matrix, matrix.T, rtol=1e-12, atol=0):
        raise UnusableReadings(f"covariance_y: a symmetric {n} × {n} matrix is needed.")
    try:
        lower = np.asarray(np.linalg.cholesky(matrix), dtype=np.float64)
    except np.linalg.LinAlgError:
        raise UnusableReadings("covariance_y: the matrix is not positive definite.") from None
    return lower, np.asarray(np.sqrt(np.diag(matrix)), dtype=np.float64)


def _over(residuals: Column, s: float) -> Column:
    return residuals / s if s > 0 else np.zeros_like(residuals)

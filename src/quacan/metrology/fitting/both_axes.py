"""Straight line through points uncertain in both coordinates (D. York et al., Am. J. Phys. 72 (2004) 367)."""

import math

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.fitting.curve import Fit
from quacan.metrology.fitting.one_axis import fit_line
from quacan.metrology.readings import Column, UnusableReadings, as_column, as_columns, as_number

_MAX_STEPS = 500


def fit_line_both_axes(
    x: ArrayLike,
    y: ArrayLike,
    *,
    u_x: ArrayLike,
    u_y: ArrayLike,
    r_xy: ArrayLike | float = 0.0,
    origin: float = 0.0,
    rescale: bool = False,
) -> Fit:
    """This will fit y = a + b (x - origin) to points with standard uncertainties u_x, u_y correlated by
    r_xy.

    Points are independent of each other; at least three. The covariance of the parameters is the one of
    York et al. (2004), equations 13, at the adjusted points; dof infinite, or n - 2 with the covariance
    multiplied by chi²/ν when `rescale` (ISO/TS 28037:2010, 7 and 8). Raises UnusableReadings when a point
    has no uncertainty at all or the iteration does not settle.

    >>> line = fit_line_both_axes([0, 1, 2], [0.1, 1.0, 2.1], u_x=[0.1] * 3, u_y=[0.1] * 3)
    >>> round(float(line.parameters[1]), 3)
    1.002
    """
    px = as_column(x, name="x")
    together = np.full(px.size, as_number(r_xy, name="r_xy")) if np.ndim(r_xy) == 0 else r_xy
    px, py, ux, uy, r = as_columns(x=px, y=y, u_x=u_x, u_y=u_y, r_xy=together)
    n = px.size
    _check(px, ux, uy, r)
    shift = as_number(origin, name="origin")
    slope = _starting_slope(px - shift, py, uy)
    cx, cy = float(px.mean()), float(py.mean())
    slope, weights, beta = _iterate(px - cx, py - cy, ux, uy, r, slope)
    total = float(weights.sum())
    x_bar, y_bar = float(weights @ (px - cx)) / total, float(weights @ (py - cy)) / total
    intercept = (y_bar + cy) - slope * (x_bar + cx - shift)
    covariance = _covariance(weights, x_bar + beta, offset=cx - shift)
    residuals = py - intercept - slope * (px - shift)
    square, nu = float(weights @ residuals**2), n - 2
    return Fit(
        method="york",
        origin=shift,
        powers=(0, 1),
        parameters=np.array([intercept, slope]),
        covariance=covariance * (square / nu if rescale else 1.0),
        s=math.sqrt(square / nu),
        dof=float(nu) if rescale else math.inf,
        residual_dof=nu,
        x=px,
        y=py,
        residuals=residuals,
        normalised=residuals * np.sqrt(weights),
        chi_squared=square,
    )


def _covariance(weights: Column, adjusted: Column, *, offset: float) -> Column:
    """Of intercept and slope at the adjusted points (York et al. 2004, equations 13e and 13f)."""
    total = float(weights.sum())
    centre = float(weights @ adjusted) / total
    variance = 1 / float(weights @ (adjusted - centre) ** 2)
    x = centre + offset
    return np.array([[1 / total + x**2 * variance, -x * variance], [-x * variance, variance]])


def _check(x: Column, ux: Column, uy: Column, r: Column) -> None:
    if x.size < 3:
        raise UnusableReadings("A line with errors in both axes needs at least three points.")
    if np.ptp(x) == 0:
        raise UnusableReadings("The x values do not determine the line: all are equal.")
    if np.any(ux < 0) or np.any(uy < 0) or np.any((ux == 0) & (uy == 0)):
        raise UnusableReadings("Every point needs an uncertainty greater than zero in x or in y.")
    if np.any(np.abs(r) >= 1):
        raise UnusableReadings("r_xy: correlations must lie between -1 and 1, both excluded.")


def _starting_slope(x: Column, y: Column, uy: Column) -> float:
    start = fit_line(x, y, u_y=uy if np.all(uy > 0) else None)
    return float(start.parameters[1])


def _iterate(
    x: Column, y: Column, ux: Column, uy: Column, r: Column, slope: float
) -> tuple[float, Column, Column]:
    """York's fixed point: slope, weights of the points and distances of the adjusted x from their mean."""
    for _ in range(_MAX_STEPS):
        variance = uy**2 + slope**2 * ux**2 - 2 * slope * r * ux * uy
        if np.any(variance <= 0):
            raise UnusableReadings("A point without uncertainty in y needs a line that is not level.")
        weights = 1 / variance
        total = float(weights.sum())
        u, v = x - float(weights @ x) / total, y - float(weights @ y) / total
        beta = weights * (u * uy**2 + slope * v * ux**2 - (slope * u + v) * r * ux * uy)
        below = float(weights @ (beta * u))
        if below == 0:
            raise UnusableReadings("The points do not determine a line.")
        better = float(weights @ (beta * v)) / below
        if abs(better - slope) <= 4e-15 * abs(better) or better == slope:
            return better, weights, beta
        previous, slope = slope, better
    if abs(slope - previous) <= 1e-10 * abs(slope):
        return slope, weights, beta
    raise UnusableReadings("The fit with errors in both axes did not settle; check the uncertainties.")

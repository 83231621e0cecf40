"""A fitted polynomial: its parameters as one group of correlated quantities, and prediction in both
directions.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.quantiles import chi2_quantile, f_quantile, t_quantile
from quacan.metrology.readings import (
    Column,
    UnusableReadings,
    as_column,
    as_number,
    as_positive,
    as_probability,
)


@dataclass(frozen=True, slots=True)
class Prediction:
    """Values of the curve at `x`: `u` of the curve, `u_reading` of one further reading there, with their
    `dof`.

    `u_reading` is None when the deviation of a single reading is not known (weights of different size).
    """

    x: Column
    value: Column
    u: Column
    u_reading: Column | None
    dof: float


@dataclass(frozen=True, slots=True)
class InversePrediction:
    """The abscissa `x` whose curve value is `y`, its standard uncertainty `u` and effective `dof`.

    `u_curve` is the share of the parameters, `u_reading` that of the observed y.
    """

    x: float
    u: float
    u_curve: float
    u_reading: float
    dof: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A curve y = Σ parameters[i] · (x - origin)^powers[i] fitted to n points.

    `covariance` belongs to the parameters, which share the one group of `dof` degrees of freedom (infinite
    when the uncertainties of the points were given and not rescaled). `s` is the standard deviation of one
    reading of unit weight: residual deviation for ordinary least squares, √(chi²/ν) for weighted ones (the
    Birge ratio). `residuals` are y - curve, `normalised` the same over the standard uncertainty of the
    point (over s when unweighted). `chi_squared` is the weighted sum of squares, None when no uncertainties
    were given.
    """

    method: str
    origin: float
    powers: tuple[int, ...]
    parameters: Column
    covariance: Column
    s: float
    dof: float
    residual_dof: int
    x: Column
    y: Column
    residuals: Column
    normalised: Column
    chi_squared: float | None

    @property
    def uncertainties(self) -> Column:
        """This will return the standard uncertainties of the parameters."""
        return np.sqrt(np.diag(self.covariance))

    @property
    def correlation(self) -> Column:
        """This will return the correlation matrix of the parameters (zero where an uncertainty is zero)."""
        u = self.uncertainties
        scale = np.where(u > 0, u, 1.0)
        matrix: Column = self.covariance / np.outer(scale, scale)
        np.fill_diagonal(matrix, 1.0)
        return matrix

    def value(self, x: ArrayLike) -> Column:
        """This will return the curve at `x`."""
        return self._terms(as_column(np.atleast_1d(x), name="x")) @ self.parameters

    def predict(self, x: ArrayLike) -> Prediction:
        """This will return the curve at `x` with its uncertainty (JCGM 100:2008, H.3.4, equation H.15)."""
        points = as_column(np.atleast_1d(x), name="x")
        terms = self._terms(points)
        variance = np.maximum(0.0, np.einsum("ij,jk,ik->i", terms, self.covariance, terms))
        single = np.sqrt(variance + self.s**2) if self.chi_squared is None else None
        return Prediction(points, terms @ self.parameters, np.sqrt(variance), single, self.dof)

    def band(
        self, x: ArrayLike, *, coverage: float = 0.95, of: str = "curve", simultaneous: bool = False
    ) -> tuple[Column, Column]:
        """This will return lower and upper ends of the band at `x`.

        `of` is "curve" (confidence band) or "reading" (prediction band for one further reading, unweighted
        fits only). `simultaneous` widens the confidence band so that it holds for the whole curve at once
        (Working-Hotelling). Raises UnusableReadings where no such band exists.
        """
        as_probability(coverage, name="coverage")
        predicted = self.predict(x)
        if of not in ("curve", "reading"):
            raise UnusableReadings("of: curve or reading is expected.")
        u = predicted.u if of == "curve" else predicted.u_reading
        if u is None:
            raise UnusableReadings(
                "A prediction band needs the deviation of a single reading (unweighted fit)."
            )
        half = self._factor(coverage, simultaneous=simultaneous and of == "curve") * u
        return predicted.value - half, predicted.value + half

    def inverse(self, y: object, *, u_y: object | None = None, readings: int = 1) -> InversePrediction:
        """This will return the x at which the curve equals `y`, within the range of the fitted points.

        `u_y` is the standard uncertainty of y; without it an unweighted fit takes s/√readings for the mean
        of that many readings. The uncertainty combines y and the parameters to first order; dof by
        Welch-Satterthwaite over these two groups. Raises UnusableReadings when no point or more than one in
        the range has this value.
        """
        target = as_number(y, name="y")
        spread, spread_dof = self._reading_uncertainty(u_y, readings)
        x = self._root(target)
        slope = self._slope(x)
        if slope == 0:
            raise UnusableReadings("The curve is level at this value: x cannot be determined.")
        curve, reading = float(self.predict(x).u[0]) / abs(slope), spread / abs(slope)
        u = math.hypot(curve, reading)
        pooled = self._pooled_dof(curve, reading, spread_dof)
        return InversePrediction(x, u, curve, reading, pooled)

    def _terms(self, x: Column) -> Column:
        terms: Column = np.stack([(x - self.origin) ** p for p in self.powers], axis=1)
        return terms

    def _factor(self, coverage: float, *, simultaneous: bool) -> float:
        if not simultaneous:
            return t_quantile(0.5 * (1 + coverage), self.dof)
        count = len(self.powers)
        if math.isinf(self.dof):
            return math.sqrt(chi2_quantile(coverage, count))
        return math.sqrt(count * f_quantile(coverage, count, self.dof))

    def _reading_uncertainty(self, u_y: object | None, readings: int) -> tuple[float, float]:
        if u_y is not None:
            return as_positive(u_y, name="u_y", zero=True), math.inf
        if self.chi_squared is not None:
            raise UnusableReadings(
                "u_y is needed: a weighted fit does not tell the deviation of a new reading."
            )
        if readings < 1:
            raise UnusableReadings("readings: must be at least 1.")
        return self.s / math.sqrt(readings), self.dof

    def _pooled_dof(self, curve: float, reading: float, reading_dof: float) -> float:
        """Welch-Satterthwaite over parameters and reading; one group when both rest on the same residuals."""
        if reading_dof == self.dof:
            return self.dof
        if curve == 0 or math.isinf(self.dof):
            return reading_dof
        return self.dof * (math.hypot(curve, reading) / curve) ** 4

    def _root(self, target: float) -> float:
        coefficients = np.zeros(max(self.powers) + 1)
        for power, value in zip(self.powers, self.parameters, strict=True):
            coefficients[power] += value
        coefficients[0] -= target
        low, high = float(self.x.min()), float(self.x.max())
        room = 1e-9 * (high - low)
        roots = np.atleast_1d(np.polynomial.polynomial.polyroots(np.trim_zeros(coefficients, "b")))
        scale = max(abs(low - self.origin), abs(high - self.origin))
        real = [float(r.real) + self.origin for r in roots if abs(r.imag) <= 1e-9 * scale]
        inside = [r for r in real if low - room <= r <= high + room]
        if not inside and self.powers == (0, 1) and real:
            raise UnusableReadings(f"The value lies outside the calibrated range (x would be {real[0]:g}).")
        if not inside:
            raise UnusableReadings("No point of the calibrated range has this value.")
        if len(inside) > 1:
            raise UnusableReadings("More than one point of the calibrated range has this value.")
        return inside[0]

    def _slope(self, x: float) -> float:
        distance = x - self.origin
        terms = [p * distance ** (p - 1) if p else 0.0 for p in self.powers]
        return float(np.dot(terms, self.parameters))

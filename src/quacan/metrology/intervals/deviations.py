"""Intervals from measured deviations: the variables method and drift."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.fitting import Fit, fit_line, fit_polynomial
from quacan.metrology.quantiles import t_quantile
from quacan.metrology.readings import (
    UnusableReadings,
    as_columns,
    as_count,
    as_number,
    as_positive,
    as_probability,
)

_LONGEST = 100.0  # times the record: beyond it a fitted curve says nothing


@dataclass(frozen=True, slots=True)
class VariablesInterval:
    """Result of the variables method; None where no limit of that kind was asked for or the target is never
    met.

    `reliability_interval` and `uncertainty_interval` are the days (unit of `times`) at which the target is
    reached, with the predicted value (start value plus drift) there; `coefficients` of t, t² … and their
    `covariance`; `s` the deviation of one observed change. `notes` says what could not be given.
    """

    reliability_interval: float | None
    value_at_reliability_interval: float | None
    uncertainty_interval: float | None
    value_at_uncertainty_interval: float | None
    coefficients: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]
    s: float
    dof: float
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DriftInterval:
    """Result of the drift method: the first time a prediction limit of the error meets a tolerance limit."""

    time: float
    time_from_last: float
    drift: float
    u_drift: float
    dof: float
    error_then: float


@dataclass(frozen=True, slots=True)
class _Drift:
    """A value drifting along a fitted curve from a known start."""

    fit: Fit
    start: float
    u_start: float

    def value(self, age: float) -> float:
        return self.start + float(self.fit.value([age])[0])

    def u(self, age: float) -> float:
        return math.hypot(self.u_start, self.fit.s, float(self.fit.predict([age]).u[0]))

    def margin_to(self, limits: tuple[float, float], *, k: float) -> Callable[[float], float]:
        def margin(age: float) -> float:
            y, half = self.value(age), k * self.u(age)
            return min(limits[1] - y - half, y - half - limits[0])

        return margin


def interval_variables(
    times: ArrayLike,
    changes: ArrayLike,
    *,
    u0: float,
    value: float = 0.0,
    degree: int = 1,
    lower: float | None = None,
    upper: float | None = None,
    reliability: float | None = None,
    u_target: float | None = None,
) -> VariablesInterval:
    """This will predict, from changes observed between calibrations, when limits or an uncertainty are
    reached.

    A polynomial without intercept, δ(t) = b1 t + … + bm t^m, is fitted to `changes` over `times` since
    calibration. The variance of a predicted value is u0² + s² + t'Cov t: the prediction band *with* s², the
    scatter of one change (NASA-HDBK-8739.19-5, chapter 7). Two definitions, either or both: reliability:
    the first time at which `value` + δ(t) ± t_p(n - m) u(t) leaves [lower, upper], p = (1 + reliability)/2
    with both limits and p = reliability with one; uncertainty: the first time at which u(t) exceeds
    `u_target`.

    Raises UnusableReadings for too few points or when neither definition is given in full.

    >>> found = interval_variables([6, 12, 18, 24], [0.1, 0.25, 0.3, 0.5], u0=0.05, u_target=0.12)
    >>> round(found.uncertainty_interval or 0.0, 1)
    90.4
    """
    t, delta = as_columns(times=times, changes=changes)
    order = _order(degree, changes=t.size)
    if np.any(t <= 0):
        raise UnusableReadings("times: every time since calibration must be greater than zero.")
    limits = _limits(lower, upper)
    bounded = reliability is not None and limits != (-math.inf, math.inf)
    if not bounded and u_target is None:
        raise UnusableReadings("Give limits with a reliability, or u_target, or both.")
    fit = fit_polynomial(t, delta, powers=tuple(range(1, order + 1)))
    drift = _Drift(fit, as_number(value, name="value"), as_positive(u0, name="u0", zero=True))
    longest = _LONGEST * float(t.max())
    by_reliability, by_uncertainty, notes = None, None, list[str]()
    if bounded:
        p = as_probability(reliability, name="reliability")
        margin = drift.margin_to(limits, k=_reliability_factor(p, limits, fit.dof))
        by_reliability = _first_crossing(margin, longest)
        notes += _note("reliability", by_reliability, longest)
    if u_target is not None:
        goal = as_positive(u_target, name="u_target")
        by_uncertainty = _first_crossing(lambda age: goal - drift.u(age), longest)
        notes += _note("uncertainty", by_uncertainty, longest)
    return VariablesInterval(
        reliability_interval=by_reliability,
        value_at_reliability_interval=None if by_reliability is None else drift.value(by_reliability),
        uncertainty_interval=by_uncertainty,
        value_at_uncertainty_interval=None if by_uncertainty is None else drift.value(by_uncertainty),
        coefficients=tuple(fit.parameters.tolist()),
        covariance=tuple(tuple(row) for row in fit.covariance.tolist()),
        s=fit.s,
        dof=fit.dof,
        notes=tuple(notes),
    )


def interval_drift(
    times: ArrayLike,
    errors: ArrayLike,
    *,
    lower: float | None = None,
    upper: float | None = None,
    coverage: float = 0.95,
) -> DriftInterval:
    """This will extend the straight line through calibration errors until its prediction band meets a
    limit.

    Definition: the first time after the last calibration at which the two-sided prediction interval of one
    further result at `coverage` no longer lies within [lower, upper] (ILAC-G24:2022, control by drift; JCGM
    100:2008, H.3 for the line). At least three calibrations. Raises UnusableReadings when the band already
    reaches a limit at the last calibration, or never does within a hundred times the record.

    >>> drift = interval_drift([0, 12, 24, 36], [0.0, 1.1, 1.9, 3.0], upper=6.0)
    >>> round(drift.time_from_last, 1), round(drift.drift, 4)
    (27.0, 0.0817)
    """
    t, e = as_columns(times=times, errors=errors)
    as_probability(coverage, name="coverage")
    limits = _limits(lower, upper)
    if limits == (-math.inf, math.inf):
        raise UnusableReadings("A lower or an upper limit is needed.")
    if t.size < 3:
        raise UnusableReadings(f"At least 3 calibrations are needed, {t.size} given.")
    last = float(t.max())
    fit = fit_line(t, e, origin=last)

    def margin(age: float) -> float:
        low, high = fit.band([last + age], coverage=coverage, of="reading")
        return min(limits[1] - float(high[0]), float(low[0]) - limits[0])

    if margin(0.0) <= 0:
        raise UnusableReadings("The prediction band already reaches a limit at the last calibration.")
    later = _first_crossing(margin, _LONGEST * float(np.ptp(t)))
    if later is None:
        raise UnusableReadings("The drift reaches no limit within a hundred times the length of the record.")
    return DriftInterval(
        time=last + later,
        time_from_last=later,
        drift=float(fit.parameters[1]),
        u_drift=float(fit.uncertainties[1]),
        dof=fit.dof,
        error_then=float(fit.value([last + later])[0]),
    )


def _order(degree: object, *, changes: int) -> int:
    order = as_count(degree, name="degree")
    if order > changes:
        raise UnusableReadings(f"A curve of degree {order} needs at least {order} changes, {changes} given.")
    return order


def _limits(lower: float | None, upper: float | None) -> tuple[float, float]:
    low = -math.inf if lower is None else as_number(lower, name="lower")
    high = math.inf if upper is None else as_number(upper, name="upper")
    if low >= high:
        raise UnusableReadings("The lower limit must lie below the upper one.")
    return low, high


def _reliability_factor(reliability: float, limits: tuple[float, float], dof: float) -> float:
    both = math.isfinite(limits[0]) and math.isfinite(limits[1])
    return t_quantile(0.5 * (1 + reliability) if both else reliability, dof)


def _first_crossing(margin: Callable[[float], float], longest: float) -> float | None:
    """The first age at which a margin falls to zero: 0 when it starts below, None when it never does.

    Scanned in steps growing by 2 % from a ten-thousandth of the range, then refined by bisection.
    """
    from scipy.optimize import brentq

    if margin(0.0) <= 0:
        return 0.0
    previous = 0.0
    for age in _ages(longest):
        if margin(age) <= 0:
            return float(brentq(margin, previous, age, xtol=1e-12 * longest, rtol=1e-14))
        previous = age
    return None


def _ages(longest: float) -> Sequence[float]:
    steps = np.geomspace(1e-4 * longest, longest, 466)
    return [float(v) for v in np.concatenate((np.linspace(0, steps[0], 11)[1:-1], steps))]


def _note(kind: str, found: float | None, longest: float) -> list[str]:
    if found is None:
        return [f"The {kind} target is met throughout the first {longest:g}: no interval can be assigned."]
    if found == 0:
        return [f"The {kind} target is not met even at the start: the interval is 0."]
    return []

"""Calibration curves as a request and an answer."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from quacan.metrology.exchange.fields import Answer, dispatched, flag, is_list, named
from quacan.metrology.exchange.refusals import RequestRefused
from quacan.metrology.fitting import (
    Fit,
    ResidualTest,
    chi_squared_test,
    fit_line_both_axes,
    fit_polynomial,
    lack_of_fit_test,
    runs_test,
)
from quacan.metrology.quantiles import coverage_factor
from quacan.metrology.readings import UnusableReadings, as_column, as_count, as_number, as_probability

_FIELDS = {
    "x": ("t_degC",),
    "y": ("b_degC",),
    "u_x": ("ux",),
    "u_y": ("uy",),
    "r_xy": (),
    "covariance_y": (),
    "degree": (),
    "powers": (),
    "origin": ("x0", "t0"),
    "rescale": (),
    "predict_at": (),
    "inverse_at": (),
    "u_inverse": (),
    "readings": (),
    "coverage": (),
    "alpha": (),
}
_OF_METHOD = {
    "ols": frozenset({"u_x", "u_y", "r_xy", "covariance_y", "rescale"}),
    "wls": frozenset({"u_x", "r_xy", "covariance_y"}),
    "gls": frozenset({"u_x", "r_xy", "u_y"}),
    "york": frozenset({"covariance_y", "degree", "powers"}),
}
_NEEDS = {"ols": (), "wls": ("u_y",), "gls": ("covariance_y",), "york": ("u_x", "u_y")}


def fit(request: Mapping[str, Any]) -> Answer:
    """This will fit a curve and predict in both directions, as a request asks.

    Methods: ols, wls (u_y), gls (covariance_y), york (u_x, u_y, r_xy), polynomial (any of the first three
    with a degree); without a method the uncertainties given decide. Raises RequestRefused with one
    sentence.
    """
    return dispatched(request, _METHODS, default="auto")


def _auto(request: Mapping[str, Any]) -> Answer:
    given = set(request)
    if given & {"u_x", "ux"}:
        return _fitted("york", request)
    if "covariance_y" in given:
        return _fitted("gls", request)
    return _fitted("wls" if given & {"u_y", "uy"} else "ols", request)


def _polynomial(request: Mapping[str, Any]) -> Answer:
    if "degree" not in request and "powers" not in request:
        raise RequestRefused("A polynomial needs its degree, or its powers.")
    if set(request) & {"u_x", "ux"}:
        raise RequestRefused("A polynomial takes uncertainties of y only; both axes are for a straight line.")
    return _auto(request)


def _fitted(method: str, request: Mapping[str, Any]) -> Answer:
    given = named(request, _FIELDS, needed=("x", "y", *_NEEDS[method]))
    foreign = [key for key in given if key in _OF_METHOD[method]]
    if foreign:
        raise RequestRefused(f"'{foreign[0]}' does not belong to the method {method}.")
    options: dict[str, Any] = {
        key: given[key] for key in ("u_x", "u_y", "r_xy", "covariance_y") if key in given
    }
    options["origin"] = as_number(given.get("origin", 0.0), name="origin")
    if "rescale" in given:
        options["rescale"] = flag(given["rescale"], name="rescale")
    if method == "york":
        curve = fit_line_both_axes(given["x"], given["y"], **_spread_out(options, given["x"]))
    else:
        curve = fit_polynomial(given["x"], given["y"], **_shape(given), **_spread_out(options, given["x"]))
    coverage = as_probability(given.get("coverage", 0.95), name="coverage")
    alpha = as_probability(given.get("alpha", 0.05), name="alpha")
    answer = _description(curve) | {"tests": _tests(curve, alpha)}
    if "predict_at" in given:
        answer["predictions"] = _predictions(curve, given["predict_at"], coverage)
    if "inverse_at" in given:
        answer["inverse"] = _inverses(curve, given, coverage)
    return answer


def _shape(given: Mapping[str, Any]) -> dict[str, Any]:
    if "powers" in given:
        if not is_list(given["powers"]) or "degree" in given:
            raise RequestRefused("Give the degree, or the powers as a list, not both.")
        return {"powers": tuple(as_count(p, name="powers", at_least=0) for p in given["powers"])}
    return {"degree": as_count(given.get("degree", 1), name="degree", at_least=0)}


def _spread_out(options: Mapping[str, Any], x: Any) -> dict[str, Any]:
    """One number for all points stands for a list of equal ones."""
    size = len(x) if is_list(x) else 1
    return {
        key: [value] * size if key in ("u_x", "u_y") and not is_list(value) else value
        for key, value in options.items()
    }


def _description(curve: Fit) -> Answer:
    u = curve.uncertainties
    answer: Answer = {
        "fit": curve.method,
        "origin": curve.origin,
        "powers": curve.powers,
        "parameters": curve.parameters,
        "u": u,
        "covariance": curve.covariance,
        "correlation": curve.correlation,
        "s": curve.s,
        "dof": curve.dof,
        "residual_dof": curve.residual_dof,
        "chi_squared": curve.chi_squared,
        "x_mean": float(curve.x.mean()),
        "residuals": curve.residuals,
        "normalised_residuals": curve.normalised,
    }
    if curve.powers == (0, 1):
        names = ("intercept", "slope", "u_intercept", "u_slope", "r")
        values = (*curve.parameters, *u, curve.correlation[0, 1])
        answer |= dict(zip(names, (float(v) for v in values), strict=True))
    return answer


def _predictions(curve: Fit, points: Any, coverage: float) -> list[Answer]:
    x = as_column(points if is_list(points) else [points], name="predict_at")
    predicted, k = curve.predict(x), coverage_factor(coverage, curve.dof)
    low, high = curve.band(x, coverage=coverage)
    rows: list[Answer] = []
    for i in range(x.size):
        row: Answer = {
            "x": x[i],
            "value": predicted.value[i],
            "u": predicted.u[i],
            "dof": predicted.dof,
            "k": k,
            "U": k * predicted.u[i],
            "interval": [low[i], high[i]],
        }
        if predicted.u_reading is not None:
            half = k * predicted.u_reading[i]
            row |= {
                "u_reading": predicted.u_reading[i],
                "reading_interval": [predicted.value[i] - half, predicted.value[i] + half],
            }
        rows.append(row)
    return rows


def _inverses(curve: Fit, given: Mapping[str, Any], coverage: float) -> list[Answer]:
    wanted = given["inverse_at"]
    readings = as_count(given.get("readings", 1), name="readings")
    rows: list[Answer] = []
    for y in wanted if is_list(wanted) else [wanted]:
        found = curve.inverse(y, u_y=given.get("u_inverse"), readings=readings)
        k = coverage_factor(coverage, found.dof)
        rows.append(
            {
                "y": as_number(y, name="inverse_at"),
                "x": found.x,
                "u": found.u,
                "u_curve": found.u_curve,
                "u_reading": found.u_reading,
                "dof": found.dof,
                "k": k,
                "U": k * found.u,
            }
        )
    return rows


def _tests(curve: Fit, alpha: float) -> Answer:
    """Every test of the residuals, with the reason where one is not possible."""
    tests: dict[str, Callable[..., ResidualTest]] = {
        "chi_squared": chi_squared_test,
        "lack_of_fit": lack_of_fit_test,
        "runs": runs_test,
    }
    answer: Answer = {}
    for name, test in tests.items():
        try:
            result = test(curve, alpha=alpha)
        except UnusableReadings as reason:
            answer[name] = {"notes": str(reason)}
        else:
            answer[name] = {
                "statistic": result.statistic,
                "critical": result.critical,
                "p_value": result.p_value,
                "accepted": result.accepted,
            }
    answer["largest_normalised_residual"] = float(np.max(np.abs(curve.normalised)))
    return answer


_METHODS: dict[str, Callable[[Mapping[str, Any]], Answer]] = {
    "auto": _auto,
    "ols": lambda request: _fitted("ols", request),
    "wls": lambda request: _fitted("wls", request),
    "gls": lambda request: _fitted("gls", request),
    "york": lambda request: _fitted("york", request),
    "polynomial": _polynomial,
}

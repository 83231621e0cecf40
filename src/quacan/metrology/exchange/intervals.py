"""Calibration intervals as a request and an answer."""

from collections.abc import Mapping
from typing import Any

from quacan.metrology.exchange.fields import Answer, dispatched, is_list, named, rows
from quacan.metrology.exchange.refusals import RequestRefused
from quacan.metrology.intervals import (
    interval_a3,
    interval_drift,
    interval_s2,
    interval_staircase,
    interval_variables,
    records_to_counts,
)

_A3 = {
    "in_tolerance": ("in_tol", "intol"),
    "n": (),
    "passed": (),
    "interval": ("I0", "I0_days"),
    "target": ("R_target", "R", "reliability"),
    "confidence": ("conf",),
    "largest_change": ("max_change",),
    "shortest": (),
    "longest": (),
}
_S2 = {
    "times": ("t", "t_days", "days", "intervals", "ages"),
    "in_tolerance": ("in_tol", "intol"),
    "n": (),
    "passed": (),
    "target": ("R_target", "R", "reliability"),
    "coverage": ("conf",),
}
_VARIABLES = {
    "times": ("t", "t_days", "days", "dt", "dt_days"),
    "changes": ("deltas", "dy"),
    "u0": (),
    "value": ("y0",),
    "degree": ("m",),
    "lower": (),
    "upper": (),
    "limits": ("rlimits",),
    "reliability": ("rconf",),
    "u_target": ("utarget",),
}
_DRIFT = {
    "times": ("t", "t_days"),
    "errors": ("y", "values"),
    "lower": (),
    "upper": (),
    "limits": (),
    "coverage": ("conf",),
}
_STAIRCASE = {
    "interval": ("I0", "I0_days"),
    "error": (),
    "limit": ("mpe",),
    "u": ("U",),
    "extend_below": (),
    "extend_by": (),
    "shorten_by": (),
    "shortest": (),
    "longest": (),
}


def intervals(request: Mapping[str, Any]) -> Answer:
    """This will recommend a calibration interval by the method a request names.

    Methods: a3, s2 (NCSLI RP-1), variables (NASA-HDBK-8739.19-5, 7), drift, staircase (ILAC-G24). Fields
    are those of the functions in :mod:`quacan.metrology.intervals`. Raises RequestRefused with one
    sentence.
    """
    return dispatched(request, _METHODS)


def _a3(request: Mapping[str, Any]) -> Answer:
    given = named(request, _A3, needed=("interval", "target"))
    if "passed" in given:
        passed = given.pop("passed")
        if "in_tolerance" in given or not is_list(passed) or not all(isinstance(p, bool) for p in passed):
            raise RequestRefused("Give counts (in_tolerance, n) or passed as a list of true and false.")
        given |= {"in_tolerance": sum(passed), "n": len(passed)}
    if "in_tolerance" not in given or "n" not in given:
        raise RequestRefused("The counts are missing: give in_tolerance and n, or passed.")
    several = [len(value) for value in given.values() if is_list(value)]
    if not several:
        return _one_a3(given)
    if len(set(several)) > 1:
        raise RequestRefused("Lists of several instruments must have the same length.")
    columns = {key: value if is_list(value) else [value] * several[0] for key, value in given.items()}
    answers = [_one_a3({key: column[i] for key, column in columns.items()}) for i in range(several[0])]
    return {key: [answer[key] for answer in answers] for key in (answers[0] if answers else {})}


def _one_a3(given: Mapping[str, Any]) -> Answer:
    result = interval_a3(**given)
    return {
        "interval": result.interval,
        "Q": result.q,
        "R_observed": result.observed,
        "R_low": result.low,
        "R_high": result.high,
        "factor": result.factor,
        "changed": result.changed,
    }


def _s2(request: Mapping[str, Any]) -> Answer:
    given = named(request, _S2, needed=("times", "target"))
    if "passed" in given:
        if "in_tolerance" in given or "n" in given:
            raise RequestRefused("Give counts (in_tolerance, n) or passed, not both.")
        passed = rows(given.pop("passed"), name="passed")
        given["times"], given["in_tolerance"], given["n"] = records_to_counts(given["times"], passed)
    if "in_tolerance" not in given or "n" not in given:
        raise RequestRefused("The counts are missing: give in_tolerance and n, or passed.")
    result = interval_s2(given.pop("times"), given.pop("in_tolerance"), given.pop("n"), **given)
    return {
        "interval": result.interval,
        "interval_low": result.low,
        "interval_high": result.high,
        "rate": result.rate,
        "u_rate": result.u_rate,
        "chi_squared": result.chi_squared,
        "dof": result.dof,
        "p_value": result.p_value,
    }


def _variables(request: Mapping[str, Any]) -> Answer:
    given = _with_limits(named(request, _VARIABLES, needed=("times", "changes", "u0")))
    result = interval_variables(given.pop("times"), given.pop("changes"), **given)
    found = [v for v in (result.reliability_interval, result.uncertainty_interval) if v is not None]
    return {
        "interval": min(found) if found else None,
        "reliability_interval": result.reliability_interval,
        "value_at_reliability_interval": result.value_at_reliability_interval,
        "uncertainty_interval": result.uncertainty_interval,
        "value_at_uncertainty_interval": result.value_at_uncertainty_interval,
        "coefficients": result.coefficients,
        "covariance": result.covariance,
        "s": result.s,
        "dof": result.dof,
        **({"notes": " ".join(result.notes)} if result.notes else {}),
    }


def _drift(request: Mapping[str, Any]) -> Answer:
    given = _with_limits(named(request, _DRIFT, needed=("times", "errors")))
    result = interval_drift(given.pop("times"), given.pop("errors"), **given)
    return {
        "interval": result.time_from_last,
        "time": result.time,
        "drift": result.drift,
        "u_drift": result.u_drift,
        "dof": result.dof,
        "error_then": result.error_then,
    }


def _staircase(request: Mapping[str, Any]) -> Answer:
    result = interval_staircase(
        **named(request, _STAIRCASE, needed=("interval", "error", "limit", "extend_by", "shorten_by"))
    )
    return {"interval": result.interval, "advice": result.advice, "share_of_limit": result.share_of_limit}


def _with_limits(given: dict[str, Any]) -> dict[str, Any]:
    if "limits" not in given:
        return given
    pair = given.pop("limits")
    if "lower" in given or "upper" in given or not is_list(pair) or len(pair) != 2:
        raise RequestRefused("Give lower and upper, or limits as a pair [lower, upper] with null for none.")
    return given | {name: end for name, end in zip(("lower", "upper"), pair, strict=True) if end is not None}


_METHODS = {"a3": _a3, "s2": _s2, "variables": _variables, "drift": _drift, "staircase": _staircase}

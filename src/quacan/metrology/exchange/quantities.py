"""Reading the input quantities of a request."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from quacan.metrology.distributions import (
    Arcsine,
    CurvilinearTrapezoid,
    Distribution,
    DistributionRefused,
    Exponential,
    Gamma,
    Normal,
    Rectangular,
    StudentT,
    Trapezoidal,
    Triangular,
)
from quacan.metrology.exchange.refusals import RequestRefused
from quacan.metrology.inputs import (
    InputQuantity,
    InputRefused,
    dof_of_reliability,
    from_certificate,
    from_distribution,
    from_samples,
)

LEAST_NUMBER = 1e-120
GREATEST_NUMBER = 1e120

#: The fields each distribution needs besides ``distribution``.
SHAPES: Mapping[str, tuple[Callable[..., Distribution], tuple[str, ...]]] = {
    "normal": (Normal, ("value", "u")),
    "t": (StudentT, ("value", "u", "dof")),
    "rectangular": (Rectangular, ("value", "half_width")),
    "triangular": (Triangular, ("value", "half_width")),
    "arcsine": (Arcsine, ("value", "half_width")),
    "trapezoidal": (Trapezoidal, ("value", "half_width", "beta")),
    "curvilinear_trapezoid": (CurvilinearTrapezoid, ("value", "half_width", "spread")),
    "exponential": (Exponential, ("mean",)),
    "gamma": (Gamma, ("shape", "scale")),
}


def number_of(value: object, where: str) -> float:
    """This will read a finite number; anything else is refused by the field's name."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise RequestRefused(f"'{where}' must be a number.")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise RequestRefused(f"'{where}' must be a finite number.")
    if number != 0 and not LEAST_NUMBER < abs(number) < GREATEST_NUMBER:
        raise RequestRefused(
            f"'{where}' is too large or too small to compute with; write it in another unit."
        )
    return number


def quantity_of(name: str, given: object) -> InputQuantity:
    """This will read one input: value and u, readings, a distribution, or a certificate's U.

    A bare number is an exact constant. Raises RequestRefused naming the field.

    >>> quantity_of("m", {"value": 100, "u": 0.5, "dof": 9}).dof
    9.0
    >>> quantity_of("m", {"value": 100, "U": 1.0, "k": 2}).u
    0.5
    """
    where = f"inputs.{name}"
    if not isinstance(given, Mapping):
        return InputQuantity(number_of(given, where), 0.0)
    try:
        return _read(where, given)
    except (InputRefused, DistributionRefused) as refusal:
        raise RequestRefused(f"'{where}': {refusal}.") from None


def _read(where: str, given: Mapping[str, Any]) -> InputQuantity:
    if "samples" in given:
        _only(where, given, ("samples",))
        return _sampled(where, given["samples"])
    if "distribution" in given:
        return _distributed(where, given)
    if "U" in given:
        return _certified(where, given)
    if "relative_u" in given:
        _only(where, given, ("value", "relative_u", "dof", "reliability"))
        value = _needed(where, given, "value")
        fraction = _needed(where, given, "relative_u")
        if fraction < 0:
            raise RequestRefused(f"'{where}.relative_u' is a fraction of the value, not below zero.")
        return InputQuantity(value, abs(value) * fraction, _dof(where, given))
    _only(where, given, ("value", "u", "dof", "reliability"))
    return InputQuantity(_needed(where, given, "value"), _needed(where, given, "u"), _dof(where, given))


def _only(where: str, given: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
    for key in given:
        if key not in allowed:
            raise RequestRefused(f"'{where}.{key}' has no meaning here; the fields are {', '.join(allowed)}.")


def _needed(where: str, given: Mapping[str, Any], key: str) -> float:
    if given.get(key) is None:
        remedy = "; write 0 for an exactly known value" if key == "u" else ""
        raise RequestRefused(f"'{where}.{key}' is missing{remedy}.")
    return number_of(given[key], f"{where}.{key}")


def _dof(where: str, given: Mapping[str, Any]) -> float:
    dof, reliability = given.get("dof"), given.get("reliability")
    if dof is not None and reliability is not None:
        raise RequestRefused(f"'{where}' has both 'dof' and 'reliability'; give one of them.")
    if reliability is not None:
        return dof_of_reliability(number_of(reliability, f"{where}.reliability"))
    return math.inf if dof is None or dof == math.inf else number_of(dof, f"{where}.dof")


def _sampled(where: str, samples: object) -> InputQuantity:
    if not isinstance(samples, list | tuple):
        raise RequestRefused(f"'{where}.samples' must be a list of readings.")
    return from_samples([number_of(x, f"{where}.samples[{i}]") for i, x in enumerate(samples)])


def _certified(where: str, given: Mapping[str, Any]) -> InputQuantity:
    _only(where, given, ("value", "U", "k", "coverage", "dof", "reliability"))
    stated = {
        key: number_of(given[key], f"{where}.{key}")
        for key in ("k", "coverage")
        if given.get(key) is not None
    }
    return from_certificate(
        _needed(where, given, "value"), _needed(where, given, "U"), dof=_dof(where, given), **stated
    )


def _distributed(where: str, given: Mapping[str, Any]) -> InputQuantity:
    kind = given["distribution"]
    if not isinstance(kind, str) or kind not in SHAPES:
        raise RequestRefused(f"'{where}.distribution' must be one of {', '.join(SHAPES)}.")
    made, fields = SHAPES[kind]
    further = ("value", "mean", "scale") if kind == "exponential" else ("value",) if kind == "gamma" else ()
    _only(where, given, ("distribution", *dict.fromkeys((*fields, *further)), "dof", "reliability"))
    if kind == "exponential":
        return from_distribution(made(_mean(where, given)), dof=_dof(where, given))
    distribution = made(*(_needed(where, given, field) for field in fields))
    if kind == "gamma":
        _check_mean(where, given, distribution.value)
    dof = math.inf if kind == "t" and given.get("reliability") is None else _dof(where, given)
    return from_distribution(distribution, dof=dof)


def _mean(where: str, given: Mapping[str, Any]) -> float:
    stated = {
        key: number_of(given[key], f"{where}.{key}") for key in ("mean", "value", "scale") if key in given
    }
    if len(set(stated.values())) != 1:
        raise RequestRefused(f"'{where}' needs one 'mean', which is also its value and its scale.")
    return next(iter(stated.values()))


def _check_mean(where: str, given: Mapping[str, Any], mean: float) -> None:
    if given.get("value") is None:
        return
    if not math.isclose(number_of(given["value"], f"{where}.value"), mean, rel_tol=1e-9):
        raise RequestRefused(f"'{where}.value' differs from shape × scale; leave it out or correct it.")

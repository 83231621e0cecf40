"""`quacan evaluate`: one measurement from a request to an answer, both plain dictionaries."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from quacan.metrology.correlations import CorrelationRefused, Correlations, correlate
from quacan.metrology.distributions import StudentT
from quacan.metrology.engine_version import ENGINE_VERSION
from quacan.metrology.exchange.answers import (
    budget_answers,
    framework_answer,
    monte_carlo_answer,
    second_order_answer,
)
from quacan.metrology.exchange.fields import plain
from quacan.metrology.exchange.quantities import number_of, quantity_of
from quacan.metrology.exchange.refusals import RequestRefused
from quacan.metrology.expressions import ExpressionRefused
from quacan.metrology.inputs import InputQuantity
from quacan.metrology.model import FormulaModel, MeasurementModel, ModelRefused, implicit_model
from quacan.metrology.montecarlo import (
    MonteCarlo,
    MonteCarloRefused,
    MonteCarloSettings,
    gaussian_regions,
    monte_carlo,
    validate,
)
from quacan.metrology.propagation import (
    Coverage,
    CoverageRefused,
    Propagation,
    PropagationRefused,
    propagate,
    propagate_second_order,
    second_order,
)

FIELDS = (
    "model",
    "solve",
    "inputs",
    "groups",
    "correlations",
    "method",
    "coverage",
    "k",
    "digits",
    "seed",
    "draws",
    "plain",
)
METHODS = ("gum", "gum2", "mc", "validate")
MOST_DRAWS = 10**9
#: A second-order part of u² above this share is worth a note.
NOTABLE_SECOND_ORDER = 0.05
MOST_INPUTS_FOR_SECOND_ORDER = 40
#: Monte Carlo is run to δ/5 (JCGM 101:2008, 8.2), so that another seed rarely prints another digit.
TIGHTENING = 5.0


@dataclass(frozen=True, slots=True)
class _Question:
    """A request whose every field has been read."""

    model: MeasurementModel
    inputs: Mapping[str, InputQuantity]
    correlations: Correlations
    method: str
    coverage: Coverage
    digits: int
    settings: MonteCarloSettings
    notes: tuple[str, ...]


def evaluate(request: object) -> dict[str, Any]:
    """This will evaluate one measurement by the GUM framework, Monte Carlo, or both.

    The request holds ``model``, ``inputs`` and options, the answer ``outputs``, ``order``, ``covariance``,
    ``correlation``, ``budget``, ``notes`` and what the method adds; quantities that are not valid are ``None`` and
    a note says why. ``solve`` (unknown → start) makes the model's formulas relations equal to zero. Raises
    :class:`RequestRefused` with one sentence naming the field.

    >>> answer = evaluate({"model": "a - b", "inputs": {"a": {"value": 3, "u": 0.4}, "b": {"value": 1, "u": 0.3}}})
    >>> answer["outputs"]["y"]["text"]
    '2.00 ± 0.98'
    >>> evaluate({"model": "a", "inputs": {"a": {"value": 3}}})
    Traceback (most recent call last):
    quacan.metrology.exchange.refusals.RequestRefused: 'inputs.a.u' is missing; write 0 for an exactly known value.
    """
    try:
        question = _question(request)
        with np.errstate(over="raise", divide="raise", invalid="raise"):
            answer = _ANSWERS[question.method](question)
    except (ExpressionRefused, ModelRefused) as refusal:
        raise RequestRefused(f"'model': {refusal}.") from None
    except (PropagationRefused, MonteCarloRefused) as refusal:
        raise RequestRefused(f"{refusal}.") from None
    except (ArithmeticError, np.linalg.LinAlgError):
        raise RequestRefused(
            "The numbers are too large, too small or too nearly equal to compute with."
        ) from None
    answer["notes"] = [*question.notes, *answer["notes"]]
    cleaned: dict[str, Any] = plain(answer)
    return cleaned


def _question(request: object) -> _Question:
    if not isinstance(request, Mapping):
        raise RequestRefused("A request must be an object with named fields.")
    for key in request:
        if key not in FIELDS:
            raise RequestRefused(f"Unknown field '{key}': use {', '.join(FIELDS)}.")
    given = {key: value for key, value in request.items() if value is not None}
    method = given.get("method", "gum")
    if not isinstance(method, str) or method not in METHODS:
        raise RequestRefused(f"'method' must be one of {', '.join(METHODS)}.")
    inputs = _inputs(given.get("inputs"))
    correlations = _correlations(given, inputs)
    model = _model(given, list(inputs))
    coverage, settings = _coverage(given), _settings(given)
    return _Question(
        model, inputs, correlations, method, coverage, settings.digits, settings, _unused(model, inputs)
    )


def _unused(model: MeasurementModel, inputs: Mapping[str, InputQuantity]) -> tuple[str, ...]:
    formulas = model.expressions.values() if isinstance(model, FormulaModel) else ()
    used = {name for formula in formulas for name in formula.names} if formulas else set(inputs)
    return tuple(f"Input {name} does not appear in the model" for name in inputs if name not in used)


def _inputs(given: object) -> dict[str, InputQuantity]:
    if not isinstance(given, Mapping):
        raise RequestRefused("'inputs' must be an object: a name and a quantity for each input.")
    return {str(name): quantity_of(str(name), quantity) for name, quantity in given.items()}


def _model(given: Mapping[str, Any], names: Sequence[str]) -> MeasurementModel:
    source = given.get("model")
    if isinstance(source, str):
        source = {"y": source}
    if not isinstance(source, Mapping) or not source:
        raise RequestRefused("'model' must be a formula, or an object with a formula for each output.")
    formulas = {}
    for name, text in source.items():
        if not isinstance(text, str):
            raise RequestRefused(f"'model.{name}' must be a formula in text.")
        formulas[str(name)] = text
    if "solve" not in given:
        return FormulaModel(formulas, names)
    solve = given["solve"]
    if not isinstance(solve, Mapping) or not solve:
        raise RequestRefused("'solve' must be an object: a start for each unknown.")
    starts = {str(name): number_of(start, f"solve.{name}") for name, start in solve.items()}
    return implicit_model(list(formulas.values()), starts)


def _correlations(given: Mapping[str, Any], inputs: Mapping[str, InputQuantity]) -> Correlations:
    groups = [_names(group, inputs, f"groups[{i}]") for i, group in enumerate(_list(given, "groups"))]
    for i, group in enumerate(groups):
        for name in group:
            shape = inputs[name].distribution
            if shape is not None and not isinstance(shape, StudentT):
                raise RequestRefused(
                    f"'groups[{i}]' holds {name!r}, which has a distribution; inputs sampled together have samples, "
                    "or value, u and dof."
                )
    pairs = [_pair(pair, inputs, f"correlations[{i}]") for i, pair in enumerate(_list(given, "correlations"))]
    try:
        return correlate(pairs, groups=groups, inputs=inputs)
    except CorrelationRefused as refusal:
        raise RequestRefused(f"'correlations' or 'groups': {refusal}.") from None


def _list(given: Mapping[str, Any], key: str) -> list[Any]:
    value = given.get(key, [])
    if not isinstance(value, list | tuple):
        raise RequestRefused(f"'{key}' must be a list.")
    return list(value)


def _names(group: object, inputs: Mapping[str, InputQuantity], where: str) -> list[str]:
    if not isinstance(group, list | tuple) or not group:
        raise RequestRefused(f"'{where}' must be a list of input names.")
    for name in group:
        if not isinstance(name, str) or name not in inputs:
            raise RequestRefused(f"'{where}' names {name!r}, which is not among the inputs.")
    return list(group)


def _pair(pair: object, inputs: Mapping[str, InputQuantity], where: str) -> tuple[str, str, float]:
    if not isinstance(pair, list | tuple) or len(pair) != 3:
        raise RequestRefused(f"'{where}' must be a list of two input names and a coefficient.")
    a, b = _names(pair[:2], inputs, where)
    return a, b, number_of(pair[2], where)


def _coverage(given: Mapping[str, Any]) -> Coverage:
    try:
        probability = number_of(given.get("coverage", 0.95), "coverage")
        return Coverage(probability, None if "k" not in given else number_of(given["k"], "k"))
    except CoverageRefused as refusal:
        raise RequestRefused(f"'coverage' or 'k': {refusal}.") from None


def _settings(given: Mapping[str, Any]) -> MonteCarloSettings:
    plainly = given.get("plain", False)
    if not isinstance(plainly, bool):
        raise RequestRefused("'plain' must be true or false.")
    try:
        return MonteCarloSettings(
            coverage=number_of(given.get("coverage", 0.95), "coverage"),
            seed=_whole(given.get("seed", 1), "seed", 0, 2**63),
            draws=_whole(given["draws"], "draws", 1, MOST_DRAWS) if "draws" in given else None,
            digits=_whole(given.get("digits", 2), "digits", 1, 4),
            tightening=TIGHTENING,
            plain=plainly,
        )
    except MonteCarloRefused as refusal:
        raise RequestRefused(f"{refusal}.") from None


def _whole(value: object, where: str, least: int, most: int) -> int:
    number = number_of(value, where)
    if number != int(number) or not least <= number <= most:
        raise RequestRefused(f"'{where}' must be a whole number from {least} to {most}.")
    return int(value) if isinstance(value, int) else int(number)


def _engine(what: str) -> str:
    return f"quacan.metrology {ENGINE_VERSION}; {what}"


def _gum(question: _Question) -> dict[str, Any]:
    result = propagate(
        question.model, question.inputs, correlations=question.correlations, coverage=question.coverage
    )
    answer = _framework(question, result, "GUM, first order")
    answer["notes"] += _curvature_notes(question)
    return answer


def _framework(question: _Question, result: Propagation, engine: str) -> dict[str, Any]:
    answer = framework_answer(result, digits=question.digits)
    if len(result.outputs) > 1:
        answer["regions"] = _gaussian_regions(question, result, answer["notes"])
    return {**answer, "draws": None, "engine": _engine(engine)}


def _gaussian_regions(question: _Question, result: Propagation, notes: list[str]) -> dict[str, float] | None:
    if any(output.dof != math.inf for output in result.outputs.values()):
        notes.append("Coverage regions need infinite degrees of freedom here; use Monte Carlo")
        return None
    rank = int(np.linalg.matrix_rank(np.nan_to_num(result.correlation), hermitian=True, tol=1e-12))
    if rank == 0:
        return None
    regions = gaussian_regions(len(result.outputs), question.coverage.probability, rank=rank)
    return {"k_p": regions.k_p, "k_q": regions.k_q}


def _curvature_notes(question: _Question) -> list[str]:
    if len(question.inputs) > MOST_INPUTS_FOR_SECOND_ORDER:
        return []
    try:
        found = second_order(question.model, question.inputs, correlations=question.correlations)
    except PropagationRefused as refusal:
        return [f"Second-order terms could not be judged: {refusal}"]
    return [
        f"Second-order terms are {100 * added.share:.2g} % of the variance of {name}; use gum2 or Monte Carlo"
        for name, added in found.items()
        if added.share is not None and abs(added.share) > NOTABLE_SECOND_ORDER
    ]


def _gum2(question: _Question) -> dict[str, Any]:
    result, added = propagate_second_order(
        question.model, question.inputs, correlations=question.correlations, coverage=question.coverage
    )
    answer = _framework(question, result, "GUM, first and second order")
    return {**answer, "second_order": second_order_answer(added)}


def _mc(question: _Question) -> dict[str, Any]:
    drawn = monte_carlo(
        question.model, question.inputs, correlations=question.correlations, settings=question.settings
    )
    answer = monte_carlo_answer(drawn, digits=question.digits)
    answer["budget"] = _linear_budget(question, answer["notes"])
    return {**answer, **_drawn_by(drawn)}


def _drawn_by(drawn: MonteCarlo) -> dict[str, Any]:
    return {"draws": drawn.draws, "seed": drawn.seed, "engine": _engine(f"Monte Carlo, {drawn.generator}")}


def _linear_budget(question: _Question, notes: list[str]) -> dict[str, Any] | None:
    try:
        linear = propagate(question.model, question.inputs, correlations=question.correlations)
    except PropagationRefused as refusal:
        notes.append(f"There is no first-order budget: {refusal}")
        return None
    notes.append("The budget is that of the first-order framework; Monte Carlo itself has none")
    return budget_answers(linear)


def _validate(question: _Question) -> dict[str, Any]:
    result = validate(
        question.model, question.inputs, correlations=question.correlations, settings=question.settings
    )
    answer = _framework(question, result.framework, "")
    drawn = monte_carlo_answer(result.monte_carlo, digits=question.digits)
    answer["notes"] += [note for note in drawn["notes"] if note not in answer["notes"]]
    answer["monte_carlo"] = {
        **{key: drawn[key] for key in ("outputs", "covariance", "correlation")},
        **({"regions": drawn["regions"]} if "regions" in drawn else {}),
    }
    answer["comparison"] = {
        name: {"d_low": c.d_low, "d_high": c.d_high, "tolerance": c.tolerance}
        for name, c in result.comparisons.items()
    }
    answer["validated"] = {name: c.validated for name, c in result.comparisons.items()}
    return {**answer, **_drawn_by(result.monte_carlo)}


_ANSWERS = {"gum": _gum, "gum2": _gum2, "mc": _mc, "validate": _validate}

__all__ = ["evaluate"]

"""From an evaluated sheet to the inputs of the uncertainty engine, by the procedure's declared model.

The model names its inputs; this room finds each estimate and its standard uncertainty among the readings, the
characteristics and the certificates of the standards, and hands them on. The budget itself is the engine's.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quacan.metrology.expressions import Expression, ExpressionRefused, evaluate_decimal
from quacan.metrology.inputs import InputQuantity, from_certificate, from_half_width
from quacan.metrology.model import MeasurementModel, measurement_model
from quacan.metrology.procedure.definition import Procedure, Text, UncertaintyInput, UncertaintyModel
from quacan.metrology.procedure.results import RowResult, SheetResult
from quacan.metrology.procedure.series import experimental_deviation, mean
from quacan.metrology.propagation import Coverage, Propagation, propagate
from quacan.metrology.units import UnitRefused, convert, convert_difference, convertible

NINETY_FIVE = Coverage()


class BudgetRefused(LookupError):
    """A budget that cannot be made; `sentence` names what is missing, in two languages."""

    def __init__(self, vi: str, en: str) -> None:
        self.sentence = Text(vi=vi, en=en)
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class StandardUncertainty:
    """What the certificate of a standard states at the point of use: U in its unit, k, and ν if stated.

    `drift` is the half-width by which the standard may have changed since then, in the same unit.
    """

    U: Decimal
    unit: str
    k: Decimal
    dof: float = math.inf
    drift: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class StandardPlace:
    """Where on the scale of a standard a budget needs it: `at` in `unit`, None for the standard as a whole."""

    need: str
    label: Text
    at: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class ModelInputs:
    """A measurement model with its inputs, ready for propagation or Monte Carlo."""

    model: MeasurementModel
    inputs: Mapping[str, InputQuantity]


def budget_rows(procedure: Procedure, *, model: int, result: SheetResult) -> tuple[RowResult, ...]:
    """This will give the row at which a declared model is evaluated for each point: its summary, or the row itself.

    Empty where the step of the model is not done at this event.
    """
    declared = procedure.uncertainty[model]
    found: dict[str, RowResult] = {}
    for row in (row for step in result.steps if step.key == declared.step for row in step.rows):
        if row.point not in found or row.kind == "summary":
            found[row.point] = row
    return tuple(found.values())


def standard_places(
    procedure: Procedure, *, model: int, result: SheetResult, row: RowResult
) -> tuple[StandardPlace, ...]:
    """This will say at which value each standard of a model serves at a row.

    A need for one single value (its range begins where it ends) answers there; else the nominal value of the row, where
    it is of the kind the standard's uncertainty is stated in; else the standard answers as a whole.
    """
    fitted = procedure.in_unit(result.unit)
    declared = fitted.uncertainty[model]
    needs = {need.key: need for need in fitted.standards}
    found = []
    for each in declared.inputs:
        if each.origin != "standard" or (each.absent_at_zero and row.nominal == 0):
            continue
        need, at = needs[each.of], None
        single = need.range_from is not None and need.range_to is not None
        if single and need.range_from.text == need.range_to.text:  # type: ignore[union-attr]
            at = _converted(_computable(need.range_from, result.numbers), need.unit, each.unit)
        if at is None:
            at = _converted(row.nominal, row.unit, each.unit)
        found.append(StandardPlace(each.of, each.label, at, each.unit))
    return tuple(found)


def _converted(value: Decimal | None, source: str, target: str) -> Decimal | None:
    if value is None or not convertible(source, target):
        return None
    return convert(value, source=source, target=target)


def _computable(expression: Expression | None, values: Mapping[str, Decimal]) -> Decimal | None:
    if expression is None:
        return None
    try:
        return _evaluate(expression, values)
    except BudgetRefused:
        return None


def budget(
    procedure: Procedure,
    *,
    model: int = 0,
    result: SheetResult,
    point: str,
    standards: Mapping[str, StandardUncertainty],
    coverage: Coverage = NINETY_FIVE,
) -> Propagation:
    """This will give the uncertainty budget of one point of an evaluated sheet (JCGM 100, first order).

    `model` counts the models the procedure declares; raises `BudgetRefused`.
    """
    ready = model_inputs(procedure, model=model, result=result, point=point, standards=standards)
    return propagate(ready.model, ready.inputs, coverage=coverage)


def model_inputs(
    procedure: Procedure,
    *,
    model: int = 0,
    result: SheetResult,
    point: str,
    standards: Mapping[str, StandardUncertainty],
) -> ModelInputs:
    """This will find every input of a declared model at a point; raises `BudgetRefused` for a missing one."""
    declared = procedure.in_unit(result.unit).uncertainty[model]
    values = {**result.numbers, **_values_at(result, declared.step, point)}
    found = {
        each.key: _input(each, declared, result, point, values, standards)
        for each in declared.inputs
        if each.key in declared.expression.names
    }
    for name in declared.expression.names - set(found):
        found[name] = InputQuantity(float(_value(values, name)), 0.0)
    return ModelInputs(measurement_model(declared.expression.text), found)


def _input(
    each: UncertaintyInput,
    declared: UncertaintyModel,
    result: SheetResult,
    point: str,
    values: Mapping[str, Decimal],
    standards: Mapping[str, StandardUncertainty],
) -> InputQuantity:
    if each.origin in ("series", "repeatability"):
        return _type_a(each, _repeats(result, each.from_step or declared.step, point))
    if each.origin == "reading":
        return InputQuantity(float(_value(values, each.of)), 0.0)
    estimate = Decimal(0) if each.value is None else _evaluate(each.value, values)
    if each.origin == "standard" and each.absent_at_zero and values.get("nominal") == 0:
        return InputQuantity(float(estimate), 0.0)
    if each.origin == "standard":
        return _of_standard(each, estimate, standards.get(each.of))
    half_width = Decimal(0) if each.half_width is None else _evaluate(each.half_width, values)
    return from_half_width(float(estimate), float(half_width), shape=each.distribution)


def _repeats(result: SheetResult, step: str, point: str) -> list[RowResult]:
    """The repeats at a point; a computed row without a point of its own draws on the one point there is."""
    rows = [row for each in result.steps if each.key == step for row in each.rows if row.kind == "repeat"]
    points = {row.point for row in rows}
    wanted = points.pop() if not point and len(points) == 1 else point
    return [row for row in rows if row.point == wanted]


def _type_a(each: UncertaintyInput, repeats: Sequence[RowResult]) -> InputQuantity:
    column = [row.values[each.of] for row in repeats if each.of in row.values]
    if len(column) < 2 or len(column) != len(repeats):
        raise BudgetRefused(
            f"Chưa đủ các lần đo lặp của «{each.label.vi}».", f"Repeats of {each.label.en} are missing."
        )
    u = float(experimental_deviation(column)) / math.sqrt(len(column))
    estimate = mean(column) if each.origin == "series" else Decimal(0)
    return InputQuantity(float(estimate), u, len(column) - 1.0)


def _of_standard(
    each: UncertaintyInput, estimate: Decimal, given: StandardUncertainty | None
) -> InputQuantity:
    if given is None:
        raise BudgetRefused(
            f"Chưa chọn chuẩn cho «{each.label.vi}».", f"No standard has been chosen for {each.label.en}."
        )
    try:
        U = convert_difference(given.U, source=given.unit, target=each.unit)
        drift = convert_difference(given.drift, source=given.unit, target=each.unit)
    except UnitRefused as refused:
        raise BudgetRefused(
            f"Đơn vị {given.unit} của chuẩn «{each.label.vi}» không đổi được sang {each.unit}.", str(refused)
        ) from refused
    stated = from_certificate(float(estimate), float(U), k=float(given.k), dof=given.dof)
    if drift == 0:
        return stated
    u = math.hypot(stated.u, from_half_width(0.0, float(drift)).u)
    dof = given.dof if math.isinf(given.dof) else given.dof * (u / stated.u) ** 4
    return InputQuantity(float(estimate), u, dof)


def _values_at(result: SheetResult, step: str, point: str) -> dict[str, Decimal]:
    """The values of a point: of its row, or of its summary with the means of its repeats."""
    rows = _rows(result, step, point)
    found: dict[str, Decimal] = {}
    for name in _common(row.values for row in rows if row.kind != "summary"):
        column = [row.values[name] for row in rows if name in row.values]
        found[name] = column[0] if len(column) == 1 else mean(column)
    for row in rows:
        if row.kind == "summary":
            found |= row.values
    return found


def _common(each: Iterable[Mapping[str, Decimal]]) -> set[str]:
    names = [set(values) for values in each]
    return set.intersection(*names) if names else set()


def _rows(result: SheetResult, step: str, point: str) -> list[RowResult]:
    rows = [row for each in result.steps if each.key == step for row in each.rows if row.point == point]
    if not rows:
        raise BudgetRefused(
            f"Phiếu không có điểm «{point}» ở bước «{step}».",
            f"The sheet has no point '{point}' in step '{step}'.",
        )
    return rows


def _value(values: Mapping[str, Decimal], name: str) -> Decimal:
    if name not in values:
        raise BudgetRefused(f"Chưa có giá trị «{name}».", f"The value '{name}' is missing.")
    return values[name]


def _evaluate(expression: Expression, values: Mapping[str, Decimal]) -> Decimal:
    for name in expression.names:
        _value(values, name)
    try:
        return evaluate_decimal(expression, values)
    except ExpressionRefused as refused:
        raise BudgetRefused(
            f"Không tính được «{expression.text}» từ các số này.", str(refused.sentence)
        ) from refused

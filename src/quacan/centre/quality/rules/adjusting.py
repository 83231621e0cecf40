"""Cells as they would have been typed had the true value of the standard been known, or why that cannot be said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from quacan.centre.quality.rules.values import (
    HUNDRED,
    PERCENT,
    By,
    Deviation,
    Realisation,
    Realisations,
    Typed,
    Why,
)
from quacan.metrology.expressions import ExpressionRefused, evaluate_decimal
from quacan.metrology.procedure import Prepared, RowResult, SheetResult
from quacan.metrology.procedure.definition import Step
from quacan.metrology.procedure.layout import LayoutRow
from quacan.metrology.quantities import LONGEST_NUMBER, NumberRefused, parse_number
from quacan.metrology.rounding import plain_text
from quacan.metrology.units import UnitRefused, convert_difference, unit_named

_CLOSE: Final = Decimal("1e-15")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A step that could not be adjusted, and why."""

    why: Why
    step: str


@dataclass(slots=True)
class Adjusted:
    """The cells to run with, and the steps that could not be adjusted."""

    cells: dict[str, str]
    troubles: list[Trouble] = field(default_factory=list)


class _NotAdjustable(Exception):
    def __init__(self, why: Why) -> None:
        self.why = why


def adjust(
    prepared: Prepared, typed: Typed, deviation: Deviation, known: Realisations, before: SheetResult
) -> Adjusted:
    """This will make the cells to run with, beside those typed, and name the steps that cannot be adjusted."""
    made = Adjusted(dict(typed.cells))
    covered: set[str] = set()
    for need in prepared.shown.standards:
        if need.key not in typed.needs:
            continue
        for step in need.steps:
            covered.add(step)
            how = known.get((need.key, step))
            shared = any(step in other.steps for other in prepared.shown.standards if other is not need)
            _adjust_step(prepared, typed, deviation, how, step, before, made, shared=shared)
    stray = sorted({cell.partition(".")[0] for cell in typed.bound} - covered)
    for step in stray:
        _take_away(made, prepared, step, Why.OTHER_CERTIFICATE)
    return made


def _adjust_step(
    prepared: Prepared,
    typed: Typed,
    deviation: Deviation,
    how: Realisation | None,
    step: str,
    before: SheetResult,
    made: Adjusted,
    *,
    shared: bool,
) -> None:
    if how is None or how.by is By.UNKNOWN:
        _take_away(made, prepared, step, Why.NOT_RECOMPUTABLE if how else Why.NOT_DECLARED)
        return
    if how.by is By.NONE:
        return
    definition = prepared.procedure.step(step)
    try:
        for row in _rows(prepared, step):
            cells = _new_cells(prepared, definition, row, how, deviation, made.cells, typed, shared=shared)
            _prove(prepared, definition, row, how, deviation, before.rows.get(row.key), cells)
            made.cells.update(cells)
    except _NotAdjustable as trouble:
        _take_away(made, prepared, step, trouble.why)


def _rows(prepared: Prepared, step: str) -> tuple[LayoutRow, ...]:
    return next((each.rows for each in prepared.shown.steps if each.key == step), ())


def _take_away(made: Adjusted, prepared: Prepared, step: str, why: Why) -> None:
    """Without its readings a step can fail nothing and pass nothing."""
    for row in _rows(prepared, step):
        for cell in row.cells:
            made.cells.pop(cell.key, None)
    made.troubles.append(Trouble(why, step))


def _new_cells(
    prepared: Prepared,
    step: Step,
    row: LayoutRow,
    how: Realisation,
    deviation: Deviation,
    cells: Mapping[str, str],
    typed: Typed,
    *,
    shared: bool,
) -> dict[str, str]:
    """The adjusted texts of one row: only of cells that rest on this standard (or share their step with another)."""
    units = {column.key: column.unit for column in step.columns}
    if not set(how.columns) <= set(units):
        raise _NotAdjustable(Why.NOT_DECLARED)
    made = {}
    for cell in row.cells:
        text = cells.get(cell.key, "").strip()
        if cell.column not in how.columns or not text or not (shared or cell.key in typed.bound):
            continue
        value = _number(text)
        new = _adjusted_value(prepared, value, units[cell.column], row, how, deviation)
        written = plain_text(new)
        if len(written) > LONGEST_NUMBER:
            raise _NotAdjustable(Why.UNREADABLE)
        made[cell.key] = written
    return made


def _number(text: str) -> Decimal:
    try:
        return parse_number(text)
    except NumberRefused as refused:
        raise _NotAdjustable(Why.UNREADABLE) from refused


def _adjusted_value(
    prepared: Prepared, value: Decimal, unit: str, row: LayoutRow, how: Realisation, deviation: Deviation
) -> Decimal:
    if how.by is By.READING:
        return value + _shift(prepared, value, unit, how, deviation)
    if how.by is By.PERCENT_ERROR:
        if not deviation.is_percent or unit != PERCENT:
            raise _NotAdjustable(Why.UNIT)
        return (
            value
            if not deviation.value
            else (HUNDRED + value) * HUNDRED / (HUNDRED + deviation.value) - HUNDRED
        )
    delta = _nominal_shift(row, deviation)
    if how.by is By.NOMINAL:
        return value - _difference(delta, row.unit, unit)
    nominal = row.nominal or Decimal(0)
    if nominal + delta == 0:
        raise _NotAdjustable(Why.NO_NOMINAL)
    return value if not delta else value * nominal / (nominal + delta)


def _shift(prepared: Prepared, value: Decimal, unit: str, how: Realisation, deviation: Deviation) -> Decimal:
    if not deviation.is_percent or unit == PERCENT:
        return _difference(deviation.value, deviation.unit, unit)
    if not how.percent_of:
        return _share(value, unit, deviation)
    base = prepared.base.get(how.percent_of)
    known = {each.key: each.unit for each in prepared.procedure.characteristics}
    if base is None or how.percent_of not in known:
        raise _NotAdjustable(Why.PERCENT)
    return _difference(_share(base, known[how.percent_of], deviation), known[how.percent_of], unit)


def _share(value: Decimal, unit: str, deviation: Deviation) -> Decimal:
    """A share of a value; of a temperature in °C it means nothing."""
    if _has_own_zero(unit):
        raise _NotAdjustable(Why.PERCENT)
    return value * deviation.value / HUNDRED


def _has_own_zero(unit: str) -> bool:
    try:
        return unit_named(unit).offset != 0
    except UnitRefused:
        return False


def _nominal_shift(row: LayoutRow, deviation: Deviation) -> Decimal:
    """The deviation of the realised nominal value, in the unit of the row."""
    if row.nominal is None:
        raise _NotAdjustable(Why.NO_NOMINAL)
    if deviation.is_percent and row.unit != PERCENT:
        return _share(row.nominal, row.unit, deviation)
    return _difference(deviation.value, deviation.unit, row.unit)


def _difference(value: Decimal, source: str, target: str) -> Decimal:
    if source == target:
        return value
    try:
        return convert_difference(value, source=source, target=target)
    except UnitRefused as refused:
        raise _NotAdjustable(Why.UNIT) from refused


def _prove(
    prepared: Prepared,
    step: Step,
    row: LayoutRow,
    how: Realisation,
    deviation: Deviation,
    before: RowResult | None,
    cells: Mapping[str, str],
) -> None:
    """Every formula that uses the nominal value must come out alike by both ways, or the row is not adjustable."""
    if how.by not in (By.NOMINAL, By.NOMINAL_RATIO) or before is None or not cells or row.nominal is None:
        return
    stored = {**prepared.base, **before.values}
    columns = {cell.column: parse_number(cells[cell.key]) for cell in row.cells if cell.key in cells}
    nominal = row.nominal + _nominal_shift(row, deviation)
    by_nominal = _computed(step, {**stored, "nominal": nominal})
    by_cells = _computed(step, {**stored, **columns})
    for name in _resting_on_nominal(step):
        one, other = by_nominal.get(name), by_cells.get(name)
        if one is None or other is None or abs(one - other) > _CLOSE * max(abs(one), abs(other), Decimal(1)):
            raise _NotAdjustable(Why.NOT_EQUAL)


def _computed(step: Step, values: Mapping[str, Decimal]) -> dict[str, Decimal]:
    found = dict(values)
    for formula in step.formulas:
        try:
            found[formula.key] = evaluate_decimal(formula.formula, found)
        except (ExpressionRefused, KeyError):
            found.pop(formula.key, None)
    return found


def _resting_on_nominal(step: Step) -> Iterator[str]:
    resting = {"nominal"}
    for formula in step.formulas:
        if formula.formula.names & resting:
            resting.add(formula.key)
            yield formula.key

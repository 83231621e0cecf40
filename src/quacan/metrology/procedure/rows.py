"""Evaluates the rows of a sheet one by one: cells, draws, formulas, statistics, then the limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from quacan.metrology.conformity import Verdict
from quacan.metrology.expressions import ExpressionRefused, evaluate_decimal
from quacan.metrology.procedure import reasons
from quacan.metrology.procedure.characteristics import Characteristics
from quacan.metrology.procedure.definition import CHOICES, NamedFormula, Procedure, Step
from quacan.metrology.procedure.judging import Judged, judge
from quacan.metrology.procedure.layout import LayoutRow, LayoutStep
from quacan.metrology.procedure.limiting import Intervals
from quacan.metrology.procedure.reasons import Reason
from quacan.metrology.procedure.results import CellResult, RowResult, StepResult, worst
from quacan.metrology.procedure.series import statistic
from quacan.metrology.procedure.typed import TypedRefused, read_number

_NOT_A_CHOICE = TypedRefused(f"chọn một trong: {', '.join(CHOICES)}", f"choose one of: {', '.join(CHOICES)}")


@dataclass(slots=True)
class Sheet:
    """Everything an evaluation needs to know while it walks down the steps; `done` fills as it goes."""

    procedure: Procedure
    known: Characteristics
    event: str
    on: date
    base: Mapping[str, Decimal]
    intervals: Intervals
    cells: Mapping[str, str]
    guards: Mapping[str, Decimal] | None = None
    done: dict[str, dict[str, list[RowResult]]] = field(default_factory=dict)


def run_step(sheet: Sheet, shown: LayoutStep) -> StepResult:
    """This will evaluate one step; the steps it draws on must have been evaluated before."""
    step = sheet.procedure.step(shown.key)
    rows: list[RowResult] = []
    for row in shown.rows:
        result = _run_row(sheet, step, row)
        rows.append(result)
        sheet.done.setdefault(step.key, {}).setdefault(row.point, []).append(result)
    return StepResult(step.key, step.kind, step.title, worst(row.verdict for row in rows), tuple(rows))


def _run_row(sheet: Sheet, step: Step, row: LayoutRow) -> RowResult:
    if row.kind == "note":
        return _result(row, step, cells=(_note_cell(sheet, row),))
    if row.kind == "item":
        return _run_item(sheet, step, row)
    if row.kind == "summary":
        return _run_summary(sheet, step, row)
    return _run_values(sheet, step, row)


def _note_cell(sheet: Sheet, row: LayoutRow) -> CellResult:
    cell = row.cells[0]
    return CellResult(cell.key, cell.column, sheet.cells.get(cell.key, ""), None, None, None)


def _run_item(sheet: Sheet, step: Step, row: LayoutRow) -> RowResult:
    cell = row.cells[0]
    text = sheet.cells.get(cell.key, "").strip()
    item = next(each for each in step.items if f"{step.key}.{each.key}" == row.key)
    problem: Reason | None = None
    verdict = Verdict.UNDETERMINED
    if not text:
        problem = reasons.missing_reading(cell.key, step.title, row.label)
    elif text not in CHOICES:
        problem = reasons.unreadable_reading(cell.key, step.title, row.label, text, _NOT_A_CHOICE)
    elif text == "not_applicable" and not item.may_not_apply:
        problem = reasons.does_not_apply(row.key, row.label)
    elif text == "defect":
        problem, verdict = reasons.defect_found(row.key, row.label), Verdict.FAIL
    else:
        verdict = Verdict.PASS
    made = CellResult(cell.key, cell.column, text, None, problem, None)
    return _result(row, step, cells=(made,), verdict=verdict, why=[problem] if problem else [])


def _run_values(sheet: Sheet, step: Step, row: LayoutRow) -> RowResult:
    """A point, a repeat or a computed row: cells and draws first, then formulas in their order, then the
    limit.
    """
    why: list[Reason] = []
    values = dict(sheet.base)
    own: dict[str, Decimal] = {}
    if row.nominal is not None:
        own["nominal"] = row.nominal
    cells = tuple(_cell(sheet, step, row, position) for position in range(len(row.cells)))
    own |= {cell.column: cell.value for cell in cells if cell.value is not None}
    why += [cell.problem for cell in cells if cell.problem is not None and _is_required(step, cell.column)]
    own |= _draws(sheet, step, row, why)
    values |= own
    _formulas(row.key, step.formulas, values, own, why)
    return _judged(sheet, step, row, cells, own, values, why)


def _run_summary(sheet: Sheet, step: Step, row: LayoutRow) -> RowResult:
    """The statistics of the repeats of one point; every repeat must be complete."""
    repeats = sheet.done.get(step.key, {}).get(row.point, [])
    why: list[Reason] = []
    own: dict[str, Decimal] = {} if row.nominal is None else {"nominal": row.nominal}
    for each in step.statistics:
        column = [repeat.values[each.of] for repeat in repeats if each.of in repeat.values]
        if len(column) == step.repeats:
            own[each.key] = statistic(each.take, column)
    if not all(each.key in own for each in step.statistics):
        why += [reason for repeat in repeats for reason in repeat.reasons if reason.code != "outside_limit"]
    values = {**sheet.base, **own}
    _formulas(row.key, step.summaries, values, own, why)
    return _judged(sheet, step, row, (), own, values, why)


def _judged(
    sheet: Sheet,
    step: Step,
    row: LayoutRow,
    cells: tuple[CellResult, ...],
    own: Mapping[str, Decimal],
    values: Mapping[str, Decimal],
    why: list[Reason],
) -> RowResult:
    rule = step.judge_summary if row.kind == "summary" else step.judge
    if rule is None:
        verdict = Verdict.UNDETERMINED if why else None
        return _result(row, step, cells=cells, values=own, verdict=verdict, why=why)
    found = judge(
        rule, row=row.key, label=row.label, values=values, intervals=sheet.intervals, guards=sheet.guards
    )
    verdict = found.verdict
    if why and verdict is Verdict.PASS:
        verdict = Verdict.UNDETERMINED
    return _result(
        row,
        step,
        cells=cells,
        values=own,
        verdict=verdict,
        why=[*why, *found.reasons],
        judged=rule.value,
        found=found,
    )


def _result(
    row: LayoutRow,
    step: Step,
    *,
    cells: tuple[CellResult, ...] = (),
    values: Mapping[str, Decimal] | None = None,
    verdict: Verdict | None = None,
    why: Sequence[Reason] = (),
    judged: str = "",
    found: Judged | None = None,
) -> RowResult:
    return RowResult(
        key=row.key,
        step=step.key,
        kind=row.kind,
        label=row.label,
        point=row.point,
        repeat=row.repeat,
        nominal=row.nominal,
        unit=row.unit,
        cells=cells,
        values=dict(values or {}),
        judged=judged,
        error=found.value if found else None,
        limit=found.limit if found else None,
        margin=found.margin if found else None,
        verdict=verdict,
        reasons=tuple(why),
    )


def _cell(sheet: Sheet, step: Step, row: LayoutRow, position: int) -> CellResult:
    cell, column = row.cells[position], step.columns[position]
    text = sheet.cells.get(cell.key, "").strip()
    if not text:
        problem = reasons.missing_reading(cell.key, column.label, row.label) if column.required else None
        return CellResult(cell.key, column.key, "", None, problem, None)
    try:
        value = read_number(text)
    except TypedRefused as refused:
        problem = reasons.unreadable_reading(cell.key, column.label, row.label, text, refused)
        return CellResult(cell.key, column.key, text, None, problem, None)
    warning = None
    if column.resolution is not None and column.resolution.names <= set(sheet.base):
        interval = evaluate_decimal(column.resolution, sheet.base)
        if interval > 0 and value % interval != 0:
            warning = reasons.not_a_multiple(cell.key, column.label, row.label, interval, column.unit)
    return CellResult(cell.key, column.key, text, value, None, warning)


def _is_required(step: Step, column: str) -> bool:
    return next(each.required for each in step.columns if each.key == column)


def _formulas(
    where: str,
    formulas: Sequence[NamedFormula],
    values: dict[str, Decimal],
    own: dict[str, Decimal],
    why: list[Reason],
) -> None:
    """Adds every formula that can be computed; one that lacks an input is skipped, its cause is named
    already.
    """
    for formula in formulas:
        if not formula.formula.names <= values.keys():
            continue
        try:
            values[formula.key] = own[formula.key] = evaluate_decimal(formula.formula, values)
        except ExpressionRefused as refused:
            why.append(reasons.formula_refused(where, formula.label, refused))


def _draws(sheet: Sheet, step: Step, row: LayoutRow, why: list[Reason]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for draw in step.draws:
        points = sheet.done.get(draw.step, {})
        wanted = {"same_point": row.point, "point": draw.point}.get(draw.take)
        rows = [each for key, of_point in points.items() if wanted in (None, key) for each in of_point]
        holding = _holding(sheet.procedure.step(draw.step), draw.value, rows)
        column = [each.values[draw.value] for each in holding if draw.value in each.values]
        if not column or len(column) != len(holding):
            why += [reason for each in rows for reason in each.reasons if reason.code != "outside_limit"]
        elif wanted is None:
            found[draw.key] = statistic(draw.take, column)
        elif len(column) == 1:
            found[draw.key] = column[0]
    return found


def _holding(step: Step, value: str, rows: Sequence[RowResult]) -> list[RowResult]:
    """The rows of a step that carry a value: the summaries of a series, or its repeats."""
    of_summary = value in {each.key for each in step.statistics} | {each.key for each in step.summaries}
    return [each for each in rows if (each.kind == "summary") == of_summary]

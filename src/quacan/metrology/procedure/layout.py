"""Lays a procedure out as a concrete sheet: the rows and cells that one instrument needs at one event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from quacan.metrology.expressions import Expression, ExpressionRefused, evaluate_decimal
from quacan.metrology.procedure.characteristics import Characteristics, read_characteristics
from quacan.metrology.procedure.definition import (
    CHOICES,
    Draw,
    EmptyLimit,
    Judgement,
    NamedFormula,
    Point,
    Procedure,
    Statistic,
    Step,
    Text,
)
from quacan.metrology.procedure.reasons import Reason, formula_refused, unknown_event
from quacan.metrology.rounding import plain_text, round_to_step, vietnamese_text

NOMINAL = Text(vi="giá trị danh định", en="the nominal value")
NOTHING_YET = Text(vi="chưa có trong cơ sở dữ liệu", en="not in the database yet")


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A column of the sheet: typed when `typed`, computed otherwise."""

    key: str
    label: Text
    unit: str
    decimals: int | None
    required: bool
    typed: bool


@dataclass(frozen=True, slots=True)
class LayoutCell:
    """One place to type in; the key stays the same for this version of the procedure."""

    key: str
    column: str
    required: bool


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """One row of a step: a point, a repeat, a summary, a checklist item, a computed line or a note."""

    key: str
    kind: str
    label: Text
    point: str
    repeat: int
    nominal: Decimal | None
    unit: str
    cells: tuple[LayoutCell, ...]


@dataclass(frozen=True, slots=True)
class LayoutStep:
    """One step of the sheet with its concrete rows, and the standards that support its readings."""

    key: str
    kind: str
    title: Text
    unit: str
    columns: tuple[LayoutColumn, ...]
    rows: tuple[LayoutRow, ...]
    choices: tuple[str, ...]
    standards: tuple[str, ...]
    limit_note: Text | None
    remark: Text | None


@dataclass(frozen=True, slots=True)
class LayoutCondition:
    """An influence quantity to record, with its limits when the procedure states any."""

    key: str
    label: Text
    unit: str
    lower: Decimal | None
    upper: Decimal | None


@dataclass(frozen=True, slots=True)
class LayoutStandard:
    """A standard needed, with its range worked out for this instrument (None: not stated or not computable)."""

    key: str
    label: Text
    quantity: str
    unit: str
    range_from: Decimal | None
    range_to: Decimal | None
    ratio: Decimal | None
    classes: tuple[str, ...]
    steps: tuple[str, ...]
    ratio_of: str = "error"


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """The whole sheet before anything is typed; `problems` says what keeps it from being complete."""

    procedure: str
    version: str
    event: str
    unit: str
    title: Text
    method: str
    conditions: tuple[LayoutCondition, ...]
    standards: tuple[LayoutStandard, ...]
    steps: tuple[LayoutStep, ...]
    printed: tuple[str, ...]
    problems: tuple[Reason, ...]

    @property
    def required_cells(self) -> tuple[str, ...]:
        """This will list the keys of every cell that must be typed."""
        rows = (row for step in self.steps for row in step.rows)
        return tuple(cell.key for row in rows for cell in row.cells if cell.required)


def layout(procedure: Procedure, *, characteristics: Mapping[str, str | Decimal], event: str) -> SheetLayout:
    """This will give the concrete steps, rows and cells for an instrument and an event.

    A characteristic that is missing or cannot be read leaves its rows without a nominal value and is named in
    `problems`; nothing is guessed.
    """
    known = read_characteristics(procedure, characteristics)
    return layout_of(procedure.in_unit(known.unit), known=known, event=event)


def layout_of(procedure: Procedure, *, known: Characteristics, event: str) -> SheetLayout:
    """This will do the same from characteristics read already and the procedure in their unit."""
    problems = list(known.problems)
    if event not in procedure.events:
        problems.append(unknown_event(event, procedure.events))
    steps: dict[str, LayoutStep] = {}
    for step in procedure.steps:
        if event in step.events:
            steps[step.key] = _layout_step(step, procedure, known, event, steps, problems)
    return SheetLayout(
        procedure=procedure.code,
        version=procedure.version,
        event=event,
        unit=known.unit,
        title=procedure.title,
        method=procedure.method,
        conditions=tuple(
            LayoutCondition(rule.key, rule.label, rule.unit, rule.lower, rule.upper)
            for rule in procedure.conditions
        ),
        standards=_standards(procedure, known, steps),
        steps=tuple(steps.values()),
        printed=tuple(
            block for block in procedure.printed if block in steps or block not in _step_keys(procedure)
        ),
        problems=tuple(problems),
    )


def _step_keys(procedure: Procedure) -> set[str]:
    return {step.key for step in procedure.steps}


def _standards(
    procedure: Procedure, known: Characteristics, steps: Mapping[str, LayoutStep]
) -> tuple[LayoutStandard, ...]:
    return tuple(
        LayoutStandard(
            key=need.key,
            label=need.label,
            quantity=need.quantity,
            unit=need.unit,
            range_from=_value(need.range_from, known),
            range_to=_value(need.range_to, known),
            ratio=need.ratio,
            classes=need.classes,
            ratio_of=need.ratio_of,
            steps=tuple(key for key in need.steps if key in steps),
        )
        for need in procedure.standards
        if any(key in steps for key in need.steps)
    )


def _value(expression: Expression | None, known: Characteristics) -> Decimal | None:
    if expression is None or not expression.names <= set(known.numbers):
        return None
    try:
        return evaluate_decimal(expression, known.numbers)
    except ExpressionRefused:
        return None


def _layout_step(
    step: Step,
    procedure: Procedure,
    known: Characteristics,
    event: str,
    earlier: Mapping[str, LayoutStep],
    problems: list[Reason],
) -> LayoutStep:
    return LayoutStep(
        key=step.key,
        kind=step.kind,
        title=step.title,
        unit=step.unit,
        columns=_columns(step),
        rows=_rows(step, known, event, earlier, problems),
        choices=CHOICES if step.kind == "checklist" else (),
        standards=tuple(need.key for need in procedure.standards if step.key in need.steps),
        limit_note=_limit_note(step.judge) or _limit_note(step.judge_summary),
        remark=step.remark,
    )


def _limit_note(judgement: Judgement | None) -> Text | None:
    if judgement is None or not isinstance(judgement.limit, EmptyLimit):
        return None
    note = judgement.limit.note
    return Text(vi=f"{NOTHING_YET.vi}: {note.vi}", en=f"{NOTHING_YET.en}: {note.en}")


def _columns(step: Step) -> tuple[LayoutColumn, ...]:
    computed: list[Draw | NamedFormula | Statistic] = [*step.draws, *step.formulas]
    computed += [*step.statistics, *step.summaries]
    typed = [LayoutColumn(c.key, c.label, c.unit, c.decimals, c.required, True) for c in step.columns]
    return (*typed, *(LayoutColumn(c.key, c.label, c.unit, c.decimals, False, False) for c in computed))


def _rows(
    step: Step,
    known: Characteristics,
    event: str,
    earlier: Mapping[str, LayoutStep],
    problems: list[Reason],
) -> tuple[LayoutRow, ...]:
    if step.kind == "note":
        return (_row(step, kind="note", key=step.key, label=step.title, cells=(("note", False),)),)
    if step.kind == "checklist":
        return tuple(
            _row(step, kind="item", key=f"{step.key}.{item.key}", label=item.label, cells=(("choice", True),))
            for item in step.items
        )
    if step.kind == "computed":
        return _computed_rows(step, earlier)
    rows: list[LayoutRow] = []
    for point, nominal in concrete_points(step, known, event, problems):
        rows += _measured_rows(step, point, nominal)
    return tuple(rows)


def _computed_rows(step: Step, earlier: Mapping[str, LayoutStep]) -> tuple[LayoutRow, ...]:
    source = earlier.get(step.points_of)
    if source is None:
        return (_row(step, kind="computed", key=f"{step.key}.result", label=step.title),)
    seen: dict[str, LayoutRow] = {}
    for row in source.rows:
        seen.setdefault(row.point, row)
    return tuple(
        _row(
            step,
            kind="computed",
            key=f"{step.key}.{point}",
            label=row.label,
            point=point,
            nominal=row.nominal,
        )
        for point, row in seen.items()
    )


def _measured_rows(step: Step, point: Point, nominal: Decimal | None) -> list[LayoutRow]:
    key, label = f"{step.key}.{point.key}", _point_label(step, point, nominal)
    cells = tuple((column.key, column.required) for column in step.columns)
    if step.kind != "series":
        return [_row(step, kind="point", key=key, label=label, point=point.key, nominal=nominal, cells=cells)]
    rows = [
        _row(
            step,
            kind="repeat",
            key=f"{key}.{n}",
            label=label,
            point=point.key,
            repeat=n,
            nominal=nominal,
            cells=cells,
        )
        for n in range(1, step.repeats + 1)
    ]
    if step.statistics:
        rows.append(
            _row(step, kind="summary", key=f"{key}.summary", label=label, point=point.key, nominal=nominal)
        )
    return rows


def _row(
    step: Step,
    *,
    kind: str,
    key: str,
    label: Text,
    point: str = "",
    repeat: int = 0,
    nominal: Decimal | None = None,
    cells: tuple[tuple[str, bool], ...] = (),
) -> LayoutRow:
    made = tuple(
        LayoutCell(key=f"{key}.{column}" if column != key else column, column=column, required=required)
        for column, required in cells
    )
    return LayoutRow(key, kind, label, point, repeat, nominal, step.unit, made)


def _point_label(step: Step, point: Point, nominal: Decimal | None) -> Text:
    if point.label is not None:
        return point.label
    if nominal is None:
        return Text(vi=f"điểm {point.key}", en=f"point {point.key}")
    return Text(vi=f"{vietnamese_text(nominal)} {step.unit}", en=f"{plain_text(nominal)} {step.unit}")


def concrete_points(
    step: Step, known: Characteristics, event: str, problems: list[Reason]
) -> list[tuple[Point, Decimal | None]]:
    """This will give the points of a step for this instrument and event with their nominal values.

    Points to be skipped and unlabelled points equal to an earlier one are left out; the rest stand in the
    declared order, or sorted when the step says so. What cannot be worked out is kept, never skipped.
    """
    found: list[tuple[Point, Decimal | None]] = []
    for point in step.points:
        if point.events and event not in point.events:
            continue
        nominal = _nominal(step, point, known, problems)
        seen = [value for _, value in found]
        repeated = point.label is None and nominal is not None and nominal in seen
        if not repeated and not _is_skipped(point, nominal, known):
            found.append((point, nominal))
    return _sorted(found, step.order)


def _is_skipped(point: Point, nominal: Decimal | None, known: Characteristics) -> bool:
    above, condition = _value(point.skip_above, known), _value(point.skip_if, known)
    too_high = nominal is not None and above is not None and nominal > above
    return too_high or (condition is not None and condition > 0)


def _sorted(found: list[tuple[Point, Decimal | None]], order: str) -> list[tuple[Point, Decimal | None]]:
    values = [value for _, value in found if value is not None]
    if not order or len(values) != len(found):
        return found
    return sorted(found, key=lambda each: each[1] or Decimal(0), reverse=order == "descending")


def _nominal(step: Step, point: Point, known: Characteristics, problems: list[Reason]) -> Decimal | None:
    if point.at is None or not point.at.names <= set(known.numbers):
        return None
    where = f"{step.key}.{point.key}"
    try:
        value = evaluate_decimal(point.at, known.numbers)
    except ExpressionRefused as refused:
        problems.append(formula_refused(where, NOMINAL, refused))
        return None
    step_size = _value(step.multiple_of, known)
    if step_size is not None and step_size > 0:
        value = round_to_step(value, step_size, "half-up")
    return Decimal(plain_text(value.normalize()))

"""The worksheet as the screen shows it: frozen rows, every figure already written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from quacan.centre.base.language.texts import is_english
from quacan.centre.base.refusals import Words
from quacan.centre.examinations.models import Reading
from quacan.centre.examinations.queries.charts import charts_of
from quacan.centre.examinations.queries.content import current_readings, uses_of
from quacan.centre.examinations.queries.gathered import GatheredSheet
from quacan.centre.examinations.queries.words import choice_words, confidence_word, number
from quacan.centre.examinations.rules import (
    conclusion,
    missing_by_step,
    missing_sentence,
    obstacles_to_verdict,
    said,
)
from quacan.centre.examinations.rules.charts import Chart
from quacan.metrology.procedure import Prepared, Procedure, RowResult, SheetResult, StepResult
from quacan.metrology.procedure.definition import Draw, NamedFormula, Statistic, Step
from quacan.metrology.procedure.layout import LayoutCell, LayoutColumn, LayoutRow, LayoutStep

SAID_ELSEWHERE: Final = frozenset({"missing_reading", "outside_limit", "no_limit", "defect_found"})
"""Reasons the row shows by itself: an empty cell, a figure in red, the note of the step, the answer chosen."""

Named = Draw | NamedFormula | Statistic


@dataclass(frozen=True, slots=True)
class CellView:
    """One place to type in, with what stands there, how often it was written and what is wrong with it."""

    key: str
    column: str
    label: str
    text: str
    required: bool
    revisions: int
    problem: str
    is_warning: bool
    shown: str

    @property
    def is_revised(self) -> bool:
        return self.revisions > 1


@dataclass(frozen=True, slots=True)
class ValueView:
    """One computed value; `tone` is fail where it misses its limit."""

    key: str
    label: str
    text: str
    unit: str
    tone: str
    minor: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """One row: what was typed, what it comes to, limit, what is left, verdict ('' where it decides nothing)."""

    key: str
    kind: str
    group: str
    label: str
    cells: tuple[CellView, ...]
    values: tuple[ValueView, ...]
    limit: str
    limit_source: str
    margin: str
    over: bool
    verdict: str
    why: str


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column of a step's table; a minor one is computed on the way to the value that is judged."""

    key: str
    label: str
    unit: str
    typed: bool
    minor: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """One step with its table; `missing` says how many readings are still to come."""

    key: str
    kind: str
    ordinal: int
    title: str
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    choices: tuple[tuple[str, Words], ...]
    is_judged: bool
    verdict: str
    missing: str
    limit_note: str
    remark: str
    standards: tuple[str, ...]

    @property
    def width(self) -> int:
        """This will count the columns of the table."""
        return 1 + len(self.columns) + (3 if self.is_judged else 0)

    @property
    def value_span(self) -> int:
        """This will count the columns a summary may speak across."""
        return len(self.columns)


@dataclass(frozen=True, slots=True)
class MomentView:
    """A condition at one moment; *origin* says which record of which point it is, '' when it was typed."""

    moment: str
    label: Words
    text: str
    origin: str = ""

    @property
    def origin_short(self) -> str:
        """This will name the point and the time of day of the record a condition comes from."""
        parts = self.origin.rsplit(" · ", 2)
        return f"{parts[0]} {parts[1].split()[-1][:5]}" if len(parts) == 3 else ""


@dataclass(frozen=True, slots=True)
class ConditionView:
    """One influence quantity: what was recorded, what is allowed, what is wrong."""

    key: str
    label: str
    unit: str
    moments: tuple[MomentView, ...]
    allowed: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetView:
    """Everything about a worksheet that changes while it is typed."""

    steps: tuple[StepView, ...]
    conditions: tuple[ConditionView, ...]
    verdict: str
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]
    obstacles: tuple[str, ...]
    missing: int
    missing_text: str
    required: int
    charts: tuple[Chart, ...]
    problems: tuple[str, ...]

    @property
    def done(self) -> int:
        return self.required - self.missing


def sheet_view(found: GatheredSheet) -> SheetView:
    """This will lay out a worksheet as it was gathered, ready to print on a screen."""
    sheet, prepared, result = found.sheet, found.prepared, found.result
    readings = current_readings(sheet)
    in_english = is_english()
    uses = {
        need: f"{use.certificate.standard.name} · {use.certificate.number}"
        for need, use in uses_of(sheet).items()
    }
    steps = steps_of(prepared, result, readings, uses=uses)
    missing = len(result.missing_cells)
    return SheetView(
        steps=steps,
        conditions=tuple(_conditions(found)),
        verdict=str(result.verdict),
        sentences=tuple(conclusion(result, english=in_english)),
        warnings=tuple(said(reason, english=in_english) for reason in result.warnings),
        obstacles=()
        if result.verdict != "undetermined"
        else tuple(obstacles_to_verdict(result, english=in_english)),
        missing=missing,
        missing_text=missing_sentence(missing) if missing else "",
        required=len(prepared.shown.required_cells),
        charts=charts_of(
            prepared,
            result,
            frozen_as=f"{sheet.procedure_text_id} {sheet.limits_text_id}",
            english=in_english,
        ),
        problems=tuple(said(reason, english=in_english) for reason in prepared.shown.problems),
    )


def steps_of(
    prepared: Prepared, result: SheetResult, readings: Mapping[str, Reading], *, uses: Mapping[str, str]
) -> tuple[StepView, ...]:
    """This will lay out every step with what was read and what it comes to; *uses* names standards by need."""
    missing = missing_by_step(result)
    shapes = {step.key: step for step in prepared.shown.steps}
    return tuple(
        _step(
            prepared.procedure,
            shapes[step.key],
            step,
            readings,
            ordinal=ordinal,
            missing=missing.get(step.key, 0),
            standards=tuple(uses[need] for need in shapes[step.key].standards if need in uses),
        )
        for ordinal, step in enumerate(result.steps, start=1)
    )


def _step(
    procedure: Procedure,
    shape: LayoutStep,
    result: StepResult,
    readings: Mapping[str, Reading],
    *,
    ordinal: int,
    missing: int,
    standards: tuple[str, ...],
) -> StepView:
    defined = procedure.step(shape.key)
    in_english = is_english()
    words = choice_words()
    return StepView(
        key=shape.key,
        kind=shape.kind,
        ordinal=ordinal,
        title=said(shape.title, english=in_english),
        columns=tuple(_columns(shape, defined)),
        rows=tuple(_rows(shape, defined, result, readings)),
        choices=tuple((choice, words[choice]) for choice in shape.choices),
        is_judged=(defined.judge or defined.judge_summary) is not None,
        verdict=str(result.verdict or ""),
        missing=missing_sentence(missing) if missing else "",
        limit_note=said(shape.limit_note, english=in_english) if shape.limit_note else "",
        remark=said(shape.remark, english=in_english) if shape.remark else "",
        standards=standards,
    )


def _columns(shape: LayoutStep, defined: Step) -> Iterable[ColumnView]:
    named: list[Named] = [*defined.draws, *defined.formulas]
    inside = {each.key for each in named}
    for column in shape.columns:
        if column.typed or column.key in inside:
            yield ColumnView(
                column.key,
                said(column.label, english=is_english()),
                "" if column.unit == "1" else column.unit,
                column.typed,
                not column.typed and defined.judge is not None and defined.judge.value != column.key,
            )


def _rows(
    shape: LayoutStep, defined: Step, result: StepResult, readings: Mapping[str, Reading]
) -> Iterable[RowView]:
    group = ""
    evaluated = {row.key: row for row in result.rows}
    several = len({row.point for row in shape.rows}) > 1 or shape.kind == "series"
    for row in shape.rows:
        label = said(row.label, english=is_english())
        opens = shape.kind == "series" and several and row.point != group
        if opens:
            group = row.point
        yield _row(shape, defined, row, evaluated[row.key], readings, group=label if opens else "")


def _row(
    shape: LayoutStep,
    defined: Step,
    row: LayoutRow,
    result: RowResult,
    readings: Mapping[str, Reading],
    *,
    group: str,
) -> RowView:
    label = said(row.label, english=is_english())
    columns = {column.key: column for column in shape.columns}
    inside: list[Named] = [*defined.draws, *defined.formulas]
    over_all: list[Named] = [*defined.statistics, *defined.summaries]
    shown = over_all if row.kind == "summary" else inside
    limit = result.limit
    return RowView(
        key=row.key,
        kind=row.kind,
        group=group,
        label=_row_label(row, label),
        cells=tuple(_cell(cell, columns, row, result, readings, label) for cell in row.cells),
        values=tuple(_value(each, result) for each in shown),
        limit=said(limit.text, english=is_english()) if limit else "",
        limit_source=f"{limit.reference} ({confidence_word(limit.confidence)})" if limit else "",
        margin=_margin(result, inside + over_all),
        over=result.margin is not None and result.margin < 0,
        verdict=str(result.verdict or ""),
        why=" ".join(
            said(reason, english=is_english())
            for reason in result.reasons
            if reason.code not in SAID_ELSEWHERE
        ),
    )


def _margin(result: RowResult, named: Iterable[Named]) -> str:
    if result.margin is None:
        return ""
    decimals = {each.key: each.decimals for each in named}
    return number(result.margin, decimals.get(result.judged))


def _row_label(row: LayoutRow, label: str) -> str:
    return _("Lần {n}").format(n=row.repeat) if row.kind == "repeat" else label


def _cell(
    cell: LayoutCell,
    columns: Mapping[str, LayoutColumn],
    row: LayoutRow,
    result: RowResult,
    readings: Mapping[str, Reading],
    label: str,
) -> CellView:
    found = {each.key: each for each in result.cells}.get(cell.key)
    column = columns.get(cell.column)
    name = said(column.label, english=is_english()) if column else ""
    turn = _("lần {n}").format(n=row.repeat) if row.kind == "repeat" else ""
    trouble = (found.problem or found.warning) if found else None
    if trouble is not None and trouble.code == "missing_reading":
        trouble = None
    reading = readings.get(cell.key)
    text = reading.text if reading else ""
    return CellView(
        key=cell.key,
        column=name,
        label=", ".join(part for part in (name, label, turn) if part),
        text=text,
        required=cell.required,
        revisions=reading.revision if reading else 0,
        problem=said(trouble, english=is_english()) if trouble else "",
        is_warning=trouble is not None and found is not None and trouble is found.warning,
        shown=choice_words().get(text, text) if row.kind == "item" else text,
    )


def _value(named: Named, result: RowResult) -> ValueView:
    value = result.values.get(named.key)
    judged = named.key == result.judged
    limit = result.limit
    signed = judged and limit is not None and limit.lower is not None and limit.lower < 0
    return ValueView(
        key=named.key,
        label=said(named.label, english=is_english()),
        text=number(value, named.decimals, signed=signed) if value is not None else "",
        unit="" if named.unit == "1" else named.unit,
        tone="fail" if judged and result.verdict == "fail" else "",
        minor=bool(result.judged) and not judged,
    )


def _conditions(found: GatheredSheet) -> Iterable[ConditionView]:
    typed = {(row.key, row.moment): (row.text, row.origin) for row in found.sheet.conditions.all()}
    left = {one.key: one.sentence for one in found.left}
    moments = (("start", _("Bắt đầu")), ("end", _("Kết thúc")))
    for each in found.result.conditions:
        yield ConditionView(
            key=each.key,
            label=said(each.label, english=is_english()),
            unit=each.unit,
            moments=tuple(
                MomentView(key, label, *typed.get((each.key, key), ("", ""))) for key, label in moments
            ),
            allowed=_allowed(each.lower, each.upper, each.unit),
            problems=tuple(
                dict.fromkeys(
                    [
                        *(
                            said(reason, english=is_english())
                            for reason in each.problems
                            if reason.code != "missing_condition"
                        ),
                        *([left[each.key]] if each.key in left else []),
                    ]
                )
            ),
        )


def _allowed(lower: Decimal | None, upper: Decimal | None, unit: str) -> str:
    if lower is not None and upper is not None:
        return f"{number(lower, None)} ÷ {number(upper, None)} {unit}"
    if upper is not None:
        return f"≤ {number(upper, None)} {unit}"
    if lower is not None:
        return f"≥ {number(lower, None)} {unit}"
    return _("giới hạn chưa có trong cơ sở dữ liệu")

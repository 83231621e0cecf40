"""The worksheet as the screen shows it: frozen rows, every figure already written."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from quacan.centre.base.language.numbers import format_number
from quacan.centre.verification.models import Reading, Worksheet
from quacan.centre.verification.queries.charts import charts_of
from quacan.centre.verification.queries.records import (
    current_readings,
    evaluation,
    prepared_sheet,
    uses_of,
)
from quacan.centre.verification.queries.shapes import (
    CellView,
    ColumnView,
    ConditionView,
    MomentView,
    RowView,
    SheetView,
    StepView,
    ValueView,
)
from quacan.centre.verification.queries.surroundings import conditions_left
from quacan.centre.verification.rules import (
    conclusion,
    missing_by_step,
    missing_sentence,
    obstacles_to_verdict,
    said,
)
from quacan.metrology.procedure import Prepared, Procedure, RowResult, SheetResult, StepResult
from quacan.metrology.procedure.definition import Draw, NamedFormula, Statistic, Step
from quacan.metrology.procedure.layout import LayoutCell, LayoutColumn, LayoutRow, LayoutStep

MOST_DECIMALS: Final = 6
MINUS: Final = "\u2212"
SAID_ELSEWHERE: Final = frozenset({"missing_reading", "outside_limit", "no_limit", "defect_found"})
"""Reasons the row shows by itself: an empty cell, a figure in red, the note of the step, the answer chosen."""

Named = Draw | NamedFormula | Statistic


def english() -> bool:
    """This will say whether the reader reads English."""
    return (get_language() or "vi").startswith("en")


def choice_words() -> dict[str, str]:
    """This will name the answers of a checklist."""
    return {"ok": _("Đạt"), "defect": _("Không đạt"), "not_applicable": _("Không áp dụng")}


def sheet_view(sheet: Worksheet) -> SheetView:
    """This will lay out and evaluate a worksheet as it stands now, ready to print on a screen."""
    prepared = prepared_sheet(sheet)
    return _view(sheet, prepared, evaluation(sheet), current_readings(sheet))


def _view(
    sheet: Worksheet, prepared: Prepared, result: SheetResult, readings: Mapping[str, Reading]
) -> SheetView:
    in_english = english()
    uses = {
        need: f"{use.certificate.standard.name} · {use.certificate.number}"
        for need, use in uses_of(sheet).items()
    }
    steps = steps_of(prepared, result, readings, uses=uses)
    missing = len(result.missing_cells)
    return SheetView(
        steps=steps,
        conditions=tuple(_conditions(sheet, result)),
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
    in_english = english()
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
                said(column.label, english=english()),
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
        label = said(row.label, english=english())
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
    label = said(row.label, english=english())
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
        limit=said(limit.text, english=english()) if limit else "",
        limit_source=f"{limit.reference} ({confidence_word(limit.confidence)})" if limit else "",
        margin=_margin(result, inside + over_all),
        over=result.margin is not None and result.margin < 0,
        verdict=str(result.verdict or ""),
        why=" ".join(
            said(reason, english=english()) for reason in result.reasons if reason.code not in SAID_ELSEWHERE
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
    name = said(column.label, english=english()) if column else ""
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
        problem=said(trouble, english=english()) if trouble else "",
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
        label=said(named.label, english=english()),
        text=number(value, named.decimals, signed=signed) if value is not None else "",
        unit="" if named.unit == "1" else named.unit,
        tone="fail" if judged and result.verdict == "fail" else "",
        minor=bool(result.judged) and not judged,
    )


def number(value: Decimal, decimals: int | None, *, signed: bool = False) -> str:
    """This will write a computed value: the declared decimals, or every digit up to six places."""
    places = int(value.as_tuple().exponent)
    if decimals is None and places < -MOST_DECIMALS:
        decimals = MOST_DECIMALS
    if decimals is not None and value and abs(value) * 2 < Decimal(1).scaleb(-decimals):
        decimals = -value.adjusted()  # never show what is not zero as zero
    text = format_number(value, decimals, "technical", "en" if english() else "vi")
    if text.startswith("-"):
        return MINUS + text[1:]
    return f"+{text}" if signed and value > 0 else text


def confidence_word(code: str) -> str:
    """This will name how far a source may be trusted."""
    words = {
        "high": _("tin cậy cao"),
        "medium": _("tin cậy vừa"),
        "low": _("tin cậy thấp, chưa đối chiếu văn bản"),
        "house": _("quy ước của hệ thống"),
    }
    return words.get(code, code)


def _conditions(sheet: Worksheet, result: SheetResult) -> Iterable[ConditionView]:
    typed = {(row.key, row.moment): (row.text, row.origin) for row in sheet.conditions.all()}
    left = {one.key: one.sentence for one in conditions_left(sheet, english=english())}
    moments = (("start", _("Bắt đầu")), ("end", _("Kết thúc")))
    for each in result.conditions:
        yield ConditionView(
            key=each.key,
            label=said(each.label, english=english()),
            unit=each.unit,
            moments=tuple(
                MomentView(key, label, *typed.get((each.key, key), ("", ""))) for key, label in moments
            ),
            allowed=_allowed(each.lower, each.upper, each.unit),
            problems=tuple(
                dict.fromkeys(
                    [
                        *(
                            said(reason, english=english())
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

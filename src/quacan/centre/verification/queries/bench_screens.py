"""What the screens of a batch show: its worksheets, how a file's columns are read, its rows and figures."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from quacan.centre.base.charts.values import Chart
from quacan.centre.base.language.texts import is_english
from quacan.centre.examinations.queries.content import evaluation
from quacan.centre.examinations.queries.needs import NeedView, needs
from quacan.centre.examinations.queries.words import number
from quacan.centre.examinations.rules import obstacles_to_verdict, said
from quacan.centre.verification.models import Batch, BatchFile, BatchRow, Worksheet
from quacan.centre.verification.queries.batches import layouts_of, living, sheets_of
from quacan.centre.verification.rules import benches

MOST_REASONS = 2
PREVIEW_ROWS = 4


@dataclass(frozen=True, slots=True)
class UnitView:
    """One worksheet of a batch: where it stands, and why it cannot be concluded while it is being measured."""

    pk: int
    position: int
    serial: str
    number: str
    sheet: Worksheet
    verdict: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many worksheets of a batch stand where."""

    total: int
    drafts: int
    submitted: int
    approved: int
    issued: int
    passed: int
    failed: int


@dataclass(frozen=True, slots=True)
class CellChoice:
    """A cell to map: its column and its common text as chosen now."""

    key: str
    label: str
    choice: bool
    column: str
    constant: str


@dataclass(frozen=True, slots=True)
class StepChoices:
    """The cells of one step; *choice* for a checklist."""

    key: str
    title: str
    choice: bool
    cells: tuple[CellChoice, ...]


@dataclass(frozen=True, slots=True)
class ConditionChoice:
    """A condition that is the same for the whole file."""

    key: str
    label: str
    unit: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class MappingView:
    """Everything the choice of columns shows."""

    columns: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    unit_by: str
    unit: str
    steps: tuple[StepChoices, ...]
    conditions: tuple[ConditionChoice, ...]


@dataclass(frozen=True, slots=True)
class PointView:
    """One point of the batch statistics in words and as a histogram."""

    key: str
    label: str
    unit: str
    n: int
    mean: str
    s: str
    low: str
    high: str
    limits: str
    drawing: Chart


@dataclass(frozen=True, slots=True)
class FiguresView:
    """The batch in numbers."""

    passed: int
    failed: int
    undetermined: int
    near: int
    near_percent: int
    points: tuple[PointView, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a file as the table shows it."""

    row: int
    position: int | None
    unit: str
    sheet: int | None
    number: str
    verdict: str
    worst: str
    worst_at: str
    share: str
    over: bool
    near: bool
    problems: tuple[str, ...]
    changes: int
    overrides: int


def tally(batch: Batch) -> Tally:
    """This will count the worksheets of a batch by stage and verdict."""
    states = dict(living(batch).order_by().values_list("state").annotate(n=Count("pk")))
    verdicts = dict(
        living(batch)
        .exclude(state=Worksheet.State.DRAFT)
        .order_by()
        .values_list("verdict")
        .annotate(n=Count("pk"))
    )
    return Tally(
        total=sum(states.values()),
        drafts=states.get("draft", 0),
        submitted=states.get("submitted", 0),
        approved=states.get("approved", 0),
        issued=states.get("issued", 0) + states.get("superseded", 0),
        passed=verdicts.get("pass", 0),
        failed=verdicts.get("fail", 0),
    )


def unit_views(sheets: Sequence[Worksheet]) -> list[UnitView]:
    """This will show worksheets of a batch; those still being measured say what they lack."""
    drafts = sheets_of(sheet.pk for sheet in sheets if sheet.state == Worksheet.State.DRAFT)
    return [_unit(sheet, drafts.get(sheet.pk)) for sheet in sheets]


def _unit(sheet: Worksheet, draft: Worksheet | None) -> UnitView:
    verdict = sheet.verdict
    why: tuple[str, ...] = ()
    if draft is not None:
        result = evaluation(draft)
        verdict = str(result.verdict)
        sentences = obstacles_to_verdict(result, english=is_english()) if verdict == "undetermined" else []
        why = tuple(sentences[:MOST_REASONS])
    return UnitView(
        pk=sheet.pk,
        position=sheet.position or 0,
        serial=sheet.instrument.serial,
        number=sheet.number,
        sheet=sheet,
        verdict=verdict,
        why=why,
    )


def batch_needs(batch: Batch) -> tuple[NeedView, ...]:
    """This will show the standards the first worksheet still being measured asks for, and which it has."""
    rows = living(batch).select_related("organisation", "procedure_text", "limits_text", "job__order")
    first = rows.filter(state=Worksheet.State.DRAFT).first() or rows.first()
    return needs(first) if first is not None else ()


def mapping_view(file: BatchFile, table: benches.Table, given: Mapping[str, Any]) -> MappingView:
    """This will lay out the choice of columns, as chosen in *given*."""
    layouts = layouts_of(file.batch)
    columns, constants = given.get("columns", {}), given.get("constants", {})
    steps: dict[str, StepChoices] = {}
    for one in layouts:
        titles = {step.key: said(step.title, english=is_english()) for step in one.steps}
        for cell in benches.cell_names(one, english=is_english()):
            key = cell.key.partition(".")[0]
            known = steps.setdefault(key, StepChoices(key, titles[key], cell.choice, ()))
            if all(cell.key != each.key for each in known.cells):
                chosen = CellChoice(
                    cell.key, cell.label, cell.choice, columns.get(cell.key, ""), constants.get(cell.key, "")
                )
                steps[key] = StepChoices(key, known.title, known.choice, (*known.cells, chosen))
    return MappingView(
        columns=table.columns,
        sample=table.rows[:PREVIEW_ROWS],
        unit_by=given.get("unit_by", "serial"),
        unit=given.get("unit", ""),
        steps=tuple(steps.values()),
        conditions=_conditions(file.batch, layouts, given.get("conditions", {})),
    )


def _conditions(
    batch: Batch, layouts: Sequence[Any], given: Mapping[str, str]
) -> tuple[ConditionChoice, ...]:
    first = living(batch).first()
    typed = {f"{row.key}/{row.moment}": row.text for row in first.conditions.all()} if first else {}
    typed |= given
    rules = {rule.key: rule for one in layouts for rule in one.conditions}
    return tuple(
        ConditionChoice(
            key=rule.key,
            label=said(rule.label, english=is_english()),
            unit=rule.unit,
            start=typed.get(f"{rule.key}/start", ""),
            end=typed.get(f"{rule.key}/end", ""),
        )
        for rule in rules.values()
    )


def point_labels(batch: Batch) -> dict[str, tuple[str, str]]:
    """This will name every row of the worksheets of a batch, with the unit of what is judged there."""
    found: dict[str, tuple[str, str]] = {}
    for one in layouts_of(batch):
        for step in one.steps:
            units = [column.unit for column in step.columns if column.unit not in ("", "1")]
            for row in step.rows:
                words = said(row.label, english=is_english())
                if row.repeat:
                    words = _("{point}, lần {n}").format(point=words, n=row.repeat)
                found.setdefault(row.key, (words, units[-1] if units else ""))
    return found


def figures_view(file: BatchFile) -> FiguresView | None:
    """This will show the kept figures of a file; None before they are there."""
    kept = json.loads(file.summary)
    if not kept:
        return None
    labels = point_labels(file.batch)
    verdicts = kept["verdicts"]
    passed = verdicts.get("pass", 0)
    return FiguresView(
        passed=passed,
        failed=verdicts.get("fail", 0),
        undetermined=verdicts.get("undetermined", 0),
        near=kept["near"],
        near_percent=round(100 * kept["near"] / passed) if passed else 0,
        points=tuple(_point(one, labels.get(one["key"], (one["key"], ""))) for one in kept["points"]),
    )


def _point(one: Mapping[str, Any], label: tuple[str, str]) -> PointView:
    lower, upper = one["lower"], one["upper"]
    if lower is not None and upper is not None and lower == -upper:
        limits = f"± {short(upper)}"
    else:
        ends = [("≥", lower), ("≤", upper)]
        limits = " · ".join(f"{sign} {short(end)}" for sign, end in ends if end is not None)
    return PointView(
        key=one["key"],
        label=label[0],
        unit=label[1],
        n=one["n"],
        mean=short(one["mean"]),
        s="—" if one["s"] is None else short(one["s"]),
        low=short(one["low"]),
        high=short(one["high"]),
        limits=limits or "—",
        drawing=benches.histogram(one, alt=f"{_('Phân bố sai số')} {label[0]}", word_of=short),
    )


def short(value: float) -> str:
    """This will write a figure of the statistics with four significant digits."""
    return number(Decimal(format(Decimal(f"{value:.4g}"), "f")), None)


def row_view(row: BatchRow, labels: Mapping[str, tuple[str, str]]) -> RowView:
    """This will show one row of a file."""
    label, unit = labels.get(row.worst_at, ("", ""))
    error = row.errors.get(row.worst_at)
    sheet = row.worksheet
    return RowView(
        row=row.row,
        position=sheet.position if sheet else None,
        unit=row.unit_text,
        sheet=row.worksheet_id,
        number=sheet.number if sheet else "",
        verdict=row.verdict,
        worst=f"{exact(error[0])} {unit}".strip() if error else "",
        worst_at=label,
        share=share(row),
        over=row.worst > 1,
        near=benches.NEAR <= row.worst <= 1,
        problems=sentences(row),
        changes=row.changes,
        overrides=row.overrides,
    )


def share(row: BatchRow) -> str:
    """This will write how much of its limit the worst point uses."""
    return "" if row.worst < 0 else f"{row.worst * 100:.0f} %"


def exact(text: str) -> str:
    """This will write a kept error as the reader's language does, every digit up to six places."""
    return number(Decimal(text), None, signed=True)


def sentences(row: BatchRow) -> tuple[str, ...]:
    """This will say what is wrong with a row."""
    return tuple(benches.sentence(one, english=is_english()) for one in row.problems)

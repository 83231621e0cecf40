"""The instrument before and after its adjustment, row by row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from quacan.centre.base.language.texts import is_english
from quacan.centre.examinations.queries.content import adjustments, current_readings, found_readings
from quacan.centre.examinations.queries.gathered import GatheredSheet
from quacan.centre.examinations.queries.sheet_view import Named
from quacan.centre.examinations.queries.stated_uncertainty import judged
from quacan.centre.examinations.queries.words import number
from quacan.centre.examinations.rules import conclusion, said, step_of
from quacan.metrology.procedure import Procedure, RowResult, SheetResult
from quacan.metrology.procedure.definition import Step


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One row as found and as left: the figure that is judged (or comes last), what the adjustment changed in it."""

    step: str
    label: str
    quantity: str
    unit: str
    found: str
    left: str
    change: str
    limit: str
    found_verdict: str
    left_verdict: str


@dataclass(frozen=True, slots=True)
class AdjustmentView:
    """What was found beside what is left; `carried` counts checklist answers that could still be carried over."""

    reason: str
    by: str
    at: datetime
    times: int
    verdict: str
    sentences: tuple[str, ...]
    rows: tuple[ChangeView, ...]
    carried: int


def adjustment_view(gathered: GatheredSheet) -> AdjustmentView | None:
    """This will set the result as found beside what is typed now, row by row; None without an adjustment."""
    sheet, prepared, left = gathered.sheet, gathered.prepared, gathered.result
    adjusted = adjustments(sheet)
    if not adjusted:
        return None
    now, before = current_readings(sheet), found_readings(sheet)
    found = judged(sheet, prepared, {cell: row.text for cell, row in before.items() if row.text})
    first = adjusted[0]
    lists = {step.key for step in prepared.shown.steps if step.kind == "checklist"}
    return AdjustmentView(
        reason="; ".join(run.reason for run in adjusted),
        by=first.opened_by,
        at=first.opened_at,
        times=len(adjusted),
        verdict=str(found.verdict),
        sentences=tuple(conclusion(found, english=is_english())),
        rows=tuple(_changes(prepared.procedure, found, left)),
        carried=sum(
            1
            for cell, row in before.items()
            if row.text and step_of(cell) in lists and not (cell in now and now[cell].text)
        ),
    )


def _changes(procedure: Procedure, found: SheetResult, left: SheetResult) -> Iterable[ChangeView]:
    after = left.rows
    for step in found.steps:
        defined = procedure.step(step.key)
        for row in step.rows:
            named = _compared(defined, row)
            if named is not None and (named.key in row.values or named.key in after[row.key].values):
                yield _change(said(step.title, english=is_english()), named, row, after[row.key])


def _compared(defined: Step, row: RowResult) -> Named | None:
    """The figure of a row that is compared: the one that is judged, else the last that is computed."""
    figures: list[Named] = (
        [*defined.statistics, *defined.summaries]
        if row.kind == "summary"
        else [*defined.draws, *defined.formulas]
    )
    decided = [one for one in figures if one.key == row.judged]
    return decided[0] if decided else figures[-1] if figures else None


def _change(step: str, named: Named, found: RowResult, left: RowResult) -> ChangeView:
    before, after = found.values.get(named.key), left.values.get(named.key)
    limit = found.limit or left.limit
    label = said(found.label, english=is_english())
    signed = limit is not None and limit.lower is not None and limit.lower < 0
    return ChangeView(
        step=step,
        label=f"{label}, " + _("lần {n}").format(n=found.repeat) if found.kind == "repeat" else label,
        quantity=said(named.label, english=is_english()),
        unit="" if named.unit == "1" else named.unit,
        found=_figure(before, named, signed=signed),
        left=_figure(after, named, signed=signed),
        change=_figure(after - before, named, signed=True)
        if before is not None and after is not None
        else "",
        limit=said(limit.text, english=is_english()) if limit else "",
        found_verdict=str(found.verdict or ""),
        left_verdict=str(left.verdict or ""),
    )


def _figure(value: Decimal | None, named: Named, *, signed: bool = False) -> str:
    return number(value, named.decimals, signed=signed) if value is not None else ""

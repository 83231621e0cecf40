"""Evaluates a sheet: typed text in, exact errors, limits and a three-valued verdict out. Pure, fail-closed.

Nothing missing is ever filled in. A reading, characteristic, condition or limit that is absent or cannot be
read leaves what depends on it undetermined with its reason. A row outside its limit fails the sheet whatever
readings are still missing, provided that the conditions are recorded and met and the version governs the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from quacan.metrology.conformity import Verdict
from quacan.metrology.limits import LimitTable
from quacan.metrology.procedure import reasons
from quacan.metrology.procedure.characteristics import (
    Characteristics,
    ConditionResult,
    read_characteristics,
    read_condition,
)
from quacan.metrology.procedure.definition import Procedure
from quacan.metrology.procedure.layout import SheetLayout, layout_of
from quacan.metrology.procedure.limiting import Intervals
from quacan.metrology.procedure.reasons import Reason
from quacan.metrology.procedure.results import RowResult, SheetResult, StepResult, worst
from quacan.metrology.procedure.rows import Sheet, run_step

_INSTRUMENT_REASONS = frozenset({"missing_characteristic", "unreadable_characteristic", "formula_refused"})


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything of a sheet but its readings: worked out once for a bench of equal instruments."""

    procedure: Procedure
    known: Characteristics
    event: str
    on: date
    shown: SheetLayout
    checked: tuple[ConditionResult, ...]
    base: Mapping[str, Decimal]
    intervals: Intervals


def run(
    procedure: Procedure,
    *,
    characteristics: Mapping[str, str | Decimal],
    event: str,
    on: date,
    cells: Mapping[str, str],
    conditions: Mapping[str, str | Sequence[str]],
    limits: Mapping[str, LimitTable],
    waived: frozenset[str] = frozenset(),
) -> SheetResult:
    """This will evaluate every row of the sheet of one instrument at one event on one day.

    `cells` maps the keys of the layout to typed text; `conditions` gives one text or one per moment (start,
    end) for each influence quantity; `waived` names the conditions accepted outside their limits by a signed
    deviation. The answer does not depend on the order of entry, and taking anything away from the input never
    turns it into a pass.
    """
    prepared = prepare(
        procedure,
        characteristics=characteristics,
        event=event,
        on=on,
        conditions=conditions,
        limits=limits,
        waived=waived,
    )
    return evaluate(prepared, cells=cells)


def run_many(
    procedure: Procedure,
    *,
    characteristics: Mapping[str, str | Decimal],
    event: str,
    on: date,
    units: Iterable[Mapping[str, str]],
    conditions: Mapping[str, str | Sequence[str]],
    limits: Mapping[str, LimitTable],
    waived: frozenset[str] = frozenset(),
) -> Iterator[SheetResult]:
    """This will evaluate a bench: the cells of each unit in turn, equal instruments under equal conditions.

    Every result is the one `run` would give for the unit alone.
    """
    prepared = prepare(
        procedure,
        characteristics=characteristics,
        event=event,
        on=on,
        conditions=conditions,
        limits=limits,
        waived=waived,
    )
    return (evaluate(prepared, cells=cells) for cells in units)


def prepare(
    procedure: Procedure,
    *,
    characteristics: Mapping[str, str | Decimal],
    event: str,
    on: date,
    conditions: Mapping[str, str | Sequence[str]],
    limits: Mapping[str, LimitTable],
    waived: frozenset[str] = frozenset(),
) -> Prepared:
    """This will work out what does not depend on the readings: layout, conditions and where limits come from.

    `waived` names conditions accepted outside their limits; missing or unreadable ones are never accepted.
    """
    known = read_characteristics(procedure, characteristics)
    fitted = procedure.in_unit(known.unit)
    checked = tuple(
        read_condition(rule, conditions.get(rule.key), waived=rule.key in waived)
        for rule in procedure.conditions
    )
    base = dict(known.numbers) | {each.key: each.mean for each in checked if each.mean is not None}
    return Prepared(
        procedure=fitted,
        known=known,
        event=event,
        on=on,
        shown=layout_of(fitted, known=known, event=event),
        checked=checked,
        base=base,
        intervals=Intervals(known=known, event=event, on=on, limits=limits),
    )


def evaluate(
    prepared: Prepared, *, cells: Mapping[str, str], guards: Mapping[str, Decimal] | None = None
) -> SheetResult:
    """This will evaluate one set of readings on a prepared sheet.

    With `guards` every limit is drawn in by the U of its row (guarded acceptance agreed for the work); a row
    without one is undetermined.
    """
    sheet = Sheet(
        procedure=prepared.procedure,
        known=prepared.known,
        event=prepared.event,
        on=prepared.on,
        base=prepared.base,
        intervals=prepared.intervals,
        cells=cells,
        guards=guards,
    )
    steps = tuple(run_step(sheet, each) for each in prepared.shown.steps)
    return _conclude(sheet, prepared.shown, prepared.checked, steps)


def _conclude(
    sheet: Sheet, shown: SheetLayout, checked: tuple[ConditionResult, ...], steps: tuple[StepResult, ...]
) -> SheetResult:
    rows = [row for step in steps for row in step.rows]
    failing = tuple(row.key for row in rows if row.verdict is Verdict.FAIL)
    general = _general(sheet, shown, checked)
    if all(step.verdict is None for step in steps):
        general.append(reasons.nothing_to_decide())
    missing = tuple(key for key in shown.required_cells if not sheet.cells.get(key, "").strip())
    blocked = any(reason.code not in _INSTRUMENT_REASONS for reason in general)
    verdict = Verdict.FAIL if failing and not blocked else _without_failure(general, steps)
    if failing and blocked:
        verdict = Verdict.UNDETERMINED
    return SheetResult(
        procedure=sheet.procedure.code,
        version=sheet.procedure.version,
        event=sheet.event,
        on=sheet.on,
        unit=sheet.known.unit,
        verdict=verdict,
        decided_early=verdict is Verdict.FAIL and bool(missing),
        reasons=_once([*general, *(reason for row in rows for reason in row.reasons)]),
        warnings=(*(note for each in checked for note in each.accepted), *_warnings(sheet, shown, rows)),
        failing_rows=failing,
        missing_cells=missing,
        numbers=dict(sheet.base),
        conditions=checked,
        steps=steps,
    )


def _without_failure(general: Sequence[Reason], steps: Sequence[StepResult]) -> Verdict:
    combined = worst(step.verdict for step in steps)
    if general or combined is None:
        return Verdict.UNDETERMINED
    return combined


def _general(sheet: Sheet, shown: SheetLayout, checked: Sequence[ConditionResult]) -> list[Reason]:
    found = list(shown.problems)
    procedure = sheet.procedure
    if not procedure.is_in_force(on=sheet.on):
        until = procedure.in_force_to.isoformat() if procedure.in_force_to else ""
        found.append(reasons.not_in_force(sheet.on.isoformat(), procedure.in_force_from.isoformat(), until))
    return found + [problem for each in checked for problem in each.problems]


def _warnings(sheet: Sheet, shown: SheetLayout, rows: Sequence[RowResult]) -> tuple[Reason, ...]:
    cells = [cell for row in rows for cell in row.cells]
    known = {cell.key for cell in cells}
    optional = {c.key for s in shown.steps for r in s.rows for c in r.cells if not c.required}
    found = [cell.warning for cell in cells if cell.warning is not None]
    found += [cell.problem for cell in cells if cell.problem is not None and cell.key in optional]
    found += [
        reasons.unknown_cell(key) for key in sorted(set(sheet.cells) - known) if sheet.cells[key].strip()
    ]
    return tuple(found)


def _once(found: Sequence[Reason]) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(found))

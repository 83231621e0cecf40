"""What a worksheet would have come to had the value of one of its standards been known. Pure, fail-closed.

The deviation d is the standard's true value less the value its certificate states, in a unit or in per cent of
the value. Nothing typed is altered: adjusted texts are made beside the readings and the frozen procedure is run
once more with them. How the value of a standard enters a step is declared data (`Realisation`):

* ``reading``: the cell holds the standard's value as stated, so the true one is cell + d. An error
  indication − reference falls by d.
* ``nominal``: the standard realised the nominal value. Since E = indication − nominal, running with
  indication − d gives the E of nominal + d while limits stay those of the marked nominal. That both are equal is
  proved on the numbers of every row; where it does not hold the sheet is undetermined.
* ``nominal_ratio``: the same for E = (indication − nominal)/nominal, with indication · nominal/(nominal + d).
* ``percent_error``: the cell holds a relative error (W − Ws)/Ws in per cent, so with the true Ws(1 + d/100) it is
  (100 + cell)/(1 + d/100) − 100. Needs d in per cent.
* ``none``: the standard's value does not enter. ``unknown`` or undeclared: the cells of the step are taken away,
  and a pass that is left is no pass.

Limits, uncertainties, guard bands and conditions stay as they were; d is the same at every point (in per cent: the
same share of every value). Whatever cannot be recomputed is undetermined, never silently a pass.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from quacan.metrology.conformity import Verdict
from quacan.metrology.expressions import ExpressionRefused, evaluate_decimal
from quacan.metrology.procedure import Prepared, RowResult, SheetResult, evaluate
from quacan.metrology.procedure.definition import Step
from quacan.metrology.procedure.layout import LayoutRow
from quacan.metrology.quantities import LONGEST_NUMBER, NumberRefused, parse_number
from quacan.metrology.rounding import plain_text
from quacan.metrology.units import UnitRefused, convert_difference, unit_named

PERCENT: Final = "%"
HUNDRED: Final = Decimal(100)
_CLOSE: Final = Decimal("1e-15")


class By(StrEnum):
    """How the value of a standard enters a step."""

    READING = "reading"
    NOMINAL = "nominal"
    NOMINAL_RATIO = "nominal_ratio"
    PERCENT_ERROR = "percent_error"
    NONE = "none"
    UNKNOWN = "unknown"


class Effect(StrEnum):
    """What a wrong standard does to the conclusion of a worksheet."""

    BECOMES_FAIL = "becomes_fail"
    UNDETERMINED = "undetermined"
    BECOMES_PASS = "becomes_pass"  # noqa: S105
    STILL_FAIL = "still_fail"
    STILL_PASS = "still_pass"  # noqa: S105


class Why(StrEnum):
    """Why a worksheet cannot be recomputed."""

    NOTHING = ""
    NOT_SUBMITTED = "not_submitted"
    STORED_UNDETERMINED = "stored_undetermined"
    STORED_DIFFERS = "stored_differs"
    NOT_DECLARED = "not_declared"
    NOT_RECOMPUTABLE = "not_recomputable"
    UNIT = "unit"
    PERCENT = "percent"
    UNREADABLE = "unreadable"
    NO_NOMINAL = "no_nominal"
    NOT_EQUAL = "not_equal"
    OTHER_CERTIFICATE = "other_certificate"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Realisation:
    """How the value of a standard enters one step: through which typed columns; *percent_of* names the base."""

    by: By
    columns: tuple[str, ...] = ()
    percent_of: str = ""


@dataclass(frozen=True, slots=True)
class Deviation:
    """The true value of a standard less the stated one: a number in a unit, or per cent of the value."""

    value: Decimal
    unit: str

    @property
    def is_percent(self) -> bool:
        return self.unit == PERCENT


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands on a worksheet: every cell, the cells bound to the standard, and the needs it served."""

    cells: Mapping[str, str]
    bound: frozenset[str]
    needs: tuple[str, ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class Tightest:
    """The row nearest to (or farthest beyond) its limit after recomputing, beside what it was."""

    row: str
    label_vi: str
    label_en: str
    before: str
    after: str
    limit_vi: str
    limit_en: str
    unit: str


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A worksheet under a deviation: the effect, the new verdict, why not, whether reported errors change."""

    effect: Effect
    before: str
    after: str
    why: Why = Why.NOTHING
    where: str = ""
    changed: bool = False
    tightest: Tightest | None = None


@dataclass(frozen=True, slots=True)
class _Trouble:
    why: Why
    step: str


@dataclass(slots=True)
class _Adjusted:
    """The cells to run with, and what could not be adjusted."""

    cells: dict[str, str]
    troubles: list[_Trouble] = field(default_factory=list)


Realisations = Mapping[tuple[str, str], Realisation]
"""By (need, step) of one procedure."""


class _NotAdjustable(Exception):
    def __init__(self, why: Why) -> None:
        self.why = why


def read_deviation(value: str, unit: str) -> Deviation:
    """This will read a deviation as typed; raises NumberRefused or UnitRefused.

    A per cent deviation that would leave nothing of the standard (−100 % or less) is refused as a number.
    """
    number = parse_number(value)
    symbol = PERCENT if unit.strip() == PERCENT else unit_named(unit.strip()).symbol
    if symbol == PERCENT and number <= -HUNDRED:
        raise NumberRefused(f"{number} % leaves nothing of the standard.")
    return Deviation(number, symbol)


def recompute(prepared: Prepared, typed: Typed, deviation: Deviation, known: Realisations) -> Recomputed:
    """This will say what a submitted worksheet would have come to with the true value of the standard.

    Evaluates twice: as stored (which must give the stored verdict) and with adjusted cells. With d = 0 the verdict
    is the stored one, except where the standard's part in a step is unknown.
    """
    if typed.verdict == Verdict.UNDETERMINED.value:
        return _undetermined(typed.verdict, Why.STORED_UNDETERMINED)
    before = evaluate(prepared, cells=typed.cells)
    if before.verdict.value != typed.verdict:
        return _undetermined(typed.verdict, Why.STORED_DIFFERS)
    made = _adjust(prepared, typed, deviation, known, before)
    after = evaluate(prepared, cells=made.cells)
    trouble = made.troubles[0] if made.troubles else None
    verdict = after.verdict
    if trouble is not None and verdict is Verdict.PASS:
        verdict = Verdict.UNDETERMINED
    effect = effect_of(typed.verdict, verdict.value)
    why = Why.NOTHING
    if effect is Effect.UNDETERMINED:
        why = trouble.why if trouble else Why.RESULT
    return Recomputed(
        effect=effect,
        before=typed.verdict,
        after=verdict.value,
        why=why,
        where=trouble.step if trouble and why else "",
        changed=_errors_changed(before, after),
        tightest=_tightest(before, after),
    )


def effect_of(before: str, after: str) -> Effect:
    """This will name the change from one verdict to another; anything undetermined is undetermined."""
    table = {
        ("pass", "pass"): Effect.STILL_PASS,
        ("pass", "fail"): Effect.BECOMES_FAIL,
        ("fail", "fail"): Effect.STILL_FAIL,
        ("fail", "pass"): Effect.BECOMES_PASS,
    }
    return table.get((before, after), Effect.UNDETERMINED)


def unfinished(verdict: str) -> Recomputed:
    """This will give the answer for a worksheet still being measured: its readings must be taken again."""
    return _undetermined(verdict, Why.NOT_SUBMITTED)


def _undetermined(before: str, why: Why) -> Recomputed:
    return Recomputed(Effect.UNDETERMINED, before, Verdict.UNDETERMINED.value, why)


def _adjust(
    prepared: Prepared, typed: Typed, deviation: Deviation, known: Realisations, before: SheetResult
) -> _Adjusted:
    made = _Adjusted(dict(typed.cells))
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
    made: _Adjusted,
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


def _take_away(made: _Adjusted, prepared: Prepared, step: str, why: Why) -> None:
    """Without its readings a step can fail nothing and pass nothing."""
    for row in _rows(prepared, step):
        for cell in row.cells:
            made.cells.pop(cell.key, None)
    made.troubles.append(_Trouble(why, step))


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


def _errors_changed(before: SheetResult, after: SheetResult) -> bool:
    rows = after.rows
    return any(row.error != rows[key].error for key, row in before.rows.items() if row.error is not None)


def _tightest(before: SheetResult, after: SheetResult) -> Tightest | None:
    judged = [row for row in after.rows.values() if row.margin is not None and row.limit is not None]
    if not judged:
        return None
    row = min(judged, key=_closeness)
    was = before.rows[row.key].error
    limit = row.limit
    if limit is None:
        return None
    return Tightest(
        row=row.key,
        label_vi=row.label.vi,
        label_en=row.label.en,
        before="" if was is None else plain_text(was),
        after="" if row.error is None else plain_text(row.error),
        limit_vi=limit.text.vi,
        limit_en=limit.text.en,
        unit=limit.unit,
    )


def _closeness(row: RowResult) -> Decimal:
    """The margin as a share of the limit, so that rows of different units compare."""
    limit, margin = row.limit, row.margin
    if limit is None or margin is None:
        return HUNDRED
    size = max((abs(end) for end in (limit.lower, limit.upper) if end is not None), default=Decimal(0))
    return margin / size if size else margin


def counts_of(effects: Iterable[str]) -> dict[str, int]:
    """This will count worksheets by effect, every effect named, the gravest first."""
    found = dict.fromkeys((effect.value for effect in Effect), 0)
    for effect in effects:
        found[effect] += 1
    return found


def period_problem(from_on: date, to_on: date | None, *, on: date) -> str:
    """This will say what is wrong with the days asked for: 'future', 'swapped' or nothing."""
    if from_on > on:
        return "future"
    return "swapped" if to_on is not None and to_on < from_on else ""

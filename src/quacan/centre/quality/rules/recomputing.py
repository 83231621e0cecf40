"""A worksheet under a deviation: evaluated as stored, then with adjusted cells, and what changed."""

from decimal import Decimal

from quacan.centre.quality.rules.adjusting import adjust
from quacan.centre.quality.rules.values import (
    HUNDRED,
    Deviation,
    Effect,
    Realisations,
    Recomputed,
    Tightest,
    Typed,
    Why,
)
from quacan.metrology.conformity import Verdict
from quacan.metrology.procedure import Prepared, RowResult, SheetResult, evaluate
from quacan.metrology.rounding import plain_text


def recompute(prepared: Prepared, typed: Typed, deviation: Deviation, known: Realisations) -> Recomputed:
    """This will say what a submitted worksheet would have come to with the true value of the standard.

    Evaluates twice: as stored (which must give the stored verdict) and with adjusted cells. With d = 0 the verdict
    is the stored one, except where the standard's part in a step is unknown.
    """
    if typed.verdict == Verdict.UNDETERMINED.value:
        return _undetermined(typed.verdict, Why.STORED_UNDETERMINED)
    before = evaluate(prepared, cells=typed.cells, guards=typed.guards)
    if before.verdict.value != typed.verdict:
        return _undetermined(typed.verdict, Why.STORED_DIFFERS)
    made = adjust(prepared, typed, deviation, known, before)
    after = evaluate(prepared, cells=made.cells, guards=typed.guards)
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


def _errors_changed(before: SheetResult, after: SheetResult) -> bool:
    """Whether an error that was recomputed differs from the one reported."""
    rows = after.rows
    pairs = ((row.error, rows[key].error) for key, row in before.rows.items())
    return any(one is not None and other is not None and one != other for one, other in pairs)


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

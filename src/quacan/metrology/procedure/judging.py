"""Compares one value with its limit, exactly: a value on the limit is on the limit, and that is a pass.

Simple acceptance compares the value with the limit itself (JCGM 106, 8.2). Guarded acceptance narrows the
interval by the expanded uncertainty on both sides (JCGM 106, 8.3.2; R 111-1, 5.3.1) and first asks that the
uncertainty be a stated part of the limit (R 111-1, 5.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from quacan.metrology.conformity import Verdict
from quacan.metrology.procedure import reasons
from quacan.metrology.procedure.definition import EmptyLimit, Judgement, Text
from quacan.metrology.procedure.limiting import Intervals, LimitUnknown
from quacan.metrology.procedure.reasons import Reason, number_text
from quacan.metrology.procedure.results import LimitInterval
from quacan.metrology.rounding import round_to


@dataclass(frozen=True, slots=True)
class Judged:
    """A value beside its limit: the interval, what is left to the nearer end, and the verdict."""

    value: Decimal | None
    limit: LimitInterval | None
    margin: Decimal | None
    verdict: Verdict
    reasons: tuple[Reason, ...]


def judge(
    rule: Judgement,
    *,
    row: str,
    label: Text,
    values: Mapping[str, Decimal],
    intervals: Intervals,
    guards: Mapping[str, Decimal] | None = None,
) -> Judged:
    """This will judge a row: undetermined whenever the value, the limit or the guard is unknown.

    `guards` gives U by row where guarded acceptance was agreed on top of the procedure (JCGM 106, 8.3.2 with
    w = U; ILAC-G8, 4.2.2); a guard the procedure demands itself stays as it is.
    """
    value = values.get(rule.value)
    if isinstance(rule.limit, EmptyLimit):
        why = reasons.no_limit(row, rule.limit.note)
        return Judged(value, None, None, Verdict.UNDETERMINED, (why,))
    try:
        limit = intervals.of(rule, values)
    except LimitUnknown as unknown:
        why = reasons.limit_refused(row, unknown.sentence)
        return Judged(value, None, None, Verdict.UNDETERMINED, (why,))
    if rule.guard:
        return _judge_guarded(rule, row, label, value, values.get(rule.guard), limit)
    if guards is not None:
        return _judge_as_agreed(row, label, value, guards.get(row), limit)
    return _judge_simply(row, label, value, limit)


def _judge_as_agreed(
    row: str, label: Text, value: Decimal | None, U: Decimal | None, limit: LimitInterval
) -> Judged:
    if value is None:
        return Judged(None, limit, None, Verdict.UNDETERMINED, ())
    if U is None:
        why = reasons.missing_uncertainty(row, label)
        return Judged(value, limit, None, Verdict.UNDETERMINED, (why,))
    lower = None if limit.lower is None else limit.lower + U
    upper = None if limit.upper is None else limit.upper - U
    if limit.lower is not None and limit.upper is not None and limit.upper - limit.lower < 2 * U:
        allowed = number_text((limit.upper - limit.lower) / 2, limit.unit)
        why = reasons.uncertainty_too_large(row, number_text(U, limit.unit), allowed)
        return Judged(value, limit, None, Verdict.UNDETERMINED, (why,))
    narrowed = replace(limit, lower=lower, upper=upper, text=_guarded_text(limit, U))
    return _judge_simply(row, label, value, narrowed)


def _judge_guarded(
    rule: Judgement, row: str, label: Text, value: Decimal | None, U: Decimal | None, limit: LimitInterval
) -> Judged:
    if U is None or limit.lower is None or limit.upper is None or rule.guard_ratio is None:
        return Judged(value, limit, None, Verdict.UNDETERMINED, ())
    half_width = (limit.upper - limit.lower) / 2
    if U <= 0 or U * rule.guard_ratio > half_width:
        allowed = number_text(half_width / rule.guard_ratio, limit.unit)
        why = reasons.uncertainty_too_large(row, number_text(U, limit.unit), allowed)
        return Judged(value, limit, None, Verdict.UNDETERMINED, (why,))
    narrowed = replace(limit, lower=limit.lower + U, upper=limit.upper - U, text=_guarded_text(limit, U))
    return _judge_simply(row, label, value, narrowed)


def _shown(value: Decimal, excess: Decimal, limit: LimitInterval) -> tuple[Text, Text, Text]:
    """The value, its limit and the excess as a person reads them: to the second digit of the excess."""
    finest = min(_exponent(value), _exponent(excess))
    exponent = max(finest, excess.adjusted() - 1)
    if exponent > 0:
        exponent = min(0, exponent)
    value_text = number_text(round_to(value, exponent, "half-even"), limit.unit)
    return value_text, limit.text, number_text(round_to(excess, exponent, "half-even"), limit.unit)


def _exponent(number: Decimal) -> int:
    return int(number.normalize().as_tuple().exponent)


def _guarded_text(limit: LimitInterval, U: Decimal) -> Text:
    guard = number_text(U, limit.unit)
    return Text(vi=f"{limit.text.vi} trừ U {guard.vi}", en=f"{limit.text.en} less U {guard.en}")


def _judge_simply(row: str, label: Text, value: Decimal | None, limit: LimitInterval) -> Judged:
    if value is None:
        return Judged(None, limit, None, Verdict.UNDETERMINED, ())
    room = [limit.upper - value] if limit.upper is not None else []
    room += [value - limit.lower] if limit.lower is not None else []
    margin = min(room)
    if margin >= 0:
        return Judged(value, limit, margin, Verdict.PASS, ())
    why = reasons.outside_limit(row, label, *_shown(value, -margin, limit))
    return Judged(value, limit, margin, Verdict.FAIL, (why,))

"""What one unit comes to: verdict, error and limit at every judged row, how near the worst comes to its limit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from quacan.metrology.limits import LimitTable
from quacan.metrology.procedure import Procedure, Reason, RowResult, SheetResult, Verdict, run_many
from quacan.metrology.rounding import plain_text

NOTHING: Final = -1.0
MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Weighed:
    """One unit: *errors* maps a row to its error and limits in full digits, *worst* is the share of the limit used.

    *why* gives the first reasons where it does not pass.
    """

    verdict: str
    errors: Mapping[str, tuple[str, str | None, str | None]]
    worst: float
    worst_at: str
    why: tuple[Reason, ...]


def weigh(
    procedure: Procedure,
    *,
    characteristics: Mapping[str, Any],
    event: str,
    on: date,
    units: Sequence[Mapping[str, str]],
    conditions: Mapping[str, str | Sequence[str]],
    limits: Mapping[str, LimitTable],
) -> Iterator[Weighed]:
    """This will decide equal instruments under equal conditions, one after another."""
    results = run_many(
        procedure,
        characteristics=characteristics,
        event=event,
        on=on,
        units=units,
        conditions=conditions,
        limits=limits,
    )
    return (weighed(result) for result in results)


def weighed(result: SheetResult) -> Weighed:
    """This will keep of a result what a table of a batch shows."""
    judged = list(_judged(result))
    shares = [(share, row.key) for row in judged if (share := _share(row)) is not None]
    worst, at = max(shares, default=(NOTHING, ""))
    return Weighed(str(result.verdict), {row.key: _figures(row) for row in judged}, worst, at, _why(result))


def _why(result: SheetResult) -> tuple[Reason, ...]:
    if result.verdict is Verdict.PASS:
        return ()
    if result.verdict is Verdict.FAIL:
        rows = result.rows
        return tuple(reason for key in result.failing_rows[:MOST_NAMED] for reason in rows[key].reasons[:1])
    return tuple(one for one in result.reasons if one.code != "outside_limit")[:MOST_NAMED]


def _judged(result: SheetResult) -> Iterable[RowResult]:
    return (
        row for step in result.steps for row in step.rows if row.error is not None and row.limit is not None
    )


def _figures(row: RowResult) -> tuple[str, str | None, str | None]:
    limit = row.limit
    assert row.error is not None
    assert limit is not None
    ends = [None if end is None else plain_text(end) for end in (limit.lower, limit.upper)]
    return plain_text(row.error), ends[0], ends[1]


def _share(row: RowResult) -> float | None:
    limit = row.limit
    if row.margin is None or limit is None:
        return None
    ends = [abs(end) for end in (limit.lower, limit.upper) if end is not None]
    return float(1 - row.margin / max(ends)) if ends and max(ends) > 0 else None

"""The table a quality manager files: docs/validation.md."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from quacan.metrology.engine_version import ENGINE_VERSION
from validation import decisions, framework, sampling, tables
from validation.cases import EXACT, Row, cases, rows_of

PAGE = Path(__file__).parents[1] / "docs" / "validation.md"
CHECKERS = {**framework.CHECKERS, **sampling.CHECKERS, **decisions.CHECKERS, **tables.CHECKERS}
_VERDICT = {
    "pass": "đạt · pass",
    "fail": "**không đạt · fail**",
    "no checker": "**chưa kiểm · no checker**",
    "not computed": "**chưa tính · not computed**",
}
_LONGEST = 6


def all_rows() -> list[Row]:
    """This will run every published case through the library."""
    return [row for case in cases() for row in rows_of(case, CHECKERS)]


def page(rows: Sequence[Row]) -> str:
    """This will write the page; the same library and cases give the same text."""
    return "\n".join([*_heading(rows), "", *_table(rows), "", *_notes(rows), ""])


def _heading(rows: Sequence[Row]) -> Iterator[str]:
    outcomes = Counter(row.outcome for row in rows)
    figures = sum(_count(row.published) for row in rows)
    count = len({row.case for row in rows})
    yield "# Xác nhận giá trị sử dụng · Validation of the science"
    yield ""
    yield (
        f"Engine version {ENGINE_VERSION}: {count} published cases, {len(rows)} quantities, {figures} figures; "
        f"{outcomes['pass']} quantities pass, {len(rows) - outcomes['pass']} do not."
    )
    yield ""
    yield (
        "Written by `make validate`. A quantity passes when every figure lies within its tolerance of the published "
        f"one (half a unit of the last printed digit, unless the case says more) and within {EXACT:g} relative of the "
        "same quantity computed independently at full precision. Figures found by Monte Carlo are marked ±: both "
        "comparisons are widened by that margin. Limits must agree exactly. *Share* is the largest deviation divided "
        "by what is allowed."
    )


def _table(rows: Sequence[Row]) -> Iterator[str]:
    yield "| Case | Source | Clause | Quantity | Published | Tolerance | Ours | Share | Verdict |"
    yield "|---|---|---|---|---|---|---|---|---|"
    previous = ""
    for row in rows:
        known = row.case == previous
        where = ("", "", "") if known else (row.case, row.source, row.clause)
        previous = row.case
        tolerance = "exact" if row.tolerance == 0 else f"{row.tolerance:.3g}"
        margin = f" ± {row.margin:g}" if row.margin else ""
        share = "" if row.deviation is None else _share(row.deviation)
        cells = (
            *where,
            f"`{row.quantity}`",
            _figures(row.published, digits=12),
            tolerance,
            _figures(row.ours, digits=5 if row.margin else 9) + margin,
            share,
            _VERDICT[row.outcome],
        )
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _notes(rows: Sequence[Row]) -> Iterator[str]:
    yield "## Ghi chú · Notes"
    yield ""
    for case, note in dict.fromkeys((row.case, row.note) for row in rows if row.note):
        yield f"* **{case}**: {note}"


def _share(deviation: float) -> str:
    if math.isinf(deviation):
        return "∞"
    return "< 0.01" if deviation < 0.01 else f"{deviation:.2f}"


def _count(value: Any) -> int:
    if isinstance(value, Mapping):
        return sum(_count(item) for item in value.values())
    return sum(_count(item) for item in value) if isinstance(value, list) else 1


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _flat(item)
    elif isinstance(value, list):
        for item in value:
            yield from _flat(item)
    else:
        yield value


def _figures(value: Any, *, digits: int) -> str:
    """Up to six figures in full; of a longer table the first and last, and how many there are."""
    if value is None:
        return "—"
    figures = [_figure(item, digits=digits) for item in _flat(value)]
    if len(figures) > _LONGEST:
        return f"{figures[0]}; {figures[1]}; … ; {figures[-1]} ({len(figures)} figures)"
    return "; ".join(figures)


def _figure(value: Any, *, digits: int) -> str:
    if value is None:
        return "—"
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal | int):
        return f"{Decimal(value).normalize():f}"
    return f"{float(value):.{digits}g}"

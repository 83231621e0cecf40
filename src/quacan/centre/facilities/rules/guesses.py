"""Guesses which column of a logger's file says what, to be confirmed by a person."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from quacan.centre.base.intake import Row
from quacan.centre.base.language.folding import fold
from quacan.centre.facilities.rules.columns import Columns, columns_from, instant_of
from quacan.centre.facilities.rules.readings import read
from quacan.centre.facilities.rules.stamps import DayOrder, clock_of, day_of, day_part

SAMPLE: Final = 200

_WORDS: Final = (
    ("water_temperature", ("nhiet do nuoc", "water temp")),
    ("liquid_temperature", ("nhiet do chat long", "liquid temp", "bath temp")),
    ("temperature", ("nhiet do", "temp", "°c", "℃")),
    ("humidity", ("do am", "humid", "rh", "am do")),
    ("pressure", ("ap suat", "pressure", "hpa", "mbar")),
)
_NOT: Final = ("dew", "diem suong", "alarm", "canh bao", "max", "min")


def guess(rows: Sequence[Row]) -> Columns | None:
    """This will guess which column says what from the first rows and the words above them; None if no day is found."""
    sample = rows[:SAMPLE]
    order = _order(sample)
    width = max((len(row) for row in sample), default=0)
    both, times = _column(sample, width, lambda cell: _is_instant(cell, order))
    apart, days = _column(sample, width, lambda cell: day_of(day_part(cell), order) is not None)
    if not days:
        return None
    day = both if times == days else apart
    clock = None if times == days else _column(sample, width, lambda cell: clock_of(cell) is not None)[0]
    plan = Columns(0, day, clock, order, ())
    head = next((i for i, row in enumerate(sample) if instant_of(row, plan) is not None), None)
    if head is None:
        return None
    taken = {day, clock}
    words = [
        fold(" ".join(row[i] for row in sample[max(0, head - 2) : head] if i < len(row)))
        for i in range(width)
    ]
    named: dict[str, int] = {}
    for index, text in enumerate(words):
        key = _named(text)
        if index not in taken and key and key not in named:
            named[key] = index
    return Columns(head, day, clock, order, tuple(named.items()))


def columns_for(rows: Sequence[Row], kept: Mapping[str, Any]) -> Columns | None:
    """This will give the columns as they were kept, where they fit this file too, else a guess."""
    known = columns_from(kept)
    if known is not None and known.quantities and read(rows[: known.head + SAMPLE], known).readings:
        return known
    return guess(rows)


def _named(words: str) -> str:
    if any(word in words for word in _NOT):
        return ""
    return next((key for key, told in _WORDS if any(word in words for word in told)), "")


def _is_instant(cell: str, order: DayOrder) -> bool:
    return instant_of((cell,), Columns(0, 0, None, order, ())) is not None


def _column(sample: Sequence[Row], width: int, fits: Callable[[str], bool]) -> tuple[int, int]:
    """The column most of whose cells fit, the leftmost of several, and how many do."""
    counted = [sum(1 for row in sample if i < len(row) and row[i] and fits(row[i])) for i in range(width)]
    best = max(range(width), key=lambda i: (counted[i], -i), default=0)
    return best, counted[best] if counted else 0


def _order(sample: Sequence[Row]) -> DayOrder:
    """Day before month, as written here, unless some row can only be read month before day."""
    for row in sample:
        for cell in row:
            first = day_part(cell)
            if day_of(first, "dmy") is None and day_of(first, "mdy") is not None:
                return "mdy"
    return "dmy"

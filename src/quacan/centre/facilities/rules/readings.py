"""The readings in the rows of a logger's file; no row is guessed at.

A reading is one quantity at one instant. The order of the rows does not matter: a value told twice counts once, two
values for the same instant are both refused.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, Literal

from quacan.centre.base.intake import Row
from quacan.centre.facilities.rules.columns import Columns, instant_of
from quacan.centre.facilities.rules.places import is_possible
from quacan.metrology.quantities import NumberRefused, parse_number

MOST_DIGITS_AFTER: Final = 6
LARGEST_VALUE: Final = Decimal(10) ** 8

Why = Literal["instant", "number", "impossible", "twice", "empty", "kept", "future"]


@dataclass(frozen=True, slots=True)
class Read:
    """One quantity at one instant (UTC), with the text it was read from and its line in the file."""

    quantity: str
    at: datetime
    value: Decimal
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that cannot be taken: its line in the file (from 1), why, the text that is at fault, the quantity."""

    line: int
    why: Why
    text: str
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file says: its readings in the order of time, its wrong rows, how many rows it has."""

    readings: tuple[Read, ...]
    wrong: tuple[Wrong, ...]
    rows: int


_UNIT: Final = re.compile(r"\s*(?:°\s*C|℃|C|%\s*rh|%|hPa|mbar)$", re.IGNORECASE)


def number_text(text: str) -> str:
    """This will give the text of a number as typed, without the unit a logger may write behind it."""
    trimmed = text.strip()
    return trimmed if trimmed[-1:].isdigit() else _UNIT.sub("", trimmed)


def value_of(text: str) -> Decimal | None:
    """This will read a number with a comma or a point, a unit behind it forgiven; None if it is none or too long."""
    try:
        value = parse_number(number_text(text))
    except NumberRefused:
        return None
    exponent = value.as_tuple().exponent
    too_fine = isinstance(exponent, int) and exponent < -MOST_DIGITS_AFTER
    return None if too_fine or abs(value) >= LARGEST_VALUE else value


def read(rows: Sequence[Row], columns: Columns) -> Taken:
    """This will read every row below the head: an empty cell is no reading, an unreadable one is wrong."""
    found: dict[tuple[str, datetime], list[Read]] = {}
    wrong: list[Wrong] = []
    count = 0
    for line, row in enumerate(rows[columns.head :], columns.head + 1):
        if not any(row):
            continue
        count += 1
        for one in _row(line, row, columns):
            if isinstance(one, Wrong):
                wrong.append(one)
            else:
                found.setdefault((one.quantity, one.at), []).append(one)
    readings = []
    for told in found.values():
        if len(told) == 1 or len({one.value for one in told}) == 1:
            readings.append(max(told, key=lambda one: (len(one.text), one.text, -one.line)))
        else:
            texts = " / ".join(sorted({one.text for one in told}))[:80]
            wrong += [Wrong(one.line, "twice", texts, one.quantity) for one in told]
    readings.sort(key=lambda one: (one.at, one.quantity))
    return Taken(tuple(readings), tuple(sorted(wrong, key=lambda one: one.line)), count)


def _row(line: int, row: Row, columns: Columns) -> Iterator[Read | Wrong]:
    at = instant_of(row, columns)
    if at is None:
        yield Wrong(line, "instant", " ".join(row)[:80])
        return
    is_empty = True
    for quantity, index in columns.quantities:
        text = row[index] if index < len(row) else ""
        if not text:
            continue
        is_empty = False
        value = value_of(text)
        if value is None or len(text) > 40:
            yield Wrong(line, "number", text[:40], quantity)
        elif not is_possible(quantity, value):
            yield Wrong(line, "impossible", text, quantity)
        else:
            yield Read(quantity, at, value, number_text(text), line)
    if is_empty:
        yield Wrong(line, "empty", " ".join(row)[:80])

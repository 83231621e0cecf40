"""Logger files: rows of text, which column says what, and the readings in them; no row is guessed at.

A reading is one quantity at one instant. The order of the rows does not matter: a value told twice counts once, two
values for the same instant are both refused.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, Literal

import python_calamine

from quacan.centre.base.language.folding import fold
from quacan.centre.facilities.rules import HERE, UNITS, is_possible
from quacan.metrology.quantities import NumberRefused, parse_number

LARGEST_FILE: Final = 20 * 1024 * 1024
MOST_ROWS: Final = 600_000
SAMPLE: Final = 200
MOST_DIGITS_AFTER: Final = 6
LARGEST_VALUE: Final = Decimal(10) ** 8
ENDINGS: Final = (".csv", ".txt", ".tsv", ".xlsx", ".xls")

DayOrder = Literal["dmy", "mdy"]
Row = tuple[str, ...]
Why = Literal["instant", "number", "impossible", "twice", "empty", "kept", "future"]


class Unreadable(ValueError):
    """A file that is no table; carries in one word why: size, rows, kind, empty."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns (from 0) hold day, time of day and quantities, below how many lines of head.

    *clock* None: the time stands in the same column as the day. *order* tells 3/4 from 4/3.
    """

    head: int
    day: int
    clock: int | None
    order: DayOrder
    quantities: tuple[tuple[str, int], ...]

    def as_data(self) -> dict[str, Any]:
        """This will give plain values to keep."""
        return {
            "head": self.head,
            "day": self.day,
            "clock": self.clock,
            "order": self.order,
            "quantities": dict(self.quantities),
        }


def columns_from(data: Mapping[str, Any]) -> Columns | None:
    """This will read columns as they were kept, or None when nothing (or nothing sound) was."""
    try:
        quantities = tuple((str(key), int(at)) for key, at in data["quantities"].items() if key in UNITS)
        clock = data["clock"]
        order: DayOrder = "mdy" if data["order"] == "mdy" else "dmy"
        return Columns(
            int(data["head"]), int(data["day"]), None if clock is None else int(clock), order, quantities
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


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


def rows_of(content: bytes, *, name: str) -> list[Row]:
    """This will read a file into rows of text; Excel's days and numbers become text as a logger would write it.

    Raises Unreadable.
    """
    if len(content) > LARGEST_FILE:
        raise Unreadable("size")
    if not name.lower().endswith(ENDINGS):
        raise Unreadable("kind")
    is_book = content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    rows = _book_rows(content) if is_book else _text_rows(content)
    if len(rows) > MOST_ROWS:
        raise Unreadable("rows")
    if not any(any(cell for cell in row) for row in rows):
        raise Unreadable("empty")
    return rows


def _book_rows(content: bytes) -> list[Row]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        return [tuple(_cell_text(cell) for cell in row) for row in sheet.to_python(skip_empty_area=False)]
    except (python_calamine.CalamineError, IndexError, ValueError) as error:
        raise Unreadable("kind") from error


def _cell_text(cell: object) -> str:
    if isinstance(cell, datetime):
        rounded = (cell + timedelta(microseconds=500_000)).replace(microsecond=0)
        return rounded.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()[:10] if isinstance(cell, date) else cell.isoformat()[:8]
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell).strip()


def _text_rows(content: bytes) -> list[Row]:
    if b"\x00" in content[:4000] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("kind")
    text = _decoded(content)
    lines = text.splitlines()
    mark = _separator(lines)
    try:
        return [tuple(cell.strip() for cell in row) for row in csv.reader(lines, delimiter=mark)]
    except csv.Error as error:
        raise Unreadable("kind") from error


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _separator(lines: Sequence[str]) -> str:
    """The mark most lines of the file are divided by; a semicolon or a tab leaves the comma to the numbers."""
    sample = [line for line in lines[:SAMPLE] if line.strip()]
    for mark in (";", "\t"):
        if sum(mark in line for line in sample) * 2 > len(sample):
            return mark
    return ","


_DAY: Final = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})")
_CLOCK: Final = re.compile(
    r"(\d{1,2})[:h](\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(AM|PM|SA|CH)?\s*(Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def day_of(text: str, order: DayOrder) -> date | None:
    """This will read a day: 2026-11-20, 20/11/2026, 20.11.26 (*order* dmy) or 11/20/2026 (mdy); None if it is none."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    first, second, third = found.groups()
    if len(first) == 4:
        year, month, day = first, second, third
    else:
        day, month, year = (first, second, third) if order == "dmy" else (second, first, third)
    if len(year) not in (2, 4) or len(day) > 2:
        return None
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


@lru_cache(maxsize=131_072)
def clock_of(text: str) -> tuple[time, timezone | None] | None:
    """This will read a time of day: 8:15, 08:15:30, 8h15, 08:15:30 PM, 08:15Z; None if it is none."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups()[:3])
    half = (found[4] or "").upper()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half in {"PM", "CH"} else 0)
    try:
        return time(hour, minute, second), _zone(found[5])
    except ValueError:
        return None


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text.upper() == "Z":
        return UTC
    away = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-away if text[0] == "-" else away)


def instant_of(row: Row, columns: Columns) -> datetime | None:
    """This will read the instant of a row, Vietnamese time unless the file says another; None if there is none."""
    day_text = row[columns.day] if columns.day < len(row) else ""
    if columns.clock is None:
        first, _blank, rest = day_text.replace("T", " ", 1).partition(" ")
        clock_text = rest.strip()
    else:
        first = _first(day_text)
        clock_text = row[columns.clock] if columns.clock < len(row) else ""
        clock_text = clock_text.rpartition(" ")[2] if _DAY.match(clock_text) else clock_text
    day, clock = day_of(first, columns.order), clock_of(clock_text)
    if day is None or clock is None:
        return None
    moment, zone = clock
    try:
        return datetime.combine(day, moment, tzinfo=zone or HERE).astimezone(UTC)
    except OverflowError:
        return None


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
    apart, days = _column(sample, width, lambda cell: day_of(_first(cell), order) is not None)
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


def _first(cell: str) -> str:
    return cell.replace("T", " ", 1).split(" ")[0]


def _order(sample: Sequence[Row]) -> DayOrder:
    """Day before month, as written here, unless some row can only be read month before day."""
    for row in sample:
        for cell in row:
            first = _first(cell)
            if day_of(first, "dmy") is None and day_of(first, "mdy") is not None:
                return "mdy"
    return "dmy"

"""Days and times of day as loggers write them."""

import re
from datetime import UTC, date, time, timedelta, timezone
from functools import lru_cache
from typing import Final, Literal

DayOrder = Literal["dmy", "mdy"]

DAY: Final = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})")
_CLOCK: Final = re.compile(
    r"(\d{1,2})[:h](\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(AM|PM|SA|CH)?\s*(Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def day_of(text: str, order: DayOrder) -> date | None:
    """This will read a day: 2026-11-20, 20/11/2026, 20.11.26 (*order* dmy) or 11/20/2026 (mdy); None if it is none."""
    found = DAY.fullmatch(text)
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


def day_part(cell: str) -> str:
    """This will give what stands before the time of day in a cell that may hold both."""
    return cell.replace("T", " ", 1).split(" ")[0]

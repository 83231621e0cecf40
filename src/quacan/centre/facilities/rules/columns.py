"""Which column of a logger's file says what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from quacan.centre.base.intake import Row
from quacan.centre.facilities.rules.places import HERE, UNITS
from quacan.centre.facilities.rules.stamps import DAY, DayOrder, clock_of, day_of, day_part


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns (from 0) hold day, time of day and quantities, below how many lines of head.

    *clock* None: the time stands in the same column as the day. *order* tells 3/4 from 4/3; *sheet* names the sheet of
    a workbook, '' the first that is filled.
    """

    head: int
    day: int
    clock: int | None
    order: DayOrder
    quantities: tuple[tuple[str, int], ...]
    sheet: str = ""

    def as_data(self) -> dict[str, Any]:
        """This will give plain values to keep."""
        kept: dict[str, Any] = {
            "head": self.head,
            "day": self.day,
            "clock": self.clock,
            "order": self.order,
            "quantities": dict(self.quantities),
        }
        return kept | {"sheet": self.sheet} if self.sheet else kept


def columns_from(data: Mapping[str, Any]) -> Columns | None:
    """This will read columns as they were kept, or None when nothing (or nothing sound) was."""
    try:
        quantities = tuple((str(key), int(at)) for key, at in data["quantities"].items() if key in UNITS)
        clock = data["clock"]
        order: DayOrder = "mdy" if data["order"] == "mdy" else "dmy"
        clock = None if clock is None else int(clock)
        sheet = str(data.get("sheet", ""))
        return Columns(int(data["head"]), int(data["day"]), clock, order, quantities, sheet)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def instant_of(row: Row, columns: Columns) -> datetime | None:
    """This will read the instant of a row, Vietnamese time unless the file says another; None if there is none."""
    day_text = row[columns.day] if columns.day < len(row) else ""
    if columns.clock is None:
        first, _blank, rest = day_text.replace("T", " ", 1).partition(" ")
        clock_text = rest.strip()
    else:
        first = day_part(day_text)
        clock_text = row[columns.clock] if columns.clock < len(row) else ""
        clock_text = clock_text.rpartition(" ")[2] if DAY.match(clock_text) else clock_text
    day, clock = day_of(first, columns.order), clock_of(clock_text)
    if day is None or clock is None:
        return None
    moment, zone = clock
    try:
        return datetime.combine(day, moment, tzinfo=zone or HERE).astimezone(UTC)
    except OverflowError:
        return None

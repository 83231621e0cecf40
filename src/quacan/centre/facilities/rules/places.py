"""Places that are watched: quantities, limits, excursions and gaps, on plain values (ISO/IEC 17025, 6.3)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Words

HERE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
QUARTER: Final = 900
SHORTEST_GAP: Final = 15  # gaps are looked for between the quarters of an hour
LONGEST_ORIGIN: Final = 120

UNITS: Final[dict[str, str]] = {
    "temperature": "°C",
    "humidity": "%RH",
    "pressure": "hPa",
    "water_temperature": "°C",
    "liquid_temperature": "°C",
}
NAMES: Final[dict[str, Words]] = {
    "temperature": _("Nhiệt độ"),
    "humidity": _("Độ ẩm"),
    "pressure": _("Áp suất khí quyển"),
    "water_temperature": _("Nhiệt độ nước"),
    "liquid_temperature": _("Nhiệt độ chất lỏng"),
}
QUANTITIES: Final = tuple(NAMES.items())
SMALLEST: Final = {
    "temperature": Decimal("-273.15"),
    "water_temperature": Decimal("-273.15"),
    "liquid_temperature": Decimal("-273.15"),
    "humidity": Decimal(0),
    "pressure": Decimal(0),
}
LARGEST: Final = {"humidity": Decimal(100)}


def is_possible(quantity: str, value: Decimal) -> bool:
    """This will say whether a value can exist in nature at all: not below absolute zero, no humidity over 100 %RH."""
    high = LARGEST.get(quantity)
    return value >= SMALLEST[quantity] and (high is None or value <= high)


@dataclass(frozen=True, slots=True)
class Limits:
    """What is allowed; either end may be open. A value on a limit is within it."""

    lower: Decimal | None
    upper: Decimal | None

    def allow(self, value: Decimal) -> bool:
        """This will say whether a value is within."""
        too_low = self.lower is not None and value < self.lower
        return not too_low and not (self.upper is not None and value > self.upper)

    def beyond(self, value: Decimal) -> Decimal:
        """This will tell by how much a value is outside (0 within)."""
        low = self.lower - value if self.lower is not None else Decimal(0)
        high = value - self.upper if self.upper is not None else Decimal(0)
        return max(low, high, Decimal(0))


@dataclass(frozen=True, slots=True)
class Excursion:
    """Records outside their limits without one inside between them: first, last, the farthest value."""

    began_at: datetime
    ended_at: datetime
    extreme: Decimal
    count: int


def excursions(records: Iterable[tuple[datetime, Decimal]], limits: Limits) -> Iterator[Excursion]:
    """This will yield the runs of consecutive records outside the limits; *records* come in the order of time."""
    run: list[tuple[datetime, Decimal]] = []
    for one in records:
        if not limits.allow(one[1]):
            run.append(one)
        elif run:
            yield _excursion(run, limits)
            run = []
    if run:
        yield _excursion(run, limits)


def _excursion(run: Sequence[tuple[datetime, Decimal]], limits: Limits) -> Excursion:
    extreme = max((value for _at, value in run), key=limits.beyond)
    return Excursion(run[0][0], run[-1][0], extreme, len(run))


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of working time without a record."""

    began_at: datetime
    ended_at: datetime

    @property
    def minutes(self) -> int:
        return int((self.ended_at - self.began_at).total_seconds() // 60)


def gaps(
    seen: Sequence[tuple[datetime, datetime]],
    *,
    working: Iterable[tuple[datetime, datetime]],
    longest: timedelta,
) -> Iterator[Gap]:
    """This will yield where, inside the *working* stretches, nothing was recorded for more than *longest*.

    *seen* are (first, last) instants of stretches with records, in order. A stretch begins and ends the silence.
    """
    for opens, closes in working:
        before = opens
        for first, last in seen:
            if last < opens or first > closes:
                continue
            if first - before > longest:
                yield Gap(before, first)
            before = max(before, last)
        if closes - before > longest:
            yield Gap(before, closes)


def working_hours(days: Iterable[date], opens: time, closes: time) -> list[tuple[datetime, datetime]]:
    """This will give the stretches in which people work on *days*, Vietnamese time."""
    return [
        (datetime.combine(one, opens, tzinfo=HERE), datetime.combine(one, closes, tzinfo=HERE))
        for one in days
    ]


_ORIGIN: Final = re.compile(r"(?P<code>.+) · (?P<at>\d\d/\d\d/\d{4} \d\d:\d\d:\d\d) · (?:#(?P<file>\d+)|tay)")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a condition of a worksheet came from: the point, the instant of its record, the file it was read from."""

    code: str
    at: datetime
    file: int | None

    @property
    def text(self) -> str:
        """This will write it as it is kept: ``P-CAN · 20/11/2026 08:15:00 · #12``; `tay` for a record typed by hand."""
        at = self.at.astimezone(HERE)
        return f"{self.code} · {at:%d/%m/%Y %H:%M:%S} · " + (f"#{self.file}" if self.file else "tay")


def read_origin(text: str) -> Origin | None:
    """This will read an origin as it is kept, or None when the condition was typed."""
    found = _ORIGIN.fullmatch(text)
    if found is None:
        return None
    at = datetime.strptime(found["at"], "%d/%m/%Y %H:%M:%S").replace(tzinfo=HERE)
    return Origin(found["code"], at, int(found["file"]) if found["file"] else None)


def quarter_of(at: datetime) -> int:
    """This will number the quarter of an hour of an instant, counted from 1970 in UTC."""
    return int(at.timestamp()) // QUARTER

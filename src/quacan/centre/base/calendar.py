"""Working days of Vietnamese state bodies: holidays, substitutes, Tết spans and swapped days, as data."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from quacan.centre.base.definitions import (
    CONFIDENCES,
    Definition,
    Schema,
    day,
    integer,
    load,
    optional,
    pair_keys,
    pair_of,
    rows_of,
    text,
)
from quacan.centre.base.language.texts import Text

_ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


class DayKind(StrEnum):
    """Why a day is not what its weekday says."""

    STATUTORY = "statutory"
    SUBSTITUTE = "substitute"
    TET_SPAN = "tet_span_civil_servants"
    SWAP_OFF = "swap_off"
    MAKEUP = "makeup_workday"


class CalendarRefused(LookupError):
    """A year without calendar data; carries the year. Working days are never guessed."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            f"Chưa có lịch ngày nghỉ của năm {year} nên không tính được ngày làm việc. "
            f"Hãy bổ sung tệp definitions/calendars/{year}.toml theo thông báo chính thức."
        )


class PauseRefused(ValueError):
    """A pause of a clock that ends before it begins, or begins before the clock does."""

    def __init__(self, pause: "Pause") -> None:
        self.pause = pause
        super().__init__(
            f"Lần tạm dừng từ {pause.asked_on:%d/%m/%Y} không hợp lệ: ngày bổ sung phải không trước "
            "ngày yêu cầu, và ngày yêu cầu không trước ngày tiếp nhận hoặc lần bổ sung trước. "
            "Hãy sửa lại các ngày này."
        )


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that differs from its weekday, with where that is known from."""

    date: date
    kind: DayKind
    name: Text
    source: str
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class Pause:
    """A wait for the applicant: asked on one day, answered on another, or not yet (None)."""

    asked_on: date
    supplied_on: date | None = None


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working days of the years it holds; any question about another year is refused."""

    years: frozenset[int]
    days: Mapping[date, CalendarDay]

    def special_day(self, on: date) -> CalendarDay | None:
        """This will give what the data say of a day, or None for an ordinary one; raises CalendarRefused."""
        if on.year not in self.years:
            raise CalendarRefused(on.year)
        return self.days.get(on)

    def is_working_day(self, on: date) -> bool:
        """This will say whether state bodies work on the day; raises CalendarRefused."""
        special = self.special_day(on)
        if special is not None:
            return special.kind is DayKind.MAKEUP
        return on.weekday() < _SATURDAY

    def add_working_days(self, received_on: date, count: int) -> date:
        """This will give the day on which `count` working days are over; the day of receipt is not counted.

        Civil Code 2015, articles 147 and 148. No days at all means the day itself, or the first working
        day after it. Raises ValueError for a negative count and CalendarRefused for a year without data.
        """
        if count < 0:
            raise ValueError(f"Số ngày làm việc không được âm, đang là {count}. Hãy nhập 0 hoặc lớn hơn.")
        on = received_on
        if count == 0:
            while not self.is_working_day(on):
                on += _ONE_DAY
            return on
        self.special_day(on)
        for _ in range(count):
            on += _ONE_DAY
            while not self.is_working_day(on):
                on += _ONE_DAY
        return on

    def working_days_between(self, first: date, last: date) -> int:
        """This will count the working days after `first` up to and including `last`.

        Negative when `last` is the earlier day, so that the answer reads as days late. Raises
        CalendarRefused.
        """
        if last < first:
            return -self.working_days_between(last, first)
        self.special_day(first)
        return sum(self.is_working_day(on) for on in _days_after(first, last))

    def due_on(self, received_on: date, count: int, *, pauses: Iterable[Pause] = ()) -> date | None:
        """This will give the last day of a time limit that stops while the applicant is awaited.

        The clock starts after the day of a complete dossier; days after a request up to and including the
        day of the answer are not counted. None while an answer is awaited. Raises PauseRefused and
        CalendarRefused.
        """
        on, left = received_on, count
        for pause in pauses:
            if pause.asked_on < on or (pause.supplied_on is not None and pause.supplied_on < pause.asked_on):
                raise PauseRefused(pause)
            used = self.working_days_between(on, pause.asked_on)
            if used >= left:
                break
            if pause.supplied_on is None:
                return None
            on, left = pause.supplied_on, left - used
        return self.add_working_days(on, left)

    def doubtful_days(self, first: date, last: date) -> tuple[CalendarDay, ...]:
        """This will give the special days from first to last whose source is not certain, ends included."""
        return tuple(
            special
            for on, special in sorted(self.days.items())
            if first <= on <= last and special.confidence != "high"
        )


@cache
def working_calendar() -> WorkingCalendar:
    """This will give the calendar of all years with data; raises DefinitionsRefused."""
    return build_calendar(load("calendars", CALENDAR_SCHEMA))


def build_calendar(definitions: Iterable[Definition]) -> WorkingCalendar:
    """This will build the calendar of the years that the definitions hold."""
    years = list(definitions)
    days = {found.date: found for definition in years for found in _days_of(definition)}
    return WorkingCalendar(
        years=frozenset(definition.data["year"] for definition in years), days=MappingProxyType(days)
    )


def _days_of(definition: Definition) -> Iterator[CalendarDay]:
    for row in definition.data["days"]:
        yield CalendarDay(
            date=row["date"],
            kind=DayKind(row["kind"]),
            name=pair_of(row, "name"),
            source=row["source"],
            confidence=row["confidence"],
            note=row.get("note", ""),
        )


def _days_after(first: date, last: date) -> Iterator[date]:
    for step in range((last - first).days):
        yield first + timedelta(days=step + 1)


def _calendar_faults(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    seen: set[date] = set()
    for number, row in enumerate(data["days"], start=1):
        on, key = row["date"], f"days[{number}].date"
        if on.year != data["year"]:
            yield key, f"{on} không thuộc năm {data['year']}."
        if on in seen:
            yield key, f"{on} ghi hai lần."
        seen.add(on)
        weekend = on.weekday() >= _SATURDAY
        if row["kind"] == DayKind.MAKEUP and not weekend:
            yield key, f"{on} là ngày làm việc sẵn, không thể là ngày làm bù."
        if row["kind"] in (DayKind.SUBSTITUTE, DayKind.SWAP_OFF) and weekend:
            yield key, f"{on} là thứ Bảy hoặc Chủ nhật, không thể là ngày nghỉ bù hay hoán đổi."


CALENDAR_SCHEMA: Final = Schema(
    {
        "year": integer(1976, 2200),
        "days": rows_of(
            {
                "date": day(),
                "kind": text(*DayKind),
                **pair_keys("name"),
                "source": text(),
                "confidence": text(*CONFIDENCES),
                "note": optional(text()),
            }
        ),
    },
    check=_calendar_faults,
)

"""A person's day: what waits, what is late, and how much of it stands behind each door."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.departments import Lane, Rows, Task, departments
from quacan.centre.base.models import AuditLine
from quacan.centre.base.refusals import Words
from quacan.centre.desk.queries.addresses import address
from quacan.centre.desk.queries.rail import Waiting
from quacan.centre.people.models import Person

SHOWN: Final = 6
KEPT: Final = 300
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class LaneOfDay:
    """A lane as it stands for one person: the first tasks, how many there are, how many are late."""

    key: str
    door: str
    title: Words
    deed: Words
    href: str
    tasks: tuple[Task, ...]
    number: int
    late: int
    outlook: bool
    urgent: bool

    @property
    def more(self) -> bool:
        """This will say whether there are tasks beyond those shown."""
        return self.number > len(self.tasks)

    @property
    def number_text(self) -> str:
        return f"{MOST}+" if self.number >= MOST else str(self.number)


@dataclass(frozen=True, slots=True)
class Day:
    """What a person's first page says: lanes that wait for them, lanes that look ahead."""

    on: date
    waiting: tuple[LaneOfDay, ...]
    outlook: tuple[LaneOfDay, ...]

    @property
    def left(self) -> tuple[LaneOfDay, ...]:
        """This will give the lanes of the first column: what waits, then what is to be done by a near day."""
        return (*self.waiting, *(lane for lane in self.outlook if lane.urgent))

    @property
    def right(self) -> tuple[LaneOfDay, ...]:
        """This will give the lanes of the second column: what to keep an eye on."""
        return tuple(lane for lane in self.outlook if not lane.urgent)

    @property
    def number(self) -> int:
        return sum(lane.number for lane in self.waiting)

    @property
    def late(self) -> int:
        return sum(lane.late for lane in (*self.waiting, *self.outlook))


def day_of(person: Person, *, on: date) -> Day:
    """This will gather a person's day; lanes with nothing in them are left out."""
    shown = [_lane_of_day(lane, person, on=on) for lane in _lanes(person, on=on)]
    filled = [lane for lane in shown if lane.number]
    return Day(
        on=on,
        waiting=tuple(lane for lane in filled if not lane.outlook),
        outlook=tuple(lane for lane in filled if lane.outlook),
    )


def lanes() -> tuple[Lane, ...]:
    """Every lane the departments declare, in their order."""
    return tuple(sorted((lane for one in departments() for lane in one.lanes), key=lambda lane: lane.order))


def _lanes(person: Person, *, on: date) -> Iterator[Lane]:
    for lane in lanes():
        if not lane.permission or person.may(lane.permission, organisation_id=None, unit_id=None, on=on):
            yield lane


def _lane_of_day(lane: Lane, person: Person, *, on: date) -> LaneOfDay:
    tasks = [lane.task(row, on) for row in lane.rows(person, on)[:MOST]]
    href = address(lane.url) if lane.url else ""
    return LaneOfDay(
        key=lane.key,
        door=lane.door,
        title=lane.title,
        deed=lane.deed,
        href=f"{href}?{lane.query}" if href and lane.query else href,
        tasks=tuple(tasks[:SHOWN]),
        number=len(tasks),
        late=sum(task.is_late(on) for task in tasks),
        outlook=lane.outlook,
        urgent=lane.urgent,
    )


def waiting_at_doors(person: Person, *, on: date) -> Mapping[str, Waiting]:
    """This will count what waits for a person behind each door of the rail; what only looks ahead is not counted.

    Every change goes through an action and so adds an audit line: the counts are kept until the next one.
    """
    last = AuditLine.objects.order_by("-id").values_list("id", flat=True).first()
    key = f"waiting:{person.pk}:{on}:{last}"
    counts: dict[str, int] | None = cache.get(key)
    if counts is None:
        counts = _counts(person, on=on)
        cache.set(key, counts, KEPT)
    return {
        door: Waiting(number, _("{number} việc chờ").format(number=number)) for door, number in counts.items()
    }


def _counts(person: Person, *, on: date) -> dict[str, int]:
    counts: dict[str, int] = {}
    for lane in _lanes(person, on=on):
        if not lane.outlook:
            for door in {lane.door, "today"} - {""}:
                counts[door] = counts.get(door, 0) + _number(lane.rows(person, on))
    return counts


def _number(rows: Rows) -> int:
    return rows.order_by()[:MOST].count() if isinstance(rows, QuerySet) else len(rows)

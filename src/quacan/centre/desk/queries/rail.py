"""The rail: which departments a person may enter, in which order, with what waits there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import Door, departments
from quacan.centre.base.refusals import Words
from quacan.centre.desk.queries.addresses import address
from quacan.centre.people.models import Person


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the rail as one person sees it."""

    label: Words
    href: str
    icon: str
    current: bool
    count: str = ""
    count_title: Words = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of the rail under one title."""

    title: Words
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits behind a door, and whether some of it is late."""

    number: int
    title: Words
    late: bool = False


MOST_SHOWN: Final = 99

GROUPS: Final[Mapping[str, Words]] = {
    "": "",
    "work": _("Nghiệp vụ"),
    "ability": _("Năng lực"),
    "steering": _("Điều hành"),
    "system": _("Hệ thống"),
}


def doors() -> tuple[Door, ...]:
    """Every door the departments declare, in their order."""
    return tuple(sorted((door for one in departments() for door in one.doors), key=lambda door: door.order))


def rail(person: Person, *, path: str, on: date, waiting: Mapping[str, Waiting]) -> tuple[Group, ...]:
    """This will give the doors a person may enter, the one they stand in marked, with what waits behind each."""
    entered = [door for door in doors() if _may_enter(door, person, on=on) and address(door.url)]
    groups = []
    for group, title in GROUPS.items():
        items = tuple(
            _item(door, path=path, waiting=waiting.get(door.key)) for door in entered if door.group == group
        )
        if items:
            groups.append(Group(title, items))
    return tuple(groups)


def _may_enter(door: Door, person: Person, *, on: date) -> bool:
    return not door.permission or person.may(door.permission, organisation_id=None, on=on)


def _item(door: Door, *, path: str, waiting: Waiting | None) -> Item:
    href = address(door.url)
    current = path == "/" if href == "/" else path.startswith(href)
    if waiting is None or not waiting.number:
        return Item(door.label, href, door.icon, current)
    number = f"{MOST_SHOWN}+" if waiting.number > MOST_SHOWN else str(waiting.number)
    return Item(door.label, href, door.icon, current, number, waiting.title, waiting.late)

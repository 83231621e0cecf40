"""Search over every department: folded text, and only what the person may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from quacan.centre.base.departments import SearchSource, departments
from quacan.centre.base.language.folding import fold
from quacan.centre.base.refusals import Words
from quacan.centre.desk.queries.addresses import address_of
from quacan.centre.people.models import Person

SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that matches: what it is called, what tells it from its like, where it opens."""

    title: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The hits of one department; *more* says whether there are others."""

    label: Words
    icon: str
    hits: tuple[Hit, ...]
    more: bool


def sources() -> tuple[SearchSource, ...]:
    """Everything that can be searched, in the order of the departments."""
    found = (source for one in departments() for source in one.search)
    return tuple(sorted(found, key=lambda source: source.order))


def found_for(person: Person, asked: str, *, on: date, most: int) -> list[HitGroup]:
    """This will give the groups with matches, at most so many hits in each, the newest records first.

    Every word must occur, diacritics and case aside. Fewer than two letters or digits find nothing.
    """
    words = fold(asked).split()
    if len("".join(words)) < SHORTEST:
        return []
    groups = (_group(source, person, words, on=on, most=most) for source in sources())
    return [group for group in groups if group.hits]


def _group(source: SearchSource, person: Person, words: Iterable[str], *, on: date, most: int) -> HitGroup:
    rows = source.rows(person, on)
    for word in words:
        rows = rows.filter(folded__contains=word)
    found = list(rows.order_by("-pk")[: most + 1])
    hits = tuple(Hit(*source.hit(row), address_of(row)) for row in found[:most])
    return HitGroup(source.label, source.icon, hits, more=len(found) > most)

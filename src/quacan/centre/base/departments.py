"""What a department brings to the house: one declaration, found by the house, listed nowhere else.

Every app may have a ``department.py`` with ``DEPARTMENT = Department(…)``. The desk composes rail, Hôm nay, search,
addresses and history from them; reporting and ``quacan check`` collect words, postings, proofs and tracers.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from quacan.centre.base.moves import Moves
from quacan.centre.base.problems import Flaw
from quacan.centre.base.refusals import Words

Rows = QuerySet[Any] | list[Any] | tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """An entrance on the rail: its group, name, URL name, icon, who may enter; doors are sorted by *order*."""

    key: str
    group: str  # one of desk.rail.GROUPS: work, ability, steering, system
    label: Words
    url: str  # a URL name
    icon: str
    permission: str
    order: int


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits: what, why, by which day, where it opens."""

    title: str
    text: str
    href: str
    due_on: date | None = None
    verdict: str = ""

    def is_late(self, on: date) -> bool:
        """This will say whether the day by which it should be done is over."""
        return self.due_on is not None and self.due_on < on


@dataclass(frozen=True, slots=True)
class Lane:
    """A kind of task of Hôm nay: who has it (permission, '' for everybody), which rows it reads, how a row reads.

    *door* is the key of the rail's door behind which it waits ('' for none). An *outlook* lane looks ahead: what is
    near its day, not what somebody waits for; *urgent* ones are shown under what waits all the same. *url* is the URL
    name of the whole list and *query* what to ask there. Lanes are sorted by *order*.
    """

    key: str
    door: str
    title: Words
    deed: Words
    permission: str
    rows: Callable[[Any, date], Rows]
    task: Callable[[Any, date], Task]
    order: int
    url: str = ""
    query: str = ""
    outlook: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class SearchSource:
    """Records that can be searched by their ``folded`` text: whose rows, and title and text of a row."""

    label: Words
    icon: str
    rows: Callable[[Any, date], QuerySet[Any]]
    hit: Callable[[Any], tuple[str, str]]
    order: int


@dataclass(frozen=True, slots=True)
class Record:
    """A kind of record: what it is called, and where it opens.

    *url* is the URL name of its page, asked with the record's key; *address* gives the page where the address is made
    otherwise ('' for none). *sealed* is the permission without which its stored values stay hidden. *was* are labels
    under which older audit lines name it: records keep their keys when their kind moves house. *rows* lists those a
    person may open on a day; without it whoever comes upon one may open it.
    """

    model: str  # contracts.Contract
    noun: Words
    url: str = ""
    address: Callable[[int], str] | None = None
    sealed: str = ""
    was: tuple[str, ...] = ()
    rows: Callable[[Any, date], QuerySet[Any]] | None = None


@dataclass(frozen=True, slots=True)
class TracedReading:
    """What somebody typed: the cell in words, the text, who, when, supported by which standard."""

    cell: str
    text: str
    revision: int
    entered_by: str
    entered_at: datetime | None
    standard: str = ""


@dataclass(frozen=True, slots=True)
class TracedSource:
    """The record a ledger entry stands for, its document and what was typed on it."""

    type: str
    id: int
    label: str
    url: str
    summary: str
    document: str = ""
    document_state: str = ""
    document_sha256: str = ""
    readings: tuple[TracedReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """Something that ends soon and must be renewed: the record, the task in words, the last day, who is asked."""

    subject: str
    title: str
    ends_on: date
    owner: Any


@dataclass(frozen=True, slots=True)
class Department:
    """One department, declared once. Everything but the name may be left out."""

    name: Words
    permissions: Mapping[str, Words] = field(default_factory=dict)
    doors: tuple[Door, ...] = ()
    lanes: tuple[Lane, ...] = ()
    search: tuple[SearchSource, ...] = ()
    records: tuple[Record, ...] = ()
    moves: tuple[Moves, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()  # (permission by which it is made, permission another must hold)
    deeds: Mapping[str, Words] = field(default_factory=dict)  # actions in words: app.function
    fields: Mapping[str, Words] = field(default_factory=dict)  # stored columns in words
    measures: Mapping[str, Words] = field(default_factory=dict)
    measure: Callable[[str], str] | None = None  # measure → word, '' for unknown, where definitions name them
    dimensions: Mapping[str, Words] = field(default_factory=dict)
    values: Callable[[str, str], str] | None = None  # (dimension, value) → word, '' for one it does not know
    dimension: Callable[[str], str] | None = None  # dimension → word, where definitions name them
    postings: Callable[[], Iterable[Any]] | None = None  # what the book must say: ledger.rules.Posting
    flaws: Callable[[], Iterator[Flaw]] | None = None  # this department's proof for quacan check
    flaws_order: int = 50
    tracers: Mapping[str, Callable[[int, bool], TracedSource | None]] = field(default_factory=dict)
    definitions: tuple[Callable[[], Any], ...] = ()  # readers; raise DefinitionsRefused with all problems
    notes: Callable[[date], Iterator[str]] | None = None  # sentences of quacan check that are no flaws
    endings: Callable[[Any, date], Iterator[Ending]] | None = None
    holders: Callable[[str], str] | None = None  # roles that carry a permission, in words (people only)


@cache
def departments() -> tuple[Department, ...]:
    """This will collect the declarations of the installed departments, in the order of the settings."""
    found = []
    for config in apps.get_app_configs():
        name = f"{config.name}.department"
        if config.name.startswith("quacan.") and find_spec(name):
            found.append(import_module(name).DEPARTMENT)
    return tuple(found)


def every_moves() -> Iterator[Moves]:
    """This will give the moves of every kind of record of the house."""
    for one in departments():
        yield from one.moves


@cache
def _labels_today() -> Mapping[str, str]:
    return {old: record.model for one in departments() for record in one.records for old in record.was}


def label_today(label: str) -> str:
    """What a kind of record is called today: ``examinations.Run`` for ``verification.Run``."""
    return _labels_today().get(label, label)

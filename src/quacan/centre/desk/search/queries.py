"""Search over every department: folded text, and only what the person may see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.activities.models import Activity
from quacan.centre.activities.queries import activities
from quacan.centre.base.language.dates import format_date
from quacan.centre.base.language.folding import fold
from quacan.centre.base.refusals import Words
from quacan.centre.certificates.models import Outcome
from quacan.centre.certificates.queries import outcomes
from quacan.centre.contracts.models import Contract
from quacan.centre.contracts.queries import contracts_seen_by
from quacan.centre.desk.addresses import address_of
from quacan.centre.instruments.models import Instrument
from quacan.centre.instruments.queries import instruments_seen_by
from quacan.centre.parties.models import Party
from quacan.centre.parties.queries import parties_seen_by
from quacan.centre.people.models import Person
from quacan.centre.standards.models import Standard
from quacan.centre.standards.queries import standards_seen_by
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.queries import worksheets

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


@dataclass(frozen=True, slots=True)
class Source:
    """A department that can be searched: whose rows, how a row reads."""

    label: Words
    icon: str
    rows: Callable[[Person, date], QuerySet[Any]]
    hit: Callable[[Any], tuple[str, str]]


def found_for(person: Person, asked: str, *, on: date, most: int) -> list[HitGroup]:
    """This will give the groups with matches, at most so many hits in each, the newest records first.

    Every word must occur, diacritics and case aside. Fewer than two letters or digits find nothing.
    """
    words = fold(asked).split()
    if len("".join(words)) < SHORTEST:
        return []
    groups = (_group(source, person, words, on=on, most=most) for source in SOURCES)
    return [group for group in groups if group.hits]


def _group(source: Source, person: Person, words: Iterable[str], *, on: date, most: int) -> HitGroup:
    rows = source.rows(person, on)
    for word in words:
        rows = rows.filter(folded__contains=word)
    found = list(rows.order_by("-pk")[: most + 1])
    hits = tuple(Hit(*source.hit(row), address_of(row)) for row in found[:most])
    return HitGroup(source.label, source.icon, hits, more=len(found) > most)


def _parties(person: Person, on: date) -> QuerySet[Party]:
    return parties_seen_by(person, on=on).filter(merged_into__isnull=True)


def _worksheets(person: Person, on: date) -> QuerySet[Worksheet]:
    return worksheets(person, on=on)


def _contracts(person: Person, on: date) -> QuerySet[Contract]:
    return contracts_seen_by(person, on=on)


def _instruments(person: Person, on: date) -> QuerySet[Instrument]:
    return instruments_seen_by(person, on=on)


def _outcomes(person: Person, on: date) -> QuerySet[Outcome]:
    return outcomes(person, on=on)


def _standards(person: Person, on: date) -> QuerySet[Standard]:
    return standards_seen_by(person, on=on)


def _activities(person: Person, on: date) -> QuerySet[Activity]:
    return activities(person, on=on)


def _party(row: Party) -> tuple[str, str]:
    return row.name, " · ".join(part for part in (row.tax_code or "", row.address, row.province) if part)


def _instrument(row: Instrument) -> tuple[str, str]:
    return str(row), " · ".join(part for part in (row.type, row.maker, row.owner.name) if part)


def _contract(row: Contract) -> tuple[str, str]:
    return str(row), f"{row.party.name} · {row.get_state_display()}"


def _worksheet(row: Worksheet) -> tuple[str, str]:
    return row.number, f"{row.instrument} · {row.get_state_display()}"


def _outcome(row: Outcome) -> tuple[str, str]:
    until = _("đến {day}").format(day=format_date(row.valid_until)) if row.valid_until else ""
    return row.number, " · ".join(
        part for part in (row.get_kind_display(), str(row.instrument), until) if part
    )


def _standard(row: Standard) -> tuple[str, str]:
    return str(row), " · ".join(part for part in (row.serial, row.accuracy, row.range_text) if part)


def _activity(row: Activity) -> tuple[str, str]:
    return row.title, f"{format_date(row.occurred_on)} · {row.get_state_display()}"


SOURCES: Final[tuple[Source, ...]] = (
    Source(gettext_lazy("Khách hàng, đối tượng"), "building-2", _parties, _party),
    Source(gettext_lazy("Phương tiện đo"), "gauge", _instruments, _instrument),
    Source(gettext_lazy("Hợp đồng"), "file-text", _contracts, _contract),
    Source(gettext_lazy("Phiếu kiểm định"), "scale", _worksheets, _worksheet),
    Source(gettext_lazy("Chứng nhận, thông báo"), "award", _outcomes, _outcome),
    Source(gettext_lazy("Chuẩn đo lường"), "weight", _standards, _standard),
    Source(gettext_lazy("Hoạt động"), "list-checks", _activities, _activity),
)

"""What one person may measure: cards in force by field, and procedures they are authorised for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from quacan.centre.base.language.folding import fold
from quacan.centre.base.refusals import Refusal
from quacan.centre.contracts.models import Job, Service
from quacan.centre.instruments.catalogue import kind as catalogue_kind
from quacan.centre.instruments.models import Instrument
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Authorisation, Person, VerifierCard
from quacan.centre.people.queries import reach_of, require_authorisation, require_card
from quacan.centre.people.rules import Extent
from quacan.centre.verification.library import Shelf, extent_of, shelves


@dataclass(frozen=True, slots=True)
class Leave:
    """An authorisation with the title of its procedure."""

    authorisation: Authorisation
    title: str
    in_force: bool
    reach: str


@dataclass(frozen=True, slots=True)
class AllowedWork:
    """A person's cards (newest first) and authorisations (those in force first)."""

    cards: tuple[VerifierCard, ...]
    leaves: tuple[Leave, ...]


def allowed_work(person: Person, organisation: Organisation, *, on: date) -> AllowedWork:
    """This will tell what a person may measure in an organisation on a day."""
    titles = {shelf.procedure.code: shelf.procedure.title.vi for shelf in procedures_in_force(on)}
    rows = Authorisation.objects.filter(person=person, organisation=organisation).select_related("supervisor")
    in_force = set(
        rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on).values_list(
            "pk", flat=True
        )
    )
    leaves = [
        Leave(row, titles.get(row.procedure, row.procedure), row.pk in in_force, reach_of(row).text)
        for row in rows
    ]
    cards = VerifierCard.objects.filter(person=person, organisation=organisation).order_by("-expires_on")
    return AllowedWork(tuple(cards), tuple(sorted(leaves, key=lambda one: (not one.in_force, one.title))))


def procedures_in_force(on: date) -> list[Shelf]:
    """This will list the procedures that govern work on a day, by title."""
    found = [shelf for shelf in shelves() if shelf.procedure.is_in_force(on=on)]
    return sorted(found, key=lambda shelf: fold(shelf.procedure.title.vi))


def instrument_extent(code: str, characteristics: Mapping[str, str], *, on: date) -> Extent:
    """This will tell what an instrument is in the words of the version of a procedure that governs a day.

    Without such a version nothing is known of it, so that a limited authorisation does not reach it.
    """
    for shelf in shelves():
        if shelf.procedure.code == code and shelf.procedure.is_in_force(on=on):
            return extent_of(shelf.procedure, characteristics)
    return Extent({})


def incompetence(
    person: Person, job: Job, *, procedure: str, on: date, characteristics: Mapping[str, str] | None = None
) -> Iterator[Refusal]:
    """What keeps a person from doing a job on a day: no card for the field (verification), no authorisation so far.

    The authorisation must reach the instrument as it stands, or as *characteristics* of a worksheet say.
    """
    organisation = job.order.organisation
    if job.line.service == Service.VERIFICATION:
        yield from _without_card(person, organisation, job.instrument, on=on)
    shown = characteristics if characteristics is not None else job.instrument.characteristics
    extent = instrument_extent(procedure, shown, on=on)
    try:
        require_authorisation(person, organisation, procedure=procedure, on=on, extent=extent)
    except Refusal as refusal:
        yield refusal


def _without_card(
    person: Person, organisation: Organisation, instrument: Instrument, *, on: date
) -> Iterator[Refusal]:
    try:
        require_card(person, organisation, field=catalogue_kind(instrument.kind_code).field, on=on)
    except Refusal as refusal:
        yield refusal

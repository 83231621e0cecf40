"""Reads of competence: cards, authorisations, courses; what a person may do on a day, and what runs out soon."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.wording import value_word
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Attendance, Authorisation, Person, VerifierCard
from quacan.centre.people.queries.sight import people_with
from quacan.centre.people.refusals import (
    BeyondAuthorisation,
    CardExpired,
    NoCard,
    NotAuthorisedFor,
    SignatureUnproven,
)
from quacan.centre.people.rules import Extent, Reach, beyond, warning_of

WARNED: Final = 90
"""Days before something ends from which it is listed."""


def prove_signature(person: Person, password: str) -> None:
    """This will refuse a signature whose signer does not prove anew who they are, by their password."""
    if not person.is_active or not person.check_password(password):
        raise SignatureUnproven()


def require_card(person: Person, organisation: Organisation, *, field: str, on: date) -> VerifierCard:
    """This will give the card by which a person may verify in a field on a day, or refuse by NoCard or CardExpired."""
    cards = [
        card
        for card in VerifierCard.objects.filter(person=person, organisation=organisation, issued_on__lte=on)
        if field in card.fields
    ]
    if not cards:
        raise NoCard(person=person.full_name, field=value_word("field", field), on=f"{on:%d/%m/%Y}")
    latest = max(cards, key=lambda card: card.expires_on)
    if latest.expires_on < on:
        raise CardExpired(
            person=person.full_name, number=latest.number, expires_on=f"{latest.expires_on:%d/%m/%Y}"
        )
    return latest


def require_authorisation(
    person: Person, organisation: Organisation, *, procedure: str, on: date, extent: Extent | None = None
) -> Authorisation:
    """This will give the authorisation by which a person may work by a procedure on a day, or refuse.

    *extent* is what the instrument is: an authorisation limited to a range or to classes must reach it, and where
    the instrument does not say, it does not. Of several that serve, one without supervision is taken first, then the
    newest. Without *extent* only a person, a procedure and a day are asked for.
    """
    rows = list(
        authorisations_in_force(organisation, on=on)
        .filter(person=person, procedure=procedure)
        .order_by("-valid_from", "-id")
    )
    if not rows:
        raise NotAuthorisedFor(
            person=person.full_name, procedure=value_word("procedure", procedure), on=f"{on:%d/%m/%Y}"
        )
    short = [(row, beyond(reach_of(row), extent) if extent is not None else "") for row in rows]
    serving = [row for row, why in short if not why]
    if not serving:
        raise BeyondAuthorisation(
            person=person.full_name, procedure=value_word("procedure", procedure), why=short[0][1]
        )
    return min(serving, key=lambda row: row.supervisor_id is not None)


def authorisations_in_force(organisation: Organisation, *, on: date) -> QuerySet[Authorisation]:
    """This will list the authorisations of an organisation that hold on a day."""
    rows = Authorisation.objects.filter(organisation=organisation, valid_from__lte=on)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on)).select_related("person", "supervisor")


def reach_of(row: Authorisation) -> Reach:
    """This will give how far an authorisation reaches, as plain values."""
    return Reach(
        limit_on=row.limit_on,
        low=_plain(row.range_from),
        high=_plain(row.range_to),
        unit=row.range_unit,
        class_on=row.class_on,
        classes=tuple(row.classes),
    )


def _plain(number: Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(f"{number.normalize():f}")


@dataclass(frozen=True, slots=True)
class CardStanding:
    """A person's newest card and how long it still holds: none, expired, 30 days, 90 days, fine."""

    person: Person
    card: VerifierCard | None
    days_left: int | None

    @property
    def warning(self) -> str:
        return warning_of(self.days_left)


def card_standings(organisation: Organisation, *, on: date) -> list[CardStanding]:
    """This will tell for everybody who may measure how their card stands, the most urgent first."""
    newest: dict[int, VerifierCard] = {}
    for card in VerifierCard.objects.filter(organisation=organisation).order_by("expires_on"):
        newest[card.person_id] = card
    found = []
    for person in people_with("worksheets.record", organisation, on=on):
        held = newest.get(person.pk)
        found.append(CardStanding(person, held, None if held is None else (held.expires_on - on).days))
    return sorted(
        found, key=lambda one: (-1 if one.days_left is None else one.days_left, one.person.name_key)
    )


@dataclass(frozen=True, slots=True)
class Expiry:
    """Something of a person that ends: a card, an authorisation, a course; how many days are left."""

    kind: str
    person: Person
    name: str
    ends_on: date
    days_left: int
    subject: str

    @property
    def warning(self) -> str:
        return warning_of(self.days_left)


def expiries(organisation: Organisation, *, on: date, within: int = WARNED) -> list[Expiry]:
    """This will list the cards, authorisations and courses that ended or end within so many days, the first first.

    Only what nothing newer replaces counts, and only of people who still work there.
    """
    found = [*_cards(organisation), *_authorisations(organisation), *_courses(organisation)]
    people = {one.pk for one in people_with("worksheets.record", organisation, on=on)}
    near = [
        Expiry(kind, person, name, ends_on, (ends_on - on).days, subject)
        for kind, person, name, ends_on, subject in found
        if person.pk in people and (ends_on - on).days <= within
    ]
    return sorted(near, key=lambda one: (one.ends_on, one.person.name_key, one.kind, one.name))


Ending = tuple[str, Person, str, date, str]


def _cards(organisation: Organisation) -> Iterable[Ending]:
    """Of each person and field the card that holds longest; a card whose every field is renewed is left out."""
    rows = VerifierCard.objects.filter(organisation=organisation).select_related("person")
    longest: dict[tuple[int, str], VerifierCard] = {}
    for card in rows.order_by("expires_on", "id"):
        for field in card.fields:
            longest[card.person_id, field] = card
    for card in dict.fromkeys(longest.values()):
        yield (
            "card",
            card.person,
            _("thẻ {number}").format(number=card.number),
            card.expires_on,
            f"people.VerifierCard:{card.pk}",
        )


def _authorisations(organisation: Organisation) -> Iterable[Ending]:
    rows = Authorisation.objects.filter(organisation=organisation).select_related("person")
    longest: dict[tuple[int, str], Authorisation] = {}
    for row in rows.order_by("id"):
        key = (row.person_id, row.procedure)
        known = longest.get(key)
        if known is None or (known.valid_to or date.max) <= (row.valid_to or date.max):
            longest[key] = row
    for row in longest.values():
        if row.valid_to is not None:
            name = _("ủy quyền {procedure}").format(procedure=row.procedure)
            yield "authorisation", row.person, name, row.valid_to, f"people.Authorisation:{row.pk}"


def _courses(organisation: Organisation) -> Iterable[Ending]:
    rows = Attendance.objects.filter(course__organisation=organisation, valid_to__isnull=False)
    longest: dict[tuple[int, str], Attendance] = {}
    for row in rows.select_related("person", "course").order_by("valid_to", "id"):
        longest[row.person_id, row.course.name] = row
    for row in longest.values():
        if row.valid_to is not None:
            name = _("khóa “{course}”").format(course=row.course.name)
            yield "course", row.person, name, row.valid_to, f"people.Attendance:{row.pk}"


def attendances(person: Person, organisation: Organisation) -> QuerySet[Attendance]:
    """This will list the courses a person took, the newest first."""
    rows = Attendance.objects.filter(person=person, course__organisation=organisation)
    return rows.select_related("course", "document").order_by("-course__to_on", "-id")

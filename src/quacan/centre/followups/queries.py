"""Reads of follow-ups: who asked, who must."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.models import FollowUp
from quacan.centre.base.refusals import NotFound
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import organisations_of


def follow_up_of(person: Person, pk: int, *, on: date) -> FollowUp:
    """Finds a follow-up one asked for, must do, oversees or reads in the audit trail, refusing others as unknown."""
    row = follow_ups_seen_by(person, on=on).filter(pk=pk).first()
    if row is None:
        raise NotFound(record=_("việc số {pk}").format(pk=pk))
    return row


def follow_ups_seen_by(person: Person, *, on: date) -> QuerySet[FollowUp]:
    """Lists the follow-ups one asked for, must do, oversees or reads in the audit trail."""
    found = Q(owner=person.username) | Q(asked_by=person.username)
    for permission in ("followups.oversee", "audit.see"):
        found |= Q(book__in=organisations_of(person, permission, on=on).values("code"))
    return FollowUp.objects.filter(found)


def oversees(actor: Actor, follow_up: FollowUp, *, on: date) -> bool:
    """Says whether somebody oversees the follow-ups of the organisation a follow-up belongs to."""
    place = Organisation.objects.filter(code=follow_up.book).values_list("pk", flat=True).first()
    return place is not None and actor.may("followups.oversee", organisation_id=place, unit_id=None, on=on)


def open_follow_ups(person: Person) -> QuerySet[FollowUp]:
    """This will list what one person still has to do, the most urgent first."""
    return FollowUp.objects.filter(owner=person.username, state=FollowUp.State.OPEN).order_by("due_on", "id")


def to_confirm(person: Person, *, on: date) -> QuerySet[FollowUp]:
    """Lists what one asked for and others say is done, the longest waiting first.

    Who oversees follow-ups also sees what was asked by nobody who can still confirm: somebody gone, or the daily run.
    """
    condition = Q(asked_by=person.username)
    books = organisations_of(person, "followups.oversee", on=on).values("code")
    present = Person.objects.filter(is_active=True).values("username")
    condition |= Q(book__in=books) & ~Q(asked_by__in=present) & ~Q(owner=person.username)
    return FollowUp.objects.filter(condition, state=FollowUp.State.DONE).order_by("done_at", "id")


def left_behind(person: Person, *, on: date) -> QuerySet[FollowUp]:
    """Lists open tasks whose owner can no longer do them, for who oversees them."""
    books = organisations_of(person, "followups.oversee", on=on).values("code")
    present = Person.objects.filter(is_active=True).values("username")
    rows = FollowUp.objects.filter(state=FollowUp.State.OPEN, book__in=books).exclude(owner__in=present)
    return rows.order_by("due_on", "id")


def full_name_of(username: str) -> str:
    """This will name somebody by their user name; one unknown stays a user name."""
    found = Person.objects.filter(username=username).values_list("full_name", flat=True).first()
    return found or username


def may_ask(person: Person, organisation: Organisation, *, on: date) -> bool:
    """This will say whether a person may give others something to do at an organisation."""
    return person.may("followups.open", organisation_id=organisation.pk, unit_id=None, on=on)

"""Reads of follow-ups: who asked, who must."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.models import FollowUp
from quacan.centre.base.refusals import NotFound
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import organisations_of


def follow_up_of(person: Person, pk: int, *, on: date) -> FollowUp:
    """This will find a follow-up one asked for, must do or reads in the audit trail, refusing any other as unknown."""
    read = organisations_of(person, "audit.see", on=on).values("code")
    mine = Q(owner=person.username) | Q(asked_by=person.username) | Q(book__in=read)
    row = FollowUp.objects.filter(mine, pk=pk).first()
    if row is None:
        raise NotFound(record=_("việc số {pk}").format(pk=pk))
    return row


def open_follow_ups(person: Person) -> QuerySet[FollowUp]:
    """This will list what one person still has to do, the most urgent first."""
    return FollowUp.objects.filter(owner=person.username, state=FollowUp.State.OPEN).order_by("due_on", "id")


def to_confirm(person: Person) -> QuerySet[FollowUp]:
    """This will list what one person asked for and others say is done, the longest waiting first."""
    rows = FollowUp.objects.filter(asked_by=person.username, state=FollowUp.State.DONE)
    return rows.order_by("done_at", "id")


def full_name_of(username: str) -> str:
    """This will name somebody by their user name; one unknown stays a user name."""
    found = Person.objects.filter(username=username).values_list("full_name", flat=True).first()
    return found or username


def may_ask(person: Person, organisation: Organisation, *, on: date) -> bool:
    """This will say whether a person may give others something to do at an organisation."""
    return person.may("followups.open", organisation_id=organisation.pk, unit_id=None, on=on)

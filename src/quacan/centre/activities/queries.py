"""Reads of activities."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quacan.centre.activities.facts import posting_of
from quacan.centre.activities.models import Activity
from quacan.centre.base.refusals import NotFound
from quacan.centre.ledger.rules import Posting
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible


def activities(person: Person, *, on: date) -> QuerySet[Activity]:
    """This will list the activities a person may see."""
    return visible(Activity.objects.select_related("organisation", "unit"), person, "activities.see", on=on)


def activity(person: Person, key: int, *, on: date) -> Activity:
    """This will find an activity a person may see, refusing any other as unknown."""
    found = activities(person, on=on).filter(pk=key).first()
    if found is None:
        raise NotFound(record=_("hoạt động"))
    return found


def postings() -> Iterator[Posting]:
    """This will give what the book must say of every activity."""
    for found in Activity.objects.iterator(chunk_size=500):
        yield posting_of(found)

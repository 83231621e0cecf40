"""Reads of activities."""

from collections.abc import Iterator
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from quacan.centre.activities.facts import posting_of
from quacan.centre.activities.models import Activity
from quacan.centre.base.act import reference
from quacan.centre.base.models import DocumentFile
from quacan.centre.base.refusals import NotFound
from quacan.centre.ledger.models import Entry
from quacan.centre.ledger.rules import Posting
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible


def activities(person: Person, *, on: date) -> QuerySet[Activity]:
    """This will list the activities a person may see."""
    return visible(
        Activity.objects.select_related("organisation", "unit", "party"), person, "activities.see", on=on
    )


def activities_to_confirm(person: Person, *, on: date) -> QuerySet[Activity]:
    """This will list the drafts that wait for a person as the second one; ``recorder`` names the first."""
    names = Person.objects.filter(username=OuterRef("recorded_by")).values("full_name")[:1]
    drafts = Activity.objects.filter(state=Activity.State.DRAFT).annotate(recorder=Subquery(names))
    others = drafts.exclude(recorded_by=person.username).exclude(changed_by=person.username)
    return visible(others.order_by("occurred_on", "id"), person, "activities.confirm", on=on)


def activity(person: Person, key: int, *, on: date) -> Activity:
    """This will find an activity a person may see, refusing any other as unknown."""
    found = activities(person, on=on).filter(pk=key).first()
    if found is None:
        raise NotFound(record=_("hoạt động"))
    return found


def months_of(person: Person, *, on: date) -> list[date]:
    """This will list the months in which activities a person may see happened, the newest first."""
    return list(activities(person, on=on).order_by().dates("occurred_on", "month", order="DESC")[:36])


def entries_of(found: Activity) -> QuerySet[Entry]:
    """This will list the ledger entries of an activity, reversals included, in the order of the book."""
    rows = Entry.objects.filter(organisation=found.organisation, source=reference(found))
    return rows.select_related("reverses", "organisation").order_by("seq")


def attachment_file(found: Activity, key: int) -> DocumentFile:
    """This will find the file of an attachment of an activity, refusing any other as unknown."""
    rows = DocumentFile.objects.select_related("document")
    file = rows.filter(document__attachment__activity=found, document__attachment=key).first()
    if file is None:
        raise NotFound(record=_("tệp đính kèm"))
    return file


def postings() -> Iterator[Posting]:
    """This will give what the book must say of every activity."""
    for found in Activity.objects.iterator(chunk_size=500):
        yield posting_of(found)

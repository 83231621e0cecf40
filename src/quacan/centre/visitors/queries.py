"""Reads of visits, kept to the organisations where a person may see them."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.refusals import NotFound
from quacan.centre.ledger.rules import Posting
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible
from quacan.centre.visitors.facts import posting_of
from quacan.centre.visitors.models import Visit


def visits(person: Person, *, on: date) -> QuerySet[Visit]:
    """Lists the visits a person may see, the newest first."""
    rows = Visit.objects.select_related("organisation", "unit", "host", "recorded_by")
    return visible(rows, person, "visitors.see", on=on).order_by("-expected_on", "-pk")


def visit_seen_by(person: Person, pk: int, *, on: date) -> Visit:
    """Finds one visit, refusing the unknown and what the person may not see alike."""
    found = visits(person, on=on).filter(pk=pk).first()
    if found is None:
        raise NotFound(record=_("lượt khách số {pk}").format(pk=pk))
    return found


def at_the_door(person: Person, *, on: date) -> QuerySet[Visit]:
    """Lists who is expected today or inside, for whoever keeps the register."""
    rows = visible(Visit.objects.select_related("host"), person, "visitors.record", on=on)
    waiting = rows.filter(state=Visit.State.EXPECTED, expected_on__lte=on) | rows.filter(
        state=Visit.State.INSIDE
    )
    return waiting.order_by("expected_on", "pk")


def postings() -> Iterator[Posting]:
    """Gives what every visit stands for, for the proof that the book says what the records say."""
    yield from (posting_of(visit) for visit in Visit.objects.order_by("pk").iterator())

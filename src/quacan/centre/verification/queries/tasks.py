"""Worksheets and batches that wait for somebody, and what of competence runs out."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from quacan.centre.contracts.models import Job
from quacan.centre.contracts.queries import jobs_of
from quacan.centre.people.models import Person
from quacan.centre.people.queries import CardStanding, Expiry, card_standings, expiries, home, visible
from quacan.centre.verification.models import Batch, Worksheet

DRAFT = Worksheet.State.DRAFT
SUBMITTED = Worksheet.State.SUBMITTED
COMPETENCE_WITHIN = 90


def jobs_to_measure(person: Person) -> QuerySet[Job]:
    """The jobs a person was given but those listed as worksheets sent on or returned, or on a bench."""
    elsewhere = Q(state__in=(SUBMITTED, Worksheet.State.APPROVED))
    returned = Q(state=DRAFT) & ~Q(returned_reason="")
    on_bench = Q(state=DRAFT, batch__isnull=False)
    listed = Worksheet.objects.filter(elsewhere | returned | on_bench, job=OuterRef("pk"))
    return jobs_of(person).filter(~Exists(listed)).prefetch_related("worksheets")


def returned_sheets(person: Person) -> QuerySet[Worksheet]:
    """The worksheets of a person that were sent back to them."""
    rows = Worksheet.objects.filter(performer=person, state=DRAFT).exclude(returned_reason="")
    return rows.select_related("instrument").order_by("performed_on", "id")


def batches_measured_by(person: Person) -> QuerySet[Batch]:
    """The batches a person is still measuring; ``left`` counts the worksheets not sent."""
    return _batches(DRAFT).filter(performer=person)


def batches_to_check(person: Person, *, on: date) -> QuerySet[Batch]:
    """The batches others measured that a person may check; ``left`` counts the worksheets not checked."""
    return visible(_batches(SUBMITTED).exclude(performer=person), person, "worksheets.check", on=on)


def _batches(state: str) -> QuerySet[Batch]:
    rows = Batch.objects.annotate(left=Count("worksheets", filter=Q(worksheets__state=state)))
    rows = rows.filter(left__gt=0).select_related("order__contract__party", "performer")
    return rows.order_by("performed_on", "id")


def competence_running_out(person: Person, *, on: date) -> list[CardStanding | Expiry]:
    """What of competence ended or ends within 90 days: of the whole workplace for who gives out work, else one's own.

    A missing card comes first, then cards, authorisations and courses.
    """
    where = home(person, on=on)
    if where is None:
        return []
    missing = [one for one in card_standings(where, on=on) if one.days_left is None]
    standings: list[CardStanding | Expiry] = [*missing, *expiries(where, on=on, within=COMPETENCE_WITHIN)]
    if person.may("orders.assign", organisation_id=where.pk, unit_id=None, on=on):
        return standings
    return [one for one in standings if one.person.pk == person.pk]

"""Contracts that wait for somebody."""

from datetime import date, timedelta

from django.db.models import QuerySet

from quacan.centre.contracts.models import Contract
from quacan.centre.contracts.queries.books import overdue
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible

SOON = 7


def contracts_at(person: Person, state: str, permission: str, *, on: date) -> QuerySet[Contract]:
    """The contracts at a stage where a person holds the permission of what comes next, the longest waiting first."""
    rows = Contract.objects.filter(state=state).select_related("party").order_by("received_on", "id")
    return visible(rows, person, permission, on=on)


def contracts_near_due(person: Person, *, on: date) -> QuerySet[Contract]:
    """The contracts a person signs for whose day is over or comes within seven days."""
    rows = visible(Contract.objects.select_related("party"), person, "contracts.sign", on=on)
    return overdue(rows, on=on + timedelta(days=SOON + 1))

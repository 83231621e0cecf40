"""Reads of organisations."""

from datetime import date

from django.db.models import Q, QuerySet

from quacan.centre.base.refusals import NotFound
from quacan.centre.organisation.models import Organisation, Succession


def organisation_by_code(code: str) -> Organisation:
    """This will find an organisation by its code, refusing an unknown one."""
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise NotFound(record=code)
    return found


def organisations_in_force(on: date) -> QuerySet[Organisation]:
    """This will list the organisations that exist on a day."""
    return Organisation.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


def subtree(organisation: Organisation) -> QuerySet[Organisation]:
    """This will list an organisation and everything below it."""
    return Organisation.objects.filter(path__startswith=organisation.path)


def lineage(organisation: Organisation) -> set[int]:
    """This will give the ids of an organisation and of all its predecessors, however far back."""
    edges = list(Succession.objects.values_list("successor_id", "predecessor_id"))
    found: set[int] = set()
    waiting = [organisation.pk]
    while waiting:
        current = waiting.pop()
        if current in found:
            continue
        found.add(current)
        waiting.extend(old for new, old in edges if new == current)
    return found


def code_of(key: int) -> str:
    """The code of an organisation by its key; '' for an unknown one."""
    return Organisation.objects.filter(pk=key).values_list("code", flat=True).first() or ""

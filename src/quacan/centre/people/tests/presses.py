"""How the buttons of accounts, roles and authorisations are pressed."""

from quacan.centre.people.models import Person
from quacan.centre.people.moves import (
    ACCOUNT,
    END_ASSIGNMENT,
    END_AUTHORISATION,
    LET_GO,
    RESET_PASSWORD,
    TAKE_BACK,
)

PRESSES = {
    LET_GO: lambda person, act: {},
    TAKE_BACK: lambda person, act: {},
    RESET_PASSWORD: lambda person, act: {"new": "mỗi số đọc một dòng"},
    END_ASSIGNMENT: lambda assignment, act: {"on": max(act.on, assignment.valid_from)},
    END_AUTHORISATION: lambda authorisation, act: {"on": max(act.on, authorisation.valid_from)},
}


def accounts() -> list[Person]:
    """Two accounts of the demonstration, one of them closed."""
    found = list(Person.objects.filter(assignments__role="verifier").distinct().order_by("pk")[:2])
    Person.objects.filter(pk=found[1].pk).update(is_active=False)
    return list(Person.objects.filter(pk__in=[one.pk for one in found]))


SAMPLES = {ACCOUNT: accounts}

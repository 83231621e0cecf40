"""What waits for a person today, read from every department."""

from collections.abc import Mapping
from datetime import date

from quacan.centre.config.rail import Waiting
from quacan.centre.people.models import Person


def waiting_at_doors(person: Person, *, on: date) -> Mapping[str, Waiting]:
    """This will count what waits for a person behind each door of the rail."""
    return {}

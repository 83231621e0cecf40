"""How the figures of a period are closed; the demonstration's open periods are not stored."""

from datetime import date

from quacan.centre.ledger.models import ClosedPeriod
from quacan.centre.ledger.moves import CLOSE, CLOSE_EARLY, FIGURES
from quacan.centre.ledger.queries import period_in_book
from quacan.centre.organisation.models import Organisation

PRESSES = {CLOSE: lambda period, act: {}, CLOSE_EARLY: lambda period, act: {}}


def periods():
    """A closed period, one long over and one that is still to come."""
    yield from ClosedPeriod.objects.order_by("-pk")[:1]
    for centre in Organisation.objects.filter(kind=Organisation.Kind.CENTRE)[:1]:
        for year in (2021, 2999):
            yield period_in_book(centre, code=str(year), start=date(year, 1, 1), end=date(year, 12, 31))


SAMPLES = {FIGURES: periods}

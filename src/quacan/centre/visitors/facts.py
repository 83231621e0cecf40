"""What a visit stands for in the book: one visitor received, on the day they came."""

from quacan.centre.base.actors import HERE
from quacan.centre.ledger.rules import Fact, Posting
from quacan.centre.visitors.models import Visit

RECEIVED = "visitors.received"


def posting_of(visit: Visit) -> Posting:
    """Gives what the book must say of a visit; one that has not come counts for nothing."""
    facts: tuple[Fact, ...] = ()
    if visit.arrived_at is not None:
        entered = "laboratory" if visit.rooms else "office"
        day = visit.arrived_at.astimezone(HERE).date()
        facts = (Fact(RECEIVED, day, dimensions={"entered": entered}, unit_id=visit.unit_id),)
    return Posting(visit.organisation_id, f"visitors.Visit:{visit.pk}", facts)

"""What stamps stand for in the book: the balance in hand, as a stock."""

from decimal import Decimal

from quacan.centre.certificates.models import Outcome, Stamp, StampBatch
from quacan.centre.ledger.rules import Fact, Posting

BALANCE = "stamps.balance"


def batch_posting(batch: StampBatch) -> Posting:
    """This will add a batch's stamps to the balance on the day they were received."""
    count = batch.last - batch.first + 1
    fact = Fact(BALANCE, batch.received_on, Decimal(count), dimensions={"move": "received"})
    return Posting(batch.organisation_id, f"certificates.StampBatch:{batch.pk}", (fact,))


def outcome_posting(outcome: Outcome) -> Posting:
    """This will take the stamp bound to a certificate off the balance on the day of issue."""
    facts: tuple[Fact, ...] = ()
    if outcome.stamp_id is not None:
        facts = (Fact(BALANCE, outcome.issued_on, Decimal(-1), dimensions={"move": "used"}),)
    return Posting(outcome.organisation_id, f"certificates.Outcome:{outcome.pk}", facts)


def stamp_posting(stamp: Stamp) -> Posting:
    """This will take a damaged stamp off the balance on the day it was reported."""
    facts: tuple[Fact, ...] = ()
    if stamp.damaged_on is not None:
        facts = (Fact(BALANCE, stamp.damaged_on, Decimal(-1), dimensions={"move": "damaged"}),)
    return Posting(stamp.organisation_id, f"certificates.Stamp:{stamp.pk}", facts)

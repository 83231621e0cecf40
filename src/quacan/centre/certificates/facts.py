"""What certificates and stamps stand for in the book: stamps in hand as a stock, revocations as a flow."""

from decimal import Decimal

from quacan.centre.certificates.models import Outcome, Stamp, StampBatch
from quacan.centre.ledger.rules import Fact, Posting

BALANCE = "stamps.balance"
REVOKED = "certificates.revoked"


def batch_posting(batch: StampBatch) -> Posting:
    """This will add a batch's stamps to the balance on the day they were received."""
    count = batch.last - batch.first + 1
    fact = Fact(BALANCE, batch.received_on, Decimal(count), dimensions={"move": "received"})
    return Posting(batch.organisation_id, f"certificates.StampBatch:{batch.pk}", (fact,))


def outcome_posting(outcome: Outcome) -> Posting:
    """This will take the stamp bound to a certificate off the balance, and count its revocation on its own day.

    The instrument measured stays counted by its worksheet: the work was done. Only a replacement undoes that.
    """
    facts: list[Fact] = []
    if outcome.stamp_id is not None:
        facts.append(Fact(BALANCE, outcome.issued_on, Decimal(-1), dimensions={"move": "used"}))
    if outcome.revoked_on is not None:
        facts.append(
            Fact(REVOKED, outcome.revoked_on, dimensions={"kind": outcome.kind}, unit_id=outcome.unit_id)
        )
    return Posting(outcome.organisation_id, f"certificates.Outcome:{outcome.pk}", tuple(facts))


def stamp_posting(stamp: Stamp) -> Posting:
    """This will take a damaged stamp off the balance on the day it was reported."""
    facts: tuple[Fact, ...] = ()
    if stamp.damaged_on is not None:
        facts = (Fact(BALANCE, stamp.damaged_on, Decimal(-1), dimensions={"move": "damaged"}),)
    return Posting(stamp.organisation_id, f"certificates.Stamp:{stamp.pk}", facts)

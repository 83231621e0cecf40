"""What an issued worksheet stands for in the book."""

from quacan.centre.ledger.rules import Fact, Posting
from quacan.centre.verification.models import Worksheet

MEASURE = "verification.instruments"


def facts_of(worksheet: Worksheet) -> tuple[Fact, ...]:
    """This will give one instrument with its verdict, on the day it was measured, once the result is issued."""
    if worksheet.state != Worksheet.State.ISSUED:
        return ()
    dimensions = {
        "service": worksheet.service,
        "event": worksheet.event,
        "verdict": worksheet.verdict,
        "kind": worksheet.instrument.kind_code,
    }
    return (
        Fact(
            measure=MEASURE,
            occurred_on=worksheet.performed_on,
            dimensions=dimensions,
            unit_id=worksheet.unit_id,
        ),
    )


def posting_of(worksheet: Worksheet) -> Posting:
    """This will give what the book must say of a worksheet."""
    return Posting(worksheet.organisation_id, f"verification.Worksheet:{worksheet.pk}", facts_of(worksheet))

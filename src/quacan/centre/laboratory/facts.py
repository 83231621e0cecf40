"""What a test stands for in the book: the points measured, once its report is out."""

import json
from decimal import Decimal
from typing import Final

from quacan.centre.laboratory.models import PlaceTest
from quacan.centre.ledger.rules import Fact, Posting

MEASURES: Final = {"earthing-resistance-test": "testing.earthing_points"}
"""The measure of a procedure's points; the same that activities count, so that a report adds both."""


def points_of(test: PlaceTest) -> int:
    """How many points were concluded upon: the rows of the frozen result that carry a verdict and a limit."""
    steps = json.loads(test.result).get("steps", [])
    return sum(1 for step in steps for row in step["rows"] if row["limit"] and row["verdict"])


def posting_of(test: PlaceTest) -> Posting:
    """What the book must say of a test: nothing until it is reported, or where its procedure counts no points."""
    measure, points = MEASURES.get(test.procedure_code), 0
    if test.state == PlaceTest.State.ISSUED:
        points = points_of(test)
    facts: tuple[Fact, ...] = ()
    if measure and points:
        facts = (Fact(measure, test.performed_on, quantity=Decimal(points), unit_id=test.unit_id),)
    return Posting(test.organisation_id, f"laboratory.PlaceTest:{test.pk}", facts)

"""How the buttons of plans are pressed."""

from decimal import Decimal

from quacan.centre.planning.actions import TargetDraft
from quacan.centre.planning.moves import ADJUST_TARGET, APPROVE, SET_TARGET


def ten_samples(plan, act):
    """A target of the plan's year."""
    return {"draft": TargetDraft("testing.samples", str(plan.year), Decimal(10))}


PRESSES = {
    SET_TARGET: ten_samples,
    ADJUST_TARGET: ten_samples,
    APPROVE: lambda plan, act: {"decision": "01/QĐ", "on": act.on},
}

"""How much of a target a period should have brought."""

from decimal import Decimal

from quacan.centre.base.periods import Period


def share_of(period: Period, *, goal_period: Period) -> Decimal:
    """This will give the part of a target set for *goal_period* that is due in *period*: months over months.

    Half a year of a year's target is 0.5; a target set for the period itself is due whole.
    """
    if period.code == goal_period.code:
        return Decimal(1)
    return Decimal(len(period.months)) / Decimal(len(goal_period.months))

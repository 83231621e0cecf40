"""A centre whose half-year is told through activities, by three people."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from quacan.centre.activities.actions import ActivityDraft, confirm_activity, record_activity
from quacan.centre.planning.actions import TargetDraft, approve_plan, open_plan, set_target

DAY = date(2022, 4, 14)


@pytest.fixture
def happened(world) -> Callable:
    """Record an activity as the clerk and confirm it as the planner."""

    def tell(kind, *, on=DAY, said_on=None, confirm=True, **values):
        said = said_on or on
        activity = record_activity(
            world.act("vanthu", on=said),
            world.centre,
            ActivityDraft(kind_code=kind, title=kind, occurred_on=on, values=values),
        )
        return confirm_activity(world.act("kehoach", on=said), activity) if confirm else activity

    return tell


@pytest.fixture
def half_year(world, happened):
    """What the seed's half-year holds besides instruments, as far as a report needs it."""
    happened("test_sample", matrix="concrete_brick", samples="2")
    happened("earthing_measurement", points="106", readings="3,1; 3,4")
    happened("production_batch", product="cordyceps", produced="425", contaminated="137")
    happened("field_model", subject="macadamia", area="1,8")
    happened("union_fund", fund="shelter", amount="1.934.000")
    happened("publication", issues="không nêu số")
    happened("broadcast", issues="6")
    return world


@pytest.fixture
def planned(world):
    """A plan of the year: 10 samples, 200 earthing points."""
    act = lambda: world.act("kehoach", on=date(2022, 1, 10))  # noqa: E731
    plan = open_plan(act(), world.centre, year=2022, title="Kế hoạch 2022")
    set_target(act(), plan, TargetDraft("testing.samples", "2022", Decimal(10)))
    set_target(act(), plan, TargetDraft("testing.earthing_points", "2022", Decimal(200)))
    return approve_plan(
        world.act("giamdoc", on=date(2022, 1, 12)), plan, decision="01/QĐ", on=date(2022, 1, 12)
    )

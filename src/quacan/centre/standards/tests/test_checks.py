"""Checks between calibrations: limits, what falls outside, what is overdue, and who hears of it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import World
from quacan.centre.base.models import FollowUp
from quacan.centre.base.refusals import FieldWrong, NotAuthorised, ReasonMissing
from quacan.centre.standards.actions import (
    CertificateDraft,
    PlanDraft,
    StandardDraft,
    add_certificate,
    end_plan,
    enter_standard,
    plan_checks,
    record_check,
    withdraw_check,
)
from quacan.centre.standards.models import CheckPlan, Standard
from quacan.centre.standards.queries import care_due, plan_views, readiness
from quacan.centre.standards.refusals import (
    CheckBeforeLast,
    CheckBeforePlan,
    CheckOutOfControl,
    CheckOverdue,
    CheckOwnWithdrawal,
    CheckSizeWrong,
    CheckValueWrong,
)
from quacan.centre.standards.rules import Checked, within_baseline, within_tolerance

BEGIN = date(2022, 1, 10)
HEAD = "truongphong"


@pytest.fixture
def gauge(world: World) -> Standard:
    made = enter_standard(
        world.act(HEAD), world.centre, StandardDraft(code="AK-01", name="Áp kế chuẩn", kind="pressure")
    )
    add_certificate(
        world.act(HEAD),
        made,
        CertificateDraft(
            number="1",
            issuer="Viện",
            issued_on=BEGIN,
            valid_until=date(2023, 1, 10),
            values=[{"nominal": "200", "value": "200", "U": "0,1", "k": "2", "unit": "mmHg"}],
        ),
    )
    return made


def plan(world: World, standard: Standard, **changes: object) -> CheckPlan:
    details = {
        "quantity": "So với áp kế kiểm tra",
        "nominal": "200",
        "unit": "mmHg",
        "interval_days": 30,
        "basis": "tolerance",
        "reference_value": "200,0",
        "tolerance": "0,3",
        "from_on": BEGIN,
    }
    return plan_checks(world.act(HEAD, on=BEGIN), standard, PlanDraft(**details | changes))  # type: ignore[arg-type]


def check(world: World, made: CheckPlan, day: int, *values: str) -> object:
    on = BEGIN + timedelta(days=day)
    return record_check(world.act(HEAD, on=on), made, on=on, values=values)


def obstacle(standard: Standard, on: date) -> object:
    return readiness([standard], on=on)[0].check


@pytest.mark.django_db
class TestTolerance:
    def test_a_value_on_the_limit_is_inside(self, world: World, gauge: Standard) -> None:
        made = plan(world, gauge)
        check(world, made, 5, "200,3")
        assert obstacle(gauge, BEGIN + timedelta(days=6)) is None
        assert not FollowUp.objects.exists()

    def test_beyond_it_stands_in_the_way_and_is_handed_to_quality(
        self, world: World, gauge: Standard
    ) -> None:
        made = plan(world, gauge)
        check(world, made, 5, "200,31")
        found = obstacle(gauge, BEGIN + timedelta(days=5))
        assert isinstance(found, CheckOutOfControl)
        follow_up = FollowUp.objects.get()
        assert (follow_up.owner, follow_up.asked_by) == ("chatluong", HEAD)
        assert "AK-01" in follow_up.title

    def test_the_mean_of_several_readings_counts(self, world: World, gauge: Standard) -> None:
        made = plan(world, gauge)
        check(world, made, 5, "200,5", "200,0")
        assert obstacle(gauge, BEGIN + timedelta(days=5)) is None

    def test_days_before_are_judged_by_what_was_known_then(self, world: World, gauge: Standard) -> None:
        made = plan(world, gauge)
        check(world, made, 5, "200")
        check(world, made, 20, "201")
        assert obstacle(gauge, BEGIN + timedelta(days=19)) is None
        assert isinstance(obstacle(gauge, BEGIN + timedelta(days=20)), CheckOutOfControl)

    def test_a_good_check_afterwards_clears_it(self, world: World, gauge: Standard) -> None:
        made = plan(world, gauge)
        check(world, made, 5, "201")
        check(world, made, 6, "200,1")
        assert obstacle(gauge, BEGIN + timedelta(days=6)) is None

    def test_overdue_from_the_day_after_the_last(self, world: World, gauge: Standard) -> None:
        made = plan(world, gauge)
        assert obstacle(gauge, BEGIN + timedelta(days=30)) is None
        assert isinstance(obstacle(gauge, BEGIN + timedelta(days=31)), CheckOverdue)
        check(world, made, 31, "200")
        assert obstacle(gauge, BEGIN + timedelta(days=61)) is None
        assert isinstance(obstacle(gauge, BEGIN + timedelta(days=62)), CheckOverdue)

    def test_what_is_due_is_listed_most_urgent_first(self, world: World, gauge: Standard) -> None:
        plan(world, gauge)
        rows = care_due(Standard.objects.all(), on=BEGIN + timedelta(days=40), within=0)
        assert [(one.kind, one.is_late) for one in rows] == [("check", True)]


@pytest.mark.django_db
class TestPlans:
    def test_a_new_version_ends_the_former(self, world: World, gauge: Standard) -> None:
        old = plan(world, gauge)
        check(world, old, 5, "201")
        world.later(days=1)
        new = plan_checks(
            world.act(HEAD),
            gauge,
            PlanDraft(
                quantity=old.quantity,
                nominal="200",
                unit="mmHg",
                interval_days=90,
                basis="tolerance",
                reference_value="200",
                tolerance="2",
                from_on=world.act(HEAD).on,
            ),
        )
        old.refresh_from_db()
        assert old.ended_on == new.from_on
        assert obstacle(gauge, new.from_on) is None

    def test_a_plan_ends_with_a_reason(self, world: World, gauge: Standard) -> None:
        made = plan(world, gauge)
        with pytest.raises(ReasonMissing):
            end_plan(world.act(HEAD), made, on=world.act(HEAD).on)
        end_plan(world.act(HEAD, reason="chuẩn dự phòng"), made, on=BEGIN + timedelta(days=40))
        assert obstacle(gauge, BEGIN + timedelta(days=41)) is None

    @pytest.mark.parametrize(
        "wrong",
        [
            {"tolerance": "0"},
            {"tolerance": "rộng"},
            {"reference_value": ""},
            {"unit": "vạch"},
            {"interval_days": 0},
            {"basis": "individuals", "baseline": 2},
            {"basis": "cảm tính"},
        ],
    )
    def test_a_plan_that_makes_no_sense_is_refused(
        self, world: World, gauge: Standard, wrong: dict[str, object]
    ) -> None:
        with pytest.raises(FieldWrong):
            plan(world, gauge, **wrong)
        assert not CheckPlan.objects.exists()

    def test_checks_stand_in_the_order_of_days(self, world: World, gauge: Standard) -> None:
        made = plan(world, gauge)
        check(world, made, 9, "200")
        with pytest.raises(CheckBeforeLast):
            check(world, made, 8, "200")
        with pytest.raises(CheckBeforePlan):
            record_check(world.act(HEAD), made, on=BEGIN - timedelta(days=1), values=["200"])
        with pytest.raises(CheckValueWrong):
            check(world, made, 10, "200", "hai trăm")

    def test_others_may_not(self, world: World, gauge: Standard) -> None:
        made = plan(world, gauge)
        with pytest.raises(NotAuthorised):
            record_check(world.act("nguoikhac"), made, on=BEGIN, values=["200"])

    def test_a_mistaken_check_is_withdrawn_and_stays(self, world: World, gauge: Standard) -> None:
        made = plan(world, gauge)
        check(world, made, 5, "2000")
        row = made.checks.get()
        with pytest.raises(CheckOwnWithdrawal):
            withdraw_check(world.act(HEAD, reason="gõ nhầm"), row)
        withdraw_check(world.act("chatluong", reason="gõ thừa số 0"), row)
        assert obstacle(gauge, BEGIN + timedelta(days=5)) is None
        (view,) = plan_views(gauge, on=BEGIN + timedelta(days=5))
        assert view.rows[0].check.withdrawn_reason == "gõ thừa số 0"


@pytest.mark.django_db
def test_a_baseline_sets_its_limits_then_judges(world: World, gauge: Standard) -> None:
    made = plan(world, gauge, basis="individuals", baseline=5, reference_value="", tolerance="")
    for turn, value in enumerate(["200,0", "200,1", "199,9", "200,1"]):
        check(world, made, turn, value)
        assert obstacle(gauge, BEGIN + timedelta(days=turn)) is None
    (view,) = plan_views(gauge, on=BEGIN + timedelta(days=4))
    assert (view.control.wanting, view.control.upper) == (1, None)
    check(world, made, 4, "199,9")
    check(world, made, 5, "200,1")
    assert obstacle(gauge, BEGIN + timedelta(days=5)) is None
    check(world, made, 6, "201,5")
    assert isinstance(obstacle(gauge, BEGIN + timedelta(days=6)), CheckOutOfControl)
    (view,) = plan_views(gauge, on=BEGIN + timedelta(days=6))
    assert view.chart is not None
    *levels, drawn = view.chart.layers
    shown = [(one.tone, one.is_hollow) for one in drawn.spots]
    assert shown == [("accent", True)] * 5 + [("accent", False), ("fail", False)]
    assert {one.value for one in levels} == {view.control.lower, view.control.centre, view.control.upper}


@pytest.mark.django_db
def test_a_chart_of_averages_keeps_one_size(world: World, gauge: Standard) -> None:
    made = plan(world, gauge, basis="averages", baseline=3, reference_value="", tolerance="")
    check(world, made, 0, "200,0", "200,2")
    with pytest.raises(CheckSizeWrong):
        check(world, made, 1, "200,0")
    for day in (1, 2):
        check(world, made, day, "200,1", "200,2")
    (view,) = plan_views(gauge, on=BEGIN + timedelta(days=2))
    assert view.control.wanting == 0


values = st.decimals(min_value=190, max_value=210, places=2)


@given(readings=st.lists(values, min_size=1, max_size=12), tolerance=st.decimals("0.01", "5", places=2))
def test_a_tolerance_judges_each_check_by_itself(readings: list[Decimal], tolerance: Decimal) -> None:
    checks = [Checked(BEGIN + timedelta(days=i), (value,)) for i, value in enumerate(readings)]
    found = within_tolerance(checks, reference=Decimal(200), tolerance=tolerance)
    assert [bool(one.signals) for one in found.points] == [abs(one - 200) > tolerance for one in readings]


@given(readings=st.lists(values, min_size=1, max_size=8), baseline=st.integers(3, 12))
def test_nothing_is_judged_before_the_baseline_is_complete(readings: list[Decimal], baseline: int) -> None:
    checks = [Checked(BEGIN + timedelta(days=i), (value,)) for i, value in enumerate(readings)]
    found = within_baseline(checks, basis="individuals", baseline=baseline)
    assert found.wanting == max(0, baseline - len(readings))
    if found.wanting:
        assert (found.is_out, found.upper) == (False, None)
    else:
        outside = {one.on for one in found.points if not found.lower <= one.mean <= found.upper}
        assert outside <= {one.on for one in found.points if one.signals}

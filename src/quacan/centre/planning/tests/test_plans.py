"""Plans: targets in versions, approval, what a period owes."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import PASSWORD
from quacan.centre.base.moves import is_open
from quacan.centre.base.periods import period
from quacan.centre.base.refusals import (
    FieldMissing,
    FieldWrong,
    NotAuthorised,
    NotFound,
    ReasonMissing,
    WrongStage,
)
from quacan.centre.people.actions import assign_role, enter_person
from quacan.centre.planning.actions import TargetDraft, adjust_target, approve_plan, open_plan, set_target
from quacan.centre.planning.models import Plan
from quacan.centre.planning.moves import APPROVE, SET_TARGET
from quacan.centre.planning.queries import goals_of, plan, plans, targets_of, versions_of
from quacan.centre.planning.refusals import PlanEmpty, PlanExists
from quacan.centre.planning.rules import share_of

H1, YEAR = period("2022-H1"), period("2022")
SAMPLES = "testing.samples"


@pytest.fixture
def plan_2022(world):
    return open_plan(world.act("kehoach"), world.centre, year=2022, title="Kế hoạch 2022")


def target(world, chosen, value, code="2022", on=None, reason="", **more):
    act = world.act("kehoach", on=on, reason=reason)
    write = set_target if chosen.state == Plan.State.DRAFT else adjust_target
    return write(act, chosen, TargetDraft(SAMPLES, code, Decimal(value), **more))


def approved(world, chosen):
    return approve_plan(world.act("giamdoc"), chosen, decision="01/QĐ", on=date(2022, 4, 14))


def test_a_year_has_one_plan(world, plan_2022):
    with pytest.raises(PlanExists):
        open_plan(world.act("kehoach"), world.centre, year=2022, title="Lại")
    for year, title, refusal in ((2022, " ", FieldMissing), (22, "x", FieldWrong)):
        with pytest.raises(refusal):
            open_plan(world.act("kehoach"), world.centre, year=year, title=title)


def test_a_changed_target_stands_beside_its_earlier_versions(world, plan_2022):
    target(world, plan_2022, 10)
    target(world, plan_2022, 12, carried_over=Decimal(2))
    ((newest, oldest),) = versions_of(plan_2022).values()
    assert [(t.version, t.value, t.carried_over) for t in (newest, oldest)] == [(2, "12", "2"), (1, "10", "")]
    assert targets_of(world.centre, YEAR) == {SAMPLES: 12}


def test_targets_are_read_as_they_stood_at_an_instant(world, plan_2022):
    target(world, plan_2022, 10, on=date(2022, 1, 10))
    target(world, plan_2022, 20, on=date(2022, 8, 1))
    assert targets_of(world.centre, H1, at=datetime(2022, 7, 5, tzinfo=UTC)) == {SAMPLES: 10}
    assert targets_of(world.centre, H1, at=datetime(2022, 1, 1, tzinfo=UTC)) == {}
    assert targets_of(world.centre, H1) == {SAMPLES: 20}


def test_the_target_of_the_period_itself_goes_before_the_years(world, plan_2022):
    target(world, plan_2022, 4, code="2022-H1")
    target(world, plan_2022, 10)
    goal = goals_of(world.centre, H1)[SAMPLES]
    assert (goal.value, goal.period.code, goal.due_in(H1)) == (4, "2022-H1", 4)
    assert goals_of(world.centre, period("2022-Q1"))[SAMPLES].due_in(period("2022-Q1")) == Decimal("2.5")
    target(world, plan_2022, 11)
    assert goals_of(world.centre, H1)[SAMPLES].value == 4


@given(st.sampled_from(["2022", "2022-H1", "2022-H2", "2022-9M", "2022-Q3", "2022-M02"]))
def test_the_shares_of_the_months_add_up_to_the_year(code):
    wanted = period(code)
    months = [period(f"2022-M{n:02}") for n in range(1, 13)]
    within = [
        share_of(m, goal_period=YEAR) for m in months if wanted.start <= m.start and m.end <= wanted.end
    ]
    assert abs(sum(within) - share_of(wanted, goal_period=YEAR)) < Decimal("1e-20")
    assert share_of(wanted, goal_period=wanted) == 1


@pytest.mark.parametrize(
    ("code", "value"), [("2023", "1"), ("2022-X", "1"), ("2022", "-1"), ("2022", "NaN"), ("2022", "Infinity")]
)
def test_targets_that_cannot_be(world, plan_2022, code, value):
    with pytest.raises(FieldWrong):
        target(world, plan_2022, value, code=code)


def test_after_approval_a_change_needs_a_reason(world, plan_2022):
    with pytest.raises(PlanEmpty):
        approved(world, plan_2022)
    target(world, plan_2022, 10)
    with pytest.raises(FieldMissing):
        approve_plan(world.act("giamdoc"), plan_2022, decision=" ", on=date(2022, 4, 14))
    done = approved(world, plan_2022)
    assert (done.decision, done.approved_by) == ("01/QĐ", "giamdoc")
    with pytest.raises(WrongStage):
        approved(world, plan_2022)
    with pytest.raises(ReasonMissing):
        target(world, done, 11)
    with pytest.raises(WrongStage):
        target(world, plan_2022, 11)
    assert target(world, done, 11, reason="Sở giao thêm").version == 2


def test_a_planner_does_not_approve_and_an_outsider_does_nothing(world, plan_2022):
    target(world, plan_2022, 10)
    with pytest.raises(NotAuthorised):
        approve_plan(world.act("kehoach"), plan_2022, decision="1", on=date(2022, 4, 14))
    with pytest.raises(NotAuthorised):
        set_target(world.act("nguoikhac"), plan_2022, TargetDraft(SAMPLES, "2022", Decimal(1)))
    outsider, on = world.people["nguoikhac"], date(2022, 4, 14)
    assert list(plans(outsider, on=on)) == []
    with pytest.raises(NotFound):
        plan(outsider, plan_2022.pk, on=on)
    assert plan(world.people["kehoach"], plan_2022.pk, on=on) == plan_2022


def test_the_department_above_approves_the_plan_of_its_centre(world, plan_2022):
    target(world, plan_2022, 10)
    start = date(2021, 1, 1)
    leader = enter_person(
        world.operator(), world.department, username="lanhdao", full_name="Nông Thị Sen", password=PASSWORD
    )
    assign_role(world.operator(), world.department, person=leader, role="department_leader", valid_from=start)
    world.people["lanhdao"] = leader
    assert is_open(APPROVE, plan_2022, leader, on=date(2022, 4, 14))
    assert not is_open(SET_TARGET, plan_2022, leader, on=date(2022, 4, 14))
    done = approve_plan(world.act("lanhdao"), plan_2022, decision="7/QĐ-SKHCN", on=date(2022, 4, 14))
    assert done.approved_by == "lanhdao"

"""Standards decided once: any history of deeds, and every button says what its action answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from conftest import World
from quacan.centre.base.act import MAKERS
from quacan.centre.base.moves import Move, dead_ends, is_open, offer
from quacan.centre.base.refusals import Refusal
from quacan.centre.standards.actions import (
    PlanDraft,
    StandardDraft,
    change_state,
    end_plan,
    enter_standard,
    lend_standard,
    plan_checks,
    record_check,
    return_standard,
    withdraw_check,
)
from quacan.centre.standards.models import CheckPlan, IntermediateCheck, Loan, Standard
from quacan.centre.standards.moves import CHECK, END_PLAN, GIVE_BACK, LEND, LOAN, PLAN, RECORD_CHECK, STANDARD
from quacan.centre.standards.refusals import CheckOwnWithdrawal, PlanNeverInForce, PlanNotBegun, StandardLent
from quacan.centre.standards.tests.presses import PRESSES

HEAD, QUALITY = "truongphong", "chatluong"
BEGIN = date(2022, 1, 10)
PEOPLE = (HEAD, QUALITY, "kdv.an", "vanthu", "nguoikhac")


def plan_of(standard: Standard, world: World, *, from_on: date = BEGIN, nominal: str = "200") -> CheckPlan:
    draft = PlanDraft(
        quantity="So với áp kế kiểm tra",
        nominal=nominal,
        unit="mmHg",
        interval_days=30,
        basis="tolerance",
        reference_value="200",
        tolerance="0,3",
        from_on=from_on,
    )
    return plan_checks(world.act(HEAD), standard, draft)


@pytest.fixture
def gauge(world: World) -> Standard:
    draft = StandardDraft(code="AK-01", name="Áp kế chuẩn", kind="pressure", location="Phòng chuẩn")
    return enter_standard(world.act(HEAD, on=BEGIN), world.centre, draft)


def everything(world: World, gauge: Standard, *, lent: bool = True) -> None:
    """Every state of every record of a standard: sent away, lent and back, plans open, ended, to come, checks."""
    day = timedelta(days=1)
    change_state(world.act(HEAD), gauge, state="under_calibration", on=BEGIN + day)
    loan = lend_standard(world.act(HEAD), gauge, **PRESSES[LEND](gauge, world.act(HEAD, on=BEGIN)))
    return_standard(world.act(HEAD), loan, on=BEGIN + 2 * day, condition="tốt")
    if lent:
        lend_standard(world.act(HEAD), gauge, **PRESSES[LEND](gauge, world.act(HEAD)))
    plan = plan_of(gauge, world)
    record_check(world.act(HEAD), plan, on=BEGIN + day, values=["200"])
    record_check(world.act(HEAD), plan, on=BEGIN + 2 * day, values=["290"])
    record_check(world.act(QUALITY), plan, on=BEGIN + 3 * day, values=["290"])
    mistaken = record_check(world.act(HEAD), plan, on=BEGIN + 4 * day, values=["200"])
    withdraw_check(world.act(HEAD, reason="gõ nhầm"), mistaken)
    ended = plan_of(gauge, world, nominal="100")
    end_plan(world.act(HEAD, reason="thôi"), ended, on=BEGIN + 5 * day)
    never = plan_of(gauge, world, nominal="50")
    end_plan(world.act(HEAD, reason="nhầm"), never, on=BEGIN)
    plan_of(gauge, world, nominal="300", from_on=world.act(HEAD).on + 9 * day)


def records() -> Iterator[tuple[Move, Any]]:
    kinds: tuple[tuple[Any, Any], ...] = (
        (STANDARD, Standard), (PLAN, CheckPlan), (CHECK, IntermediateCheck), (LOAN, Loan),
    )  # fmt: skip
    for moves, model in kinds:
        for record in model.objects.all():
            for move in moves:
                yield move, record


def answer(press: Callable[[], Any]) -> str:
    """What an action answers; nothing of it stays."""
    with transaction.atomic():
        try:
            press()
        except Refusal as refusal:
            return refusal.sentence
        finally:
            transaction.set_rollback(True)
    return "done"


@pytest.mark.django_db
@pytest.mark.parametrize("lent", [True, False])
def test_every_button_says_what_its_action_answers(world: World, gauge: Standard, lent: bool) -> None:
    everything(world, gauge, lent=lent)
    opened, shut = set(), set()
    for state in Standard.State.values:
        Standard.objects.filter(pk=gauge.pk).update(state=state)
        for move, record in records():
            for username in PEOPLE:
                act = world.act(username, reason="thử")
                offered = offer(move, record, act.actor, on=act.on)
                given = PRESSES[move](record, act) if offered.is_open else {}
                said = offered.sentences[0] if offered.sentences else "done"
                assert answer(lambda m=move, r=record, a=act, g=given: MAKERS[m](a, r, **g)) == said, move.key
                (opened if offered.is_open else shut).add(move)
    assert set(PRESSES) - opened == {LEND if lent else GIVE_BACK}, "every other move is open to somebody"
    assert shut == set(PRESSES), "and shut to somebody"


def test_no_state_is_a_dead_end() -> None:
    for moves in (STANDARD, PLAN, CHECK, LOAN):
        states = {state for move in moves for state in (*move.source, *move.target)}
        assert dead_ends(moves, states) == []


@pytest.mark.django_db
def test_from_every_state_somebody_goes_on(world: World, gauge: Standard) -> None:
    everything(world, gauge)
    on = world.act(HEAD).on
    for move, record in records():
        if move.of.state(record) not in move.of.ends:
            assert any(is_open(one, record, world.people[HEAD], on=on) for one in move.of), record


@pytest.mark.django_db
class TestHindrances:
    def test_what_is_lent_is_taken_back_first(self, world: World, gauge: Standard) -> None:
        head, on = world.people[HEAD], world.act(HEAD).on
        loan = lend_standard(world.act(HEAD), gauge, **PRESSES[LEND](gauge, world.act(HEAD)))
        [lent] = offer(LEND, gauge, head, on=on).hindrances
        assert isinstance(lent, StandardLent)
        assert is_open(GIVE_BACK, loan, head, on=on)
        return_standard(world.act(HEAD), loan, on=on, condition="tốt")
        assert is_open(LEND, gauge, head, on=on)

    def test_a_plan_to_come_has_no_checks_yet_but_can_be_ended(self, world: World, gauge: Standard) -> None:
        head, on = world.people[HEAD], world.act(HEAD).on
        plan = plan_of(gauge, world, from_on=on + timedelta(days=9))
        [early] = offer(RECORD_CHECK, plan, head, on=on).hindrances
        assert isinstance(early, PlanNotBegun)
        assert is_open(END_PLAN, plan, head, on=on)
        ended = end_plan(world.act(HEAD, reason="lập nhầm"), plan, on=plan.from_on)
        [never] = offer(RECORD_CHECK, ended, head, on=on).hindrances
        assert isinstance(never, PlanNeverInForce)

    def test_who_recorded_a_check_out_of_control_does_not_withdraw_it(
        self, world: World, gauge: Standard
    ) -> None:
        plan = plan_of(gauge, world)
        check = record_check(world.act(HEAD), plan, on=BEGIN, values=["290"])
        on = world.act(HEAD).on
        [own] = offer(CHECK["withdraw"], check, world.people[HEAD], on=on).hindrances
        assert isinstance(own, CheckOwnWithdrawal)
        assert is_open(CHECK["withdraw"], check, world.people[QUALITY], on=on)


@pytest.mark.django_db
def test_a_plan_that_has_not_begun_is_ended_on_its_page(
    world: World, gauge: Standard, sign_in: Callable[..., Any]
) -> None:
    plan = plan_of(gauge, world, from_on=date(2999, 1, 1))
    client, place = sign_in(world.people[HEAD]), f"/chuan/{gauge.pk}/kiem-tra/"
    assert f"{place}{plan.pk}/thoi/" in client.get(place).content.decode()
    assert client.post(f"{place}{plan.pk}/thoi/", {"reason": "lập nhầm"}).status_code == 302
    plan.refresh_from_db()
    assert plan.ended_on == plan.from_on
    assert f"{place}{plan.pk}/thoi/" not in client.get(place).content.decode()

"""Points and alarms decided once: every button says what its action answers, whatever happened before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from conftest import World
from quacan.centre.base.act import MAKERS
from quacan.centre.base.moves import dead_ends, is_open, offer
from quacan.centre.base.refusals import Refusal
from quacan.centre.facilities.actions import (
    LimitDraft,
    PointDraft,
    acknowledge_alarm,
    change_point,
    enter_record,
    open_point,
    set_limit,
)
from quacan.centre.facilities.models import Alarm, Point
from quacan.centre.facilities.moves import ACKNOWLEDGE, ALARM, POINT
from quacan.centre.facilities.tests.presses import PRESSES

HEAD = "truongphong"
PEOPLE = (HEAD, "chatluong", "kdv.an", "vanthu", "nguoikhac")


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


@pytest.fixture
def rooms(world: World) -> list[Point]:
    """One point watched, with an alarm that waits and one answered; one no longer watched."""
    watched = open_point(world.act(HEAD), world.centre, PointDraft(code="P-1", name="Phòng cân"))
    limit = LimitDraft("temperature", world.act(HEAD).on - timedelta(days=30), "HD-07", upper=Decimal(27))
    set_limit(world.act(HEAD), watched, limit)
    for hours in (9, 5):
        at = world.now - timedelta(hours=hours)
        enter_record(world.act("kdv.an"), watched, quantity="temperature", at=at, text="30")
        inside = at + timedelta(hours=1)
        enter_record(world.act("kdv.an"), watched, quantity="temperature", at=inside, text="22")
    acknowledge_alarm(world.act(HEAD, reason="Điều hòa hỏng"), Alarm.objects.order_by("began_at")[0])
    closed = open_point(world.act(HEAD), world.centre, PointDraft(code="P-2", name="Kho"))
    change_point(world.act(HEAD), closed, PointDraft(name="Kho", is_active=False), version=closed.version)
    return list(Point.objects.order_by("code"))


@pytest.mark.django_db
def test_every_button_says_what_its_action_answers(world: World, rooms: list[Point]) -> None:
    opened, shut = set(), set()
    seen = {POINT: rooms, ALARM: list(Alarm.objects.all())}
    assert {ALARM.state(one) for one in seen[ALARM]} == {"waiting", "answered"}
    for moves, found in seen.items():
        for move in moves:
            for record in found:
                for username in PEOPLE:
                    act = world.act(username, reason="Không có phép đo nào lúc đó")
                    offered = offer(move, record, act.actor, on=act.on)
                    given = PRESSES[move](record, act) if offered.is_open else {}
                    said = offered.sentences[0] if offered.sentences else "done"
                    pressed = answer(lambda m=move, r=record, a=act, g=given: MAKERS[m](a, r, **g))
                    assert pressed == said, move.key
                    (opened if offered.is_open else shut).add(move)
    assert opened == shut == set(PRESSES), "every move is open to somebody and shut to somebody"


@pytest.mark.django_db
def test_from_every_state_somebody_goes_on(world: World, rooms: list[Point]) -> None:
    on, head = world.act(HEAD).on, world.people[HEAD]
    for point in rooms:
        assert any(is_open(move, point, head, on=on) for move in POINT)
    for alarm in Alarm.objects.filter(acknowledged_at=None):
        assert is_open(ACKNOWLEDGE, alarm, head, on=on)
    for moves, states in ((POINT, ("watched", "closed")), (ALARM, ("waiting", "answered"))):
        assert dead_ends(moves, states) == []

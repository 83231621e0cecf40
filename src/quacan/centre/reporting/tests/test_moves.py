"""Every way activities, plans, periods and reports can go, walked by everybody who may go it.

An open button is never refused; a shut one is refused with the first sentence it shows; wherever somebody comes to,
somebody can go on to an end.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction

from quacan.centre.activities.actions import ActivityDraft, record_activity
from quacan.centre.activities.moves import ACTIVITY
from quacan.centre.activities.tests.presses import PRESSES as ACTIVITIES
from quacan.centre.base.act import MAKERS, Act
from quacan.centre.base.moves import Moves, dead_ends, offer
from quacan.centre.base.periods import period
from quacan.centre.base.refusals import Refusal
from quacan.centre.ledger.moves import FIGURES
from quacan.centre.ledger.queries import period_in_book
from quacan.centre.ledger.tests.presses import PRESSES as PERIODS
from quacan.centre.planning.actions import open_plan
from quacan.centre.planning.moves import PLAN
from quacan.centre.planning.tests.presses import PRESSES as PLANS
from quacan.centre.reporting import actions
from quacan.centre.reporting.actions import close_figures
from quacan.centre.reporting.moves import REPORT
from quacan.centre.reporting.queries import report_of
from quacan.centre.reporting.tests.presses import PRESSES as REPORTS

AFTER = date(2022, 7, 5)


@dataclass
class Walk:
    """All places a record can come to, told apart by its state and *told*, and where one goes on from each."""

    moves: Moves
    presses: dict[Any, Any]
    people: list[Any]
    told: tuple[str, ...] = ()
    on: date = AFTER
    ways: dict[tuple[str, ...], set[tuple[str, ...]]] = field(default_factory=dict)

    def place_of(self, record):
        return (self.moves.state(record), *(str(bool(value)) if isinstance(value, dict) else str(value)
                for value in (getattr(record, name) for name in self.told)))  # fmt: skip

    def begin(self, record):
        """Press every button here as everybody, and go on from wherever that leads; all is undone again."""
        here = self.place_of(record)
        if here in self.ways:
            return self
        self.ways[here] = set()
        for move in (one for one in self.moves if one.permission):
            for person in self.people:
                with transaction.atomic():
                    after = self.press(move, record, person)
                    if after is not None:
                        self.ways[here].add(self.place_of(after))
                        self.begin(after)
                    transaction.set_rollback(True)
        return self

    def press(self, move, record, person):
        at = datetime(self.on.year, self.on.month, self.on.day, 2, tzinfo=UTC)
        act = Act(actor=person, at=at, door="test", reason="Thử nút bấm")
        offered = offer(move, record, person, on=act.on)
        given = self.presses[move](record, act) if offered.is_open else {}
        answer, made = "", record
        try:
            made = MAKERS[move](act, record, **given)
        except Refusal as refusal:
            answer = refusal.sentence
        said = offered.sentences[0] if offered.sentences else ""
        assert answer == said, f"{move.key} of {self.place_of(record)} by {person}"
        if answer:
            return None
        after = type(record).objects.get(pk=record.pk or made.pk)
        assert self.moves.state(after) in (move.target or (self.moves.state(record),))
        return after

    def stuck(self):
        """The places from which no end can be reached."""
        reached = {place for place in self.ways if place[0] in self.moves.ends}
        while more := {place for place, ways in self.ways.items() if ways & reached} - reached:
            reached |= more
        return set(self.ways) - reached


def people(world, *usernames):
    return [world.people[one] for one in usernames]


def test_every_way_of_an_activity(world):
    draft = ActivityDraft("broadcast", "Số 1", date(2022, 4, 14), {"issues": "1"})
    activity = record_activity(world.act("kehoach"), world.centre, draft)
    who = people(world, "kehoach", "vanthu", "giamdoc", "nguoikhac")
    walk = Walk(ACTIVITY, ACTIVITIES, who, ("changed_by",)).begin(activity)
    assert {place[0] for place in walk.ways} == {"draft", "confirmed", "cancelled"}
    assert walk.stuck() == set()


def test_every_way_of_a_plan(world):
    plan = open_plan(world.act("kehoach"), world.centre, year=2022, title="Kế hoạch 2022")
    who = people(world, "kehoach", "giamdoc", "vanthu", "nguoikhac")
    walk = Walk(PLAN, PLANS, who)
    assert walk.press(PLAN["approve"], plan, world.people["giamdoc"]) is None, "an empty plan is not approved"
    with transaction.atomic():
        filled = walk.press(PLAN["set_target"], plan, world.people["kehoach"])
        walk.begin(filled)
    assert set(walk.ways) == {("draft",), ("approved",)}
    assert walk.stuck() == set()


@pytest.mark.parametrize("on", [date(2021, 12, 31), date(2022, 3, 1), date(2022, 6, 30), AFTER])
def test_every_way_of_a_period(world, on):
    days = {"start": date(2022, 1, 1), "end": date(2022, 6, 30)}
    half = period_in_book(world.centre, code="2022-H1", **days)
    walk = Walk(FIGURES, PERIODS, people(world, "kehoach", "giamdoc", "vanthu", "nguoikhac"), on=on).begin(
        half
    )
    assert ("closed" in {place[0] for place in walk.ways}) == (on >= days["start"])


def test_every_way_of_a_report(half_year, planned, monkeypatch):
    monkeypatch.setattr(actions, "renditions", lambda paper, content: ())
    close_figures(half_year.act("kehoach", on=AFTER), half_year.centre, period_code="2022-H1")
    report = report_of(half_year.centre, period("2022-H1"))
    who = people(half_year, "kehoach", "giamdoc", "vanthu", "nguoikhac")
    walk = Walk(REPORT, REPORTS, who, ("prepared_by", "submitted_by", "words")).begin(report)
    assert {place[0] for place in walk.ways} == {"none", "draft", "submitted", "issued"}
    assert ("submitted", "giamdoc", "giamdoc", "True") in walk.ways, "the only signer may write and submit"
    assert walk.stuck() == set(), "and is not stuck: another takes the writing over"


@pytest.mark.parametrize("moves", [ACTIVITY, PLAN, FIGURES, REPORT], ids=lambda one: one.model)
def test_from_every_state_there_is_a_way_to_an_end(moves):
    states = {state for one in moves for state in (*one.source, *one.target)}
    assert dead_ends(moves, sorted(states)) == []

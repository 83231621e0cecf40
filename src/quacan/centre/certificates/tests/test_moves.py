"""Results, certificates and stamps in every state, seen by everybody: an open move is never refused, a shut one never
accepted, and nobody is stuck."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quacan.centre.base.act import Act
from quacan.centre.base.models import Document
from quacan.centre.base.moves import Move, dead_ends, hindrances
from quacan.centre.base.refusals import Refusal
from quacan.centre.certificates import queries
from quacan.centre.certificates.actions import damage_stamp, hand_out_stamps, issue_outcome, revoke_outcome
from quacan.centre.certificates.models import Outcome, Stamp
from quacan.centre.certificates.moves import (
    DAMAGE,
    HAND_OUT,
    ISSUE,
    OUTCOME,
    REVOKE,
    STAMP,
    issue_offers,
)
from quacan.centre.certificates.refusals import NoStamp, NotDesignated, NotThreePeople
from quacan.centre.certificates.tests.conftest import MEASURED, SIGNED, Bench
from quacan.centre.certificates.tests.test_calibration import end_designation
from quacan.centre.people.actions import assign_role
from quacan.centre.people.models import Person
from quacan.centre.verification.models import Worksheet

SignIn = Callable[[Person], Client]
WHO = ("giamdoc", "truongphong", "kdv.an", "kdv.binh", "vanthu", "chatluong", "kehoach", "nguoikhac")


class Undone(Exception):
    """Takes back what a try did."""


def tried(make: Callable[[Act], object], act: Act) -> str:
    """The sentence an action refuses with, '' when it goes through; nothing of it stays."""
    try:
        with transaction.atomic():
            make(act)
            raise Undone
    except Undone:
        return ""
    except Refusal as refusal:
        return refusal.sentence


def agree(move: Move, record: object, make: Callable[[Act], object], act: Act) -> bool:
    """That button and action say the same; whether the move is open."""
    said = [one.sentence for one in hindrances(move, record, act.actor, on=act.on)]
    assert tried(make, act) == (said[0] if said else "")
    return not said


@pytest.mark.parametrize("state", Stamp.State.values)
def test_a_stamp_in_every_state_for_everybody(bench: Bench, state: str) -> None:
    outcome, held = bench.issued(), Stamp.objects.filter(state="issued")[0]
    stamps = {
        "in_stock": Stamp.objects.filter(state="in_stock")[0],
        "issued": held,
        "used": outcome.stamp,
        "damaged": damage_stamp(bench.world.act("vanthu", on=SIGNED, reason="Rách"), held),
    }
    if state == "issued":
        stamps["issued"] = Stamp.objects.filter(state="issued")[0]
    stamp = stamps[state]
    assert stamp is not None
    opened = {}
    for who in WHO:
        act = bench.world.act(who, on=SIGNED, reason="Mờ số")
        opened[who] = agree(DAMAGE, stamp, lambda act: damage_stamp(act, stamp), act)
    assert any(opened.values()) == (state in DAMAGE.source)
    assert opened["kehoach"] is False


def test_stamps_in_stock_are_handed_out_by_who_may_and_nobody_else(bench: Bench, sign_in: SignIn) -> None:
    holder, centre = bench.world.people["kdv.binh"], bench.world.centre
    for who in WHO:
        act = bench.world.act(who, on=SIGNED)
        refused = tried(lambda act: hand_out_stamps(act, centre, to=holder, count=1), act)
        may = queries.may_manage(bench.world.people[who], centre, on=SIGNED)
        assert bool(refused) is not may
    page = sign_in(bench.world.people["kdv.an"]).get("/tem/").content.decode()
    assert 'name="count"' not in page
    assert {one.state for one in Stamp.objects.filter(state__in=HAND_OUT.source)} == {"in_stock"}


@pytest.mark.parametrize("state", Document.State.values)
def test_a_certificate_in_every_state_for_everybody(bench: Bench, state: str) -> None:
    outcome = bench.issued()
    if state == "superseded":
        bench.replaced(outcome, off_by=0)
    if state == "revoked":
        revoke_outcome(bench.world.act("giamdoc", on=SIGNED, reason="Sai"), outcome)
    outcome = Outcome.objects.get(pk=outcome.pk)
    assert outcome.document.state == state
    opened = {
        who: agree(
            REVOKE,
            outcome,
            lambda act: revoke_outcome(act, outcome),
            bench.world.act(who, on=date(2022, 6, 1), reason="Sai"),
        )
        for who in WHO
    }
    assert opened["giamdoc"] == (state == "issued")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(who=st.sampled_from(WHO), state=st.sampled_from(("draft", "approved", "void", "issued")),
       stamps=st.booleans(), designated=st.booleans(), off_by=st.sampled_from((0, 40)),
       also_director=st.booleans())  # fmt: skip
def test_a_result_is_signed_exactly_where_it_may_be(
    bench: Bench, who: str, state: str, stamps: bool, designated: bool, off_by: int, also_director: bool
) -> None:
    try:
        with transaction.atomic():
            _walk(bench, who, state, stamps=stamps, designated=designated, off_by=off_by, also=also_director)
            raise Undone
    except Undone:
        bench.world.people[who]._assignments_known = None


def _walk(
    bench: Bench, who: str, state: str, *, stamps: bool, designated: bool, off_by: int, also: bool
) -> None:
    person = bench.world.people[who]
    sheet = bench.approved(off_by=off_by)
    if also and who != "giamdoc":  # the director is one already
        act, start = bench.world.operator(), date(2021, 1, 1)
        assign_role(act, bench.world.centre, person=person, role="director", valid_from=start)
    person._assignments_known = None
    if not stamps:
        Stamp.objects.filter(state="issued").update(state="damaged", damaged_on=SIGNED)
    if not designated:
        end_designation(bench, date(2022, 5, 9))
    if state != "approved":
        Worksheet.objects.filter(pk=sheet.pk).update(state=state)
    sheet = Worksheet.objects.get(pk=sheet.pk)
    act = bench.world.act(who, on=SIGNED)
    opened = agree(ISSUE, sheet, lambda act: issue_outcome(act, sheet), act)
    assert issue_offers([sheet], person, on=SIGNED)[sheet.pk].is_open is opened
    if opened:
        assert state == "approved"
        assert designated
        assert stamps or off_by
        assert who not in {"kdv.an", "truongphong"}


def test_every_obstacle_of_a_signature_is_named_at_once(bench: Bench) -> None:
    sheet, person = bench.approved(), bench.world.people["truongphong"]
    assign_role(
        bench.world.operator(),
        bench.world.centre,
        person=person,
        role="director",
        valid_from=date(2021, 1, 1),
    )
    person._assignments_known = None
    Stamp.objects.filter(state="issued").update(state="damaged", damaged_on=SIGNED)
    end_designation(bench, date(2022, 5, 9))
    found = issue_offers([sheet], person, on=SIGNED)[sheet.pk]
    assert [type(one) for one in found.hindrances] == [NotThreePeople, NotDesignated, NoStamp]


def test_the_signing_list_asks_as_much_for_three_as_for_one(bench: Bench) -> None:
    head = bench.world.people["giamdoc"]
    bench.approved(0)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            sheets = list(queries.to_sign(head, on=SIGNED))
            issue_offers(sheets, head, on=SIGNED)
            queries.sheets_to_sign(sheets)
        return len(counted)

    asked()
    one = asked()
    bench.approved(1)
    bench.approved(2, off_by=40)
    assert asked() == one
    assert len(queries.to_sign(head, on=MEASURED)) == 3


def test_nobody_is_stuck() -> None:
    assert dead_ends(STAMP, Stamp.State.values) == []
    assert dead_ends(OUTCOME, Document.State.values) == []

"""Stamps: received, handed out, used, damaged; nothing is lost between."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from conftest import World
from quacan.centre.base.refusals import FieldWrong, NotAuthorised, ReasonMissing, WrongStage
from quacan.centre.certificates import queries
from quacan.centre.certificates.actions import damage_stamp, hand_out_stamps, receive_stamps
from quacan.centre.certificates.facts import BALANCE
from quacan.centre.certificates.models import Stamp
from quacan.centre.certificates.refusals import (
    HolderDoesNotMeasure,
    NotEnoughStamps,
    StampsOverlap,
)
from quacan.centre.certificates.rules import check_code, reissued, stamp_number
from quacan.centre.certificates.tests.conftest import SIGNED, Bench
from quacan.centre.ledger import queries as ledger

APRIL = date(2022, 4, 1)


def receive(world: World, first: int, last: int, *, series: str = "22C", who: str = "vanthu") -> None:
    receive_stamps(world.act(who), world.centre, series=series, first=first, last=last, received_on=APRIL)


def balance(world: World) -> Decimal:
    cells = ledger.stock([world.centre.pk], BALANCE, on=date(2022, 12, 31))
    return sum((cell.quantity for cell in cells), Decimal(0))


def test_a_roll_is_received_stamp_by_stamp(world: World) -> None:
    receive(world, 1, 12)

    numbers = list(Stamp.objects.values_list("number", flat=True))
    assert (numbers[0], numbers[-1], len(numbers)) == ("22C.00001", "22C.00012", 12)
    assert balance(world) == 12


@pytest.mark.parametrize(("first", "last"), [(1, 12), (12, 20), (5, 6)])
def test_no_number_is_received_twice(world: World, first: int, last: int) -> None:
    receive(world, 1, 12)

    with pytest.raises(StampsOverlap):
        receive(world, first, last)


@pytest.mark.parametrize(
    ("first", "last", "series"),
    [(0, 5, "22C"), (5, 4, "22C"), (1, 20_001, "22C"), (1, 5, "22-C"), (1, 5, "")],
)
def test_an_impossible_roll_is_refused(world: World, first: int, last: int, series: str) -> None:
    with pytest.raises(FieldWrong):
        receive(world, first, last, series=series)


def test_a_roll_is_not_received_tomorrow(world: World) -> None:
    with pytest.raises(FieldWrong):
        receive_stamps(
            world.act("vanthu"), world.centre, series="22C", first=1, last=2, received_on=date(2022, 4, 15)
        )


def test_stamps_are_handed_to_who_measures_lowest_numbers_first(world: World) -> None:
    receive(world, 1, 5)
    hand_out_stamps(world.act("vanthu"), world.centre, to=world.people["kdv.an"], count=2)
    hand_out_stamps(world.act("truongphong"), world.centre, to=world.people["kdv.binh"], count=1)

    held = Stamp.objects.filter(state="issued").values_list("number", "holder__username")
    assert list(held) == [("22C.00001", "kdv.an"), ("22C.00002", "kdv.an"), ("22C.00003", "kdv.binh")]
    with pytest.raises(NotEnoughStamps):
        hand_out_stamps(world.act("vanthu"), world.centre, to=world.people["kdv.an"], count=3)
    with pytest.raises(HolderDoesNotMeasure):
        hand_out_stamps(world.act("vanthu"), world.centre, to=world.people["kehoach"], count=1)
    with pytest.raises(HolderDoesNotMeasure):
        hand_out_stamps(world.act("vanthu"), world.centre, to=world.people["nguoikhac"], count=1)
    with pytest.raises(NotAuthorised):
        hand_out_stamps(world.act("kdv.an"), world.centre, to=world.people["kdv.an"], count=1)
    with pytest.raises(FieldWrong):
        hand_out_stamps(world.act("vanthu"), world.centre, to=world.people["kdv.an"], count=0)


def test_a_damaged_stamp_leaves_the_balance_with_a_reason(world: World) -> None:
    receive(world, 1, 5)
    stamp = Stamp.objects.get(number="22C.00002")
    with pytest.raises(ReasonMissing):
        damage_stamp(world.act("vanthu"), stamp)

    damage_stamp(world.act("vanthu", reason="In mờ số"), stamp)

    stamp.refresh_from_db()
    assert (stamp.state, stamp.note, stamp.damaged_on) == ("damaged", "In mờ số", date(2022, 4, 14))
    assert balance(world) == 4
    with pytest.raises(WrongStage):
        damage_stamp(world.act("vanthu", reason="Lần nữa"), stamp)


def test_a_used_stamp_is_never_damaged(bench: Bench) -> None:
    outcome = bench.issued()
    with pytest.raises(WrongStage):
        damage_stamp(bench.world.act("vanthu", on=SIGNED, reason="Bong"), outcome.stamp)


def test_the_reconciliation_adds_up(bench: Bench) -> None:
    bench.issued()
    damage_stamp(bench.world.act("vanthu", on=SIGNED, reason="Rách"), Stamp.objects.get(number="22C.00002"))

    (row,) = queries.stamp_reconciliation(Stamp.objects.all())
    assert (row.series, row.received, row.in_stock, row.issued, row.used, row.damaged) == (
        "22C", 10, 7, 1, 1, 1,
    )  # fmt: skip
    assert row.adds_up
    assert balance(bench.world) == row.in_stock + row.issued
    held = queries.stamps_in_hand(Stamp.objects.all())
    assert [(one.person, one.issued, one.used) for one in held] == [("Hoàng Văn An", 1, 1)]


def test_the_database_refuses_a_stamp_handed_to_nobody(world: World) -> None:
    receive(world, 1, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stamp.objects.filter(number="22C.00001").update(state="issued")
    with pytest.raises(IntegrityError), transaction.atomic():
        Stamp.objects.filter(number="22C.00001").update(state="damaged")


def test_words_of_the_rules() -> None:
    assert reissued("V22.00001") == "V22.00001.R1"
    assert reissued("V22.00001.R9") == "V22.00001.R10"
    assert reissued("17/TB-KĐ.2022") == "17/TB-KĐ.2022.R1"
    assert stamp_number(series="22C", sequence=7) == "22C.00007"
    codes = {check_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 12 and not set(code) & set("01ILOU") for code in codes)


def test_more_stamps_than_any_register_holds_are_refused_in_words(world: World) -> None:
    receive(world, 1, 5)
    with pytest.raises(NotEnoughStamps):
        hand_out_stamps(world.act("vanthu"), world.centre, to=world.people["kdv.an"], count=10**20)

"""Instruments: registered once, moved, repaired, with a life that only grows."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import World
from quacan.centre.base.act import Act, action
from quacan.centre.base.refusals import (
    FieldMissing,
    FieldWrong,
    NotAuthorised,
    NotFound,
    StaleRecord,
    WrongStage,
)
from quacan.centre.instruments.actions import (
    InstrumentDraft,
    change_instrument,
    move_instrument,
    note_event,
    register_instrument,
    send_to_repair,
    stop_use,
    take_back,
)
from quacan.centre.instruments.models import Instrument, InstrumentEvent
from quacan.centre.instruments.queries import (
    due,
    instrument_seen_by,
    instruments_of,
    instruments_seen_by,
    life_of,
)
from quacan.centre.instruments.refusals import (
    InstrumentKnown,
    KindUnknown,
    NothingMoves,
    PlaceOfAnother,
)
from quacan.centre.instruments.rules import CharacteristicRefused, days_left, tidy_characteristics
from quacan.centre.parties.actions import (
    EstablishmentDraft,
    PartyDraft,
    merge_parties,
    record_establishment,
    record_party,
)
from quacan.centre.parties.models import Party

SCALE = "MAS-01"


@pytest.fixture
def owner(world: World) -> Party:
    return record_party(world.act("vanthu"), world.centre, PartyDraft(kind="enterprise", name="Công ty A"))


def _register(
    world: World, owner: Party, serial: str = "ab-01", *, on: date | None = None, **details: object
) -> Instrument:
    return register_instrument(
        world.act("kdv.an"),
        world.centre,
        InstrumentDraft(kind_code=SCALE, serial=serial, maker="Mẫu", **details),
        owner=owner,
        on=on,
    )


@action("worksheets.record")
def _issue(
    act: Act, world: World, instrument: Instrument, kind: str, on: date, until: date | None
) -> Instrument:
    """What a department above does inside its own action."""
    act.require(world.centre)
    note_event(act, instrument, kind=kind, on=on, source="test:1", valid_until=until)
    act.noted(instrument, before=None, after={"issued": kind})
    return instrument


def _outcome(world: World, instrument: Instrument, kind: str, on: date, until: date | None) -> Instrument:
    _issue(world.act("kdv.an"), world, instrument, kind, on, until)
    instrument.refresh_from_db()
    return instrument


def test_characteristics_are_kept_as_typed() -> None:
    given = {" Max ": "1.234,5", "e": "0,1 g", "class": "III", "": "", "empty": " "}

    assert tidy_characteristics(given) == {"Max": "1.234,5", "e": "0,1 g", "class": "III"}


@pytest.mark.parametrize("text", ["1,2,3", "1..2", "12,34,5"])
def test_a_number_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(CharacteristicRefused):
        tidy_characteristics({"Max": text})


def test_days_left_go_below_nought() -> None:
    assert days_left(date(2022, 4, 30), date(2022, 5, 2)) == -2
    assert days_left(None, date(2022, 5, 2)) is None


def test_registering_begins_a_life(world: World, owner: Party) -> None:
    instrument = _register(world, owner, characteristics={"Max": "220 g"}, on=date(2022, 1, 3))

    assert instrument.name == "Cân phân tích"
    assert instrument.characteristics == {"Max": "220 g"}
    assert [(e.on, e.kind) for e in life_of(instrument)] == [(date(2022, 1, 3), "registered")]


def test_the_same_instrument_is_refused_naming_the_known_one(world: World, owner: Party) -> None:
    _register(world, owner, serial="ab-01")

    with pytest.raises(InstrumentKnown, match="Công ty A"):
        _register(world, owner, serial="AB-01")
    _register(world, owner, serial="AB-02")


@pytest.mark.parametrize(
    ("details", "refusal"),
    [
        ({"kind_code": "XXX-99"}, KindUnknown),
        ({"serial": " "}, FieldMissing),
        ({"year": 1700}, FieldWrong),
        ({"year": 2023}, FieldWrong),
        ({"characteristics": {"Max": "1,2,3"}}, FieldWrong),
        ({"type": "x" * 81}, FieldWrong),
    ],
)
def test_bad_entries_are_refused(
    world: World, owner: Party, details: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        register_instrument(
            world.act("kdv.an"),
            world.centre,
            InstrumentDraft(**{"kind_code": SCALE, "serial": "1"} | details),
            owner=owner,
        )
    assert not Instrument.objects.exists()


def test_who_may_register(world: World, owner: Party) -> None:
    with pytest.raises(NotAuthorised):
        register_instrument(
            world.act("kehoach"), world.centre, InstrumentDraft(kind_code=SCALE, serial="1"), owner=owner
        )
    with pytest.raises(NotAuthorised):
        register_instrument(
            world.act("nguoikhac"), world.centre, InstrumentDraft(kind_code=SCALE, serial="1"), owner=owner
        )


def test_a_correction_is_noted_in_the_life(world: World, owner: Party) -> None:
    instrument = _register(world, owner)
    same = {"kind_code": SCALE, "serial": "ab-01", "maker": "Mẫu"}

    changed = change_instrument(
        world.act("kdv.an"),
        instrument,
        InstrumentDraft(**same | {"type": "XS"}),
        organisation=world.centre,
        version=1,
    )

    assert changed.type == "XS"
    assert [e.kind for e in life_of(instrument)] == ["changed", "registered"]
    assert life_of(instrument)[0].note == "Kiểu", "the life tells columns in words"
    with pytest.raises(StaleRecord):
        change_instrument(
            world.act("kdv.an"), instrument, InstrumentDraft(**same), organisation=world.centre, version=1
        )


def test_a_correction_that_changes_nothing_leaves_no_trace(world: World, owner: Party) -> None:
    instrument = _register(world, owner)
    change_instrument(
        world.act("kdv.an"),
        instrument,
        InstrumentDraft(kind_code=SCALE, serial="ab-01", maker="Mẫu"),
        organisation=world.centre,
        version=1,
    )

    assert len(life_of(instrument)) == 1


def test_moving_names_from_where_to_where(world: World, owner: Party) -> None:
    instrument = _register(world, owner, on=date(2022, 1, 3))
    buyer = record_party(world.act("vanthu"), world.centre, PartyDraft(kind="household", name="Hộ B"))
    shop = record_establishment(
        world.act("vanthu"),
        buyer,
        EstablishmentDraft(name="Sạp 5", address="Chợ Xanh"),
        organisation=world.centre,
    )

    with pytest.raises(PlaceOfAnother):
        move_instrument(
            world.act("kdv.an"),
            instrument,
            organisation=world.centre,
            owner=owner,
            establishment=shop,
            on=date(2022, 4, 1),
        )
    move_instrument(
        world.act("kdv.an"),
        instrument,
        organisation=world.centre,
        owner=buyer,
        establishment=shop,
        on=date(2022, 4, 1),
    )

    assert life_of(instrument)[0].note == "Công ty A → Hộ B, Sạp 5"
    with pytest.raises(NothingMoves):
        move_instrument(
            world.act("kdv.an"),
            instrument,
            organisation=world.centre,
            owner=buyer,
            establishment=shop,
            on=date(2022, 4, 1),
        )


def test_instruments_of_a_merged_owner_are_found_under_who_stands(world: World, owner: Party) -> None:
    instrument = _register(world, owner)
    keep = record_party(
        world.act("vanthu"), world.centre, PartyDraft(kind="enterprise", name="Công ty A (mới)")
    )
    merge_parties(world.act("vanthu", reason="Trùng"), owner, organisation=world.centre, keep=keep)

    assert list(instruments_of(keep)) == [instrument]


def test_an_outcome_decides_the_validity_unless_a_later_one_is_known(world: World, owner: Party) -> None:
    instrument = _register(world, owner)

    assert _outcome(world, instrument, "verified", date(2022, 4, 10), date(2023, 4, 30)).valid_until == date(
        2023, 4, 30
    )
    assert _outcome(world, instrument, "verified", date(2021, 4, 10), date(2022, 4, 30)).valid_until == date(
        2023, 4, 30
    )
    assert _outcome(world, instrument, "failed", date(2022, 4, 11), None).valid_until is None
    assert [e.kind for e in life_of(instrument)] == ["registered", "failed", "verified", "verified"]


def test_a_repair_ends_the_validity(world: World, owner: Party) -> None:
    instrument = _outcome(world, _register(world, owner), "verified", date(2022, 4, 1), date(2023, 4, 30))
    repaired = send_to_repair(world.act("kdv.an"), instrument, organisation=world.centre, on=date(2022, 4, 5))

    assert repaired.valid_until is None
    with pytest.raises(WrongStage, match="Đưa đi sửa chữa"):
        send_to_repair(world.act("kdv.an"), instrument, organisation=world.centre, on=date(2022, 4, 5))
    assert "repaired" in [event.kind for event in life_of(instrument)]


def test_an_instrument_is_stopped_and_taken_back(world: World, owner: Party) -> None:
    instrument, day = _register(world, owner), date(2022, 4, 5)
    with pytest.raises(WrongStage):
        take_back(world.act("kdv.an"), instrument, organisation=world.centre, on=day)
    stopped = stop_use(world.act("kdv.an"), instrument, organisation=world.centre, on=day)
    assert stopped.state == "stopped"
    assert take_back(world.act("kdv.an"), stopped, organisation=world.centre, on=day).state == "in_use"
    kinds = [event.kind for event in life_of(instrument)]
    assert sorted(kinds) == ["registered", "returned", "stopped"]


def test_what_is_due_comes_with_the_most_urgent_first(world: World, owner: Party) -> None:
    days = {"late": date(2022, 3, 31), "soon": date(2022, 4, 30), "far": date(2023, 4, 30)}
    made = {
        name: _outcome(world, _register(world, owner, serial=name), "verified", date(2021, 4, 1), until)
        for name, until in days.items()
    }
    _register(world, owner, serial="never")

    assert list(due(Instrument.objects.all(), on=date(2022, 4, 14))) == [made["late"], made["soon"]]


def test_an_inspector_may_look_and_others_without_the_right_not(world: World, owner: Party) -> None:
    instrument = _register(world, owner)
    on = world.now.date()

    assert instrument_seen_by(world.people["kdv.an"], instrument.pk, on=on) == instrument
    world.people["kdv.an"].is_active = False
    assert not instruments_seen_by(world.people["kdv.an"], on=on).exists()
    with pytest.raises(NotFound):
        instrument_seen_by(world.people["kdv.an"], instrument.pk, on=on)


def test_the_life_only_grows(world: World, owner: Party) -> None:
    instrument = _register(world, owner)
    _outcome(world, instrument, "verified", date(2022, 4, 1), date(2023, 4, 30))

    assert InstrumentEvent.objects.filter(instrument=instrument).count() == 2

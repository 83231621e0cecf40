"""The one register of parties: entering, finding likenesses, merging."""

from __future__ import annotations

import pytest

from conftest import World
from quacan.centre.base.models import AuditLine
from quacan.centre.base.refusals import (
    FieldMissing,
    FieldWrong,
    NotAuthorised,
    NotFound,
    ReasonMissing,
    StaleRecord,
)
from quacan.centre.parties.actions import (
    EstablishmentDraft,
    PartyDraft,
    change_establishment,
    change_party,
    merge_parties,
    record_establishment,
    record_party,
)
from quacan.centre.parties.models import Party
from quacan.centre.parties.queries import (
    current,
    establishments_of,
    identity,
    like_groups,
    likenesses,
    parties_seen_by,
    party_seen_by,
)
from quacan.centre.parties.refusals import (
    DifferentTaxCodes,
    EstablishmentKnown,
    PartyKnown,
    PartyMerged,
    SameParty,
)
from quacan.centre.parties.rules import is_tax_code, name_key, phone_key, tidy_tax_code


def _valid(nine: str) -> str:
    """A tax code with the check digit its first nine digits ask for."""
    return next(f"{nine}{d}" for d in range(10) if is_tax_code(f"{nine}{d}"))


CODES = [_valid(nine) for nine in ("480999001", "480999003", "480999005")]


def _enter(world: World, name: str, **details: str) -> Party:
    return record_party(
        world.act("vanthu"), world.centre, PartyDraft(kind="enterprise", name=name, **details)
    )


@pytest.mark.parametrize(
    ("code", "possible"),
    [
        ("0100109106", True),
        ("0300588569", True),
        ("0100109107", False),
        ("0100109106-001", True),
        ("0100109106-1", False),
        ("010010910", False),
        ("004080001234", True),
        ("01001O9106", False),
        ("", False),
    ],
)
def test_a_tax_code_carries_a_check_digit(code: str, possible: bool) -> None:
    assert is_tax_code(code) is possible


def test_a_tax_code_has_one_form() -> None:
    assert tidy_tax_code(" 0100 109 106 001 ") == "0100109106-001"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Công ty TNHH Xăng dầu Bằng Giang", "CTY TNHH XĂNG DẦU BẰNG GIANG"),
        ("Công ty trách nhiệm hữu hạn một thành viên Nước sạch", "Cty TNHH MTV Nước Sạch"),
        ("DNTN Hoà Bình", "Doanh nghiệp tư nhân Hòa Bình"),
    ],
)
def test_two_spellings_of_a_name_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_name_made_of_legal_forms_alone_keeps_its_words() -> None:
    assert name_key("Hợp tác xã") == "hop tac xa"


def test_telephones_are_compared_by_their_digits() -> None:
    assert phone_key("+84 206 385 0001") == phone_key("0206.385.0001") == "02063850001"
    assert phone_key("113") == ""


def test_entering_a_party_keeps_it_tidy_and_audited(world: World) -> None:
    party = _enter(world, "  Công ty  TNHH Mẫu ", tax_code=CODES[0], address="Phường Tân Giang")

    assert party.name == "Công ty TNHH Mẫu"
    assert "mau" in party.folded
    assert CODES[0] in party.folded
    line = AuditLine.objects.get(action="parties.record_party")
    assert (line.actor, line.subject) == ("vanthu", f"parties.Party:{party.pk}")


def test_a_known_tax_code_is_refused_by_the_name_of_who_has_it(world: World) -> None:
    _enter(world, "Công ty A", tax_code=CODES[0])

    with pytest.raises(PartyKnown, match="Công ty A"):
        _enter(world, "Công ty B", tax_code=CODES[0])


def test_two_parties_without_tax_code_live_together(world: World) -> None:
    _enter(world, "Hộ A", tax_code="")
    _enter(world, "Hộ B")

    assert Party.objects.filter(tax_code__isnull=True).count() == 2


@pytest.mark.parametrize(
    ("details", "refusal"),
    [
        ({"name": "  "}, FieldMissing),
        ({"name": "A", "tax_code": "123"}, FieldWrong),
        ({"name": "A", "email": "khong phai"}, FieldWrong),
        ({"name": "A" * 251}, FieldWrong),
        ({"name": "A", "phone": "1" * 41}, FieldWrong),
    ],
)
def test_bad_entries_are_refused(world: World, details: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        _enter(world, **details)
    assert not Party.objects.exists()


def test_an_unknown_kind_is_refused(world: World) -> None:
    with pytest.raises(FieldWrong):
        record_party(world.act("vanthu"), world.centre, PartyDraft(kind="club", name="A"))


def test_a_verifier_does_not_enter_parties(world: World) -> None:
    with pytest.raises(NotAuthorised):
        record_party(world.act("kdv.an"), world.centre, PartyDraft(kind="person", name="A"))


def test_changing_needs_the_version_the_form_was_opened_with(world: World) -> None:
    party = _enter(world, "Công ty A")
    changed = change_party(
        world.act("vanthu"),
        party,
        PartyDraft(kind="enterprise", name="Công ty A1"),
        organisation=world.centre,
        version=1,
    )

    assert (changed.name, changed.version) == ("Công ty A1", 2)
    with pytest.raises(StaleRecord, match="Ma Thị Chi"):
        change_party(
            world.act("vanthu"),
            party,
            PartyDraft(kind="enterprise", name="A2"),
            organisation=world.centre,
            version=1,
        )


def test_a_place_of_business_stands_once_under_its_party(world: World) -> None:
    party = _enter(world, "Công ty A")
    place = record_establishment(
        world.act("vanthu"),
        party,
        EstablishmentDraft(name="Cửa hàng số 1", address="Tổ 1"),
        organisation=world.centre,
    )
    change_establishment(
        world.act("vanthu"),
        place,
        EstablishmentDraft(name="Cửa hàng số 1", address="Tổ 2"),
        organisation=world.centre,
    )

    assert establishments_of(party).get().address == "Tổ 2"
    with pytest.raises(EstablishmentKnown):
        record_establishment(
            world.act("vanthu"),
            party,
            EstablishmentDraft(name="Cửa hàng số 1", address="Tổ 3"),
            organisation=world.centre,
        )
    with pytest.raises(FieldMissing):
        record_establishment(
            world.act("vanthu"), party, EstablishmentDraft(name="Kho", address=" "), organisation=world.centre
        )


def test_likenesses_say_why(world: World) -> None:
    known = _enter(world, "Công ty TNHH Hoà Bình", tax_code=CODES[0], phone="0206 385 0001")

    found = likenesses(name="CTY TNHH Hòa Bình", tax_code=f"{CODES[0]}-001", phone="02063850001")

    assert [one.party for one in found] == [known]
    assert len(found[0].reasons) == 3
    assert likenesses(name="Công ty khác") == []
    assert likenesses() == []
    assert likenesses(name="Hoà Bình", excluding=known.pk) == []


def test_merging_moves_places_and_leaves_one_standing(world: World) -> None:
    keep = _enter(world, "Công ty A", phone="0206 385 0001")
    drop = _enter(world, "Cty A", tax_code=CODES[0], email="a@vidu.vn")
    for party in (keep, drop):
        record_establishment(
            world.act("vanthu"),
            party,
            EstablishmentDraft(name="Kho", address="Tổ 1"),
            organisation=world.centre,
        )

    kept = merge_parties(
        world.act("vanthu", reason="Nhập hai lần"), drop, organisation=world.centre, keep=keep
    )
    drop.refresh_from_db()

    assert (kept.tax_code, kept.email, kept.phone) == (CODES[0], "a@vidu.vn", "0206 385 0001")
    assert current(drop) == kept
    assert identity(drop) == identity(kept) == [kept.pk, drop.pk]
    assert establishments_of(kept).count() == 2
    assert list(parties_seen_by(world.people["vanthu"], on=world.now.date())) == [kept]
    assert party_seen_by(world.people["vanthu"], drop.pk, on=world.now.date()).merged_into == kept


def test_merging_twice_still_takes_one_step(world: World) -> None:
    first, second, third = (_enter(world, f"Công ty {n}") for n in "ABC")
    act = world.act("vanthu", reason="Trùng")
    merge_parties(act, first, organisation=world.centre, keep=second)
    merge_parties(act, second, organisation=world.centre, keep=third)
    first.refresh_from_db()

    assert current(first) == third
    assert identity(first) == [third.pk, first.pk, second.pk]


def test_merging_refuses_what_would_lose_something(world: World) -> None:
    one, other = _enter(world, "Công ty A", tax_code=CODES[0]), _enter(world, "Công ty B", tax_code=CODES[1])
    act = world.act("vanthu", reason="Trùng")

    with pytest.raises(DifferentTaxCodes):
        merge_parties(act, other, organisation=world.centre, keep=one)
    with pytest.raises(SameParty):
        merge_parties(act, one, organisation=world.centre, keep=one)
    with pytest.raises(ReasonMissing):
        merge_parties(world.act("vanthu"), other, organisation=world.centre, keep=one)
    with pytest.raises(NotAuthorised):
        merge_parties(world.act("kdv.an", reason="Trùng"), other, organisation=world.centre, keep=one)


def test_nothing_is_added_to_a_merged_party(world: World) -> None:
    keep, drop = _enter(world, "Công ty A"), _enter(world, "Cty A")
    merge_parties(world.act("vanthu", reason="Trùng"), drop, organisation=world.centre, keep=keep)
    drop.refresh_from_db()

    with pytest.raises(PartyMerged, match="Công ty A"):
        record_establishment(
            world.act("vanthu"),
            drop,
            EstablishmentDraft(name="Kho", address="Tổ 1"),
            organisation=world.centre,
        )
    with pytest.raises(PartyMerged):
        merge_parties(world.act("vanthu", reason="Trùng"), keep, organisation=world.centre, keep=drop)


def test_like_groups_list_what_to_clean(world: World) -> None:
    _enter(world, "Công ty TNHH A", phone="0206 385 0001")
    _enter(world, "Cty A", phone="0206 385 0002")
    _enter(world, "Cty B", phone="02063850002")

    groups = list(like_groups())

    assert [[p.name for p in group.parties] for group in groups] == [
        ["Công ty TNHH A", "Cty A"],
        ["Cty A", "Cty B"],
    ]


def test_an_unknown_party_is_refused(world: World) -> None:
    with pytest.raises(NotFound):
        party_seen_by(world.people["vanthu"], 999, on=world.now.date())

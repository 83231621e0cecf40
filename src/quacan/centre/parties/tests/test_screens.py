"""The register of parties in the browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from conftest import World
from quacan.centre.parties.actions import (
    EstablishmentDraft,
    PartyDraft,
    merge_parties,
    record_establishment,
    record_party,
)
from quacan.centre.parties.models import Establishment, Party
from quacan.centre.people.models import Person

SignIn = Callable[[Person], Client]
FORM = {
    "kind": "enterprise",
    "name": "Công ty TNHH Mẫu",
    "tax_code": "",
    "address": "Tổ 1",
    "phone": "0206 385 0001",
}


@pytest.fixture
def clerk(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.people["vanthu"])


@pytest.fixture
def party(world: World) -> Party:
    return record_party(
        world.act("vanthu"),
        world.centre,
        PartyDraft(kind="enterprise", name="Công ty Suối Mẫu", phone="0206 385 0001"),
    )


def test_a_party_is_entered_and_shown(clerk: Client) -> None:
    response = clerk.post("/doi-tuong/moi/", FORM)
    made = Party.objects.get()

    assert response.url == f"/doi-tuong/{made.pk}/"
    page = clerk.get(response.url).content.decode()
    assert "Công ty TNHH Mẫu" in page
    assert "Chưa ghi cơ sở nào" in page


def test_after_entering_the_way_leads_back(clerk: Client) -> None:
    response = clerk.post("/doi-tuong/moi/", FORM | {"next": "/hop-dong/moi/"})
    assert response.url == f"/hop-dong/moi/?party={Party.objects.get().pk}"

    elsewhere = clerk.post("/doi-tuong/moi/", FORM | {"name": "B", "next": "https://xau.example/"})
    assert elsewhere.url.startswith("/doi-tuong/")


def test_a_refused_entry_keeps_what_was_typed(clerk: Client) -> None:
    response = clerk.post("/doi-tuong/moi/", FORM | {"tax_code": "123"})

    assert response.status_code == 422
    page = response.content.decode()
    assert "“123” phải có 10 số" in page
    assert 'value="Công ty TNHH Mẫu"' in page
    assert not Party.objects.exists()


def test_likenesses_are_told_while_typing(clerk: Client, party: Party) -> None:
    page = clerk.get("/doi-tuong/giong/", {"name": "CTY suoi mau", "phone": "02063850001"}).content.decode()

    assert f"/doi-tuong/{party.pk}/" in page
    assert "trùng tên, trùng số điện thoại" in page
    assert clerk.get("/doi-tuong/giong/", {"name": "Suối Mẫu", "party": party.pk}).content.strip() == b""


def test_a_party_is_corrected_with_its_version(clerk: Client, party: Party) -> None:
    place = f"/doi-tuong/{party.pk}/sua/"
    assert 'name="version" value="1"' in clerk.get(place).content.decode()
    assert clerk.post(place, FORM | {"version": "1"}).status_code == 302
    assert clerk.post(place, FORM | {"version": "1", "name": "Muộn"}).status_code == 422
    party.refresh_from_db()
    assert party.name == "Công ty TNHH Mẫu"


def test_places_are_added_and_corrected(clerk: Client, party: Party) -> None:
    place = {"name": "Kho", "address": "Tổ 1", "commune": "Thục Phán"}
    assert clerk.post(f"/doi-tuong/{party.pk}/co-so/", place).status_code == 302
    again = clerk.post(f"/doi-tuong/{party.pk}/co-so/", place)
    assert again.status_code == 422
    assert "đã có cơ sở tên “Kho”" in again.content.decode()

    known = Establishment.objects.get()
    changed = clerk.post(f"/doi-tuong/{party.pk}/co-so/{known.pk}/", place | {"address": "Tổ 9"})
    assert changed.status_code == 302
    assert "Tổ 9" in clerk.get(f"/doi-tuong/{party.pk}/").content.decode()
    assert clerk.get(f"/doi-tuong/{party.pk}/co-so/999/").status_code == 404


def test_merging_from_the_page(clerk: Client, world: World, party: Party) -> None:
    other = record_party(
        world.act("vanthu"), world.centre, PartyDraft(kind="enterprise", name="Cty Suối Mẫu")
    )
    assert "Gộp vào đây" in clerk.get(f"/doi-tuong/{party.pk}/").content.decode()
    assert "Cty Suối Mẫu" in clerk.get("/doi-tuong/trung/").content.decode()

    assert clerk.post(f"/doi-tuong/{party.pk}/gop/", {"drop": other.pk}).status_code == 422
    assert clerk.post(f"/doi-tuong/{party.pk}/gop/", {"drop": other.pk, "reason": "Trùng"}).status_code == 302
    assert "đã được gộp vào" in clerk.get(f"/doi-tuong/{other.pk}/").content.decode()
    assert "Cty Suối Mẫu" not in clerk.get("/doi-tuong/").content.decode()


def test_searching_and_exporting(clerk: Client, party: Party) -> None:
    assert "Công ty Suối Mẫu" in clerk.get("/doi-tuong/?q=suoi+mau&no_tax_code=1").content.decode()
    assert "Không có đối tượng nào khớp" in clerk.get("/doi-tuong/?q=khong").content.decode()
    assert "Công ty Suối Mẫu" in b"".join(clerk.get("/doi-tuong/?export=csv").streaming_content).decode()


def test_an_empty_register_says_what_to_do(clerk: Client) -> None:
    assert "Nhập đối tượng đầu tiên" in clerk.get("/doi-tuong/").content.decode()


def test_who_may_not_record_is_refused(world: World, party: Party, sign_in: SignIn) -> None:
    verifier = sign_in(world.people["kdv.an"])
    page = verifier.get(f"/doi-tuong/{party.pk}/").content.decode()

    assert "Thêm cơ sở" not in page
    assert verifier.post("/doi-tuong/moi/", FORM).status_code == 403
    assert verifier.post(f"/doi-tuong/{party.pk}/gop/", {"drop": party.pk, "reason": "x"}).status_code == 403
    assert Party.objects.count() == 1


def test_signed_out_nobody_sees_anything(client: Client, party: Party) -> None:
    for place in ("/doi-tuong/", f"/doi-tuong/{party.pk}/", "/doi-tuong/giong/?name=a"):
        assert client.get(place).url.startswith("/dang-nhap/")


def test_a_merged_party_offers_no_deeds(clerk: Client, world: World, party: Party) -> None:
    other = record_party(world.act("vanthu"), world.centre, PartyDraft(kind="person", name="Ông A"))
    record_establishment(
        world.act("vanthu"), other, EstablishmentDraft(name="Sạp 1", address="Chợ"), organisation=world.centre
    )
    merge_parties(world.act("vanthu", reason="Trùng"), other, organisation=world.centre, keep=party)
    page = clerk.get(f"/doi-tuong/{other.pk}/").content.decode()

    assert "Hợp đồng mới" not in page
    assert "Sạp 1" in clerk.get(f"/doi-tuong/{party.pk}/").content.decode()

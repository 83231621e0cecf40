"""The register of instruments in the browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from conftest import World
from quacan.centre.instruments.actions import InstrumentDraft, register_instrument
from quacan.centre.instruments.library import wanted_of
from quacan.centre.instruments.models import Instrument
from quacan.centre.parties.actions import EstablishmentDraft, PartyDraft, record_establishment, record_party
from quacan.centre.parties.models import Party
from quacan.centre.people.models import Person

SignIn = Callable[[Person], Client]
PLATE = {"kind_code": "FLO-01", "serial": "TK-01", "type": "DS-400", "maker": "Mẫu", "year": "2020"}


@pytest.fixture
def owner(world: World) -> Party:
    return record_party(
        world.act("vanthu"), world.centre, PartyDraft(kind="enterprise", name="Cửa hàng xăng Mẫu")
    )


@pytest.fixture
def verifier(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.people["kdv.an"])


@pytest.fixture
def pump(world: World, owner: Party) -> Instrument:
    plate = {"q_max": "45", "test_volume": "20", "accuracy_class": "0.5"}
    draft = InstrumentDraft(kind_code="FLO-01", serial="TK-01", characteristics=plate)
    return register_instrument(world.act("kdv.an"), world.centre, draft, owner=owner, on=date(2022, 1, 3))


def test_the_form_asks_what_procedures_ask(verifier: Client) -> None:
    keys = [one.key for one in wanted_of("FLO-01")]
    assert {"q_max", "q_min", "test_volume", "accuracy_class"} <= set(keys)
    page = verifier.get("/phuong-tien-do/dac-tinh/", {"kind_code": "FLO-01"}).content.decode()

    assert "Lưu lượng lớn nhất Qmax" in page
    assert '<option value="0.5">' in page
    assert wanted_of("XXX-99") == ()
    assert (
        "Chưa có quy trình nào hỏi"
        in verifier.get("/phuong-tien-do/dac-tinh/?kind_code=XXX-99").content.decode()
    )


def test_what_was_typed_survives_a_change_of_kind(verifier: Client) -> None:
    typed = {"kind_code": "FLO-01", "c_key": ["q_max", "Màu"], "c_value": ["45", "đỏ"]}
    page = verifier.get("/phuong-tien-do/dac-tinh/", typed).content.decode()

    assert 'value="45"' in page
    assert 'value="đỏ"' in page


@pytest.mark.parametrize("text", ["abc", "hai trăm", "15 kg"])
def test_a_characteristic_that_procedures_count_with_is_a_quantity(
    verifier: Client, owner: Party, text: str
) -> None:
    data = PLATE | {"kind_code": "ELE-02", "c_key": ["i_min"], "c_value": [text]}
    answer = verifier.post(f"/phuong-tien-do/moi/?party={owner.pk}", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Dòng điện nhỏ nhất Imin" in page
    assert f"“{text}”" in page
    sent = verifier.post(f"/phuong-tien-do/moi/?party={owner.pk}", data | {"key": "b", "c_value": ["0,25 A"]})
    assert sent.status_code == 302


def test_an_instrument_is_entered_with_its_characteristics(verifier: Client, owner: Party) -> None:
    assert "Phương tiện đo của ai?" in verifier.get("/phuong-tien-do/moi/").content.decode()
    data = PLATE | {"c_key": ["q_max", "accuracy_class", ""], "c_value": ["45", "0.5", "bỏ"]}
    response = verifier.post(f"/phuong-tien-do/moi/?party={owner.pk}", data)
    made = Instrument.objects.get()

    assert response.url == f"/phuong-tien-do/{made.pk}/"
    assert made.characteristics == {"q_max": "45", "accuracy_class": "0.5"}
    again = verifier.post(f"/phuong-tien-do/moi/?party={owner.pk}", data | {"serial": "TK-02", "again": "1"})
    assert again.url == f"/phuong-tien-do/moi/?party={owner.pk}"


def test_a_refused_entry_keeps_what_was_typed(verifier: Client, owner: Party) -> None:
    data = PLATE | {"c_key": ["q_max"], "c_value": ["1,2,3"]}
    response = verifier.post(f"/phuong-tien-do/moi/?party={owner.pk}", data)
    page = response.content.decode()

    assert response.status_code == 422
    assert 'value="1,2,3"' in page
    assert 'value="TK-01"' in page
    assert 'value="FLO-01" selected' in page


def test_a_page_tells_the_plate_the_law_and_the_life(verifier: Client, pump: Instrument) -> None:
    page = verifier.get(f"/phuong-tien-do/{pump.pk}/").content.decode()

    assert "Lưu lượng lớn nhất Qmax" in page
    assert "chưa ghi, quy trình cần" in page
    assert "12 tháng" in page
    assert "Đưa vào sổ" in page


def test_a_correction_with_its_version(verifier: Client, pump: Instrument) -> None:
    place = f"/phuong-tien-do/{pump.pk}/sua/"
    data = PLATE | {"version": "1", "type": "MỚI", "c_key": ["q_max"], "c_value": ["50"]}
    assert verifier.post(place, data).status_code == 302
    assert verifier.post(place, data | {"type": "MUỘN"}).status_code == 422
    pump.refresh_from_db()
    assert (pump.type, pump.characteristics) == ("MỚI", {"q_max": "50"})
    assert 'value="50"' in verifier.get(place).content.decode()


def test_moving_and_changing_use(verifier: Client, world: World, owner: Party, pump: Instrument) -> None:
    shop = record_establishment(
        world.act("vanthu"),
        owner,
        EstablishmentDraft(name="Trạm 2", address="Tổ 2"),
        organisation=world.centre,
    )
    move = {"establishment": shop.pk, "on": "2022-03-01", "note": ""}
    assert verifier.post(f"/phuong-tien-do/{pump.pk}/chuyen/", move).status_code == 302
    assert verifier.post(f"/phuong-tien-do/{pump.pk}/chuyen/", move).status_code == 422
    assert "Chủ mới là ai?" in verifier.get(f"/phuong-tien-do/{pump.pk}/chuyen/?other=1").content.decode()

    use = {"state": "repair", "on": "2022-03-02", "note": "Hỏng màn hình"}
    assert verifier.post(f"/phuong-tien-do/{pump.pk}/su-dung/", use).status_code == 302
    assert verifier.post(f"/phuong-tien-do/{pump.pk}/su-dung/", use).status_code == 422
    page = verifier.get(f"/phuong-tien-do/{pump.pk}/").content.decode()
    assert "Hỏng màn hình" in page
    assert "Trạm 2" in page
    assert "Đưa vào dùng lại" in page
    assert "Ngừng sử dụng" in page
    assert "Đưa đi sửa chữa" not in page
    refused = verifier.post(f"/phuong-tien-do/{pump.pk}/su-dung/", {"state": "stopped", "on": ""})
    assert refused.status_code == 422
    assert '<details class="step" open>' in refused.content.decode()


def test_lists_find_by_owner_and_by_day(verifier: Client, pump: Instrument, owner: Party) -> None:
    Instrument.objects.filter(pk=pump.pk).update(valid_until=date(2022, 5, 31))

    for query in ("q=cua+hang+xang+mau", "late=1", "until=2022-06-01", "kind=FLO-01", "sort=-valid_until"):
        assert "TK-01" in verifier.get(f"/phuong-tien-do/?{query}").content.decode(), query
    for query in ("q=khong", "never=1", "state=stopped"):
        assert (
            "Không có phương tiện đo nào khớp" in verifier.get(f"/phuong-tien-do/?{query}").content.decode()
        )
    part = verifier.get(f"/phuong-tien-do/cua/{owner.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "TK-01" in part
    assert "<html" not in part
    assert "<html" in verifier.get(f"/phuong-tien-do/cua/{owner.pk}/").content.decode()
    assert "TK-01" in b"".join(verifier.get("/phuong-tien-do/?export=csv").streaming_content).decode()


def test_who_may_not_record(world: World, pump: Instrument, sign_in: SignIn) -> None:
    planner = sign_in(world.people["kehoach"])
    assert "Thêm phương tiện đo" not in planner.get("/phuong-tien-do/").content.decode()
    assert (
        planner.post(f"/phuong-tien-do/moi/?party={pump.owner_id}", PLATE | {"serial": "X"}).status_code
        == 403
    )
    assert (
        planner.post(
            f"/phuong-tien-do/{pump.pk}/su-dung/", {"state": "repair", "on": "2022-03-02"}
        ).status_code
        == 422
    )
    assert Instrument.objects.count() == 1


def test_a_year_that_is_no_number_is_refused_in_words(verifier: Client, owner: Party) -> None:
    answer = verifier.post(f"/phuong-tien-do/moi/?party={owner.pk}", PLATE | {"year": "hai nghìn"})

    assert answer.status_code == 422
    assert "Nhập một số nguyên" in answer.content.decode()

"""The way through the browser: party, instruments, contract, review, signature, order, acceptance."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from conftest import World
from quacan.centre.contracts.actions import JobPlan, order_work, report_done
from quacan.centre.contracts.models import Contract, Job, Order
from quacan.centre.contracts.rules import LineDraft
from quacan.centre.contracts.tests.conftest import SCALE, Story
from quacan.centre.instruments.models import Instrument
from quacan.centre.people.models import Person

SignIn = Callable[[Person], Client]
PRICE = "150.000"


@pytest.fixture
def clerk(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.people["vanthu"])


def _lines(*rows: tuple[str, str, str]) -> dict[str, list[str]]:
    """Rows of (kind, quantity, price) as the form sends them."""
    return {
        "service": ["verification" for _ in rows],
        "kind_code": [kind for kind, _n, _price in rows],
        "event": ["periodic" for _ in rows],
        "description": ["" for _ in rows],
        "quantity": [n for _kind, n, _price in rows],
        "unit_price": [price for _kind, _n, price in rows],
    }


HEAD = {
    "title": "Kiểm định cân phân tích",
    "received_on": "2022-03-01",
    "due_on": "2022-04-29",
    "vat_percent": "8",
    "decision_rule": "simple_acceptance",
    "note": "",
}


def _record(client: Client, story: Story, **changes: Any) -> Any:
    data = HEAD | _lines((SCALE, "2", "150.000")) | changes
    return client.post(f"/hop-dong/moi/?party={story.party.pk}", data)


def test_the_whole_way(story: Story, world: World, sign_in: SignIn) -> None:
    clerk = sign_in(world.people["vanthu"])
    response = _record(clerk, story)
    contract = Contract.objects.get()
    assert response.status_code == 302
    assert contract.lines.get().unit_price == 150_000

    today = {"on": "2022-03-02", "able": "1", "note": ""}
    assert clerk.post(f"/hop-dong/{contract.pk}/xem-xet/", today).status_code == 302
    signed = clerk.post(f"/hop-dong/{contract.pk}/ky/", {"signed_on": "2022-03-03", "due_on": "2022-04-29"})
    assert signed.status_code == 302
    page = clerk.get(f"/hop-dong/{contract.pk}/").content.decode()
    assert "01/2022/HĐ-TTƯD" in page
    assert "324.000 đồng" in page

    line = contract.lines.get()
    order = {
        "planned_on": "2026-11-23",
        "performer": world.people["kdv.an"].pk,
        "place": "Tổ 1",
        "job": [f"{line.pk}:{story.scales[0].pk}", f"{line.pk}:{story.scales[1].pk}"],
        f"performer-{line.pk}:{story.scales[1].pk}": world.people["kdv.binh"].pk,
    }
    assert clerk.post(f"/hop-dong/{contract.pk}/giao-viec/", order).status_code == 302
    made = Order.objects.get()
    assert [job.performer.username for job in made.jobs.all()] == ["kdv.an", "kdv.binh"]
    assert made.number in clerk.get(f"/phieu-viec/{made.pk}/").content.decode()


def test_a_contract_begins_with_its_customer(clerk: Client, story: Story) -> None:
    assert "Hợp đồng với ai?" in clerk.get("/hop-dong/moi/").content.decode()
    found = clerk.get(
        "/doi-tuong/chon/", {"to": "/hop-dong/moi/", "party_search": "cong ty mau"}
    ).content.decode()
    assert f"/hop-dong/moi/?party={story.party.pk}" in found
    assert clerk.get("/doi-tuong/chon/", {"to": "https://xau.example/"}).status_code == 404


def test_nothing_typed_is_lost_when_a_line_is_wrong(clerk: Client, story: Story) -> None:
    response = _record(clerk, story, **_lines((SCALE, "2", "150.000"), (SCALE, "không", "99.000")))
    page = response.content.decode()

    assert response.status_code == 422
    assert 'value="không"' in page
    assert 'value="99.000"' in page
    assert "Nhập số lượng bằng số nguyên" in page, "a quantity is no amount of money"
    assert "Kiểm định cân phân tích" in page
    assert not Contract.objects.exists()


def test_a_refusal_of_the_action_stands_at_its_line(clerk: Client, story: Story) -> None:
    response = _record(clerk, story, **_lines((SCALE, "2", "1"), ("XXX-99", "1", "1")))

    assert response.status_code == 422
    assert "danh mục không có loại “XXX-99”" in response.content.decode()


def test_a_form_sent_twice_records_once(clerk: Client, story: Story) -> None:
    first, second = _record(clerk, story, key="k1"), _record(clerk, story, key="k1")

    assert first.url == second.url
    assert Contract.objects.count() == 1


def test_due_instruments_fill_a_draft(clerk: Client, story: Story) -> None:
    page = clerk.get(f"/hop-dong/moi/?party={story.party.pk}&fill=1").content.decode()

    row = re.search(r"<tbody>(.*?)</tbody>", page, re.S)
    assert row is not None
    assert f'value="{SCALE}" selected' in row[1]
    assert 'name="quantity" value="3"' in row[1]


def test_a_draft_is_changed_by_whom_its_version_is_new(clerk: Client, story: Story) -> None:
    contract = story.draft()
    page = clerk.get(f"/hop-dong/{contract.pk}/sua/").content.decode()
    assert 'name="version" value="1"' in page

    data = HEAD | _lines((SCALE, "5", "1.000")) | {"version": "1", "title": "Đã sửa"}
    assert clerk.post(f"/hop-dong/{contract.pk}/sua/", data).status_code == 302
    stale = clerk.post(f"/hop-dong/{contract.pk}/sua/", data | {"title": "Muộn"})
    assert stale.status_code == 422
    assert "Muộn" in stale.content.decode()
    contract.refresh_from_db()
    assert contract.title == "Đã sửa"


def test_a_refused_signature_keeps_the_day_and_says_why(clerk: Client, story: Story) -> None:
    contract = story.reviewed()
    response = clerk.post(f"/hop-dong/{contract.pk}/ky/", {"signed_on": "2022-03-01"})

    assert response.status_code == 422
    page = response.content.decode()
    assert "Ngày ký (01/03/2022) trước Ngày xem xét (02/03/2022)" in page
    assert 'value="2022-03-01"' in page


def test_what_is_not_possible_says_why(world: World, story: Story, sign_in: SignIn) -> None:
    contract = story.reviewed()
    page = sign_in(world.people["kdv.an"]).get(f"/hop-dong/{contract.pk}/").content.decode()

    assert 'aria-disabled="true"' in page
    assert "không có quyền" in page


@pytest.mark.parametrize("username", ["truongphong", "kdv.an", "chatluong"])
def test_no_price_anywhere_for_who_may_not_see_it(
    world: World, story: Story, sign_in: SignIn, username: str
) -> None:
    contract = story.signed(vat_percent=8)
    story.order(contract, story.scales[0])
    client = sign_in(world.people[username])
    places = [
        "/hop-dong/", f"/hop-dong/{contract.pk}/", f"/hop-dong/cua/{story.party.pk}/", "/phieu-viec/",
        f"/phieu-viec/{contract.orders.get().pk}/", f"/phieu-viec/phuong-tien/{story.scales[0].pk}/",
    ]  # fmt: skip
    for place in places:
        response = client.get(place)
        assert response.status_code == 200, place
        for figure in ("150.000", "300.000", "324.000"):
            assert figure not in response.content.decode(), place
    exported = b"".join(client.get("/hop-dong/?export=csv").streaming_content).decode()
    assert "324000" not in exported
    assert "300000" not in exported
    assert "VAT" not in exported
    assert client.get(f"/hop-dong/{story.draft().pk}/sua/").status_code == 403


def test_prices_are_exported_for_who_may_see_them(clerk: Client, story: Story) -> None:
    story.signed(vat_percent=8)
    text = b"".join(clerk.get("/hop-dong/?export=csv").streaming_content).decode().lstrip("\ufeff")
    row = next(iter(csv.DictReader(io.StringIO(text), delimiter=";")))

    assert (row["Giá trị chưa VAT"], row["Giá trị có VAT"], row["Khối lượng"]) == ("300000", "324000", "2")
    sheet = clerk.get("/hop-dong/?export=xlsx")
    assert b"".join(sheet.streaming_content).startswith(b"PK")
    sheet.close()


def test_strangers_find_nothing(world: World, story: Story, sign_in: SignIn) -> None:
    contract = story.signed()
    order = story.order(contract, story.scales[0])
    stranger = sign_in(world.people["nguoikhac"])

    assert contract.number not in stranger.get("/hop-dong/").content.decode()
    assert order.number not in stranger.get("/phieu-viec/").content.decode()
    for place in (
        f"/hop-dong/{contract.pk}/",
        f"/phieu-viec/{order.pk}/",
        f"/hop-dong/{contract.pk}/giao-viec/",
    ):
        assert stranger.get(place).status_code == 404, place
    for place in (
        f"/hop-dong/{contract.pk}/huy/", f"/phieu-viec/viec/{order.jobs.get().pk}/huy/",
        f"/hop-dong/{contract.pk}/ky/",
    ):  # fmt: skip
        assert stranger.post(place, {"reason": "phá"}).status_code == 404, place
    contract.refresh_from_db()
    assert contract.state == "running"


def test_searching_needs_no_marks(clerk: Client, story: Story) -> None:
    contract = story.signed()

    assert contract.number in clerk.get("/hop-dong/?q=cong+ty+mau+kiem+dinh").content.decode()
    assert "Không có hợp đồng nào khớp" in clerk.get("/hop-dong/?q=khong+co").content.decode()
    assert contract.number in clerk.get("/hop-dong/?state=signed&sort=-due").content.decode()


def test_an_order_shows_what_is_chosen_again_after_a_refusal(
    clerk: Client, world: World, story: Story
) -> None:
    contract = story.signed()
    line = contract.lines.get()
    jobs = [f"{line.pk}:{scale.pk}" for scale in story.scales]
    data = {"planned_on": "2022-03-07", "performer": world.people["kdv.an"].pk, "job": jobs}
    response = clerk.post(f"/hop-dong/{contract.pk}/giao-viec/", data)
    page = response.content.decode()

    assert response.status_code == 422
    assert "không giao thêm được 3" in page
    assert page.count("data-choose checked") == 3


def test_an_instrument_is_entered_while_its_order_is_made(clerk: Client, story: Story) -> None:
    contract = story.signed()
    line = contract.lines.get()
    place = f"/hop-dong/{contract.pk}/giao-viec/{line.pk}/them/"
    added = clerk.post(place, {"n_serial": "M-99", "n_maker": "Mẫu"}, headers={"HX-Request": "true"})

    made = Instrument.objects.get(serial="M-99")
    assert made.owner == story.party
    assert f'value="{line.pk}:{made.pk}" data-choose checked' in added.content.decode()
    again = clerk.post(place, {"n_serial": "m-99", "n_maker": "mẫu"}, headers={"HX-Request": "true"})
    assert again.status_code == 409
    assert "đã có trong sổ" in again.content.decode()
    assert clerk.post(place, {"n_serial": ""}, headers={"HX-Request": "true"}).status_code == 422


def test_jobs_are_given_to_another_or_taken_back(clerk: Client, world: World, story: Story) -> None:
    order = story.order(story.signed(), story.scales[0])
    job = order.jobs.get()
    binh = world.people["kdv.binh"]

    assert clerk.post(f"/phieu-viec/viec/{job.pk}/doi-nguoi/", {"performer": binh.pk}).status_code == 302
    refused = clerk.post(f"/phieu-viec/viec/{job.pk}/doi-nguoi/", {"performer": world.people["vanthu"].pk})
    assert refused.status_code == 422
    assert "không được giao kiểm định" in refused.content.decode()
    for nonsense in ("", "²", "9" * 25, "9" * 5000):
        told = clerk.post(f"/phieu-viec/viec/{job.pk}/doi-nguoi/", {"performer": nonsense})
        assert told.status_code == 422, nonsense[:30]
    assert clerk.post(f"/phieu-viec/viec/{job.pk}/huy/", {"reason": ""}).status_code == 422
    assert clerk.post(f"/phieu-viec/viec/{job.pk}/huy/", {"reason": "Cân hỏng"}).status_code == 302
    assert Job.objects.get().state == "cancelled"


def test_less_is_accepted_with_a_reason(clerk: Client, world: World, story: Story) -> None:
    contract = story.signed([LineDraft("consulting", "", 3, 1_000, description="Tư vấn")])
    line = contract.lines.get()
    clerk.post(f"/hop-dong/{contract.pk}/khoi-luong/{line.pk}/", {"quantity": "2"})
    data = {"accepted_on": "2026-11-20", f"accepted-{line.pk}": "2"}

    assert clerk.post(f"/hop-dong/{contract.pk}/nghiem-thu/", data).status_code == 422
    assert clerk.post(f"/hop-dong/{contract.pk}/nghiem-thu/", data | {"reason": "Bớt"}).status_code == 302
    page = clerk.get(f"/hop-dong/{contract.pk}/").content.decode()
    assert "Đã nghiệm thu" in page
    assert clerk.post(f"/hop-dong/{contract.pk}/khoi-luong/{line.pk}/", {"quantity": "x"}).status_code == 422


def test_cancelling_and_reopening_ask_for_a_reason(clerk: Client, story: Story) -> None:
    contract = story.reviewed()
    assert clerk.post(f"/hop-dong/{contract.pk}/mo-lai/", {"reason": " "}).status_code == 422
    assert clerk.post(f"/hop-dong/{contract.pk}/mo-lai/", {"reason": "Thêm cân"}).status_code == 302
    assert clerk.post(f"/hop-dong/{contract.pk}/huy/", {"reason": "Khách thôi"}).status_code == 302
    assert "Khách thôi" in clerk.get(f"/hop-dong/{contract.pk}/").content.decode()


def test_pages_cost_the_same_number_of_queries_however_long(
    clerk: Client, story: Story, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        story.signed()
    clerk.get("/hop-dong/")
    with django_assert_max_num_queries(25):
        clerk.get("/hop-dong/")
    for _ in range(8):
        story.signed()
    with django_assert_max_num_queries(25):
        clerk.get("/hop-dong/")


def test_orders_are_listed_with_their_people(clerk: Client, world: World, story: Story) -> None:
    contract = story.signed()
    plans = [JobPlan(contract.lines.get(), story.scales[0], world.people["kdv.an"])]
    order_work(world.act("vanthu"), contract, planned_on=date(2022, 3, 7), jobs=plans, place="Chợ Xanh")

    page = clerk.get("/phieu-viec/?q=cho+xanh&open=1").content.decode()
    assert "Hoàng Văn An" in page
    assert "PV22.0001" in page
    assert "PV22.0001" not in clerk.get("/phieu-viec/?mine=1").content.decode()


def test_a_line_is_reported_only_where_no_job_counts_it(world: World, story: Story) -> None:
    contract = story.signed([LineDraft("testing", "", 4, 10, description="Thử gạch")])
    report_done(world.act("vanthu"), contract, line=contract.lines.get(), quantity=4)
    contract.refresh_from_db()

    assert contract.state == "done"


def test_the_review_sees_who_may_do_the_work(world: World, story: Story, sign_in: SignIn) -> None:
    unresolved = [LineDraft("verification", SCALE, 1, 1), LineDraft("verification", "FLO-01", 1, 1)]
    contract = story.draft(unresolved)
    page = sign_in(world.people["truongphong"]).get(f"/hop-dong/{contract.pk}/").content.decode()

    assert "có thẻ: Hoàng Văn An, Nguyễn Thị Bình" in page
    assert 'class="sound"' in page


def test_the_entries_of_a_contract_open_for_who_reads_the_book(
    world: World, story: Story, sign_in: SignIn
) -> None:
    contract = story.signed(vat_percent=8)
    director = sign_in(world.people["giamdoc"]).get(f"/hop-dong/{contract.pk}/").content.decode()
    assert 'href="/so-nghiep-vu/TTUD/1/"' in director
    assert "Khối lượng theo hợp đồng đã ký" in director
    assert "contracts.signed" not in director, "no code of the book reaches a reader"

    head = sign_in(world.people["truongphong"]).get(f"/hop-dong/{contract.pk}/").content.decode()
    assert "Khối lượng theo hợp đồng đã ký" in head
    assert "324.000" not in head
    assert (
        "/so-nghiep-vu/TTUD/1/"
        not in sign_in(world.people["vanthu"]).get(f"/hop-dong/{contract.pk}/").content.decode()
    )


def test_an_order_offers_only_who_holds_a_card(world: World, story: Story, sign_in: SignIn) -> None:
    contract = story.signed()
    page = sign_in(world.people["vanthu"]).get(f"/hop-dong/{contract.pk}/giao-viec/").content.decode()

    assert "Có thẻ lĩnh vực này: Hoàng Văn An, Nguyễn Thị Bình" in page
    row = page[page.index('name="performer-') :]
    assert "Lục Văn Hải" not in row[: row.index("</select>")]

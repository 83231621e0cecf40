"""The pages of the quality system: asked, watched, read, exported, closed; and shut to others."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from quacan.centre.base.models import FollowUp
from quacan.centre.certificates.tests.conftest import CUSTOMER, Bench
from quacan.centre.quality.models import Nonconformity, Simulation
from quacan.centre.standards.models import Standard

ASKED = {
    "deviation": "10",
    "unit": "mmHg",
    "from_on": "2022-05-01",
    "to_on": "",
    "explanation": "Hiệu chuẩn lại",
}
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def asked(bench: Bench, standard: Standard, sign_in: Callable[..., Any]) -> tuple[Any, Simulation]:
    bench.issued(0)
    visitor = sign_in(bench.world.people["chatluong"])
    page = visitor.get(f"/chat-luong/mo-phong/moi/?chuan={standard.pk}")
    assert page.status_code == 200
    answer = visitor.post("/chat-luong/mo-phong/moi/", {**ASKED, "standard": standard.pk, "key": "a"})
    assert answer.status_code == 302
    return visitor, Simulation.objects.get()


def worked_out(visitor: Any, found: Simulation) -> None:
    answer = visitor.post(f"/chat-luong/mo-phong/{found.pk}/tiep/", **HTMX)
    assert answer["HX-Refresh"] == "true"


def test_a_simulation_is_asked_worked_out_read_and_exported(asked: tuple[Any, Simulation]) -> None:
    visitor, found = asked
    running = visitor.get(f"/chat-luong/mo-phong/{found.pk}/").content.decode()
    assert f'hx-post="/chat-luong/mo-phong/{found.pk}/tiep/"' in running
    assert "Các bước có thể làm bây giờ: Tính tiếp." in running
    worked_out(visitor, found)
    page = visitor.get(f"/chat-luong/mo-phong/{found.pk}/").content.decode()
    assert "hx-post" not in page
    for words in ("Thành không đạt", CUSTOMER, "Cách tính và giới hạn", "−10"):
        assert words in page
    file = visitor.get(f"/chat-luong/mo-phong/{found.pk}/?export=xlsx&effect=becomes_fail")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(file.streaming_content)))
    head, row = book.get_sheet_by_index(0).to_python()
    line = dict(zip(head, row, strict=True))
    assert (line["Kết quả"], line["Khách hàng"], line["Sai số tính lại"]) == (
        "Thành không đạt",
        CUSTOMER,
        "-10",
    )
    assert visitor.get("/chat-luong/mo-phong/").status_code == 200


def test_sending_the_form_twice_asks_once(asked: tuple[Any, Simulation], standard: Standard) -> None:
    visitor, found = asked
    again = visitor.post("/chat-luong/mo-phong/moi/", {**ASKED, "standard": standard.pk, "key": "a"})
    assert again["Location"] == f"/chat-luong/mo-phong/{found.pk}/"
    assert Simulation.objects.count() == 1


def test_a_refusal_keeps_what_was_typed(asked: tuple[Any, Simulation], standard: Standard) -> None:
    visitor, _found = asked
    wrong = visitor.post(
        "/chat-luong/mo-phong/moi/", {**ASKED, "unit": "sải", "standard": standard.pk, "key": "b"}
    )
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "Không đọc được sai lệch" in text
    assert "Hiệu chuẩn lại" in text


def test_a_nonconformity_is_opened_its_draft_read_and_closed(
    asked: tuple[Any, Simulation], bench: Bench
) -> None:
    visitor, found = asked
    worked_out(visitor, found)
    where = f"/chat-luong/mo-phong/{found.pk}/khong-phu-hop/"
    assert CUSTOMER in visitor.get(where).content.decode()
    owner = bench.world.people["truongphong"].pk
    form = {"summary": "Lệch", "owner": owner, "working_days": "5", "block": "under_calibration", "key": "c"}
    assert visitor.post(where, {**form, "working_days": "0"}).status_code == 422
    answer = visitor.post(where, form)
    made = Nonconformity.objects.get()
    assert answer["Location"] == f"/chat-luong/khong-phu-hop/{made.pk}/"
    page = visitor.get(f"/chat-luong/khong-phu-hop/{made.pk}/").content.decode()
    assert "chưa báo xong" in page
    notice = made.notices.get()
    draft = visitor.get(f"/chat-luong/khong-phu-hop/{made.pk}/thong-bao/{notice.pk}/").content.decode()
    assert "Dự thảo – chưa gửi" in draft
    FollowUp.objects.update(state="done")
    closing = {
        "version": "1",
        "cause": "Va đập",
        "corrective_action": "Hộp mới",
        "effectiveness_on": "2099-01-04",
    }
    where = f"/chat-luong/khong-phu-hop/{made.pk}/dong/"
    refused = visitor.post(where, closing)
    assert refused.status_code == 422
    assert "Va đập" in refused.content.decode()
    assert visitor.post(where, {**closing, "confirmed": "on", "key": "d"}).status_code == 302
    assert "Đã đóng" in visitor.get("/chat-luong/").content.decode()


def test_a_certificate_and_a_standard_show_their_chains_and_lead_there(
    bench: Bench, standard: Standard, sign_in: Callable[..., Any]
) -> None:
    outcome = bench.issued(0)
    visitor = sign_in(bench.world.people["kdv.an"])
    tree = visitor.get(f"/chat-luong/truy-xuat/{outcome.pk}/").content.decode()
    for words in (outcome.number, "C21.P-1", "Viện Mẫu", "Chuẩn đo lường quốc gia"):
        assert words in tree
    assert outcome.number in visitor.get(f"/chat-luong/chuan/{standard.pk}/").content.decode()
    assert (
        f"/chat-luong/truy-xuat/{outcome.pk}/" in visitor.get(f"/chung-nhan/{outcome.pk}/").content.decode()
    )
    assert f"/chat-luong/chuan/{standard.pk}/" in visitor.get(f"/chuan/{standard.pk}/").content.decode()


def test_the_pages_are_shut_to_others(
    asked: tuple[Any, Simulation], bench: Bench, standard: Standard, sign_in: Callable[..., Any]
) -> None:
    _visitor, found = asked
    outcome = bench.issued(1)
    stranger = sign_in(bench.world.people["nguoikhac"])
    for where in (
        f"/chat-luong/mo-phong/{found.pk}/",
        f"/chat-luong/mo-phong/{found.pk}/khong-phu-hop/",
        f"/chat-luong/truy-xuat/{outcome.pk}/",
        f"/chat-luong/chuan/{standard.pk}/",
        "/chat-luong/khong-phu-hop/1/",
    ):
        assert stranger.get(where).status_code == 404, where
    assert stranger.post(f"/chat-luong/mo-phong/{found.pk}/tiep/").status_code == 404
    verifier = sign_in(bench.world.people["kdv.an"])
    assert verifier.get("/chat-luong/mo-phong/moi/").status_code == 403
    assert CUSTOMER not in verifier.get("/chat-luong/").content.decode()
    assert Simulation.objects.get(pk=found.pk).done == 0

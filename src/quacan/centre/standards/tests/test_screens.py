"""Standards in the browser: entered, certified, sent away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from conftest import World
from quacan.centre.people.models import Person
from quacan.centre.standards.actions import CertificateDraft, StandardDraft, add_certificate, enter_standard
from quacan.centre.standards.models import Standard, StandardCertificate
from quacan.centre.standards.rules import word_of_quantity

SignIn = Callable[[Person], Client]
FORM = {"code": "QC-01", "name": "Bộ quả cân F1", "kind": "mass"}
HEAD = {"number": "01/HC", "issuer": "Viện Mẫu", "issued_on": "2022-01-10", "valid_until": "2030-01-10"}
ROWS = {
    "nominal": ["200", "100", ""],
    "value": ["200,0001", "100,0002", ""],
    "U": ["0,0003", "0,0002", ""],
    "k": ["2", "2", "2"],
    "unit": ["g", "g", ""],
    "mark": ["", "100*", ""],
}


@pytest.fixture
def head(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.people["truongphong"])


@pytest.fixture
def weights(world: World) -> Standard:
    return enter_standard(
        world.act("truongphong"), world.centre, StandardDraft(code="QC-01", name="Bộ quả cân F1", kind="mass")
    )


def test_a_standard_is_entered_then_certified(head: Client) -> None:
    response = head.post("/chuan/moi/", FORM)
    made = Standard.objects.get()
    assert response.url == f"/chuan/{made.pk}/chung-nhan/"

    assert head.post(response.url, HEAD | ROWS).status_code == 302
    assert [row["nominal"] for row in StandardCertificate.objects.get().values] == ["200", "100"]
    page = head.get(f"/chuan/{made.pk}/").content.decode()
    assert "Dùng được hôm nay theo giấy chứng nhận 01/HC" in page
    assert "200,0001" in page


@pytest.mark.parametrize(
    ("typed", "kept"), [("Khối lượng", "mass"), ("dòng điện", "current"), ("volume", "volume")]
)
def test_the_quantity_is_given_by_its_word(head: Client, typed: str, kept: str) -> None:
    assert 'value="Khối lượng"' in head.get("/chuan/moi/").content.decode()
    assert head.post("/chuan/moi/", FORM | {"kind": typed}).status_code == 302
    made = Standard.objects.get()
    assert made.kind == kept
    page = head.get(f"/chuan/{made.pk}/sua/").content.decode()
    assert f'value="{kept}"' not in page
    asked = FORM | {"kind": word_of_quantity(kept), "version": made.version}
    assert head.post(f"/chuan/{made.pk}/sua/", asked).status_code == 302
    made.refresh_from_db()
    assert made.kind == kept


def test_a_wrong_row_is_marked_and_nothing_is_lost(head: Client, weights: Standard) -> None:
    bad = ROWS | {"value": ["200,0001", "một trăm", ""]}
    response = head.post(f"/chuan/{weights.pk}/chung-nhan/", HEAD | bad)
    page = response.content.decode()

    assert response.status_code == 422
    assert "Giá trị dòng 2, cột “Giá trị”" in page
    assert '<tr class="bad"><td class="ordinal" data-ordinal>2' in page
    assert 'value="một trăm"' in page
    assert 'value="01/HC"' in page


def test_swapped_days_are_named(head: Client, weights: Standard) -> None:
    swapped = HEAD | {"issued_on": "2022-03-01", "valid_until": "2021-03-01"}
    response = head.post(f"/chuan/{weights.pk}/chung-nhan/", swapped | ROWS)

    assert response.status_code == 422
    assert "hai ngày có thể bị đổi chỗ" in response.content.decode()


def test_the_paper_is_kept_and_given_back(
    head: Client, world: World, weights: Standard, sign_in: SignIn
) -> None:
    paper = SimpleUploadedFile("gcn.pdf", b"%PDF-1.7 mau", content_type="application/pdf")
    assert head.post(f"/chuan/{weights.pk}/chung-nhan/", HEAD | ROWS | {"file": paper}).status_code == 302
    file = StandardCertificate.objects.get().document.files.get()
    response = head.get(f"/chuan/{weights.pk}/tep/{file.pk}/")

    assert response.content == b"%PDF-1.7 mau"
    assert response["Content-Type"] == "application/pdf"
    assert sign_in(world.people["nguoikhac"]).get(f"/chuan/{weights.pk}/tep/{file.pk}/").status_code == 404


def test_a_file_that_is_no_paper_is_refused(head: Client, weights: Standard) -> None:
    script = SimpleUploadedFile("gcn.pdf", b"<script>alert(1)</script>", content_type="application/pdf")
    response = head.post(f"/chuan/{weights.pk}/chung-nhan/", HEAD | ROWS | {"file": script})

    assert response.status_code == 422
    assert "Chỉ nhận tệp PDF, PNG hoặc JPEG" in response.content.decode()


def test_sending_away_and_correcting(head: Client, weights: Standard) -> None:
    away = {"state": "under_calibration", "on": "2022-02-01", "note": "Gửi viện"}
    assert head.post(f"/chuan/{weights.pk}/trang-thai/", away).status_code == 302
    assert head.post(f"/chuan/{weights.pk}/trang-thai/", away).status_code == 422
    assert "đang gửi hiệu chuẩn từ ngày 01/02/2022" in head.get(f"/chuan/{weights.pk}/").content.decode()

    change = FORM | {"version": "2", "name": "Bộ quả cân", "code": "KHAC"}
    assert head.post(f"/chuan/{weights.pk}/sua/", change).status_code == 302
    assert head.post(f"/chuan/{weights.pk}/sua/", change).status_code == 422
    weights.refresh_from_db()
    assert (weights.name, weights.code) == ("Bộ quả cân", "QC-01")


def test_the_list_says_what_may_be_used_today(head: Client, world: World, weights: Standard) -> None:
    late = enter_standard(
        world.act("truongphong"), world.centre, StandardDraft(code="BC-01", name="Bình chuẩn", kind="volume")
    )
    add_certificate(
        world.act("truongphong"),
        late,
        CertificateDraft(
            number="02",
            issuer="Viện",
            issued_on=date(2021, 1, 1),
            valid_until=date(2022, 1, 1),
            values=[{"nominal": "20", "value": "20", "U": "0,1", "k": "2", "unit": "L"}],
        ),
    )
    page = head.get("/chuan/").content.decode()

    assert "Chưa có giấy" in page
    assert "Hết hạn" in page
    assert "BC-01" not in head.get("/chuan/?bare=1").content.decode()
    assert "QC-01" not in head.get("/chuan/?late=1").content.decode()
    exported = b"".join(head.get("/chuan/?export=csv").streaming_content).decode()
    assert "01/01/2022" in exported


def test_others_see_and_strangers_not(world: World, weights: Standard, sign_in: SignIn) -> None:
    verifier = sign_in(world.people["kdv.an"])
    assert f"/chuan/{weights.pk}/chung-nhan/" not in verifier.get(f"/chuan/{weights.pk}/").content.decode()
    assert verifier.post("/chuan/moi/", FORM | {"code": "B"}).status_code == 403
    for form in ("/chuan/moi/", f"/chuan/{weights.pk}/sua/", f"/chuan/{weights.pk}/chung-nhan/"):
        assert verifier.get(form).status_code == 403, "a form one may not send is not shown"
    stranger = sign_in(world.people["nguoikhac"])
    assert stranger.get(f"/chuan/{weights.pk}/").status_code == 404
    assert "QC-01" not in stranger.get("/chuan/").content.decode()


class TestCare:
    """The pages around one standard: empty at first, filled by their forms, closed to strangers."""

    PAGES = ("", "kiem-tra/", "do-troi/", "giu/", "su-dung/")

    def test_every_page_opens_empty(self, head: Client, weights: Standard) -> None:
        for page in self.PAGES:
            response = head.get(f"/chuan/{weights.pk}/{page}")
            assert response.status_code == 200
            assert 'aria-current="page"' in response.content.decode()

    def test_strangers_find_none(self, world: World, weights: Standard, sign_in: SignIn) -> None:
        stranger = sign_in(world.people["nguoikhac"])
        for page in self.PAGES:
            assert stranger.get(f"/chuan/{weights.pk}/{page}").status_code == 404
        assert stranger.post(f"/chuan/{weights.pk}/giu/noi-de/", {"place": "Kho"}).status_code == 404

    def test_a_check_is_planned_recorded_drawn_and_withdrawn(self, head: Client, weights: Standard) -> None:
        at = f"/chuan/{weights.pk}/kiem-tra/"
        asked = {"quantity": "Quả 200 g", "unit": "g", "interval_days": "30", "basis": "tolerance",
                 "reference_value": "200", "tolerance": "0,01", "from_on": "2022-01-10"}  # fmt: skip
        assert head.post(f"{at}ke-hoach/", asked | {"tolerance": "x"}).status_code == 422
        assert head.post(f"{at}ke-hoach/", asked).status_code == 302
        plan = weights.check_plans.get()
        wrong = head.post(f"{at}{plan.pk}/ghi/", {"on": "2022-01-11", "readings": "hai trăm"})
        assert wrong.status_code == 422
        assert "hai trăm" in wrong.content.decode()
        assert (
            head.post(f"{at}{plan.pk}/ghi/", {"on": "2022-01-11", "readings": "200,02\n200,02"}).status_code
            == 302
        )
        page = head.get(at).content.decode()
        assert "vượt kiểm soát" in page
        assert 'fill="var(--fail)"' in page
        assert head.post(f"{at}{plan.checks.get().pk}/rut/", {"reason": "nhầm"}).status_code == 403
        assert head.post(f"{at}{plan.pk}/thoi/", {"reason": "đổi cách kiểm tra"}).status_code == 302
        assert "đã thôi" in head.get(at).content.decode()

    def test_lending_keeping_and_what_is_due(self, head: Client, weights: Standard) -> None:
        at = f"/chuan/{weights.pk}/giu/"
        loan = {"outside": "Trung tâm bạn", "from_on": "2022-01-11", "due_on": "2022-01-12"}
        assert head.post(f"{at}muon/", loan | {"outside": ""}).status_code == 422
        assert head.post(f"{at}muon/", loan).status_code == 302
        assert "Trung tâm bạn đang giữ" in head.get(at).content.decode()
        due = head.get("/chuan/den-han/?kind=loan&within=0").content.decode()
        assert "Trung tâm bạn đang mượn" in due
        exported = b"".join(head.get("/chuan/den-han/?kind=loan&export=csv").streaming_content).decode()
        assert "12/01/2022" in exported
        assert "QC-01" not in head.get("/chuan/den-han/?kind=check").content.decode()
        back = {"on": "2022-01-12", "condition": "nguyên vẹn"}
        assert head.post(f"{at}muon/{weights.loans.get().pk}/tra/", back).status_code == 302
        assert head.post(f"{at}noi-de/", {"place": "Kho B", "on": "2022-01-12"}).status_code == 302
        work = {"on": "2022-01-12", "kind": "cleaning", "done_by": "Tổ đo", "result": "sạch"}
        assert head.post(f"{at}bao-duong/", work | {"next_due_on": "2022-01-01"}).status_code == 422
        assert head.post(f"{at}bao-duong/", work).status_code == 302
        page = head.get(at).content.decode()
        assert all(text in page for text in ("nguyên vẹn", "Kho B", "sạch"))

    def test_a_range_in_words_is_proposed_in_numbers(self, head: Client, weights: Standard) -> None:
        Standard.objects.filter(pk=weights.pk).update(range_text="1 g ÷ 20 kg")
        page = head.get(f"/chuan/{weights.pk}/sua/").content.decode()
        assert 'name="range_to" value="20"' in page
        assert "Chưa khai phạm vi đo bằng số" in head.get(f"/chuan/{weights.pk}/").content.decode()


def test_a_permitted_error_is_written_as_people_here_write(head: Client, world: World) -> None:
    draft = StandardDraft(
        code="BC", name="Bình chuẩn", kind="volume", permitted_error="0.05", permitted_unit="%",
        range_from="0.5", range_to="20", range_unit="L",
    )  # fmt: skip
    made = enter_standard(world.act("truongphong"), world.centre, draft)
    page = head.get(f"/chuan/{made.pk}/").content.decode()
    assert "± 0,05 %" in page
    assert "0,5 ÷ 20 L" in page
    assert "± 0,05 %" in " ".join(head.get(f"/chuan/{made.pk}/do-troi/").content.decode().split())

"""The doors: what a signed-in person sees and does, what is refused and how it is said."""

import io
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document as WordDocument

from conftest import PASSWORD
from quacan.centre.base import store
from quacan.centre.certificates.actions import damage_stamp, revoke_outcome
from quacan.centre.certificates.models import Outcome, Stamp, StampBatch
from quacan.centre.certificates.tests.conftest import CUSTOMER, SIGNED, Bench
from quacan.centre.certificates.views.signing import PROVED_AT
from quacan.centre.examinations.models import Reading
from quacan.centre.ledger.models import Entry
from quacan.centre.people.models import Person
from quacan.centre.verification.actions import supersede_worksheet

SignIn = Callable[[Person], Client]


@pytest.fixture
def head(bench: Bench, sign_in: SignIn) -> Client:
    """The head's browser."""
    return sign_in(bench.world.people["giamdoc"])


@pytest.fixture
def proved(head: Client) -> Client:
    """The head's browser after the password was typed anew."""
    answer = head.post(reverse("certificates:open_session"), {"password": PASSWORD})
    assert answer.status_code == 302
    return head


def page_of(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"certificates:{name}", args=args), query)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def sign(client: Client, *sheets: int, key: str = "") -> str:
    data = {"sheet": [str(pk) for pk in sheets]} | {f"key-{pk}": key or str(uuid.uuid4()) for pk in sheets}
    answer = client.post(reverse("certificates:signing"), data)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_register_lists_finds_and_filters(bench: Bench, head: Client) -> None:
    passed, failed = bench.issued(0), bench.issued(1, off_by=40)
    revoke_outcome(bench.world.act("giamdoc", reason="Sai"), bench.issued(2))

    everything = page_of(head, "certificates")
    assert all(number in everything for number in ("V22.00001", "V22.00002", failed.number, CUSTOMER))
    for standing, number in (("expired", passed.number), ("failed", failed.number), ("revoked", "V22.00002")):
        kept = page_of(head, "certificates", standing=standing)
        assert [n for n in ("V22.00001", "V22.00002", failed.number) if f">{n}</a>" in kept] == [number]
    assert "V22.00001" in page_of(head, "certificates", q="hoa ban HA-001")
    assert "V22.00001" not in page_of(head, "certificates", q="HA-002")
    assert "V22.00001" not in page_of(head, "certificates", **{"from": "2022-05-13"})


def test_the_register_is_exported_as_it_is_filtered(bench: Bench, head: Client) -> None:
    bench.issued(0)
    bench.issued(1, off_by=40)

    answer = head.get(reverse("certificates:certificates"), {"export": "csv", "standing": "failed"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "01/TB-KĐ.2022;Thông báo không đạt;Không đạt;Huyết áp kế lò xo;HA-002" in lines[1]


def test_an_empty_register_says_where_certificates_come_from(head: Client) -> None:
    assert "Chưa ban hành chứng nhận nào" in page_of(head, "certificates")


def test_one_certificate_shows_where_it_comes_from(bench: Bench, head: Client) -> None:
    outcome = bench.issued()

    shown = page_of(head, "certificate", outcome.pk)

    order = outcome.worksheet.job.order
    for door in (f"/hop-dong/{order.contract_id}/", f"/kiem-dinh/{outcome.worksheet_id}/", "?so=22C.00001"):
        assert f'href="{door}' in shown or door in shown
    entry = Entry.objects.get(source=f"verification.Worksheet:{outcome.worksheet_id}")
    assert f"/so-nghiep-vu/TTUD/{entry.seq}/" in shown
    assert outcome.check_code in shown
    assert shown.count("Nguyên vẹn") == 2
    assert "Sai số khi áp suất tăng" in shown


def test_who_may_not_read_the_book_is_not_sent_there(bench: Bench, sign_in: SignIn) -> None:
    clerk = sign_in(bench.world.people["vanthu"])
    assert "/so-nghiep-vu/TTUD/" not in page_of(clerk, "certificate", bench.issued().pk)


def test_a_replaced_certificate_names_its_successor_and_back(bench: Bench, head: Client) -> None:
    old = bench.issued()
    new = bench.replaced(old, off_by=0)

    assert f"/chung-nhan/{new.pk}/" in page_of(head, "certificate", old.pk)
    assert f"/chung-nhan/{old.pk}/" in page_of(head, "certificate", new.pk)
    assert "đang ở bước “Đã thay thế”, không thể “Thu hồi”" in page_of(head, "certificate", old.pk)


def test_the_papers_are_served_as_issued(bench: Bench, head: Client) -> None:
    outcome = bench.issued()

    for which, document in (("chung-nhan", outcome.document), ("bien-ban", outcome.record)):
        answer = head.get(reverse("certificates:paper", args=[outcome.pk, which, "pdf"]))
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("inline")
        assert answer.content == store.read(document.files.get().sha256)
    attached = head.get(reverse("certificates:paper", args=[outcome.pk, "chung-nhan", "pdf"]), {"tai": "1"})
    assert attached["Content-Disposition"] == 'attachment; filename="V22.00001.pdf"'
    assert head.get(reverse("certificates:paper", args=[outcome.pk, "khac", "pdf"])).status_code == 404


def test_the_record_is_written_as_word_from_its_snapshot(bench: Bench, head: Client) -> None:
    outcome = bench.issued()
    outcome.instrument.owner.__class__.objects.update(name="Đổi tên sau khi ban hành")

    answer = head.get(reverse("certificates:paper", args=[outcome.pk, "bien-ban", "docx"]))

    words = "\n".join(p.text for p in WordDocument(io.BytesIO(answer.content)).paragraphs)
    assert CUSTOMER in words
    assert "HA-001" in words


def test_a_changed_file_or_snapshot_is_not_served(bench: Bench, head: Client) -> None:
    outcome = bench.issued()
    place = store.path_of(outcome.document.files.get().sha256)
    place.write_bytes(b"%PDF-1.7 forged")
    type(outcome.record).objects.filter(pk=outcome.record_id).update(
        snapshot=outcome.record.snapshot.replace("HA-001", "HA-999")
    )

    for which, suffix in (("chung-nhan", "pdf"), ("bien-ban", "docx")):
        answer = head.get(reverse("certificates:paper", args=[outcome.pk, which, suffix]))
        assert answer.status_code == 409
        assert "không còn đúng như khi ban hành" in answer.content.decode()
    assert "Tệp bị thay đổi" in page_of(head, "certificate", outcome.pk)


def test_somebody_of_another_house_opens_nothing(bench: Bench, sign_in: SignIn) -> None:
    outcome = bench.issued()
    outsider = sign_in(bench.world.people["nguoikhac"])

    assert "V22.00001" not in page_of(outsider, "certificates")
    assert "22C.0" not in page_of(outsider, "stamps")
    doors = [
        reverse("certificates:certificate", args=[outcome.pk]),
        reverse("certificates:paper", args=[outcome.pk, "chung-nhan", "pdf"]),
        reverse("certificates:paper", args=[outcome.pk, "bien-ban", "docx"]),
    ]
    assert [outsider.get(door).status_code for door in doors] == [404, 404, 404]
    answer = outsider.post(reverse("certificates:revoke", args=[outcome.pk]), {"reason": "Sai"})
    assert answer.status_code == 404


def test_revoking_on_the_screen(bench: Bench, head: Client, sign_in: SignIn) -> None:
    outcome = bench.issued()
    door = reverse("certificates:revoke", args=[outcome.pk])

    without = head.post(door, {"key": "a"})
    assert without.status_code == 422
    assert "cần nêu lý do" in without.content.decode()
    assert head.post(door, {"key": "b", "reason": "Chuẩn sai"}).status_code == 302
    shown = page_of(head, "certificate", outcome.pk)
    assert "Chuẩn sai" in shown
    assert "đang ở bước “Đã thu hồi”, không thể “Thu hồi”" in shown


def test_who_may_not_revoke_reads_why(bench: Bench, sign_in: SignIn) -> None:
    outcome, clerk = bench.issued(), sign_in(bench.world.people["vanthu"])
    assert "Ma Thị Chi không có quyền" in page_of(clerk, "certificate", outcome.pk)
    answer = clerk.post(reverse("certificates:revoke", args=[outcome.pk]), {"reason": "Sai"})
    assert answer.status_code == 403


def test_any_recorder_of_the_place_may_replace_as_the_worksheet_says(bench: Bench, sign_in: SignIn) -> None:
    """The page named the performer alone while worksheet page and action let any recorder."""
    outcome = bench.issued()
    another = sign_in(bench.world.people["kdv.binh"])
    assert f'href="/kiem-dinh/{outcome.worksheet_id}/"><svg' in page_of(another, "certificate", outcome.pk)
    assert "lập phiếu thay thế." not in page_of(another, "certificate", outcome.pk)
    act = bench.world.act("kdv.binh", on=SIGNED, reason="Ghi nhầm")
    newer = supersede_worksheet(act, outcome.worksheet, performed_on=outcome.worksheet.performed_on)
    assert newer.number in page_of(another, "certificate", outcome.pk)
    clerk = sign_in(bench.world.people["vanthu"])
    assert "Ma Thị Chi không có quyền" in page_of(clerk, "certificate", outcome.pk)


def test_the_signing_table_wants_the_password_first(bench: Bench, head: Client) -> None:
    sheet = bench.approved()

    assert "Mở phiên ký bằng mật khẩu trước." in page_of(head, "signing")
    refused = head.post(reverse("certificates:signing"), {"sheet": [sheet.pk]})
    assert refused.status_code == 403
    wrong = head.post(reverse("certificates:open_session"), {"password": "không phải"})
    assert wrong.status_code == 422
    assert "Mật khẩu không đúng" in wrong.content.decode()
    assert PROVED_AT not in head.session
    assert not Outcome.objects.exists()


def test_a_signing_session_ends_after_ten_minutes(bench: Bench, proved: Client) -> None:
    sheet = bench.approved()
    assert "phiên ký còn 10 phút" in page_of(proved, "signing")
    session = proved.session
    session[PROVED_AT] = (timezone.now() - timedelta(minutes=10, seconds=1)).isoformat()
    session.save()

    assert proved.post(reverse("certificates:signing"), {"sheet": [sheet.pk]}).status_code == 403
    assert not Outcome.objects.exists()


def test_many_are_signed_and_a_refused_one_stops_only_itself(bench: Bench, proved: Client) -> None:
    sheets = [bench.approved(n) for n in range(3)]
    Reading.objects.filter(examination=sheets[1], cell__contains="rising").update(text="1")

    shown = sign(proved, *[sheet.pk for sheet in sheets])

    assert sorted(Outcome.objects.values_list("worksheet", flat=True)) == [sheets[0].pk, sheets[2].pk]
    assert shown.count("Đã ban hành") == 2
    assert "nội dung không còn đúng như khi gửi soát xét" in shown
    assert "1 phiếu chờ ký" in shown


def test_the_same_form_sent_twice_signs_once(bench: Bench, proved: Client) -> None:
    sheet = bench.approved()
    key = str(uuid.uuid4())

    first, again = sign(proved, sheet.pk, key=key), sign(proved, sheet.pk, key=key)

    outcome = Outcome.objects.get()
    assert outcome.number in first
    assert outcome.number in again


def test_a_row_signed_by_itself_answers_with_its_row(bench: Bench, proved: Client) -> None:
    good, bad = bench.approved(0), bench.approved(1)
    Reading.objects.filter(examination=bad, cell__contains="rising").update(text="1")

    def row(pk: int) -> tuple[int, str]:
        answer = proved.post(
            reverse("certificates:sign_one", args=[pk]), {f"key-{pk}": f"k-{pk}"}, headers={"X-Row": "1"}
        )
        return answer.status_code, answer.content.decode().strip()

    status, shown = row(good.pk)
    assert (status, shown[:4]) == (200, "<tr ")
    assert Outcome.objects.get().number in shown
    status, shown = row(bad.pk)
    assert (status, shown[:4]) == (422, "<tr ")
    assert "không còn đúng" in shown
    assert f'name="key-{bad.pk}"' in shown
    status, shown = row(999_999)
    assert status == 404


def test_the_table_says_why_a_row_cannot_be_signed(bench: Bench, proved: Client) -> None:
    for stamp in Stamp.objects.filter(state="issued"):
        damage_stamp(bench.world.act("vanthu", on=SIGNED, reason="Rách"), stamp)
    bench.approved()

    shown = page_of(proved, "signing")

    assert "không còn tem kiểm định nào được giao" in shown
    assert "disabled" in shown


def test_only_who_may_sign_enters_the_signing_table(bench: Bench, sign_in: SignIn) -> None:
    clerk = sign_in(bench.world.people["vanthu"])
    answer = clerk.get(reverse("certificates:signing"))
    assert answer.status_code == 403
    assert "không có quyền" in answer.content.decode()


def test_stamps_are_received_handed_out_and_spoilt_on_the_screen(bench: Bench, sign_in: SignIn) -> None:
    clerk = sign_in(bench.world.people["vanthu"])
    roll = {"series": "22D", "first": "1", "last": "4", "received_on": "2022-04-02", "key": "r"}
    assert clerk.post(reverse("certificates:receive"), roll).status_code == 302
    again = clerk.post(reverse("certificates:receive"), roll | {"key": "r2"})
    assert again.status_code == 422
    assert "trùng với dải đã nhập" in again.content.decode()
    assert 'value="22D"' in again.content.decode()
    binh = bench.world.people["kdv.binh"]
    out = {"to": str(binh.pk), "count": "2", "key": "h"}
    assert clerk.post(reverse("certificates:hand_out"), out).status_code == 302
    assert binh.stamps.count() == 2
    spoilt = {"number": "22d.00001", "reason": "In mờ", "key": "d"}
    assert clerk.post(reverse("certificates:damage"), spoilt).status_code == 302
    assert Stamp.objects.get(number="22D.00001").state == "damaged"
    unknown = clerk.post(reverse("certificates:damage"), spoilt | {"number": "99Z.1", "key": "e"})
    assert unknown.status_code == 422
    shown = page_of(clerk, "stamps", so="22D")
    assert "22D.00001" in shown
    assert ">22C.00009<" not in shown


def test_who_may_only_see_stamps_gets_no_forms(bench: Bench, sign_in: SignIn) -> None:
    verifier = sign_in(bench.world.people["kdv.an"])
    assert "Nhận tem từ nhà in" not in page_of(verifier, "stamps")
    answer = verifier.post(
        reverse("certificates:receive"),
        {"series": "X", "first": "1", "last": "2", "received_on": "2022-04-02"},
    )
    assert answer.status_code == 403
    assert "không có quyền" in answer.content.decode()
    assert not StampBatch.objects.filter(series="X").exists()


def test_a_stamp_leads_to_its_certificate(bench: Bench, head: Client) -> None:
    outcome = bench.issued()
    assert f'href="/chung-nhan/{outcome.pk}/"' in page_of(head, "stamps", state="used")

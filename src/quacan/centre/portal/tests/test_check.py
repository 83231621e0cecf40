"""The public check: one answer for anybody with a phone, and nothing of the customer."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from quacan.centre.base import store
from quacan.centre.certificates.actions import revoke_outcome
from quacan.centre.certificates.models import Outcome
from quacan.centre.certificates.tests.conftest import CUSTOMER, Bench, bench
from quacan.centre.portal.rules import ANSWERS, LOOKUPS, answer

__all__ = ["bench"]  # a fixture of the department below

IN_FORCE = date(2022, 6, 1)


@pytest.fixture(autouse=True)
def _the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quacan.centre.portal.views.today", lambda: IN_FORCE)


def shown(client: Client, asked: str, status: int = 200, **query: str) -> str:
    response = client.get(reverse("portal:check", args=[asked]), query)
    assert response.status_code == status
    return response.content.decode()


def test_a_certificate_in_force_by_code_and_by_number(bench: Bench, client: Client) -> None:
    outcome = bench.issued()

    for asked in (outcome.check_code, "V22.00001"):
        page = shown(client, asked)
        assert "<h1>Còn hiệu lực</h1>" in page
        for words in ("HA-001", "Huyết áp kế lò xo", "Trung tâm Ứng dụng", "31/05/2023", "22C.00001"):
            assert words in page
        assert "Nguyên vẹn" in page
        printed = outcome.document.snapshot_sha256
        assert f"{printed[:4]} {printed[4:8]} {printed[8:12]}" in page


def test_the_customer_is_nowhere(bench: Bench, client: Client) -> None:
    outcome = bench.issued()
    owner = outcome.instrument.owner
    page = shown(client, outcome.check_code)
    for private in (CUSTOMER, owner.name, "Số 2 phố Mẫu", "kdv.an", "Hoàng Văn An", "PK22"):
        assert private not in page


def test_every_standing_has_its_answer(bench: Bench, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    passed, failed = bench.issued(0), bench.issued(1, off_by=40)
    assert "<h1>Không đạt</h1>" in shown(client, failed.check_code)
    assert "Thông báo số" in shown(client, failed.number)
    newer = bench.replaced(passed, off_by=0)
    old = shown(client, passed.check_code)
    assert "<h1>Đã được thay thế</h1>" in old
    assert newer.number in old
    assert newer.check_code in old
    revoke_outcome(bench.world.act("giamdoc", on=date(2022, 5, 30), reason="Sai"), newer)
    revoked = shown(client, newer.check_code)
    assert "<h1>Đã bị thu hồi</h1>" in revoked
    third = bench.issued(2)
    monkeypatch.setattr("quacan.centre.portal.views.today", lambda: date(2023, 6, 1))
    assert "<h1>Hết thời hạn</h1>" in shown(client, third.check_code)


def test_a_changed_file_never_reads_as_valid(bench: Bench, client: Client) -> None:
    outcome = bench.issued()
    store.path_of(outcome.document.files.get().sha256).write_bytes(b"forged")

    page = shown(client, outcome.check_code)

    assert "<h1>Còn hiệu lực</h1>" not in page
    assert "<h1>Chưa xác nhận được</h1>" in page
    assert answer("valid", file_whole=False) == ANSWERS["broken"]


def test_an_unknown_number_is_a_clear_page(client: Client, db: None) -> None:
    for asked in ("V99.00001", "<script>", "x" * 300, "17/TB-KĐ.1999"):
        page = shown(client, asked, status=404)
        assert "Không có chứng nhận này" in page
        assert "<script>" not in page


def test_a_number_with_a_slash_is_found(bench: Bench, client: Client) -> None:
    failed = bench.issued(off_by=40)
    response = client.get(reverse("portal:ask"), {"ma": failed.number}, follow=True)
    assert "<h1>Không đạt</h1>" in response.content.decode()


def test_the_same_number_of_two_houses_asks_which(bench: Bench, client: Client) -> None:
    first, second = bench.issued(0), bench.issued(1)
    Outcome.objects.filter(pk=second.pk).update(number=first.number, organisation=bench.world.rival)

    page = shown(client, first.number)

    assert "Số này có ở nhiều tổ chức" in page
    assert first.check_code in page
    assert second.check_code in page
    assert bench.world.rival.name in page


def test_the_page_speaks_english_when_its_address_says_so(bench: Bench, client: Client) -> None:
    outcome = bench.issued()
    english = client.get(reverse("portal:check", args=[outcome.check_code]), {"lang": "en"})
    assert english["Content-Language"] == "en"
    assert '<html lang="en">' in english.content.decode()
    vietnamese = client.get(
        reverse("portal:check", args=[outcome.check_code]), {"lang": "vi"}, headers={"Accept-Language": "en"}
    )
    assert '<html lang="vi">' in vietnamese.content.decode()


def test_it_is_small_and_leaves_nothing_behind(bench: Bench, client: Client) -> None:
    from django.contrib.staticfiles import finders

    outcome = bench.issued()
    response = client.get(reverse("portal:check", args=[outcome.check_code]))

    page = response.content.decode()
    assert "<script" not in page
    files = [finders.find(name) for name in ("portal/check.css", "quacan/mark.svg")]
    size = len(response.content) + sum(Path(str(file)).stat().st_size for file in files)
    assert size < 40_000
    assert page.count("<link rel") == 2
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_an_address_that_asks_too_often_waits(client: Client, db: None, settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    for _look in range(LOOKUPS):
        shown(client, "V99.00001", status=404)
    response = client.get(reverse("portal:check", args=["V99.00001"]))
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert client.get(reverse("portal:ask")).status_code == 200
    elsewhere = client.get(reverse("portal:check", args=["V99.00001"]), REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 404


def test_the_form_asks_and_finds(bench: Bench, client: Client) -> None:
    outcome = bench.issued()
    assert 'name="ma"' in client.get(reverse("portal:ask")).content.decode()
    response = client.get(reverse("portal:ask"), {"ma": f" {outcome.number} ", "lang": "en"})
    assert response["Location"] == f"/kiem-tra/{outcome.number}?lang=en"

"""Forty electricity meters in the browser: given out, opened as a batch, read from a file, checked, signed."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import pytest
from playwright.sync_api import Page, expect

from tests.browser import working
from tests.browser.visiting import Visitor
from tests.browser.working import Work

pytestmark = pytest.mark.browser

SERIALS = [f"NL{number:06d}" for number in range(120_441, 120_481)]
HEAD = ("Số máy", "E 0,25A", "E 0,5A", "E 5A", "E 30A", "E 60A", "E 5A 0,5L", "E 60A 0,5L")


def readings() -> list[list[str]]:
    """This will give what the bench read of forty good meters."""
    chance = random.Random(41)
    rows = []
    for serial in SERIALS:
        errors = [f"{chance.uniform(-1.2, 1.2):.2f}".replace(".", ",") for _cell in HEAD[1:]]
        rows.append([serial, *errors])
    return rows


def story() -> list[list[str]]:
    """Two beyond their limit, one serial nobody knows, one value missing."""
    rows = readings()
    rows[4][3], rows[17][1] = "-2,31", "2,60"
    rows[29][0] = "NL999999"
    rows[35][5] = ""
    return rows


def upload(page: Page, name: str, rows: Sequence[Sequence[str]]) -> None:
    """This will send a bench's file as Vietnamese Excel writes it."""
    content = "\r\n".join(";".join(row) for row in [HEAD, *rows]).encode("utf-8-sig")
    page.set_input_files("#bench-file", {"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Nhập tệp").click()
    page.wait_for_url(re.compile(r"/kiem-dinh/lo/tep/\d+/$"))


def decide(page: Page) -> None:
    """This will take the bench's remembered columns and state the weather of the day."""
    expect(page.locator("main")).to_contain_text("lần trước của bàn này")
    for name, text in {"temperature": "23,4", "humidity": "61"}.items():
        for moment in ("start", "end"):
            page.locator(f'[name="condition:{name}/{moment}"]').fill(text)
    page.get_by_role("button", name="Tính kết luận").click()
    expect(page.get_by_role("button", name="Ghi vào phiếu")).to_be_visible()


def tiles(page: Page) -> dict[str, str]:
    """This will read the figures on top of a page."""
    names, values = (page.locator(f".tile .{part}").all_inner_texts() for part in ("name", "value"))
    return dict(zip(names, values, strict=True))


def give_out(page: Page) -> str:
    """This will order the forty meters of the contract that nobody was given yet."""
    page.goto("/hop-dong/?q=nam+lin")
    page.locator("main a[data-row]").first.click()
    page.get_by_role("link", name="Giao việc").first.click()
    working.choose(page.locator("select[name=performer]").first, "Nông Thị Bích Vân")
    for serial in SERIALS:
        page.get_by_role("row").filter(has_text=serial).get_by_role("checkbox").check()
    page.get_by_role("button", name="Lập phiếu việc").click()
    page.wait_for_url(re.compile(r"/phieu-viec/\d+/$"))
    return page.url


def test_forty_meters_from_the_order_to_a_signature(visitor: Visitor) -> None:
    order = give_out(visitor.page("nghia"))
    van = visitor.page("van")
    van.goto(order)
    van.get_by_role("link", name="Mở lô trên bàn kiểm").click()
    van.get_by_role("button", name="Mở lô").click()
    van.wait_for_url(re.compile(r"/kiem-dinh/lo/\d+/$"))
    batch = van.url
    assert tiles(van)["Đang đo"] == "40"

    upload(van, "ban-40.csv", story())
    decide(van)
    assert {name: tiles(van)[name] for name in ("Đạt", "Không đạt", "Chưa đủ căn cứ")} == {
        "Đạt": "36",
        "Không đạt": "2",
        "Chưa đủ căn cứ": "3",
    }
    rows = van.locator("tbody tr")
    expect(rows.nth(0)).to_contain_text(SERIALS[17])
    expect(rows.nth(1)).to_contain_text(SERIALS[4])
    expect(van.locator("main")).to_contain_text("lô không có phương tiện số máy “NL999999”")
    expect(van.locator("main")).to_contain_text("Hàng 37: cột “E 60A” trống")
    expect(van.locator(".histogram svg")).to_have_count(5)
    van.get_by_role("button", name="Ghi vào phiếu").click()
    van.wait_for_url(batch)
    van.get_by_role("button", name="Gửi soát xét cả lô").click()
    expect(van.locator("main")).to_contain_text("38 phiếu chuyển sang “Chờ soát xét”")
    assert tiles(van)["Đang đo"] == "2"

    completed = readings()
    completed[4][3], completed[17][1] = "-2,31", "2,60"
    upload(van, "ban-40-du.csv", completed)
    decide(van)
    assert tiles(van)["Chưa đủ căn cứ"].startswith("0")
    van.get_by_role("button", name="Ghi vào phiếu").click()
    van.wait_for_url(batch)
    van.get_by_role("button", name="Gửi soát xét cả lô").click()
    expect(van.locator("main")).to_contain_text("2 phiếu chuyển sang “Chờ soát xét”")

    head = visitor.page("nghia")
    head.goto(batch)
    head.locator("#leave").fill("7")
    head.locator("#leave-reason").fill("Xem lại tiếp điểm của vị trí 7")
    head.get_by_role("button", name="Duyệt lô").click()
    expect(head.locator("main")).to_contain_text("39 phiếu chuyển sang “Đã soát xét”")
    returned = head.get_by_role("row").filter(has_text=SERIALS[6])
    expect(returned).to_contain_text("Đang đo")

    work = Work(SERIALS[0])
    working.sign(visitor.page("phuong"), work)
    certificate = visitor.page("phuong")
    certificate.goto(work.outcome)
    expect(certificate.locator("main")).to_contain_text(SERIALS[0])


def test_a_file_that_is_none_says_why(visitor: Visitor) -> None:
    van = visitor.page("van")
    van.goto("/kiem-dinh/lo/")
    van.locator("main a[data-row]").last.click()
    van.set_input_files(
        "#bench-file", {"name": "anh.csv", "mimeType": "text/csv", "buffer": b"\x89PNG\x00\x01"}
    )
    visitor.forgiven.append("422")
    van.get_by_role("button", name="Nhập tệp").click()
    expect(van.locator("main [role=alert]")).to_contain_text(
        "“anh.csv” không phải tệp CSV, TXT hay bảng tính"
    )

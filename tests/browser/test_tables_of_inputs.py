"""Tables of inputs in the browser: the keyboard, a block from a spreadsheet, sums, choosing all."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visiting import Visitor

pytestmark = pytest.mark.browser

PASTE = """([selector, text]) => {
  const cell = document.querySelector(selector);
  cell.focus();
  const data = new DataTransfer();
  data.setData('text/plain', text);
  cell.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def _new_contract(page: Page) -> None:
    page.goto("/hop-dong/moi/")
    page.get_by_label("Khách hàng, đối tượng").fill("xang dau")
    page.locator("#party-choices a").filter(has_text="Xăng dầu").first.click()
    page.wait_for_load_state("networkidle")


def _signed_contract(page: Page) -> None:
    _new_contract(page)
    row = page.locator("#lines tbody tr").first
    row.locator("[name=kind_code]").select_option("FLO-01")
    row.locator("[name=quantity]").fill("50")
    row.locator("[name=unit_price]").fill("150.000")
    page.get_by_role("button", name="Lưu dự thảo").click()
    page.locator("summary", has_text="Xem xét yêu cầu").click()
    page.get_by_role("button", name="Ghi kết quả xem xét").click()
    page.locator("summary", has_text="Ký hợp đồng").click()
    page.get_by_role("button", name="Ký và cấp số").click()


def test_a_contract_is_typed_without_the_mouse(visitor: Visitor) -> None:
    page = visitor.page("yen")
    _new_contract(page)
    row = page.locator("#lines tbody tr")
    row.first.locator("[name=kind_code]").select_option("FLO-01")
    row.first.locator("[name=quantity]").fill("3")
    row.first.locator("[name=unit_price]").fill("150.000")
    expect(page.locator("[data-total]")).to_have_text("450.000")

    page.keyboard.press("Enter")
    expect(row).to_have_count(2)
    expect(row.nth(1).locator("[name=unit_price]")).to_be_focused()
    page.keyboard.type("20000")
    page.keyboard.press("ArrowUp")
    expect(row.first.locator("[name=unit_price]")).to_be_focused()


def test_a_block_from_a_spreadsheet_fills_rows_and_wrong_lines_keep_their_text(visitor: Visitor) -> None:
    visitor.forgiven.append("422 ")
    page = visitor.page("yen")
    _new_contract(page)
    page.evaluate(PASTE, ["#lines [name=description]", "Cân A\t3\t10.000\nCân B\t4\t20.000\n"])
    rows = page.locator("#lines tbody tr")
    expect(rows).to_have_count(2)
    expect(page.locator("[data-total]")).to_have_text("110.000")

    page.get_by_role("button", name="Lưu dự thảo").click()
    expect(page.get_by_text("chưa chọn loại phương tiện đo", exact=True)).to_be_visible()
    expect(rows.nth(1).locator("[name=description]")).to_have_value("Cân B")
    rows.nth(1).get_by_role("button", name="Bỏ dòng").click()
    expect(rows).to_have_count(1)
    expect(page.locator("[data-total]")).to_have_text("30.000")


def test_an_order_counts_what_is_chosen_and_takes_a_new_instrument(visitor: Visitor) -> None:
    page = visitor.page("yen")
    _signed_contract(page)
    page.get_by_role("link", name="Giao việc").click()
    group = page.locator("[data-choices]").first
    boxes = group.locator("[data-choose]:not(:disabled)")
    before = boxes.count()
    group.get_by_label("Chọn tất cả").check()
    expect(group.locator("[data-chosen]")).to_have_text(str(before))
    group.get_by_label("Chọn tất cả").uncheck()
    expect(group.locator("[data-chosen]")).to_have_text("0")

    group.locator("details").evaluate("details => (details.open = true)")
    group.get_by_label("Số hiệu", exact=True).fill("THU-BROWSER-1")
    group.get_by_role("button", name="Thêm và chọn").click()
    expect(boxes).to_have_count(before + 1)
    expect(group.locator("[data-chosen]")).to_have_text("1")
    group.get_by_label("Lọc trong bảng").fill("thu-browser")
    expect(group.locator("tbody tr:visible")).to_have_count(1)


def test_a_known_party_is_told_while_its_name_is_typed(visitor: Visitor) -> None:
    page = visitor.page("yen")
    page.goto("/doi-tuong/")
    name = page.locator("main a[data-row]").first.inner_text()
    page.goto("/doi-tuong/moi/")
    page.get_by_label(re.compile("Tên đối tượng")).fill(name.lower())
    expect(page.get_by_text("Có thể đã có trong sổ:")).to_be_visible()

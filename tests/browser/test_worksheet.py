"""The bench by keyboard alone: arrows, Enter, a block from Excel, undo, a lost net, a small tablet."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visiting import Visitor

pytestmark = pytest.mark.browser

TABLET = {"width": 600, "height": 960}
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def draft_of(page: Page) -> None:
    """This will open a worksheet that its performer is still measuring."""
    page.goto("/kiem-dinh/?state=draft")
    target = page.locator("main table a[data-row]").first.get_attribute("href")
    assert target, "the demonstration has no worksheet being measured"
    page.goto(target)
    page.wait_for_load_state("networkidle")


def first_table(page: Page) -> Locator:
    """This will find the first table of typed numbers with at least three rows."""
    tables = page.locator("table.points").filter(has=page.locator("tr:nth-child(3) input[data-cell]"))
    return tables.first


def cells(table: Locator) -> list[str]:
    return [one.input_value() for one in table.locator("input[data-cell]").all()]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.dataset.cell ?? ''"))


def test_the_keyboard_of_a_spreadsheet(visitor: Visitor) -> None:
    page = visitor.page("van")
    draft_of(page)
    table = first_table(page)
    inputs = table.locator("input[data-cell]")
    width = table.locator("tbody tr").nth(1).locator("input[data-cell]").count()
    before = cells(table)
    inputs.first.focus()
    page.keyboard.type("1,5")
    page.keyboard.press("Enter")
    assert focused(page) == inputs.nth(width).get_attribute("data-cell")
    expect(page.locator("#saved")).to_contain_text("Đã lưu")
    expect(page.locator("[data-pending]")).to_have_count(0)
    page.keyboard.press("ArrowUp")
    assert focused(page) == inputs.first.get_attribute("data-cell")
    page.keyboard.press("Control+z")
    assert cells(table) == before
    page.evaluate(PASTE, "7,1\t7,2\n7,3\t7,4\n7,5\t7,6" if width > 1 else "7,1\n7,3\n7,5")
    pasted = cells(table)
    assert (pasted[0], pasted[width], pasted[2 * width]) == ("7,1", "7,3", "7,5")
    page.keyboard.press("Control+z")
    assert cells(table) == before
    page.keyboard.press("Control+y")
    assert cells(table) == pasted
    page.keyboard.press("Control+z")
    expect(page.locator("#unsent")).to_be_hidden()
    page.reload()
    assert cells(first_table(page)) == before


def test_what_could_not_be_sent_is_counted_and_sent_later(visitor: Visitor) -> None:
    visitor.forgiven.append("ERR_INTERNET_DISCONNECTED")
    page = visitor.page("van")
    draft_of(page)
    field = first_table(page).locator("input[data-cell]").first
    before = field.input_value()
    page.context.set_offline(True)
    field.fill("3,25")
    field.press("Enter")
    expect(page.locator("#unsent")).to_have_text("1 ô chưa gửi")
    expect(page.locator("#saved")).to_contain_text("Mất kết nối")
    page.context.set_offline(False)
    expect(page.locator("#unsent")).to_be_hidden()
    page.reload()
    field = first_table(page).locator("input[data-cell]").first
    assert field.input_value() == "3,25"
    field.fill(before)
    field.press("Enter")
    expect(page.locator("#unsent")).to_be_hidden()


def test_a_small_tablet_shows_the_verdict_of_every_row(visitor: Visitor) -> None:
    page = visitor.page("van", size=TABLET)
    draft_of(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    table = first_table(page)
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= TABLET["width"]

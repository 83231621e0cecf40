"""The worksheet under the fingers: kept while the net is away, undone with Ctrl-Z, walked with the arrows."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visiting import Visitor

pytestmark = pytest.mark.browser
EMPTY = "[data-cell='repeatability.1.4.indication']"


@pytest.fixture
def bench(visitor: Visitor) -> Page:
    """The half-filled worksheet of the demonstration, on its verifier's screen."""
    page = visitor.page("van")
    page.goto("/kiem-dinh/?state=draft")
    for href in page.eval_on_selector_all("main table a[data-row]", "all => all.map(one => one.href)"):
        page.goto(href)
        if page.locator(EMPTY).count() and page.locator(".missing-text").count():
            return page
    raise AssertionError("the demonstration has no worksheet with readings missing")


def test_typing_goes_on_without_the_net_and_is_sent_when_it_returns(visitor: Visitor, bench: Page) -> None:
    visitor.forgiven.append("ERR_INTERNET_DISCONNECTED")
    cell = bench.locator(EMPTY)
    before = cell.input_value()
    bench.context.set_offline(True)
    cell.fill("40000")
    unsent = bench.locator("#unsent")
    expect(unsent).to_contain_text("1 ô chưa gửi")
    expect(bench.locator("#saved")).to_contain_text("Mất kết nối")
    bench.context.set_offline(False)
    expect(unsent).to_be_hidden(timeout=15_000)
    expect(bench.locator("#saved")).to_contain_text("Đã lưu")
    bench.reload()
    expect(bench.locator(EMPTY)).to_have_value("40000")
    bench.locator(EMPTY).fill(before)
    expect(bench.locator("#saved")).to_contain_text("Đã lưu")


def test_a_browser_closed_without_the_net_finds_its_readings_again(visitor: Visitor, bench: Page) -> None:
    visitor.forgiven.append("ERR_INTERNET_DISCONNECTED")
    address = bench.url
    bench.context.set_offline(True)
    bench.locator(EMPTY).fill("40020")
    expect(bench.locator("#unsent")).to_contain_text("1 ô chưa gửi")
    bench.on("dialog", lambda dialog: dialog.accept())
    bench.close(run_before_unload=False)
    visitor.contexts[-1].set_offline(False)
    again = visitor.contexts[-1].new_page()
    again.goto(address)
    expect(again.locator(EMPTY)).to_have_value("40020")
    expect(again.locator("#unsent")).to_be_hidden()
    again.reload()
    expect(again.locator(EMPTY)).to_have_value("40020")
    again.locator(EMPTY).fill("")
    expect(again.locator("#saved")).to_contain_text("Đã lưu")


def test_a_bad_reading_decides_at_once_and_ctrl_z_takes_it_back(bench: Page) -> None:
    cell = bench.locator("[data-cell='accuracy_up.3.indication']")
    good = cell.input_value()
    cell.click()
    cell.press_sequentially("25000")
    conclusion = bench.locator("section.conclusion")
    expect(conclusion.locator(".verdict.fail").first).to_be_visible()
    cell.press("Control+z")
    expect(cell).to_have_value(good)
    expect(conclusion.locator(".verdict.fail")).to_have_count(0)
    cell.press("ArrowDown")
    expect(bench.locator("[data-cell='accuracy_up.4.indication']")).to_be_focused()
    bench.keyboard.press("Shift+Enter")
    expect(cell).to_be_focused()

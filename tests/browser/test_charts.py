"""Charts on their pages: the width that fits is shown, in the page's own colours, and a chart can be taken along."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import ROW
from tests.browser.test_every_page import CONTRAST, RULES, WIDE_ONES, refuse_violations
from tests.browser.visiting import PHONE, Visitor

pytestmark = pytest.mark.browser

PLACES = {
    "year": ("phuong", "/", ()),
    "drift": ("nghia", "/chuan/", (ROW, "a[href$='/do-troi/']")),
    "checks": ("nghia", "/chuan/", (ROW, "a[href$='/kiem-tra/']")),
    "environment": (
        "nghia",
        "/moi-truong/",
        ("main a[data-row]:has-text('P-CAN')", "a[aria-label='Kỳ trước']"),
    ),
}
INK = "() => getComputedStyle(document.querySelector('.drawing text')).fill"


def opened(visitor: Visitor, name: str) -> Page:
    who, href, follow = PLACES[name]
    page = visitor.page(who)
    page.goto(href)
    for link in follow:
        found = page.locator(link).first.get_attribute("href") or ""
        page.goto(found if found.startswith("/") else page.url.partition("?")[0] + found)
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("name", PLACES)
def test_everybody_can_read_a_chart(visitor: Visitor, name: str) -> None:
    page = opened(visitor, name)
    drawing = page.locator(".drawing").first
    expect(drawing.locator("svg[role=img]:visible")).to_have_count(1)
    light = page.evaluate(INK)
    refuse_violations(page, RULES, "light")  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(INK) != light, "colours follow the page"
    refuse_violations(page, CONTRAST, "dark")  # type: ignore[arg-type]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    expect(drawing.locator("svg[role=img]:visible")).to_have_count(1)
    expect(drawing.locator(".narrow svg")).to_be_visible()
    assert page.evaluate(WIDE_ONES) == []


def test_a_chart_can_be_taken_along_and_read_as_a_table(visitor: Visitor) -> None:
    page = opened(visitor, "drift")
    drawing = page.locator(".drawing").first
    drawing.get_by_text("Số liệu của hình").click()
    expect(drawing.locator("td").first).to_have_text(re.compile(r"\d\d/\d\d/\d{4}"))
    with page.expect_download() as taken:
        drawing.get_by_text("Tải hình").click()
    assert taken.value.suggested_filename.endswith(".svg")
    text = taken.value.path().read_text("utf-8")
    assert text.startswith("<svg")
    assert "var(" not in text

"""Figures are doors: from the number a director reads aloud down to the reading a verifier typed."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visiting import Visitor

pytestmark = pytest.mark.browser
REPORT = "/bao-cao/TTUD-CB/2022-H1/"


def test_a_director_walks_from_515_to_a_reading(visitor: Visitor) -> None:
    page = visitor.page("phuong")
    page.goto("/bao-cao/?period=2022-H1")
    page.locator(f"main a[href='{REPORT}']").first.click()
    page.locator("main").get_by_role("link", name="515", exact=True).first.click()
    drawer = page.locator("#drawer-content")
    expect(drawer.locator(".figure")).to_contain_text("515")
    expect(drawer).to_contain_text("498")
    drawer.get_by_role("link", name=re.compile(r"không đạt\s*17")).click()
    expect(drawer.locator("ul.entries li")).to_have_count(17)
    drawer.locator("ul.entries a").first.click()
    sheet = drawer.locator("a[href^='/kiem-dinh/']").first
    expect(sheet).to_be_visible()
    sheet.click()
    page.wait_for_url(re.compile(r"/kiem-dinh/\d+/"))
    expect(page.locator("section.conclusion .verdict.fail").first).to_be_visible()
    expect(page.locator("tr.over td.in .was").first).to_have_text(re.compile(r"\d"))


def test_the_same_walk_works_without_the_drawer(visitor: Visitor) -> None:
    page = visitor.page("khang")
    page.goto(f"{REPORT}chi-tieu/verification.failed/")
    expect(page.locator(".figure")).to_contain_text("17")
    page.locator("ul.entries a").first.click()
    expect(page.locator("main")).to_contain_text("PK22.")


def test_the_report_comes_as_word_pdf_and_excel(visitor: Visitor) -> None:
    page = visitor.page("phuong")
    page.goto(REPORT)
    for name, begins in (("Word", b"PK"), ("PDF", b"%PDF"), ("Excel", b"PK")):
        href = page.get_by_role("link", name=name, exact=True).get_attribute("href")
        answer = page.request.get(href or "")
        assert answer.ok
        assert answer.body().startswith(begins)

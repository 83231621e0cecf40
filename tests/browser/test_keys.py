"""The keyboard everywhere: find anything without diacritics, see the keys, walk a list."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visiting import Visitor

pytestmark = pytest.mark.browser


def test_ctrl_k_finds_a_customer_without_diacritics(visitor: Visitor) -> None:
    page = visitor.page("yen")
    page.goto("/")
    page.keyboard.press("Control+k")
    box = page.locator("dialog#search")
    expect(box).to_be_visible()
    page.keyboard.type("xang dau suoi le")
    expect(box.locator("#found")).to_contain_text("Công ty TNHH Xăng dầu Suối Lê")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/doi-tuong/\d+/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Suối Lê")


def test_what_one_may_not_see_is_not_found(visitor: Visitor) -> None:
    page = visitor.page("thanh")
    page.goto("/tim/?q=V22.00001")
    expect(page.locator("main a[href^='/chung-nhan/']")).to_have_count(0)


def test_the_question_mark_shows_the_keys_and_escape_hides_them(visitor: Visitor) -> None:
    page = visitor.page("van")
    page.goto("/")
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog#keys")).to_be_hidden()


def test_a_list_is_walked_and_opened_by_keys(visitor: Visitor) -> None:
    page = visitor.page("yen")
    page.goto("/doi-tuong/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("main a[data-row]").nth(1)
    expect(second).to_be_focused()
    name = second.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    page.keyboard.press("g")
    page.keyboard.press("h")
    expect(page).to_have_url(f"{visitor.address}/")


def test_the_skip_link_comes_first(visitor: Visitor) -> None:
    page = visitor.page("van")
    page.goto("/chuan/")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_light_and_language_are_remembered(visitor: Visitor) -> None:
    page = visitor.page("vinh")
    page.goto("/chuan/")
    page.locator("button.me").click()
    page.get_by_role("button", name="Tối").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator("button.me").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url(f"{visitor.address}/chuan/")


def test_the_columns_of_a_list_are_chosen_and_remembered(visitor: Visitor) -> None:
    page = visitor.page("yen")
    page.goto("/kiem-dinh/")
    head = page.get_by_role("columnheader", name="Người đo")
    expect(head).to_be_visible()
    page.locator(".column-choice summary").click()
    page.get_by_role("checkbox", name="Người đo").uncheck()
    expect(head).to_be_hidden()
    page.reload()
    expect(page.get_by_role("columnheader", name="Số phiếu")).to_be_visible()
    expect(head).to_be_hidden()
    page.locator(".column-choice summary").click()
    page.get_by_role("checkbox", name="Người đo").check()
    expect(head).to_be_visible()

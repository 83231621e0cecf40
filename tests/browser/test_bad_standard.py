"""A standard turns out to have been wrong: what it touched is worked out, customers get drafts, people get work."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_vertical import today
from tests.browser.visiting import Visitor

pytestmark = pytest.mark.browser
WEIGHTS = "QC-M1"


def number(text: str) -> int:
    """This will read the first whole number of a text."""
    found = re.search(r"\d[\d.]*", text)
    assert found, text
    return int(found.group().replace(".", ""))


def fact(page: Page, name: str) -> int:
    """This will read one of the figures beside the words of a simulation."""
    label = page.locator("main dt").get_by_text(name, exact=True)
    return number(label.locator("xpath=following-sibling::dd[1]").inner_text())


def ask(page: Page, deviation: str) -> None:
    """This will ask what follows if the weights had been off by so many grams for a year, and wait for the answer."""
    page.goto("/chat-luong/mo-phong/moi/")
    box = page.locator("select[name=standard]")
    label = box.locator("option").filter(has_text=WEIGHTS).first.inner_text()
    box.select_option(label=label)
    page.locator("[name=deviation]").fill(deviation)
    page.locator("[name=unit]").fill("g")
    page.locator("[name=from_on]").fill(f"{today() - timedelta(days=365):%Y-%m-%d}")
    page.locator("[name=explanation]").fill("Hiệu chuẩn lại cho giá trị khác giấy chứng nhận")
    page.get_by_role("button", name="Tính", exact=True).click()
    expect(page.get_by_role("link", name="Mở điểm không phù hợp")).to_be_visible(timeout=60_000)


def test_a_wrong_standard_is_followed_to_its_customers(visitor: Visitor) -> None:
    page = visitor.page("nhung")
    ask(page, "5")
    told = fact(page, "Khách hàng phải báo")
    assert fact(page, "Phiếu") >= fact(page, "Phải xem xét lại") >= told >= 1
    assert fact(page, "Khách hàng") >= told
    expect(page.locator("main table tbody tr.late").first).to_be_visible()
    page.get_by_role("link", name="Mở điểm không phù hợp").click()
    drafts = page.locator("section.panel", has_text="Khách hàng sẽ có dự thảo thông báo")
    expect(drafts.locator("tbody tr")).to_have_count(told)
    page.locator("[name=working_days]").fill("5")
    page.get_by_role("button", name="Mở và giao việc").click()
    page.wait_for_url(re.compile(r"/chat-luong/khong-phu-hop/\d+/$"))
    number_given = page.get_by_role("heading", level=1).inner_text()
    rows = page.locator("main table tbody tr").filter(has_text="Chưa làm")
    expect(rows).to_have_count(told)
    customer = rows.first.locator("td").first.inner_text()
    rows.first.get_by_role("link", name="Mở dự thảo").click()
    expect(page.locator("main")).to_contain_text(customer)
    expect(page.locator("main")).to_contain_text(WEIGHTS)
    head = visitor.page("nghia")
    head.goto("/")
    expect(head.locator("main")).to_contain_text(number_given)


def test_swapped_days_and_words_for_a_deviation_are_refused_with_everything_kept(visitor: Visitor) -> None:
    visitor.forgiven.append("422")
    page = visitor.page("nhung")
    page.goto("/chat-luong/mo-phong/moi/")
    page.locator("[name=deviation]").fill("năm gam")
    page.locator("[name=unit]").fill("g")
    page.locator("[name=from_on]").fill(f"{today():%Y-%m-%d}")
    page.locator("[name=to_on]").fill(f"{today() - timedelta(days=9):%Y-%m-%d}")
    page.locator("[name=explanation]").fill("Thử")
    page.get_by_role("button", name="Tính", exact=True).click()
    expect(page.locator("main")).to_contain_text("năm gam")
    expect(page.locator("[name=deviation]")).to_have_value("năm gam")
    page.locator("[name=deviation]").fill("5")
    page.get_by_role("button", name="Tính", exact=True).click()
    expect(page.locator("main")).to_contain_text("trước ngày bắt đầu")
    expect(page.locator("[name=deviation]")).to_have_value("5")

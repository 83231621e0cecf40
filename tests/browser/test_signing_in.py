"""The door: a right password, a wrong one, too many wrong ones, and leaving."""

import pytest
from playwright.sync_api import expect

from tests.browser.visiting import Visitor, enter

pytestmark = pytest.mark.browser


def test_a_person_signs_in_lands_on_today_and_signs_out(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/hop-dong/")
    expect(page).to_have_url(f"{visitor.address}/dang-nhap/?next=/hop-dong/")
    enter(page, "trung")
    expect(page).to_have_url(f"{visitor.address}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.locator("button.me").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_label("Tên đăng nhập")).to_be_visible()
    page.goto("/")
    expect(page).to_have_url(f"{visitor.address}/dang-nhap/?next=/")


def test_the_page_asked_for_opens_after_signing_in(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/chuan/")
    page.get_by_label("Tên đăng nhập").fill("nhung")
    page.get_by_label("Mật khẩu").fill("can-dung-tung-gam")
    page.get_by_label("Mật khẩu").press("Enter")
    expect(page).to_have_url(f"{visitor.address}/chuan/")


def test_a_wrong_password_is_said_and_five_close_the_door(visitor: Visitor) -> None:
    visitor.forgiven.append("429 ")
    page = visitor.page()
    enter(page, "khang", "sai-mat-khau-roi")
    expect(page.get_by_role("alert")).to_contain_text("mật khẩu")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("khang")
    for _attempt in range(4):
        enter(page, "khang", "sai-mat-khau-roi")
    expect(page.get_by_role("heading", name="Tạm khóa đăng nhập")).to_be_visible()
    enter(page, "khang")
    expect(page.get_by_role("heading", name="Tạm khóa đăng nhập")).to_be_visible()
    enter(page, "thanh")
    expect(page.locator("button.me")).to_contain_text("Đinh Công Thành")

"""The watch itself: what it must notice, it notices."""

import pytest

from tests.browser.test_every_page import CONTRAST, RULES, WIDE_ONES, refuse_violations
from tests.browser.visiting import PHONE, Visitor

pytestmark = pytest.mark.browser


def take(visitor: Visitor) -> str:
    """This will give what was complained of and forget it."""
    found = "\n".join(visitor.complaints)
    visitor.complaints.clear()
    return found


def test_a_request_that_leaves_the_house_is_noticed(visitor: Visitor) -> None:
    page = visitor.page()
    page.context.route("http://192.0.2.1/**", lambda route: route.abort())
    page.set_content("<img alt='' src='http://192.0.2.1/pixel.png'>")
    page.wait_for_load_state("networkidle")
    assert "a request left the house: http://192.0.2.1/pixel.png" in take(visitor)


def test_script_errors_and_broken_policies_are_noticed(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/dang-nhap/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    page.evaluate("setTimeout(() => { throw new Error('torn') })")
    page.wait_for_timeout(200)
    found = take(visitor)
    assert "Content Security Policy" in found
    assert "torn" in found


def test_pages_that_cannot_be_read_are_refused(visitor: Visitor) -> None:
    page = visitor.page()
    page.set_content("<main><h1>Đo</h1><img src='data:,'><p style='color:#bbb;background:#fff'>mờ</p></main>")
    for options in (RULES, CONTRAST):
        with pytest.raises(AssertionError, match=r"image-alt|color-contrast"):
            refuse_violations(page, options, "light")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate(WIDE_ONES) == []
    page.set_content("<main style='width:900px'>rộng</main>")
    assert page.evaluate(WIDE_ONES) != []
    take(visitor)

"""A tablet at the instrument: photos and seals beside the readings, an adjustment in the middle of the work."""

from __future__ import annotations

import struct
import zlib

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.test_worksheet import PASTE, cells, draft_of, first_table, focused
from tests.browser.visiting import Visitor

pytestmark = pytest.mark.browser

TABLET = {"width": 1024, "height": 600}
PHONE = {"width": 360, "height": 740}
SMALL = """() => [...document.querySelectorAll("main :is(a, button, input, select, summary, label.btn)")]
  .filter((one) => one.checkVisibility() && !["hidden", "radio", "checkbox", "file"].includes(one.type))
  .filter((one) => !one.matches(".revised, [data-lightbox], td a, th a, p a, dd a, .need a, .chain a"))
  .map((one) => [one.getBoundingClientRect().height, one])
  .filter(([height]) => height > 0 && height < 39.5)
  .map(([height, one]) => `${height} ${one.outerHTML.slice(0, 160)}`)"""


def picture(shade: int, name: str) -> FilePayload:
    """This will make a small picture that a browser draws."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 8, 6, 8, 0, 0, 0, 0)
    lines = zlib.compress((b"\0" + bytes([shade]) * 8) * 6)
    content = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")
    return {"name": name, "mimeType": "image/png", "buffer": content}


def drawn(image: Locator) -> bool:
    return bool(image.evaluate("one => one.decode().then(() => one.naturalWidth > 0, () => false)"))


def add_seal(page: Page, moment: str, position: str, *, condition: str = "", mark: str = "") -> None:
    form = page.locator("form.add-seal")
    form.locator("[name=moment]").select_option(moment)
    form.locator("[name=position]").fill(position)
    if condition:
        form.locator("[name=condition]").select_option(condition)
    form.locator("[name=mark]").fill(mark)
    form.locator("button[type=submit]").click()


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
def test_nothing_hangs_over_and_fingers_hit(visitor: Visitor, size: dict[str, int]) -> None:
    page = visitor.page("van", size=size)
    draft_of(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(SMALL) == []
    for table in page.locator("#bench table.readings").all():
        assert table.evaluate("one => one.scrollWidth - one.closest('.table-wrap').clientWidth") <= 1


def test_photos_and_seals_without_leaving_the_page(visitor: Visitor) -> None:
    page = visitor.page("van", size=TABLET)
    draft_of(page)
    typed = first_table(page).locator("input[data-cell]").first.input_value()
    before = page.locator(".shots li").count()
    page.locator("#photo-subject").select_option("plate")
    page.locator("#photo-caption").fill("Nhãn máy")
    page.locator("#photo-choose").set_input_files([picture(90, "a.png"), picture(160, "b.png")])
    expect(page.locator(".shots li")).to_have_count(before + 2)
    last = page.locator(".shots li").last
    last.scroll_into_view_if_needed()
    expect(last).to_contain_text("Nhãn máy")
    assert drawn(last.locator("img"))
    last.locator("a.shot").click()
    box = page.locator("#lightbox")
    expect(box).to_be_visible()
    assert drawn(box.locator("img"))
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    last.locator("summary").click()
    last.locator("[name=reason]").fill("Chụp nhầm máy")
    last.locator(".withdraw button").click()
    expect(page.locator(".shots li")).to_have_count(before + 1)
    place = "Nắp đáy, thử trong trình duyệt"
    add_seal(page, "found", place, condition="broken", mark="CB-0311")
    row = page.locator(".seal-table tr").filter(has_text=place)
    expect(row).to_contain_text("Đứt, rách")
    add_seal(page, "applied", place, mark="CB-0412")
    expect(row).to_contain_text("CB-0412")
    visitor.forgiven.append("status of 422")
    add_seal(page, "applied", place, mark="CB-0413")
    expect(page.locator("[data-evidence] .notice.fail")).to_contain_text("đã ghi")
    assert page.locator("#seal-position").input_value() == place
    assert first_table(page).locator("input[data-cell]").first.input_value() == typed
    assert page.locator("#seal-places option").count() >= 1


def test_a_photo_waits_for_the_net(visitor: Visitor) -> None:
    visitor.forgiven.append("ERR_INTERNET_DISCONNECTED")
    page = visitor.page("van", size=TABLET)
    draft_of(page)
    before = page.locator(".shots li").count()
    page.context.set_offline(True)
    page.locator("#photo-choose").set_input_files(picture(30, "c.png"))
    expect(page.locator("[data-told]")).to_contain_text("sẽ gửi khi có mạng")
    page.context.set_offline(False)
    expect(page.locator(".shots li")).to_have_count(before + 1)
    expect(page.locator("[data-told]")).to_be_empty()
    page.reload()
    expect(page.locator(".shots li")).to_have_count(before + 1)


def test_what_is_not_a_picture_is_refused_beside_the_form(visitor: Visitor) -> None:
    visitor.forgiven.append("status of 422")
    page = visitor.page("van", size=TABLET)
    draft_of(page)
    page.locator("#photo-choose").set_input_files(
        {"name": "bang-tinh.jpg", "mimeType": "image/jpeg", "buffer": b"PK\x03\x04"}
    )
    expect(page.locator("[data-evidence] .notice.fail")).to_contain_text("bang-tinh.jpg")


def test_keys_marks_and_the_next_empty_cell(visitor: Visitor) -> None:
    page = visitor.page("van", size=TABLET)
    draft_of(page)
    table = first_table(page)
    inputs = table.locator("input[data-cell]")
    before = inputs.first.input_value()
    inputs.first.focus()
    page.keyboard.type("12.5")
    page.keyboard.press("Escape")
    assert inputs.first.input_value() == before
    page.keyboard.press("Tab")
    assert focused(page) == inputs.nth(1).get_attribute("data-cell")
    page.keyboard.press("Shift+Tab")
    for text in ("7,5", "7.5"):
        inputs.first.focus()
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.locator("#saved")).to_contain_text("Đã lưu")
        expect(page.locator("[data-pending]")).to_have_count(0)
        assert inputs.first.get_attribute("aria-invalid") is None
    mark = table.locator("[data-revised]").first
    expect(mark).to_be_visible()
    assert int(mark.inner_text()) >= 2
    mark.click()
    drawer = page.locator("#drawer")
    expect(drawer).to_contain_text("7,5")
    page.keyboard.press("Escape")
    inputs.first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(before) if before else page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    expect(page.locator("[data-pending]")).to_have_count(0)
    link = page.locator("[data-first-missing]")
    if link.count():
        link.click()
        assert page.evaluate("document.activeElement.value === ''")


def test_adjusted_everything_is_measured_again(visitor: Visitor) -> None:
    page = visitor.page("van", size=TABLET)
    page.goto("/kiem-dinh/?state=draft")
    page.goto(page.locator("main table a[data-row]").last.get_attribute("href") or "")
    page.wait_for_load_state("networkidle")
    found = cells(first_table(page))
    assert any(found)
    page.locator("details.action-reason:has(.run-kinds) > summary").click()
    kinds = page.locator(".run-kind")
    expect(kinds).to_have_count(4)
    assert all(len(one.inner_text()) > 40 for one in kinds.all())
    page.locator("[name=kind][value=adjust]").check()
    page.locator("#run-reason").fill("Chỉnh lại độ nhạy cảm biến")
    page.locator(".reason-form:has(.run-kinds) button[type=submit]").click()
    expect(page.locator(".notice.adjusted")).to_be_visible()
    assert not any(cells(first_table(page)))
    panel = page.locator("#truoc-sau")
    expect(panel).to_contain_text("Chỉnh lại độ nhạy cảm biến")
    page.get_by_role("button", name="Lấy lại kết quả kiểm tra bên ngoài").click()
    page.wait_for_load_state("networkidle")
    assert all(one.input_value() for one in page.locator("table.checklist select[data-cell]").all())
    table = first_table(page)
    table.locator("input[data-cell]").first.focus()
    width = table.locator("tbody tr").nth(0).locator("input[data-cell]").count()
    rows = [found[i : i + width] for i in range(0, len(found), width)]
    page.evaluate(PASTE, "\n".join("\t".join(row) for row in rows))
    expect(page.locator("[data-pending]")).to_have_count(0)
    assert cells(first_table(page)) == found
    expect(table.locator("[data-revised]:visible").first).to_have_text("2")
    expect(panel.locator("tbody tr:not(.group)").first.locator("td").nth(1)).not_to_have_text("—")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_refused_seal_is_told_where_it_was_typed_and_long_words_break(visitor: Visitor) -> None:
    visitor.forgiven.append(r"422")
    page = visitor.page("van", size={"width": 1366, "height": 768})
    draft_of(page)
    position = "Nắp" + "y" * 110
    add_seal(page, "found", position, condition="intact")
    expect(page.locator(".seal-table tbody th").last).to_contain_text(position)
    table = page.locator(".seal-table")
    assert table.evaluate("one => one.scrollWidth - one.closest('.table-wrap').clientWidth") <= 1
    add_seal(page, "found", position, condition="intact")
    expect(page.locator("#niem-phong [role=alert]")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

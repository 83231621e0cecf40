"""What people of the centre do in the browser, each step as its own person: the words of the vertical's story."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from tests.browser.visiting import PASSWORD, Visitor

TABLES = """() => [...document.querySelectorAll("#bench section[data-step]")].map((step) =>
  [...step.querySelectorAll("tr")].map((line) =>
    [...line.querySelectorAll("[data-cell]")].map((cell) =>
      [cell.dataset.cell, line.querySelector("th")?.innerText ?? "", cell.tagName]))
  .filter((line) => line.length)).filter((step) => step.length)"""


@dataclass(frozen=True, slots=True)
class Case:
    """An instrument of the story: its kind, what its plate says, who measures it and what that person reads.

    *readings* maps the last part of a cell's key (or the step and that part) to what is typed; ``nominal`` stands
    for the number the row names. *wrong* replaces single readings.
    """

    name: str
    kind: str
    customer: str
    plate: dict[str, str]
    performer: str
    performer_name: str
    readings: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)
    price: str = "120000"


@dataclass(slots=True)
class Work:
    """What the story has come to so far: the addresses of its records."""

    serial: str
    contract: str = ""
    order: str = ""
    sheet: str = ""
    outcome: str = ""


def choose_party(page: Page, folded: str) -> None:
    """This will find a customer by its name without diacritics and choose it."""
    page.locator("#party-search").fill(folded)
    choices = page.locator("#party-choices a")
    expect(choices).to_have_count(1)
    choices.first.click()


def register_instrument(page: Page, case: Case, work: Work) -> None:
    """This will enter the customer's instrument with what its plate says."""
    page.goto("/phuong-tien-do/moi/")
    choose_party(page, case.customer)
    with page.expect_response(re.compile("/phuong-tien-do/dac-tinh/")):
        page.locator("select[name=kind_code]").select_option(case.kind)
    page.locator("[name=serial]").fill(work.serial)
    for key, text in case.plate.items():
        box = page.locator(f"#c-{key}")
        if box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(text)
        else:
            box.fill(text)
    page.locator("main form button[type=submit].go").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(work.serial)


def record_contract(page: Page, case: Case, work: Work) -> None:
    """This will record a contract of one line and leave it a draft."""
    page.goto("/hop-dong/moi/")
    choose_party(page, case.customer)
    line = page.locator("#lines tbody tr").first
    line.locator("[name=kind_code]").select_option(case.kind)
    line.locator("[name=quantity]").fill("1")
    line.locator("[name=unit_price]").fill(case.price)
    expect(line.locator("[data-sum]")).to_have_text(f"{int(case.price):,}".replace(",", "."))
    page.get_by_role("button", name="Lưu dự thảo").click()
    page.wait_for_url(re.compile(r"/hop-dong/\d+/$"))
    work.contract = page.url


def step_forward(page: Page, opener: str, button: str) -> None:
    """This will open the next step of a contract and take it."""
    page.locator("details.step summary", has_text=opener).click()
    page.get_by_role("button", name=button).click()
    page.wait_for_load_state()


def review_and_sign(visitor: Visitor, work: Work) -> None:
    """This will have the technical head review the contract and the clerk sign it."""
    head = visitor.page("nghia")
    head.goto(work.contract)
    step_forward(head, "Xem xét yêu cầu", "Ghi kết quả xem xét")
    clerk = visitor.page("yen")
    clerk.goto(work.contract)
    step_forward(clerk, "Ký hợp đồng", "Ký và cấp số")
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("/HĐ-TTƯD")


def give_out(page: Page, case: Case, work: Work) -> None:
    """This will order the work from the performer of its field."""
    page.goto(work.contract)
    page.get_by_role("link", name="Giao việc").click()
    choose(page.locator("select[name=performer]"), case.performer_name)
    page.locator("[data-narrows]").first.fill(work.serial)
    page.get_by_role("row").filter(has_text=work.serial).get_by_role("checkbox").check()
    page.get_by_role("button", name="Lập phiếu việc").click()
    page.wait_for_url(re.compile(r"/phieu-viec/\d+/$"))
    work.order = page.url


def choose(box: Locator, word: str) -> None:
    """This will choose the option of a list that contains a word."""
    label = box.locator("option").filter(has_text=word).first.inner_text()
    box.select_option(label=label)


def open_sheet(page: Page, work: Work) -> None:
    """This will open the worksheet of the order's job, today."""
    page.goto(work.order)
    page.get_by_role("link", name="Mở phiếu đo").click()
    page.get_by_role("button", name="Mở phiếu").click()
    page.wait_for_url(re.compile(r"/kiem-dinh/\d+/$"))
    work.sheet = page.url


def prepare(page: Page) -> None:
    """This will choose a standard for every need that has none, and type the conditions."""
    for box in page.locator("[data-chooses] select").all():
        if box.input_value():
            continue
        with page.expect_navigation():
            box.select_option(index=1)
    for name, text in {"temperature": "25,4", "humidity": "65"}.items():
        for moment in ("start", "end"):
            page.locator(f'[data-condition="{name}/{moment}"]').fill(text)


def measure(page: Page, case: Case) -> None:
    """This will type every reading: checks by their number, a first column by Enter, the rest as a pasted block."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for table in page.evaluate(TABLES):
        if table[0][0][2] == "TEXTAREA":
            continue
        cell(page, table[0][0][0]).focus()
        if table[0][0][2] == "SELECT":
            for _line in table:
                page.keyboard.press("1")
                page.keyboard.press("Enter")
            continue
        for line in table:
            page.keyboard.insert_text(reading(case, line[0][0], line[0][1]))
            page.keyboard.press("Enter")
        rest = ["\t".join(reading(case, key, label) for key, label, _tag in line[1:]) for line in table]
        if any(rest):
            cell(page, table[0][1][0]).focus()
            page.evaluate("text => navigator.clipboard.writeText(text)", "\n".join(rest))
            page.keyboard.press("Control+v")


def cell(page: Page, key: str) -> Locator:
    """This will find a cell by its key."""
    return page.locator(f'[data-cell="{key}"]')


def reading(case: Case, key: str, label: str) -> str:
    """This will tell what the verifier reads in a cell."""
    if key in case.wrong:
        return case.wrong[key]
    step, last = key.split(".")[0], key.split(".")[-1]
    text = case.readings.get(f"{step}.{last}", case.readings.get(last, ""))
    return nominal(label) if text == "nominal" else text


def nominal(label: str) -> str:
    """This will take the number a row names: 10 000 g → 10000."""
    found = re.search(r"\d[\d\s.\u202f\u00a0]*(?:,\d+)?", label)
    assert found, f"the row {label!r} names no number"
    return re.sub(r"[\s.\u202f\u00a0]", "", found.group())


def send(page: Page) -> None:
    """This will send the worksheet to be checked."""
    page.locator("#saved").wait_for()
    expect(page.locator("#unsent")).to_be_hidden()
    page.get_by_role("button", name="Kết thúc, gửi soát xét").click()
    expect(page.locator("main")).to_contain_text("Chờ soát xét")


def approve(page: Page, work: Work) -> None:
    """This will check the worksheet and approve it."""
    page.goto(work.sheet)
    page.get_by_role("button", name="Duyệt").click()
    page.wait_for_load_state()


def sign(page: Page, work: Work) -> None:
    """This will open a signing session with the password and sign the one result."""
    page.goto("/chung-nhan/ky/")
    if page.get_by_role("button", name="Mở phiên ký").count():
        page.locator("form.proof input[type=password]").fill(PASSWORD)
        page.get_by_role("button", name="Mở phiên ký").click()
    row = page.locator("tr[data-sheet]").filter(has_text=work.serial)
    row.get_by_role("button", name=re.compile("^Ký")).click()
    signed = page.locator("tr.signed").filter(has_text=work.serial).locator("a[data-row]")
    expect(signed).to_be_visible()
    work.outcome = signed.get_attribute("href") or ""

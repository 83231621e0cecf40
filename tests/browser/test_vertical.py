"""One instrument from the contract to the figure in a report, every step by its own person in the browser."""

import calendar
import io
import re
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser import working
from tests.browser.visiting import Visitor
from tests.browser.working import Case, Work

pytestmark = pytest.mark.browser

SCALE = Case(
    name="scale",
    kind="MAS-04",
    customer="ban quan ly cho hoa man",
    plate={"max_load": "15 kg", "min_load": "100 g", "e": "5 g", "d": "5 g", "accuracy_class": "III"},
    performer="van",
    performer_name="Nông Thị Bích Vân",
    readings={
        "indication": "nominal",
        "add_load": "2,5",
        "eccentricity.indication": "5000",
        "repeatability.indication": "10000",
    },
)
DISPENSER = Case(
    name="dispenser",
    kind="FLO-01",
    customer="xang dau suoi le",
    plate={"q_max": "50", "q_min": "5", "test_volume": "20", "accuracy_class": "0.5"},
    performer="son",
    performer_name="Triệu Văn Sơn",
    readings={"indication": "20,00", "reference": "20,02"},
    price="450000",
)
GAUGE = Case(
    name="gauge",
    kind="PRE-04",
    customer="benh xa cong truong khau mon",
    plate={"range_max": "300", "d": "2"},
    performer="ha",
    performer_name="Vi Thị Thu Hà",
    readings={"indication": "nominal", "before": "250", "after": "247", "minutes": "2"},
    price="60000",
)
YEARS_OF_VALIDITY = {"MAS-04": 1, "FLO-01": 1, "PRE-04": 1}


def today() -> date:
    """This will read the day in Việt Nam, as the server does."""
    return datetime.now(timezone(timedelta(hours=7))).date()


def half_of(day: date) -> str:
    """This will name the half-year a day lies in."""
    return f"{day.year}-H{1 if day.month <= 6 else 2}"


def counted(visitor: Visitor) -> list[int]:
    """This will read how many instruments the half-year in course counts: verified, passed, failed."""
    page = visitor.page("khang")
    found = []
    for indicator in ("verification.instruments", "verification.passed", "verification.failed"):
        page.goto(f"/bao-cao/TTUD-CB/{half_of(today())}/chi-tieu/{indicator}/")
        text = page.locator(".figure").inner_text()
        found.append(int(re.sub(r"\D", "", text.split(" ")[0])))
    return found


def work_through(visitor: Visitor, case: Case, serial: str) -> tuple[Work, Page]:
    """This will go from the clerk's desk to the filled worksheet, still on its performer's screen."""
    work = Work(serial)
    clerk = visitor.page("yen")
    working.register_instrument(clerk, case, work)
    working.record_contract(clerk, case, work)
    working.review_and_sign(visitor, work)
    working.give_out(visitor.page("nghia"), case, work)
    verifier = visitor.page(case.performer)
    working.open_sheet(verifier, work)
    expect(verifier.locator("section.conclusion")).to_contain_text("Chưa đủ căn cứ")
    working.prepare(verifier)
    working.measure(verifier, case)
    return work, verifier


@pytest.mark.parametrize("case", [SCALE, DISPENSER, GAUGE], ids=lambda case: case.name)
def test_a_good_instrument_is_certified_and_counted(visitor: Visitor, case: Case) -> None:
    before = counted(visitor)
    work, verifier = work_through(visitor, case, f"TB-{case.name}-01")
    expect(verifier.locator("section.conclusion .verdict.pass").first).to_be_visible()
    working.send(verifier)
    working.approve(visitor.page("nghia"), work)
    director = visitor.page("phuong")
    working.sign(director, work)
    number, stamp, code = certificate_is_right(director, work, case)
    public_page_says_valid(visitor, code, number)
    contract_and_book_know(director, work)
    assert counted(visitor) == [before[0] + 1, before[1] + 1, before[2]]
    assert stamp


def certificate_is_right(page: Page, work: Work, case: Case) -> tuple[str, str, str]:
    """This will read the certificate's page and its PDF; gives number, stamp and check code."""
    page.goto(work.outcome)
    number = page.get_by_role("heading", level=1).inner_text()
    until = last_day_of_month(today(), years=YEARS_OF_VALIDITY[case.kind])
    expect(page.locator("main")).to_contain_text(f"{until:%d/%m/%Y}")
    stamp = page.locator("main .num").first.inner_text()
    code = page.locator("aside code").first.inner_text()
    paper = page.request.get(page.get_by_role("link", name="Mở bản in").get_attribute("href") or "")
    assert paper.headers["content-type"] == "application/pdf"
    text = "\n".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(paper.body())).pages)
    for wanted in (number, stamp, work.serial, code):
        assert wanted in text, f"the certificate does not say {wanted}"
    assert f"{until:%d/%m/%Y}" in text or f"ngày {until:%d} tháng {until:%m} năm {until:%Y}" in text
    return number, stamp, code


def last_day_of_month(day: date, *, years: int) -> date:
    """This will give the last day of the month, so many years on."""
    year = day.year + years
    return date(year, day.month, calendar.monthrange(year, day.month)[1])


def public_page_says_valid(visitor: Visitor, code: str, number: str) -> None:
    """This will ask as anybody does, on a phone, by the code of the QR and by the number on the paper."""
    anybody = visitor.page(phone=True)
    anybody.goto(f"/kiem-tra/{code}")
    expect(anybody.locator("section.answer.pass")).to_be_visible()
    expect(anybody.locator("main")).to_contain_text(number)
    anybody.goto("/kiem-tra/")
    anybody.locator("#ma").fill(number)
    anybody.get_by_role("button", name="Kiểm tra").click()
    expect(anybody.locator("section.answer.pass")).to_be_visible()


def contract_and_book_know(page: Page, work: Work) -> None:
    """This will see one of one done on the contract, and the entry in the book opened from there."""
    page.goto(work.contract)
    expect(page.locator(".tiles").first).to_contain_text(re.compile(r"1\s*/\s*1"))
    page.goto("/so-nghiep-vu/")
    expect(page.locator("main")).to_contain_text(work.serial)


def test_a_bad_instrument_gets_a_notice_and_no_certificate(visitor: Visitor) -> None:
    before = counted(visitor)
    bad = replace(GAUGE, name="bad", wrong={"rising.5.indication": "209"})
    work, verifier = work_through(visitor, bad, "TB-bad-01")
    expect(verifier.locator("section.conclusion .verdict.fail").first).to_be_visible()
    working.send(verifier)
    working.approve(visitor.page("nghia"), work)
    director = visitor.page("phuong")
    working.sign(director, work)
    director.goto(work.outcome)
    expect(director.locator("main")).to_contain_text("Không cấp chứng nhận, không dán tem")
    code = director.locator("aside code").first.inner_text()
    anybody = visitor.page(phone=True)
    anybody.goto(f"/kiem-tra/{code}")
    expect(anybody.locator("section.answer.fail")).to_be_visible()
    assert counted(visitor) == [before[0] + 1, before[1], before[2] + 1]

"""The main pages of the house and who opens them: contrast, width and language are tried on each."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, Response


@dataclass(frozen=True, slots=True)
class Place:
    """A page: who opens it, where, and what to follow from there to reach a record of it.

    *follow* is the selector of a link on the page at *href*; empty for the page itself.
    """

    name: str
    who: str
    href: str
    follow: str = ""

    def open(self, page: Page) -> None:
        """This will bring a browser there."""
        _answered(page.goto(self.href))
        if self.follow:
            target = page.locator(self.follow).first
            href = target.get_attribute("href")
            assert href, f"{self.name}: {self.follow} leads nowhere"
            _answered(page.goto(href))
        page.wait_for_load_state("networkidle")


def _answered(response: Response | None) -> None:
    assert response is not None
    assert response.ok, f"{response.url} answered {response.status}"


ROW = "main a[data-row]"
ROLES = ("phuong", "nghia", "van", "yen", "nhung", "trung", "tu", "thanh", "khang")

PLACES = (
    *(Place(f"today-{who}", who, "/") for who in ROLES),
    Place("sign-in", "", "/dang-nhap/"),
    Place("ui", "van", "/ui/"),
    Place("change-password", "van", "/doi-mat-khau/"),
    Place("people", "tu", "/nguoi-dung/"),
    Place("person", "tu", "/nguoi-dung/", ROW),
    Place("parties", "yen", "/doi-tuong/"),
    Place("party", "yen", "/doi-tuong/", ROW),
    Place("party-form", "yen", "/doi-tuong/moi/"),
    Place("instruments", "yen", "/phuong-tien-do/"),
    Place("instrument", "yen", "/phuong-tien-do/", ROW),
    Place("instrument-form", "yen", "/phuong-tien-do/", "main a[href^='/phuong-tien-do/moi/']"),
    Place("standards", "nghia", "/chuan/"),
    Place("standard", "nghia", "/chuan/", ROW),
    Place("standard-form", "nghia", "/chuan/moi/"),
    Place("contracts", "yen", "/hop-dong/"),
    Place("contract", "yen", "/hop-dong/", ROW),
    Place("contract-new", "yen", "/hop-dong/moi/"),
    Place("orders", "yen", "/phieu-viec/"),
    Place("order", "yen", "/phieu-viec/", ROW),
    Place("worksheets", "van", "/kiem-dinh/"),
    Place("worksheet", "van", "/kiem-dinh/?state=draft", "main table a[data-row]"),
    Place("certificates", "phuong", "/chung-nhan/"),
    Place("certificate", "phuong", "/chung-nhan/", ROW),
    Place("stamps", "nghia", "/tem/"),
    Place("activities", "trung", "/hoat-dong/"),
    Place("activity", "trung", "/hoat-dong/", ROW),
    Place("plans", "phuong", "/ke-hoach/"),
    Place("plan", "phuong", "/ke-hoach/", ROW),
    Place("reports", "phuong", "/bao-cao/"),
    Place("report", "phuong", "/bao-cao/TTUD-CB/2022-H1/"),
    Place("indicator", "phuong", "/bao-cao/TTUD-CB/2022-H1/chi-tieu/verification.failed/"),
    Place("ledger", "trung", "/so-nghiep-vu/"),
    Place("ledger-entry", "trung", "/so-nghiep-vu/", "main a[href^='/so-nghiep-vu/TTUD-CB/']"),
    Place("signing", "phuong", "/chung-nhan/ky/"),
    Place("search", "yen", "/tim/?q=suoi le"),
    Place("verifiers", "nghia", "/kiem-dinh-vien/"),
    Place("quality", "nhung", "/chat-luong/"),
    Place("organisations", "tu", "/co-quan/"),
    Place("audit", "phuong", "/nhat-ky/"),
    Place("follow-up-form", "phuong", "/viec/moi/"),
    Place("contract-form", "yen", "/hop-dong/moi/?party=1"),
    Place("activity-form", "yen", "/hoat-dong/moi/"),
    Place("check", "", "/kiem-tra/"),
)

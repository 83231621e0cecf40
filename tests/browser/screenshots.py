"""Pictures of the house for the documentation, made by driving the demonstration: ``make screenshots``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import chromium_here, serving
from tests.browser.visiting import ARGUMENTS, Keyring, Visitor
from tests.conftest import House

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
HEAVIEST = 300_000
REPORT = "/bao-cao/TTUD-CB/2022-H1/"
Scene = Callable[[Visitor], Page]


def at(username: str, href: str, *, phone: bool = False, dark: bool = False) -> Scene:
    """This will make the scene of one person at one page."""

    def scene(visitor: Visitor) -> Page:
        page = visitor.page(username, phone=phone, dark=dark)
        page.goto(href)
        return page

    return scene


def first(username: str, href: str, link: str = "main table a[data-row]", *, phone: bool = False) -> Scene:
    """This will make the scene of the first record of a list."""

    def scene(visitor: Visitor) -> Page:
        page = visitor.page(username, phone=phone)
        page.goto(href)
        page.goto(page.locator(link).first.get_attribute("href") or "")
        return page

    return scene


def worksheet(visitor: Visitor) -> Page:
    """This will type a reading too many grams off, so that the verdict is seen arriving."""
    page = first("van", "/kiem-dinh/?state=draft&kind=MAS-04")(visitor)
    cell = page.locator("[data-cell='accuracy_up.3.indication']")
    before = cell.input_value()
    cell.fill("20040")
    page.locator("section.conclusion .verdict.fail").first.wait_for()
    page.wait_for_function("document.getElementById('unsent').hidden")
    page.evaluate("scrollTo(0, document.getElementById('buoc-accuracy_up').offsetTop - 130)")
    visitor.afterwards.append(lambda: put_back(page, before))
    return page


def put_back(page: Page, before: str) -> None:
    """This will give the worksheet back the reading it had."""
    page.locator("[data-cell='accuracy_up.3.indication']").fill(before)
    page.locator("section.conclusion .verdict.fail").first.wait_for(state="detached")
    page.wait_for_function("document.getElementById('unsent').hidden")


def budgets(visitor: Visitor) -> Page:
    """This will open the budgets of a caliper's calibration, one of them laid open."""
    page = first("van", "/kiem-dinh/?state=draft&kind=LEN-51")(visitor)
    page.locator("[data-part='budgets'] table").first.wait_for()
    page.evaluate("scrollTo(0, document.querySelector('[data-part=budgets]').offsetTop - 90)")
    return page


def drift(visitor: Visitor) -> Page:
    """This will open the drift of the reference manometer."""
    page = visitor.page("nghia")
    page.goto("/chuan/?q=AK-01")
    page.goto((page.locator("main table a[data-row]").first.get_attribute("href") or "") + "do-troi/")
    return page


def report(visitor: Visitor) -> Page:
    """This will open the report of the first half of 2022."""
    return at("phuong", REPORT)(visitor)


def trace(visitor: Visitor) -> Page:
    """This will open the drawer behind 515."""
    page = report(visitor)
    page.locator("main").get_by_role("link", name="515", exact=True).first.click()
    page.locator("#drawer-content ul.entries li").first.wait_for()
    return page


def searching(visitor: Visitor) -> Page:
    """This will find something without diacritics."""
    page = at("yen", "/")(visitor)
    page.keyboard.press("Control+k")
    page.keyboard.type("suoi le")
    page.locator("#found a").first.wait_for()
    return page


def public_check(visitor: Visitor) -> Page:
    """This will ask for the newest certificate as anybody does, on a phone."""
    inside = first("phuong", "/chung-nhan/")(visitor)
    code = inside.locator("aside code").first.inner_text()
    return at("", f"/kiem-tra/{code}", phone=True)(visitor)


SCENES: dict[str, Scene] = {
    "worksheet": worksheet,
    "today-director": at("phuong", "/"),
    "today-verifier": at("van", "/"),
    "today-clerk": at("yen", "/"),
    "contract": first("yen", "/hop-dong/?state=running"),
    "order": first("nghia", "/phieu-viec/"),
    "budgets": budgets,
    "procedures": at("van", "/quy-trinh/"),
    "batch": first("van", "/kiem-dinh/lo/"),
    "environment": first("van", "/moi-truong/"),
    "drift": drift,
    "matrix": at("nghia", "/kiem-dinh-vien/ma-tran/"),
    "certificate": first("phuong", "/chung-nhan/"),
    "signing": at("phuong", "/chung-nhan/ky/"),
    "stamps": at("nghia", "/tem/"),
    "check": public_check,
    "report": report,
    "trace": trace,
    "ledger": at("trung", "/so-nghiep-vu/"),
    "plan": first("phuong", "/ke-hoach/", "main a[data-row]"),
    "activities": at("trung", "/hoat-dong/"),
    "standards": at("nghia", "/chuan/"),
    "search": searching,
    "sign-in": at("", "/dang-nhap/"),
    "ui": at("van", "/ui/"),
    "today-dark": at("phuong", "/", dark=True),
    "phone-today": at("van", "/", phone=True),
    "phone-worksheet": first("van", "/kiem-dinh/?state=draft&kind=MAS-04", phone=True),
}


def take(visitor: Visitor, name: str, scene: Scene) -> None:
    """This will take one picture, refusing one that is heavier than a page should carry."""
    page = scene(visitor)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file, animations="disabled", caret="hide")
    weight = file.stat().st_size
    print(f"  {file.name}  {weight // 1000} kB")
    if weight > HEAVIEST:
        raise SystemExit(f"{file.name} is heavier than {HEAVIEST // 1000} kB")
    while visitor.afterwards:
        visitor.afterwards.pop()()


def main(wanted: list[str]) -> None:
    """This will load the demonstration into a folder of its own, serve it and take the pictures asked for, or all."""
    chromium = chromium_here()
    if not chromium:
        raise SystemExit("pictures need Debian's package 'chromium'")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder) / "house")
        house.run("demo")
        with serving(house) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            visitor = Visitor(browser, address, Keyring())
            for name, scene in SCENES.items():
                if not wanted or name in wanted:
                    take(visitor, name, scene)
            browser.close()
            if visitor.complaints:
                raise SystemExit("\n".join(visitor.complaints))


if __name__ == "__main__":
    main(sys.argv[1:])

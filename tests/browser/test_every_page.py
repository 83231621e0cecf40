"""What every page keeps: readable for all in light and dark, no sideways scrolling on a phone, English when asked."""

import gettext
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from quacan.cli.catalogue import CATALOGUE
from tests.browser.pages import PLACES, Place
from tests.browser.visiting import PHONE, Visitor

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u00c0-\u00ff\u1ea0-\u1ef9]")
SAID = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const said = new Set();
  while (walker.nextNode()) {
    const here = walker.currentNode.parentElement;
    if (!here.closest("script, style, noscript, [lang=vi]")) said.add(walker.currentNode.data.trim());
  }
  for (const name of ["aria-label", "placeholder", "title"])
    for (const one of document.querySelectorAll(`[${name}]`)) said.add(one.getAttribute(name).trim());
  return [...said];
}"""
WIDE_ONES = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > page.clientWidth + 1)
    .slice(-6).map((one) => `${one.tagName} .${one.className} ${Math.round(one.getBoundingClientRect().right)}`)
    .concat(`page ${page.scrollWidth} > ${page.clientWidth}`);
}"""


@pytest.fixture(params=PLACES, ids=lambda place: place.name)
def place(request: pytest.FixtureRequest) -> Place:
    """Each main page in turn."""
    found: Place = request.param
    return found


def test_everybody_can_read_it_on_any_screen(visitor: Visitor, place: Place) -> None:
    page = visitor.page(place.who)
    place.open(page)
    assert page.locator("h1").count() == 1, "one page, one heading"
    refuse_violations(page, RULES, "light")
    page.emulate_media(color_scheme="dark")
    refuse_violations(page, CONTRAST, "dark")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate(WIDE_ONES) == [], f"{place.name} scrolls sideways at 360 px"


def refuse_violations(page: Page, options: dict[str, object], light: str) -> None:
    """This will fail with every rule a page breaks and where."""
    found = Axe().run(page, options=options).response["violations"]
    broken = [
        f"{one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[-200:]!r}"
        for one in found
        for node in one["nodes"][:3]
    ]
    assert not broken, f"{page.url} ({light}):\n" + "\n".join(broken)


@pytest.fixture(scope="module")
def untranslated() -> set[str]:
    """Vietnamese sentences of the catalogue that read otherwise in English."""
    with CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        entries: dict[object, str] = vars(gettext.GNUTranslations(compiled))["_catalog"]
    return {
        vietnamese
        for vietnamese, english in entries.items()
        if isinstance(vietnamese, str) and vietnamese != english and VIETNAMESE.search(vietnamese)
    }


JOB_TITLES = {
    "Giám đốc",
    "Kiểm định viên",
}  # of the demonstration's people: data, though the words are also ours
ENGLISH = [
    place for place in PLACES if not place.follow or place.name in ("contract", "worksheet", "certificate")
]


@pytest.mark.parametrize("asked", ENGLISH, ids=lambda place: place.name)
def test_english_leaves_no_vietnamese_sentence(
    visitor: Visitor, asked: Place, untranslated: set[str]
) -> None:
    page = visitor.page(asked.who, language="en")
    asked.open(page)
    assert page.locator("html").get_attribute("lang") == "en"
    left = {text for text in page.evaluate(SAID) if text in untranslated - JOB_TITLES}
    assert not left, f"{asked.name} still says {sorted(left)}"

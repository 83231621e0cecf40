"""The tutorial runs: every block prints what the page shows, and every picture is drawn from what it computed."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest

from docs.tutorial.notebook import PAGE, blocks, chapters, ran, written
from docs.tutorial.pictures import FOLDER, SPECIFICATIONS, svg

TEXT = PAGE.read_text("utf-8")


@cache
def run_of_page() -> tuple[list[str], Mapping[str, Any]]:
    return ran(TEXT)


def test_every_block_prints_what_the_page_shows() -> None:
    outputs, _ = run_of_page()
    assert outputs == [block.output for block in blocks(TEXT)]
    assert all(outputs)
    assert written(TEXT, outputs) == TEXT


def test_a_wrong_output_would_be_noticed() -> None:
    page = "```python\nprint(1 + 1)\n```\n\n```text\n3\n```\n"
    outputs, _ = ran(page)
    assert outputs == ["2\n"]
    assert blocks(page)[0].output == "3\n"
    assert written(page, outputs) == page.replace("3", "2")


def test_the_published_figures_come_out() -> None:
    _, names = run_of_page()
    assert names["length"].u == pytest.approx(32, abs=0.5)
    assert names["length"].dof == pytest.approx(16.7, abs=0.1)
    assert names["second"].outputs["y"].u == pytest.approx(34, abs=0.5)
    assert 1e6 * names["y"].u == pytest.approx(112, abs=0.6)
    assert names["line"].predict(30).value[0] == pytest.approx(-0.1494, abs=6e-5)


@pytest.mark.parametrize("title", list(chapters(TEXT)))
def test_every_chapter_speaks_both_languages_and_shows_a_picture(title: str) -> None:
    chapter = chapters(TEXT)[title]
    prose = re.sub(r"```.*?```", "", chapter, flags=re.DOTALL)
    assert " · " in title
    assert re.search(r"[ạảấầẩẫậắằẳẵặẹẻẽếềểễệọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]", prose)
    assert re.search(r"^\*[A-Z]", prose, re.MULTILINE)
    if blocks(chapter):
        pictures = re.findall(r"!\[.+\]\(tutorial/(.+)\.svg\)", chapter)
        assert pictures
        assert all((FOLDER / f"{name}.svg").exists() and name in SPECIFICATIONS for name in pictures)


@pytest.mark.parametrize("name", list(SPECIFICATIONS))
def test_every_picture_is_drawn_from_the_run(name: str) -> None:
    _, names = run_of_page()
    specification = SPECIFICATIONS[name](names)
    drawn = svg(specification)
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    assert specification == SPECIFICATIONS[name](names)
    kept = (FOLDER / f"{name}.svg").read_text("utf-8")
    words = re.compile(r"<text[^>]*>([^<]+)</text>")
    assert words.findall(drawn) == words.findall(kept)

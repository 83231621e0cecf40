"""Finds machine words on pages: codes, keys and names that only the machine needs.

``tests.house.doors`` asks it about every page it sees; ``tests/house/test_words.py`` says what stood there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

READ_ALOUD: Final = ("title", "aria-label", "alt", "placeholder")
UNREAD: Final = {"script", "style", "template", "textarea", "pre"}  # a definition is shown as it was written
EMPTY: Final = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
SHORTEST_STATE: Final = 4
SHORTEST_NAME: Final = 3  # “ha” is also a hectare
CODE: Final = re.compile(r"[\w.]*\w")
SNAKE: Final = re.compile(r"(?<![\w./@-])[a-z]+(?:_[a-z0-9]+)+(?![\w./@-])")
"""A word of a program: letters joined by low lines, not a file name or an address."""
HASH: Final = re.compile(r"\b[0-9a-f]{40,}\b")
NAMES_A_HASH: Final = ("sha", "băm", "dấu vân tay", "mã dữ liệu")
FIGURE: Final = re.compile(r"\{[a-z0-9_.]+\}")
"""What an author types to put a figure into the words of a report."""


@dataclass
class Page(HTMLParser):
    """The texts of a page as a reader meets them, in order: text between marks, and attributes read aloud."""

    without_details: bool = False
    texts: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in EMPTY:
            self.open.append(tag)
        if not self._hidden():
            self.texts += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._hidden():
            self.texts.append(" ".join(data.split()))

    def _hidden(self) -> bool:
        return any(tag in UNREAD or (tag == "details" and self.without_details) for tag in self.open)


@dataclass(frozen=True)
class Vocabulary:
    """The machine words of a house: codes with their own shape, states, and user names."""

    codes: frozenset[str]
    states: frozenset[str]
    usernames: frozenset[str]

    def found(self, html: str, *, names: bool = True, without_details: bool = False) -> Iterator[str]:
        """The machine words on a page, each with the text it stands in; user names where *names* asks for them."""
        page = Page(without_details=without_details)
        page.feed(html)
        before = ""
        for text in page.texts:
            codes = set(CODE.findall(FIGURE.sub("", text))) & self.codes
            wrong = codes | set(SNAKE.findall(FIGURE.sub("", text)))
            parts = {part.strip() for part in re.split(r"[·,;:()|–—→]", text)}
            wrong |= parts & self.states
            if names:
                wrong |= parts & self.usernames
            if HASH.search(text) and not any(word in f"{before} {text}".lower() for word in NAMES_A_HASH):
                wrong.add("hash")
            yield from (f"{word} | {text[:80]}" for word in sorted(wrong))
            before = text


def vocabulary() -> Vocabulary:
    """This will gather the machine words of the house that is open now."""
    from django.apps import apps

    from quacan.centre.base.act import ACTIONS
    from quacan.centre.base.departments import departments
    from quacan.centre.examinations.models import Reading
    from quacan.centre.ledger.models import Entry
    from quacan.centre.people.models import Person
    from quacan.centre.people.roles import all_permissions
    from quacan.centre.reporting.definitions import indicators

    models = [
        m
        for config in apps.get_app_configs()
        if config.name.startswith("quacan.")
        for m in config.get_models()
    ]
    labels = {one for model in models for one in (model._meta.label, model._meta.label_lower)}
    measures = {
        *Entry.objects.values_list("measure", flat=True),
        *(key for d in departments() for key in d.measures),
    }
    cells = set(Reading.objects.values_list("cell", flat=True).distinct())
    return Vocabulary(
        codes=frozenset(
            {*all_permissions(), *ACTIONS, *labels, *measures, *cells, *(one.code for one in indicators())}
        ),
        states=frozenset(_states(models)),
        usernames=frozenset(
            name for name in Person.objects.values_list("username", flat=True) if len(name) >= SHORTEST_NAME
        ),
    )


def _states(models: Iterable[Any]) -> Iterator[str]:
    """The stored values of closed lists that are not what a reader calls them."""
    for model in models:
        for one in model._meta.fields:
            for value, label in one.flatchoices:
                told = str(value)
                if len(told) >= SHORTEST_STATE and told.isascii() and told.lower() != str(label).lower():
                    yield told

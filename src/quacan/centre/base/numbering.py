"""How numbers of documents are written: a closed mini-language of patterns, and the rules to start from.

A pattern is text with fields in braces: `{seq}` or `{seq:05}` (with at least five digits), `{yy}`, `{yyyy}`,
`{site}`, and the words `{service}`, `{kind}`, `{agency}`, `{series}`. What stands in square brackets is left
out when a field in it is empty: `{seq}-{yy}[({site})]` gives 4302-26(YB) at a site and 4302-26 without.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from quacan.centre.base.definitions import (
    Schema,
    integer,
    load,
    mapping_of,
    optional,
    pair_keys,
    pair_of,
    table,
    text,
)
from quacan.centre.base.language.texts import Text

WORDS: Final = ("service", "kind", "agency", "series")
_FIELDS: Final = ("seq", "yy", "yyyy", "site", *WORDS)
_TOKEN: Final = re.compile(
    r"\{(?P<field>[a-z]+)(?::0(?P<width>[1-9]))?\}|(?P<bracket>[\[\]])|(?P<literal>[^{}\[\]]+)"
)
_LITERAL: Final = re.compile(r"[\w ./()&-]*")
_REISSUE: Final = ".R"


class PatternRefused(ValueError):
    """A pattern that cannot be used; carries the pattern and every problem with it."""

    def __init__(self, pattern: str, problems: tuple[str, ...]) -> None:
        self.pattern = pattern
        self.problems = problems
        super().__init__(f"Mẫu số “{pattern}” chưa dùng được: {' '.join(problems)}")


class NumberRefused(ValueError):
    """A number that cannot be written because a value for its pattern is missing or impossible."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a pattern: literal text or a field; `group` counts the bracket it stands in, 0 for none."""

    text: str
    field: str
    width: int
    group: int


@dataclass(frozen=True, slots=True)
class NumberingRule:
    """How documents of one kind are numbered where nobody has said otherwise."""

    code: str
    name: Text
    pattern: str
    resets: Literal["year", "never"]
    source: str
    confidence: str


def format_number(
    pattern: str,
    *,
    sequence: int,
    year: int,
    site_suffix: str = "",
    reissue: int = 0,
    words: Mapping[str, str] | None = None,
) -> str:
    """This will write a document number; a reissue adds .R1, .R2 … to the number it replaces.

    Raises PatternRefused for a bad pattern, NumberRefused for a missing word or an impossible value.
    """
    if sequence < 1 or reissue < 0 or not 1 <= year <= 9999:
        raise NumberRefused(
            f"Không viết được số thứ tự {sequence} năm {year}, lần cấp lại {reissue}: "
            "số thứ tự phải từ 1, năm có bốn chữ số."
        )
    parts = _parts(pattern)
    values = {"yy": f"{year % 100:02}", "yyyy": f"{year:04}", "site": site_suffix, **(words or {})}
    _refuse_missing(pattern, parts, values)
    number = "".join(_shown(part, values, sequence) for part in parts if _is_shown(part, parts, values))
    return f"{number}{_REISSUE}{reissue}" if reissue else number


def fill_pattern(pattern: str, words: Mapping[str, str]) -> str:
    """This will put words such as the agency into a pattern, leaving its other fields: V{yy}.{seq:05}.

    Raises PatternRefused when the outcome is no pattern, for example because a word holds a brace.
    """
    _parts(pattern)
    filled = re.sub(
        r"\{([a-z]+)\}",
        lambda field: words.get(field[1], field[0]) if field[1] in WORDS else field[0],
        pattern,
    )
    _parts(filled)
    return filled


def pattern_problems(pattern: str) -> tuple[str, ...]:
    """This will list everything wrong with a pattern, each as a sentence; nothing when it can be used."""
    return tuple(_problems(pattern))


def missing_words(pattern: str) -> tuple[str, ...]:
    """This will name the words a pattern still waits for, such as agency; raises PatternRefused."""
    return tuple(
        word for word in WORDS if any(part.field == word and not part.group for part in _parts(pattern))
    )


@cache
def numbering_rules() -> Mapping[str, NumberingRule]:
    """This will give the rules by document kind; raises DefinitionsRefused when the data are wrong."""
    return {
        found.code: NumberingRule(
            code=found.code,
            name=pair_of(found.data, "name"),
            pattern=fill_pattern(found.data["pattern"], found.data.get("words", {})),
            resets=found.data["resets"],
            source=found.source,
            confidence=found.confidence,
        )
        for found in load("numbering", NUMBERING_SCHEMA)
    }


@cache
def _parts(pattern: str) -> tuple[_Part, ...]:
    problems = pattern_problems(pattern)
    if problems:
        raise PatternRefused(pattern, problems)
    return tuple(_split(pattern))


def _split(pattern: str) -> Iterator[_Part]:
    group, groups = 0, 0
    for token in _TOKEN.finditer(pattern):
        if token["bracket"]:
            groups += token["bracket"] == "["
            group = groups if token["bracket"] == "[" else 0
        else:
            yield _Part(token["literal"] or "", token["field"] or "", int(token["width"] or 1), group)


def _problems(pattern: str) -> Iterator[str]:
    if _TOKEN.sub("", pattern):
        yield "Dấu ngoặc nhọn phải bao một trường, ví dụ {seq:05} hoặc {yy}."
    parts = list(_split(pattern))
    for part in parts:
        if part.field and part.field not in _FIELDS:
            yield f"Không có trường {{{part.field}}}; các trường: {', '.join(_FIELDS)}."
        if part.field != "seq" and part.width > 1:
            yield f"Chỉ {{seq}} mới có số chữ số, không phải {{{part.field}}}."
        if not _LITERAL.fullmatch(part.text):
            yield f"“{part.text}” có ký tự không dùng trong số; chỉ dùng chữ, số, dấu cách và . / - ( ) & _."
    yield from _bracket_problems(pattern)
    sequences = [part for part in parts if part.field == "seq"]
    if len(sequences) != 1 or sequences[0].group:
        yield "Cần đúng một trường {seq}, ngoài dấu ngoặc vuông."


def _bracket_problems(pattern: str) -> Iterator[str]:
    brackets = re.sub(r"[^\[\]]", "", pattern)
    if brackets != "[]" * (len(brackets) // 2):
        yield "Dấu ngoặc vuông phải đủ cặp và không lồng nhau."
    elif any("{" not in group for group in re.findall(r"\[([^\]]*)\]", pattern)):
        yield "Trong ngoặc vuông phải có ít nhất một trường."


def _refuse_missing(pattern: str, parts: tuple[_Part, ...], values: Mapping[str, str]) -> None:
    needed = {part.field for part in parts if part.field not in ("", "seq") and not part.group}
    missing = sorted(field for field in needed if not values.get(field))
    if missing:
        raise NumberRefused(
            f"Mẫu số “{pattern}” còn thiếu giá trị cho: {', '.join(missing)}. Hãy khai báo trước."
        )


def _is_shown(part: _Part, parts: tuple[_Part, ...], values: Mapping[str, str]) -> bool:
    if not part.group:
        return True
    return all(values.get(other.field) for other in parts if other.group == part.group and other.field)


def _shown(part: _Part, values: Mapping[str, str], sequence: int) -> str:
    if part.field == "seq":
        return f"{sequence:0{part.width}}"
    return values[part.field] if part.field else part.text


def _rule_faults(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    problems = pattern_problems(data["pattern"])
    yield from (("pattern", problem) for problem in problems)
    unknown = data.get("words", {}).keys() - set(WORDS)
    yield from ((f"words.{word}", f"chỉ dùng: {', '.join(WORDS)}.") for word in sorted(unknown))
    if problems or unknown:
        return
    sample = data["sample"]
    try:
        written = format_number(
            data["pattern"],
            sequence=sample["sequence"],
            year=sample["year"],
            site_suffix=sample.get("site", ""),
            words={**data.get("words", {}), **sample.get("words", {})},
        )
    except NumberRefused as refusal:
        yield "sample", str(refusal)
        return
    if written != sample["number"]:
        yield "sample.number", f"mẫu số cho ra “{written}”, không phải “{sample['number']}”."


NUMBERING_SCHEMA: Final = Schema(
    {
        **pair_keys("name"),
        "pattern": text(),
        "resets": text("year", "never"),
        "words": optional(mapping_of(text())),
        "sample": table(
            {
                "sequence": integer(1),
                "year": integer(1900, 2200),
                "site": optional(text()),
                "words": optional(mapping_of(text())),
                "number": text(),
            }
        ),
    },
    each="rules",
    check=_rule_faults,
)

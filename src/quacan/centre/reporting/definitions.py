"""Indicators and report outlines as data: what a planner writes, and what is refused in a sentence."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

from quacan.centre.base.definitions import (
    Definition,
    Key,
    Schema,
    in_force,
    integer,
    load,
    mapping_of,
    optional,
    pair_keys,
    pair_of,
    rows_of,
    text,
    values_of,
)
from quacan.centre.base.language.texts import Text
from quacan.centre.base.problems import Flaw

KINDS: Final = ("flow", "stock", "ratio", "distinct")
FIGURE: Final = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


@dataclass(frozen=True, slots=True)
class Term:
    """A sum over the book: what to take of a measure's entries, where, with which sign."""

    measure: str
    take: str
    where: Mapping[str, tuple[str, ...]]
    sign: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure a director reads aloud, defined over entries."""

    code: str
    version: str
    name: Text
    unit: Text
    group: Text
    kind: str
    terms: tuple[Term, ...]
    denominator: tuple[Term, ...]
    distinct_by: str
    breakdown: tuple[str, ...]
    decimals: int
    basis_vi: str
    in_force_from: date
    in_force_to: date | None
    sha256: str


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A section of a report: its heading, and paragraphs in which {indicator} stands for a figure."""

    key: str
    heading: str
    level: int
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """What a report of a kind contains, in order, and which parts its author must type."""

    code: str
    version: str
    title_vi: str
    symbol_kind: str
    sections: tuple[OutlineSection, ...]
    annex: tuple[str, ...]
    recipients: tuple[str, ...]
    organisations: tuple[str, ...]
    in_force_from: date
    in_force_to: date | None


def indicators() -> tuple[Indicator, ...]:
    """This will give every version of every indicator; raises DefinitionsRefused with all problems."""
    return _indicators()


@cache
def _indicators() -> tuple[Indicator, ...]:
    return tuple(_indicator(found) for found in load("indicators", INDICATOR_SCHEMA))


def indicators_in_force(on: date) -> dict[str, Indicator]:
    """This will give the indicators of a day by code, in the order they are written down."""
    return {one.code: one for one in in_force(indicators(), on)}


def outlines() -> tuple[Outline, ...]:
    """This will give every version of every report outline; raises DefinitionsRefused with all problems."""
    return _outlines()


@cache
def _outlines() -> tuple[Outline, ...]:
    return tuple(_outline(found) for found in load("reports", OUTLINE_SCHEMA))


def outline_in_force(*, kind: str, on: date) -> Outline | None:
    """This will give the outline for an organisation of a kind on a day."""
    return next((one for one in in_force(outlines(), on) if kind in one.organisations), None)


def flaws() -> Iterator[Flaw]:
    """This will find figures in outlines that no indicator defines."""
    known = {one.code for one in indicators()}
    for outline in outlines():
        named = set(outline.annex)
        for section in outline.sections:
            named |= {code for paragraph in section.paragraphs for code in FIGURE.findall(paragraph)}
        for code in sorted(named - known):
            yield Flaw(
                f"definitions/reports {outline.code}",
                f"Không có chỉ tiêu “{code}”.",
                "Sửa mã chỉ tiêu trong đề cương hoặc bổ sung chỉ tiêu.",
            )


def _terms(rows: Any) -> tuple[Term, ...]:
    return tuple(
        Term(
            measure=row["measure"],
            take=row.get("take", "quantity"),
            where={key: tuple(values) for key, values in row.get("where", {}).items()},
            sign=row.get("sign", 1),
        )
        for row in rows
    )


def _indicator(found: Definition) -> Indicator:
    data = found.data
    return Indicator(
        code=found.code,
        version=found.version,
        name=pair_of(data, "name"),
        unit=pair_of(data, "unit"),
        group=pair_of(data, "group"),
        kind=data["kind"],
        terms=_terms(data["terms"]),
        denominator=_terms(data.get("denominator", ())),
        distinct_by=data.get("distinct_by", ""),
        breakdown=tuple(data.get("breakdown", ())),
        decimals=data.get("decimals", 0),
        basis_vi=data.get("basis_vi", ""),
        in_force_from=found.in_force_from,
        in_force_to=found.in_force_to,
        sha256=found.sha256,
    )


def _outline(found: Definition) -> Outline:
    data = found.data
    return Outline(
        code=found.code,
        version=found.version,
        title_vi=data["title_vi"],
        symbol_kind=data["symbol_kind"],
        sections=tuple(
            OutlineSection(row["key"], row["heading"], row["level"], tuple(row.get("paragraphs", ())))
            for row in data["sections"]
        ),
        annex=tuple(data["annex"]),
        recipients=tuple(data["recipients"]),
        organisations=tuple(data["organisations"]),
        in_force_from=found.in_force_from,
        in_force_to=found.in_force_to,
    )


def _indicator_faults(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if (data["kind"] == "ratio") != bool(data.get("denominator")):
        yield "denominator", "chỉ chỉ tiêu kiểu ratio mới có, và phải có, mẫu số."
    if (data["kind"] == "distinct") != bool(data.get("distinct_by")):
        yield "distinct_by", "chỉ chỉ tiêu kiểu distinct mới có, và phải có, chiều để đếm."
    if data["kind"] == "stock" and data.get("breakdown") == ("month",):
        yield "breakdown", "số tồn không chia được theo tháng."


_TERM: Final[Mapping[str, Key]] = {
    "measure": text(pattern=r"[a-z][a-z0-9_.]*"),
    "take": optional(text("quantity", "amount", "entries")),
    "where": optional(mapping_of(values_of(text()))),
    "sign": optional(integer(-1, 1)),
}

INDICATOR_SCHEMA: Final = Schema(
    {
        **pair_keys("name"),
        **pair_keys("unit"),
        **pair_keys("group"),
        "kind": text(*KINDS),
        "terms": rows_of(_TERM),
        "denominator": optional(rows_of(_TERM)),
        "distinct_by": optional(text()),
        "breakdown": optional(values_of(text())),
        "decimals": optional(integer(0, 6)),
        "basis_vi": optional(text()),
    },
    each="indicators",
    check=_indicator_faults,
)

OUTLINE_SCHEMA: Final = Schema(
    {
        "title_vi": text(),
        "symbol_kind": text(),
        "sections": rows_of(
            {
                "key": text(pattern=r"[a-z][a-z0-9_]*"),
                "heading": text(),
                "level": integer(1, 3),
                "paragraphs": optional(values_of(text())),
            }
        ),
        "annex": values_of(text()),
        "recipients": values_of(text()),
        "organisations": values_of(text("centre", "sub_department", "department")),
    }
)

HUNDRED: Final = Decimal(100)

"""The procedures and limit tables of the house, read once; the frozen ones a worksheet was judged by; what they ask."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from quacan.centre.base.chain import canonical, digest
from quacan.centre.base.language.texts import Text
from quacan.centre.base.models import FrozenText
from quacan.centre.people.rules import Extent
from quacan.metrology.limits import LimitTable, read_limits
from quacan.metrology.procedure import (
    Case,
    Prepared,
    Procedure,
    SheetLayout,
    layout,
    prepare,
    read_case,
    read_procedure_text,
)
from quacan.metrology.procedure.characteristics import read_characteristics
from quacan.metrology.procedure.definition import TableLimit


@dataclass(frozen=True, slots=True)
class Shelf:
    """A procedure with the text it was read from and the texts of the limit tables it uses."""

    procedure: Procedure
    text: str
    limits_text: str


@cache
def shelves() -> tuple[Shelf, ...]:
    """This will read every procedure of the house, ordered by code and version; a wrong one is refused."""
    limit_texts = {path.name.removesuffix(".toml"): path.read_text("utf-8") for path in _files("limits")}
    limits = {name: _limit_table(text) for name, text in limit_texts.items()}
    found = []
    for path in _files("procedures"):
        text = path.read_text("utf-8")
        procedure = read_procedure_text(text, known_limits=limits)
        used = {name: limit_texts[name] for name in sorted(tables_used(procedure))}
        found.append(Shelf(procedure, text, canonical(used)))
    return tuple(sorted(found, key=lambda shelf: (shelf.procedure.code, shelf.procedure.in_force_from)))


def _files(kind: str) -> Iterator[Traversable]:
    waiting = [files("quacan.definitions").joinpath(kind)]
    while waiting:
        folder = waiting.pop()
        for entry in sorted(folder.iterdir(), key=lambda one: one.name):
            if entry.is_dir():
                waiting.append(entry)
            elif entry.name.endswith(".toml"):
                yield entry


def _limit_table(text: str) -> LimitTable:
    read = read_limits(tomllib.loads(text, parse_float=Decimal))
    if not isinstance(read, LimitTable):
        raise ValueError("; ".join(str(problem) for problem in read))
    return read


def tables_used(procedure: Procedure) -> set[str]:
    """This will name the limit tables a procedure refers to."""
    judgements = [j for step in procedure.steps for j in (step.judge, step.judge_summary) if j is not None]
    return {j.limit.table for j in judgements if isinstance(j.limit, TableLimit)}


def shelves_for(kind_code: str, *, event: str, service: str, on: date) -> list[Shelf]:
    """This will list the procedures that govern an instrument kind, event and service on a day."""
    return [
        shelf
        for shelf in shelves()
        if kind_code in shelf.procedure.applies_to
        and event in shelf.procedure.events
        and shelf.procedure.service == service
        and shelf.procedure.is_in_force(on=on)
    ]


def limits_of(shelf: Shelf) -> Mapping[str, LimitTable]:
    """This will read the limit tables a procedure of the house uses."""
    return _frozen_limits(digest(shelf.limits_text), shelf.limits_text)


@cache
def every_limit() -> Mapping[str, LimitTable]:
    """This will read every limit table of the house, by name."""
    return {
        path.name.removesuffix(".toml"): _limit_table(path.read_text("utf-8")) for path in _files("limits")
    }


def cases_of(procedure: Procedure) -> dict[str, Case]:
    """This will read the worked cases that stand beside a procedure, by name."""
    root = files("quacan.definitions") / "procedures" / procedure.discipline / procedure.code / "cases"
    if not root.is_dir():
        return {}
    found = sorted((one for one in root.iterdir() if one.name.endswith(".json")), key=lambda one: one.name)
    return {one.name.removesuffix(".json"): read_case(json.loads(one.read_text("utf-8"))) for one in found}


def frozen(procedure_text: FrozenText, limits_text: FrozenText) -> tuple[Procedure, Mapping[str, LimitTable]]:
    """This will read the procedure and limits a worksheet was frozen with."""
    limits = _frozen_limits(limits_text.sha256, limits_text.text)
    return _frozen_procedure(
        procedure_text.sha256, procedure_text.text, limits_text.sha256, limits_text.text
    ), limits


@lru_cache(maxsize=256)
def _frozen_limits(sha256: str, text: str) -> Mapping[str, LimitTable]:
    texts: dict[str, str] = json.loads(text)
    return {name: _limit_table(body) for name, body in texts.items()}


@lru_cache(maxsize=256)
def _frozen_procedure(sha256: str, text: str, limits_sha256: str, limits_text: str) -> Procedure:
    return read_procedure_text(text, known_limits=_frozen_limits(limits_sha256, limits_text))


def laid_out(
    procedure_text: FrozenText, limits_text: FrozenText, *, characteristics: str, event: str
) -> SheetLayout:
    """This will lay a frozen procedure out for an instrument, its *characteristics* as canonical JSON; kept by them."""
    key = (procedure_text.sha256, procedure_text.text, limits_text.sha256, limits_text.text)
    return _laid_out(*key, characteristics, event)


@lru_cache(maxsize=512)
def _laid_out(
    sha256: str, text: str, limits_sha256: str, limits_text: str, characteristics: str, event: str
) -> SheetLayout:
    procedure = _frozen_procedure(sha256, text, limits_sha256, limits_text)
    return layout(procedure, characteristics=json.loads(characteristics), event=event)


def prepared(
    procedure_text: FrozenText,
    limits_text: FrozenText,
    *,
    characteristics: str,
    event: str,
    on: date,
    conditions: str,
    waived: frozenset[str],
) -> Prepared:
    """This will ready a frozen procedure for readings; *characteristics* and *conditions* as canonical JSON.

    The same instrument, event, day and conditions are readied once.
    """
    key = (procedure_text.sha256, procedure_text.text, limits_text.sha256, limits_text.text)
    return _prepared(*key, characteristics, event, on, conditions, waived)


@lru_cache(maxsize=128)
def _prepared(
    sha256: str,
    text: str,
    limits_sha256: str,
    limits_text: str,
    characteristics: str,
    event: str,
    on: date,
    conditions: str,
    waived: frozenset[str],
) -> Prepared:
    return prepare(
        _frozen_procedure(sha256, text, limits_sha256, limits_text),
        characteristics=json.loads(characteristics),
        event=event,
        on=on,
        conditions=json.loads(conditions),
        limits=_frozen_limits(limits_sha256, limits_text),
        waived=waived,
    )


def extent_of(procedure: Procedure, characteristics: Mapping[str, str | Decimal]) -> Extent:
    """This will tell what an instrument is in the words of a procedure, to hold an authorisation's limits against."""
    known = read_characteristics(procedure, characteristics)
    follows = procedure.units[0] if procedure.units else ""
    units = {
        one.key: known.unit if follows and one.unit == follows else one.unit
        for one in procedure.characteristics
    }
    return Extent(
        numbers={key: (value, units[key]) for key, value in known.numbers.items()},
        choices=known.choices,
        labels={one.key: one.label.vi for one in procedure.characteristics},
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A characteristic by the key procedures read it under, with its unit or its coded choices."""

    key: str
    label: Text
    unit: str
    choices: tuple[str, ...]


def wanted_of(kind_code: str) -> tuple[Wanted, ...]:
    """This will list what procedures ask of a kind, each key once; nothing where no procedure governs it yet."""
    found: dict[str, Wanted] = {}
    for shelf in shelves():
        if kind_code in shelf.procedure.applies_to:
            for one in shelf.procedure.characteristics:
                label = Text(one.label.vi, one.label.en)
                found.setdefault(one.key, Wanted(one.key, label, one.unit, one.choices))
    return tuple(found.values())

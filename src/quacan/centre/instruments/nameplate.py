"""Which characteristics the procedures of the house ask of a kind of instrument: what its form offers."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from quacan.centre.base.language.texts import Text


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
    for kinds, wanted in _asked():
        if kind_code in kinds:
            found.update({one.key: one for one in wanted if one.key not in found})
    return tuple(found.values())


@cache
def _asked() -> tuple[tuple[frozenset[str], tuple[Wanted, ...]], ...]:
    rows = []
    for file in _procedure_files(files("quacan.definitions").joinpath("procedures")):
        data = tomllib.loads(file.read_text("utf-8"))
        wanted = tuple(_wanted(row) for row in data.get("characteristics", ()))
        rows.append((frozenset(data.get("applies_to", ())), wanted))
    return tuple(rows)


def _wanted(row: dict[str, Any]) -> Wanted:
    label = row["label"]
    return Wanted(
        row["key"],
        Text(label["vi"], label["en"]),
        row.get("unit", ""),
        tuple(str(c) for c in row.get("choices", ())),
    )


def _procedure_files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            if entry.name != "cases":
                yield from _procedure_files(entry)
        elif entry.name.endswith(".toml"):
            yield entry

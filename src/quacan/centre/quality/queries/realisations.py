"""How the value of each standard enters each step of each procedure: declared data, read once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from quacan.centre.base.definitions import Schema, load, optional, rows_of, text, values_of
from quacan.centre.quality.rules import By, Realisation, Realisations

_COLUMNS_NEEDED = {By.READING, By.NOMINAL, By.NOMINAL_RATIO, By.PERCENT_ERROR}


def _faults(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for number, group in enumerate(data["groups"], start=1):
        if (By(group["by"]) in _COLUMNS_NEEDED) != bool(group.get("columns")):
            yield f"groups[{number}].columns", f"cách “{group['by']}” và các cột không khớp nhau."
        for step in group["steps"]:
            if step in seen:
                yield f"groups[{number}].steps", f"bước “{step}” đã nói ở trên."
            seen.add(step)


SCHEMA = Schema(
    {
        "procedure": text(),
        "need": text(),
        "groups": rows_of(
            {
                "steps": values_of(text()),
                "by": text(*(word.value for word in By)),
                "columns": optional(values_of(text())),
                "percent_of": optional(text()),
            }
        ),
    },
    each="realisations",
    check=_faults,
)


@cache
def realisations() -> Mapping[str, Realisations]:
    """This will give, by procedure code, how each need's standard enters each step; raises DefinitionsRefused."""
    found: dict[str, dict[tuple[str, str], Realisation]] = defaultdict(dict)
    for definition in load("realisations", SCHEMA):
        data = definition.data
        for group in data["groups"]:
            how = Realisation(By(group["by"]), tuple(group.get("columns", ())), group.get("percent_of", ""))
            for step in group["steps"]:
                found[data["procedure"]][(data["need"], step)] = how
    return dict(found)


def realisations_of(procedure: str) -> Realisations:
    """This will give how standards enter one procedure; nothing declared means nothing can be recomputed."""
    return realisations().get(procedure, {})

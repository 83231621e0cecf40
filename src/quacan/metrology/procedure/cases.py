"""Runs a procedure on a worked case and lists every difference from what the case expects.

A case belongs to its procedure as an example belongs to a standard: it shows what passes, what fails and what
stays undetermined, and it is run whenever the procedure changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from quacan.metrology.limits import LimitTable
from quacan.metrology.procedure.definition import DefinitionRefused, Problem, Procedure
from quacan.metrology.procedure.layout import layout
from quacan.metrology.procedure.results import RowResult, SheetResult
from quacan.metrology.procedure.run import run

_KEYS = frozenset(
    {"about", "event", "on", "characteristics", "conditions", "cells", "fill", "without", "expect"}
)


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case: what was typed and what must come out.

    `fill` gives one text for every required cell of a column (`step.column`) that `cells` leaves out;
    `without` takes cells away again. Expected rows name a verdict, and optionally values such as `{"E":
    "6.0"}`.
    """

    about: str
    event: str
    on: date
    characteristics: Mapping[str, str]
    conditions: Mapping[str, str]
    cells: Mapping[str, str]
    fill: Mapping[str, str]
    without: tuple[str, ...]
    verdict: str
    rows: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class CaseReport:
    """The result of a case and every difference from what it expects, in words."""

    result: SheetResult
    differences: tuple[str, ...]


def read_case(mapping: Mapping[str, object]) -> Case:
    """This will read a case from parsed JSON; raises `DefinitionRefused` for keys or values out of place."""
    problems = [_problem(key, "is not a key of a case") for key in sorted(set(mapping) - _KEYS)]
    problems += [
        _problem(key, "is missing") for key in ("about", "event", "on", "expect") if key not in mapping
    ]
    expect = mapping.get("expect")
    if not isinstance(expect, Mapping) or "verdict" not in expect:
        problems.append(_problem("expect", "must name a verdict"))
    if problems:
        raise DefinitionRefused(tuple(problems))
    assert isinstance(expect, Mapping)
    return Case(
        about=str(mapping["about"]),
        event=str(mapping["event"]),
        on=date.fromisoformat(str(mapping["on"])),
        characteristics=_texts(mapping, "characteristics"),
        conditions=_texts(mapping, "conditions"),
        cells=_texts(mapping, "cells"),
        fill=_texts(mapping, "fill"),
        without=_list(mapping, "without"),
        verdict=str(expect["verdict"]),
        rows={key: _texts(expect.get("rows", {}), key) for key in expect.get("rows", {})},
    )


def run_case(procedure: Procedure, case: Case, *, limits: Mapping[str, LimitTable]) -> CaseReport:
    """This will evaluate the case and compare verdicts, limits and values with what it expects."""
    result = run(
        procedure,
        characteristics=case.characteristics,
        event=case.event,
        on=case.on,
        cells=case_cells(procedure, case),
        conditions=case.conditions,
        limits=limits,
    )
    differences = [
        f"unknown cell {reason.where}" for reason in result.warnings if reason.code == "unknown_cell"
    ]
    if result.verdict != case.verdict:
        differences.append(f"verdict is {result.verdict}, expected {case.verdict}")
    for key, wanted in case.rows.items():
        row = result.rows.get(key)
        differences += [f"there is no row {key}"] if row is None else _row_differences(row, wanted)
    return CaseReport(result, tuple(differences))


def case_cells(procedure: Procedure, case: Case) -> dict[str, str]:
    """This will give the cells of a case with its `fill` spread over the layout and `without` taken away."""
    shown = layout(procedure, characteristics=case.characteristics, event=case.event)
    cells = dict(case.cells)
    for step in shown.steps:
        for row in step.rows:
            for cell in row.cells:
                text = case.fill.get(f"{step.key}.{cell.column}")
                if text is not None and cell.required:
                    filled = str(row.nominal) if text == "nominal" else text
                    cells.setdefault(cell.key, filled)
    return {key: text for key, text in cells.items() if key not in case.without}


def _row_differences(row: RowResult, wanted: Mapping[str, str]) -> list[str]:
    found = []
    for name, text in wanted.items():
        got = _named(row, name)
        if got is None or not _same(got, text):
            found.append(f"{row.key}: {name} is {got}, expected {text}")
    return found


def _named(row: RowResult, name: str) -> object:
    limit = row.limit
    special = {
        "verdict": row.verdict.value if row.verdict else "none",
        "lower": limit.lower if limit else None,
        "upper": limit.upper if limit else None,
        "margin": row.margin,
    }
    return special[name] if name in special else row.values.get(name)


def _same(got: object, text: str) -> bool:
    if not isinstance(got, Decimal):
        return str(got) == text
    try:
        wanted = Decimal(text)
    except InvalidOperation:
        return False
    exponent = wanted.as_tuple().exponent
    return got == wanted or (isinstance(exponent, int) and round(got, -exponent) == wanted)


def _texts(mapping: Mapping[str, object], key: str) -> dict[str, str]:
    inner = mapping.get(key, {})
    if not isinstance(inner, Mapping):
        raise DefinitionRefused((_problem(key, "must be a table of texts"),))
    return {str(name): str(value) for name, value in inner.items()}


def _list(mapping: Mapping[str, object], key: str) -> tuple[str, ...]:
    inner = mapping.get(key, [])
    if not isinstance(inner, Sequence) or isinstance(inner, str):
        raise DefinitionRefused((_problem(key, "must be a list of cell keys"),))
    return tuple(str(each) for each in inner)


def _problem(key: str, en: str) -> Problem:
    return Problem(key, "không đúng dạng của một tình huống kiểm tra", en)

"""Work of a centre: a worksheet of 100 readings, a bench of 10 000 water meters, the book of a year."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from benchmarks.timing import best_seconds
from quacan.metrology.limits import LimitTable, read_limits
from quacan.metrology.procedure import (
    Case,
    Procedure,
    read_case,
    read_procedure,
    read_procedure_text,
    run,
    run_many,
)
from quacan.metrology.procedure.cases import case_cells

DEFINITIONS = Path(str(files("quacan").joinpath("definitions")))
METERS = 10_000
VOLTAGE_POINTS = 47
"""With three points of resistance, two readings each, this makes 100 readings."""


@cache
def limit_tables() -> dict[str, LimitTable]:
    """This will read the shipped limit tables."""
    tables = {}
    for path in sorted((DEFINITIONS / "limits").glob("**/*.toml")):
        table = read_limits(tomllib.loads(path.read_text("utf-8")))
        assert isinstance(table, LimitTable), path.name
        tables[table.code] = table
    return tables


def shipped(place: str) -> tuple[dict[str, Any], Case]:
    """This will read the definition of a shipped procedure and its passing case."""
    folder = DEFINITIONS / "procedures" / place
    newest = sorted(folder.glob("*.toml"))[-1]
    case = read_case(json.loads((folder / "cases" / "passing.json").read_text("utf-8")))
    return tomllib.loads(newest.read_text("utf-8")), case


def longer_definition(text: str) -> str:
    """This will give the definition of the multimeter points enough for 100 readings."""
    points = "".join(
        f'  {{ at = "u_range * {i} / {VOLTAGE_POINTS}" }},\n' for i in range(1, VOLTAGE_POINTS + 1)
    )
    made, count = re.subn(
        r'(key = "dc_voltage"\n.*?\npoints = \[\n).*?(\n?\])',
        rf"\g<1>{points}\g<2>",
        text,
        count=1,
        flags=re.S,
    )
    assert count == 1
    return made


def worksheet() -> tuple[Procedure, Case, dict[str, str]]:
    """This will make the sheet of a multimeter with points enough for 100 readings."""
    folder = DEFINITIONS / "procedures" / "electricity" / "multimeter"
    _definition, case = shipped("electricity/multimeter")
    text = longer_definition(sorted(folder.glob("*.toml"))[-1].read_text("utf-8"))
    procedure = read_procedure_text(text, known_limits=limit_tables())
    cells = case_cells(procedure, case)
    readings = [key for key in cells if key.endswith((".reference", ".indication"))]
    assert len(readings) == 100, len(readings)
    return procedure, case, cells


def meters() -> tuple[Procedure, Case, list[dict[str, str]]]:
    """This will make the typed readings of a bench of meters, each a little different; some outside the limits."""
    definition, case = shipped("flow/water-meter-mechanical")
    procedure = read_procedure(definition, known_limits=limit_tables())
    cells = case_cells(procedure, case)
    units = []
    for i in range(METERS):
        own = dict(cells)
        own["flow_test.q2.end"] = f"10,{(i * 7919) % 30:02d}"
        own["flow_test.q3.end"] = f"{97 + (i * 104_729) % 500 / 100:.2f}".replace(".", ",")
        units.append(own)
    return procedure, case, units


def rows(rounds: int) -> list[dict[str, Any]]:
    """This will time one worksheet, and the verdicts of all meters."""
    procedure, case, cells = worksheet()
    bench, of_meters, units = meters()

    def sheet() -> object:
        return run(
            procedure,
            characteristics=case.characteristics,
            event=case.event,
            on=case.on,
            cells=cells,
            conditions=case.conditions,
            limits=limit_tables(),
        )

    def verdicts() -> list[str]:
        results = run_many(
            bench,
            characteristics=of_meters.characteristics,
            event=of_meters.event,
            on=date(2026, 11, 20),
            units=units,
            conditions=of_meters.conditions,
            limits=limit_tables(),
        )
        return [result.verdict for result in results]

    found = verdicts()
    seconds = best_seconds({"sheet": sheet}, rounds=rounds) | best_seconds({"meters": verdicts}, rounds=2)
    return [
        {"contender": "worksheet of 100 readings", "size": 1, "seconds": seconds["sheet"]},
        {
            "contender": "verdicts of water meters",
            "size": METERS,
            "seconds": seconds["meters"],
            "verdicts": {verdict: found.count(verdict) for verdict in sorted(set(found))},
        },
    ]

"""The declared procedures and limit tables as they ship, for the tests of procedures."""

import json
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

from quacan.metrology.limits import LimitTable, read_limits
from quacan.metrology.procedure import Case, Procedure, read_case, read_procedure_text

DEFINITIONS = Path(str(files("quacan").joinpath("definitions")))
PROCEDURES = sorted((DEFINITIONS / "procedures").glob("*/*/*.toml"))
CASES = sorted((DEFINITIONS / "procedures").glob("*/*/cases/*.json"))


@cache
def limit_tables() -> dict[str, LimitTable]:
    """This will read every shipped limit table; a table with problems fails the test that asks."""
    tables = {}
    for path in sorted((DEFINITIONS / "limits").glob("**/*.toml")):
        table = read_limits(tomllib.loads(path.read_text(encoding="utf-8")))
        assert isinstance(table, LimitTable), (path.name, table)
        tables[table.code] = table
    return tables


@cache
def procedure_at(path: Path) -> Procedure:
    """This will read one shipped procedure."""
    return read_procedure_text(path.read_text(encoding="utf-8"), known_limits=limit_tables())


def procedure_named(code: str) -> Procedure:
    """This will read the first version of a shipped procedure."""
    return procedure_at(next(path for path in PROCEDURES if path.parent.name == code))


@cache
def case_at(path: Path) -> Case:
    """This will read one shipped case."""
    return read_case(json.loads(path.read_text(encoding="utf-8")))


def procedure_of(case_path: Path) -> Procedure:
    """This will read the newest version of the procedure a case belongs to."""
    return procedure_at(sorted(case_path.parent.parent.glob("*.toml"))[-1])

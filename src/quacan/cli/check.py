"""quacan check: prove chains, ledger = records, definitions, registers, documents; list every problem."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from quacan.cli import open_house

if TYPE_CHECKING:
    from quacan.centre.base.problems import Flaw


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """This will add ``quacan check``."""
    command = commands.add_parser("check", help="prove that everything stored is whole; list every problem")
    command.add_argument("--json", action="store_true", help="problems as JSON")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Every problem with its record and remedy, then what should be known; exit code 1 for problems only."""
    open_house()
    from quacan.centre.base.doors import today

    found, notes = list(every_flaw()), list(every_note(today()))
    if args.json:
        rows = [{"record": f.record, "problem": str(f.sentence), "remedy": str(f.remedy)} for f in found]
        json.dump({"problems": rows, "notes": notes}, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 1 if found else 0
    for flaw in found:
        print(f"✕ {flaw.record}\n  {flaw.sentence} {flaw.remedy}")
    for note in notes:
        print(f"! {note}")
    print(f"{len(found)} vấn đề / problems" if found else "✓ Mọi thứ nguyên vẹn / everything is whole")
    return 1 if found else 0


def every_flaw() -> "Iterator[Flaw]":
    """Every department's proof, definitions first, then the cheap mechanisms."""
    from quacan.centre.base.departments import departments

    yield from definition_flaws()
    for department in sorted(departments(), key=lambda one: one.flaws_order):
        if department.flaws is not None:
            yield from department.flaws()


def every_note(on: date) -> "Iterator[str]":
    """What is no flaw and yet should be known, of every department."""
    from quacan.centre.base.departments import departments

    for department in departments():
        if department.notes is not None:
            yield from department.notes(on)


def definition_flaws() -> "Iterator[Flaw]":
    """What is wrong with the definitions departments read."""
    from quacan.centre.base.definitions import DefinitionsRefused
    from quacan.centre.base.departments import departments
    from quacan.centre.base.problems import Flaw
    from quacan.metrology.procedure import DefinitionRefused

    remedy = "Sửa tệp định nghĩa theo câu trên rồi chạy lại."
    for read in (one for department in departments() for one in department.definitions):
        try:
            read()
        except DefinitionsRefused as refused:
            for problem in refused.problems:
                yield Flaw(f"definitions/{problem.file} {problem.key}", problem.sentence, remedy)
        except (DefinitionRefused, ValueError) as refused:
            yield Flaw("definitions", str(refused), remedy)

"""quacan check: prove chains, ledger = records, definitions, registers, documents; list every problem."""

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import chain
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
    """This will print every problem with its record and remedy; exit code 1 when there is any."""
    open_house()
    found = list(every_flaw())
    if args.json:
        rows = [{"record": f.record, "problem": str(f.sentence), "remedy": str(f.remedy)} for f in found]
        json.dump({"problems": rows}, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 1 if found else 0
    for flaw in found:
        print(f"✕ {flaw.record}\n  {flaw.sentence} {flaw.remedy}")
    print(f"{len(found)} vấn đề / problems" if found else "✓ Mọi thứ nguyên vẹn / everything is whole")
    return 1 if found else 0


def every_flaw() -> "Iterator[Flaw]":
    """This will run every department's proof, the cheap mechanisms first."""
    from quacan.centre.activities import queries as activities
    from quacan.centre.base import queries as base
    from quacan.centre.certificates import queries as certificates
    from quacan.centre.contracts import queries as contracts
    from quacan.centre.facilities import queries as facilities
    from quacan.centre.ledger import queries as ledger
    from quacan.centre.quality import queries as quality
    from quacan.centre.reporting import queries as reporting
    from quacan.centre.verification import queries as verification

    yield from definition_flaws()
    yield from base.flaws()
    yield from facilities.flaws()
    yield from verification.flaws()
    yield from certificates.flaws()
    yield from quality.flaws()
    postings = chain(
        contracts.postings(), verification.postings(), certificates.postings(), activities.postings()
    )
    yield from ledger.flaws(postings)
    yield from reporting.flaws()


def definition_flaws() -> "Iterator[Flaw]":
    """This will read every definition of the house and turn what is wrong with them into flaws."""
    from quacan.centre.activities.kinds import activity_kinds
    from quacan.centre.base.calendar import working_calendar
    from quacan.centre.base.definitions import DefinitionsRefused
    from quacan.centre.base.numbering import numbering_rules
    from quacan.centre.base.problems import Flaw
    from quacan.centre.instruments.catalogue import kinds
    from quacan.centre.quality.queries import realisations
    from quacan.centre.reporting.definitions import indicators, outlines
    from quacan.centre.verification.library import shelves
    from quacan.metrology.procedure import DefinitionRefused

    remedy = "Sửa tệp định nghĩa theo câu trên rồi chạy lại."
    readers = (
        activity_kinds, working_calendar, numbering_rules, kinds, realisations, indicators, outlines, shelves,
    )  # fmt: skip
    for read in readers:
        try:
            read()
        except DefinitionsRefused as refused:
            for problem in refused.problems:
                yield Flaw(f"definitions/{problem.file} {problem.key}", problem.sentence, remedy)
        except (DefinitionRefused, ValueError) as refused:
            yield Flaw("definitions", str(refused), remedy)

"""quacan procedure: definitions on the command line."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quacan.cli import open_house, refused

if TYPE_CHECKING:
    from quacan.centre.examinations.rules.budgets import Shape
    from quacan.centre.verification.library import Shelf
    from quacan.metrology.procedure import RowResult, SheetResult

EVENTS = ("initial", "periodic", "after_repair", "inspection")
_FILE = """
FILE.json: {"characteristics": {"max_load": "15 kg", …}, "conditions": {"temperature": "24,6" or ["24,6", "25"]},
"cells": {"accuracy_up.1.indication": "100", …}}; the keys are those that `quacan procedure show CODE` lists. Numbers
are texts, with a comma or a point. A worked case of the procedure (with "fill" and "expect") is taken too.
"standards" gives what the certificates state, by need: {"weights": {"U": "0,005", "unit": "g", "k": "2"}} for one
statement that holds everywhere, or a list of such rows with "nominal" as on a certificate; then every point has its
budget and U. "decision_rule": "guarded_acceptance" draws the limits in by that U.
The answer is JSON: verdict, reasons, rows with error, limit, margin, U, verdict, and the budgets."""


class _Refusal(Exception):
    """A question that cannot be answered; the message is the sentence to print."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """This will add ``quacan procedure`` (list, show, check, run) and ``quacan recompute``."""
    top = commands.add_parser(
        "procedure", help="quy trình: liệt kê, xem, kiểm tra, chạy · declared procedures"
    )
    verbs = top.add_subparsers(title="verbs", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="every procedure with its source and confidence")
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.set_defaults(run=lambda args: _answered(_list, args))
    show = verbs.add_parser("show", help="one procedure: what it asks for, its cells, its sources")
    show.add_argument("code", metavar="CODE")
    show.add_argument("--event", choices=EVENTS, default="periodic")
    show.add_argument("--on", type=_day, default=None, metavar="DATE", help="the version of that day (today)")
    show.add_argument("--characteristics", metavar="FILE", help="JSON of the instrument, for concrete points")
    show.set_defaults(run=lambda args: _answered(_show, args))
    check = verbs.add_parser("check", help="explain every problem of definitions and run their worked cases")
    check.add_argument("what", metavar="CODE|FILE.toml", nargs="*", help="all when none is named")
    check.set_defaults(run=lambda args: _answered(_check, args))
    running = verbs.add_parser(
        "run",
        help="evaluate a file of readings",
        epilog=_FILE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    running.add_argument("code", metavar="CODE")
    running.add_argument("--event", required=True, choices=EVENTS)
    running.add_argument("--on", required=True, type=_day, metavar="DATE", help="day of the measurement")
    running.add_argument("file", metavar="FILE.json", help="readings, or - for standard input")
    running.set_defaults(run=lambda args: _answered(_run, args))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day like 2026-11-20") from error


def _answered(command: Any, args: argparse.Namespace) -> int:
    from quacan.metrology.procedure import DefinitionRefused

    try:
        return int(command(args))
    except _Refusal as refusal:
        return refused(str(refusal))
    except DefinitionRefused as refusal:
        return refused(" ".join(str(refusal).split()))


def _shelves() -> "tuple[Shelf, ...]":
    open_house()
    from quacan.centre.verification.library import shelves

    return shelves()


def _shelf(code: str, *, on: date | None) -> "Shelf":
    named = [shelf for shelf in _shelves() if shelf.procedure.code == code]
    if not named:
        known = ", ".join(sorted({shelf.procedure.code for shelf in _shelves()}))
        raise _Refusal(f"There is no procedure '{code}'; there are: {known}.")
    governing = named if on is None else [shelf for shelf in named if shelf.procedure.is_in_force(on=on)]
    if not governing:
        since = ", ".join(str(shelf.procedure.in_force_from) for shelf in named)
        raise _Refusal(f"No version of '{code}' is in force on {on}; versions begin on: {since}.")
    return governing[-1]


def _list(args: argparse.Namespace) -> int:
    rows = [
        {
            "code": p.code,
            "version": p.version,
            "title": p.title.vi,
            "title_en": p.title.en,
            "method": p.method,
            "service": p.service,
            "discipline": p.discipline,
            "kinds": list(p.applies_to),
            "events": list(p.events),
            "in_force_from": p.in_force_from.isoformat(),
            "source": p.source.reference,
            "confidence": p.source.confidence,
        }
        for p in (shelf.procedure for shelf in _shelves())
    ]
    if args.json:
        return _print({"procedures": rows})
    for row in rows:
        print(
            f"{row['code']:<32} {row['version']:<4} {row['confidence']:<7} {row['title']} · {row['method']}"
        )
    return 0


def _show(args: argparse.Namespace) -> int:
    from quacan.metrology.procedure import as_json, layout

    shelf = _shelf(args.code, on=args.on)
    given = _request(args.characteristics) if args.characteristics else {}
    characteristics = _texts(given.get("characteristics", given), "characteristics")
    procedure = shelf.procedure
    return _print(
        {
            "code": procedure.code,
            "version": procedure.version,
            "characteristics": [
                {"key": one.key, "label": one.label.vi, "unit": one.unit, "choices": list(one.choices)}
                for one in procedure.characteristics
            ],
            "sources": {path: as_json(source) for path, source in procedure.sources().items()},
            "layout": as_json(layout(procedure, characteristics=characteristics, event=args.event)),
        }
    )


def _check(args: argparse.Namespace) -> int:
    open_house()
    found: list[dict[str, str]] = []
    codes = [what for what in args.what if not what.endswith(".toml")]
    files = [what for what in args.what if what.endswith(".toml")]
    for file in files:
        found += _file_problems(Path(file))
    shelves = [_shelf(code, on=None) for code in codes] if args.what else list(_shelves())
    checked = 0
    for shelf in shelves:
        for name, differences in _case_differences(shelf):
            checked += 1
            found += [
                {"procedure": shelf.procedure.code, "where": name, "problem": one} for one in differences
            ]
    _print({"procedures": len(shelves) + len(files), "cases": checked, "problems": found})
    return 1 if found else 0


def _file_problems(file: Path) -> list[dict[str, str]]:
    from quacan.centre.verification.library import every_limit
    from quacan.metrology.procedure import DefinitionRefused, read_procedure_text

    try:
        read_procedure_text(file.read_text("utf-8"), known_limits=every_limit())
    except OSError as error:
        raise _Refusal(f"The file '{file}' cannot be read: {error.strerror}.") from error
    except DefinitionRefused as refusal:
        return [
            {"procedure": str(file), "where": p.path, "problem": p.vi, "en": p.en} for p in refusal.problems
        ]
    return []


def _case_differences(shelf: "Shelf") -> Iterator[tuple[str, tuple[str, ...]]]:
    from quacan.centre.verification.library import cases_of, limits_of
    from quacan.metrology.procedure import run_case

    cases = cases_of(shelf.procedure)
    if not cases:
        yield "cases", ("the procedure has no worked cases",)
    for name, case in cases.items():
        yield f"{name}.json", run_case(shelf.procedure, case, limits=limits_of(shelf)).differences


def _run(args: argparse.Namespace) -> int:
    from quacan.metrology.procedure import evaluate, prepare

    shelf = _shelf(args.code, on=args.on)
    from quacan.centre.verification.library import limits_of

    if args.event not in shelf.procedure.events:
        raise _Refusal(
            f"'{args.code}' has no event {args.event}; it has: {', '.join(shelf.procedure.events)}."
        )
    given = _readings(_request(args.file), shelf, args)
    prepared = prepare(
        shelf.procedure,
        characteristics=_texts(given.get("characteristics", {}), "characteristics"),
        event=args.event,
        on=args.on,
        conditions=_conditions(given.get("conditions", {})),
        limits=limits_of(shelf),
    )
    cells = _texts(given.get("cells", {}), "cells")
    result = evaluate(prepared, cells=cells)
    shapes = _budgets(shelf, result, given)
    if _rule(given) == "guarded_acceptance":
        result = evaluate(prepared, cells=cells, guards=_guards(shapes, result))
    stated = {shape["row"]: shape["U_stated"] for shape in shapes if shape["refused"] is None}
    answer = _result(result)
    for row in answer["rows"]:
        row["U"] = row["U"] or stated.get(row["key"])
    return _print(answer | {"budgets": shapes} if "standards" in given else answer)


def _rule(given: Mapping[str, Any]) -> str:
    rule = str(given.get("decision_rule", ""))
    if rule not in ("", "simple_acceptance", "guarded_acceptance"):
        raise _Refusal(f"There is no decision rule '{rule}'; use simple_acceptance or guarded_acceptance.")
    return rule


def _budgets(shelf: "Shelf", result: "SheetResult", given: Mapping[str, Any]) -> "list[Shape]":
    from quacan.cli.stating import StatementRefused, budgets_stated

    standards = given.get("standards", {})
    if not isinstance(standards, dict):
        raise _Refusal("The field 'standards' must be an object by need.")
    if "standards" not in given:
        return []
    name = f"{shelf.procedure.code} {result.on}"
    try:
        return budgets_stated(shelf.procedure, result, standards, name=name)
    except StatementRefused as refusal:
        raise _Refusal(str(refusal)) from refusal


def _guards(shapes: "list[Shape]", result: "SheetResult") -> dict[str, Decimal]:
    from quacan.centre.examinations.rules.budgets import guard_of

    return {key: U for shape in shapes for key, U in guard_of(shape, result).items()}


def _readings(given: Mapping[str, Any], shelf: "Shelf", args: argparse.Namespace) -> Mapping[str, Any]:
    """The readings of a file; a worked case is spread over the layout first."""
    from quacan.metrology.procedure import read_case
    from quacan.metrology.procedure.cases import case_cells

    if "expect" in given:
        own = {name: value for name, value in given.items() if name not in ("standards", "decision_rule")}
        case = read_case({**own, "event": args.event, "on": args.on.isoformat()})
        return {**given, "cells": case_cells(shelf.procedure, case)}
    known = ("about", "cells", "characteristics", "conditions", "decision_rule", "standards")
    if strange := sorted(set(given) - set(known)):
        raise _Refusal(f"The file has a field '{strange[0]}' that is none of: {', '.join(known)}.")
    return given


def _result(result: "SheetResult") -> dict[str, Any]:
    return {
        "procedure": result.procedure,
        "version": result.version,
        "event": result.event,
        "on": result.on.isoformat(),
        "verdict": str(result.verdict),
        "decided_early": result.decided_early,
        "missing": list(result.missing_cells),
        "reasons": [
            {"code": one.code, "where": one.where, "vi": one.vi, "en": one.en} for one in result.reasons
        ],
        "warnings": [
            {"code": one.code, "where": one.where, "vi": one.vi, "en": one.en} for one in result.warnings
        ],
        "rows": [_row(row) for step in result.steps for row in step.rows],
    }


def _row(row: "RowResult") -> dict[str, Any]:
    limit = row.limit
    return {
        "key": row.key,
        "step": row.step,
        "label": row.label.vi,
        "nominal": _plain(row.nominal),
        "unit": row.unit,
        "readings": {cell.column: cell.text for cell in row.cells},
        "values": {name: _plain(value) for name, value in row.values.items()},
        "error": _plain(row.error),
        "limit": None
        if limit is None
        else {
            "lower": _plain(limit.lower),
            "upper": _plain(limit.upper),
            "unit": limit.unit,
            "text": limit.text.vi,
            "source": limit.reference,
            "confidence": limit.confidence,
        },
        "margin": _plain(row.margin),
        "U": _plain(row.values.get("U")),
        "verdict": str(row.verdict) if row.verdict else None,
        "reasons": [one.vi for one in row.reasons],
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _request(file: str) -> Mapping[str, Any]:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8-sig")
        found = json.loads(text, parse_float=str, parse_int=str)
    except OSError as error:
        raise _Refusal(f"The file '{file}' cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise _Refusal(f"The file '{file}' is not text in UTF-8.") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise _Refusal(f"The file '{file}' is not JSON: {error}.") from error
    if not isinstance(found, dict):
        raise _Refusal(f"The file '{file}' must be a JSON object with named fields.")
    return found


def _texts(value: object, field: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise _Refusal(f"The field '{field}' must be an object of texts.")
    return value


def _conditions(value: object) -> dict[str, str | list[str]]:
    if not isinstance(value, dict):
        raise _Refusal("The field 'conditions' must be an object.")
    for name, one in value.items():
        moments = one if isinstance(one, list) else [one]
        if not all(isinstance(moment, str) for moment in moments):
            raise _Refusal(f"The condition '{name}' must be a text or a list of texts.")
    return value


def _print(value: Any) -> int:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0

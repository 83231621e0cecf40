"""quacan bench: decide a bench's file of many instruments, record it on the worksheets of a batch."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quacan.cli.answering import answer, in_the_house
from quacan.metrology.procedure.definition import EVENTS

if TYPE_CHECKING:
    from quacan.centre.base.act import Act
    from quacan.centre.verification.library import Shelf
    from quacan.centre.verification.models import Batch, BatchFile
    from quacan.centre.verification.rules import benches

AT_ONCE = 1000


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """This will add ``quacan bench check`` and ``quacan bench record``."""
    top = commands.add_parser("bench", help="decide or record the file of a test bench (CSV or XLSX)")
    verbs = top.add_subparsers(required=True, metavar="DEED")
    check = verbs.add_parser("check", help="decide every row of a file; nothing is written")
    check.add_argument("code", metavar="PROCEDURE")
    check.add_argument("file", metavar="FILE", type=Path, help="CSV or XLSX, one row per instrument")
    check.add_argument("--mapping", required=True, type=Path, metavar="M.json", help=MAPPING)
    check.add_argument("--event", default="periodic", choices=EVENTS)
    check.add_argument("--on", required=True, type=_day, metavar="DATE", help="day of the measurement")
    check.add_argument("--json", action="store_true", help="every row and the figures as JSON")
    check.set_defaults(run=in_the_house(run_check))
    record = verbs.add_parser("record", help="record a file on the worksheets of a batch, by who measures it")
    record.add_argument("batch", metavar="BATCH", help="number of the batch")
    record.add_argument("file", metavar="FILE", type=Path)
    record.add_argument("--by", required=True, metavar="USER", help="who measures the batch")
    record.add_argument("--mapping", type=Path, metavar="M.json", help="else the bench's last one")
    record.add_argument("--reason", default="", help="needed where readings are written over")
    record.set_defaults(run=in_the_house(run_record))


MAPPING = (
    '{"unit_by": "serial", "unit": COLUMN, "columns": {CELL: COLUMN}, "constants": {"visual.*": "ok"}, '
    '"conditions": {"temperature": "23,4"}, "characteristics": {KEY: TEXT}}'
)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day like 2026-11-20") from error


def run_check(args: argparse.Namespace) -> int:
    """This will decide every row of a file as equal instruments; exit code 1 where a row does not pass."""
    from quacan.centre.verification.rules import benches

    given = _json(args.mapping)
    characteristics = given.pop("characteristics", {})
    shelf = _shelf(args.code, args.on)
    table = benches.read_table(args.file.read_bytes(), name=args.file.name)
    rows = list(_decided(args, shelf, table, given, characteristics))
    figures = benches.batch_figures((one["verdict"], one["worst"], one["errors"]) for one in rows)
    if args.json:
        answer({"rows": rows, "figures": figures.as_json()})
    else:
        for one in rows:
            if one["verdict"] != "pass" or one["problems"]:
                print(f"{one['row']}\t{one['unit']}\t{one['verdict']}\t{' '.join(one['problems'])}")
        words = ", ".join(f"{n} {verdict}" for verdict, n in sorted(figures.verdicts.items()))
        print(f"{len(rows)} hàng / rows: {words}; {figures.near} pass near the limit")
    return 0 if set(figures.verdicts) <= {"pass"} else 1


def _decided(
    args: argparse.Namespace,
    shelf: "Shelf",
    table: "benches.Table",
    given: Mapping[str, Any],
    characteristics: Mapping[str, Any],
) -> Iterator[dict[str, Any]]:
    from quacan.centre.verification.library import limits_of
    from quacan.centre.verification.refusals import MappingWrong
    from quacan.centre.verification.rules import benches
    from quacan.metrology.procedure import layout

    shape = layout(shelf.procedure, characteristics=characteristics, event=args.event)
    cells = benches.cell_names(shape, english=False)
    try:
        mapping = benches.read_mapping(
            dict(given),
            columns=table.columns,
            cells=cells,
            conditions=[rule.key for rule in shape.conditions],
        )
    except benches.MappingRefused as refused:
        raise MappingWrong(problems=" ".join(refused.problems)) from refused
    at = table.columns.index(mapping.unit)
    known = {row[at]: benches.Unit(n, n, row[at]) for n, row in enumerate(table.rows, 1) if row[at]}
    if mapping.unit_by == "position":
        known = {text: benches.Unit(n, n, text) for n, text in enumerate(known, 1)}
        mapping = benches.Mapping(
            "serial", mapping.unit, mapping.columns, mapping.constants, mapping.conditions
        )
    rows = benches.matched(table, mapping, cells=cells, units=list(known.values()), stop=len(table.rows))
    conditions = {
        rule.key: [mapping.conditions.get(f"{rule.key}/{moment}", "") for moment in ("start", "end")]
        for rule in shape.conditions
    }
    decided = benches.weigh(
        shelf.procedure,
        characteristics=characteristics,
        event=args.event,
        on=args.on,
        units=[{key: text for key, text in row.cells.items() if text} if row.unit else {} for row in rows],
        conditions=conditions,
        limits=limits_of(shelf),
    )
    pairs = zip(rows, decided, strict=True)
    done = 0
    while chunk := list(islice(pairs, AT_ONCE)):
        yield from (_row(row, one) for row, one in chunk)
        done += len(chunk)
        _progress(done, len(rows))


def _row(row: "benches.FileRow", one: "benches.Weighed") -> dict[str, Any]:
    from quacan.centre.verification.rules import benches

    said = [reason.vi for reason in one.why if reason.code != "missing_reading" or not row.problems]
    problems = [benches.sentence(problem.as_json(), english=False) for problem in row.problems]
    return {
        "row": row.row,
        "unit": row.unit_text,
        "verdict": one.verdict,
        "worst": one.worst,
        "worst_at": one.worst_at,
        "errors": dict(one.errors),
        "problems": problems + (said if row.unit else []),
    }


def run_record(args: argparse.Namespace) -> int:
    """This will take a file in, decide it and write it on the worksheets of a batch, with progress."""
    from quacan.centre.verification import actions

    batch, act = _batch(args.batch), _deed(args)
    content = args.file.read_bytes()
    file = actions.attach_bench_file(act(), batch, name=args.file.name, content=content)
    given = _json(args.mapping) if args.mapping else batch.bench.mappings.get(batch.procedure_code, {})
    given.pop("characteristics", None)
    if file.state != "recording":
        file = actions.map_bench_file(act(), file, mapping=given)
    while file.state == "weighing":
        file = actions.weigh_bench_file(act(), file)
        _progress(file.done, file.total)
    while file.state != "recorded":
        file = actions.record_bench_file(act(), file)
        _progress(file.done, file.total)
    return answer(_account(file))


def _deed(args: argparse.Namespace) -> Any:
    from django.utils import timezone

    from quacan.centre.base.act import Act
    from quacan.centre.base.refusals import NotFound
    from quacan.centre.people.models import Person

    person = Person.objects.filter(username=args.by, is_active=True).first()
    if person is None:
        raise NotFound(record=f"người dùng {args.by}")

    def act() -> "Act":
        return Act(actor=person, at=timezone.now(), door="cli", reason=args.reason)

    return act


def _batch(number: str) -> "Batch":
    from quacan.centre.base.refusals import NotFound
    from quacan.centre.verification.models import Batch

    found = list(Batch.objects.select_related("bench", "organisation", "performer").filter(number=number))
    if len(found) != 1:
        raise NotFound(record=f"lô {number}")
    return found[0]


def _account(file: "BatchFile") -> dict[str, Any]:
    from quacan.centre.verification.rules import benches

    wrong = [
        benches.sentence(one, english=False)
        for row in file.rows.exclude(problems=[]).only("problems").iterator(chunk_size=500)
        for one in row.problems
    ]
    verdicts = Counter(file.rows.order_by().values_list("verdict", flat=True).iterator())
    written = file.rows.filter(changes__gt=0).count()
    return {
        "batch": file.batch.number,
        "file": file.sha256,
        "verdicts": dict(verdicts),
        "written": written,
        "problems": wrong,
    }


def _shelf(code: str, on: date) -> "Shelf":
    from quacan.centre.base.refusals import NotFound
    from quacan.centre.verification.library import shelves

    found = [one for one in shelves() if one.procedure.code == code and one.procedure.is_in_force(on=on)]
    if not found:
        raise NotFound(record=f"quy trình {code} có hiệu lực ngày {on:%d/%m/%Y}")
    return found[-1]


def _json(path: Path) -> dict[str, Any]:
    from quacan.centre.base.refusals import FieldWrong

    try:
        given = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise FieldWrong(field=path.name, why="không phải JSON mã UTF-8") from error
    if not isinstance(given, dict):
        raise FieldWrong(field=path.name, why="phải là một đối tượng JSON")
    return given


def _progress(done: int, total: int) -> None:
    """The same line over and over on a terminal; lines else."""
    end = "\r" if sys.stderr.isatty() and done < total else "\n"
    print(f"{done}/{total}", end=end, file=sys.stderr, flush=True)

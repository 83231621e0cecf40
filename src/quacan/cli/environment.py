"""quacan environment: take in what a logger recorded, tell how the watched places stand."""

import argparse
from pathlib import Path

from quacan.cli.answering import in_the_house, operator


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """This will add ``quacan environment`` with import and list."""
    environment = commands.add_parser("environment", help="take in logger files, list the watched places")
    deeds = environment.add_subparsers(title="deeds", metavar="DEED", required=True)
    take = deeds.add_parser(
        "import", help="take in a logger's file (CSV, TXT, Excel); only what is new is added"
    )
    take.add_argument("point", metavar="POINT", help="code of the point")
    take.add_argument("file", metavar="FILE")
    take.add_argument("--organisation", metavar="CODE", default="", help="where two houses have such a point")
    take.set_defaults(run=run_import)
    states = deeds.add_parser("list", help="every point: newest record, state, alarms nobody answered")
    states.set_defaults(run=run_list)


@in_the_house
def run_import(args: argparse.Namespace) -> int:
    """This will read a file by the columns its point was last read by, else by the columns found in it."""
    from quacan.centre.base.refusals import NotFound
    from quacan.centre.facilities.actions import import_file
    from quacan.centre.facilities.models import Point

    points = Point.objects.filter(code=args.point).select_related("organisation", "keeper")
    if args.organisation:
        points = points.filter(organisation__code=args.organisation)
    found = list(points[:2])
    if len(found) != 1:
        raise NotFound(record=f"một điểm theo dõi {args.point} (thêm --organisation nếu có nhiều)")
    path = Path(args.file)
    made = import_file(operator(), found[0], name=path.name, content=path.read_bytes())
    print(
        f"{made.records_added} số liệu mới, {made.records_known} đã có, {made.rows_rejected} dòng không nhận"
        f" · {made.records_added} added, {made.records_known} known, {made.rows_rejected} rows refused"
    )
    for sentence in made.problems:
        print(f"  {sentence}")
    return 0


@in_the_house
def run_list(args: argparse.Namespace) -> int:
    """This will print one line for each point."""
    from django.utils import timezone

    from quacan.centre.facilities.models import Point
    from quacan.centre.facilities.queries import point_states

    points = Point.objects.select_related("organisation")
    for one in point_states(points, now=timezone.now()):
        latest = " · ".join(f"{row.text} {row.unit}" for row in one.latest) or "—"
        when = f"{timezone.localtime(one.last_at):%d/%m/%Y %H:%M}" if one.last_at else "—"
        print(one.point.organisation.code, one.point.code, latest, when, one.state, one.alarms, sep="\t")
    return 0

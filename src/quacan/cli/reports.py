"""quacan report, trace, list: figures, where they come from, what there is to ask for."""

import argparse
from typing import TYPE_CHECKING, Any

from quacan.cli.answering import answer, answer_rows, in_the_house, write_out

if TYPE_CHECKING:
    from quacan.centre.organisation.models import Organisation
    from quacan.centre.reporting.definitions import Indicator
    from quacan.centre.reporting.queries import Scope

FORMATS = ("json", "pdf", "docx", "xlsx")
LISTS = ("organisations", "indicators", "periods", "certificates")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """This will add ``quacan report``, ``quacan trace`` and ``quacan list``."""
    report = commands.add_parser(
        "report",
        help="the figures of a period as JSON, or the report as PDF, Word, Excel",
        description="Figures come from the ledger. A closed period gives the same JSON bytes for ever; "
        "an issued report gives the very files that were issued, otherwise a draft is printed.",
    )
    _whose(report)
    report.add_argument("--format", choices=FORMATS, default="json")
    report.add_argument("--out", default="-", metavar="FILE", help="where to write; - is standard output")
    report.set_defaults(run=run_report)
    trace = commands.add_parser(
        "trace", help="open an indicator: ledger entries, their records, documents and raw readings"
    )
    trace.add_argument("indicator", metavar="CODE", help="an indicator, as quacan list indicators names it")
    _whose(trace)
    trace.add_argument("--limit", type=_count, metavar="N", help="at most N entries (all without it)")
    trace.add_argument("--json", action="store_true", help="everything as JSON (otherwise a line per entry)")
    trace.set_defaults(run=run_trace)
    listing = commands.add_parser("list", help="name what exists: " + ", ".join(LISTS))
    listing.add_argument("what", choices=LISTS)
    listing.add_argument("--organisation", metavar="CODE", help="only this organisation's")
    listing.add_argument("--json", action="store_true", help="as JSON (otherwise lines with tabs)")
    listing.set_defaults(run=run_list)


def _whose(command: argparse.ArgumentParser) -> None:
    command.add_argument("--organisation", required=True, metavar="CODE")
    command.add_argument("--period", required=True, metavar="2022-H1")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” phải là số nguyên từ 1.")
    return int(text)


def _scope(args: argparse.Namespace) -> "Scope":
    from quacan.centre.base.periods import period
    from quacan.centre.organisation.queries import organisation_by_code
    from quacan.centre.reporting.queries import scope_of

    return scope_of(organisation_by_code(args.organisation), period(args.period))


@in_the_house
def run_report(args: argparse.Namespace) -> int:
    """This will write the figures of a period, or the report itself."""
    from quacan.centre.reporting.queries import figures_json

    scope = _scope(args)
    if args.format == "json":
        return write_out(figures_json(scope), args.out)
    return write_out(_printed(scope, args.format), args.out)


def _printed(scope: "Scope", wanted: str) -> bytes:
    """The issued file where the report was issued, else a draft printed from the book as it is read now."""
    from quacan.centre.base.queries import file_bytes
    from quacan.centre.reporting.papers import render_report_docx, render_report_pdf, render_report_xlsx
    from quacan.centre.reporting.queries import document_file, findings_of, paper_of, report_of

    report = report_of(scope.organisation, scope.period)
    if report.document is not None:
        return file_bytes(document_file(report, wanted))
    render = {"pdf": render_report_pdf, "docx": render_report_docx, "xlsx": render_report_xlsx}[wanted]
    return render(paper_of(findings_of(scope.organisation, scope.period)))


@in_the_house
def run_trace(args: argparse.Namespace) -> int:
    """This will open an indicator down to the readings."""
    from quacan.centre.reporting.queries import trace_json

    scope = _scope(args)
    data = trace_json(scope, _indicator(args.indicator, scope), limit=args.limit)
    if args.json:
        return answer(data)
    print(f"{data['name']}: {data['text']} {data['unit']} ({data['entries_total']} bút toán)")
    for entry in data["entries"]:
        source, document = entry["source"], entry["document"]
        paper = document["number"] if document else "-"
        readings = f"{len(entry['readings'])} số đọc"
        print(
            f"#{entry['seq']}",
            entry["occurred_on"],
            entry["quantity"],
            source["label"],
            paper,
            readings,
            sep="\t",
        )
    return 0


def _indicator(code: str, scope: "Scope") -> "Indicator":
    from quacan.centre.base.refusals import NotFound
    from quacan.centre.reporting.definitions import indicators_in_force

    found = indicators_in_force(scope.period.end).get(code)
    if found is None:
        raise NotFound(record=f"chỉ tiêu “{code}”")
    return found


@in_the_house
def run_list(args: argparse.Namespace) -> int:
    """This will name organisations, indicators, periods or certificates."""
    from quacan.centre.organisation.models import Organisation
    from quacan.centre.organisation.queries import organisation_by_code

    if args.organisation:
        chosen = [organisation_by_code(args.organisation)]
    else:
        chosen = list(Organisation.objects.order_by("path"))
    rows = {
        "organisations": _organisations,
        "indicators": _indicators,
        "periods": _periods,
        "certificates": _certificates,
    }[args.what](chosen)
    return answer_rows(rows, as_json=args.json, key=args.what)


def _organisations(chosen: "list[Organisation]") -> list[dict[str, Any]]:
    return [
        {
            "code": one.code,
            "name": one.name,
            "kind": one.kind,
            "parent": one.parent.code if one.parent else None,
            "province": one.province,
            "valid_from": one.valid_from.isoformat(),
            "valid_to": one.valid_to.isoformat() if one.valid_to else None,
        }
        for one in chosen
    ]


def _indicators(chosen: "list[Organisation]") -> list[dict[str, Any]]:
    from quacan.centre.reporting.definitions import indicators

    return [
        {
            "code": one.code,
            "name": one.name.vi,
            "unit": one.unit.vi,
            "group": one.group.vi,
            "kind": one.kind,
            "version": one.version,
            "in_force_from": one.in_force_from.isoformat(),
            "in_force_to": one.in_force_to.isoformat() if one.in_force_to else None,
        }
        for one in indicators()
    ]


def _periods(chosen: "list[Organisation]") -> list[dict[str, Any]]:
    from quacan.centre.reporting.queries import periods_of

    return [
        {
            "organisation": organisation.code,
            "code": one.period.code,
            "title": one.period.title.vi,
            "from": one.period.start.isoformat(),
            "to": one.period.end.isoformat(),
            "closed": one.closed_at is not None,
            "cutoff": one.closed_at.isoformat() if one.closed_at else None,
        }
        for organisation in chosen
        for one in periods_of(organisation)
    ]


def _certificates(chosen: "list[Organisation]") -> list[dict[str, Any]]:
    from quacan.centre.certificates.models import Outcome

    rows = Outcome.objects.filter(organisation__in=chosen).select_related(
        "organisation", "document", "instrument", "stamp"
    )
    return [
        {
            "number": one.number,
            "kind": one.kind,
            "organisation": one.organisation.code,
            "instrument": str(one.instrument),
            "issued_on": one.issued_on.isoformat(),
            "valid_until": one.valid_until.isoformat() if one.valid_until else None,
            "state": one.document.state,
            "stamp": one.stamp.number if one.stamp else None,
            "check_code": one.check_code,
            "sha256": one.document.snapshot_sha256,
        }
        for one in rows.order_by("organisation_id", "issued_on", "id")
    ]

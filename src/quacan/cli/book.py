"""quacan ledger: close a period, list what came in late, add the monthly sums up anew."""

import argparse

from quacan.cli.answering import answer, in_the_house, operator


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """This will add ``quacan ledger`` with close, restatement and rebuild."""
    ledger = commands.add_parser("ledger", help="close a period, list restatements, rebuild the monthly sums")
    deeds = ledger.add_subparsers(title="deeds", metavar="DEED", required=True)
    close = deeds.add_parser("close", help="fix the figures of a period; later entries are restatements")
    close.add_argument("--organisation", required=True, metavar="CODE")
    close.add_argument("--period", required=True, metavar="2022-H1")
    close.add_argument(
        "--early", action="store_true", help="before the period is over (a conference cut-off)"
    )
    close.set_defaults(run=run_close)
    late = deeds.add_parser("restatement", help="what entries recorded after closing change")
    late.add_argument("--organisation", required=True, metavar="CODE")
    late.add_argument("--period", required=True, metavar="2022-H1")
    late.add_argument("--json", action="store_true", help="as JSON (otherwise lines)")
    late.set_defaults(run=run_restatement)
    rebuild = deeds.add_parser("rebuild", help="throw the monthly sums away and add the entries up anew")
    rebuild.add_argument("--organisation", required=True, metavar="CODE")
    rebuild.set_defaults(run=run_rebuild)


@in_the_house
def run_close(args: argparse.Namespace) -> int:
    """This will close a period."""
    from quacan.centre.organisation.queries import organisation_by_code
    from quacan.centre.reporting.actions import close_figures

    organisation = organisation_by_code(args.organisation)
    closed = close_figures(operator(), organisation, period_code=args.period, early=args.early)
    print(f"Đã chốt {closed.code} của {organisation.code} tại bút toán #{closed.seq} ({closed.hash[:12]}).")
    return 0


@in_the_house
def run_restatement(args: argparse.Namespace) -> int:
    """This will list the indicators that late entries changed."""
    from quacan.centre.base.periods import period
    from quacan.centre.organisation.queries import organisation_by_code
    from quacan.centre.reporting.queries import closed_or_refused, restatement, restatement_json, scope_of

    organisation, wanted = organisation_by_code(args.organisation), period(args.period)
    closed = closed_or_refused(organisation, wanted)
    data = restatement_json(closed, restatement(closed), scope_of(organisation, wanted))
    if args.json:
        return answer(data)
    print(f"{data['late_entries']} bút toán ghi sau khi chốt {closed.code}")
    for row in data["indicators"]:
        print(row["code"], row["published"], "→", row["now"], row["unit"], sep="\t")
    return 0


@in_the_house
def run_rebuild(args: argparse.Namespace) -> int:
    """This will add the monthly sums of an organisation up anew."""
    from quacan.centre.ledger.actions import rebuild_sums
    from quacan.centre.organisation.queries import organisation_by_code

    head = rebuild_sums(operator(), organisation_by_code(args.organisation))
    print(f"Đã cộng lại tổng tháng của {args.organisation} từ {head.seq} bút toán.")
    return 0

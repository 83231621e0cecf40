"""quacan recompute: the proof that stored results come out again from what was typed."""

import argparse
import json
import sys
from collections.abc import Iterator
from time import monotonic
from typing import TYPE_CHECKING, Any

from quacan.cli import open_house, refused

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from quacan.centre.verification.models import Worksheet


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """This will add ``quacan recompute``."""
    again = commands.add_parser("recompute", help="prove that stored results come out again, digit by digit")
    again.add_argument("number", metavar="CERT", nargs="?", help="number of a certificate or a worksheet")
    again.add_argument("--all", action="store_true", help="every submitted worksheet")
    again.add_argument("--progress", action="store_true", help="tell the progress where there is no terminal")
    again.add_argument("--json", action="store_true", help="differences as JSON")
    again.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """This will recompute one worksheet or every one, tell what differs, and end with 1 when anything does."""
    if args.all == bool(args.number):
        return refused("Name one certificate or worksheet, or ask for --all.")
    open_house()
    from quacan.centre.verification.queries import submitted

    rows = submitted() if args.all else _named(args.number)
    if rows is None:
        return refused(f"There is no certificate or worksheet with the number '{args.number}'.")
    total = rows.count()
    if args.number and not total:
        return refused(
            f"The worksheet '{args.number}' was never submitted: nothing is stored to compare with."
        )
    progress = Progress(total, always=args.progress)
    found = list(_differing(rows, progress))
    if args.json:
        json.dump({"worksheets": total, "differences": found}, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for one in found:
            print(f"✕ {one['worksheet']}: {'; '.join(one['differences'])}")
        print(f"{total - len(found)}/{total} phiếu tính lại đúng như đã lưu / recomputed as stored")
    return 1 if found else 0


def _differing(rows: "QuerySet[Worksheet]", progress: "Progress") -> Iterator[dict[str, Any]]:
    """Every worksheet that does not come out again; only some hundreds are in memory at a time."""
    from quacan.centre.examinations.queries import content_of, differences
    from quacan.centre.verification.queries import CHUNK

    for done, sheet in enumerate(rows.iterator(chunk_size=CHUNK), start=1):
        wrong = list(differences(sheet))
        if content_of(sheet) != sheet.content_sha256:
            wrong.append("nội dung đã gõ khác với khi gửi soát xét")
        if wrong:
            yield {"worksheet": sheet.number, "differences": wrong}
        progress.at(done)


def _named(number: str) -> "QuerySet[Worksheet] | None":
    from django.db.models import Q

    from quacan.centre.verification.models import Worksheet
    from quacan.centre.verification.queries import submitted

    known = Worksheet.objects.filter(Q(number=number) | Q(outcome__number=number))
    return submitted().filter(pk__in=known.values("pk")) if known.exists() else None


class Progress:
    """How far a long command has come, on stderr: one line rewritten at a terminal, else a line now and then."""

    def __init__(self, total: int, *, always: bool) -> None:
        self.total, self.began = total, monotonic()
        self.live = sys.stderr.isatty()
        self.every = 0.2 if self.live else 5.0
        self.speaks = self.live or always
        self.told = self.began

    def at(self, done: int) -> None:
        """This will say how many are done and how long the rest may take, not more often than one can follow."""
        now, last = monotonic(), done == self.total
        if not self.speaks or not (last or now - self.told >= self.every):
            return
        self.told = now
        left = (now - self.began) / done * max(0, self.total - done)
        line = f"{done}/{self.total} · {100 * done // self.total} % · còn / left {left:.0f} s"
        start, end = ("\r", "\n" if last else "") if self.live else ("", "\n")
        print(f"{start}{line:<50}", end=end, file=sys.stderr, flush=True)

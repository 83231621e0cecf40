"""The book of a centre with 100 000 entries, in a process and a database of its own: `python -m benchmarks.book`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

ENTRIES = 100_000
YEAR = 2025
KINDS = 40


def rows() -> list[dict[str, Any]]:
    """This will write and read such a book in a fresh process, and give its timings."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "QUACAN_DATA": folder, "DATABASE_URL": ""}
        command = [sys.executable, "-m", "benchmarks.book"]
        done = subprocess.run(
            command,
            env=environment,
            cwd=Path(__file__).parents[1],
            capture_output=True,
            text=True,
            check=True,
        )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def main() -> int:
    """This will post the entries of a year into a new database, sum them both ways, and print the timings."""
    from quacan.cli import open_house

    open_house(migrate=True)
    from django.db import transaction

    from quacan.centre.base.act import Act
    from quacan.centre.base.actors import Operator
    from quacan.centre.ledger.actions import post
    from quacan.centre.ledger.queries import flow
    from quacan.centre.ledger.rules import Fact, Posting
    from quacan.centre.organisation.actions import found_organisation

    act = Act(actor=Operator(), at=datetime(YEAR, 1, 1, tzinfo=UTC), door="benchmark")
    centre = found_organisation(
        act, code="BENCH", name="Benchmark", short_name="Benchmark", kind="centre", symbol="B",
        province="Cao Bằng", place="Cao Bằng", valid_from=date(YEAR, 1, 1),
    )  # fmt: skip
    first = date(YEAR, 1, 1)
    postings = [
        Posting(
            centre.pk,
            f"benchmark:{i}",
            (
                Fact(
                    "verifications",
                    first + timedelta(days=i % 365),
                    amount=50_000,
                    dimensions={"kind": str(i % KINDS)},
                ),
            ),
        )
        for i in range(ENTRIES)
    ]
    start = perf_counter()
    with transaction.atomic():
        written = post(act, postings)
    posted = perf_counter() - start
    assert written == ENTRIES, written

    def summed(end: date) -> float:
        begin = perf_counter()
        cells = flow([centre.pk], "verifications", start=first, end=end)
        spent = perf_counter() - begin
        assert sum(cell.entries for cell in cells) == sum(
            1 for i in range(ENTRIES) if i % 365 <= (end - first).days
        )
        return spent

    timings = {
        "entries posted in one transaction": posted,
        "flow of whole months, from the monthly sums": min(summed(date(YEAR, 12, 31)) for _ in range(5)),
        "flow to a day inside a month, from the entries": min(summed(date(YEAR, 12, 30)) for _ in range(3)),
    }
    print(json.dumps([{"contender": name, "size": ENTRIES, "seconds": s} for name, s in timings.items()]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

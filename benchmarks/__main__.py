"""`python -m benchmarks`: measure, print ratios, write docs/benchmarks.{json,svg,md}."""

from __future__ import annotations

import json
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[1] / "docs"
ROUNDS = 12
REPEATS = 12
LIBRARIES = ("numpy", "scipy", "gtc", "uncertainties")


def measured() -> dict[str, Any]:
    """This will run every part."""
    from benchmarks import book, budget, centre, drawing, opening, peers_elsewhere, risk
    from quacan.metrology.engine_version import ENGINE_VERSION

    elsewhere, note = peers_elsewhere.rows()
    parts: dict[str, list[dict[str, Any]]] = {
        "budget": _told("budgets", budget.rows(ROUNDS)),
        "elsewhere": _told("budgets elsewhere", elsewhere),
        "million": _told("a million draws", drawing.million_rows(ROUNDS)),
        "adaptive": _told("adaptive Monte Carlo", drawing.adaptive_rows(REPEATS, 4)),
        "risk": _told("risks", risk.rows(ROUNDS)),
        "opening": _told("start-up", opening.rows(6)),
        "centre": _told("work of a centre", centre.rows(ROUNDS)),
        "book": _told("the book", book.rows()),
    }
    return {
        "engine": ENGINE_VERSION,
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "libraries": {name: version(name) for name in LIBRARIES},
        },
        "parts": parts,
        "agreement": {"budget": budget.largest_disagreement(), "risk": risk.largest_disagreement()},
        "notes": {"elsewhere": note},
    }


def _told(title: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    from benchmarks.chart import duration

    for row in rows:
        size = f" × {row['size']:,}" if "size" in row else ""
        print(f"{title}: {row['contender']}{size}: {duration(row['seconds'])}", flush=True)
    return rows


def main() -> int:
    """This will measure, write, and say of every promise whether it is kept."""
    from benchmarks import chart, page, targets

    result = measured()
    result["targets"] = targets.judged(result["parts"])
    (DOCS / "benchmarks.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (DOCS / "benchmarks.svg").write_text(chart.svg(result["parts"]), "utf-8")
    (DOCS / "benchmarks.md").write_text(page.page(result), "utf-8")
    print(result["notes"]["elsewhere"] or "metrolopy and suncal were measured in their own environment.")
    for row in result["targets"]:
        print(
            f"{'kept' if row['kept'] else 'NOT KEPT'}: {row['promise']}: {row['ratio']:.3g} ({row['target']})"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())

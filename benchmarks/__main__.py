"""`python -m benchmarks`: measure, print ratios, write docs/benchmarks.{json,svg,md}.

`python -m benchmarks PART …` measures those parts anew and keeps the others as they stand in docs/benchmarks.json.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[1] / "docs"
ROUNDS = 12
REPEATS = 12
LIBRARIES = ("numpy", "scipy", "gtc", "uncertainties")


def measures() -> dict[str, Callable[[], list[dict[str, Any]]]]:
    """This will name every part and what measures it."""
    from benchmarks import book, budget, centre, desks, drawing, opening, recompute, risk

    return {
        "budget": lambda: budget.rows(ROUNDS),
        "million": lambda: drawing.million_rows(ROUNDS),
        "adaptive": lambda: drawing.adaptive_rows(REPEATS, 4),
        "risk": lambda: risk.rows(ROUNDS),
        "opening": lambda: opening.rows(6),
        "centre": lambda: centre.rows(ROUNDS),
        "book": book.rows,
        "desks": desks.rows,
        "recompute": recompute.rows,
    }


def measured(names: Sequence[str]) -> dict[str, Any]:
    """This will run the parts named, or every part where none is, and give them beside the others as they stand."""
    from benchmarks import budget, peers_elsewhere, risk
    from quacan.metrology.engine_version import ENGINE_VERSION

    known = json.loads((DOCS / "benchmarks.json").read_text("utf-8")) if names else {}
    parts: dict[str, Any] = dict(known.get("parts", {}))
    parts |= {name: _told(name, work()) for name, work in measures().items() if not names or name in names}
    note = known["notes"]["elsewhere"] if names else ""
    if not names:
        elsewhere, note = peers_elsewhere.rows()
        parts["elsewhere"] = _told("elsewhere", elsewhere)
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


def main(names: Sequence[str]) -> int:
    """This will measure, write, and say of every promise whether it is kept."""
    from benchmarks import chart, page, targets

    if strange := sorted(set(names) - set(measures())):
        print(f"There is no part '{strange[0]}'; there are: {', '.join(measures())}.", file=sys.stderr)
        return 2
    result = measured(names)
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
    sys.exit(main(sys.argv[1:]))

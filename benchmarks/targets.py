"""What the project promised of its speed, as ratios of one run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.desks import PACED

Parts = Mapping[str, Sequence[Mapping[str, Any]]]
LARGE = 100_000


def seconds(parts: Parts, part: str, contender: str, *, size: int | None = None) -> float:
    """This will find the seconds of a contender."""
    return next(
        float(row["seconds"])
        for row in parts[part]
        if row["contender"] == contender and size in (None, row.get("size"))
    )


def judged(parts: Parts) -> list[dict[str, Any]]:
    """This will compute every promised ratio and say whether it is kept."""
    ours = seconds(parts, "budget", "quacan", size=LARGE)
    one = seconds(parts, "budget", "quacan", size=1)
    plain = min(seconds(parts, "adaptive", f"{who}, {how}") for who, how in _PLAIN)
    promises = [
        (
            "100 000 budgets, time over that of numpy by hand",
            ours / seconds(parts, "budget", "numpy by hand", size=LARGE),
            "≤",
            1.5,
        ),
        (
            "100 000 budgets, time of GTC over ours",
            seconds(parts, "budget", "GTC", size=LARGE) / ours,
            "≥",
            600.0,
        ),
        ("one budget, time over that of GTC", one / seconds(parts, "budget", "GTC", size=1), "<", 1.0),
        (
            "Monte Carlo to two digits, time over that of the procedure of 7.9.4 (the quicker of two)",
            seconds(parts, "adaptive", "quacan") / plain,
            "≤",
            0.5,
        ),
        (
            "verdicts of 10 000 water meters, time over 5 s",
            seconds(parts, "centre", "verdicts of water meters") / 5,
            "≤",
            1.0,
        ),
        (
            "import quacan.metrology, time over that of import numpy",
            seconds(parts, "opening", "quacan.metrology") / seconds(parts, "opening", "numpy"),
            "≤",
            1.6,
        ),
    ]
    if "desks" in parts:
        name = "a cell saved on a sheet of 100 readings, 20 people typing: 95 % of waits over 300 ms"
        promises.append((name, seconds(parts, "desks", PACED) / 0.3, "≤", 1.0))
    return [
        {"promise": promise, "ratio": ratio, "target": f"{sign} {bound:g}", "kept": _kept(ratio, sign, bound)}
        for promise, ratio, sign, bound in promises
    ]


_PLAIN = (("quacan", "plain 7.9.4"), ("numpy by hand", "7.9.4"))


def _kept(ratio: float, sign: str, bound: float) -> bool:
    return {"≤": ratio <= bound, "≥": ratio >= bound, "<": ratio < bound}[sign]

"""The published cases, the comparison of a published quantity with ours, and what came of it."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, TypeAlias

CASES = Path(__file__).with_name("cases.json")
EXACT = 1e-9
"""Relative agreement asked of quantities that are computed, not drawn, with the stored full-precision
figure.
"""

Case: TypeAlias = Mapping[str, Any]
Ours: TypeAlias = Mapping[str, Any]
Checker: TypeAlias = Callable[[Case], Ours]
Outcome = Literal["pass", "fail", "no checker", "not computed"]


@dataclass(frozen=True, slots=True)
class Sampled:
    """A figure found by Monte Carlo, with the margin its scatter needs on top of the published tolerance."""

    value: Any
    margin: float


@dataclass(frozen=True, slots=True)
class Row:
    """One published quantity beside ours. `deviation` is the largest over the allowed one; up to 1 passes."""

    case: str
    source: str
    clause: str
    quantity: str
    published: Any
    tolerance: float | None
    ours: Any
    margin: float
    deviation: float | None
    outcome: Outcome
    note: str


def cases() -> list[Case]:
    """This will read every published case, in the order of the file."""
    found: list[Case] = json.loads(CASES.read_text("utf-8"))["cases"]
    return found


def rows_of(case: Case, checkers: Mapping[str, Checker]) -> list[Row]:
    """This will compare every quantity of one case; a kind without a checker is reported, never passed."""
    checker = checkers.get(case["kind"])
    published = _published(case)
    if checker is None:
        return [
            _row(case, name, value, tolerance, None, "no checker") for name, value, tolerance in published
        ]
    ours = checker(case)
    return [_compared(case, name, value, tolerance, ours) for name, value, tolerance in published]


def _published(case: Case) -> list[tuple[str, Any, float]]:
    """Quantities with value and tolerance; limit tables state figures without tolerance, class by class."""
    expected = case["expected"]
    if case["kind"] != "limit table":
        return [(name, entry["value"], entry["tol"]) for name, entry in expected.items()]
    if isinstance(expected, list):
        return [("classes", expected, 0.0)]
    return [(name, value, 0.0) for name, value in expected.items()]


def _compared(case: Case, name: str, value: Any, tolerance: float, ours: Ours) -> Row:
    if name not in ours:
        return _row(case, name, value, tolerance, None, "not computed")
    found = ours[name]
    margin = found.margin if isinstance(found, Sampled) else 0.0
    figure = found.value if isinstance(found, Sampled) else found
    deviation = _deviation(value, figure, tolerance + margin)
    if math.isfinite(deviation) and name in case.get("computed", {}):
        deviation = max(deviation, _regression(case["computed"][name], figure, margin))
    outcome: Outcome = "pass" if deviation <= 1 else "fail"
    return _row(case, name, value, tolerance, figure, outcome, margin=margin, deviation=deviation)


def _row(
    case: Case,
    name: str,
    value: Any,
    tolerance: float,
    ours: Any,
    outcome: Outcome,
    *,
    margin: float = 0.0,
    deviation: float | None = None,
) -> Row:
    return Row(
        case=case["id"],
        source=case["source"],
        clause=case["clause"],
        quantity=name,
        published=value,
        tolerance=tolerance,
        ours=ours,
        margin=margin,
        deviation=deviation,
        outcome=outcome,
        note=case.get("notes") or "",
    )


def _deviation(published: Any, ours: Any, allowed: float) -> float:
    """The largest deviation of any figure over the allowed one; infinite when the shapes differ."""
    pairs = list(_paired(published, ours))
    return max((_share(p, o, allowed) for p, o in pairs), default=math.inf)


def _regression(computed: Any, ours: Any, margin: float) -> float:
    allowed = [margin if margin else EXACT * max(abs(c), 1e-300) for c, _ in _numbers(computed, ours)]
    shares = [_share(c, o, a) for (c, o), a in zip(_numbers(computed, ours), allowed, strict=True)]
    return max(shares, default=math.inf)


def _numbers(computed: Any, ours: Any) -> list[tuple[float, float]]:
    """Pairs of figures; those far below the others of their list are compared on the scale of the largest."""
    pairs = [(float(c), float(o)) for c, o in _paired(computed, ours)]
    scale = max((abs(c) for c, _ in pairs), default=0.0)
    return [(c, o) if abs(c) > 1e-6 * scale else (scale, scale + (o - c)) for c, o in pairs]


def _paired(published: Any, ours: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(published, Mapping):
        if not isinstance(ours, Mapping) or set(published) != set(ours):
            yield published, None
            return
        for key in published:
            yield from _paired(published[key], ours[key])
    elif isinstance(published, list):
        if not isinstance(ours, list) or len(published) != len(ours):
            yield published, None
            return
        for p, o in zip(published, ours, strict=True):
            yield from _paired(p, o)
    else:
        yield published, ours


def _share(published: Any, ours: Any, allowed: float) -> float:
    if published is None or ours is None or isinstance(published, str | bool):
        return 0.0 if published == ours else math.inf
    if not isinstance(ours, float | int | Decimal):
        return math.inf
    if allowed == 0:
        return 0.0 if Decimal(str(published)) == ours else math.inf
    return abs(float(ours) - float(published)) / allowed

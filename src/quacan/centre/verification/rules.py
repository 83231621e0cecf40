"""Decisions about worksheets on plain values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quacan.centre.base.chain import canonical, digest

DRAFT, SUBMITTED, APPROVED, ISSUED, SUPERSEDED, VOID = (
    "draft",
    "submitted",
    "approved",
    "issued",
    "superseded",
    "void",
)

MOVES: Mapping[str, tuple[str, ...]] = {
    DRAFT: (SUBMITTED, VOID),
    SUBMITTED: (APPROVED, DRAFT),
    APPROVED: (ISSUED, DRAFT),
    ISSUED: (SUPERSEDED,),
    SUPERSEDED: (),
    VOID: (),
}


def may_move(source: str, target: str) -> bool:
    """This will say whether a worksheet may go from one stage to another."""
    return target in MOVES[source]


def step_of(cell: str) -> str:
    """This will give the step a cell belongs to (the first part of its key)."""
    return cell.partition(".")[0]


def reading_digest(values: Mapping[str, Any]) -> str:
    """This will give the digest that one typed reading must carry."""
    return digest(canonical(dict(values)))


def content_digest(
    header: Mapping[str, Any], readings: Iterable[Sequence[Any]], rest: Mapping[str, Any]
) -> str:
    """This will give the digest of everything typed on a worksheet, in an order that does not depend on entry."""
    return digest(canonical({"header": dict(header), "readings": sorted(map(list, readings)), **rest}))

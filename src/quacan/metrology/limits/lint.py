"""Gaps and overlaps: a limit table must say one thing at every point of its range."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from quacan.metrology.limits.table import Condition, End, LimitTable, Piece, Span


def coverage_faults(table: LimitTable) -> Iterator[tuple[str, str]]:
    """This will yield (key, sentence) for every gap, overlap, empty span and ambiguous condition of a table.

    Pieces are compared in the order they are written; ends that name a parameter are compared by name.
    """
    for klass, limits in table.classes.items():
        key = f"classes.{klass}"
        for when, pieces in _by_condition(limits.pieces).items():
            yield from ((key, sentence) for sentence in _faults(pieces, when))
        yield from ((key, sentence) for sentence in _ambiguous(limits.pieces))


def _by_condition(pieces: tuple[Piece, ...]) -> dict[tuple[Condition, ...], list[Piece]]:
    groups: dict[tuple[Condition, ...], list[Piece]] = {}
    for piece in pieces:
        groups.setdefault(piece.when, []).append(piece)
    return groups


def _faults(pieces: list[Piece], when: tuple[Condition, ...]) -> Iterator[str]:
    for piece in pieces:
        if _is_empty(piece.span):
            yield f"The span {span_text(piece.span)} holds no value."
    for before, after in pairwise(pieces):
        fault = _between(before.span, after.span)
        if fault:
            condition = f" (when {when[0].parameter} {span_text(when[0].span)})" if when else ""
            yield f"{fault} between {span_text(before.span)} and {span_text(after.span)}{condition}."


def _between(before: Span, after: Span) -> str:
    """What is wrong where one span ends and the next begins; nothing when they meet exactly once."""
    if before.upper is None or after.lower is None:
        return "Overlap"
    if before.upper == after.lower:
        both_open = before.upper_open and after.lower_open
        both_closed = not before.upper_open and not after.lower_open
        return "Gap" if both_open else "Overlap" if both_closed else ""
    if before.upper.parameter != after.lower.parameter:
        return "No common end"
    return "Gap" if before.upper.factor < after.lower.factor else "Overlap"


def _ambiguous(pieces: tuple[Piece, ...]) -> Iterator[str]:
    """Two different conditions that can hold at once would give two limits."""
    groups = _by_condition(pieces)
    for one, other in combinations(groups, 2):
        if not one or not other:
            yield "Some pieces have a condition and others none: at one point both would hold."
        elif any(_may_both_hold(first, second) for first in one for second in other):
            yield f"Two conditions on {one[0].parameter} can hold at once."


def _may_both_hold(first: Condition, second: Condition) -> bool:
    if first.parameter != second.parameter:
        return True
    return not (_ends_before(first.span, second.span) or _ends_before(second.span, first.span))


def _ends_before(one: Span, other: Span) -> bool:
    if one.upper is None or other.lower is None or one.upper.parameter != other.lower.parameter:
        return False
    if one.upper.factor == other.lower.factor:
        return one.upper_open or other.lower_open
    return one.upper.factor < other.lower.factor


def _is_empty(span: Span) -> bool:
    if span.lower is None or span.upper is None or span.lower.parameter != span.upper.parameter:
        return False
    if span.lower.factor == span.upper.factor:
        return span.lower_open or span.upper_open
    return span.lower.factor > span.upper.factor


def span_text(span: Span) -> str:
    """This will write a span the way a table is written: [0; 500], (200000; ∞)."""
    left, right = "(" if span.lower_open else "[", ")" if span.upper_open else "]"
    return f"{left}{_end_text(span.lower, '-∞')}; {_end_text(span.upper, '∞')}{right}"


def _end_text(end: End | None, endless: str) -> str:
    if end is None:
        return endless
    if end.parameter is None:
        return str(end.factor)
    return end.parameter if end.factor == 1 else f"{end.factor} {end.parameter}"

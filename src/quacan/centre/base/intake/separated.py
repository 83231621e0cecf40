"""Rows of a text whose columns are parted by a semicolon, a tab, a bar or a comma."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

SEPARATORS: Final = (";", "\t", "|", ",")
SAMPLE: Final = 200


def rows_of_text(text: str) -> Iterator[tuple[int, list[str]]]:
    """This will yield the rows of a text, each with its line as a person counts it; blank lines are empty rows.

    Raises csv.Error where a cell has no end.
    """
    lines = [line for line in text.splitlines()[:SAMPLE] if line.strip()]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(lines))
    for row in reader:
        yield reader.line_num, [cell.strip() for cell in row]


def separator_of(lines: Sequence[str]) -> str:
    """This will find what parts the columns: what most lines hold, and the comma last, for it may be a decimal mark.

    Where no sign stands in most lines (a long head above a short table) the one that parts most lines alike.
    """
    for separator in SEPARATORS[:-1]:
        if sum(separator in line for line in lines) * 2 > len(lines):
            return separator
    if sum("," in line for line in lines) * 2 > len(lines):
        return ","
    return max(SEPARATORS, key=lambda separator: _parted_alike(lines, separator))


def _parted_alike(lines: Sequence[str], separator: str) -> int:
    """How many lines have the same number of columns, more than one, when parted by a sign."""
    widths = Counter(len(next(csv.reader([line], delimiter=separator))) for line in lines)
    widths.pop(1, None)
    return max(widths.values(), default=0)

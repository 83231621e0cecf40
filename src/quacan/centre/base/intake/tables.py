"""A table that another program wrote: bytes in, rows of text out, whatever its form, letters and separators.

Nothing is guessed about the cells: numbers, days and units are the business of whoever asked for the table.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from quacan.centre.base.intake.encodings import decoded, is_binary
from quacan.centre.base.intake.refusals import (
    SheetUnknown,
    TableBroken,
    TableEmpty,
    TableForeign,
    TableRowTooLarge,
    TableTooLarge,
    TableTooLong,
    TableUnpacksTooLarge,
)
from quacan.centre.base.intake.separated import rows_of_text
from quacan.centre.base.intake.workbooks import (
    WorkbookBroken,
    is_workbook,
    opened,
    rows_of_sheet,
    unpacked_size,
)
from quacan.centre.base.language.numbers import format_number

MEGABYTE: Final = 1024 * 1024
BLANK_TOO: Final = 4  # so many times as many rows may stand in a file where the rest of them is blank
Row = tuple[str, ...]
_Numbered = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large a table may be: megabytes as sent and unpacked, rows below *head* lines, columns, letters of a cell."""

    megabytes: int = 20
    unpacked: int = 300
    rows: int = 20_000
    head: int = 0
    columns: int = 200
    longest: int = 1_000


@dataclass(frozen=True, slots=True)
class ForeignTable:
    """Rows of text as they stand in the file, blank and ragged ones among them, each with its line in the file.

    *encoding* is '' where the letters of a text cannot be trusted, and 'workbook' for a sheet; *sheets* names all
    sheets of the workbook *sheet* was taken from.
    """

    name: str
    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    encoding: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()


def foreign_table(content: bytes, *, name: str, bounds: Bounds, sheet: str = "") -> ForeignTable:
    """This will read a file as a table, of a workbook the sheet named or else the first that is filled.

    Refuses (TableRefused) what is too large, too long, empty or no table, before it is read where that can be known.
    """
    if len(content) > bounds.megabytes * MEGABYTE:
        raise TableTooLarge(name=name, limit=bounds.megabytes)
    if not content.strip():
        raise TableEmpty(name=name)
    if is_workbook(content):
        return _from_workbook(content, name, bounds, sheet)
    if is_binary(content):
        raise TableForeign(name=name)
    text, encoding = decoded(content)
    try:
        rows, lines = _taken(rows_of_text(text), name, bounds)
    except csv.Error as error:
        raise TableForeign(name=name) from error
    if not rows:
        raise TableEmpty(name=name)
    return ForeignTable(name, rows, lines, encoding)


def _from_workbook(content: bytes, name: str, bounds: Bounds, sheet: str) -> ForeignTable:
    try:
        if unpacked_size(content) > bounds.unpacked * MEGABYTE:
            raise TableUnpacksTooLarge(name=name)
        book = opened(content)
        sheets = tuple(book.sheet_names)
        if sheet and sheet not in sheets:
            raise SheetUnknown(name=name, sheet=sheet, sheets=", ".join(sheets))
        for wanted in (sheet,) if sheet else sheets:
            found = rows_of_sheet(book, wanted)
            rows, lines = _taken(found, name, bounds)
            if rows:
                return ForeignTable(name, rows, lines, "workbook", wanted, sheets)
    except WorkbookBroken as error:
        raise TableBroken(name=name) from error
    raise TableEmpty(name=name)


def _taken(found: _Numbered, name: str, bounds: Bounds) -> tuple[tuple[Row, ...], tuple[int, ...]]:
    """The rows within their bounds, without the blank ones below the last that is filled."""
    rows: list[Row] = []
    lines: list[int] = []
    filled, most = 0, bounds.rows + bounds.head
    for line, row in found:
        if len(row) > bounds.columns or any(len(cell) > bounds.longest for cell in row):
            raise TableRowTooLarge(name=name, row=line, columns=bounds.columns, longest=bounds.longest)
        rows.append(tuple(row))
        lines.append(line)
        if any(row):
            filled = len(rows)
        if filled > most or len(rows) > BLANK_TOO * most:
            raise TableTooLong(name=name, limit=format_number(bounds.rows))
    return tuple(rows[:filled]), tuple(lines[:filled])

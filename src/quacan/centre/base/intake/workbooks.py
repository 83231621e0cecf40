"""Sheets of a workbook (XLSX, XLS, ODS) as text. Formulas are never run: only the values it was saved with are read."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

ZIPPED: Final = b"PK\x03\x04"
COMPOUND: Final = b"\xd0\xcf\x11\xe0"
_HALF_SECOND: Final = timedelta(microseconds=500_000)


class WorkbookBroken(ValueError):
    """A file that begins like a workbook and is none."""


def is_workbook(content: bytes) -> bool:
    """This will say whether bytes begin as a workbook does."""
    return content.startswith((ZIPPED, COMPOUND))


def unpacked_size(content: bytes) -> int:
    """This will tell how many bytes a zipped workbook says it unpacks to; 0 for one that is not zipped."""
    if not content.startswith(ZIPPED):
        return 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return sum(one.file_size for one in packed.infolist())
    except zipfile.BadZipFile as error:
        raise WorkbookBroken from error


def opened(content: bytes) -> CalamineWorkbook:
    """This will open a workbook; raises WorkbookBroken."""
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, ValueError, OSError) as error:
        raise WorkbookBroken from error


def rows_of_sheet(book: CalamineWorkbook, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """This will yield the rows of a sheet from its first line on; empty cells and rows are kept."""
    try:
        grid = book.get_sheet_by_name(sheet)
        before = [""] * (grid.start[1] if grid.start else 0)  # columns left of the first that is filled
        for number, row in enumerate(grid.iter_rows(), 1):
            yield number, before + [text_of(cell) for cell in row]
    except (CalamineError, ValueError) as error:
        raise WorkbookBroken from error


def text_of(cell: object) -> str:
    """This will write a value as it would be typed: 0.25 and 1600, never 1600.0; 2026-11-20 08:15:30."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return format(Decimal(repr(cell)).normalize() + 0, "f")
    if isinstance(cell, datetime):
        return (cell + _HALF_SECOND).replace(microsecond=0).isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat()[:8]
    return "" if cell is None else str(cell).strip()

"""A logger's file as rows of text."""

from typing import Final

from quacan.centre.base.intake import Bounds, ForeignTable, SheetUnknown, TableForeign, foreign_table

BOUNDS: Final = Bounds(megabytes=20, unpacked=1_000, rows=600_000, columns=16_384, longest=131_072)
ENDINGS: Final = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods")


def logger_table(content: bytes, *, name: str, sheet: str = "") -> ForeignTable:
    """This will read a logger's file, of a workbook the sheet named or else the first that is filled.

    Refuses (TableRefused) what is no table of a logger.
    """
    if not name.lower().endswith(ENDINGS):
        raise TableForeign(name=name)
    return foreign_table(content, name=name, bounds=BOUNDS, sheet=sheet)


def usual_table(content: bytes, *, name: str, sheet: str) -> ForeignTable:
    """This will read a logger's file by the sheet it usually has; where this file has none of that name, as new."""
    try:
        return logger_table(content, name=name, sheet=sheet)
    except SheetUnknown:
        return logger_table(content, name=name)

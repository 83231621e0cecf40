"""What comes in from outside: tables that other programs wrote, read by one reader."""

from quacan.centre.base.intake.refusals import (
    SheetUnknown,
    TableBroken,
    TableEmpty,
    TableForeign,
    TableRefused,
    TableRowTooLarge,
    TableTooLarge,
    TableTooLong,
)
from quacan.centre.base.intake.tables import MEGABYTE, Bounds, ForeignTable, Row, foreign_table

__all__ = [
    "MEGABYTE",
    "Bounds",
    "ForeignTable",
    "Row",
    "SheetUnknown",
    "TableBroken",
    "TableEmpty",
    "TableForeign",
    "TableRefused",
    "TableRowTooLarge",
    "TableTooLarge",
    "TableTooLong",
    "foreign_table",
]

"""The procedures of the house, as the bench reads them; they lie with the instruments they are for."""

from quacan.centre.instruments.library import (
    Shelf,
    cases_of,
    every_limit,
    extent_of,
    frozen,
    laid_out,
    limits_of,
    prepared,
    shelves,
    shelves_for,
    tables_used,
)

__all__ = [
    "Shelf",
    "cases_of",
    "every_limit",
    "extent_of",
    "frozen",
    "laid_out",
    "limits_of",
    "prepared",
    "shelves",
    "shelves_for",
    "tables_used",
]

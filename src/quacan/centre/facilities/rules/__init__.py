"""What a place that is watched decides on plain values: limits, excursions, gaps, and what its loggers' files say."""

from quacan.centre.facilities.rules.columns import Columns, columns_from, instant_of
from quacan.centre.facilities.rules.files import BOUNDS, ENDINGS, logger_table, usual_table
from quacan.centre.facilities.rules.guesses import columns_for, guess
from quacan.centre.facilities.rules.places import (
    HERE,
    NAMES,
    QUANTITIES,
    SHORTEST_GAP,
    UNITS,
    Excursion,
    Gap,
    Limits,
    Origin,
    excursions,
    gaps,
    is_possible,
    quarter_of,
    read_origin,
    working_hours,
)
from quacan.centre.facilities.rules.readings import Read, Taken, Wrong, number_text, read, value_of

__all__ = [
    "BOUNDS",
    "ENDINGS",
    "HERE",
    "NAMES",
    "QUANTITIES",
    "SHORTEST_GAP",
    "UNITS",
    "Columns",
    "Excursion",
    "Gap",
    "Limits",
    "Origin",
    "Read",
    "Taken",
    "Wrong",
    "columns_for",
    "columns_from",
    "excursions",
    "gaps",
    "guess",
    "instant_of",
    "is_possible",
    "logger_table",
    "number_text",
    "quarter_of",
    "read",
    "read_origin",
    "usual_table",
    "value_of",
    "working_hours",
]

"""Maximum permissible errors (VIM 4.26) as data: tables, the limit at a point, what is wrong with a table.

A table arrives as a parsed mapping; nothing here opens a file. A point outside every interval of a table is
refused, never judged.
"""

from quacan.metrology.limits.interval import Interval, IntervalRefused
from quacan.metrology.limits.reading import Problem, read_limits
from quacan.metrology.limits.table import EventKind, LimitRefused, LimitTable, limit_at

__all__ = [
    "EventKind",
    "Interval",
    "IntervalRefused",
    "LimitRefused",
    "LimitTable",
    "Problem",
    "limit_at",
    "read_limits",
]

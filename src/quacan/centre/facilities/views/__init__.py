"""Doors of places that are watched."""

from quacan.centre.facilities.views.importing import import_file, logger_file
from quacan.centre.facilities.views.points import (
    acknowledge,
    change_point,
    enter_record,
    new_point,
    point,
    points,
    set_limit,
)

__all__ = [
    "acknowledge",
    "change_point",
    "enter_record",
    "import_file",
    "logger_file",
    "new_point",
    "point",
    "points",
    "set_limit",
]

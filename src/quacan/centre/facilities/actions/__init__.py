"""What is done for the places where measuring is done."""

from quacan.centre.facilities.actions.answering import acknowledge_alarm
from quacan.centre.facilities.actions.keeping import (
    LimitDraft,
    PointDraft,
    change_point,
    open_point,
    set_limit,
)
from quacan.centre.facilities.actions.taking import enter_record, import_file, import_records

__all__ = [
    "LimitDraft",
    "PointDraft",
    "acknowledge_alarm",
    "change_point",
    "enter_record",
    "import_file",
    "import_records",
    "open_point",
    "set_limit",
]

"""What a standard decides on plain values: numbers and days, what it states at a point, its range, its checks."""

from quacan.centre.standards.rules.checking import (
    FEWEST,
    Checked,
    Control,
    ControlPoint,
    due_day,
    within_baseline,
    within_tolerance,
)
from quacan.centre.standards.rules.covering import (
    Permitted,
    Range,
    RangeRefused,
    composed_at,
    covers,
    proposed_range,
    read_permitted,
    read_range,
    stated_range,
)
from quacan.centre.standards.rules.drifting import (
    DAYS_IN_MONTH,
    Drifted,
    Proposal,
    Series,
    next_interval,
    series_at,
)
from quacan.centre.standards.rules.quantities import QUANTITIES, quantity_of, word_of_quantity
from quacan.centre.standards.rules.stating import History, StatedValue, drift_since, value_at
from quacan.centre.standards.rules.values import (
    StandardValue,
    ValueRefused,
    days_left,
    read_value,
    tidy_values,
)

__all__ = [
    "DAYS_IN_MONTH",
    "FEWEST",
    "QUANTITIES",
    "Checked",
    "Control",
    "ControlPoint",
    "Drifted",
    "History",
    "Permitted",
    "Proposal",
    "Range",
    "RangeRefused",
    "Series",
    "StandardValue",
    "StatedValue",
    "ValueRefused",
    "composed_at",
    "covers",
    "days_left",
    "drift_since",
    "due_day",
    "next_interval",
    "proposed_range",
    "quantity_of",
    "read_permitted",
    "read_range",
    "read_value",
    "series_at",
    "stated_range",
    "tidy_values",
    "value_at",
    "within_baseline",
    "within_tolerance",
    "word_of_quantity",
]

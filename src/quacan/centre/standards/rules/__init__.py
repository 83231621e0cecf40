"""What a standard decides on plain values: its numbers and days, what it states at a point, its range."""

from quacan.centre.standards.rules.stating import History, StatedValue, drift_since, value_at
from quacan.centre.standards.rules.values import (
    StandardValue,
    ValueRefused,
    days_left,
    read_value,
    tidy_values,
)

__all__ = [
    "History",
    "StandardValue",
    "StatedValue",
    "ValueRefused",
    "days_left",
    "drift_since",
    "read_value",
    "tidy_values",
    "value_at",
]

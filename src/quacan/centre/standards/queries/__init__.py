"""Reads of standards: readiness, values at a point, checks, history."""

from quacan.centre.standards.queries.checking import PlanState, control_of, plans_on
from quacan.centre.standards.queries.readiness import (
    Readiness,
    certificates_of,
    due_standards,
    readiness,
    standard_seen_by,
    standards_for,
    standards_seen_by,
    usable_certificate,
    values_of,
)
from quacan.centre.standards.queries.stated import covers_range, declared_range, row_at, stated_at
from quacan.centre.standards.rules import StatedValue

__all__ = [
    "PlanState",
    "Readiness",
    "StatedValue",
    "certificates_of",
    "control_of",
    "covers_range",
    "declared_range",
    "due_standards",
    "plans_on",
    "readiness",
    "row_at",
    "standard_seen_by",
    "standards_for",
    "standards_seen_by",
    "stated_at",
    "usable_certificate",
    "values_of",
]

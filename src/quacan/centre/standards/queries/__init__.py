"""Reads of standards: readiness, values at a point, checks, history."""

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
from quacan.centre.standards.queries.stated import stated_at
from quacan.centre.standards.rules import StatedValue

__all__ = [
    "Readiness",
    "StatedValue",
    "certificates_of",
    "due_standards",
    "readiness",
    "standard_seen_by",
    "standards_for",
    "standards_seen_by",
    "stated_at",
    "usable_certificate",
    "values_of",
]

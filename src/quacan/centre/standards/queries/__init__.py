"""Reads of standards: readiness, values at a point, checks, history."""

from quacan.centre.standards.queries.care import KINDS, Care, care_due
from quacan.centre.standards.queries.checking import PlanState, control_of, plans_on, speaks
from quacan.centre.standards.queries.frame import standard_context
from quacan.centre.standards.queries.history import CheckRow, DriftPage, PlanView, drift_page, plan_views
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
from quacan.centre.standards.queries.stated import covers_range, declared_range, history_of, row_at, stated_at
from quacan.centre.standards.rules import StatedValue

__all__ = [
    "KINDS",
    "Care",
    "CheckRow",
    "DriftPage",
    "PlanState",
    "PlanView",
    "Readiness",
    "StatedValue",
    "care_due",
    "certificates_of",
    "control_of",
    "covers_range",
    "declared_range",
    "drift_page",
    "due_standards",
    "history_of",
    "plan_views",
    "plans_on",
    "readiness",
    "row_at",
    "speaks",
    "standard_context",
    "standard_seen_by",
    "standards_for",
    "standards_seen_by",
    "stated_at",
    "usable_certificate",
    "values_of",
]

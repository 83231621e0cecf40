"""What is done with standards: the shelf, certificates, checks between calibrations, loans, places, maintenance."""

from quacan.centre.standards.actions.certifying import CertificateDraft, add_certificate, read_digital
from quacan.centre.standards.actions.checking import (
    PlanDraft,
    end_plan,
    plan_checks,
    record_check,
    withdraw_check,
)
from quacan.centre.standards.actions.keeping import (
    LoanDraft,
    MaintenanceDraft,
    lend_standard,
    maintain_standard,
    move_standard,
    return_standard,
)
from quacan.centre.standards.actions.shelf import (
    StandardDraft,
    change_standard,
    change_state,
    enter_standard,
)

__all__ = [
    "CertificateDraft",
    "LoanDraft",
    "MaintenanceDraft",
    "PlanDraft",
    "StandardDraft",
    "add_certificate",
    "change_standard",
    "change_state",
    "end_plan",
    "enter_standard",
    "lend_standard",
    "maintain_standard",
    "move_standard",
    "plan_checks",
    "read_digital",
    "record_check",
    "return_standard",
    "withdraw_check",
]

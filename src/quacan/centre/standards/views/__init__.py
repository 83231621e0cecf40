"""Doors of standards."""

from quacan.centre.standards.views.certificates import certificate_file, new_certificate
from quacan.centre.standards.views.checks import checks, drift, end, plan, record, withdraw
from quacan.centre.standards.views.keeping import due, give_back, keeping, lend, maintain, move
from quacan.centre.standards.views.shelf import (
    change_standard,
    change_state,
    new_standard,
    standard,
    standards,
)

__all__ = [
    "certificate_file",
    "change_standard",
    "change_state",
    "checks",
    "drift",
    "due",
    "end",
    "give_back",
    "keeping",
    "lend",
    "maintain",
    "move",
    "new_certificate",
    "new_standard",
    "plan",
    "record",
    "standard",
    "standards",
    "withdraw",
]

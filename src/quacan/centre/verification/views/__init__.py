"""Doors of the bench."""

from quacan.centre.verification.views.desk import history, procedure, sheet
from quacan.centre.verification.views.lists import open_sheet, sheets
from quacan.centre.verification.views.procedures import case, check_definition, declared, procedures
from quacan.centre.verification.views.typing import choose_standard, move, save, start_run
from quacan.centre.verification.views.verifiers import add_authorisation, add_card, verifier, verifiers

__all__ = [
    "add_authorisation",
    "add_card",
    "case",
    "check_definition",
    "choose_standard",
    "declared",
    "history",
    "move",
    "open_sheet",
    "procedure",
    "procedures",
    "save",
    "sheet",
    "sheets",
    "start_run",
    "verifier",
    "verifiers",
]

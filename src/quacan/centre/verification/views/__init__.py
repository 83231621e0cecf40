"""Doors of the bench."""

from quacan.centre.verification.views.desk import history, procedure, sheet
from quacan.centre.verification.views.lists import open_sheet, sheets
from quacan.centre.verification.views.typing import choose_standard, move, save, start_run
from quacan.centre.verification.views.verifiers import add_authorisation, add_card, verifier, verifiers

__all__ = [
    "add_authorisation",
    "add_card",
    "choose_standard",
    "history",
    "move",
    "open_sheet",
    "procedure",
    "save",
    "sheet",
    "sheets",
    "start_run",
    "verifier",
    "verifiers",
]

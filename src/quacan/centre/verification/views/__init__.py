"""Doors of the bench."""

from quacan.centre.verification.views.desk import history, procedure, sheet
from quacan.centre.verification.views.evidence import (
    add_photos,
    add_seal,
    carry_checklists,
    photo,
    withdraw_photo,
    withdraw_seal,
)
from quacan.centre.verification.views.lists import open_sheet, sheets
from quacan.centre.verification.views.procedures import case, check_definition, declared, procedures
from quacan.centre.verification.views.typing import choose_standard, move, save, start_run
from quacan.centre.verification.views.verifiers import add_authorisation, add_card, verifier, verifiers

__all__ = [
    "add_authorisation",
    "add_card",
    "add_photos",
    "add_seal",
    "all_batches",
    "approve_batch",
    "batch",
    "batch_standard",
    "bench_file",
    "bench_list",
    "carry_checklists",
    "case",
    "check_definition",
    "choose_standard",
    "declared",
    "history",
    "move",
    "open_sheet",
    "photo",
    "procedure",
    "procedures",
    "save",
    "sheet",
    "sheets",
    "start_run",
    "verifier",
    "verifiers",
    "weigh_file",
    "withdraw_photo",
    "withdraw_seal",
]

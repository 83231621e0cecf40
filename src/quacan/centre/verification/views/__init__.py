"""Doors of the bench."""

from quacan.centre.verification.views.batches import (
    all_batches,
    approve_batch,
    batch,
    batch_standard,
    bench_list,
    open_batch,
    send_batch,
)
from quacan.centre.verification.views.bench_files import bench_file, record_file, upload, weigh_file
from quacan.centre.verification.views.budgets import budgets
from quacan.centre.verification.views.conditions import surroundings
from quacan.centre.verification.views.entry import choose_standard, make_move, save, start_run
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
from quacan.centre.verification.views.utilisation import standard_use
from quacan.centre.verification.views.verifiers import (
    add_authorisation,
    add_card,
    add_course,
    course_file,
    end_leave,
    matrix,
    verifier,
    verifiers,
)
from quacan.centre.verification.views.worksheets import history, procedure, sheet

__all__ = [
    "add_authorisation",
    "add_card",
    "add_course",
    "add_photos",
    "add_seal",
    "all_batches",
    "approve_batch",
    "batch",
    "batch_standard",
    "bench_file",
    "bench_list",
    "budgets",
    "carry_checklists",
    "case",
    "check_definition",
    "choose_standard",
    "course_file",
    "declared",
    "end_leave",
    "history",
    "make_move",
    "matrix",
    "open_batch",
    "open_sheet",
    "photo",
    "procedure",
    "procedures",
    "record_file",
    "save",
    "send_batch",
    "sheet",
    "sheets",
    "standard_use",
    "start_run",
    "surroundings",
    "upload",
    "verifier",
    "verifiers",
    "weigh_file",
    "withdraw_photo",
    "withdraw_seal",
]

"""Reads of worksheets: records, proofs, and what the screens show."""

from quacan.centre.verification.queries.proofs import differences, flaws, postings
from quacan.centre.verification.queries.records import (
    content_of,
    current_readings,
    digest_of,
    evaluation,
    prepared_sheet,
    sheet_layout,
    typed_cells,
    typed_conditions,
    waiting_jobs,
    worksheet,
    worksheets,
)
from quacan.centre.verification.queries.standing import refuse_unsuitable, why_unsuitable

__all__ = [
    "content_of",
    "current_readings",
    "differences",
    "digest_of",
    "evaluation",
    "flaws",
    "postings",
    "prepared_sheet",
    "refuse_unsuitable",
    "sheet_layout",
    "typed_cells",
    "typed_conditions",
    "waiting_jobs",
    "why_unsuitable",
    "worksheet",
    "worksheets",
]

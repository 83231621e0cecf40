"""Reads of worksheets: records, proofs, and what the screens show."""

from quacan.centre.verification.queries.desk import (
    deeds,
    may_check,
    may_type,
    moments,
    needs,
    revised_cells,
    revisions,
    traces,
)
from quacan.centre.verification.queries.hints import plausibility_hints
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
from quacan.centre.verification.queries.screens import confidence_word, english, sheet_view
from quacan.centre.verification.queries.shapes import SheetView
from quacan.centre.verification.queries.standing import refuse_unsuitable, why_unsuitable

__all__ = [
    "SheetView",
    "confidence_word",
    "content_of",
    "current_readings",
    "deeds",
    "differences",
    "digest_of",
    "english",
    "evaluation",
    "flaws",
    "may_check",
    "may_type",
    "moments",
    "needs",
    "plausibility_hints",
    "postings",
    "prepared_sheet",
    "refuse_unsuitable",
    "revised_cells",
    "revisions",
    "sheet_layout",
    "sheet_view",
    "traces",
    "typed_cells",
    "typed_conditions",
    "waiting_jobs",
    "why_unsuitable",
    "worksheet",
    "worksheets",
]

"""Reads of worksheets: records, proofs, and what the screens show."""

from quacan.centre.verification.queries.adjusting import AdjustmentView, adjustment_view
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
from quacan.centre.verification.queries.deviations import (
    OVERRIDABLE,
    DeviationView,
    deviations_of,
    subject_of,
    waived,
)
from quacan.centre.verification.queries.evidence import (
    Evidence,
    evidence_of,
    found_evaluation,
    photo_file,
    seal_positions,
)
from quacan.centre.verification.queries.hints import plausibility_hints
from quacan.centre.verification.queries.proofs import differences, flaws, postings
from quacan.centre.verification.queries.records import (
    adjustments,
    content_of,
    current_readings,
    digest_of,
    evaluation,
    found_readings,
    gathered,
    newest_revisions,
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
    "OVERRIDABLE",
    "AdjustmentView",
    "DeviationView",
    "Evidence",
    "SheetView",
    "adjustment_view",
    "adjustments",
    "confidence_word",
    "content_of",
    "current_readings",
    "deeds",
    "deviations_of",
    "differences",
    "digest_of",
    "english",
    "evaluation",
    "evidence_of",
    "flaws",
    "found_evaluation",
    "found_readings",
    "gathered",
    "may_check",
    "may_type",
    "moments",
    "needs",
    "newest_revisions",
    "photo_file",
    "plausibility_hints",
    "postings",
    "prepared_sheet",
    "refuse_unsuitable",
    "revised_cells",
    "revisions",
    "seal_positions",
    "sheet_layout",
    "sheet_view",
    "subject_of",
    "traces",
    "typed_cells",
    "typed_conditions",
    "waiting_jobs",
    "waived",
    "why_unsuitable",
    "worksheet",
    "worksheets",
]

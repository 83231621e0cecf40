"""Reads of worksheets: records, proofs, and what the screens show."""

from quacan.centre.verification.queries.adjusting import AdjustmentView, adjustment_view
from quacan.centre.verification.queries.budgets import (
    BudgetsPage,
    BudgetView,
    budget_shapes,
    budgets_of,
    budgets_page,
)
from quacan.centre.verification.queries.characteristics import (
    Difference,
    differing_characteristics,
    layout_with,
)
from quacan.centre.verification.queries.competence import instrument_extent, leave_of, supervisor_of
from quacan.centre.verification.queries.conditions import (
    ConditionLeft,
    compared,
    conditions_left,
    measuring_times,
    offered,
    points_for,
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
    seal_rows,
)
from quacan.centre.verification.queries.gathered import GatheredSheet, gathered
from quacan.centre.verification.queries.history import (
    full_names,
    moments,
    revised_cells,
    revisions,
    traces,
    words_of_cell,
    words_of_cells,
)
from quacan.centre.verification.queries.needs import NeedView, needs
from quacan.centre.verification.queries.overriding import Overridable, overridable
from quacan.centre.verification.queries.plausibility import plausibility_hints
from quacan.centre.verification.queries.proofs import CHUNK, differences, flaws, postings, submitted
from quacan.centre.verification.queries.sheet_view import SheetView, sheet_view
from quacan.centre.verification.queries.standard_fitness import (
    refuse_unsuitable,
    unsuitability,
    why_unsuitable,
)
from quacan.centre.verification.queries.stated_uncertainty import guards_of
from quacan.centre.verification.queries.words import confidence_word
from quacan.centre.verification.queries.worksheets import (
    adjustments,
    content_of,
    current_readings,
    digest_of,
    evaluation,
    found_readings,
    newest_revisions,
    prepared_sheet,
    sheet_layout,
    typed_cells,
    typed_conditions,
    waiting_jobs,
    worksheet,
    worksheets,
)

__all__ = [
    "CHUNK",
    "OVERRIDABLE",
    "AdjustmentView",
    "BudgetView",
    "BudgetsPage",
    "ConditionLeft",
    "DeviationView",
    "Difference",
    "Evidence",
    "GatheredSheet",
    "NeedView",
    "Overridable",
    "SheetView",
    "adjustment_view",
    "adjustments",
    "budget_shapes",
    "budgets_of",
    "budgets_page",
    "compared",
    "conditions_left",
    "confidence_word",
    "content_of",
    "current_readings",
    "deviations_of",
    "differences",
    "differing_characteristics",
    "digest_of",
    "evaluation",
    "evidence_of",
    "flaws",
    "found_evaluation",
    "found_readings",
    "full_names",
    "gathered",
    "guards_of",
    "instrument_extent",
    "layout_with",
    "leave_of",
    "measuring_times",
    "moments",
    "needs",
    "newest_revisions",
    "offered",
    "overridable",
    "photo_file",
    "plausibility_hints",
    "points_for",
    "postings",
    "prepared_sheet",
    "refuse_unsuitable",
    "revised_cells",
    "revisions",
    "seal_positions",
    "seal_rows",
    "sheet_layout",
    "sheet_view",
    "subject_of",
    "submitted",
    "supervisor_of",
    "traces",
    "typed_cells",
    "typed_conditions",
    "unsuitability",
    "waiting_jobs",
    "waived",
    "why_unsuitable",
    "words_of_cell",
    "words_of_cells",
    "worksheet",
    "worksheets",
]

"""Reads of examinations: what is typed, what it comes to, and what the screens show."""

from quacan.centre.examinations.queries.adjusting import AdjustmentView, adjustment_view
from quacan.centre.examinations.queries.budgets import (
    BudgetsPage,
    BudgetView,
    budget_shapes,
    budgets_of,
    budgets_page,
)
from quacan.centre.examinations.queries.characteristics import (
    Difference,
    differing_characteristics,
    layout_with,
)
from quacan.centre.examinations.queries.competence import Fitness, fitness_of, leave_of, supervisor_of
from quacan.centre.examinations.queries.conditions import (
    ConditionLeft,
    compared,
    conditions_left,
    measuring_times,
    offered,
    points_for,
)
from quacan.centre.examinations.queries.content import (
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
)
from quacan.centre.examinations.queries.deviations import (
    OVERRIDABLE,
    DeviationView,
    deviations_of,
    subject_of,
    waived,
)
from quacan.centre.examinations.queries.evidence import Evidence, evidence_of, found_evaluation, seal_rows
from quacan.centre.examinations.queries.gathered import GatheredSheet, gathered
from quacan.centre.examinations.queries.history import (
    full_names,
    moments,
    revised_cells,
    revisions,
    traces,
    words_of_cell,
    words_of_cells,
)
from quacan.centre.examinations.queries.needs import NeedView, needs
from quacan.centre.examinations.queries.overriding import Overridable, overridable
from quacan.centre.examinations.queries.plausibility import plausibility_hints
from quacan.centre.examinations.queries.proofs import content_flaws, differences, reading_flaws
from quacan.centre.examinations.queries.sheet_view import SheetView, sheet_view
from quacan.centre.examinations.queries.standard_fitness import (
    refuse_unsuitable,
    unsuitability,
    why_unsuitable,
)
from quacan.centre.examinations.queries.stated_uncertainty import guards_of
from quacan.centre.examinations.queries.words import confidence_word

__all__ = [
    "OVERRIDABLE",
    "AdjustmentView",
    "BudgetView",
    "BudgetsPage",
    "ConditionLeft",
    "DeviationView",
    "Difference",
    "Evidence",
    "Fitness",
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
    "content_flaws",
    "content_of",
    "current_readings",
    "deviations_of",
    "differences",
    "differing_characteristics",
    "digest_of",
    "evaluation",
    "evidence_of",
    "fitness_of",
    "found_evaluation",
    "found_readings",
    "full_names",
    "gathered",
    "guards_of",
    "layout_with",
    "leave_of",
    "measuring_times",
    "moments",
    "needs",
    "newest_revisions",
    "offered",
    "overridable",
    "plausibility_hints",
    "points_for",
    "prepared_sheet",
    "reading_flaws",
    "refuse_unsuitable",
    "revised_cells",
    "revisions",
    "seal_rows",
    "sheet_layout",
    "sheet_view",
    "subject_of",
    "supervisor_of",
    "traces",
    "typed_cells",
    "typed_conditions",
    "unsuitability",
    "waived",
    "why_unsuitable",
    "words_of_cell",
    "words_of_cells",
]

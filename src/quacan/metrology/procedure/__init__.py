"""Procedures as data: read and check a definition, lay it out for an instrument, evaluate what was typed."""

from quacan.metrology.conformity import Verdict
from quacan.metrology.procedure.budgeting import (
    BudgetRefused,
    StandardPlace,
    StandardUncertainty,
    budget,
    budget_rows,
    model_inputs,
    standard_places,
)
from quacan.metrology.procedure.cases import Case, CaseReport, read_case, run_case
from quacan.metrology.procedure.checker import read_procedure, read_procedure_text
from quacan.metrology.procedure.definition import DefinitionRefused, Problem, Procedure, Source, Text
from quacan.metrology.procedure.layout import SheetLayout, layout
from quacan.metrology.procedure.reasons import Reason
from quacan.metrology.procedure.results import (
    LimitInterval,
    RowResult,
    SheetResult,
    StepResult,
    as_json,
)
from quacan.metrology.procedure.run import Prepared, evaluate, prepare, run, run_many

__all__ = [
    "BudgetRefused",
    "Case",
    "CaseReport",
    "DefinitionRefused",
    "LimitInterval",
    "Prepared",
    "Problem",
    "Procedure",
    "Reason",
    "RowResult",
    "SheetLayout",
    "SheetResult",
    "Source",
    "StandardPlace",
    "StandardUncertainty",
    "StepResult",
    "Text",
    "Verdict",
    "as_json",
    "budget",
    "budget_rows",
    "evaluate",
    "layout",
    "model_inputs",
    "prepare",
    "read_case",
    "read_procedure",
    "read_procedure_text",
    "run",
    "run_case",
    "run_many",
    "standard_places",
]

"""Reads of reports and of the figures in them."""

from quacan.centre.reporting.queries.exchange import restatement_json, trace_json
from quacan.centre.reporting.queries.figures import (
    IndicatorFigure,
    Scope,
    entries_behind,
    figure,
    figures,
    scope_of,
)
from quacan.centre.reporting.queries.remarks import Remark, missing_words, remarks
from quacan.centre.reporting.queries.reports import (
    Closing,
    Findings,
    closing_of,
    document_file,
    findings_of,
    outline_of,
    paper_of,
    periods_of,
    report_of,
    reports,
    reports_at,
)
from quacan.centre.reporting.queries.restatements import (
    FIGURES,
    closed_or_refused,
    computed_json,
    figures_json,
    flaws,
    kept_figures,
    restatement,
)
from quacan.centre.reporting.queries.sheet import Sheet, sheet_of

__all__ = [
    "FIGURES",
    "Closing",
    "Findings",
    "IndicatorFigure",
    "Remark",
    "Scope",
    "Sheet",
    "closed_or_refused",
    "closing_of",
    "computed_json",
    "document_file",
    "entries_behind",
    "figure",
    "figures",
    "figures_json",
    "findings_of",
    "flaws",
    "kept_figures",
    "missing_words",
    "outline_of",
    "paper_of",
    "periods_of",
    "remarks",
    "report_of",
    "reports",
    "reports_at",
    "restatement",
    "restatement_json",
    "scope_of",
    "sheet_of",
    "trace_json",
]

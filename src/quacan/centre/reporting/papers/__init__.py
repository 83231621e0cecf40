"""The official periodic report: one frozen value, printed as PDF, Word and Excel."""

from quacan.centre.reporting.papers.annex import annex_ordinals
from quacan.centre.reporting.papers.outline import LIMITATIONS as LIMITATIONS_HEADING
from quacan.centre.reporting.papers.outline import NEXT_TASKS as NEXT_TASKS_HEADING
from quacan.centre.reporting.papers.outline import PROPOSALS as PROPOSALS_HEADING
from quacan.centre.reporting.papers.outline import headed
from quacan.centre.reporting.papers.printing import render_report_docx, render_report_pdf, render_report_xlsx
from quacan.centre.reporting.papers.values import (
    AnnexRow,
    Figure,
    Inline,
    Paragraph,
    ReportPaper,
    ReportTable,
    Section,
    TableColumn,
    paragraph_text,
)

__all__ = [
    "LIMITATIONS_HEADING",
    "NEXT_TASKS_HEADING",
    "PROPOSALS_HEADING",
    "AnnexRow",
    "Figure",
    "Inline",
    "Paragraph",
    "ReportPaper",
    "ReportTable",
    "Section",
    "TableColumn",
    "annex_ordinals",
    "headed",
    "paragraph_text",
    "render_report_docx",
    "render_report_pdf",
    "render_report_xlsx",
]

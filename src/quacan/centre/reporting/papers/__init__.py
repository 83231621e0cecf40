"""The official periodic report: one frozen value, printed as PDF, Word and Excel."""

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
    "AnnexRow",
    "Figure",
    "Inline",
    "Paragraph",
    "ReportPaper",
    "ReportTable",
    "Section",
    "TableColumn",
    "paragraph_text",
    "render_report_docx",
    "render_report_pdf",
    "render_report_xlsx",
]

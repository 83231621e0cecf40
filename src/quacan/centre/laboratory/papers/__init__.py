"""The report of a test, printed: one frozen value in, the bytes of a PDF out."""

from quacan.centre.laboratory.papers.printing import ReportPaper, ReportRow, render_report

__all__ = ["ReportPaper", "ReportRow", "render_report"]

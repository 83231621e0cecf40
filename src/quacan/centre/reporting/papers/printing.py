"""One report, three files: PDF/A for the archive, Word for the clerk, Excel for the planner."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from quacan.centre.base.paper import PaperRefused, composed
from quacan.centre.base.paper.composition import long_day_text
from quacan.centre.base.paper.typesetting import typeset
from quacan.centre.reporting.papers.annex import annex_parent_line, annex_texts
from quacan.centre.reporting.papers.excel import report_workbook
from quacan.centre.reporting.papers.outline import Block, Heading, numbered, report_problems
from quacan.centre.reporting.papers.values import ReportPaper, ReportTable, paragraph_text
from quacan.centre.reporting.papers.word import report_document

_HERE = Path(__file__).parent


def render_report_pdf(paper: ReportPaper) -> bytes:
    """This will print the report as PDF/A-3a in the form of NĐ 30/2020, annex I."""
    paper = _sound(paper)
    return typeset(_HERE / "report.typ", _data(paper), name=_name(paper), stamped_at=paper.stamped_at)


def render_report_docx(paper: ReportPaper) -> bytes:
    """This will write the report as a Word file in the form of NĐ 30/2020, annex I."""
    return report_document(_sound(paper))


def render_report_xlsx(paper: ReportPaper) -> bytes:
    """This will write the report's indicators, figures and text as a workbook."""
    return report_workbook(_sound(paper))


def _sound(paper: ReportPaper) -> ReportPaper:
    paper = composed(paper)
    problems = report_problems(paper)
    if problems:
        raise PaperRefused(paper=_name(paper), problems=problems)
    return paper


def _name(paper: ReportPaper) -> str:
    return _("báo cáo {number}").format(number=paper.full_number)


def _data(paper: ReportPaper) -> dict[str, Any]:
    return {
        "parent": paper.parent,
        "organisation": paper.organisation,
        "number": paper.full_number,
        "draft": paper.is_draft,
        "place_and_day": f"{paper.place}, {long_day_text(paper.dated_on)}",
        "kind": paper.kind,
        "subject": paper.subject,
        "addressed_to": paper.addressed_to,
        "basis": paper.basis,
        "blocks": [_block(block) for block in numbered(paper)],
        "annex_title": paper.annex_title,
        "annex_parent": annex_parent_line(paper),
        "period": paper.period_text,
        "annex": [
            {"heading": row.heading, "cells": cells}
            for row, cells in zip(paper.annex, annex_texts(paper), strict=True)
        ],
        "recipients": paper.recipients,
        "authority": [*paper.authority, paper.signer_title],
        "signer": paper.signer_name,
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.text}
    if isinstance(block, ReportTable):
        return {
            "kind": "table",
            "caption": block.caption,
            "titles": [column.title for column in block.columns],
            "shares": [str(column.share) for column in block.columns],
            "aligns": [column.align for column in block.columns],
            "rows": [[paragraph_text(cell) for cell in row] for row in block.rows],
        }
    return {"kind": "paragraph", "text": paragraph_text(block)}

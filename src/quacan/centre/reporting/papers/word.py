"""The report as a Word file in the form of NĐ 30/2020, annex I."""

from docx.document import Document

from quacan.centre.base.paper.composition import long_day_text
from quacan.centre.base.paper.word import (
    WIDE_TEXT_WIDTH,
    Align,
    Column,
    addressed_to,
    body_heading,
    body_text,
    document_bytes,
    document_title,
    line,
    new_document,
    official_header,
    recipients_and_signature,
    ruled_table,
    wide_section,
)
from quacan.centre.reporting.papers.annex import ANNEX_TITLES, annex_parent_line, annex_texts
from quacan.centre.reporting.papers.outline import Block, Heading, numbered
from quacan.centre.reporting.papers.values import ReportPaper, ReportTable, paragraph_text

_ANNEX_SHAPES: tuple[tuple[float, Align], ...] = (
    (11, "center"),
    (78, "left"),
    (22, "center"),
    (27, "right"),
    (27, "right"),
    (18, "right"),
    (27, "right"),
    (42, "left"),
)
_ANNEX_COLUMNS = tuple(
    Column(title, share, align) for title, (share, align) in zip(ANNEX_TITLES, _ANNEX_SHAPES, strict=True)
)


def report_document(paper: ReportPaper) -> bytes:
    """This will write the report; the paper has been checked and composed before."""
    document = new_document(
        title=f"{paper.kind} {paper.subject}", author=paper.organisation, stamped_at=paper.stamped_at
    )
    official_header(
        document,
        parent=paper.parent,
        organisation=paper.organisation,
        number=paper.full_number,
        place_and_day=f"{paper.place}, {long_day_text(paper.dated_on)}",
        note="DỰ THẢO" if paper.is_draft else "",
    )
    document_title(document, paper.kind, paper.subject)
    addressed_to(document, paper.addressed_to)
    for position, basis in enumerate(paper.basis, start=1):
        body_text(document, basis + ("." if position == len(paper.basis) else ";"), italic=True)
    for block in numbered(paper):
        _write_block(document, block)
    recipients_and_signature(
        document,
        recipients=paper.recipients,
        authority=paper.authority,
        title=paper.signer_title,
        name=paper.signer_name,
    )
    if paper.annex:
        _write_annex(document, paper)
    return document_bytes(document, paper.stamped_at)


def _write_block(document: Document, block: Block) -> None:
    if isinstance(block, Heading):
        body_heading(document, block.text, level=block.level)
    elif isinstance(block, ReportTable):
        _write_table(document, block)
    else:
        body_text(document, paragraph_text(block))


def _write_table(document: Document, table: ReportTable) -> None:
    caption = line(document, table.caption, size=13, bold=True, align="center", before=8, after=4)
    caption.paragraph_format.keep_with_next = True
    columns = tuple(Column(column.title, column.share, column.align) for column in table.columns)
    ruled_table(document, columns, [[paragraph_text(cell) for cell in row] for row in table.rows])


def _write_annex(document: Document, paper: ReportPaper) -> None:
    wide_section(document)
    line(document, "PHỤ LỤC", bold=True, align="center")
    line(document, paper.annex_title.upper(), bold=True, align="center", before=2)
    if paper.period_text:
        line(document, paper.period_text, size=13, align="center", before=2)
    line(document, annex_parent_line(paper), size=13, italic=True, align="center", before=2, after=8)
    headings = frozenset(position for position, row in enumerate(paper.annex) if row.heading)
    ruled_table(document, _ANNEX_COLUMNS, annex_texts(paper), width=WIDE_TEXT_WIDTH, bold_rows=headings)

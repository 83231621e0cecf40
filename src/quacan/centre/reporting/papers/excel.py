"""The report as a workbook: indicators with numbers a planner can add up, figures of the text, the text itself."""

from collections.abc import Iterator

from quacan.centre.base.paper.sheets import Cell, Kind, Sheet, SheetColumn, workbook_bytes
from quacan.centre.reporting.papers.annex import ANNEX_TITLES, annex_figures, annex_ordinals
from quacan.centre.reporting.papers.outline import Block, Heading, figures_in, numbered
from quacan.centre.reporting.papers.values import Figure, ReportPaper, ReportTable, paragraph_text

_ANNEX_KINDS: tuple[tuple[Kind, float], ...] = (
    ("text", 7),
    ("long_text", 52),
    ("text", 14),
    ("number", 16),
    ("number", 16),
    ("percent", 10),
    ("number", 18),
    ("long_text", 34),
    ("text", 24),
)


def report_workbook(paper: ReportPaper) -> bytes:
    """This will write the workbook; the paper has been checked and composed before."""
    return workbook_bytes(
        (_annex_sheet(paper), _figure_sheet(paper), _text_sheet(paper)),
        title=f"{paper.kind} {paper.subject}",
        author=paper.organisation,
        created_at=paper.stamped_at,
    )


def _annex_sheet(paper: ReportPaper) -> Sheet:
    titles = (*ANNEX_TITLES, "Mã chỉ tiêu")
    rows = tuple(
        (
            ordinal,
            row.name,
            row.unit,
            *map(_cell, annex_figures(row)),
            row.note,
            row.actual.code if row.actual else "",
        )
        for row, ordinal in zip(paper.annex, annex_ordinals(paper), strict=True)
    )
    return Sheet(
        "Chỉ tiêu",
        tuple(
            SheetColumn(title, kind, width) for title, (kind, width) in zip(titles, _ANNEX_KINDS, strict=True)
        ),
        rows,
        lines_above=_head_lines(paper),
        emphasised=frozenset(position for position, row in enumerate(paper.annex) if row.heading),
    )


def _figure_sheet(paper: ReportPaper) -> Sheet:
    columns = (
        SheetColumn("Mục", "long_text", 44),
        SheetColumn("Mã chỉ tiêu", "text", 24),
        SheetColumn("Viết trong báo cáo", "text", 22),
        SheetColumn("Giá trị", "number", 18),
    )
    rows: list[tuple[Cell, ...]] = []
    for heading, block in _under_headings(paper):
        rows.extend((heading, figure.code, figure.text, _value(figure)) for figure in figures_in(block))
    return Sheet("Số liệu", columns, tuple(rows))


def _text_sheet(paper: ReportPaper) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    emphasised = set()
    for block in numbered(paper):
        if isinstance(block, Heading):
            emphasised.add(len(rows))
            rows.append((block.text,))
        elif isinstance(block, ReportTable):
            rows.append((block.caption,))
            rows.extend((" | ".join(paragraph_text(cell) for cell in row),) for row in block.rows)
        else:
            rows.append((paragraph_text(block),))
    return Sheet(
        "Nội dung",
        (SheetColumn("Nội dung", "long_text", 120),),
        tuple(rows),
        emphasised=frozenset(emphasised),
    )


def _under_headings(paper: ReportPaper) -> Iterator[tuple[str, Block]]:
    heading = ""
    for block in numbered(paper):
        if isinstance(block, Heading):
            heading = block.text
        else:
            yield heading, block


def _head_lines(paper: ReportPaper) -> tuple[str, ...]:
    draft = " (dự thảo)" if paper.is_draft else ""
    lines = (paper.organisation.upper(), f"{paper.kind} {paper.subject}", f"Số: {paper.full_number}{draft}")
    return (*lines, paper.period_text) if paper.period_text else lines


def _cell(figure: Figure | None) -> Cell:
    if figure is None:
        return None
    return figure.text if figure.value is None else figure.value


def _value(figure: Figure) -> Cell:
    return figure.value

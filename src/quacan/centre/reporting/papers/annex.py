"""The plan-and-result annex: its columns, its numbers, the words of its cells."""

from quacan.centre.base.paper.composition import long_day_text
from quacan.centre.reporting.papers.outline import ROMAN
from quacan.centre.reporting.papers.values import AnnexRow, Figure, ReportPaper

ANNEX_TITLES = ("TT", "Chỉ tiêu", "ĐVT", "KH năm", "Thực hiện kỳ", "% KH", "Cùng kỳ năm trước", "Ghi chú")


def annex_parent_line(paper: ReportPaper) -> str:
    """This will name the document the annex belongs to."""
    return (
        f"(Kèm theo Báo cáo số {paper.full_number} {long_day_text(paper.dated_on)} của {paper.organisation})"
    )


def annex_texts(paper: ReportPaper) -> list[tuple[str, ...]]:
    """This will give the printed cells of every row, in the order of ANNEX_TITLES."""
    return [
        (
            ordinal,
            row.name,
            row.unit,
            *(figure.text if figure else "" for figure in annex_figures(row)),
            row.note,
        )
        for row, ordinal in zip(paper.annex, annex_ordinals(paper), strict=True)
    ]


def annex_figures(row: AnnexRow) -> tuple[Figure | None, ...]:
    """This will give plan, actual, percent of plan and same period last year."""
    return (row.plan, row.actual, row.percent, row.last_year)


def annex_ordinals(paper: ReportPaper) -> tuple[str, ...]:
    """This will number the annex: stated ordinals are kept, others count through, headings count in Roman."""
    ordinals, rows, parts = [], 0, 0
    for row in paper.annex:
        parts, rows = (parts + 1, rows) if row.heading else (parts, rows + 1)
        counted = (ROMAN[parts - 1] if parts <= len(ROMAN) else str(parts)) if row.heading else str(rows)
        ordinals.append(row.ordinal or counted)
    return tuple(ordinals)

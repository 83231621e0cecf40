"""Excel workbooks: typed columns, Vietnamese headings, no formulas from typed text, the same bytes each time."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

Kind = Literal["text", "long_text", "number", "money", "percent", "date"]
Cell = str | int | Decimal | date | None

_EXACT_DIGITS = 15  # a spreadsheet keeps numbers as binary64; longer ones are written as text, never rounded
_FORMATS: dict[Kind, dict[str, object]] = {
    "text": {"align": "left"},
    "long_text": {"align": "left", "text_wrap": True},
    "number": {"align": "right", "num_format": "#,##0.######"},
    "money": {"align": "right", "num_format": "#,##0"},
    "percent": {"align": "right", "num_format": "0.0"},
    "date": {"align": "center", "num_format": "dd/mm/yyyy"},
}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its heading, what its cells are, its width in characters."""

    title: str
    kind: Kind = "text"
    width: float = 16


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: lines above the table, columns, rows; `emphasised` rows are headings within the table."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lines_above: tuple[str, ...] = ()
    emphasised: frozenset[int] = frozenset()


def workbook_bytes(sheets: Sequence[Sheet], *, title: str, author: str, created_at: datetime) -> bytes:
    """This will write a workbook with frozen headings and filters; `created_at` is the only time in the file."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(
        packed,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    created = created_at.astimezone(UTC).replace(tzinfo=None) if created_at.tzinfo else created_at
    book.set_properties({"title": title[:255], "author": author[:255], "created": created})
    for sheet in sheets:
        _write_sheet(book, sheet)
    book.close()
    return packed.getvalue()


def _write_sheet(book: Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(_sheet_name(sheet.name))
    heading = book.add_format(
        _style(_FORMATS["text"], bold=True, align="center", text_wrap=True, bg_color="#E2F0F0", border=1)
    )
    above = book.add_format(_style({}, bold=True, font_size=13))
    for position, words in enumerate(sheet.lines_above):
        page.write_string(position, 0, words, above)
    top = len(sheet.lines_above) + (1 if sheet.lines_above else 0)
    for position, column in enumerate(sheet.columns):
        page.set_column(position, position, column.width)
        page.write_string(top, position, column.title, heading)
    _write_rows(book, page, sheet, top + 1)
    page.freeze_panes(top + 1, 0)
    page.autofilter(top, 0, top + max(len(sheet.rows), 1), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)


def _write_rows(book: Workbook, page: Worksheet, sheet: Sheet, top: int) -> None:
    plain = [book.add_format(_style(_FORMATS[column.kind], border=1)) for column in sheet.columns]
    strong = [book.add_format(_style(_FORMATS[column.kind], border=1, bold=True)) for column in sheet.columns]
    words = book.add_format(_style({}, border=1, align="right"))
    for position, row in enumerate(sheet.rows):
        styles = strong if position in sheet.emphasised else plain
        for place, (cell, style) in enumerate(zip(row, styles, strict=True)):
            _write_cell(page, top + position, place, cell, style, words)


def _write_cell(page: Worksheet, row: int, place: int, cell: Cell, style: Format, words: Format) -> None:
    if cell is None or cell == "":
        page.write_blank(row, place, None, style)
    elif isinstance(cell, str):
        page.write_string(row, place, cell, style)
    elif isinstance(cell, date):
        page.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), style)  # noqa: DTZ001
    elif len(Decimal(cell).as_tuple().digits) > _EXACT_DIGITS:
        page.write_string(row, place, format(Decimal(cell), "f"), words)
    else:
        page.write_number(row, place, float(cell), style)


def _style(properties: Mapping[str, object], **more: object) -> dict[str, object]:
    return {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter", **properties, **more}


def _sheet_name(name: str) -> str:
    """This will give a name that Excel accepts: no []:*?/\\ and at most 31 characters."""
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in name).strip()[:31] or "Trang"

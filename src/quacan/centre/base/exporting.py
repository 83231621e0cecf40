"""Lists as files: what the screen shows, every matching row, for a spreadsheet."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from quacan.centre.base.lists import Column, Listing, ordered
from quacan.centre.base.refusals import FieldWrong

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK: Final = 500
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_FORMATS: Final = {
    "text": {},
    "number": {},
    "money": {"num_format": "#,##0"},
    "day": {"num_format": "dd/mm/yyyy"},
}


def exported(
    request: HttpRequest, rows: QuerySet[Any], listing: Listing, *, on: date
) -> HttpResponseBase | None:
    """This will give the file the address asks for (``export=csv`` or ``xlsx``), or None when it asks for a page.

    The file holds every row that matches the search and the filters, in the order asked for.
    """
    wanted = request.GET.get("export", "")
    if not wanted:
        return None
    found = ordered(rows, listing, request.GET.dict()).iterator(chunk_size=CHUNK)
    name = f"{listing.name}-{on:%Y%m%d}.{wanted}"
    if wanted == "csv":
        response = StreamingHttpResponse(
            csv_lines(listing.columns, found), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    if wanted == "xlsx":
        return FileResponse(
            xlsx_file(listing.columns, found), as_attachment=True, filename=name, content_type=XLSX
        )
    raise FieldWrong(field=_("Xuất tệp"), why=_("chỉ có csv và xlsx"))


def csv_lines(columns: tuple[Column, ...], rows: Iterable[Any]) -> Iterator[str]:
    """This will write rows as CSV with semicolons and a mark of UTF-8, as Vietnamese Excel reads it.

    Text that a spreadsheet would run as a formula is quoted with an apostrophe; days are written 20/11/2026.
    """
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";", lineterminator="\r\n")
    yield "\ufeff"
    writer.writerow([str(column.label) for column in columns])
    for row in rows:
        writer.writerow([_plain(column.value(row)) for column in columns])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA_STARTS) else text


def xlsx_file(columns: tuple[Column, ...], rows: Iterable[Any]) -> Any:
    """This will write rows as an Excel file and return it open at its start; memory stays constant."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        head = book.add_format({"bold": True, "bottom": 1})
        formats = [book.add_format(_FORMATS[column.kind]) for column in columns]
        for i, column in enumerate(columns):
            sheet.set_column(i, i, 14 if column.kind != "text" else 28)
        for i, column in enumerate(columns):
            sheet.write_string(0, i, str(column.label), head)
        sheet.freeze_panes(1, 0)
        for at, row in enumerate(rows, 1):
            for i, column in enumerate(columns):
                _write(sheet, at, i, column.value(row), formats[i])
    file.seek(0)
    return file


def _write(sheet: Any, row: int, column: int, value: object, style: Any) -> None:
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, str(value), style)

"""A bench's file as a plain table of texts: CSV with any usual separator, or the first filled sheet of a workbook.

Formulas are never run: of a workbook only the values it was saved with are read. Everything else is text.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from quacan.centre.base.chain import digest
from quacan.centre.verification.refusals import BenchFileRefused

MOST_MEGABYTES: Final = 20
MOST_UNPACKED: Final = 300 * 1024 * 1024
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200
LONGEST: Final = 1_000
PREAMBLE: Final = 30
SEPARATORS: Final = (";", "\t", "|", ",")


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and rows of texts; *numbers* gives each row as a person counts it in the file."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]


def read_table(content: bytes, *, name: str) -> Table:
    """This will read a bench's file; one that is too large, empty or unreadable is refused with the way out."""
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        raise _wrong(name, _("lớn hơn {limit} MB; chia tệp thành nhiều lô").format(limit=MOST_MEGABYTES))
    if not content.strip():
        raise _wrong(name, _("trống; xuất lại tệp từ phần mềm của bàn"))
    return _read(digest(content), _Held(content), name)


class _Held:
    """The bytes of a file, left out of the key they are kept by: the digest beside them stands for them."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=2)
def _read(_sha256: str, held: _Held, name: str) -> Table:
    content = held.content
    lines = _workbook(content, name) if content.startswith(b"PK\x03\x04") else _separated(content, name)
    kept = list(islice(lines, MOST_ROWS + PREAMBLE + 1))
    start = next((at for at, (_n, row) in enumerate(kept[:PREAMBLE]) if sum(map(bool, row)) > 1), None)
    if start is None:
        raise _wrong(name, _("không có hàng tiêu đề với ít nhất hai cột; kiểm tra dấu phân cách cột"))
    columns = _names(kept[start][1])
    body = [(number, _fitted(row, len(columns))) for number, row in kept[start + 1 :] if any(row)]
    if len(body) > MOST_ROWS:
        raise _wrong(name, _("nhiều hơn {limit} hàng; chia tệp thành nhiều lô").format(limit=MOST_ROWS))
    if not body:
        raise _wrong(name, _("chỉ có hàng tiêu đề, không có hàng số liệu"))
    return Table(columns, tuple(row for _number, row in body), tuple(number for number, _row in body))


def _wrong(name: str, why: str) -> BenchFileRefused:
    return BenchFileRefused(name=name, why=why)


def _names(head: Sequence[str]) -> tuple[str, ...]:
    """Every column a name of its own: an empty or repeated header is named by its letter."""
    found: list[str] = []
    for at, text in enumerate(head):
        name = " ".join(text.split())[:80]
        letter = _("cột {letter}").format(letter=_letters(at))
        found.append(letter if not name else f"{name} ({letter})" if name in found else name)
    while found and not head[len(found) - 1]:
        found.pop()
    return tuple(found)


def _letters(at: int) -> str:
    text = ""
    while True:
        text = chr(65 + at % 26) + text
        at = at // 26 - 1
        if at < 0:
            return text


def _fitted(row: Sequence[str], width: int) -> tuple[str, ...]:
    return (*row[:width], *("" for _missing in range(width - len(row))))


def _separated(content: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(content, name)
    head = [line for line in text.splitlines()[:PREAMBLE] if line.strip()]
    separator = _separator(head)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            yield reader.line_num, _checked(row, name, reader.line_num)
    except csv.Error as error:
        raise _wrong(name, _("hàng {row} không đọc được").format(row=reader.line_num)) from error


def _separator(head: Sequence[str]) -> str:
    """The separator that parts a line near the top; a comma only where no other does, for it may be a decimal mark."""
    for line in head:
        for separator in SEPARATORS:
            if len(next(csv.reader([line], delimiter=separator))) > 1:
                return separator
    return ";"


def _decoded(content: bytes, name: str) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _wrong(name, _("không phải CSV mã UTF-8 hay XLSX; lưu lại dạng “CSV UTF-8”")) from error
    if "\x00" in text:
        raise _wrong(name, _("không phải CSV hay XLSX; xuất lại tệp từ phần mềm của bàn"))
    return text


def _workbook(content: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise _wrong(name, _("giải nén ra quá lớn; lưu lại tệp chỉ gồm bảng số liệu"))
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grids = (book.get_sheet_by_index(at) for at in range(len(book.sheet_names)))
        rows = next(
            (found for grid in grids if (found := grid.to_python(nrows=MOST_ROWS + PREAMBLE + 2))), []
        )
    except (zipfile.BadZipFile, CalamineError) as error:
        raise _wrong(name, _("không mở được như một bảng tính XLSX; lưu lại tệp")) from error
    for number, row in enumerate(rows, 1):
        yield number, _checked([_text(value) for value in row], name, number)


def _checked(row: Iterable[str], name: str, number: int) -> list[str]:
    found = [text.strip() for text in row]
    if len(found) > MOST_COLUMNS or any(len(text) > LONGEST for text in found):
        raise _wrong(
            name,
            _("hàng {row} có hơn {columns} cột, hoặc ô dài hơn {longest} ký tự").format(
                row=number, columns=MOST_COLUMNS, longest=LONGEST
            ),
        )
    return found


def _text(value: object) -> str:
    """A value of a workbook as it would be typed: 0.25 and 1600, never 1600.0."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize() + 0, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    return "" if value is None else str(value)

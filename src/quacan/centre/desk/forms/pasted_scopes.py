"""Lines of a scope as they are pasted from a table: one line each, columns parted by tabs or semicolons."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from quacan.centre.base.language.folding import fold
from quacan.centre.base.refusals import FieldMissing
from quacan.centre.instruments.catalogue import kinds
from quacan.centre.organisation.actions import NewLine
from quacan.centre.organisation.refusals import ScopeWrong
from quacan.centre.verification.library import shelves

COLUMNS: Final = 10
SERVICES: Final = {
    "kiem dinh": "verification",
    "hieu chuan": "calibration",
    "thu nghiem": "testing",
    "verification": "verification",
    "calibration": "calibration",
    "testing": "testing",
}
EXAMPLE: Final = (
    "Kiểm định\tMAS-04\t\tKhối lượng\t0\t150\tkg\tcấp 3\n"
    "Hiệu chuẩn\tLEN-51\tcaliper\tĐộ dài\t0\t300\tmm\t\t15 µm\t20 µm/m"
)


def pasted_lines(text: str) -> tuple[NewLine, ...]:
    """This will read a pasted table, a head row left out.

    Raises FieldMissing for an empty one and ScopeWrong naming the row of an unknown service, kind or procedure.
    """
    rows = [row for row in text.splitlines() if row.strip()]
    if rows and fold(_cells(rows[0])[0]) == "dich vu":
        rows = rows[1:]
    if not rows:
        raise FieldMissing(field=_("Bảng phạm vi"))
    return tuple(_line(position, _cells(row)) for position, row in enumerate(rows, start=1))


def _cells(row: str) -> list[str]:
    mark = "\t" if "\t" in row else ";"
    return [cell.strip() for cell in row.split(mark)]


def _line(position: int, cells: list[str]) -> NewLine:
    if len(cells) > COLUMNS:
        raise ScopeWrong(row=position, why=_("có {count} cột, nhiều hơn 10").format(count=len(cells)))
    cells += [""] * (COLUMNS - len(cells))
    service = SERVICES.get(fold(cells[0]))
    if service is None:
        raise ScopeWrong(row=position, why=_("không có dịch vụ “{word}”").format(word=cells[0]))
    line = NewLine(service, tuple(_codes(cells[1])), tuple(_codes(cells[2])), *cells[3:])
    for code in _unknown(line):
        raise ScopeWrong(row=position, why=_("không có mã “{code}” trong danh mục").format(code=code))
    return line


def _codes(cell: str) -> Iterator[str]:
    yield from (code.strip() for code in cell.split(",") if code.strip())


def _unknown(line: NewLine) -> Iterator[str]:
    known_kinds = {one.code for one in kinds()}
    known_procedures = {shelf.procedure.code for shelf in shelves()}
    yield from (code for code in line.kind_codes if code not in known_kinds)
    yield from (code for code in line.procedures if code not in known_procedures)

"""A bench's file as a table with named columns: its head found below whatever stands above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from quacan.centre.base.chain import digest
from quacan.centre.base.intake import Bounds, Row, TableTooLong, foreign_table
from quacan.centre.base.language.numbers import format_number
from quacan.centre.verification.refusals import BenchFileRefused

MOST_MEGABYTES: Final = 20
MOST_ROWS: Final = 20_000
PREAMBLE: Final = 30
BOUNDS: Final = Bounds(megabytes=MOST_MEGABYTES, rows=MOST_ROWS, head=PREAMBLE)


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and rows of texts; *numbers* gives each row as a person counts it in the file."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]


def read_table(content: bytes, *, name: str) -> Table:
    """This will read a bench's file; one that is too large, empty or unreadable is refused with the way out."""
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
    found = foreign_table(held.content, name=name, bounds=BOUNDS)
    if not found.encoding:  # columns are known by their names: letters must be sure
        raise _wrong(name, _("không phải CSV mã UTF-8 hay XLSX; lưu lại dạng “CSV UTF-8”"))
    start = next((at for at, row in enumerate(found.rows[:PREAMBLE]) if sum(map(bool, row)) > 1), None)
    if start is None:
        raise _wrong(name, _("không có hàng tiêu đề với ít nhất hai cột; kiểm tra dấu phân cách cột"))
    below = zip(found.lines[start + 1 :], found.rows[start + 1 :], strict=True)
    body = [(line, row) for line, row in below if any(row)]
    if len(body) > MOST_ROWS:
        raise TableTooLong(name=name, limit=format_number(MOST_ROWS))
    if not body:
        raise _wrong(name, _("chỉ có hàng tiêu đề, không có hàng số liệu"))
    names = _names(found.rows[start])
    filled = {at for _line, row in body for at, text in enumerate(row) if text}
    kept = [at for at in range(len(names)) if found.rows[start][at] or at in filled]
    return Table(
        tuple(names[at] for at in kept),
        tuple(tuple(row[at] if at < len(row) else "" for at in kept) for _line, row in body),
        tuple(line for line, _row in body),
    )


def _wrong(name: str, why: str) -> BenchFileRefused:
    return BenchFileRefused(name=name, why=why)


def _names(head: Row) -> Sequence[str]:
    """Every column a name of its own: an empty or repeated header is named by its letter."""
    found: list[str] = []
    for at, text in enumerate(head):
        name = " ".join(text.split())[:80]
        letter = _("cột {letter}").format(letter=_letters(at))
        found.append(letter if not name else f"{name} ({letter})" if name in found else name)
    while found and not head[len(found) - 1]:
        found.pop()
    return found


def _letters(at: int) -> str:
    text = ""
    while True:
        text = chr(65 + at % 26) + text
        at = at // 26 - 1
        if at < 0:
            return text

"""Rows of a bench's file matched to the units of a batch; whatever is wrong with a row is a problem that names it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from quacan.centre.base.language.folding import fold
from quacan.centre.verification.rules.benches.mapping import CellName
from quacan.centre.verification.rules.benches.mapping import Mapping as BenchMapping
from quacan.centre.verification.rules.benches.reading import Table
from quacan.metrology.procedure.typed import TypedRefused, read_number

LONGEST: Final = 200
WORDS: Final = {
    **dict.fromkeys(("ok", "dat", "pass", "1"), "ok"),
    **dict.fromkeys(("defect", "khong dat", "fail", "2"), "defect"),
    **dict.fromkeys(("not_applicable", "khong ap dung", "n/a", "3"), "not_applicable"),
}
"""What a bench may write for a line of a checklist; the digits are the keys of the worksheet."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One instrument of the batch."""

    key: int
    position: int
    serial: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row: a code and the values its sentence needs."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """This will give the problem as plain values."""
        return {"code": self.code, **self.values}


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row (0: the file lacks the unit): whose it is, where that is plain, and the texts of its cells."""

    row: int
    unit_text: str
    unit: Unit | None
    cells: Mapping[str, str]
    problems: tuple[Problem, ...]


def matched(
    table: Table,
    mapping: BenchMapping,
    *,
    cells: Iterable[CellName],
    units: Sequence[Unit],
    start: int = 0,
    stop: int | None = None,
) -> tuple[FileRow, ...]:
    """This will give the rows from *start* to *stop* with their units; after the last row, the units the file lacks.

    A unit named by two rows belongs to neither: which of them is right, only the person at the bench can say.
    """
    places = {name: at for at, name in enumerate(table.columns)}
    named = [row[places[mapping.unit]] for row in table.rows]
    rows_of: dict[str, list[int]] = {}
    for at, text in enumerate(named):
        rows_of.setdefault(_folded(text, mapping.unit_by), []).append(at)
    known = {_folded(_name(unit, mapping.unit_by), mapping.unit_by): unit for unit in units}
    choices = {cell.key for cell in cells if cell.choice}
    end = len(table.rows) + len(units) if stop is None else stop
    found = [
        _row(table, mapping, at, places, named[at], known, rows_of, choices)
        for at in range(start, min(end, len(table.rows)))
    ]
    if end >= len(table.rows):
        lacking = [unit for name, unit in known.items() if name not in rows_of]
        skip = max(0, start - len(table.rows))
        found += [
            FileRow(0, unit.serial, unit, {}, (Problem("missing_unit", _who(unit)),))
            for unit in lacking[skip : end - len(table.rows)]
        ]
    return tuple(found)


def _who(unit: Unit) -> dict[str, str]:
    return {"serial": unit.serial, "position": str(unit.position)}


def _name(unit: Unit, unit_by: str) -> str:
    return unit.serial if unit_by == "serial" else str(unit.position)


def _folded(text: str, unit_by: str) -> str:
    """Serials are compared without spaces and case; positions as whole numbers."""
    bare = "".join(fold(text).split())
    return str(int(bare)) if unit_by == "position" and bare.isdecimal() and len(bare) < 9 else bare


def _row(
    table: Table,
    mapping: BenchMapping,
    at: int,
    places: Mapping[str, int],
    name: str,
    known: Mapping[str, Unit],
    rows_of: Mapping[str, Sequence[int]],
    choices: set[str],
) -> FileRow:
    number = table.numbers[at]
    folded = _folded(name, mapping.unit_by)
    values = {"row": str(number), "column": mapping.unit, "text": name[:80]}
    same = rows_of[folded]
    if not folded:
        return FileRow(number, "", None, {}, (Problem("unit_empty", values),))
    if len(same) > 1:
        rows = ", ".join(str(table.numbers[one]) for one in same[:6])
        return FileRow(number, name, None, {}, (Problem("unit_twice", {**values, "rows": rows}),))
    if folded not in known:
        return FileRow(number, name, None, {}, (Problem(f"unknown_{mapping.unit_by}", values),))
    read, problems = _cells(table.rows[at], mapping, number, places, choices)
    return FileRow(number, name, known[folded], {**mapping.constants, **read}, tuple(problems))


def _cells(
    row: Sequence[str], mapping: BenchMapping, number: int, places: Mapping[str, int], choices: set[str]
) -> tuple[dict[str, str], list[Problem]]:
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for key, column in mapping.columns.items():
        text = row[places[column]]
        values = {"row": str(number), "column": column, "text": text[:80]}
        if not text:
            problems.append(Problem("value_missing", values))
        elif key in choices:
            text = WORDS.get(fold(text), text)
            if text not in WORDS.values():
                problems.append(Problem("choice_unreadable", values))
        elif not _is_number(text):
            problems.append(Problem("number_unreadable", values))
        found[key] = text[:LONGEST]
    return found, problems


def _is_number(text: str) -> bool:
    try:
        read_number(text)
    except TypedRefused:
        return False
    return True


def sentence(problem: Mapping[str, str], *, english: bool) -> str:
    """This will say a kept problem: the row, the column, what to do."""
    if problem.get("code") == "said":
        return problem["en" if english else "vi"]
    sentences = {
        "unit_empty": _("Hàng {row}: cột “{column}” trống; ghi số máy hoặc vị trí rồi nhập lại tệp."),
        "unit_twice": _(
            "Hàng {row}: “{text}” có ở các hàng {rows}, không rõ hàng nào đúng nên không ghi; giữ lại một hàng."
        ),
        "unknown_serial": _(
            "Hàng {row}: lô không có phương tiện số máy “{text}” (cột “{column}”); sửa số máy trong tệp hoặc bỏ hàng."
        ),
        "unknown_position": _("Hàng {row}: lô không có vị trí “{text}” (cột “{column}”); sửa vị trí trong tệp."),
        "missing_unit": _("Tệp không có số máy {serial} (vị trí {position}); đo bổ sung hoặc nhập tệp đủ hàng."),
        "value_missing": _("Hàng {row}: cột “{column}” trống; đo lại điểm này rồi nhập tệp mới."),
        "number_unreadable": _("Hàng {row}, cột “{column}”: “{text}” không phải một số; sửa trong tệp rồi nhập lại."),
        "choice_unreadable": _("Hàng {row}, cột “{column}”: “{text}” không phải đạt, không đạt hay không áp dụng."),
        "not_draft": _("Phiếu {number} ở bước “{stage}”, số đọc trong tệp khác; nhờ người soát xét trả phiếu rồi ghi."),
    }  # fmt: skip
    template = sentences.get(problem.get("code", ""))
    return template.format(**problem) if template else problem.get("code", "")

"""Which column of a bench's file is what: the unit, the cells of the worksheet, what is the same for all units."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Final

from django.utils.translation import gettext as _

from quacan.centre.base.language.folding import fold
from quacan.centre.examinations.rules import said
from quacan.metrology.procedure import SheetLayout
from quacan.metrology.procedure.layout import LayoutRow, LayoutStep

MOMENTS: Final = ("start", "end")
CHOICES: Final = ("ok", "defect", "not_applicable")
_UNIT_WORDS: Final = {
    "serial": ("so may", "so che tao", "so hieu", "serial", "s/n", "sn", "so cong to"),
    "position": ("vi tri", "position", "pos", "stt", "mat", "gia"),
}


class MappingRefused(ValueError):
    """A mapping that cannot be used; carries every problem as a sentence."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


@dataclass(frozen=True, slots=True)
class CellName:
    """A cell of the worksheet as a person knows it; *choice* for a line of a checklist."""

    key: str
    step: str
    label: str
    choice: bool
    required: bool


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a bench's table is read.

    *unit* names the column that holds the serial or the position (*unit_by*); *columns* gives the column of a cell,
    *constants* the text of a cell that is the same for every unit, *conditions* of `temperature/start` and so on.
    """

    unit_by: str
    unit: str
    columns: Pairs[str, str] = field(default_factory=dict)
    constants: Pairs[str, str] = field(default_factory=dict)
    conditions: Pairs[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """This will give the mapping as plain values, as it is kept with the bench."""
        return {
            "unit_by": self.unit_by,
            "unit": self.unit,
            "columns": dict(self.columns),
            "constants": dict(self.constants),
            "conditions": dict(self.conditions),
        }


def cell_names(layout: SheetLayout, *, english: bool) -> tuple[CellName, ...]:
    """This will name every cell of a worksheet by its step, row and column."""
    return tuple(
        CellName(
            key=cell.key,
            step=said(step.title, english=english),
            label=_label(step, row, cell.column, english=english),
            choice=step.kind == "checklist",
            required=cell.required,
        )
        for step in layout.steps
        if step.kind != "note"
        for row in step.rows
        for cell in row.cells
    )


def _label(step: LayoutStep, row: LayoutRow, column: str, *, english: bool) -> str:
    words = [said(row.label, english=english)]
    if row.repeat:
        words.append(_("lần {n}").format(n=row.repeat))
    typed = [one for one in step.columns if one.typed]
    for one in typed:
        if one.key == column and (len(typed) > 1 or one.unit not in ("", "1")):
            unit = f" ({one.unit})" if one.unit not in ("", "1") else ""
            words.append(f"{said(one.label, english=english)}{unit}")
    return " · ".join(words)


def read_mapping(
    given: Any, *, columns: Sequence[str], cells: Iterable[CellName], conditions: Iterable[str]
) -> Mapping:
    """This will check a mapping against a file's columns and a worksheet's cells, or raise every problem at once.

    Keys of *constants* may be patterns (`visual.*`); a condition without a moment holds at start and end. A cell both
    read and constant, a column that is not there and a cell or condition nobody knows are refused.
    """
    if not isinstance(given, dict):
        raise MappingRefused([_("Cách đọc cột phải là một đối tượng JSON.")])
    problems: list[str] = []
    parts = {
        name: _texts(given.get(name, {}), name, problems) for name in ("columns", "constants", "conditions")
    }
    known = {cell.key: cell for cell in cells}
    strange = sorted(set(given) - {"unit_by", "unit", *parts})
    problems += [_("Không có mục “{name}” trong cách đọc cột.").format(name=name) for name in strange]
    unit_by, unit = str(given.get("unit_by", "")), str(given.get("unit", ""))
    if unit_by not in _UNIT_WORDS:
        problems.append(_("Chọn nhận ra phương tiện theo số máy hay theo vị trí."))
    chosen = {key: column for key, column in parts["columns"].items() if column}
    for column in sorted({unit, *chosen.values()} - set(columns)):
        problems.append(_missing_column(column, columns))
    constants = _spread({k: v for k, v in parts["constants"].items() if v}, known, problems)
    problems += [_no_cell(key) for key in sorted(set(chosen) - set(known))]
    both = sorted(set(chosen) & set(constants))
    problems += [
        _("Ô “{cell}” vừa lấy từ cột vừa đặt giá trị chung; bỏ một.").format(cell=known[key].label)
        for key in both
        if key in known
    ]
    for key in constants:
        if known[key].choice and constants[key] not in CHOICES:
            problems.append(
                _("“{cell}”: chọn đạt, không đạt hoặc không áp dụng.").format(cell=known[key].label)
            )
    moments = _moments(parts["conditions"], set(conditions), problems)
    if not chosen and not problems:
        problems.append(_("Chưa chọn cột nào cho số đọc."))
    if problems:
        raise MappingRefused(problems)
    return Mapping(unit_by, unit, chosen, constants, moments)


def _texts(given: Any, name: str, problems: list[str]) -> dict[str, str]:
    if not isinstance(given, dict) or not all(isinstance(text, str) for text in given.values()):
        problems.append(_("Mục “{name}” phải gồm các cặp tên và chữ.").format(name=name))
        return {}
    return {str(key): text.strip() for key, text in given.items()}


def _missing_column(column: str, columns: Sequence[str]) -> str:
    if not column:
        return _("Chưa chọn cột chứa số máy hay vị trí.")
    return _("Tệp không có cột “{column}”; các cột: {columns}.").format(
        column=column, columns=", ".join(columns[:20])
    )


def _no_cell(key: str) -> str:
    return _("Phiếu không có ô “{cell}”.").format(cell=key)


def _spread(patterns: Pairs[str, str], known: Pairs[str, CellName], problems: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pattern, text in patterns.items():
        keys = [key for key in known if fnmatchcase(key, pattern)]
        if not keys:
            problems.append(_no_cell(pattern))
        found |= dict.fromkeys(keys, text)
    return found


def _moments(given: Pairs[str, str], known: set[str], problems: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, text in given.items():
        key, _slash, moment = name.partition("/")
        if key not in known or moment not in ("", *MOMENTS):
            problems.append(_("Phiếu không có điều kiện “{name}”.").format(name=name))
        elif len(text) > 40:
            problems.append(_("Điều kiện “{name}” dài quá 40 ký tự.").format(name=name))
        elif text:
            found |= {f"{key}/{one}": text for one in ((moment,) if moment else MOMENTS)}
    return found


def guess(columns: Sequence[str], cells: Sequence[CellName], *, last: Any) -> dict[str, Any]:
    """This will propose a mapping: the bench's last one where its columns are there again, else by their names."""
    kept: dict[str, Any] = last if isinstance(last, dict) else {}
    here, known = set(columns), {cell.key for cell in cells}
    read = {k: c for k, c in kept.get("columns", {}).items() if c in here and k in known}
    unit, unit_by = kept.get("unit", ""), kept.get("unit_by", "")
    if unit not in here:
        unit, unit_by = _unit_column(columns)
    if not read:
        read = _by_name(columns, cells, unit)
    constants = {k: t for k, t in kept.get("constants", {}).items() if k in known and k not in read}
    return {
        "unit_by": unit_by,
        "unit": unit,
        "columns": read,
        "constants": constants,
        "conditions": {},
    }


def _unit_column(columns: Sequence[str]) -> tuple[str, str]:
    for unit_by, words in _UNIT_WORDS.items():
        for column in columns:
            if fold(column) in words or any(fold(column).startswith(f"{word} ") for word in words):
                return column, unit_by
    return columns[0], "serial"


def _by_name(columns: Sequence[str], cells: Sequence[CellName], unit: str) -> dict[str, str]:
    """Columns headed by the key of a cell, or by its label."""
    by_word = {fold(cell.label): cell.key for cell in cells} | {cell.key: cell.key for cell in cells}
    found: dict[str, str] = {}
    for column in columns:
        key = by_word.get(fold(column)) or by_word.get(column.strip())
        if key and column != unit:
            found.setdefault(key, column)
    return found

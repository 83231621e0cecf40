"""Reads a parsed definition key by key and remembers every problem instead of stopping at the first.

A `Table` is one table of the TOML text together with where it stands. Asking for a key gives the value in its
proper type, or a harmless substitute and a recorded problem, so that one pass lists everything that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from quacan.metrology.expressions import FUNCTIONS, Expression, ExpressionRefused, parse
from quacan.metrology.procedure.definition import CONFIDENCES, Problem, Source, Text
from quacan.metrology.units import UnitRefused, convertible, unit_named

NOTHING = parse("0")
MONEY = "đồng"

_KEY = re.compile(r"[a-z][a-z0-9_]*|[A-Za-z][A-Za-z0-9_]*|[0-9]+")


@dataclass(slots=True)
class Table:
    """One table of a definition: its mapping, its key path and the shared list of problems."""

    mapping: Mapping[str, object]
    path: str
    problems: list[Problem]
    asked: set[str] = field(default_factory=set)

    def refuse(self, key: str, vi: str, en: str) -> None:
        """This will record a problem at a key of this table."""
        self.problems.append(Problem(path=self._at(key), vi=vi, en=en))

    def has(self, key: str) -> bool:
        """This will tell whether the key is present."""
        self.asked.add(key)
        return key in self.mapping

    def text(self, key: str, *, among: Sequence[str] = (), required: bool = True, default: str = "") -> str:
        """This will give a text, one of `among` when those are given."""
        value = self._get(key, required=required)
        if value is None:
            return default
        if not isinstance(value, str) or not value.strip():
            self.refuse(key, "phải là một chuỗi chữ không rỗng", "must be a text that is not empty")
            return default
        if among and value not in among:
            words = ", ".join(among)
            self.refuse(key, f"«{value}» không thuộc: {words}", f"'{value}' is not one of: {words}")
            return default
        return value

    def key(self, key: str = "key") -> str:
        """This will give an identifier usable as part of a cell key and in formulas."""
        value = self.text(key)
        if value and not _KEY.fullmatch(value):
            self.refuse(
                key,
                f"«{value}» không phải mã hợp lệ: dùng chữ không dấu, số và gạch dưới",
                f"'{value}' is not a valid key: use letters, digits and underscores",
            )
        return value

    def name(self, key: str = "key") -> str:
        """This will give an identifier that formulas may use, so not the name of a function."""
        value = self.key(key)
        if value in FUNCTIONS or value.isdigit():
            self.refuse(
                key,
                f"«{value}» không dùng làm tên đại lượng được: trùng tên hàm hoặc chỉ gồm chữ số",
                f"'{value}' cannot name a quantity: it is the name of a function or only digits",
            )
        return value

    def unit(self, key: str = "unit", *, required: bool = True) -> str:
        """This will give the symbol of a unit of the table of units (`1` for a ratio)."""
        value = self.text(key, required=required)
        if not value or value == MONEY:
            return value
        try:
            return unit_named(value).symbol
        except UnitRefused:
            self.refuse(
                key, f"«{value}» không có trong bảng đơn vị", f"'{value}' is not in the table of units"
            )
            return ""

    def unit_list(self, key: str) -> tuple[str, ...]:
        """This will give the symbols of a list of units that convert into each other, none when absent."""
        symbols = []
        for value in self.words(key, required=False):
            try:
                symbols.append(unit_named(value).symbol)
            except UnitRefused:
                self.refuse(
                    key, f"«{value}» không có trong bảng đơn vị", f"'{value}' is not in the table of units"
                )
        if any(not convertible(symbols[0], symbol) for symbol in symbols):
            self.refuse(
                key, "các đơn vị không đổi được sang nhau", "these units do not convert into each other"
            )
        return tuple(symbols)

    def label(self, key: str) -> Text:
        """This will give a pair of texts (vi, en)."""
        table = self.table(key)
        if table is None:
            return Text("", "")
        pair = Text(vi=table.text("vi"), en=table.text("en"))
        table.finish()
        return pair

    def label_or_none(self, key: str) -> Text | None:
        """This will give a pair of texts when the key is present."""
        return self.label(key) if self.has(key) else None

    def flag(self, key: str) -> bool:
        """This will give a yes or no, no when absent."""
        value = self._get(key, required=False)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.refuse(key, "phải là true hoặc false", "must be true or false")
        return False

    def integer(self, key: str, *, least: int, most: int, default: int) -> int:
        """This will give a whole number within bounds, the default when absent."""
        value = self._get(key, required=False)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.refuse(
                key, f"phải là số nguyên từ {least} đến {most}", f"must be a whole number {least} to {most}"
            )
            return default
        return value

    def places(self) -> int | None:
        """This will give the number of decimals shown, or None when it is not fixed."""
        return self.integer("decimals", least=0, most=12, default=0) if self.has("decimals") else None

    def decimal(self, key: str, *, required: bool = False) -> Decimal | None:
        """This will give an exact number; a binary float is refused because it is not what was typed."""
        value = self._get(key, required=required)
        if value is None:
            return None
        if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
            try:
                number = Decimal(value)
            except InvalidOperation:
                number = Decimal("NaN")
            if number.is_finite():
                return number
        self.refuse(
            key,
            'phải là số thập phân chính xác, viết trong ngoặc kép như "0.5"',
            'must be an exact decimal number, written in quotes like "0.5"',
        )
        return None

    def day(self, key: str, *, required: bool = True) -> date | None:
        """This will give a date of effect."""
        value = self._get(key, required=required)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.refuse(key, "phải là ngày dạng 2026-01-31", "must be a date like 2026-01-31")
        return None

    def words(self, key: str, *, among: Sequence[str] = (), required: bool = True) -> tuple[str, ...]:
        """This will give a list of texts, each one of `among` when those are given, none twice."""
        value = self._get(key, required=required)
        if value is None:
            return ()
        if not isinstance(value, list | tuple) or not all(isinstance(word, str) and word for word in value):
            self.refuse(key, "phải là danh sách chuỗi chữ", "must be a list of texts")
            return ()
        unknown = [word for word in value if among and word not in among]
        if unknown:
            self.refuse(
                key,
                f"{', '.join(unknown)} không thuộc: {', '.join(among)}",
                f"{', '.join(unknown)} is not among: {', '.join(among)}",
            )
        if len(set(value)) != len(value):
            self.refuse(key, "có mục lặp lại", "has an entry twice")
        return tuple(word for word in value if word not in unknown)

    def expression(self, key: str) -> Expression:
        """This will give a compiled formula; a formula that cannot be read is recorded."""
        found = self.expression_or_none(key)
        if found is None and key not in self.mapping:
            self._missing(key)
        return found or NOTHING

    def expression_or_none(self, key: str) -> Expression | None:
        """This will give a compiled formula when the key is present."""
        value = self._get(key, required=False)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            self.refuse(key, "phải là công thức viết trong ngoặc kép", "must be a formula written in quotes")
            return None
        try:
            return parse(str(value))
        except ExpressionRefused as refused:
            self.refuse(key, f"không đọc được công thức: {refused}", f"cannot read the formula: {refused}")
            return None

    def source(self) -> Source:
        """This will give where this table was read (`source`, `confidence`, `note`); the first two are
        required.
        """
        return Source(
            reference=self.text("source"),
            confidence=self.text("confidence", among=CONFIDENCES),
            note=self.text("note", required=False),
        )

    def table(self, key: str, *, required: bool = True) -> Table | None:
        """This will give a table inside this one."""
        value = self._get(key, required=required)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self.refuse(key, "phải là một bảng", "must be a table")
            return None
        return Table(value, self._at(key), self.problems)

    def tables(self, key: str, *, required: bool = True) -> list[Table]:
        """This will give the list of tables under a key."""
        value = self._get(key, required=required)
        if value is None:
            return []
        if not isinstance(value, list | tuple) or not all(isinstance(each, Mapping) for each in value):
            self.refuse(key, "phải là danh sách bảng", "must be a list of tables")
            return []
        if required and not value:
            self.refuse(key, "phải có ít nhất một mục", "must have at least one entry")
        return [Table(each, self._name(key, index, each), self.problems) for index, each in enumerate(value)]

    def finish(self) -> None:
        """This will record every key that nobody asked for: a misspelt key must not be ignored."""
        for key in sorted(set(self.mapping) - self.asked):
            self.refuse(key, "khóa không có trong từ vựng ở đây", "is not a key that may stand here")

    def _get(self, key: str, *, required: bool) -> object | None:
        self.asked.add(key)
        if key not in self.mapping and required:
            self._missing(key)
        return self.mapping.get(key)

    def _missing(self, key: str) -> None:
        self.refuse(key, "thiếu mục bắt buộc này", "this required entry is missing")

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _name(self, key: str, index: int, each: Mapping[str, object]) -> str:
        own = each.get("key")
        return self._at(f"{key}[{own if isinstance(own, str) else index + 1}]")

"""Reading what was typed in an activity's fields: numbers with their qualifier, whole đồng, coded choices."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from quacan.centre.activities.kinds import ActivityKind, Field
from quacan.centre.base.language.texts import Text
from quacan.metrology.quantities import NumberRefused, parse_number

QUALIFIERS: Final = (">", "≥", "<", "≤", "khoảng")
"""How a figure may be stated when it is not exact."""

UNSTATED: Final = "không nêu số"
"""An activity that happened and whose number nobody stated."""


LARGEST: Final = Decimal(10**12)
FINEST: Final = 6
"""What the book holds: up to a million million, to the millionth."""


class ValueRefused(ValueError):
    """A field's text that cannot be read; carries the field and why."""

    def __init__(self, field: Field, vi: str, en: str) -> None:
        self.field = field
        self.why = Text(vi, en)
        super().__init__(f"{field.label.vi}: {vi}")


@dataclass(frozen=True, slots=True)
class Value:
    """A field's value: the number (None for texts and for numbers not stated), its qualifier, its text."""

    number: Decimal | None
    qualifier: str
    text: str


def read_values(kind: ActivityKind, typed: Mapping[str, str]) -> dict[str, Value]:
    """This will read every field of a kind, raising ValueRefused for the first that is missing or wrong."""
    problems = value_problems(kind, typed)
    if problems:
        raise problems[0]
    return {field.key: _read(field, typed.get(field.key, "").strip()) for field in kind.fields}


def value_problems(kind: ActivityKind, typed: Mapping[str, str]) -> list[ValueRefused]:
    """This will list everything wrong with what was typed: missing, unreadable, greater than its bound."""
    values: dict[str, Value] = {}
    problems: list[ValueRefused] = []
    for field in kind.fields:
        try:
            values[field.key] = _read(field, typed.get(field.key, "").strip())
        except ValueRefused as refused:
            problems.append(refused)
    return [*problems, *_bound_problems(kind, values)]


def _bound_problems(kind: ActivityKind, values: Mapping[str, Value]) -> Iterator[ValueRefused]:
    for field in kind.fields:
        bound, mine = values.get(field.at_most), values.get(field.key)
        if bound is None or mine is None or bound.number is None or mine.number is None:
            continue
        if mine.number > bound.number:
            other = kind.field(field.at_most)
            yield ValueRefused(
                field, f"không được lớn hơn “{other.label.vi}”", f"may not exceed “{other.label.en}”"
            )


def _read(field: Field, text: str) -> Value:
    if not text:
        if field.required:
            raise ValueRefused(field, "còn trống", "is empty")
        return Value(None, "", "")
    if field.type == "text":
        return Value(None, "", text)
    if field.type == "choice":
        if text not in {choice.code for choice in field.choices}:
            raise ValueRefused(field, "không có trong danh sách", "is not in the list")
        return Value(None, "", text)
    return _number(field, text)


def _number(field: Field, text: str) -> Value:
    if text == UNSTATED:
        return Value(None, UNSTATED, text)
    qualifier = next((mark for mark in QUALIFIERS if text.startswith(mark)), "")
    digits = text[len(qualifier) :].strip()
    if field.type in {"count", "money"}:
        digits = digits.replace(".", "").replace(" ", "").removesuffix("đồng")
    try:
        number = parse_number(digits)
    except NumberRefused as refused:
        raise ValueRefused(field, f"“{text}” không phải là số", f"“{text}” is not a number") from refused
    if field.type in {"count", "money"} and number != number.to_integral_value():
        raise ValueRefused(field, "phải là số nguyên", "must be a whole number")
    if number > LARGEST:
        raise ValueRefused(field, "lớn hơn một nghìn tỷ", "is above a million million")
    if number != round(number, FINEST):
        raise ValueRefused(
            field, f"nhiều hơn {FINEST} chữ số sau dấu phẩy", f"has more than {FINEST} decimals"
        )
    least = field.minimum if field.minimum is not None else Decimal(0)
    if number < least:
        raise ValueRefused(field, f"phải từ {least}", f"must be at least {least}")
    return Value(number, qualifier, text)

"""A closed vocabulary for saying what a definition must look like, and the checker that reads it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final, Literal

CONFIDENCES: Final = ("high", "medium", "low", "house")
"""How far a value may be trusted: read in a source, plausible, doubtful, or a convention of this system."""

Shape = Literal["text", "integer", "decimal", "boolean", "day", "values", "mapping", "table", "rows"]
Fault = tuple[str, str]

_TYPES: Final[dict[Shape, tuple[type, ...]]] = {
    "text": (str,),
    "integer": (int,),
    "decimal": (int, Decimal),
    "boolean": (bool,),
    "day": (date,),
    "values": (list,),
    "mapping": (dict,),
    "table": (dict,),
    "rows": (list,),
}
_WORDS: Final[dict[Shape, str]] = {
    "text": "chuỗi ký tự",
    "integer": "số nguyên",
    "decimal": "số",
    "boolean": "true hoặc false",
    "day": "ngày dạng 2022-06-30, không có dấu nháy",
    "values": "danh sách",
    "mapping": "bảng",
    "table": "bảng",
    "rows": "danh sách bảng",
}


@dataclass(frozen=True, slots=True, eq=False)
class Key:
    """What one key may hold. Build it with `text()`, `integer()`, `rows_of()` and their like."""

    shape: Shape
    required: bool = True
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    at_least: int | Decimal | None = None
    at_most: int | Decimal | None = None
    item: "Key | None" = None
    keys: Mapping[str, "Key"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Schema:
    """The shape of one kind of definition.

    `keys` are the keys beside the header (code, version, days of effect, source, confidence). When `each`
    names an array of tables, every table of it is a definition of its own that inherits the header of its
    file. `check` may add faults that need several keys at once, as pairs of key and sentence.
    """

    keys: Mapping[str, Key]
    each: str = ""
    check: Callable[[Mapping[str, Any]], Iterable[Fault]] | None = None


def text(*allowed: str, pattern: str = "") -> Key:
    """This will accept a non-empty text: one of the allowed if any are named, of the pattern if given."""
    return Key("text", allowed=allowed, pattern=pattern)


def integer(at_least: int | None = None, at_most: int | None = None) -> Key:
    """This will accept a whole number within the bounds, both included."""
    return Key("integer", at_least=at_least, at_most=at_most)


def decimal(at_least: int | Decimal | None = None, at_most: int | Decimal | None = None) -> Key:
    """This will accept a number, read exactly (never as binary floating point), within the bounds."""
    return Key("decimal", at_least=at_least, at_most=at_most)


def boolean() -> Key:
    """This will accept true or false."""
    return Key("boolean")


def day() -> Key:
    """This will accept a local date."""
    return Key("day")


def values_of(item: Key) -> Key:
    """This will accept a non-empty list whose every value fits `item`."""
    return Key("values", item=item)


def mapping_of(item: Key) -> Key:
    """This will accept a table with free keys whose every value fits `item`."""
    return Key("mapping", item=item)


def table(keys: Mapping[str, Key]) -> Key:
    """This will accept a table with exactly these keys."""
    return Key("table", keys=keys)


def rows_of(keys: Mapping[str, Key]) -> Key:
    """This will accept a non-empty array of tables, each with exactly these keys."""
    return Key("rows", keys=keys)


def optional(key: Key) -> Key:
    """This will accept the same, or its absence."""
    return replace(key, required=False)


HEADER: Final[Mapping[str, Key]] = {
    "code": text(pattern=r"[A-Za-z0-9][A-Za-z0-9._-]*"),
    "version": text(pattern=r"[A-Za-z0-9][A-Za-z0-9._-]*"),
    "in_force_from": day(),
    "in_force_to": optional(day()),
    "source": text(),
    "confidence": text(*CONFIDENCES),
    "note": optional(text()),
}


def table_faults(found: Mapping[str, Any], keys: Mapping[str, Key], path: str = "") -> Iterator[Fault]:
    """This will yield every missing, unknown and ill-shaped key of a table, with its dotted path."""
    for name, key in keys.items():
        if name in found:
            yield from _value_faults(found[name], key, path + name)
        elif key.required:
            yield path + name, "thiếu khóa bắt buộc này; hãy bổ sung."
    for name in found.keys() - keys.keys():
        yield path + name, _unknown_key_sentence(name, keys)


def _unknown_key_sentence(name: str, keys: Mapping[str, Key]) -> str:
    near = get_close_matches(name, keys, n=1)
    if near:
        return f"khóa lạ; có phải định viết “{near[0]}”?"
    return f"khóa lạ; các khóa dùng được: {', '.join(sorted(keys))}."


def _value_faults(value: Any, key: Key, path: str) -> Iterator[Fault]:
    if not _has_shape(value, key.shape):
        yield path, f"cần {_WORDS[key.shape]}, đang là {value!r}."
    elif key.shape == "text":
        yield from _text_faults(value, key, path)
    elif key.shape in ("integer", "decimal"):
        yield from _bound_faults(value, key, path)
    elif key.shape == "table":
        yield from table_faults(value, key.keys, path + ".")
    else:
        yield from _member_faults(value, key, path)


def _has_shape(value: Any, shape: Shape) -> bool:
    if isinstance(value, bool):
        return shape == "boolean"
    if isinstance(value, datetime):
        return False
    return isinstance(value, _TYPES[shape])


def _text_faults(value: str, key: Key, path: str) -> Iterator[Fault]:
    if not value.strip():
        yield path, "không được để trống."
    elif key.allowed and value not in key.allowed:
        yield path, f"“{value}” không thuộc các giá trị cho phép: {', '.join(key.allowed)}."
    elif key.pattern and not re.fullmatch(key.pattern, value):
        yield path, f"“{value}” không đúng dạng {key.pattern}."


def _bound_faults(value: int | Decimal, key: Key, path: str) -> Iterator[Fault]:
    if isinstance(value, Decimal) and not value.is_finite():
        yield path, f"cần một số hữu hạn, đang là {value}."
    elif key.at_least is not None and value < key.at_least:
        yield path, f"{value} nhỏ hơn mức thấp nhất {key.at_least}."
    elif key.at_most is not None and value > key.at_most:
        yield path, f"{value} lớn hơn mức cao nhất {key.at_most}."


def _member_faults(value: Any, key: Key, path: str) -> Iterator[Fault]:
    if key.shape == "mapping" and key.item is not None:
        for name, inner in value.items():
            yield from _value_faults(inner, key.item, f"{path}.{name}")
    if key.shape not in ("values", "rows"):
        return
    if not value:
        yield path, "danh sách không được rỗng."
    member = key.item or Key("table", keys=key.keys)
    for number, inner in enumerate(value, start=1):
        yield from _value_faults(inner, member, f"{path}[{number}]")

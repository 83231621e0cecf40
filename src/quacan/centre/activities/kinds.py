"""Activity kinds as data: which fields are asked, and which measures an activity stands for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

from quacan.centre.base.definitions import (
    Definition,
    Schema,
    boolean,
    decimal,
    in_force,
    in_force_one,
    load,
    mapping_of,
    optional,
    pair_keys,
    pair_of,
    rows_of,
    text,
    values_of,
)
from quacan.centre.base.language.texts import Text

TYPES: Final = ("count", "decimal", "money", "text", "choice")


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a field's closed list."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One thing an activity of a kind records. A count or decimal may carry a qualifier (> ≥ ≤ khoảng)."""

    key: str
    label: Text
    type: str
    unit: str
    required: bool
    at_most: str
    minimum: Decimal | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A measure an activity stands for: a field's value (or 1), by dimensions taken from fields."""

    measure: str
    quantity: str
    amount: str
    dimensions: tuple[str, ...]
    fixed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ActivityKind:
    """A kind of activity: what it is called, what it asks, what it counts."""

    code: str
    version: str
    name: Text
    group: Text
    fields: tuple[Field, ...]
    counts: tuple[Count, ...]
    in_force_from: date
    in_force_to: date | None
    text: str
    sha256: str

    def field(self, key: str) -> Field:
        """This will give a field by its key."""
        return next(field for field in self.fields if field.key == key)

    def word_of(self, measure: str) -> Text:
        """This will say what a measure counts: the field it is taken from, else the kind itself."""
        count = next((one for one in self.counts if one.measure == measure), None)
        key = (count.quantity or count.amount) if count else ""
        return self.field(key).label if key else self.name


def measure_words() -> dict[str, Text]:
    """This will word every measure that activities stand for, as the newest kind that counts it does."""
    return {count.measure: kind.word_of(count.measure) for kind in activity_kinds() for count in kind.counts}


def activity_kinds() -> tuple[ActivityKind, ...]:
    """This will give every version of every activity kind; raises DefinitionsRefused with all problems."""
    return _kinds()


@cache
def _kinds() -> tuple[ActivityKind, ...]:
    return tuple(_kind(found) for found in load("activities", SCHEMA))


def kinds_in_force(on: date) -> tuple[ActivityKind, ...]:
    """This will give the kinds that may be recorded on a day."""
    return in_force(activity_kinds(), on)


def kind_in_force(code: str, *, on: date) -> ActivityKind:
    """This will give the version of a kind in force on a day; raises DefinitionNotInForce."""
    return in_force_one(activity_kinds(), code=code, on=on)


def kind_version(code: str, version: str) -> ActivityKind:
    """This will give the version an old activity was recorded by; raises LookupError when it was thrown away."""
    for kind in activity_kinds():
        if kind.code == code and kind.version == version:
            return kind
    raise LookupError(f"{code} {version}")


def _kind(found: Definition) -> ActivityKind:
    data = found.data
    return ActivityKind(
        code=found.code,
        version=found.version,
        name=pair_of(data, "name"),
        group=pair_of(data, "group"),
        fields=tuple(_field(row) for row in data.get("fields", ())),
        counts=tuple(_count(row) for row in data["counts"]),
        in_force_from=found.in_force_from,
        in_force_to=found.in_force_to,
        text=found.text,
        sha256=found.sha256,
    )


def _field(row: Mapping[str, Any]) -> Field:
    return Field(
        key=row["key"],
        label=pair_of(row, "label"),
        type=row["type"],
        unit=row.get("unit", ""),
        required=row.get("required", True),
        at_most=row.get("at_most", ""),
        minimum=row.get("minimum"),
        choices=tuple(Choice(c["code"], pair_of(c)) for c in row.get("choices", ())),
    )


def _count(row: Mapping[str, Any]) -> Count:
    return Count(
        measure=row["measure"],
        quantity=row.get("quantity", ""),
        amount=row.get("amount", ""),
        dimensions=tuple(row.get("dimensions", ())),
        fixed=dict(row.get("fixed", {})),
    )


def _faults(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    fields = {row["key"]: row for row in data.get("fields", ())}
    for number, row in enumerate(data.get("fields", ()), start=1):
        if (row["type"] == "choice") != bool(row.get("choices")):
            yield f"fields[{number}].choices", "chỉ trường kiểu choice mới có, và phải có, danh sách choices."
        if row.get("at_most", row["key"]) not in fields:
            yield f"fields[{number}].at_most", f"không có trường “{row['at_most']}”."
    for number, row in enumerate(data["counts"], start=1):
        for key, types in (("quantity", {"count", "decimal", "money"}), ("amount", {"money"})):
            name = row.get(key)
            if name is not None and (name not in fields or fields[name]["type"] not in types):
                yield (
                    f"counts[{number}].{key}",
                    f"“{name}” phải là một trường kiểu {', '.join(sorted(types))}.",
                )
        for name in row.get("dimensions", ()):
            if name not in fields or fields[name]["type"] not in {"choice", "text"}:
                yield f"counts[{number}].dimensions", f"“{name}” phải là một trường kiểu choice hoặc text."


SCHEMA: Final = Schema(
    {
        **pair_keys("name"),
        **pair_keys("group"),
        "fields": optional(
            rows_of(
                {
                    "key": text(pattern=r"[a-z][a-z0-9_]*"),
                    **pair_keys("label"),
                    "type": text(*TYPES),
                    "unit": optional(text()),
                    "required": optional(boolean()),
                    "at_most": optional(text()),
                    "minimum": optional(decimal()),
                    "choices": optional(rows_of({"code": text(), **pair_keys()})),
                }
            )
        ),
        "counts": rows_of(
            {
                "measure": text(pattern=r"[a-z][a-z0-9_.]*"),
                "quantity": optional(text()),
                "amount": optional(text()),
                "dimensions": optional(values_of(text())),
                "fixed": optional(mapping_of(text())),
            }
        ),
    },
    each="kinds",
    check=_faults,
)

"""The legal catalogue of group 2 instruments: kinds, controls and intervals as they stood on a day.

Values keep where they are known from. Where sources contradict each other or say nothing, asking is refused:
an interval is never guessed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any, Final, Literal

from quacan.centre.base.definitions import (
    CONFIDENCES,
    Definition,
    Schema,
    boolean,
    day,
    integer,
    load,
    optional,
    pair_keys,
    pair_of,
    rows_of,
    table,
    text,
)
from quacan.centre.base.language.folding import fold
from quacan.centre.base.language.texts import Text
from quacan.centre.base.periods import end_of_month_after

IntervalStatus = Literal["periodic", "initial_only", "not_listed", "unresolved"]
FIELDS: Final = (
    "length", "mass", "force", "flow", "volume", "pressure", "temperature", "physico-chemical",
    "electrical", "medical", "acoustics", "optics", "hydromet", "speed", "optical",
)  # fmt: skip


class InstrumentKindUnknown(LookupError):
    """A code that is not in the catalogue; carries the code."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(
            f"Không có loại phương tiện đo “{code}” trong danh mục. Hãy tìm theo tên để lấy đúng mã."
        )


class IntervalUnknown(LookupError):
    """A kind whose interval on a day is not known well enough to be used; carries kind and day."""

    def __init__(self, kind: "InstrumentKind", on: date) -> None:
        self.kind = kind
        self.on = on
        super().__init__(
            f"Chưa xác định được chu kỳ kiểm định của “{kind.name.vi}” vào ngày {on:%d/%m/%Y}. "
            "Hãy đối chiếu thông tư có chữ ký và bổ sung danh mục definitions/catalogue."
        )


@dataclass(frozen=True, slots=True)
class Controls:
    """Which controls the law demands of a kind; None where the source cannot be relied on."""

    type_approval: bool | None
    initial: bool | None
    periodic: bool | None
    after_repair: bool | None


@dataclass(frozen=True, slots=True)
class IntervalSpan:
    """What a circular says of the interval from one day to another, both included.

    `printed_months` is what a doubtful copy prints where `months` keeps the value that could be checked.
    """

    start: date
    end: date | None
    regime: str
    status: IntervalStatus
    months: int | None
    printed_months: int | None
    source: str
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class InstrumentKind:
    """A row of the catalogue."""

    code: str
    name: Text
    field: str
    also_field: str
    controls: Controls
    controls_source: str
    controls_confidence: str
    intervals: tuple[IntervalSpan, ...]
    dlvn: str
    dlvn_source: str
    dlvn_confidence: str
    confidence: str
    source: str
    note: str
    version: str
    sha256: str

    def interval_on(self, on: date) -> IntervalSpan:
        """This will give what is said of the interval on the day; raises IntervalUnknown."""
        for span in self.intervals:
            if span.start <= on and (span.end is None or on <= span.end) and span.status != "unresolved":
                return span
        raise IntervalUnknown(self, on)

    def interval_months(self, on: date) -> int | None:
        """This will give the months between verifications for a verification on the day.

        None when the kind has no interval then (verified once, or not in the catalogue). Raises
        IntervalUnknown when that is not known.
        """
        return self.interval_on(on).months

    def is_listed(self, on: date) -> bool:
        """This will say whether the kind is in the catalogue on the day; raises IntervalUnknown."""
        return self.interval_on(on).status != "not_listed"

    def valid_until(self, verified_on: date) -> date | None:
        """This will give the last day of validity: the end of the month after the interval, None without one.

        Raises IntervalUnknown.
        """
        months = self.interval_months(verified_on)
        return None if months is None else end_of_month_after(verified_on, months)


def kinds() -> tuple[InstrumentKind, ...]:
    """This will give every kind in the order of its code; raises DefinitionsRefused."""
    return tuple(_by_code().values())


def kind(code: str) -> InstrumentKind:
    """This will give the kind of a code; raises InstrumentKindUnknown."""
    found = _by_code().get(code)
    if found is None:
        raise InstrumentKindUnknown(code)
    return found


def search(words: str, *, field: str = "") -> tuple[InstrumentKind, ...]:
    """This will find kinds whose code or names hold every word, without marks, those that begin so first."""
    wanted = fold(words).split()
    found = [
        one
        for one in kinds()
        if (not field or field in (one.field, one.also_field)) and all(word in _index(one) for word in wanted)
    ]
    start = fold(words)
    return tuple(sorted(found, key=lambda one: not fold(one.name.vi).startswith(start)))


@cache
def _by_code() -> Mapping[str, InstrumentKind]:
    return {found.code: _kind_of(found) for found in load("catalogue", CATALOGUE_SCHEMA)}


@cache
def _index(one: InstrumentKind) -> str:
    return fold(f"{one.code} {one.name.vi} {one.name.en} {one.dlvn}")


def _kind_of(found: Definition) -> InstrumentKind:
    data = found.data
    return InstrumentKind(
        code=found.code,
        name=pair_of(data, "name"),
        field=data["field"],
        also_field=data.get("also_field", ""),
        controls=Controls(**{name: data["controls"].get(name) for name in Controls.__slots__}),
        controls_source=data["controls_source"],
        controls_confidence=data["controls_confidence"],
        intervals=tuple(_span_of(row) for row in data["intervals"]),
        dlvn=data.get("dlvn", ""),
        dlvn_source=data.get("dlvn_source", ""),
        dlvn_confidence=data.get("dlvn_confidence", ""),
        confidence=found.confidence,
        source=found.source,
        note=found.note,
        version=found.version,
        sha256=found.sha256,
    )


def _span_of(row: Mapping[str, Any]) -> IntervalSpan:
    return IntervalSpan(
        start=row["from"],
        end=row.get("to"),
        regime=row["regime"],
        status=row["status"],
        months=row.get("months"),
        printed_months=row.get("printed_months"),
        source=row["source"],
        confidence=row["confidence"],
        note=row.get("note", ""),
    )


def _kind_faults(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    spans = data["intervals"]
    for number, row in enumerate(spans, start=1):
        if (row["status"] == "periodic") != ("months" in row):
            yield f"intervals[{number}].months", "chỉ và luôn ghi khi status là periodic."
        if "to" in row and row["to"] < row["from"]:
            yield f"intervals[{number}].to", f"{row['to']} trước {row['from']}."
    for number, (earlier, later) in enumerate(pairwise(spans), start=2):
        if "to" not in earlier or earlier["to"] >= later["from"]:
            yield f"intervals[{number}].from", "các khoảng phải theo thứ tự ngày và không chồng nhau."


CATALOGUE_SCHEMA: Final = Schema(
    {
        **pair_keys("name"),
        "field": text(*FIELDS),
        "also_field": optional(text(*FIELDS)),
        "position_2024": optional(integer(1)),
        "position_2026": optional(integer(1)),
        "controls": table(
            {
                "type_approval": optional(boolean()),
                "initial": optional(boolean()),
                "periodic": optional(boolean()),
                "after_repair": optional(boolean()),
            }
        ),
        "controls_source": text(),
        "controls_confidence": text(*CONFIDENCES),
        "dlvn": optional(text()),
        "dlvn_source": optional(text()),
        "dlvn_confidence": optional(text(*CONFIDENCES)),
        "intervals": rows_of(
            {
                "from": day(),
                "to": optional(day()),
                "regime": text(),
                "status": text("periodic", "initial_only", "not_listed", "unresolved"),
                "months": optional(integer(1, 120)),
                "printed_months": optional(integer(1, 120)),
                "source": text(),
                "confidence": text(*CONFIDENCES),
                "note": optional(text()),
            }
        ),
    },
    each="kinds",
    check=_kind_faults,
)

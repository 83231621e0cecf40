"""Provinces and cities as they were on a day, and which became which: 63 until 30/06/2025, 34 afterwards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final, Literal

from quacan.centre.base.definitions import CONFIDENCES, Schema, day, load, optional, rows_of, text
from quacan.centre.base.language.collation import vietnamese_key
from quacan.centre.base.language.folding import fold

ProvinceKind = Literal["province", "city"]
Change = Literal["merge", "split", "rename", "move"]
_KIND_VI: Final[Mapping[str, str]] = {"province": "tỉnh", "city": "thành phố"}


class ProvinceUnknown(LookupError):
    """A code or name that no province had; carries what was asked."""

    def __init__(self, asked: str, on: date | None = None) -> None:
        self.asked = asked
        self.on = on
        when = f" vào ngày {on:%d/%m/%Y}" if on else ""
        super().__init__(
            f"Không có tỉnh, thành phố “{asked}”{when}. Hãy kiểm tra tên và ngày: từ 01/07/2025 nhiều tỉnh đã hợp nhất."
        )


@dataclass(frozen=True, slots=True)
class KindSpan:
    """Province or city, from one day to another, both included; None where open."""

    kind: ProvinceKind
    start: date | None
    end: date | None
    confidence: str


@dataclass(frozen=True, slots=True)
class Province:
    """A unit of the province level with its days of validity; `seat_in` names the former province of its seat."""

    code: str
    name: str
    gso_code: str
    gso_confidence: str
    valid_from: date | None
    valid_to: date | None
    seat_in: str
    kinds: tuple[KindSpan, ...]
    source: str
    confidence: str
    note: str

    def is_valid(self, on: date) -> bool:
        """This will say whether the unit existed on the day."""
        return _holds(self.valid_from, self.valid_to, on)

    def kind_on(self, on: date) -> ProvinceKind:
        """This will say whether the unit was a province or a city on the day; raises ProvinceUnknown."""
        for span in self.kinds:
            if self.is_valid(on) and _holds(span.start, span.end, on):
                return span.kind
        raise ProvinceUnknown(self.name, on)

    def title_on(self, on: date) -> str:
        """This will give the name with its kind on the day: tỉnh Cao Bằng; raises ProvinceUnknown."""
        return f"{_KIND_VI[self.kind_on(on)]} {self.name}"


@dataclass(frozen=True, slots=True)
class Succession:
    """One unit passing into another on a day; a unit may have several predecessors and several successors."""

    predecessor: str
    successor: str
    on: date
    change: Change
    source: str
    confidence: str


def provinces(on: date) -> tuple[Province, ...]:
    """This will give the provinces and cities of the day in Vietnamese order."""
    found = (one for one in _units().values() if one.is_valid(on))
    return tuple(sorted(found, key=lambda one: vietnamese_key(one.name)))


def province(code: str) -> Province:
    """This will give the unit of a code, past or present; raises ProvinceUnknown."""
    found = _units().get(code)
    if found is None:
        raise ProvinceUnknown(code)
    return found


def province_named(name: str, *, on: date) -> Province:
    """This will give the unit that bore the name on the day, marks and capitals aside; raises ProvinceUnknown."""
    wanted = fold(name)
    for one in _units().values():
        if one.is_valid(on) and fold(one.name) == wanted:
            return one
    raise ProvinceUnknown(name, on)


def predecessors(code: str) -> tuple[Province, ...]:
    """This will give all units that passed into this one, directly or through others; raises ProvinceUnknown."""
    return _followed(
        code, {one: [link.predecessor for link in successions() if link.successor == one] for one in _units()}
    )


def successors(code: str) -> tuple[Province, ...]:
    """This will give all units this one passed into, directly or through others; raises ProvinceUnknown."""
    return _followed(
        code, {one: [link.successor for link in successions() if link.predecessor == one] for one in _units()}
    )


def present_form(code: str, *, on: date) -> tuple[Province, ...]:
    """This will give the units of the day that hold the territory of this one, itself if it still exists.

    Works both ways: a unit asked for on a day before it began gives its predecessors. Raises ProvinceUnknown.
    """
    asked = province(code)
    if asked.is_valid(on):
        return (asked,)
    related = successors(code) if asked.valid_to is not None and on > asked.valid_to else predecessors(code)
    return tuple(one for one in related if one.is_valid(on))


@cache
def successions() -> tuple[Succession, ...]:
    """This will give every link between predecessor and successor; raises DefinitionsRefused."""
    return tuple(
        Succession(
            row["predecessor"], row["successor"], row["on"], row["change"], row["source"], row["confidence"]
        )
        for found in load("territory", TERRITORY_SCHEMA)
        for row in found.data["links"]
    )


@cache
def _units() -> Mapping[str, Province]:
    return {
        row["code"]: _province_of(row)
        for found in load("territory", TERRITORY_SCHEMA)
        for row in found.data["units"]
    }


def _province_of(row: Mapping[str, Any]) -> Province:
    return Province(
        code=row["code"],
        name=row["name"],
        gso_code=row["gso_code"],
        gso_confidence=row["gso_confidence"],
        valid_from=row.get("valid_from"),
        valid_to=row.get("valid_to"),
        seat_in=row.get("seat_in", ""),
        kinds=tuple(
            KindSpan(span["kind"], span.get("from"), span.get("to"), span["confidence"])
            for span in row["kinds"]
        ),
        source=row["source"],
        confidence=row["confidence"],
        note=row.get("note", ""),
    )


def _followed(code: str, steps: Mapping[str, list[str]]) -> tuple[Province, ...]:
    province(code)
    found: dict[str, Province] = {}
    waiting = list(steps[code])
    while waiting:
        one = waiting.pop(0)
        if one not in found:
            found[one] = province(one)
            waiting += steps[one]
    return tuple(found.values())


def _holds(start: date | None, end: date | None, on: date) -> bool:
    return (start is None or start <= on) and (end is None or on <= end)


def _territory_faults(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    codes = [row["code"] for row in data["units"]]
    for number, row in enumerate(data["units"], start=1):
        if codes.count(row["code"]) > 1:
            yield f"units[{number}].code", f"mã {row['code']} ghi hai lần."
        if "seat_in" in row and row["seat_in"] not in codes:
            yield f"units[{number}].seat_in", f"không có đơn vị mã {row['seat_in']}."
    for number, row in enumerate(data["links"], start=1):
        for end in ("predecessor", "successor"):
            if row[end] not in codes:
                yield f"links[{number}].{end}", f"không có đơn vị mã {row[end]}."


TERRITORY_SCHEMA: Final = Schema(
    {
        "units": rows_of(
            {
                "code": text(pattern=r"[a-z0-9-]+"),
                "name": text(),
                "gso_code": text(pattern=r"[0-9]{2}"),
                "gso_confidence": text(*CONFIDENCES),
                "valid_from": optional(day()),
                "valid_to": optional(day()),
                "seat_in": optional(text()),
                "source": text(),
                "confidence": text(*CONFIDENCES),
                "note": optional(text()),
                "kinds": rows_of(
                    {
                        "kind": text("province", "city"),
                        "from": optional(day()),
                        "to": optional(day()),
                        "confidence": text(*CONFIDENCES),
                    }
                ),
            }
        ),
        "links": rows_of(
            {
                "predecessor": text(),
                "successor": text(),
                "on": day(),
                "change": text("merge", "split", "rename", "move"),
                "source": text(),
                "confidence": text(*CONFIDENCES),
            }
        ),
    },
    check=_territory_faults,
)

"""The words of a wrong standard: its deviation, how its value enters a step, what it does to a conclusion."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from quacan.metrology.quantities import NumberRefused, parse_number
from quacan.metrology.units import unit_named

PERCENT: Final = "%"
HUNDRED: Final = Decimal(100)


class By(StrEnum):
    """How the value of a standard enters a step."""

    READING = "reading"
    NOMINAL = "nominal"
    NOMINAL_RATIO = "nominal_ratio"
    PERCENT_ERROR = "percent_error"
    NONE = "none"
    UNKNOWN = "unknown"


class Effect(StrEnum):
    """What a wrong standard does to the conclusion of a worksheet."""

    BECOMES_FAIL = "becomes_fail"
    UNDETERMINED = "undetermined"
    BECOMES_PASS = "becomes_pass"  # noqa: S105
    STILL_FAIL = "still_fail"
    STILL_PASS = "still_pass"  # noqa: S105


class Why(StrEnum):
    """Why a worksheet cannot be recomputed."""

    NOTHING = ""
    NOT_SUBMITTED = "not_submitted"
    STORED_UNDETERMINED = "stored_undetermined"
    STORED_DIFFERS = "stored_differs"
    NOT_DECLARED = "not_declared"
    NOT_RECOMPUTABLE = "not_recomputable"
    UNIT = "unit"
    PERCENT = "percent"
    UNREADABLE = "unreadable"
    NO_NOMINAL = "no_nominal"
    NOT_EQUAL = "not_equal"
    OTHER_CERTIFICATE = "other_certificate"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Realisation:
    """How the value of a standard enters one step: through which typed columns; *percent_of* names the base."""

    by: By
    columns: tuple[str, ...] = ()
    percent_of: str = ""


@dataclass(frozen=True, slots=True)
class Deviation:
    """The true value of a standard less the stated one: a number in a unit, or per cent of the value."""

    value: Decimal
    unit: str

    @property
    def is_percent(self) -> bool:
        return self.unit == PERCENT


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands on a worksheet: every cell, the cells bound to the standard, and the needs it served.

    `guards` gives U by row where limits are drawn in by it.
    """

    cells: Mapping[str, str]
    bound: frozenset[str]
    needs: tuple[str, ...]
    verdict: str
    guards: Mapping[str, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Tightest:
    """The row nearest to (or farthest beyond) its limit after recomputing, beside what it was."""

    row: str
    label_vi: str
    label_en: str
    before: str
    after: str
    limit_vi: str
    limit_en: str
    unit: str


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A worksheet under a deviation: the effect, the new verdict, why not, whether reported errors change."""

    effect: Effect
    before: str
    after: str
    why: Why = Why.NOTHING
    where: str = ""
    changed: bool = False
    tightest: Tightest | None = None


Realisations = Mapping[tuple[str, str], Realisation]
"""By (need, step) of one procedure."""


def read_deviation(value: str, unit: str) -> Deviation:
    """This will read a deviation as typed; raises NumberRefused or UnitRefused.

    A per cent deviation that would leave nothing of the standard (−100 % or less) is refused as a number.
    """
    number = parse_number(value)
    symbol = PERCENT if unit.strip() == PERCENT else unit_named(unit.strip()).symbol
    if symbol == PERCENT and number <= -HUNDRED:
        raise NumberRefused(f"{number} % leaves nothing of the standard.")
    return Deviation(number, symbol)


def period_problem(from_on: date, to_on: date | None, *, on: date) -> str:
    """This will say what is wrong with the days asked for: 'future', 'swapped' or nothing."""
    if from_on > on:
        return "future"
    return "swapped" if to_on is not None and to_on < from_on else ""


def counts_of(effects: Iterable[str]) -> dict[str, int]:
    """This will count worksheets by effect, every effect named, the gravest first."""
    found = dict.fromkeys((effect.value for effect in Effect), 0)
    for effect in effects:
        found[effect] += 1
    return found

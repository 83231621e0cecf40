"""Facts and postings as plain values; what must be appended so that the book says what the records say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from quacan.centre.base.chain import canonical


@dataclass(frozen=True, slots=True)
class Fact:
    """What a record stands for: a quantity of a measure on a day, maybe an amount in đồng, by dimensions."""

    measure: str
    occurred_on: date
    quantity: Decimal = Decimal(1)
    amount: int = 0
    dimensions: Mapping[str, str] = field(default_factory=dict)
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Posting:
    """All facts of one source record in one organisation's book; no facts means it counts for nothing (now)."""

    organisation_id: int
    source: str
    facts: tuple[Fact, ...]


class Line(NamedTuple):
    """A fact in stored form: comparable, hashable."""

    unit_id: int | None
    occurred_on: date
    measure: str
    quantity_e6: int
    amount: int
    dimensions: str


def line(fact: Fact) -> Line:
    """This will put a fact in stored form; a quantity finer than a millionth is refused (ValueError)."""
    scaled = fact.quantity * 1_000_000
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{fact.measure}: quantity {fact.quantity} is finer than one millionth")
    return Line(
        fact.unit_id,
        fact.occurred_on,
        fact.measure,
        int(scaled),
        fact.amount,
        canonical(dict(fact.dimensions)),
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """Keys of living entries to reverse, and lines to append."""

    reverse: tuple[int, ...]
    append: tuple[Line, ...]


def difference(living: Sequence[tuple[int, Line]], facts: Sequence[Fact]) -> Difference:
    """This will compare the living entries (key, line) of a source with its facts: equal means nothing to do."""
    wanted = Counter(line(fact) for fact in facts)
    reverse = []
    for key, existing in living:
        if wanted[existing] > 0:
            wanted[existing] -= 1
        else:
            reverse.append(key)
    return Difference(tuple(reverse), tuple(wanted.elements()))


def ym(day: date) -> int:
    """This will give a month as an integer, 202206."""
    return day.year * 100 + day.month

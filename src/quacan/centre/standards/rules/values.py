"""What a standard's certificate decides on plain values: its numbers, its days, whether it may be used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from quacan.metrology.quantities import NumberRefused, parse_number
from quacan.metrology.units import UnitRefused, unit_named


class ValueRefused(ValueError):
    """A row of a certificate that cannot be kept; carries its number (from 1), the column and the text."""

    def __init__(self, row: int, column: str, text: str) -> None:
        self.row = row
        self.column = column
        self.text = text
        super().__init__(f"row {row}, {column}: {text!r}")


@dataclass(frozen=True, slots=True)
class StandardValue:
    """One value a standard carries: nominal, value, expanded uncertainty U at coverage factor k, all in *unit*."""

    nominal: Decimal
    value: Decimal
    U: Decimal
    k: Decimal
    unit: str
    mark: str = ""


def read_value(row: Mapping[str, str], number: int = 1) -> StandardValue:
    """This will read one row of a certificate as typed; raises ValueRefused naming the row and column."""
    numbers = {name: _number(row, name, number) for name in ("nominal", "value", "U", "k")}
    if numbers["U"] < 0:
        raise ValueRefused(number, "U", row["U"])
    if numbers["k"] <= 0:
        raise ValueRefused(number, "k", row["k"])
    try:
        unit = unit_named(row.get("unit", "").strip()).symbol
    except UnitRefused as refused:
        raise ValueRefused(number, "unit", row.get("unit", "")) from refused
    return StandardValue(**numbers, unit=unit, mark=row.get("mark", "").strip())


def tidy_values(rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """This will check every row and keep the texts as they were typed."""
    kept = []
    for number, row in enumerate(rows, start=1):
        read_value(row, number)
        texts = {
            name: str(row.get(name, "")).strip() for name in ("nominal", "value", "U", "k", "unit", "mark")
        }
        kept.append({name: text for name, text in texts.items() if text})
    return kept


def days_left(valid_until: date, on: date) -> int:
    """This will count the days a certificate is still good for: 0 on its last day, negative afterwards."""
    return (valid_until - on).days


def _number(row: Mapping[str, str], name: str, number: int) -> Decimal:
    text = str(row.get(name, ""))
    try:
        return parse_number(text)
    except NumberRefused as refused:
        raise ValueRefused(number, name, text) from refused

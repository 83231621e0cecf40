"""How typed characteristics become exact numbers in the procedure's units."""

from __future__ import annotations

import re
from decimal import Decimal

from quacan.metrology.quantities import NumberRefused, parse_number
from quacan.metrology.units import UnitRefused, convert, unit_named

_WITH_UNIT = re.compile(r"(?P<number>[^A-Za-zμµΩ°%‰²³]*[0-9])\s*(?P<unit>[^0-9\s].*)?")


class TypedRefused(ValueError):
    """A typed text that gives no value; `vi` and `en` say what is wrong with it."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi = vi
        self.en = en
        super().__init__(en)


def read_number(text: str) -> Decimal:
    """This will give the exact number a person typed, or raise `TypedRefused`."""
    try:
        return parse_number(text)
    except NumberRefused as refused:
        sentence = "không phải một số; dùng chữ số 0–9, một dấu thập phân, không ghi đơn vị"
        raise TypedRefused(sentence, str(refused)) from refused


def typed_unit(text: str) -> str:
    """This will give the symbol of the unit a text carries, or nothing: `15 kg` carries kg."""
    parts = _WITH_UNIT.fullmatch(text.strip())
    if parts is None or not parts["unit"]:
        return ""
    try:
        return unit_named(parts["unit"]).symbol
    except UnitRefused:
        return ""


def read_in_unit(text: str, *, unit: str, bare: str = "") -> Decimal:
    """This will give a typed characteristic in the wanted unit: `15 kg` is 15000 where grams are wanted.

    A text without a unit is in `bare`, or in the wanted unit already. Raises `TypedRefused`.
    """
    parts = _WITH_UNIT.fullmatch(text.strip())
    if parts is None or not parts["unit"]:
        return convert(read_number(text), source=bare or unit, target=unit)
    try:
        return convert(read_number(parts["number"]), source=parts["unit"], target=unit)
    except UnitRefused as refused:
        raise TypedRefused(f"đơn vị không đổi được sang {unit}", str(refused)) from refused

"""A quantity as it was read: the text that was typed, its exact number, its unit.

How a typed number is understood (readings of worksheets, pasted columns, test-bench files):

* One comma or one full stop is the decimal mark: "22,4", "22.4" and "1.234" are 22.4, 22.4 and 1.234.
* Thousands are grouped by spaces ("1 400"), by the other mark when both occur ("1.234,5", "1,234.5"), or by
  a mark that occurs more than once ("1.234.567"). Every group after the first has exactly three digits.
* Signs are +, -, and the typographic minus and en dash; an exponent is e or E with at most two digits.
* Digits are 0 to 9. Full-width digits, NaN, infinity, units and anything else are refused in a sentence.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from quacan.metrology.units import convert, unit_named

LONGEST_NUMBER = 64
"""Characters; a longer text is no reading."""

_PLAIN = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_PARTS = re.compile(r"(?P<sign>[+-]?)(?P<body>[0-9.,\u0020]+)(?:[eE](?P<exponent>[+-]?[0-9]{1,2}))?")
_GROUPED = {mark: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+") for mark in (" ", ".", ",")}
_SAME_SIGN = str.maketrans(
    {"\u2212": "-", "\u2013": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
)  # minus, en dash; no-break, narrow no-break and thin space


class NumberRefused(ValueError):
    """A text that is not one number; the message is a sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, and the text it was typed as (VIM 1.1, 1.19).

    value is exact; unit is the symbol of the table of units; typed is never altered, so a record can always
    show what was read.
    """

    value: Decimal
    unit: str
    typed: str

    def __post_init__(self) -> None:
        """This will refuse a value that is not finite."""
        if not self.value.is_finite():
            raise NumberRefused(f"'{self.typed}' is not a finite number: type the value that was read.")

    @property
    def decimals(self) -> int:
        """This will give the number of decimals that were typed."""
        return max(0, -int(self.value.as_tuple().exponent))


def read_quantity(text: str, unit: str) -> Quantity:
    """This will read a typed number in the given unit, keeping the text.

    Raises NumberRefused for the text and UnitRefused for the unit.

    >>> read_quantity("22,40", "°C")
    Quantity(value=Decimal('22.40'), unit='°C', typed='22,40')
    """
    return Quantity(value=parse_number(text), unit=unit_named(unit).symbol, typed=text)


def in_unit(quantity: Quantity, unit: str) -> Quantity:
    """This will express a quantity in another unit of the same kind; the typed text stays as it was.

    >>> in_unit(read_quantity("1,2", "bar"), "kPa").value
    Decimal('120')
    """
    return Quantity(
        value=convert(quantity.value, source=quantity.unit, target=unit),
        unit=unit_named(unit).symbol,
        typed=quantity.typed,
    )


def parse_number(text: str) -> Decimal:
    """This will read one typed number exactly, by the rules at the top of this file.

    Raises NumberRefused.

    >>> [str(parse_number(text)) for text in ("1 400", "1.234,5", "22,4", "−0,5", "2,5e-3", "1.234")]
    ['1400', '1234.5', '22.4', '-0.5', '0.0025', '1.234']
    """
    if _PLAIN.fullmatch(text) and len(text) <= LONGEST_NUMBER:
        return Decimal(text.replace(",", "."))
    trimmed = unicodedata.normalize("NFC", text).translate(_SAME_SIGN).strip()
    if not trimmed:
        raise NumberRefused("No number was typed: type the value that was read.")
    if len(trimmed) > LONGEST_NUMBER:
        raise NumberRefused(
            f"A number has at most {LONGEST_NUMBER} characters: type the value that was read."
        )
    parts = _PARTS.fullmatch(trimmed)
    if parts is None:
        raise NumberRefused(f"'{trimmed}' is not a number: use the digits 0 to 9, one decimal mark, no unit.")
    whole, fraction = _split(parts["body"], trimmed)
    mantissa = f"{whole or '0'}.{fraction}" if fraction else whole
    return Decimal(f"{parts['sign']}{mantissa}e{parts['exponent'] or 0}")


def _split(body: str, typed: str) -> tuple[str, str]:
    """The digits before and after the decimal mark, with the grouping checked and taken out."""
    mark = _decimal_mark(body)
    whole, _, fraction = body.partition(mark) if mark else (body, "", "")
    if mark and not fraction.isdigit():
        raise NumberRefused(f"'{typed}' does not end in digits after its decimal mark '{mark}'.")
    if not whole and not mark:
        raise NumberRefused(f"'{typed}' has no digits.")
    return _ungrouped(whole, typed), fraction


def _decimal_mark(body: str) -> str:
    """The mark that separates the decimals, or nothing: the later of two kinds, or a lone one."""
    comma, stop = body.rfind(","), body.rfind(".")
    if comma < 0 and stop < 0:
        return ""
    last = "," if comma > stop else "."
    both = comma >= 0 and stop >= 0
    return last if both or body.count(last) == 1 else ""


def _ungrouped(whole: str, typed: str) -> str:
    if whole.isdigit() or not whole:
        return whole
    marks = {mark for mark in whole if not mark.isdigit()}
    mark = marks.pop()
    if marks or not _GROUPED[mark].fullmatch(whole):
        raise NumberRefused(f"'{typed}' groups its digits in an unclear way: type it without grouping.")
    return whole.replace(mark, "")

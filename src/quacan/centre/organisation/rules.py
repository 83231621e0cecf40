"""Decisions about a scope on plain values: what a line covers, and its CMC at a point."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from quacan.metrology.quantities import NumberRefused, parse_number
from quacan.metrology.units import UnitRefused, convert, convert_difference, unit_named

_PARTS = {"%": Decimal("0.01"), "‰": Decimal("0.001"), "ppm": Decimal("0.000001"), "": Decimal(1)}


class CmcRefused(ValueError):
    """A text that is no part of a CMC; the message is a sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Range:
    """A range of values in a unit, both ends included; None where open."""

    low: Decimal | None
    high: Decimal | None
    unit: str

    def holds(self, value: Decimal, *, unit: str) -> bool:
        """This will say whether a value in *unit* lies inside; another kind of quantity never does."""
        try:
            here = convert(value, source=unit, target=self.unit)
        except UnitRefused:
            return False
        return (self.low is None or self.low <= here) and (self.high is None or here <= self.high)

    def largest(self, *, unit: str) -> Decimal | None:
        """This will give the largest magnitude inside, in *unit*; None where an end is open or the kind differs."""
        if self.low is None or self.high is None:
            return None
        try:
            ends = [convert(end, source=self.unit, target=unit) for end in (self.low, self.high)]
        except UnitRefused:
            return None
        return max(abs(end) for end in ends)


@dataclass(frozen=True, slots=True)
class Capability:
    """A calibration and measurement capability: U (k = 2) = absolute + relative · |value| (ILAC-P14, 4.2)."""

    absolute: Decimal
    unit: str  # of the absolute part; '' without one
    relative: Decimal

    def expanded(self, *, at: Decimal | None, unit: str) -> Decimal | None:
        """This will give U at a value in *unit*; None where the relative part has no value to act on."""
        if self.relative and at is None:
            return None
        try:
            fixed = (
                convert_difference(self.absolute, source=self.unit, target=unit) if self.unit else Decimal(0)
            )
        except UnitRefused:
            return None
        return fixed + (self.relative * abs(at) if at is not None else 0)


def absolute_part(text: str) -> tuple[Decimal, str]:
    """This will read the absolute part of a CMC with its unit (0,02 mm); ('0', '') for nothing typed."""
    if not text.strip():
        return Decimal(0), ""
    value, unit = _number_and_rest(text)
    try:
        return value, unit_named(unit).symbol
    except UnitRefused as error:
        raise CmcRefused(
            _("“{text}” thiếu đơn vị, hoặc đơn vị không có trong bảng đơn vị").format(text=text)
        ) from error


def relative_part(text: str) -> Decimal:
    """This will read the relative part of a CMC as a fraction of the value: 0,05 %, 15 µm/m, 2e-5."""
    if not text.strip():
        return Decimal(0)
    value, rest = _number_and_rest(text)
    if rest in _PARTS:
        return value * _PARTS[rest]
    upper, slash, lower = rest.partition("/")
    try:
        if slash:
            return convert_difference(value, source=upper.strip(), target=lower.strip())
    except UnitRefused as error:
        raise CmcRefused(_("“{text}”: hai đơn vị không cùng một đại lượng").format(text=text)) from error
    raise CmcRefused(
        _("“{text}” không phải phần tương đối: viết như 0,05 %, 15 µm/m hoặc 2e-5").format(text=text)
    )


def bound(text: str) -> Decimal | None:
    """This will read one end of a range; None where it is left open."""
    if not text.strip():
        return None
    try:
        return parse_number(text)
    except NumberRefused as error:
        raise CmcRefused(_("“{text}” không phải một số").format(text=text)) from error


def _number_and_rest(text: str) -> tuple[Decimal, str]:
    """The longest beginning that is a number, and what follows it."""
    words = text.strip()
    for end in range(len(words), 0, -1):
        try:
            value = parse_number(words[:end])
        except NumberRefused:
            continue
        if value < 0:
            raise CmcRefused(_("“{text}” là số âm").format(text=text))
        return value, words[end:].strip()
    raise CmcRefused(_("“{text}” không bắt đầu bằng một số").format(text=text))

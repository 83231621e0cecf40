"""Decisions about competence on plain values: how far an authorisation reaches, how near an end is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from quacan.centre.base.language.numbers import format_number
from quacan.metrology.units import UnitRefused, convert, convertible


class LongEnough:
    """What Django asks of every new password, here its least length: said in the words of the house."""

    def __init__(self, least: int) -> None:
        self.least = least

    def validate(self, password: str, user: object = None) -> None:
        """Refuses a password that is too short."""
        if len(password) < self.least:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        """What is asked, in one sentence."""
        return _("Mật khẩu phải có ít nhất {n} ký tự").format(n=self.least)


NEAR = ((30, "30"), (90, "90"))


@dataclass(frozen=True, slots=True)
class Extent:
    """What an instrument is, by characteristic: numbers with their unit, choices, and how each is called."""

    numbers: Mapping[str, tuple[Decimal, str]]
    choices: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an authorisation reaches: one numeric characteristic within bounds, one coded one among classes."""

    limit_on: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    class_on: str = ""
    classes: tuple[str, ...] = ()

    @property
    def is_limited(self) -> bool:
        """This will say whether the authorisation is limited at all."""
        return bool(self.limit_on or self.class_on)

    @property
    def text(self) -> str:
        """This will write the limits: 0 ÷ 15 kg; cấp III, IIII."""
        ends = [format_number(end) for end in (self.low, self.high) if end is not None]
        if self.low is None and self.high is not None:
            ends = [f"≤ {ends[0]}"]
        elif self.high is None and self.low is not None:
            ends = [f"≥ {ends[0]}"]
        parts = [f"{' ÷ '.join(ends)} {self.unit}".strip()] if ends else []
        if self.classes:
            parts.append(_("cấp {classes}").format(classes=", ".join(self.classes)))
        return "; ".join(parts)


def beyond(reach: Reach, extent: Extent) -> str:
    """This will say in what an instrument lies beyond an authorisation; '' when it lies within.

    What the instrument does not say, or says in a unit that cannot be compared, lies beyond.
    """
    return _range(reach, extent) or _class(reach, extent)


def _range(reach: Reach, extent: Extent) -> str:
    if not reach.limit_on:
        return ""
    label = extent.labels.get(reach.limit_on, reach.limit_on)
    if reach.limit_on not in extent.numbers:
        return _("phương tiện đo chưa ghi “{label}”").format(label=label)
    value, unit = extent.numbers[reach.limit_on]
    shown = f"{format_number(value)} {unit}".strip()
    try:
        comparable = convertible(unit, reach.unit)
    except UnitRefused:
        comparable = False
    if not comparable:
        return _("“{label}” {value} không so được với đơn vị {unit}").format(
            label=label, value=shown, unit=reach.unit
        )
    there = convert(value, source=unit, target=reach.unit)
    low = reach.low is not None and there < reach.low
    high = reach.high is not None and there > reach.high
    if not low and not high:
        return ""
    return _("“{label}” {value} ngoài phạm vi {reach}").format(label=label, value=shown, reach=reach.text)


def _class(reach: Reach, extent: Extent) -> str:
    if not reach.class_on:
        return ""
    label = extent.labels.get(reach.class_on, reach.class_on)
    have = extent.choices.get(reach.class_on, "")
    if not have:
        return _("phương tiện đo chưa ghi “{label}”").format(label=label)
    if have in reach.classes:
        return ""
    return _("“{label}” {value} ngoài {classes}").format(
        label=label, value=have, classes=", ".join(reach.classes)
    )


def warning_of(days_left: int | None) -> str:
    """This will grade what is left: none (nothing to end), expired, 30, 90, '' when far away."""
    if days_left is None:
        return "none"
    if days_left < 0:
        return "expired"
    return next((mark for limit, mark in NEAR if days_left <= limit), "")

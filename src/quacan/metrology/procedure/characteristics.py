"""Reads the instrument's characteristics and the recorded conditions into exact numbers in the procedure's
units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from quacan.metrology.procedure.definition import Characteristic, ConditionRule, Procedure, Text
from quacan.metrology.procedure.reasons import (
    Reason,
    condition_accepted,
    condition_outside,
    missing_characteristic,
    missing_condition,
    number_text,
    unreadable_characteristic,
    unreadable_condition,
)
from quacan.metrology.procedure.typed import TypedRefused, read_in_unit, read_number, typed_unit
from quacan.metrology.units import convert


@dataclass(frozen=True, slots=True)
class Characteristics:
    """Numbers and coded choices that are known, and the reasons why others are not.

    `unit` is the unit the sheet is laid out in, for a procedure that follows the instrument.
    """

    unit: str
    numbers: Mapping[str, Decimal]
    choices: Mapping[str, str]
    problems: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """One influence quantity: what was typed, its values, and whether it lies within the stated limits.

    `accepted` names what lies outside and is accepted all the same, by a signed deviation.
    """

    key: str
    label: Text
    unit: str
    texts: tuple[str, ...]
    values: tuple[Decimal, ...]
    lower: Decimal | None
    upper: Decimal | None
    problems: tuple[Reason, ...] = field(default=())
    accepted: tuple[Reason, ...] = field(default=())

    @property
    def mean(self) -> Decimal | None:
        """This will give the mean of the recorded values, for formulas; None when any is missing."""
        if self.problems or not self.values:
            return None
        return sum(self.values, Decimal(0)) / len(self.values)


def read_characteristics(procedure: Procedure, given: Mapping[str, str | Decimal]) -> Characteristics:
    """This will read every characteristic the procedure needs; a text may carry its own unit (`15 kg`)."""
    unit = unit_of_sheet(procedure, given)
    numbers: dict[str, Decimal] = {}
    choices: dict[str, str] = {}
    problems: list[Reason] = []
    for wanted in procedure.characteristics:
        value = given.get(wanted.key)
        if value is None or (isinstance(value, str) and not value.strip()):
            problems.append(missing_characteristic(wanted.key, wanted.label))
            continue
        try:
            if wanted.is_choice:
                choices[wanted.key] = _choice(wanted, value)
            else:
                follows = bool(procedure.units) and wanted.unit == procedure.units[0]
                numbers[wanted.key] = _number(wanted, value, unit if follows else wanted.unit)
        except TypedRefused as refused:
            problems.append(unreadable_characteristic(wanted.key, wanted.label, str(value), refused))
    return Characteristics(unit, numbers, choices, tuple(problems))


def unit_of_sheet(procedure: Procedure, given: Mapping[str, str | Decimal]) -> str:
    """This will give the unit in which the instrument is marked, among those the procedure knows."""
    if not procedure.units:
        return ""
    typed = typed_unit(str(given.get(procedure.unit_from, "")))
    return typed if typed in procedure.units else procedure.units[0]


def _choice(wanted: Characteristic, value: str | Decimal) -> str:
    text = str(value).strip()
    if text not in wanted.choices:
        words = ", ".join(wanted.choices)
        raise TypedRefused(f"chọn một trong: {words}", f"choose one of: {words}")
    return text


def _number(wanted: Characteristic, value: str | Decimal, unit: str) -> Decimal:
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise TypedRefused("không phải số hữu hạn", "it is not a finite number")
        return convert(value, source=wanted.unit, target=unit)
    return read_in_unit(value, unit=unit, bare=wanted.unit)


def read_condition(
    rule: ConditionRule, given: str | Sequence[str] | None, *, waived: bool = False
) -> ConditionResult:
    """This will read one influence quantity, typed once or at several moments (start, end), all within
    limits.

    A waived one is accepted outside its limits; what is missing or cannot be read is never accepted.
    """
    texts = () if given is None else (given,) if isinstance(given, str) else tuple(given)
    values: list[Decimal] = []
    problems: list[Reason] = []
    outside: list[Reason] = []
    if not texts:
        problems.append(missing_condition(rule.key, rule.label))
    for text in texts:
        if not text.strip():
            problems.append(missing_condition(rule.key, rule.label))
            continue
        try:
            value = read_number(text)
        except TypedRefused as refused:
            problems.append(unreadable_condition(rule.key, rule.label, text, refused))
            continue
        values.append(value)
        outside += _outside(rule, value)
    return ConditionResult(
        key=rule.key,
        label=rule.label,
        unit=rule.unit,
        texts=texts,
        values=tuple(values),
        lower=rule.lower,
        upper=rule.upper,
        problems=(*problems, *(() if waived else outside)),
        accepted=tuple(condition_accepted(each) for each in outside) if waived else (),
    )


def _outside(rule: ConditionRule, value: Decimal) -> list[Reason]:
    low = rule.lower is not None and value < rule.lower
    high = rule.upper is not None and value > rule.upper
    if not low and not high:
        return []
    return [condition_outside(rule.key, rule.label, value, rule.unit, _allowed(rule))]


def _allowed(rule: ConditionRule) -> Text:
    lower = number_text(rule.lower, rule.unit) if rule.lower is not None else None
    upper = number_text(rule.upper, rule.unit) if rule.upper is not None else None
    if lower is not None and upper is not None:
        return Text(vi=f"{lower.vi} ÷ {upper.vi}", en=f"{lower.en} to {upper.en}")
    if upper is not None:
        return Text(vi=f"≤ {upper.vi}", en=f"≤ {upper.en}")
    return Text(vi=f"≥ {lower.vi}", en=f"≥ {lower.en}") if lower is not None else Text("", "")

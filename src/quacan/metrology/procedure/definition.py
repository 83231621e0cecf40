"""Shapes of a declared procedure: what a metrologist writes as data, frozen and ready to evaluate.

Every text that a person reads is a pair (Vietnamese, English). Every expression is compiled once, when the
definition is read; a `Procedure` is therefore safe to keep and to share between worksheets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from quacan.metrology.expressions import Expression

EVENTS = ("initial", "periodic", "after_repair", "inspection")
STEP_KINDS = ("checklist", "readings", "series", "comparison", "computed", "note")
CONFIDENCES = ("high", "medium", "low", "house")
STATISTICS = ("mean", "range", "stdev", "minimum", "maximum", "max_abs")
DECISION_RULES = ("simple_acceptance", "guarded_acceptance")
VALIDITY_RULES = ("end_of_month_after_catalogue_interval", "no_expiry", "as_stated_on_certificate")
FIXED_BLOCKS = ("identification", "conditions", "standards", "uncertainty", "conclusion", "signatures")
ORDERS = ("ascending", "descending")
CHOICES = ("ok", "defect", "not_applicable")
RATIOS_OF = ("error", "uncertainty")
SERVICES = ("verification", "calibration", "testing")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or label in the two languages of the house."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a definition: where it stands and what to do, in two languages."""

    path: str
    vi: str
    en: str

    def __str__(self) -> str:
        return f"{self.path}: {self.en}"


class DefinitionRefused(ValueError):
    """Raised with the complete list of problems of a definition, never with the first one only."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number or a rule was read and how far it may be trusted."""

    reference: str
    confidence: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Characteristic:
    """A property of the instrument that the procedure needs: a number with its unit, or a coded choice."""

    key: str
    label: Text
    unit: str
    choices: tuple[str, ...] = ()

    @property
    def is_choice(self) -> bool:
        """This will be true for a coded choice such as the accuracy class."""
        return bool(self.choices)


@dataclass(frozen=True, slots=True)
class ConditionRule:
    """An influence quantity to record; limits may be absent, never invented."""

    key: str
    label: Text
    unit: str
    lower: Decimal | None
    upper: Decimal | None
    source: Source


@dataclass(frozen=True, slots=True)
class StandardNeed:
    """A standard that supports named steps: quantity, range and how much better it has to be.

    `ratio` times what `ratio_of` names of the standard (its error with U, or U alone where its value is used as
    certified) must not exceed the limit.
    """

    key: str
    label: Text
    quantity: str
    unit: str
    steps: tuple[str, ...]
    range_from: Expression | None
    range_to: Expression | None
    ratio: Decimal | None
    classes: tuple[str, ...]
    source: Source
    ratio_of: str = "error"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of typed readings."""

    key: str
    label: Text
    unit: str
    decimals: int | None
    required: bool
    resolution: Expression | None


@dataclass(frozen=True, slots=True)
class NamedFormula:
    """A computed column, statistic or draw: its name, label and how many decimals a table shows."""

    key: str
    label: Text
    unit: str
    decimals: int | None
    formula: Expression


@dataclass(frozen=True, slots=True)
class Statistic:
    """A statistic over the repeats of one point, e.g. the range of `P`."""

    key: str
    label: Text
    unit: str
    decimals: int | None
    of: str
    take: str


@dataclass(frozen=True, slots=True)
class Draw:
    """A value taken from an earlier step: one point, the same point, or a statistic over its points."""

    key: str
    label: Text
    unit: str
    decimals: int | None
    step: str
    value: str
    take: str
    point: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist."""

    key: str
    label: Text
    may_not_apply: bool


@dataclass(frozen=True, slots=True)
class Point:
    """Where to measure: a nominal value as an expression of the characteristics, or a label alone.

    The point is left out when its value exceeds `skip_above` or when `skip_if` is above zero.
    """

    key: str
    label: Text | None
    at: Expression | None
    events: tuple[str, ...]
    skip_above: Expression | None
    skip_if: Expression | None


@dataclass(frozen=True, slots=True)
class TableLimit:
    """A limit looked up in a table of maximum permissible errors.

    The class is a fixed word or the value of a characteristic; `at` is where on the table's axis, in
    `at_unit` (the axis' own unit when empty); `parameters` gives the table what it asks for beside that. With
    `percent_of` the table's limits are turned into percentages of that value. The event of the sheet is
    passed on: a table that does not know it gives no limit.
    """

    table: str
    class_from: str
    class_is: str
    at: Expression
    at_unit: str
    parameters: Mapping[str, Expression]
    percent_of: Expression | None
    source: Source


@dataclass(frozen=True, slots=True)
class InlineLimit:
    """A limit stated in the procedure itself, one- or two-sided, with its source."""

    lower: Expression | None
    upper: Expression | None
    source: Source


@dataclass(frozen=True, slots=True)
class EmptyLimit:
    """A requirement that exists but whose number is not in the database: never a pass."""

    note: Text


Limit = TableLimit | InlineLimit | EmptyLimit


@dataclass(frozen=True, slots=True)
class Judgement:
    """Which value of a row is compared with which limit; `guard` names the expanded uncertainty, if any."""

    value: str
    unit: str
    limit: Limit
    guard: str
    guard_ratio: Decimal | None


@dataclass(frozen=True, slots=True)
class Step:
    """One operation of the procedure."""

    key: str
    kind: str
    title: Text
    events: tuple[str, ...]
    unit: str
    items: tuple[Item, ...] = ()
    points: tuple[Point, ...] = ()
    points_of: str = ""
    repeats: int = 1
    columns: tuple[Column, ...] = ()
    draws: tuple[Draw, ...] = ()
    formulas: tuple[NamedFormula, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    summaries: tuple[NamedFormula, ...] = ()
    judge: Judgement | None = None
    judge_summary: Judgement | None = None
    order: str = ""
    multiple_of: Expression | None = None
    without_standard: bool = False
    remark: Text | None = None


@dataclass(frozen=True, slots=True)
class UncertaintyInput:
    """One input of the uncertainty model: where its value and its standard uncertainty come from.

    `origin` says how u is found: a `reading` is exact as typed, a `series` gives the mean and s/√n of its
    repeats, `repeatability` the same s/√n about zero, a `standard` its certificate's U/k, `half_width` and
    `resolution` limits of the stated distribution. `value` gives the estimate where the origin does not.
    A standard that is `absent_at_zero` takes no part where the nominal is zero: closed anvils, an empty pan.
    """

    key: str
    label: Text
    unit: str
    origin: str
    of: str
    distribution: str
    value: Expression | None
    half_width: Expression | None
    from_step: str
    absent_at_zero: bool = False


@dataclass(frozen=True, slots=True)
class UncertaintyModel:
    """A measurement model for the engine: the measurand as an expression of declared inputs."""

    measurand: Text
    unit: str
    step: str
    expression: Expression
    inputs: tuple[UncertaintyInput, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Procedure:
    """A declared, versioned way of working, checked and compiled.

    With `units` the sheet follows the instrument: it is laid out in the unit in which the characteristic
    `unit_from` is typed, if that is one of `units`, else in the first, which is the unit of the definition.
    `variants` holds the same procedure in each of the other units.
    """

    code: str
    version: str
    title: Text
    discipline: str
    service: str
    method: str
    source: Source
    in_force_from: date
    in_force_to: date | None
    applies_to: tuple[str, ...]
    events: tuple[str, ...]
    characteristics: tuple[Characteristic, ...]
    conditions: tuple[ConditionRule, ...]
    standards: tuple[StandardNeed, ...]
    steps: tuple[Step, ...]
    decision_rule: str
    validity_rule: str
    printed: tuple[str, ...]
    uncertainty: tuple[UncertaintyModel, ...]
    notes: tuple[Text, ...]
    units: tuple[str, ...] = ()
    unit_from: str = ""
    variants: Mapping[str, Procedure] = field(default_factory=dict)

    def step(self, key: str) -> Step:
        """This will give the step of that key, or raise `KeyError`."""
        return {step.key: step for step in self.steps}[key]

    def in_unit(self, unit: str) -> Procedure:
        """This will give the procedure with its sheet in that unit; itself when the unit is its own."""
        return self.variants.get(unit, self)

    def is_in_force(self, *, on: date) -> bool:
        """This will tell whether this version governs work done on that day."""
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)

    def sources(self) -> Mapping[str, Source]:
        """This will give every source the procedure rests on, by the path of what it supports."""
        found = {"method": self.source}
        found |= {f"conditions.{rule.key}": rule.source for rule in self.conditions}
        found |= {f"standards.{need.key}": need.source for need in self.standards}
        for step in self.steps:
            for part, judgement in (("judge", step.judge), ("judge_summary", step.judge_summary)):
                if judgement is not None and not isinstance(judgement.limit, EmptyLimit):
                    found[f"steps.{step.key}.{part}"] = judgement.limit.source
        return found

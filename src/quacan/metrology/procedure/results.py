"""What an evaluated sheet says: rows with error, limit, margin and verdict, steps, and the conclusion.

Everything here is frozen and can be written as JSON (`as_json`), because it is kept with the worksheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from quacan.metrology.conformity import Verdict
from quacan.metrology.procedure.characteristics import ConditionResult
from quacan.metrology.procedure.definition import Text
from quacan.metrology.procedure.reasons import Reason


@dataclass(frozen=True, slots=True)
class CellResult:
    """What was typed in a cell, its value, and the problem with it, if any."""

    key: str
    column: str
    text: str
    value: Decimal | None
    problem: Reason | None
    warning: Reason | None


@dataclass(frozen=True, slots=True)
class LimitInterval:
    """The permitted interval of a value; a missing side is open. `text` is how it is printed."""

    lower: Decimal | None
    upper: Decimal | None
    unit: str
    text: Text
    reference: str
    confidence: str


@dataclass(frozen=True, slots=True)
class RowResult:
    """One evaluated row. `verdict` is None for a row that decides nothing by itself."""

    key: str
    step: str
    kind: str
    label: Text
    point: str
    repeat: int
    nominal: Decimal | None
    unit: str
    cells: tuple[CellResult, ...]
    values: Mapping[str, Decimal]
    judged: str
    error: Decimal | None
    limit: LimitInterval | None
    margin: Decimal | None
    verdict: Verdict | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class StepResult:
    """One evaluated step; `verdict` is None for a step without requirements whose readings are complete."""

    key: str
    kind: str
    title: Text
    verdict: Verdict | None
    rows: tuple[RowResult, ...]


@dataclass(frozen=True, slots=True)
class SheetResult:
    """The evaluated sheet with its conclusion and the reasons for it.

    `numbers` are the characteristics and the means of the conditions that entered the formulas.
    """

    procedure: str
    version: str
    event: str
    on: date
    unit: str
    verdict: Verdict
    decided_early: bool
    reasons: tuple[Reason, ...]
    warnings: tuple[Reason, ...]
    failing_rows: tuple[str, ...]
    missing_cells: tuple[str, ...]
    numbers: Mapping[str, Decimal]
    conditions: tuple[ConditionResult, ...]
    steps: tuple[StepResult, ...]

    @property
    def rows(self) -> Mapping[str, RowResult]:
        """This will give every row by its key."""
        return {row.key: row for step in self.steps for row in step.rows}


def worst(verdicts: Iterable[Verdict | None]) -> Verdict | None:
    """This will combine verdicts: one fail fails, else one undetermined is undetermined, else a pass if any."""
    present = set(verdicts)
    for verdict in (Verdict.FAIL, Verdict.UNDETERMINED, Verdict.PASS):
        if verdict in present:
            return verdict
    return None


def as_json(value: object) -> object:
    """This will turn a layout or a result into plain JSON values; a Decimal becomes its digits as text."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: as_json(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): as_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(each) for each in value]
    return value

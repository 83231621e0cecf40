"""The shapes a worksheet's page is made of: frozen, every figure already written."""

from dataclasses import dataclass

from quacan.centre.base.refusals import Words as Words
from quacan.centre.verification.chart import Chart


@dataclass(frozen=True, slots=True)
class CellView:
    """One place to type in, with what stands there, how often it was written and what is wrong with it."""

    key: str
    column: str
    label: str
    text: str
    required: bool
    revisions: int
    problem: str
    is_warning: bool
    shown: str

    @property
    def is_revised(self) -> bool:
        return self.revisions > 1


@dataclass(frozen=True, slots=True)
class ValueView:
    """One computed value; `tone` is fail where it misses its limit."""

    key: str
    label: str
    text: str
    unit: str
    tone: str
    minor: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """One row: what was typed, what it comes to, limit, what is left, verdict ('' where it decides nothing)."""

    key: str
    kind: str
    group: str
    label: str
    cells: tuple[CellView, ...]
    values: tuple[ValueView, ...]
    limit: str
    limit_source: str
    margin: str
    over: bool
    verdict: str
    why: str


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column of a step's table; a minor one is computed on the way to the value that is judged."""

    key: str
    label: str
    unit: str
    typed: bool
    minor: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """One step with its table; `missing` says how many readings are still to come."""

    key: str
    kind: str
    ordinal: int
    title: str
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    choices: tuple[tuple[str, Words], ...]
    is_judged: bool
    verdict: str
    missing: str
    limit_note: str
    remark: str
    standards: tuple[str, ...]

    @property
    def width(self) -> int:
        """This will count the columns of the table."""
        return 1 + len(self.columns) + (3 if self.is_judged else 0)

    @property
    def value_span(self) -> int:
        """This will count the columns a summary may speak across."""
        return len(self.columns)


@dataclass(frozen=True, slots=True)
class MomentView:
    """A condition at one moment; *origin* says which record of which point it is, '' when it was typed."""

    moment: str
    label: Words
    text: str
    origin: str = ""

    @property
    def origin_short(self) -> str:
        """This will name the point and the time of day of the record a condition comes from."""
        parts = self.origin.rsplit(" · ", 2)
        return f"{parts[0]} {parts[1].split()[-1][:5]}" if len(parts) == 3 else ""


@dataclass(frozen=True, slots=True)
class ConditionView:
    """One influence quantity: what was recorded, what is allowed, what is wrong."""

    key: str
    label: str
    unit: str
    moments: tuple[MomentView, ...]
    allowed: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetView:
    """Everything about a worksheet that changes while it is typed."""

    steps: tuple[StepView, ...]
    conditions: tuple[ConditionView, ...]
    verdict: str
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]
    obstacles: tuple[str, ...]
    missing: int
    missing_text: str
    required: int
    charts: tuple[Chart, ...]
    problems: tuple[str, ...]

    @property
    def done(self) -> int:
        return self.required - self.missing

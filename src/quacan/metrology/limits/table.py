"""A limit table and the limit it gives at a point, exactly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction

from quacan.metrology.limits.interval import Interval, IntervalRefused
from quacan.metrology.rounding import RoundingMode, round_to_step


class LimitRefused(ValueError):
    """A table that gives no limit for what was asked; the message names the obstacle and the remedy."""


class EventKind(StrEnum):
    """When an instrument is judged: chế độ kiểm định."""

    INITIAL = "initial"
    PERIODIC = "periodic"
    AFTER_REPAIR = "after_repair"
    INSPECTION = "inspection"


@dataclass(frozen=True, slots=True)
class End:
    """One end of a span: factor × parameter, or the number factor when no parameter is named."""

    factor: Decimal
    parameter: str | None = None

    def resolved(self, parameters: Mapping[str, Decimal]) -> Decimal:
        """This will give the number of this end; every parameter it names must be there."""
        return self.factor if self.parameter is None else self.factor * parameters[self.parameter]


@dataclass(frozen=True, slots=True)
class Span:
    """Where on its axis a piece or a condition holds; a missing end does not limit."""

    lower: End | None
    upper: End | None
    lower_open: bool
    upper_open: bool

    def resolved(self, parameters: Mapping[str, Decimal]) -> Interval:
        """This will give the span in numbers. Raises IntervalRefused when its ends cross."""
        return Interval(
            lower=None if self.lower is None else self.lower.resolved(parameters),
            upper=None if self.upper is None else self.upper.resolved(parameters),
            lower_open=self.lower_open,
            upper_open=self.upper_open,
        )

    @property
    def names(self) -> frozenset[str]:
        """This will name the parameters the ends need."""
        ends = (end for end in (self.lower, self.upper) if end is not None)
        return frozenset(end.parameter for end in ends if end.parameter is not None)


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece holds only while a parameter (a temperature, for example) lies in a span."""

    parameter: str
    span: Span


@dataclass(frozen=True, slots=True)
class Side:
    """One limit as a sum: constant + per_unit × argument + percent of the named base; signed."""

    constant: Decimal
    per_unit: Decimal
    percent: Decimal

    def at(self, argument: Fraction, base: Fraction) -> Fraction:
        """This will give the limit at a point, in the unit of the table."""
        return (
            Fraction(self.constant) + Fraction(self.per_unit) * argument + Fraction(self.percent) * base / 100
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a table: where it holds, and the limits there.

    times multiplies the limits; computed_at evaluates them at a fixed argument; floor and floor_parameter
    keep their magnitude from falling below a value; when holds alternatives, any of which suffices.
    """

    span: Span
    lower: Side | None
    upper: Side | None
    times: Decimal = Decimal(1)
    computed_at: Decimal | None = None
    floor: Decimal | None = None
    floor_parameter: str | None = None
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassLimits:
    """What a table says for one accuracy class: pieces of a function, or limits at nominal values only."""

    pieces: tuple[Piece, ...]
    points: Mapping[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class EventFactor:
    """The multiple of the tabulated limits that applies to one kind of event, and why."""

    kind: EventKind
    factor: Decimal
    basis: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A quantity of the instrument or its surroundings that a table needs beside the argument.

    A parameter that is not required and has no default only ever widens limits: without it they are stricter.
    """

    name: str
    meaning: str
    default: Decimal | None = None
    span: Span | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class Argument:
    """The axis of a table: name and unit; a rounding rule; the quantity whose multiples it counts."""

    name: str
    unit: str
    rounding_step: Decimal | None = None
    rounding_mode: RoundingMode = RoundingMode.UP
    scaled_by: str | None = None


@dataclass(frozen=True, slots=True)
class LimitTable:
    """A table of maximum permissible errors with its source (VIM 4.26).

    unit is the unit of the limits; percent_of names the base of percentages: the argument or a parameter.

    >>> from quacan.metrology.limits.reading import read_limits
    >>> isinstance(read_limits({"code": "without a source"}), LimitTable)
    False
    """

    code: str
    title: str
    title_vi: str
    source: str
    clause: str
    edition: str
    access: str
    confidence: str
    case: str
    notes: str
    unit: str
    argument: Argument
    percent_of: str | None
    times_parameter: str | None
    parameters: Mapping[str, Parameter]
    events: Mapping[EventKind, EventFactor]
    classes: Mapping[str, ClassLimits]
    valid_from: date | None
    valid_to: date | None


_PRECISION = Context(prec=50)


def limit_at(
    table: LimitTable,
    *,
    klass: str,
    at: Decimal | Fraction | int,
    event: EventKind | str,
    on: date | None = None,
    parameters: Mapping[str, Decimal] | None = None,
) -> Interval:
    """This will give the permissible interval of error for a class at a point, for an event on a day.

    at is in the unit of the table's argument. For a table counted in multiples of an interval (e of R 76, v
    of R 60) give at in the unit of that interval and the interval itself as a parameter: the comparison is
    then made in whole and broken multiples, exactly, and the answer comes in the unit of the interval.

    Raises LimitRefused when the class, the event, the day, a parameter or the point is outside the table.

    >>> from quacan.metrology.limits.reading import read_limits
    >>> words = {name: "example" for name in ("code", "title", "title_vi", "source", "clause", "edition", "case")}
    >>> table = read_limits(words | {
    ...     "access": "text read", "confidence": "low", "unit": "bar",
    ...     "argument": {"name": "pressure", "unit": "bar"},
    ...     "events": [{"kind": "initial", "factor": "1", "basis": "example"}],
    ...     "classes": {"all": {"pieces": [{"span": "[0; 5]", "mpe": "0.1"}, {"span": "(5; 10]", "mpe": "0.2"}]}},
    ... })
    >>> [str(limit_at(table, klass="all", at=at, event="initial").upper) for at in (5, 6)]
    ['0.1', '0.2']
    """
    _check_day(table, on)
    given = _parameters(table, parameters or {})
    factor = _event_factor(table, event) * given.get(table.times_parameter or "", Decimal(1))
    limits = _limits_of(table, klass)
    scale = given[table.argument.scaled_by] if table.argument.scaled_by else Decimal(1)
    argument = Fraction(at) / Fraction(scale)
    lower, upper = _ends(table, limits, klass, argument, given)
    whole = Fraction(factor) * Fraction(scale)
    return Interval(lower=_decimal(lower, whole), upper=_decimal(upper, whole))


def _ends(
    table: LimitTable,
    limits: ClassLimits,
    klass: str,
    argument: Fraction,
    given: Mapping[str, Decimal],
) -> tuple[Fraction | None, Fraction | None]:
    """Both limits before the event factor, in the unit of the table."""
    for nominal, mpe in limits.points.items():
        if Fraction(nominal) == argument:
            return -Fraction(mpe), Fraction(mpe)
    if not limits.pieces:
        raise LimitRefused(
            f"Table {table.code}, class {klass}, is defined at nominal values only, and {float(argument):g} "
            f"{table.argument.unit} is none of them: check the {table.argument.name}."
        )
    piece = _piece_at(table, limits, klass, argument, given)
    return _sides(table, piece, argument, given)


def _piece_at(
    table: LimitTable,
    limits: ClassLimits,
    klass: str,
    argument: Fraction,
    given: Mapping[str, Decimal],
) -> Piece:
    found = [piece for piece in limits.pieces if _holds(table, piece, argument, given)]
    if not found:
        raise LimitRefused(
            f"Table {table.code}, class {klass}, gives no limit at {table.argument.name} {float(argument):g} "
            f"{table.argument.unit} under these conditions: check the point or choose another table."
        )
    if len(found) > 1:
        raise LimitRefused(
            f"Table {table.code}, class {klass}, gives two limits at the same point: correct it."
        )
    return found[0]


def _holds(table: LimitTable, piece: Piece, argument: Fraction, given: Mapping[str, Decimal]) -> bool:
    try:
        inside = piece.span.resolved(given).contains(argument)
        fitting = not piece.when or any(
            condition.span.resolved(given).contains(given[condition.parameter]) for condition in piece.when
        )
    except IntervalRefused as refusal:
        raise LimitRefused(f"Table {table.code}: the parameters contradict each other. {refusal}") from None
    return inside and fitting


def _sides(
    table: LimitTable, piece: Piece, argument: Fraction, given: Mapping[str, Decimal]
) -> tuple[Fraction | None, Fraction | None]:
    point = argument if piece.computed_at is None else Fraction(piece.computed_at)
    point = _rounded(table.argument, point)
    base = point if table.percent_of not in given else Fraction(given[table.percent_of or ""])
    floor = Fraction(max(piece.floor or Decimal(0), given.get(piece.floor_parameter or "", Decimal(0))))
    times = Fraction(piece.times)
    lower = None if piece.lower is None else min(times * piece.lower.at(point, base), -floor)
    upper = None if piece.upper is None else max(times * piece.upper.at(point, base), floor)
    return lower, upper


def _rounded(argument: Argument, point: Fraction) -> Fraction:
    if argument.rounding_step is None:
        return point
    exact_point = _PRECISION.divide(Decimal(point.numerator), Decimal(point.denominator))
    return Fraction(round_to_step(exact_point, argument.rounding_step, argument.rounding_mode))


def _decimal(end: Fraction | None, factor: Fraction) -> Decimal | None:
    if end is None:
        return None
    number = end * factor
    return _PRECISION.divide(Decimal(number.numerator), Decimal(number.denominator))


def _check_day(table: LimitTable, on: date | None) -> None:
    if on is None:
        return
    if table.valid_from is not None and on < table.valid_from:
        raise LimitRefused(
            f"Table {table.code} is in force from {table.valid_from:%d/%m/%Y}, not on {on:%d/%m/%Y}."
        )
    if table.valid_to is not None and on > table.valid_to:
        raise LimitRefused(
            f"Table {table.code} was in force until {table.valid_to:%d/%m/%Y}: use its successor."
        )


def _event_factor(table: LimitTable, event: EventKind | str) -> Decimal:
    known = {kind.value: entry.factor for kind, entry in table.events.items()}
    if str(event) not in known:
        raise LimitRefused(
            f"Table {table.code} ({table.source}) gives no limit for the event '{event}', "
            f"only for {', '.join(known)}."
        )
    return known[str(event)]


def _limits_of(table: LimitTable, klass: str) -> ClassLimits:
    if klass not in table.classes:
        raise LimitRefused(f"Table {table.code} has no class '{klass}': choose {', '.join(table.classes)}.")
    return table.classes[klass]


def _parameters(table: LimitTable, given: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Given values and defaults together, each inside its declared range."""
    unknown = sorted(set(given) - set(table.parameters))
    if unknown:
        raise LimitRefused(
            f"Table {table.code} has no parameter '{unknown[0]}': leave it out or correct its name."
        )
    defaults = {name: found.default for name, found in table.parameters.items() if found.default is not None}
    values = {**defaults, **given}
    for name, parameter in table.parameters.items():
        if name not in values and parameter.required:
            raise LimitRefused(f"Table {table.code} needs {parameter.meaning} ({name}): enter it first.")
        if name in values and not values[name].is_finite():
            raise LimitRefused(f"Table {table.code}: {parameter.meaning} ({name}) must be a finite number.")
        if name in values and parameter.span and not parameter.span.resolved({}).contains(values[name]):
            raise LimitRefused(
                f"Table {table.code}: {parameter.meaning} ({name}) of {values[name]} is outside its range."
            )
    return values

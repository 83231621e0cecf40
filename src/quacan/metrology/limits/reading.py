"""Reading a limit table: a parsed mapping becomes a LimitTable, or the complete list of its problems."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from quacan.metrology.limits.lint import coverage_faults
from quacan.metrology.limits.table import (
    Argument,
    ClassLimits,
    Condition,
    End,
    EventFactor,
    EventKind,
    LimitTable,
    Parameter,
    Piece,
    Side,
    Span,
)
from quacan.metrology.rounding import RoundingMode

_TEXTS = ("code", "title", "title_vi", "source", "clause", "edition", "access", "confidence", "case", "unit")
_OPTIONAL = ("notes", "argument", "percent_of", "times_parameter", "parameters", "events", "classes")
_DATES = ("valid_from", "valid_to")
_PIECE_KEYS = frozenset(
    {
        "span",
        "mpe",
        "mpe_per_unit",
        "mpe_percent",
        "lower",
        "lower_per_unit",
        "lower_percent",
        "upper",
        "upper_per_unit",
        "upper_percent",
        "times",
        "computed_at",
        "floor",
        "floor_parameter",
        "when",
    }
)
_SPAN = re.compile(r"(?P<open>[\[(])\s*(?P<lower>[^;]+?)\s*;\s*(?P<upper>[^;]+?)\s*(?P<close>[\])])")
_END = re.compile(r"(?:(?P<factor>[+-]?[0-9]+(?:\.[0-9]+)?)\s*)?(?P<name>[A-Za-z][A-Za-z0-9_]*)?")
_NO_LIMIT = "none"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a table: where, and a sentence."""

    key: str
    sentence: str

    def __str__(self) -> str:
        """This will write the place and the sentence on one line."""
        return f"{self.key}: {self.sentence}"


@dataclass(slots=True)
class _Findings:
    """Problems gathered while reading, so that a writer sees all of them at once."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, key: str, sentence: str) -> None:
        self.problems.append(Problem(key, sentence))


def read_limits(mapping: Mapping[str, Any]) -> LimitTable | tuple[Problem, ...]:
    """This will read a limit table from a parsed mapping, or give every problem of it.

    Numbers are written as texts ("0.5") so that they stay exact. A span is "[0; 500]", "(500; 2000]",
    "[Q1; Q2)", "[0.05 In; Imax]" or "(200000; ∞)"; round brackets leave the end out.

    >>> problems = read_limits({"code": "dial", "title": "Dial gauges"})
    >>> [problem.key for problem in problems][:3]
    ['argument', 'argument.name', 'argument.unit']
    """
    findings = _Findings()
    _check_keys(mapping, {*_TEXTS, *_OPTIONAL, *_DATES}, "", findings)
    argument = _argument(_table(mapping.get("argument"), "argument", findings), findings)
    parameters = _parameters(_table(mapping.get("parameters", {}), "parameters", findings), findings)
    table = LimitTable(
        **{key: _text(mapping.get(key), key, findings) for key in _TEXTS},
        notes=_text(mapping.get("notes", "none"), "notes", findings),
        argument=argument,
        percent_of=_optional_text(mapping.get("percent_of"), "percent_of", findings),
        times_parameter=_optional_text(mapping.get("times_parameter"), "times_parameter", findings),
        parameters=MappingProxyType(parameters),
        events=MappingProxyType(_events(mapping.get("events"), findings)),
        classes=MappingProxyType(_classes(_table(mapping.get("classes"), "classes", findings), findings)),
        valid_from=_date(mapping.get("valid_from"), "valid_from", findings),
        valid_to=_date(mapping.get("valid_to"), "valid_to", findings),
    )
    _check_names(table, findings)
    for key, sentence in coverage_faults(table):
        findings.add(key, sentence)
    return tuple(findings.problems) or table


def _classes(mapping: Mapping[str, Any], findings: _Findings) -> dict[str, ClassLimits]:
    classes = {}
    for name, body in mapping.items():
        key = f"classes.{name}"
        entry = _table(body, key, findings)
        _check_keys(entry, {"pieces", "points"}, key, findings)
        if not entry.get("pieces") and not entry.get("points"):
            findings.add(key, "A class needs pieces or points.")
        pieces = _list(entry.get("pieces", []), f"{key}.pieces", findings)
        points = _list(entry.get("points", []), f"{key}.points", findings)
        classes[name] = ClassLimits(
            pieces=tuple(_piece(piece, f"{key}.pieces[{i}]", findings) for i, piece in enumerate(pieces)),
            points=MappingProxyType(_points(points, f"{key}.points", findings)),
        )
    if not classes:
        findings.add("classes", "A limit table needs at least one class.")
    return classes


def _points(rows: list[Any], key: str, findings: _Findings) -> dict[Decimal, Decimal]:
    points: dict[Decimal, Decimal] = {}
    for i, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != 2:
            findings.add(f"{key}[{i}]", 'A point is a pair: ["nominal value", "mpe"].')
            continue
        nominal, mpe = (_number(cell, f"{key}[{i}]", findings) for cell in row)
        if nominal in points:
            findings.add(f"{key}[{i}]", f"The nominal value {nominal} is listed twice.")
        if mpe < 0:
            findings.add(f"{key}[{i}]", "A maximum permissible error is not negative.")
        points[nominal] = mpe
    return points


def _piece(body: Any, key: str, findings: _Findings) -> Piece:
    entry = _table(body, key, findings)
    _check_keys(entry, _PIECE_KEYS, key, findings)
    lower, upper = _two_sides(entry, key, findings)
    optional = {
        name: None if entry.get(name) is None else _number(entry[name], f"{key}.{name}", findings)
        for name in ("computed_at", "floor", "times")
    }
    if (optional["floor"] or 0) < 0 or (optional["times"] is not None and optional["times"] <= 0):
        findings.add(key, "A floor is not negative, and times is above zero.")
    return Piece(
        span=_span(entry.get("span"), f"{key}.span", findings),
        lower=lower,
        upper=upper,
        times=optional["times"] or Decimal(1),
        computed_at=optional["computed_at"],
        floor=optional["floor"],
        floor_parameter=_optional_text(entry.get("floor_parameter"), f"{key}.floor_parameter", findings),
        when=_conditions(entry.get("when", []), f"{key}.when", findings),
    )


def _two_sides(entry: Mapping[str, Any], key: str, findings: _Findings) -> tuple[Side | None, Side | None]:
    if any(name.startswith("mpe") for name in entry):
        if any(name.startswith(("lower", "upper")) for name in entry):
            findings.add(key, "Give either mpe or lower and upper, not both.")
        side = _side(entry, "mpe", key, findings) or Side(Decimal(0), Decimal(0), Decimal(0))
        if min(side.constant, side.per_unit, side.percent) < 0:
            findings.add(key, "A maximum permissible error is not negative.")
        return Side(-side.constant, -side.per_unit, -side.percent), side
    for name in ("lower", "upper"):
        if not any(given.startswith(name) for given in entry):
            findings.add(
                key, f'The piece says nothing of its {name} limit: write "{_NO_LIMIT}" if there is none.'
            )
    lower, upper = _side(entry, "lower", key, findings), _side(entry, "upper", key, findings)
    if lower is None and upper is None:
        findings.add(key, "A piece needs at least one limit.")
    if lower and max(lower.constant, lower.per_unit, lower.percent) > 0:
        findings.add(key, "A lower limit of error is not above zero.")
    if upper and min(upper.constant, upper.per_unit, upper.percent) < 0:
        findings.add(key, "An upper limit of error is not below zero.")
    return lower, upper


def _side(entry: Mapping[str, Any], name: str, key: str, findings: _Findings) -> Side | None:
    if entry.get(name) == _NO_LIMIT:
        return None
    constant, per_unit, percent = (
        _number(entry.get(f"{name}{suffix}", 0), f"{key}.{name}{suffix}", findings)
        for suffix in ("", "_per_unit", "_percent")
    )
    return Side(constant=constant, per_unit=per_unit, percent=percent)


def _conditions(value: Any, key: str, findings: _Findings) -> tuple[Condition, ...]:
    found = []
    for text in _list(value, key, findings):
        name, _, span = _text(text, key, findings).partition(" ")
        found.append(Condition(parameter=name, span=_span(span, key, findings)))
    return tuple(found)


def _span(value: Any, key: str, findings: _Findings) -> Span:
    nowhere = Span(None, None, lower_open=True, upper_open=True)
    parts = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if parts is None:
        findings.add(key, f'A span is written "[0; 500]" or "(500; ∞)", not "{value}".')
        return nowhere
    return Span(
        lower=_end(parts["lower"], "-∞", key, findings),
        upper=_end(parts["upper"], "∞", key, findings),
        lower_open=parts["open"] == "(",
        upper_open=parts["close"] == ")",
    )


def _end(text: str, endless: str, key: str, findings: _Findings) -> End | None:
    if text == endless:
        return None
    parts = _END.fullmatch(text)
    if parts is None or not (parts["factor"] or parts["name"]):
        findings.add(key, f'"{text}" is no end of a span: write a number, a parameter, or "0.05 In".')
        return None
    return End(factor=Decimal(parts["factor"] or 1), parameter=parts["name"])


def _argument(entry: Mapping[str, Any], findings: _Findings) -> Argument:
    _check_keys(entry, {"name", "unit", "rounding_step", "rounding_mode", "scaled_by"}, "argument", findings)
    step = entry.get("rounding_step")
    mode = entry.get("rounding_mode", RoundingMode.UP)
    if mode not in list(RoundingMode):
        findings.add("argument.rounding_mode", f"Unknown rounding mode: use {', '.join(RoundingMode)}.")
        mode = RoundingMode.UP
    rounding_step = None if step is None else _number(step, "argument.rounding_step", findings)
    if rounding_step is not None and rounding_step <= 0:
        findings.add("argument.rounding_step", "A rounding step is above zero.")
    return Argument(
        name=_text(entry.get("name"), "argument.name", findings),
        unit=_text(entry.get("unit"), "argument.unit", findings),
        rounding_step=rounding_step,
        rounding_mode=RoundingMode(mode),
        scaled_by=_optional_text(entry.get("scaled_by"), "argument.scaled_by", findings),
    )


def _parameters(mapping: Mapping[str, Any], findings: _Findings) -> dict[str, Parameter]:
    parameters = {}
    for name, body in mapping.items():
        key = f"parameters.{name}"
        entry = _table(body, key, findings)
        _check_keys(entry, {"meaning", "default", "span", "required"}, key, findings)
        default, required = entry.get("default"), entry.get("required", True)
        if not isinstance(required, bool):
            findings.add(f"{key}.required", "required is true or false.")
        parameters[name] = Parameter(
            name=name,
            meaning=_text(entry.get("meaning"), f"{key}.meaning", findings),
            default=None if default is None else _number(default, f"{key}.default", findings),
            span=None if entry.get("span") is None else _span(entry["span"], f"{key}.span", findings),
            required=required is True,
        )
    return parameters


def _events(value: Any, findings: _Findings) -> dict[EventKind, EventFactor]:
    events = {}
    for i, body in enumerate(_list(value, "events", findings)):
        key = f"events[{i}]"
        entry = _table(body, key, findings)
        _check_keys(entry, {"kind", "factor", "basis"}, key, findings)
        if entry.get("kind") not in list(EventKind):
            findings.add(f"{key}.kind", f"Unknown event kind: use {', '.join(EventKind)}.")
            continue
        factor = _number(entry.get("factor"), f"{key}.factor", findings)
        if factor <= 0:
            findings.add(f"{key}.factor", "An event factor is above zero.")
        kind = EventKind(entry["kind"])
        events[kind] = EventFactor(kind, factor, _text(entry.get("basis"), f"{key}.basis", findings))
    if not events:
        findings.add("events", "A limit table names the events it holds for.")
    return events


def _check_names(table: LimitTable, findings: _Findings) -> None:
    """Every name a table uses must be declared, or limits would silently go missing."""
    known = set(table.parameters)
    pieces = [piece for limits in table.classes.values() for piece in limits.pieces]
    used = {name for piece in pieces for name in piece.span.names}
    used |= {condition.parameter for piece in pieces for condition in piece.when}
    used |= {name for piece in pieces for condition in piece.when for name in condition.span.names}
    used |= {piece.floor_parameter for piece in pieces if piece.floor_parameter}
    used |= {name for name in (table.times_parameter, table.argument.scaled_by) if name}
    used |= {table.percent_of} - {None, table.argument.name}  # type: ignore[arg-type]
    for name in sorted(used - known):
        findings.add(f"parameters.{name}", f"'{name}' is used but not declared as a parameter.")
    sides = [side for piece in pieces for side in (piece.lower, piece.upper) if side is not None]
    if table.percent_of is None and any(side.percent for side in sides):
        findings.add("percent_of", "A percentage must name its base: the argument or a parameter.")
    if table.argument.scaled_by and table.argument.rounding_step:
        findings.add("argument", "An argument counted in multiples is not rounded as well.")
    for name in sorted(known - used):
        findings.add(f"parameters.{name}", f"The parameter '{name}' is declared but never used.")
    if table.valid_from and table.valid_to and table.valid_from > table.valid_to:
        findings.add("valid_to", "A table cannot end before it begins.")


def _check_keys(
    entry: Mapping[str, Any], allowed: set[str] | frozenset[str], key: str, findings: _Findings
) -> None:
    for name in entry:
        if name not in allowed:
            findings.add(f"{key}.{name}".lstrip("."), f"Unknown key '{name}'.")


def _text(value: Any, key: str, findings: _Findings) -> str:
    if not isinstance(value, str) or not value.strip():
        findings.add(key, "A text is needed here.")
        return ""
    return value


def _optional_text(value: Any, key: str, findings: _Findings) -> str | None:
    return None if value is None else _text(value, key, findings)


def _number(value: Any, key: str, findings: _Findings) -> Decimal:
    if isinstance(value, float):
        findings.add(key, f'Write the number as a text ("{value}"), so that it stays exact.')
        return Decimal(0)
    try:
        number = Decimal(value) if isinstance(value, int | str) and not isinstance(value, bool) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        findings.add(key, "A number, written as a text, is needed here.")
        return Decimal(0)
    return number


def _date(value: Any, key: str, findings: _Findings) -> date | None:
    if value is None or (isinstance(value, date) and type(value) is date):
        return value
    findings.add(key, "A day is needed here, like 2026-11-20.")
    return None


def _table(value: Any, key: str, findings: _Findings) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    findings.add(key, "A table is needed here.")
    return {}


def _list(value: Any, key: str, findings: _Findings) -> list[Any]:
    if isinstance(value, list):
        return value
    findings.add(key, "A list is needed here.")
    return []

"""Finds the permitted interval of a row: in a table of maximum permissible errors, or stated in the
procedure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal

from quacan.metrology.expressions import Expression, ExpressionRefused, evaluate_decimal
from quacan.metrology.limits import Interval, LimitRefused, LimitTable, limit_at
from quacan.metrology.procedure.characteristics import Characteristics
from quacan.metrology.procedure.definition import (
    InlineLimit,
    Judgement,
    Limit,
    Problem,
    Procedure,
    TableLimit,
    Text,
)
from quacan.metrology.procedure.reasons import number_text
from quacan.metrology.procedure.results import LimitInterval
from quacan.metrology.rounding import round_to
from quacan.metrology.units import UnitRefused, convert, convert_difference, convertible, unit_named

_PRECISION = Context(prec=50)
_PRINTED_DIGITS = 12
MOST_KEPT = 4096
"""So many limits one sheet remembers at most."""


class LimitUnknown(LookupError):
    """No interval could be found; `sentence` says why."""

    def __init__(self, vi: str, en: str) -> None:
        self.sentence = Text(vi=vi, en=en)
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Intervals:
    """Where the limits of one sheet come from; equal questions are looked up once."""

    known: Characteristics
    event: str
    on: date
    limits: Mapping[str, LimitTable]
    found: dict[tuple[object, ...], LimitInterval | LimitUnknown] = field(default_factory=dict)

    def of(self, rule: Judgement, values: Mapping[str, Decimal]) -> LimitInterval:
        """This will give the permitted interval in the unit of the judged value, or raise `LimitUnknown`."""
        names = _names_used(rule.limit)
        key = (id(rule), *(values.get(name) for name in names))
        if key not in self.found:
            if len(self.found) >= MOST_KEPT:
                self.found.clear()
            try:
                self.found[key] = self._look_up(rule, values)
            except LimitUnknown as unknown:
                self.found[key] = unknown
        answer = self.found[key]
        if isinstance(answer, LimitUnknown):
            raise LimitUnknown(answer.sentence.vi, answer.sentence.en)
        return answer

    def _look_up(self, rule: Judgement, values: Mapping[str, Decimal]) -> LimitInterval:
        if isinstance(rule.limit, TableLimit):
            return _from_table(rule, rule.limit, values, self.known, self.event, self.on, self.limits)
        if isinstance(rule.limit, InlineLimit):
            return _inline(rule, rule.limit, values)
        raise LimitUnknown("chưa có trong cơ sở dữ liệu.", "it is not in the database yet.")


def _names_used(limit: Limit) -> tuple[str, ...]:
    if isinstance(limit, TableLimit):
        parts = [limit.at, *limit.parameters.values(), limit.percent_of]
    elif isinstance(limit, InlineLimit):
        parts = [limit.lower, limit.upper]
    else:
        return ()
    return tuple(name for part in parts if part is not None for name in part.names)


def table_problems(
    path: str,
    rule: Judgement,
    limit: TableLimit,
    procedure: Procedure,
    events: Sequence[str],
    known: Mapping[str, LimitTable],
) -> Iterator[Problem]:
    """This will say what keeps a table from answering: its absence, a class, an event, a parameter, a unit."""
    table = known.get(limit.table)
    if table is None:
        yield Problem(f"{path}.table", f"không có bảng «{limit.table}»", f"there is no table '{limit.table}'")
        return
    yield from _class_problems(path, limit, table, procedure)
    for event in events:
        if event not in {str(kind) for kind in table.events}:
            yield Problem(
                f"{path}.table",
                f"bảng «{limit.table}» không có chế độ {event}",
                f"table '{limit.table}' gives nothing for the event {event}",
            )
    needed = {name for name, each in table.parameters.items() if each.required and each.default is None}
    for name in sorted(needed - set(limit.parameters)):
        yield Problem(
            f"{path}.parameters", f"bảng cần tham số {name}", f"the table needs the parameter {name}"
        )
    for name in sorted(set(limit.parameters) - set(table.parameters)):
        yield Problem(
            f"{path}.parameters", f"bảng không có tham số {name}", f"the table has no parameter {name}"
        )
    yield from _unit_problems(path, rule, limit, table)


def _class_problems(
    path: str, limit: TableLimit, table: LimitTable, procedure: Procedure
) -> Iterator[Problem]:
    classes: tuple[str, ...] = (limit.class_is,)
    if limit.class_from:
        choices = {each.key: each.choices for each in procedure.characteristics}
        classes = choices.get(limit.class_from, ())
        if not classes:
            yield Problem(
                f"{path}.class_from",
                f"«{limit.class_from}» không phải đặc trưng có các lựa chọn",
                f"'{limit.class_from}' is not a characteristic with choices",
            )
    for klass in classes:
        if klass not in table.classes:
            words = ", ".join(table.classes)
            yield Problem(
                f"{path}.class",
                f"bảng không có cấp «{klass}»; có: {words}",
                f"the table has no class '{klass}'; it has: {words}",
            )


def _unit_problems(path: str, rule: Judgement, limit: TableLimit, table: LimitTable) -> Iterator[Problem]:
    pairs = [("at_unit", limit.at_unit, table.argument.unit)] if limit.at_unit else []
    if limit.percent_of is not None:
        pairs.append(("percent_of", rule.unit, "%"))
    elif _table_unit(table):
        pairs.append(("unit", rule.unit, table.unit))
    for part, ours, theirs in pairs:
        if ours != theirs and not _fits(ours, theirs):
            yield Problem(
                f"{path}.{part}",
                f"đơn vị {ours} không đổi được sang {theirs} của bảng",
                f"the unit {ours} cannot be converted into the table's {theirs}",
            )


def _fits(ours: str, theirs: str) -> bool:
    try:
        return convertible(ours, theirs)
    except UnitRefused:
        return False


def _table_unit(table: LimitTable) -> str:
    """The unit of a table's limits; empty when they come in the unit of the question (multiples of e, a span)."""
    try:
        return "" if table.argument.scaled_by else unit_named(table.unit).symbol
    except UnitRefused:
        return ""


def _from_table(
    rule: Judgement,
    limit: TableLimit,
    values: Mapping[str, Decimal],
    known: Characteristics,
    event: str,
    on: date,
    limits: Mapping[str, LimitTable],
) -> LimitInterval:
    table = limits.get(limit.table)
    if table is None:
        raise LimitUnknown(
            f"bảng «{limit.table}» chưa có trong cơ sở dữ liệu.",
            f"table '{limit.table}' is not in the database.",
        )
    klass = limit.class_is or known.choices.get(limit.class_from, "")
    if not klass:
        raise LimitUnknown("chưa biết cấp chính xác.", "the accuracy class is not known.")
    at = _value(limit.at, values)
    if limit.at_unit:
        at = convert(at, source=limit.at_unit, target=table.argument.unit)
    parameters = {name: _value(each, values) for name, each in limit.parameters.items()}
    try:
        found = limit_at(table, klass=klass, at=at, event=event, on=on, parameters=parameters)
    except LimitRefused as refused:
        raise LimitUnknown(
            f"bảng «{table.title_vi}» không cho giới hạn ở điểm, cấp, chế độ hoặc ngày này.", str(refused)
        ) from refused
    if limit.percent_of is None:
        found = _converted(found, _table_unit(table) or rule.unit, rule.unit)
    else:
        found = _as_percentage(found, _value(limit.percent_of, values))
    return _interval(found, rule.unit, f"{table.source}, {table.clause}", _weaker(table, limit))


def _as_percentage(found: Interval, base: Decimal) -> Interval:
    if base <= 0:
        raise LimitUnknown(
            "giá trị gốc của phần trăm phải lớn hơn 0.", "a percentage needs a base above zero."
        )
    ends = [
        None if end is None else _PRECISION.divide(_PRECISION.multiply(end, Decimal(100)), base)
        for end in (found.lower, found.upper)
    ]
    return Interval(lower=ends[0], upper=ends[1], lower_open=found.lower_open, upper_open=found.upper_open)


def _weaker(table: LimitTable, limit: TableLimit) -> str:
    """The confidence of a limit is that of the table or of its use here, whichever is weaker."""
    order = ("low", "medium", "house", "high")
    stated = [each for each in (table.confidence, limit.source.confidence) if each in order]
    return min(stated, key=order.index) if stated else limit.source.confidence


def _converted(found: Interval, source: str, target: str) -> Interval:
    if source == target:
        return found
    ends = [
        None if end is None else convert_difference(end, source=source, target=target)
        for end in (found.lower, found.upper)
    ]
    return Interval(lower=ends[0], upper=ends[1], lower_open=found.lower_open, upper_open=found.upper_open)


def _inline(rule: Judgement, limit: InlineLimit, values: Mapping[str, Decimal]) -> LimitInterval:
    lower = None if limit.lower is None else _value(limit.lower, values)
    upper = None if limit.upper is None else _value(limit.upper, values)
    if lower is not None and upper is not None and lower > upper:
        raise LimitUnknown("giới hạn dưới lớn hơn giới hạn trên.", "the lower limit is above the upper one.")
    found = Interval(lower=lower, upper=upper)
    return _interval(found, rule.unit, limit.source.reference, limit.source.confidence)


def _interval(found: Interval, unit: str, reference: str, confidence: str) -> LimitInterval:
    if found.is_unbounded:
        raise LimitUnknown(
            "bảng để trống giới hạn ở điểm này.", "the table leaves this point without a limit."
        )
    shown = _shown(found)
    tail = "" if unit in ("", "1") else f" {unit}"
    return LimitInterval(
        lower=found.lower,
        upper=found.upper,
        unit=unit,
        text=Text(vi=f"{shown.text_vi}{tail}", en=_text_en(shown, unit)),
        reference=reference,
        confidence=confidence,
    )


def _shown(found: Interval) -> Interval:
    """The interval as it is printed: a limit with endless decimals is cut towards zero, never widened."""
    ends = [None if end is None else _cut(end) for end in (found.lower, found.upper)]
    return Interval(lower=ends[0], upper=ends[1], lower_open=found.lower_open, upper_open=found.upper_open)


def _cut(end: Decimal) -> Decimal:
    plain = end.normalize()
    if len(plain.as_tuple().digits) <= _PRINTED_DIGITS:
        return plain
    return round_to(end, end.adjusted() - _PRINTED_DIGITS + 1, "down")


def _text_en(found: Interval, unit: str) -> str:
    lower = None if found.lower is None else number_text(found.lower, unit).en
    upper = None if found.upper is None else number_text(found.upper, unit).en
    if lower is None:
        return f"≤ {upper}"
    if upper is None:
        return f"≥ {lower}"
    return f"± {upper}" if found.lower == -(found.upper or 0) else f"{lower} to {upper}"


def _value(expression: Expression, values: Mapping[str, Decimal]) -> Decimal:
    missing = sorted(expression.names - set(values))
    if missing:
        words = ", ".join(missing)
        raise LimitUnknown(f"chưa có {words}.", f"{words} is not known yet.")
    try:
        return evaluate_decimal(expression, values)
    except ExpressionRefused as refused:
        raise LimitUnknown("không tính được giới hạn từ các số này.", refused.sentence) from refused

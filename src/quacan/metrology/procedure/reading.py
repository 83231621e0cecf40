"""Turns the parsed text of a definition into the shapes of a procedure, recording every problem of form."""

from __future__ import annotations

from datetime import date
from typing import Final

from quacan.metrology.expressions import Expression
from quacan.metrology.procedure.definition import (
    DECISION_RULES,
    EVENTS,
    ORDERS,
    RATIOS_OF,
    SERVICES,
    STATISTICS,
    STEP_KINDS,
    VALIDITY_RULES,
    Characteristic,
    Column,
    ConditionRule,
    Draw,
    EmptyLimit,
    InlineLimit,
    Item,
    Judgement,
    Limit,
    NamedFormula,
    Point,
    Procedure,
    StandardNeed,
    Statistic,
    Step,
    TableLimit,
    Text,
    UncertaintyInput,
    UncertaintyModel,
)
from quacan.metrology.procedure.mapping import Table

DRAW_TAKES: Final = (*STATISTICS, "same_point", "point")
ORIGINS: Final = ("reading", "series", "repeatability", "standard", "resolution", "half_width")
SHAPES: Final = ("rectangular", "triangular", "arcsine")
DISTRIBUTIONS: Final = ("exact", "normal", "student", *SHAPES)
_DISTRIBUTION_OF: Final = {
    "reading": ("exact",),
    "series": ("student",),
    "repeatability": ("student",),
    "standard": ("normal",),
    "resolution": SHAPES,
    "half_width": SHAPES,
}
MAX_REPEATS: Final = 100


def procedure_from(table: Table) -> Procedure:
    """This will read a whole definition; what is wrong is found in `table.problems` afterwards."""
    events = table.words("events", among=EVENTS)
    procedure = Procedure(
        code=table.text("code"),
        version=table.text("version"),
        title=table.label("title"),
        discipline=table.text("discipline"),
        service=table.text("service", among=SERVICES),
        method=table.text("method"),
        source=table.source(),
        in_force_from=table.day("in_force_from") or date.min,
        in_force_to=table.day("in_force_to", required=False),
        applies_to=table.words("applies_to", required=False),
        events=events,
        characteristics=tuple(_characteristic(each) for each in table.tables("characteristics")),
        conditions=tuple(_condition(each) for each in table.tables("conditions", required=False)),
        standards=tuple(_standard(each) for each in table.tables("standards", required=False)),
        steps=tuple(_step(each, events) for each in table.tables("steps")),
        decision_rule=table.text("decision_rule", among=DECISION_RULES),
        validity_rule=table.text("validity_rule", among=VALIDITY_RULES),
        printed=table.words("printed"),
        uncertainty=tuple(_model(each) for each in table.tables("uncertainty", required=False)),
        notes=tuple(_note(each) for each in table.tables("notes", required=False)),
        units=table.unit_list("units"),
        unit_from=table.text("unit_from", required=table.has("units")),
    )
    table.finish()
    return procedure


def _note(table: Table) -> Text:
    text = Text(vi=table.text("vi"), en=table.text("en"))
    table.finish()
    return text


def _characteristic(table: Table) -> Characteristic:
    choices = table.words("choices", required=False)
    found = Characteristic(
        key=table.name(),
        label=table.label("label"),
        unit=table.unit(required=not choices),
        choices=choices,
    )
    table.finish()
    return found


def _condition(table: Table) -> ConditionRule:
    lower, upper = table.decimal("lower"), table.decimal("upper")
    if lower is not None and upper is not None and lower > upper:
        table.refuse("upper", "giới hạn trên nhỏ hơn giới hạn dưới", "the upper limit is below the lower one")
    found = ConditionRule(
        key=table.name(),
        label=table.label("label"),
        unit=table.unit(),
        lower=lower,
        upper=upper,
        source=table.source(),
    )
    table.finish()
    return found


def _standard(table: Table) -> StandardNeed:
    found = StandardNeed(
        key=table.key(),
        label=table.label("label"),
        quantity=table.text("quantity"),
        unit=table.unit(),
        steps=table.words("steps"),
        range_from=table.expression_or_none("range_from"),
        range_to=table.expression_or_none("range_to"),
        ratio=table.decimal("ratio"),
        classes=table.words("classes", required=False),
        ratio_of=table.text("ratio_of", among=RATIOS_OF, required=False, default=RATIOS_OF[0]),
        source=table.source(),
    )
    table.finish()
    return found


def _step(table: Table, events: tuple[str, ...]) -> Step:
    kind = table.text("kind", among=STEP_KINDS)
    series = kind == "series"
    found = Step(
        key=table.key(),
        kind=kind,
        title=table.label("title"),
        events=table.words("events", among=events) if table.has("events") else events,
        unit=table.unit(required=False),
        items=tuple(_item(each) for each in table.tables("items", required=kind == "checklist")),
        points=_points(table),
        points_of=table.text("points_of", required=False),
        repeats=table.integer("repeats", least=2, most=MAX_REPEATS, default=1) if series else 1,
        columns=tuple(_column(each) for each in table.tables("columns", required=False)),
        draws=tuple(_draw(each) for each in table.tables("draws", required=False)),
        formulas=tuple(_formula(each) for each in table.tables("formulas", required=False)),
        statistics=tuple(_statistic(each) for each in table.tables("statistics", required=False)),
        summaries=tuple(_formula(each) for each in table.tables("summaries", required=False)),
        judge=_judgement(table, "judge"),
        judge_summary=_judgement(table, "judge_summary"),
        order=table.text("order", among=ORDERS, required=False),
        multiple_of=table.expression_or_none("multiple_of"),
        without_standard=table.flag("without_standard"),
        remark=table.label_or_none("remark"),
    )
    if series and "repeats" not in table.mapping:
        table.refuse("repeats", "thiếu số lần lặp lại", "the number of repeats is missing")
    table.finish()
    return found


def _item(table: Table) -> Item:
    found = Item(key=table.key(), label=table.label("label"), may_not_apply=table.flag("may_not_apply"))
    table.finish()
    return found


def _points(table: Table) -> tuple[Point, ...]:
    found = []
    for position, each in enumerate(table.tables("points", required=False), start=1):
        point = Point(
            key=each.key() if each.has("key") else str(position),
            label=each.label_or_none("label"),
            at=each.expression_or_none("at"),
            events=each.words("events", among=EVENTS, required=False),
            skip_above=each.expression_or_none("skip_above"),
            skip_if=each.expression_or_none("skip_if"),
        )
        if point.at is None and point.label is None:
            each.refuse("at", "điểm đo cần giá trị hoặc nhãn", "a point needs a value or a label")
        each.finish()
        found.append(point)
    return tuple(found)


def _column(table: Table) -> Column:
    optional = table.flag("optional")
    found = Column(
        key=table.name(),
        label=table.label("label"),
        unit=table.unit(),
        decimals=table.places(),
        required=not optional,
        resolution=table.expression_or_none("resolution"),
    )
    table.finish()
    return found


def _formula(table: Table) -> NamedFormula:
    found = NamedFormula(
        key=table.name(),
        label=table.label("label"),
        unit=table.unit(),
        decimals=table.places(),
        formula=table.expression("expression"),
    )
    table.finish()
    return found


def _statistic(table: Table) -> Statistic:
    found = Statistic(
        key=table.name(),
        label=table.label("label"),
        unit=table.unit(),
        decimals=table.places(),
        of=table.text("of"),
        take=table.text("take", among=STATISTICS),
    )
    table.finish()
    return found


def _draw(table: Table) -> Draw:
    take = table.text("take", among=DRAW_TAKES)
    found = Draw(
        key=table.name(),
        label=table.label("label"),
        unit=table.unit(),
        decimals=table.places(),
        step=table.text("step"),
        value=table.text("value"),
        take=take,
        point=table.text("point", required=take == "point"),
    )
    table.finish()
    return found


def _judgement(step: Table, key: str) -> Judgement | None:
    table = step.table(key, required=False)
    if table is None:
        return None
    guard = table.text("guard", required=False)
    found = Judgement(
        value=table.text("value"),
        unit=table.unit(),
        limit=_limit(table),
        guard=guard,
        guard_ratio=table.decimal("guard_ratio", required=bool(guard)),
    )
    if guard and found.guard_ratio is not None and found.guard_ratio <= 0:
        table.refuse("guard_ratio", "phải lớn hơn 0", "must be above zero")
    table.finish()
    return found


def _limit(judge: Table) -> Limit:
    table = judge.table("limit")
    if table is None:
        return EmptyLimit(Text("", ""))
    forms = [form for form in ("table", "inline", "empty") if form in table.mapping]
    if len(forms) != 1:
        table.refuse(
            "table",
            "giới hạn phải có đúng một trong ba dạng: table, inline, empty",
            "a limit takes exactly one of three forms: table, inline, empty",
        )
        table.asked.update(table.mapping)
        return EmptyLimit(Text("", ""))
    limit = {"table": _table_limit, "inline": _inline_limit, "empty": _empty_limit}[forms[0]](table)
    table.finish()
    return limit


def _table_limit(table: Table) -> TableLimit:
    found = TableLimit(
        table=table.text("table"),
        class_from=table.text("class_from", required=False),
        class_is=table.text("class", required=False),
        at=table.expression("at"),
        at_unit=table.unit("at_unit", required=False),
        parameters=_parameters(table),
        percent_of=table.expression_or_none("percent_of"),
        source=table.source(),
    )
    if bool(found.class_from) == bool(found.class_is):
        table.refuse("class", "cần đúng một trong class, class_from", "give exactly one of class, class_from")
    return found


def _parameters(table: Table) -> dict[str, Expression]:
    inner = table.table("parameters", required=False)
    return {} if inner is None else {name: inner.expression(name) for name in inner.mapping}


def _inline_limit(table: Table) -> InlineLimit | EmptyLimit:
    inner = table.table("inline")
    if inner is None:
        return EmptyLimit(Text("", ""))
    limit = InlineLimit(
        lower=inner.expression_or_none("lower"),
        upper=inner.expression_or_none("upper"),
        source=inner.source(),
    )
    if limit.lower is None and limit.upper is None:
        inner.refuse("upper", "giới hạn cần ít nhất một phía", "a limit needs at least one side")
    inner.finish()
    return limit


def _empty_limit(table: Table) -> EmptyLimit:
    return EmptyLimit(table.label("empty"))


def _model(table: Table) -> UncertaintyModel:
    found = UncertaintyModel(
        measurand=table.label("measurand"),
        unit=table.unit(),
        step=table.text("step"),
        expression=table.expression("expression"),
        inputs=tuple(_model_input(each) for each in table.tables("inputs")),
        source=table.source(),
    )
    table.finish()
    return found


def _model_input(table: Table) -> UncertaintyInput:
    origin = table.text("origin", among=ORIGINS)
    limited = origin in ("resolution", "half_width")
    found = UncertaintyInput(
        key=table.name(),
        label=table.label("label"),
        unit=table.unit(),
        origin=origin,
        of=table.text("of", required=not limited),
        distribution=table.text("distribution", among=_DISTRIBUTION_OF.get(origin, DISTRIBUTIONS)),
        value=table.expression_or_none("value"),
        half_width=table.expression_or_none("half_width"),
        from_step=table.text("from_step", required=False),
        absent_at_zero=table.flag("absent_at_zero"),
    )
    if found.absent_at_zero and origin != "standard":
        table.refuse("absent_at_zero", "chỉ dùng với chuẩn", "only a standard may be absent at zero")
    if limited and found.half_width is None:
        table.refuse("half_width", "thiếu nửa độ rộng", "the half-width is missing")
    if not limited and found.half_width is not None:
        table.refuse("half_width", "nguồn này không có nửa độ rộng", "this origin has no half-width")
    table.finish()
    return found

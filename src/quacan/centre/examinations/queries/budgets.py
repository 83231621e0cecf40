"""The uncertainty budgets of a worksheet: frozen with it once submitted, live while it is a draft."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from quacan.centre.base.chain import canonical
from quacan.centre.base.charts.axes import Scale
from quacan.centre.base.definitions import pair_of
from quacan.centre.base.language.numbers import format_number
from quacan.centre.base.language.texts import is_english
from quacan.centre.examinations.models import Examination
from quacan.centre.examinations.queries.content import evaluation
from quacan.centre.examinations.queries.stated_uncertainty import budget_shape, supporters_of
from quacan.centre.examinations.queries.words import MINUS, number
from quacan.centre.examinations.rules.budgets import (
    Point,
    Shape,
    Support,
    budget_at,
    comparable,
    points_budgeted,
    supports_from,
)
from quacan.centre.instruments.library import frozen
from quacan.centre.standards.models import StandardCertificate
from quacan.centre.standards.queries import row_at
from quacan.metrology.procedure import Procedure, SheetResult, StandardPlace, standard_places
from quacan.metrology.rounding import round_to

MOST_LIVE: Final = 12
"""So many points are worked out again while somebody types; more only when asked."""

SPAN_LEFT: Final = Decimal(8)
SPAN_RIGHT: Final = Decimal(292)


@dataclass(frozen=True, slots=True)
class Component:
    """One input of a budget as it is shown; `bar` is the length of its share in a drawing 100 wide."""

    key: str
    label: str
    origin: str
    distribution: str
    estimate: str
    u: str
    nu: str
    sensitivity: str
    contribution: str
    share: str
    unit: str
    bar: str


@dataclass(frozen=True, slots=True)
class Span:
    """An interval drawn on one axis, 300 wide: its ends and its middle."""

    key: str
    low: str
    middle: str
    high: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """What Monte Carlo found beside the GUM; `validated` is None where the two cannot be compared."""

    y: str
    u: str
    low: str
    high: str
    trials: str
    seed: int
    generator: str
    engine: str
    validated: bool | None
    tolerance: str


@dataclass(frozen=True, slots=True)
class BudgetView:
    """A budget at one point. Exact figures are Decimals (None where it is refused); `texts` are as printed.

    `U_stated` is the larger of U and the CMC, rounded; `y_stated` the value rounded to its last place.
    """

    model: int
    point: str
    row: str
    label: str
    measurand: str
    unit: str
    y: Decimal | None
    u: Decimal | None
    nu: Decimal | None
    k: Decimal | None
    U: Decimal | None
    U_cmc: Decimal | None
    U_stated: Decimal | None
    y_stated: Decimal | None
    texts: Mapping[str, str]
    interval: tuple[str, str]
    components: tuple[Component, ...]
    drawn: Drawn | None
    spans: tuple[Span, ...]
    refused: str
    verdict: str

    @property
    def is_cmc(self) -> bool:
        """This will be true where the CMC is stated because the budget's own U is smaller."""
        return self.U_cmc is not None and self.U is not None and self.U_cmc > self.U


@dataclass(frozen=True, slots=True)
class BudgetsPage:
    """Every budget of a worksheet, and the one that is open.

    `afterwards` marks budgets worked out for a worksheet that was sent without any: they are no part of its record.
    """

    rows: tuple[BudgetView, ...]
    opened: BudgetView | None
    frozen: bool
    with_draws: bool
    stale: bool
    has_models: bool
    afterwards: bool = False


def budget_shapes(
    sheet: Examination, result: SheetResult, *, drawn: bool, only: tuple[int, str] | None = None
) -> list[Shape]:
    """This will work out the budgets of a worksheet from an evaluated result, as plain JSON.

    Draws are seeded from number, model, point and inputs, so that they come out again to the digit.
    """
    procedure, _limits = frozen(sheet.procedure_text, sheet.limits_text)
    supporters = supporters_of(sheet)
    return [
        budget_shape(
            supporters,
            procedure,
            result=result,
            point=point,
            seeded_by=seed_name(sheet, point) if drawn else "",
        )
        for point in points_budgeted(procedure, result)
        if only is None or only == (point.model, point.row.point)
    ]


def seed_name(sheet: Examination, point: Point) -> str:
    """This will name what the draws of a budget are seeded by, beside its inputs."""
    return f"{sheet.number} {point.model} {point.row.point}"


def frozen_text(shapes: list[Shape]) -> str:
    """This will write budgets as they are kept with the worksheet."""
    return canonical(shapes)


def budgets_of(sheet: Examination, *, drawn: bool = False) -> tuple[BudgetView, ...]:
    """This will give the budgets of a worksheet: frozen once submitted, else live (Monte Carlo if *drawn*)."""
    if sheet.content_sha256:
        return _views(json.loads(sheet.budgets), _verdicts_frozen(sheet))
    result = evaluation(sheet)
    return _views(budget_shapes(sheet, result, drawn=drawn), _verdicts(result))


def budgets_page(
    sheet: Examination,
    *,
    drawn: bool = False,
    asked: tuple[int, str] | None = None,
    typing: bool = False,
    result: SheetResult | None = None,
    shapes: Sequence[Shape] = (),
) -> BudgetsPage:
    """This will give the panel of budgets. While *typing*, a sheet of many points is not worked out again.

    *result* and *shapes* are what was worked out already.
    """
    procedure, _limits = frozen(sheet.procedure_text, sheet.limits_text)
    has_models = bool(procedure.uncertainty)
    is_frozen = bool(sheet.content_sha256)
    if is_frozen and sheet.budgets != "[]":
        return _frozen_page(sheet, procedure, drawn=drawn, asked=asked)
    if not has_models:
        return BudgetsPage((), None, False, False, False, False)
    result = result or evaluation(sheet)
    if typing and not shapes and len(points_budgeted(procedure, result)) > MOST_LIVE:
        return BudgetsPage((), None, False, False, True, has_models)
    verdicts = _verdicts(result)
    rows = _views(list(shapes) or budget_shapes(sheet, result, drawn=False), verdicts)
    opened = _opened(rows, asked)
    if drawn and opened is not None:
        place = (opened.model, opened.point)
        opened = _views(budget_shapes(sheet, result, drawn=True, only=place), verdicts)[0]
    return BudgetsPage(rows, opened, False, drawn, False, has_models, afterwards=is_frozen and bool(rows))


def _frozen_page(
    sheet: Examination, procedure: Procedure, *, drawn: bool, asked: tuple[int, str] | None
) -> BudgetsPage:
    """Frozen budgets; where Monte Carlo was not kept with them it is drawn again from what was frozen."""
    shapes: list[Shape] = json.loads(sheet.budgets)
    verdicts = _verdicts_frozen(sheet)
    rows = _views(shapes, verdicts)
    opened = _opened(rows, asked)
    if drawn and opened is not None and opened.drawn is None and not opened.refused:
        shape = next(one for one in shapes if one["model"] == opened.model and one["point"] == opened.point)
        result = evaluation(sheet)
        place = next(one for one in points_budgeted(procedure, result) if one.row.key == opened.row)
        opened = _views([_again(sheet, procedure, result, place, shape, drawn=True)], verdicts)[0]
    return BudgetsPage(rows, opened, True, drawn, False, True)


def _opened(rows: tuple[BudgetView, ...], asked: tuple[int, str] | None) -> BudgetView | None:
    """The one asked for, else the first that could be made, else the first."""
    named = [row for row in rows if (row.model, row.point) == asked]
    made = [row for row in rows if not row.refused]
    return next(iter([*named, *made, *rows]), None)


def budget_differences(sheet: Examination, result: SheetResult) -> list[str]:
    """This will recompute the frozen budgets of a worksheet and name every one that does not come out again.

    The standards are taken as they were known at submission; that each certificate still states the same U is
    proved beside it.
    """
    stored: list[Shape] = json.loads(sheet.budgets)
    if not stored:
        return []
    procedure, _limits = frozen(sheet.procedure_text, sheet.limits_text)
    points = {(one.model, one.row.point): one for one in points_budgeted(procedure, result)}
    found = []
    for shape in stored:
        point = points.get((shape["model"], shape["point"]))
        if point is None or not _comes_out(sheet, procedure, result, point, shape):
            label = str(pair_of(shape["label"]))
            found.append(_("ngân sách độ không đảm bảo tại “{point}” tính lại khác").format(point=label))
    return [*found, *_certificate_differences(sheet, procedure, result, stored)]


def _comes_out(
    sheet: Examination, procedure: Procedure, result: SheetResult, point: Point, shape: Shape
) -> bool:
    if shape["refused"] is not None:
        return True
    again = _again(sheet, procedure, result, point, shape, drawn=shape["monte_carlo"] is not None)
    return comparable(json.loads(canonical(again))) == comparable(shape)


def _again(
    sheet: Examination, procedure: Procedure, result: SheetResult, point: Point, shape: Shape, *, drawn: bool
) -> Shape:
    return budget_at(
        procedure,
        result=result,
        point=point,
        supports=supports_from(shape),
        cmc=None if shape["U_cmc"] is None else Decimal(shape["U_cmc"]),
        seeded_by=seed_name(sheet, point) if drawn else "",
    )


def _certificate_differences(
    sheet: Examination, procedure: Procedure, result: SheetResult, stored: list[Shape]
) -> Iterator[str]:
    """A certificate never changes: it still serves its need and states the U and k that were frozen.

    The drift is left out: an older certificate entered late may show another one than was known then.
    """
    uses = {use.need: use.certificate_id for use in sheet.standard_uses.all()}
    known = StandardCertificate.objects.select_related("standard").in_bulk(list(set(uses.values())))
    points = {(one.model, one.row.point): one for one in points_budgeted(procedure, result)}
    wrong: dict[str, None] = {}
    for shape in stored:
        point, then = points.get((shape["model"], shape["point"])), supports_from(shape)
        if point is None or not then:
            continue
        for place in standard_places(procedure, model=point.model, result=result, row=point.row):
            one = then.get(place.need)
            if one is not None and not _still_states(known.get(uses.get(place.need, 0)), place, one):
                wrong[one.number] = None
    for name in wrong:
        yield _("giấy chứng nhận {number} của chuẩn nay nêu U khác khi gửi soát xét").format(number=name)


def _still_states(certificate: StandardCertificate | None, place: StandardPlace, then: Support) -> bool:
    if certificate is None or certificate.pk != then.certificate:
        return False
    row = row_at(certificate, at=place.at, unit=then.stated.unit)
    return row is not None and (row.U, row.k) == (then.stated.U, then.stated.k)


def _verdicts(result: SheetResult) -> dict[str, str]:
    return {row.key: str(row.verdict or "") for step in result.steps for row in step.rows}


def _verdicts_frozen(sheet: Examination) -> dict[str, str]:
    result = json.loads(sheet.result)
    return {row["key"]: row["verdict"] or "" for step in result.get("steps", ()) for row in step["rows"]}


def _views(shapes: list[Shape], verdicts: Mapping[str, str]) -> tuple[BudgetView, ...]:
    return tuple(_view(shape, verdicts.get(shape["row"], "")) for shape in shapes)


def _view(shape: Shape, verdict: str) -> BudgetView:
    side = "en" if is_english() else "vi"
    exact = {
        name: None if shape[name] is None else Decimal(shape[name])
        for name in ("y", "u", "nu", "k", "U", "U_cmc", "U_stated", "y_stated")
    }
    return BudgetView(
        model=shape["model"],
        point=shape["point"],
        row=shape["row"],
        label=shape["label"][side],
        measurand=shape["measurand"][side],
        unit="" if shape["unit"] == "1" else shape["unit"],
        **exact,
        texts=_texts(exact),
        interval=_interval(exact),
        components=tuple(_component(row, side) for row in shape["components"]),
        drawn=_drawn(shape["monte_carlo"], exact["u"]),
        spans=_spans(exact, shape["monte_carlo"]),
        refused=shape["refused"][side] if shape["refused"] else "",
        verdict=verdict,
    )


def _texts(exact: Mapping[str, Decimal | None]) -> dict[str, str]:
    u, k = exact["u"], exact["k"]
    return {
        "y": _beside(exact["y"], u),
        "u": _figure(u),
        "nu": "∞" if exact["nu"] is None else _plain(exact["nu"].to_integral_value(rounding="ROUND_FLOOR")),
        "k": "" if k is None else number(k, 2),
        "U": _figure(exact["U"]),
        "U_cmc": _plain(exact["U_cmc"]),
        "U_stated": _plain(exact["U_stated"]),
        "y_stated": _plain(exact["y_stated"]),
    }


def _interval(exact: Mapping[str, Decimal | None]) -> tuple[str, str]:
    y, U = exact["y"], exact["U"]
    if y is None or U is None:
        return ("", "")
    return (_beside(y - U, exact["u"]), _beside(y + U, exact["u"]))


def _spans(exact: Mapping[str, Decimal | None], drawn: Mapping[str, Any] | None) -> tuple[Span, ...]:
    """Both intervals on the axis they share."""
    y, U = exact["y"], exact["U"]
    if drawn is None or y is None or U is None:
        return ()
    low, high = Decimal(drawn["low"]), Decimal(drawn["high"])
    first, last = min(low, y - U), max(high, y + U)
    if first == last:
        return ()

    x = Scale(first, last, SPAN_LEFT, SPAN_RIGHT).place
    middle = Decimal(drawn["y"]) if drawn["y"] else (low + high) / 2
    return (Span("gum", x(y - U), x(y), x(y + U)), Span("drawn", x(low), x(middle), x(high)))


def _component(row: Mapping[str, Any], side: str) -> Component:
    share = Decimal(row["share"])
    estimate, u = Decimal(row["estimate"]), Decimal(row["u"])
    return Component(
        key=row["key"],
        label=row["label"][side],
        origin=origin_words().get(row["origin"], row["origin"]),
        distribution=distribution_words().get(row["distribution"], row["distribution"]),
        estimate=_beside(estimate, u) if estimate else "0",
        u=_figure(u),
        nu="∞" if row["nu"] is None else number(Decimal(row["nu"]), 0),
        sensitivity=_figure(Decimal(row["sensitivity"]), 4),
        contribution=_figure(Decimal(row["contribution"])),
        share=number(share * 100, 1),
        unit="" if row["unit"] == "1" else row["unit"],
        bar=f"{share * 100:.1f}",
    )


def _drawn(row: Mapping[str, Any] | None, u: Decimal | None) -> Drawn | None:
    if row is None:
        return None
    return Drawn(
        y=_beside(Decimal(row["y"]), u) if row["y"] else "",
        u=_figure(Decimal(row["u"])) if row["u"] else "",
        low=_beside(Decimal(row["low"]), u),
        high=_beside(Decimal(row["high"]), u),
        trials=number(Decimal(row["trials"]), 0),
        seed=row["seed"],
        generator=row["generator"],
        engine=row["engine"],
        validated=row["validated"],
        tolerance=_figure(Decimal(row["tolerance"]), 1),
    )


def origin_words() -> dict[str, str]:
    """This will name where an input comes from."""
    return {
        "reading": _("số đọc"),
        "series": _("dãy lặp (loại A)"),
        "repeatability": _("độ lặp lại (loại A)"),
        "standard": _("giấy chứng nhận của chuẩn"),
        "resolution": _("độ phân giải"),
        "half_width": _("nửa độ rộng"),
    }


def distribution_words() -> dict[str, str]:
    """This will name the distributions a budget uses."""
    return {
        "normal": _("chuẩn (Gauss)"),
        "student": _("Student"),
        "rectangular": _("chữ nhật"),
        "triangular": _("tam giác"),
        "arcsine": _("chữ U"),
        "exact": _("chính xác"),
    }


def _figure(value: Decimal | None, digits: int = 3) -> str:
    """An uncertainty as it is shown beside others: so many significant digits, nothing more."""
    if value is None:
        return ""
    if not value:
        return "0"
    return _plain(round_to(value, value.adjusted() - digits + 1).normalize())


def _beside(value: Decimal | None, u: Decimal | None) -> str:
    """A value to the third digit of its standard uncertainty; one known exactly as it is."""
    if value is None:
        return ""
    if not u:
        return _plain(value.normalize())
    return _plain(round_to(value, min(0, u.adjusted() - 2)))


def _plain(value: Decimal | None) -> str:
    if value is None:
        return ""
    shown = value.quantize(Decimal(1)) if int(value.as_tuple().exponent) > 0 else value
    text = format_number(shown, None, "technical", "en" if is_english() else "vi")
    return MINUS + text[1:] if text.startswith("-") else text

"""The uncertainty budget of one point: GUM and Monte Carlo side by side, U against the CMC, what is stated.

Pure: the procedure's model, the evaluated sheet, what the standards state. The answer is plain JSON with every
figure as text, so that it can be frozen with the worksheet and comes out again to the digit.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from quacan.centre.base.chain import canonical, digest
from quacan.metrology.engine_version import ENGINE_VERSION
from quacan.metrology.inputs import InputRefused
from quacan.metrology.model import ModelRefused
from quacan.metrology.procedure import (
    BudgetRefused,
    Procedure,
    RowResult,
    SheetResult,
    StandardUncertainty,
    Text,
    budget_rows,
    model_inputs,
)
from quacan.metrology.procedure.budgeting import ModelInputs
from quacan.metrology.procedure.definition import UncertaintyModel
from quacan.metrology.propagation import Coverage, propagate
from quacan.metrology.propagation.results import BudgetRow, OutputEstimate, PropagationRefused
from quacan.metrology.rounding import plain_text, report
from quacan.metrology.units import UnitRefused, convert_difference, unit_named

CONVENTIONAL: Final = Coverage(0.9545)
"""The coverage of a calibration: k = 2 where ν is infinite, the t quantile where it is not (EA-4/02 M:2022, E)."""

Shape = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Support:
    """What a standard states at the point, and by which certificate."""

    certificate: int
    number: str
    stated: StandardUncertainty


@dataclass(frozen=True, slots=True)
class Point:
    """Where a declared model is evaluated: which model, and the row of the sheet that carries its value."""

    model: int
    row: RowResult


def points_budgeted(procedure: Procedure, result: SheetResult) -> list[Point]:
    """This will list every point at which a declared uncertainty model can be evaluated, in the sheet's order."""
    fitted = procedure.in_unit(result.unit)
    return [
        Point(model, row)
        for model in range(len(fitted.uncertainty))
        for row in budget_rows(fitted, model=model, result=result)
    ]


def budget_at(
    procedure: Procedure,
    *,
    result: SheetResult,
    point: Point,
    supports: Mapping[str, Support],
    cmc: Decimal | None,
    seeded_by: str = "",
) -> Shape:
    """This will make the budget of one point, or say in it why it cannot be made.

    *cmc* is the laboratory's smallest U in the unit of the measurand; the larger of both is stated (ILAC-P14, 5.4),
    rounded to two digits. With *seeded_by* Monte Carlo runs beside the GUM, to the tolerance of JCGM 101, clause 8.
    """
    declared = procedure.in_unit(result.unit).uncertainty[point.model]
    stated = {need: one.stated for need, one in supports.items()}
    shape = _empty(declared, point, supports)
    try:
        ready = model_inputs(
            procedure, model=point.model, result=result, point=point.row.point, standards=stated
        )
        found = propagate(ready.model, ready.inputs, coverage=CONVENTIONAL).outputs["y"]
    except BudgetRefused as refused:
        return shape | {"refused": _pair(refused.sentence)}
    except (InputRefused, ModelRefused, PropagationRefused) as refused:
        return shape | {"refused": _pair(_incomputable(declared, refused))}
    if found.U is None or found.k is None:
        return shape | {"refused": _pair(_incomputable(declared, "; ".join(found.notes)))}
    shape |= _figures(found, found.U, found.k, cmc)
    shape["components"] = _components(declared, found)
    if seeded_by:
        shape["monte_carlo"] = _drawn(ready, found, seeded_by, declared)
    return shape


def refused_at(procedure: Procedure, *, result: SheetResult, point: Point, why: BudgetRefused) -> Shape:
    """This will keep the place of a budget that cannot be made, with the reason."""
    declared = procedure.in_unit(result.unit).uncertainty[point.model]
    return _empty(declared, point, {}) | {"refused": _pair(why.sentence)}


def _incomputable(declared: UncertaintyModel, why: object) -> Text:
    measurand = declared.measurand
    return Text(
        vi=f"Không tính được độ không đảm bảo đo của «{measurand.vi}» từ các số này; xem lại số đọc và chuẩn.",
        en=f"The uncertainty of {measurand.en} cannot be computed: {why}",
    )


def _empty(declared: UncertaintyModel, point: Point, supports: Mapping[str, Support]) -> Shape:
    row = point.row
    return {
        "model": point.model,
        "point": row.point,
        "row": row.key,
        "label": _pair(row.label),
        "measurand": _pair(declared.measurand),
        "unit": declared.unit,
        **dict.fromkeys(("y", "u", "nu", "k", "p", "U", "U_cmc", "U_stated", "y_stated")),
        "components": [],
        "standards": [_support(need, one) for need, one in sorted(supports.items())],
        "monte_carlo": None,
        "refused": None,
    }


def _support(need: str, one: Support) -> Shape:
    stated = one.stated
    return {
        "need": need,
        "certificate": one.certificate,
        "number": one.number,
        "U": str(stated.U),
        "k": str(stated.k),
        "nu": _dof(stated.dof),
        "drift": str(stated.drift),
        "unit": stated.unit,
    }


def supports_from(shape: Mapping[str, Any]) -> dict[str, Support]:
    """This will read back what the standards stated when a budget was frozen."""
    return {
        row["need"]: Support(
            certificate=row["certificate"],
            number=row["number"],
            stated=StandardUncertainty(
                U=Decimal(row["U"]),
                unit=row["unit"],
                k=Decimal(row["k"]),
                dof=math.inf if row["nu"] is None else float(row["nu"]),
                drift=Decimal(row["drift"]),
            ),
        )
        for row in shape["standards"]
    }


def _figures(found: OutputEstimate, U: float, k: float, cmc: Decimal | None) -> Shape:
    own = Decimal(repr(U))
    larger = own if cmc is None else max(own, cmc)
    stated = report(found.value, larger, rule="ea")
    if cmc is not None and cmc > stated.U:
        stated = report(found.value, larger, rule="up")
    return {
        "y": repr(found.value),
        "u": repr(found.u),
        "nu": _dof(found.dof),
        "k": repr(k),
        "p": str(CONVENTIONAL.probability),
        "U": repr(U),
        "U_cmc": None if cmc is None else plain_text(cmc),
        "U_stated": plain_text(stated.U),
        "y_stated": plain_text(stated.value),
    }


def _components(declared: UncertaintyModel, found: OutputEstimate) -> list[Shape]:
    rows = {row.input: row for row in found.budget.rows}
    return [
        {
            "key": each.key,
            "label": _pair(each.label),
            "origin": each.origin,
            "distribution": each.distribution,
            "unit": each.unit,
            **_part(rows[each.key]),
        }
        for each in declared.inputs
        if each.key in rows
    ]


def _part(row: BudgetRow) -> Shape:
    return {
        "estimate": repr(float(row.value)),
        "u": repr(float(row.u)),
        "nu": _dof(row.dof),
        "sensitivity": repr(float(row.sensitivity)),
        "contribution": repr(float(row.contribution)),
        "share": repr(float(row.share or 0.0)),
    }


def _drawn(
    ready: ModelInputs, found: OutputEstimate, seeded_by: str, declared: UncertaintyModel
) -> Shape | None:
    """Monte Carlo beside the budget; None where every input is exact and there is nothing to draw."""
    from quacan.metrology.montecarlo import MonteCarloSettings, validate

    if found.u == 0:
        return None
    told = [seeded_by, declared.expression.text]
    told += [f"{name} {q.value!r} {q.u!r} {q.dof!r}" for name, q in sorted(ready.inputs.items())]
    seed = int(digest(canonical(told))[:8], 16)
    settings = MonteCarloSettings(coverage=CONVENTIONAL.probability, seed=seed)
    compared = validate(ready.model, ready.inputs, settings=settings)
    drawn, against = compared.monte_carlo, compared.comparisons["y"]
    one = drawn.outputs["y"]
    return {
        "y": None if one.value is None else repr(one.value),
        "u": None if one.u is None else repr(one.u),
        "low": repr(float(one.interval[0])),
        "high": repr(float(one.interval[1])),
        "trials": drawn.draws,
        "seed": seed,
        "generator": drawn.generator,
        "engine": ENGINE_VERSION,
        "tolerance": repr(against.tolerance),
        "validated": against.validated,
        "stable": drawn.is_stable,
    }


def guard_of(shape: Shape, result: SheetResult) -> dict[str, Decimal]:
    """This will give the stated U of the judged row of a budget in the unit of its limit, if it has any."""
    row = result.rows.get(shape["row"])
    if row is None:
        return {}
    if shape["refused"] is not None or row.limit is None:
        return {}
    try:
        source, target = unit_named(shape["unit"]).symbol, unit_named(row.limit.unit).symbol
        return {row.key: convert_difference(Decimal(shape["U_stated"]), source=source, target=target)}
    except UnitRefused:
        return {}


def comparable(shape: Mapping[str, Any]) -> Shape:
    """This will keep of a frozen budget what must come out again: every figure, no wording.

    Draws are compared while the engine is the one that drew them; the GUM's figures always.
    """
    kept = {
        name: shape[name]
        for name in ("model", "point", "unit", "y", "u", "nu", "k", "p", "U", "U_cmc", "U_stated", "y_stated")
    }
    kept["components"] = [
        {name: value for name, value in row.items() if name != "label"} for row in shape["components"]
    ]
    kept["standards"] = shape["standards"]
    drawn = shape["monte_carlo"]
    kept["monte_carlo"] = drawn if drawn is not None and drawn["engine"] == ENGINE_VERSION else None
    kept["refused"] = shape["refused"] is not None
    return kept


def _pair(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}


def _dof(dof: float | None) -> str | None:
    return None if dof is None or math.isinf(dof) else repr(float(dof))

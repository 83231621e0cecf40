"""Budgets of shipped procedures: declared models find their inputs and agree with a calculation by hand."""

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from quacan.metrology.procedure import (
    BudgetRefused,
    Procedure,
    SheetResult,
    StandardUncertainty,
    budget,
    model_inputs,
    run,
    run_case,
)
from quacan.metrology.procedure.cases import case_cells
from tests.metrology.procedure_library import CASES, case_at, limit_tables, procedure_of

PASSING = {path.parent.parent.name: path for path in CASES if path.stem == "passing"}
MODELLED = [
    (path, index) for path in PASSING.values() for index in range(len(procedure_of(path).uncertainty))
]


def evaluated(path: Path) -> tuple[Procedure, SheetResult]:
    procedure = procedure_of(path)
    return procedure, run_case(procedure, case_at(path), limits=limit_tables()).result


def output(procedure: Procedure, result: SheetResult, point: str, **standards: StandardUncertainty):  # type: ignore[no-untyped-def]
    return budget(procedure, result=result, point=point, standards=standards).outputs["y"]


@pytest.mark.parametrize(("path", "index"), MODELLED, ids=lambda each: getattr(each, "parts", ("",) * 3)[-3])
def test_every_declared_model_gives_a_budget_at_every_point(path: Path, index: int) -> None:
    procedure, result = evaluated(path)
    declared = procedure.uncertainty[index]
    units = {each.of: each.unit for each in declared.inputs if each.origin == "standard"}
    standards = {key: StandardUncertainty(Decimal("0.01"), unit, Decimal(2)) for key, unit in units.items()}
    points = {row.point for step in result.steps if step.key == declared.step for row in step.rows}
    assert points
    for point in points:
        made = budget(procedure, model=index, result=result, point=point, standards=standards).outputs["y"]
        assert math.isfinite(made.value)
        assert made.u > 0
        assert made.budget.variance == pytest.approx(made.u**2)


def test_the_model_of_a_scale_gives_the_error_that_the_row_gives() -> None:
    procedure, result = evaluated(PASSING["counter-scale"])
    made = output(procedure, result, "4", weights=StandardUncertainty(Decimal(500), "mg", Decimal(2)))
    row = result.rows["accuracy_up.4"]
    assert row.error is not None
    assert made.value == pytest.approx(float(row.error))
    steps_of_added_load = 5 / 20 / math.sqrt(3)
    assert made.u == pytest.approx(math.hypot(0.25, steps_of_added_load))


def test_the_budget_of_a_dispenser_by_hand() -> None:
    """Mean of three deliveries of 20 L, U = 4 mL with k = 2 in the measure, repeatability s/√3 of the error."""
    procedure, result = evaluated(PASSING["fuel-dispenser"])
    made = output(procedure, result, "q_max", test_measure=StandardUncertainty(Decimal(4), "mL", Decimal(2)))
    errors = [(20 - v) / v * 100 for v in (20.02, 20.03, 20.01)]
    mean = sum(errors) / 3
    s = math.sqrt(sum((e - mean) ** 2 for e in errors) / 2)
    from_measure = 20 / 20.02**2 * 100 * 0.002
    assert made.u == pytest.approx(math.hypot(from_measure, s / math.sqrt(3)), rel=1e-6)
    assert made.dof == pytest.approx(made.u**4 / ((s / math.sqrt(3)) ** 4 / 2), rel=1e-6)


def test_drift_since_the_certificate_widens_the_budget() -> None:
    procedure, result = evaluated(PASSING["pressure-gauge"])
    certificate = StandardUncertainty(Decimal("0.02"), "bar", Decimal(2))
    without = output(procedure, result, "3", pressure_standard=certificate)
    drifted = output(procedure, result, "3", pressure_standard=replace(certificate, drift=Decimal("0.03")))
    assert drifted.u == pytest.approx(math.hypot(without.u, 0.03 / math.sqrt(3)))


def test_the_unit_of_the_certificate_does_not_matter() -> None:
    procedure, result = evaluated(PASSING["pressure-gauge"])
    in_bar = output(
        procedure, result, "3", pressure_standard=StandardUncertainty(Decimal("0.02"), "bar", Decimal(2))
    )
    in_kpa = output(
        procedure, result, "3", pressure_standard=StandardUncertainty(Decimal(2), "kPa", Decimal(2))
    )
    assert in_bar.u == pytest.approx(in_kpa.u, rel=1e-15)


def test_a_budget_without_its_standard_is_refused_by_name() -> None:
    procedure, result = evaluated(PASSING["counter-scale"])
    with pytest.raises(BudgetRefused, match="standard weights") as caught:
        output(procedure, result, "4")
    assert "Quả cân chuẩn" in caught.value.sentence.vi
    with pytest.raises(BudgetRefused, match="no point"):
        output(procedure, result, "40", weights=StandardUncertainty(Decimal(1), "g", Decimal(2)))
    with pytest.raises(BudgetRefused, match="converted"):
        output(procedure, result, "4", weights=StandardUncertainty(Decimal(1), "bar", Decimal(2)))


def test_a_budget_with_a_missing_repeat_is_refused() -> None:
    path = PASSING["fuel-dispenser"]
    case, procedure = case_at(path), procedure_of(path)
    cells = case_cells(procedure, case)
    cells.pop("delivery.q_max.2.reference")
    result = run(
        procedure,
        characteristics=case.characteristics,
        event=case.event,
        on=date(2026, 11, 20),
        cells=cells,
        conditions=case.conditions,
        limits=limit_tables(),
    )
    with pytest.raises(BudgetRefused):
        model_inputs(
            procedure,
            result=result,
            point="q_max",
            standards={"test_measure": StandardUncertainty(Decimal(4), "mL", Decimal(2))},
        )


def test_the_budget_follows_the_unit_of_the_sheet() -> None:
    path = next(each for each in CASES if each.parts[-3:] == ("pressure-gauge", "cases", "megapascal.json"))
    procedure, result = evaluated(path)
    made = output(
        procedure, result, "5", pressure_standard=StandardUncertainty(Decimal(2), "kPa", Decimal(2))
    )
    assert made.value == pytest.approx(0.01)
    assert made.u == pytest.approx(math.hypot(0.001, 0.01 / math.sqrt(3)))

"""The evaluation of a sheet: exact, fail-closed, independent of the order of entry and of units."""

import math
import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quacan.metrology.procedure import SheetResult, Verdict, layout, run, run_many
from quacan.metrology.procedure.cases import case_cells
from tests.metrology.procedure_library import (
    CASES,
    DEFINITIONS,
    PROCEDURES,
    case_at,
    limit_tables,
    procedure_at,
    procedure_named,
    procedure_of,
)

ON = date(2026, 11, 20)
SCALE = {"max_load": "15000", "min_load": "100", "e": "5", "d": "5", "accuracy_class": "III"}
AIR = {"temperature": "24,6", "humidity": "61"}
PASSING = [path for path in CASES if case_at(path).verdict == "pass"]
METER_PASSES = ("electricity-meter-single-phase", "cases", "passing.json")
ANY = st.sampled_from(CASES)


def scale_cells(**changes: str) -> dict[str, str]:
    """Every required cell of the counter scale, without any error, and the changes."""
    shown = layout(procedure_named("counter-scale"), characteristics=SCALE, event="periodic")
    cells = {}
    for step in shown.steps:
        for row in step.rows:
            for cell in row.cells:
                texts = {"choice": "ok", "indication": str(row.nominal), "add_load": "2,5", "note": ""}
                cells[cell.key] = texts[cell.column]
    return cells | changes


def run_scale(cells: dict[str, str], **changes: object) -> SheetResult:
    given_: dict[str, object] = {"characteristics": SCALE, "conditions": AIR, "event": "periodic", "on": ON}
    given_ |= changes
    return run(procedure_named("counter-scale"), cells=cells, limits=limit_tables(), **given_)  # type: ignore[arg-type]


def test_the_loads_are_worked_out_from_the_characteristics() -> None:
    shown = layout(procedure_named("counter-scale"), characteristics=SCALE, event="periodic")
    accuracy = next(step for step in shown.steps if step.key == "accuracy_up")
    assert [row.nominal for row in accuracy.rows] == [100, 2500, 5000, 10000, 15000]
    assert [cell.key for cell in accuracy.rows[2].cells] == [
        "accuracy_up.3.indication",
        "accuracy_up.3.add_load",
    ]
    assert accuracy.standards == ("weights",)
    assert shown.standards[0].range_to == 15000


def test_a_point_above_the_capacity_is_not_asked_for() -> None:
    small = SCALE | {"max_load": "1500", "min_load": "20", "e": "1", "d": "1"}
    shown = layout(procedure_named("counter-scale"), characteristics=small, event="periodic")
    accuracy = next(step for step in shown.steps if step.key == "accuracy_up")
    assert [row.nominal for row in accuracy.rows] == [20, 500, 1000, 1500]


HOT = {"temperature": "47,3", "humidity": "61"}


def run_limited(cells: dict[str, str], **changes: object) -> SheetResult:
    """The counter scale by a procedure that asks for -10 °C to 40 °C; the one of the house records alone."""
    known = procedure_named("counter-scale")
    rules = tuple(
        replace(rule, lower=Decimal(-10), upper=Decimal(40)) if rule.key == "temperature" else rule
        for rule in known.conditions
    )
    given_: dict[str, object] = {"characteristics": SCALE, "conditions": AIR, "event": "periodic", "on": ON}
    given_ |= changes
    limited = replace(known, conditions=rules)
    return run(limited, cells=cells, limits=limit_tables(), **given_)  # type: ignore[arg-type]


def test_a_condition_outside_its_limits_is_accepted_only_when_it_is_waived_and_says_so() -> None:
    refused = run_limited(scale_cells(), conditions=HOT)
    assert refused.verdict is Verdict.UNDETERMINED
    assert [reason.code for reason in refused.reasons] == ["condition_outside"]
    accepted = run_limited(scale_cells(), conditions=HOT, waived=frozenset({"temperature"}))
    assert accepted.verdict is Verdict.PASS
    assert [note.code for note in accepted.warnings] == ["condition_accepted"]
    assert "theo sai lệch đã ký" in accepted.warnings[0].vi
    assert accepted.conditions[0].mean == Decimal("47.3")
    other = run_limited(scale_cells(), conditions=HOT, waived=frozenset({"humidity"}))
    assert other.verdict is Verdict.UNDETERMINED


@given(
    start=st.sampled_from(["", " ", "47,3", "24,6", "nóng", "2 4"]),
    end=st.sampled_from(["", "47,3", "24,6", "?"]),
    waived=st.sets(st.sampled_from(["temperature", "humidity", "pressure"])),
    gone=st.sets(st.sampled_from(sorted(scale_cells())), max_size=3),
)
def test_waiving_never_helps_what_is_missing_or_unreadable(
    start: str, end: str, waived: set[str], gone: set[str]
) -> None:
    conditions = {"temperature": [start, end], "humidity": "61"}
    cells = {cell: text for cell, text in scale_cells().items() if cell not in gone}
    result = run_limited(cells, conditions=conditions, waived=frozenset(waived))
    readable = {start.strip(), end.strip()} <= {"47,3", "24,6"}
    inside = {start.strip(), end.strip()} <= {"24,6"}
    complete = not any("choice" in cell or "indication" in cell or "add_load" in cell for cell in gone)
    passes = readable and complete and (inside or "temperature" in waived)
    assert (result.verdict is Verdict.PASS) is passes


@pytest.mark.parametrize("path", PASSING, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_waiving_every_condition_does_not_replace_one_that_was_not_recorded(path: Path) -> None:
    case, procedure = case_at(path), procedure_of(path)
    every = frozenset(rule.key for rule in procedure.conditions)
    for rule in procedure.conditions:
        left = {key: text for key, text in case.conditions.items() if key != rule.key}
        result = run(
            procedure,
            characteristics=case.characteristics,
            event=case.event,
            on=case.on,
            cells=case_cells(procedure, case),
            conditions=left,
            limits=limit_tables(),
            waived=every,
        )
        assert result.verdict is Verdict.UNDETERMINED, rule.key


def test_the_worked_sheet_of_a_counter_scale() -> None:
    result = run_scale(scale_cells(**{"accuracy_up.4.indication": "10005", "accuracy_up.4.add_load": "1,5"}))
    row = result.rows["accuracy_up.4"]
    assert (row.values["P"], row.error, row.margin) == (Decimal("10006.0"), Decimal("6.0"), Decimal("-1.0"))
    assert row.limit is not None
    assert (row.limit.lower, row.limit.upper, row.limit.text.vi) == (-5, 5, "± 5 g")
    assert result.verdict is Verdict.FAIL
    assert result.failing_rows == ("accuracy_up.4",)
    assert not result.decided_early
    assert "vượt giới hạn ± 5 g một lượng 1 g" in row.reasons[0].vi.replace(",0", "")


def test_one_failing_point_decides_before_the_rest_is_typed() -> None:
    only = {"accuracy_up.4.indication": "10005", "accuracy_up.4.add_load": "1,5"}
    result = run_scale(only)
    assert (result.verdict, result.decided_early) == (Verdict.FAIL, True)
    assert "accuracy_up.1.indication" in result.missing_cells


def test_an_empty_sheet_is_undetermined_and_names_every_missing_reading() -> None:
    result = run_scale({})
    shown = layout(procedure_named("counter-scale"), characteristics=SCALE, event="periodic")
    assert result.verdict is Verdict.UNDETERMINED
    assert set(result.missing_cells) == set(shown.required_cells)
    assert {reason.where for reason in result.reasons} >= set(shown.required_cells)


def test_a_value_on_the_limit_passes_and_one_digit_beyond_fails() -> None:
    on_it = run_scale(scale_cells(**{"accuracy_up.4.add_load": "7,5"}))
    beyond = run_scale(scale_cells(**{"accuracy_up.4.add_load": "7,500000000000000000000000000001"}))
    assert (on_it.verdict, on_it.rows["accuracy_up.4"].margin) == (Verdict.PASS, 0)
    assert beyond.verdict is Verdict.FAIL


@pytest.mark.parametrize("text", ["abc", "1,2,3", "NaN", "5 kg", "--1", "１０"])
def test_what_is_not_a_number_is_named_and_never_passes(text: str) -> None:
    result = run_scale(scale_cells(**{"accuracy_up.1.indication": text}))
    assert result.verdict is Verdict.UNDETERMINED
    assert any(
        reason.code == "unreadable_reading" and reason.where == "accuracy_up.1.indication"
        for reason in result.reasons
    )


def test_a_reading_the_scale_cannot_show_is_pointed_out_without_deciding() -> None:
    result = run_scale(scale_cells(**{"accuracy_up.4.indication": "10002"}))
    assert result.verdict is Verdict.PASS
    assert [warning.code for warning in result.warnings] == ["not_a_multiple"]


def test_a_cell_the_procedure_does_not_have_is_pointed_out() -> None:
    assert [w.code for w in run_scale(scale_cells(other="1")).warnings] == ["unknown_cell"]


def test_a_version_outside_its_days_decides_nothing() -> None:
    result = run_scale(scale_cells(), on=date(2016, 12, 31))
    assert result.verdict is Verdict.UNDETERMINED
    assert result.reasons[0].code == "not_in_force"


def test_conditions_are_asked_for_at_every_moment_given() -> None:
    assert (
        run_scale(scale_cells(), conditions=AIR | {"temperature": ("24,6", "25,0")}).verdict is Verdict.PASS
    )
    half = run_scale(scale_cells(), conditions=AIR | {"temperature": ("24,6", "")})
    assert half.verdict is Verdict.UNDETERMINED
    failing = scale_cells(**{"accuracy_up.4.add_load": "9"})
    assert run_scale(failing, conditions={"humidity": "61"}).verdict is Verdict.UNDETERMINED


def test_a_limit_table_that_is_gone_leaves_the_verdict_open() -> None:
    result = run(
        procedure_named("counter-scale"),
        characteristics=SCALE,
        event="periodic",
        on=ON,
        cells=scale_cells(),
        conditions=AIR,
        limits={},
    )
    assert result.verdict is Verdict.UNDETERMINED
    assert any(reason.code == "limit_refused" for reason in result.reasons)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), path=st.sampled_from(CASES))
def test_removing_anything_never_yields_a_pass(data: st.DataObject, path: object) -> None:
    """Readings, characteristics, conditions, limit tables: less of them is never more of a pass."""
    case, procedure = case_at(path), procedure_of(path)  # type: ignore[arg-type]
    cells = case_cells(procedure, case)
    removed = data.draw(st.sets(st.sampled_from(sorted(cells)), min_size=1)) if cells else set()
    lost = data.draw(st.sets(st.sampled_from([*case.characteristics, *case.conditions, "none"]), max_size=2))
    tables = limit_tables()
    gone = data.draw(st.sets(st.sampled_from(sorted(tables)), max_size=3))
    before = case.verdict
    result = run(
        procedure,
        characteristics={key: text for key, text in case.characteristics.items() if key not in lost},
        event=case.event,
        on=case.on,
        cells={key: text for key, text in cells.items() if key not in removed},
        conditions={key: text for key, text in case.conditions.items() if key not in lost},
        limits={key: table for key, table in tables.items() if key not in gone},
    )
    if before != "pass":
        assert result.verdict is not Verdict.PASS
    required = set(layout(procedure, characteristics=case.characteristics, event=case.event).required_cells)
    if removed & required or lost - {"none"}:
        assert result.verdict is not Verdict.PASS


@pytest.mark.parametrize("path", PASSING, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_each_single_required_input_is_needed_for_a_pass(path: object) -> None:
    case, procedure = case_at(path), procedure_of(path)  # type: ignore[arg-type]
    cells = case_cells(procedure, case)
    fixed = {"event": case.event, "on": case.on, "limits": limit_tables()}

    def verdict(**without: str) -> Verdict:
        parts = {"cells": cells, "characteristics": case.characteristics, "conditions": case.conditions}
        given_ = {
            name: {k: v for k, v in part.items() if k != without.get(name)} for name, part in parts.items()
        }
        return run(procedure, **given_, **fixed).verdict  # type: ignore[arg-type]

    assert verdict() is Verdict.PASS
    shown = layout(procedure, characteristics=case.characteristics, event=case.event)
    for key in shown.required_cells:
        assert verdict(cells=key) is not Verdict.PASS, key
    for key in (each.key for each in procedure.characteristics):
        assert verdict(characteristics=key) is not Verdict.PASS, key
    for key in (each.key for each in procedure.conditions):
        assert verdict(conditions=key) is not Verdict.PASS, key


@settings(max_examples=60, deadline=None)
@given(data=st.data(), path=ANY)
def test_the_order_of_entry_does_not_matter(data: st.DataObject, path: object) -> None:
    case, procedure = case_at(path), procedure_of(path)  # type: ignore[arg-type]
    cells = case_cells(procedure, case)
    shuffled = dict(data.draw(st.permutations(list(cells.items()))))
    fixed = {
        "characteristics": case.characteristics,
        "event": case.event,
        "on": case.on,
        "conditions": case.conditions,
        "limits": limit_tables(),
    }
    assert run(procedure, cells=cells, **fixed) == run(procedure, cells=shuffled, **fixed)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(add=st.decimals(min_value=0, max_value=20, places=2), unit=st.sampled_from(["g", "kg", "mg", "t"]))
def test_the_unit_of_a_characteristic_does_not_matter(add: Decimal, unit: str) -> None:
    factor = {"g": Decimal(1), "kg": Decimal("0.001"), "mg": Decimal(1000), "t": Decimal("0.000001")}[unit]
    in_unit = {key: f"{Decimal(SCALE[key]) * factor:f} {unit}" for key in ("max_load", "min_load", "d")}
    cells = scale_cells(**{"accuracy_up.4.add_load": str(add)})
    plain, other = run_scale(cells), run_scale(cells, characteristics=SCALE | in_unit)
    assert plain.verdict == other.verdict
    for key, row in plain.rows.items():
        assert row.verdict == other.rows[key].verdict
        assert row.error == other.rows[key].error


@settings(max_examples=60, deadline=None)
@given(add=st.decimals(min_value=0, max_value=20, places=2))
def test_the_unit_of_the_sheet_does_not_matter(add: Decimal) -> None:
    """The scale interval marked in kilograms: a sheet in kilograms, the same verdicts, errors a thousandth."""
    cells = scale_cells(**{"accuracy_up.4.add_load": str(add)})
    kilograms = {
        key: text if text in ("ok", "") else str(Decimal(text.replace(",", ".")) / 1000)
        for key, text in cells.items()
    }
    grams = run_scale(cells)
    other = run_scale(kilograms, characteristics=SCALE | {"e": "0,005 kg"})
    assert (grams.unit, other.unit) == ("g", "kg")
    assert grams.verdict == other.verdict
    for key, row in grams.rows.items():
        twin = other.rows[key]
        assert row.verdict == twin.verdict
        assert row.error is None or twin.error == row.error / 1000
        assert row.margin is None or twin.margin == row.margin / 1000


def test_a_unit_the_procedure_does_not_offer_leaves_the_sheet_in_its_own() -> None:
    result = run_scale(scale_cells(), characteristics=SCALE | {"e": "5000 mg"})
    assert (result.unit, result.verdict) == ("g", Verdict.PASS)


def test_a_sheet_in_another_unit_says_so_everywhere() -> None:
    gauge = {"range_low": "0", "range_high": "1 MPa", "d": "0,02 MPa", "accuracy_class": "1"}
    shown = layout(procedure_named("pressure-gauge"), characteristics=gauge, event="periodic")
    rising = next(step for step in shown.steps if step.key == "rising")
    assert (shown.unit, rising.unit, shown.standards[0].unit) == ("MPa", "MPa", "MPa")
    assert {column.unit for column in rising.columns} == {"MPa"}
    assert [str(row.nominal) for row in rising.rows] == ["0", "0.25", "0.5", "0.75", "1"]
    assert shown.standards[0].range_to == 1


@settings(max_examples=100, deadline=None)
@given(
    small=st.decimals(min_value=0, max_value=30, places=3),
    more=st.decimals(min_value=0, max_value=30, places=3),
)
def test_a_larger_error_is_never_judged_better(small: Decimal, more: Decimal) -> None:
    def verdict(error: Decimal) -> Verdict:
        return run_scale(scale_cells(**{"accuracy_up.4.indication": str(10000 + error)})).verdict

    if verdict(small) is Verdict.FAIL:
        assert verdict(small + more) is Verdict.FAIL


def test_a_bench_gives_each_unit_what_it_would_get_alone() -> None:
    """Forty electricity meters on one bench, a few of them out of tolerance or incomplete."""
    path = next(each for each in PASSING if each.parts[-3:] == METER_PASSES)
    case, procedure = case_at(path), procedure_of(path)
    cells = case_cells(procedure, case)
    units = [cells | {"load.1.error": str(Decimal(n) / 10)} for n in range(39)] + [
        {**cells, "load.2.error": ""}
    ]
    fixed = {
        "characteristics": case.characteristics,
        "event": case.event,
        "on": case.on,
        "conditions": case.conditions,
        "limits": limit_tables(),
    }
    together = list(run_many(procedure, units=units, **fixed))  # type: ignore[arg-type]
    alone = [run(procedure, cells=unit, **fixed) for unit in units]  # type: ignore[arg-type]
    assert together == alone
    assert [result.verdict for result in together].count(Verdict.PASS) == 21
    assert together[-1].verdict is Verdict.UNDETERMINED


def test_the_air_buoyancy_of_a_weight_follows_its_density() -> None:
    """A 1 kg weight of 7900 kg/m³ against a standard of 8000 in air of 1.1985 kg/m³: a few micrograms."""
    path = next(each for each in PASSING if each.parent.parent.name == "weights-f2-m")
    case, procedure = case_at(path), procedure_of(path)
    result = run(
        procedure,
        characteristics=case.characteristics,
        event=case.event,
        on=case.on,
        cells=case_cells(procedure, case),
        conditions=case.conditions,
        limits=limit_tables(),
    )
    values = result.rows["result.result"].values
    air = (0.34848 * 1013.2 - 0.009 * 50 * math.exp(0.061 * 20)) / 293.15
    assert float(values["air_density"]) == pytest.approx(air, rel=1e-12)
    assert float(values["buoyancy"]) == pytest.approx(1e6 * (air - 1.2) * (1 / 7900 - 1 / 8000), rel=1e-9)


def test_a_reading_that_cannot_enter_a_formula_is_named() -> None:
    path = next(each for each in PASSING if each.parent.parent.name == "fuel-dispenser")
    case, procedure = case_at(path), procedure_of(path)
    cells = case_cells(procedure, case) | {"delivery.q_max.1.reference": "0"}
    result = run(
        procedure,
        characteristics=case.characteristics,
        event=case.event,
        on=case.on,
        cells=cells,
        conditions=case.conditions,
        limits=limit_tables(),
    )
    assert result.verdict is Verdict.UNDETERMINED
    assert "formula_refused" in {reason.code for reason in result.reasons}


def test_nominal_values_are_written_plainly() -> None:
    shown = layout(procedure_named("counter-scale"), characteristics=SCALE, event="periodic")
    accuracy = next(step for step in shown.steps if step.key == "accuracy_up")
    assert [str(row.nominal) for row in accuracy.rows] == ["100", "2500", "5000", "10000", "15000"]
    assert accuracy.rows[3].label.vi == "10\u202f000 g"


def test_a_truck_scale_has_one_row_per_support() -> None:
    characteristics = {"max_load": "80 t", "min_load": "400", "e": "20", "d": "20", "accuracy_class": "III"}
    for supports in (4, 6, 8):
        shown = layout(
            procedure_named("truck-scale"),
            characteristics=characteristics | {"supports": str(supports)},
            event="periodic",
        )
        rows = next(step for step in shown.steps if step.key == "eccentricity").rows
        assert len(rows) == supports
        assert {row.nominal for row in rows} == {round(Decimal(4000) / (supports - 1)) * 20}


def test_a_long_quotient_is_told_in_few_digits_and_judged_in_all() -> None:
    path = next(each for each in CASES if each.parts[-3:] == ("fuel-dispenser", "cases", "failing.json"))
    case, procedure = case_at(path), procedure_of(path)
    cells = case_cells(procedure, case)
    result = run(
        procedure,
        characteristics=case.characteristics,
        event=case.event,
        on=case.on,
        cells=cells,
        conditions=case.conditions,
        limits=limit_tables(),
    )
    row = result.rows["delivery.q_min.3"]
    assert row.error is not None
    assert len(str(row.error)) > 40
    assert row.reasons[0].vi == "Lưu lượng nhỏ: 0,60 % vượt giới hạn ± 0,5 % một lượng 0,10 %."


def test_every_kind_a_procedure_applies_to_is_in_the_catalogue() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (DEFINITIONS / "catalogue").glob("*.toml")]
    known = {kind["code"] for text in texts for kind in tomllib.loads(text)["kinds"]}
    for path in PROCEDURES:
        assert set(procedure_at(path).applies_to) <= known, path

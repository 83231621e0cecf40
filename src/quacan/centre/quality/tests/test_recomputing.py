"""What a wrong standard does to a conclusion, held against arithmetic done by hand on the stored errors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quacan.centre.base.chain import digest
from quacan.centre.base.models import FrozenText
from quacan.centre.quality.queries.realisations import realisations, realisations_of
from quacan.centre.quality.rules import (
    By,
    Deviation,
    Effect,
    Realisation,
    Recomputed,
    Typed,
    Why,
    read_deviation,
    recompute,
)
from quacan.centre.verification.library import frozen, shelves
from quacan.metrology.procedure import Prepared, evaluate, prepare, read_case
from quacan.metrology.procedure.cases import case_cells
from quacan.metrology.quantities import NumberRefused
from quacan.metrology.units import UnitRefused

ZERO = Decimal(0)


@dataclass(frozen=True)
class Sheet:
    """A worked case of a procedure, ready to be recomputed."""

    name: str
    prepared: Prepared
    typed: Typed

    def under(self, value: str, unit: str) -> Recomputed:
        return recompute(self.prepared, self.typed, read_deviation(value, unit), self.known)

    @property
    def known(self):
        return realisations_of(self.prepared.procedure.code)

    def for_need(self, need: str) -> Sheet:
        steps = next(one.steps for one in self.prepared.shown.standards if one.key == need)
        bound = frozenset(cell for cell in self.typed.cells if cell.partition(".")[0] in steps)
        return replace(self, typed=replace(self.typed, needs=(need,), bound=bound))


def _walk(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from _walk(entry)
        elif entry.name.endswith(".json"):
            yield entry


@cache
def sheets() -> dict[str, Sheet]:
    """Every worked case of every procedure with a verdict, by procedure/case."""
    by_code = {shelf.procedure.code: shelf for shelf in shelves()}
    found = {}
    for discipline in files("quacan.definitions").joinpath("procedures").iterdir():
        for folder in discipline.iterdir() if discipline.is_dir() else ():
            shelf = by_code[folder.name]
            procedure, limits = frozen(_text(shelf.text), _text(shelf.limits_text))
            for entry in _walk(folder):
                case = read_case(json.loads(entry.read_text("utf-8")))
                prepared = prepare(
                    procedure,
                    characteristics=case.characteristics,
                    event=case.event,
                    on=case.on,
                    conditions=case.conditions,
                    limits=limits,
                )
                cells = case_cells(procedure, case)
                verdict = evaluate(prepared, cells=cells).verdict.value
                name = f"{folder.name}/{entry.name.removesuffix('.json')}"
                found[name] = Sheet(name, prepared, Typed(cells, frozenset(), (), verdict))
    return found


def _text(text: str) -> FrozenText:
    return FrozenText(sha256=digest(text), text=text)


def sheet(name: str, need: str) -> Sheet:
    return sheets()[name].for_need(need)


def decided() -> list[tuple[str, str]]:
    """Every case that passes or fails, with every standard it needs."""
    return [
        (name, need.key)
        for name, one in sheets().items()
        if one.typed.verdict != "undetermined"
        for need in one.prepared.shown.standards
    ]


def test_every_step_a_standard_supports_says_how_and_names_columns_that_exist():
    wrong = []
    for shelf in shelves():
        known = realisations_of(shelf.procedure.code)
        for need in shelf.procedure.standards:
            for key in need.steps:
                how = known.get((need.key, key))
                columns = {column.key for column in shelf.procedure.step(key).columns}
                if how is None or not set(how.columns) <= columns:
                    wrong.append(f"{shelf.procedure.code}.{need.key}.{key}")
    assert wrong == []
    assert set(realisations()) == {shelf.procedure.code for shelf in shelves()}


def test_no_deviation_changes_nothing_in_any_worked_case():
    seen = 0
    for name, need in decided():
        one = sheet(name, need)
        answers = [one.under("0", "%")]
        unit = next(each.unit for each in one.prepared.shown.standards if each.key == need)
        answers.append(one.under("0", unit))
        for answer in answers:
            if answer.effect is Effect.UNDETERMINED:
                assert answer.why in {Why.NOT_RECOMPUTABLE, Why.UNIT, Why.PERCENT}, (name, need, answer)
            else:
                assert answer.after == answer.before
                assert not answer.changed
                seen += 1
    assert seen > 60


def test_what_is_not_declared_never_passes():
    for name, need in decided():
        one = sheet(name, need)
        answer = recompute(one.prepared, one.typed, Deviation(ZERO, "%"), {})
        assert answer.effect in {Effect.UNDETERMINED, Effect.STILL_FAIL}, name
        assert answer.after != "pass"


SCALE, WEIGHTS = "counter-scale/passing", "weights"


def predicted(one: Sheet, d: Decimal) -> str:
    """By hand: every error against the loads falls by d; spreads stay."""
    rows = evaluate(one.prepared, cells=one.typed.cells).rows.values()
    for row in rows:
        if row.judged == "E" and row.error is not None and row.limit is not None:
            moved = row.error - d
            if not (row.limit.lower or ZERO) <= moved <= (row.limit.upper or ZERO):
                return "fail"
    return "pass"


@settings(max_examples=60, deadline=None)
@given(d=st.decimals(min_value=-30, max_value=30, places=3))
def test_weights_that_are_off_move_every_error_by_as_much(d: Decimal) -> None:
    one = sheet(SCALE, WEIGHTS)
    answer = one.under(str(d), "g")
    assert answer.after == predicted(one, d)
    assert answer.tightest is not None
    if answer.tightest.row.partition(".")[0] != "repeatability":
        assert Decimal(answer.tightest.after) == Decimal(answer.tightest.before) - d


@settings(max_examples=40, deadline=None)
@given(d=st.decimals(min_value=-30, max_value=30, places=3), times=st.integers(2, 9))
def test_once_a_deviation_fails_a_passing_sheet_a_larger_one_the_same_way_fails_it_too(
    d: Decimal, times: int
) -> None:
    """Limits stay at the marked nominal and the permitted interval has no gap, so there is no way back."""
    one = sheet(SCALE, WEIGHTS)
    if one.under(str(d), "g").effect is Effect.BECOMES_FAIL:
        assert one.under(str(d * times), "g").effect is Effect.BECOMES_FAIL


@settings(max_examples=30, deadline=None)
@given(d=st.decimals(min_value=-3, max_value=3, places=4))
def test_the_unit_of_the_deviation_does_not_matter(d: Decimal) -> None:
    one = sheet(SCALE, WEIGHTS)
    in_grams, in_milligrams = one.under(str(d), "g"), one.under(str(d * 1000), "mg")
    assert replace(in_grams, tightest=None) == replace(in_milligrams, tightest=None)
    assert in_grams.tightest is not None
    assert in_milligrams.tightest is not None
    assert Decimal(in_grams.tightest.after) == Decimal(in_milligrams.tightest.after)


@settings(max_examples=40, deadline=None)
@given(percent=st.decimals(min_value=-2, max_value=2, places=3))
def test_a_test_measure_off_by_a_share_moves_a_dispenser_as_computed_by_hand(percent: Decimal) -> None:
    one = sheet("fuel-dispenser/passing", "test_measure")
    before = evaluate(one.prepared, cells=one.typed.cells)
    expected = "pass"
    for row in before.rows.values():
        if row.judged == "E" and row.kind != "summary":
            indication, reference = row.values["indication"], row.values["reference"]
            true = reference * (1 + percent / 100)
            error = (indication - true) / true * 100
            assert row.limit is not None
            if not (row.limit.lower or ZERO) <= error <= (row.limit.upper or ZERO):
                expected = "fail"
    answer = one.under(str(percent), "%")
    assert answer.after == expected
    assert answer.changed == (percent != 0)


def test_a_failing_sheet_may_become_a_pass_when_the_standard_was_to_blame():
    one = sheet("counter-scale/failing", WEIGHTS)
    rows = evaluate(one.prepared, cells=one.typed.cells).rows.values()
    excess = [
        row.error for row in rows if row.verdict == "fail" and row.judged == "E" and row.error is not None
    ]
    effects = {one.under(str(error), "g").effect for error in excess}
    assert effects <= {Effect.BECOMES_PASS, Effect.STILL_FAIL}


@settings(max_examples=30, deadline=None)
@given(percent=st.decimals(min_value=-3, max_value=3, places=3))
def test_a_bench_off_by_a_share_moves_the_relative_errors_it_computed(percent: Decimal) -> None:
    one = sheet("electricity-meter-single-phase/passing", "energy_bench")
    expected = "pass"
    for row in evaluate(one.prepared, cells=one.typed.cells).rows.values():
        if row.judged == "error" and row.error is not None and row.limit is not None:
            meter, true = 1 + row.error / 100, 1 + percent / 100
            error = (meter - true) / true * 100
            if not (row.limit.lower or ZERO) <= error <= (row.limit.upper or ZERO):
                expected = "fail"
    assert one.under(str(percent), "%").after == expected
    assert one.under(str(percent), "A").why is Why.UNIT


def test_a_share_of_a_temperature_means_nothing():
    one = next(
        sheet(name, need)
        for name, need in decided()
        if need == "thermometer" and sheets()[name].typed.verdict == "pass"
    )
    assert (one.under("1", "%").effect, one.under("1", "%").why) == (Effect.UNDETERMINED, Why.PERCENT)
    assert one.under("0.5", "K") == one.under("0.5", "°C")
    assert one.under("50", "K").effect is Effect.BECOMES_FAIL


def test_a_wrong_unit_is_never_a_pass():
    one = sheet(SCALE, WEIGHTS)
    answer = one.under("0.001", "mm")
    assert (answer.effect, answer.why, answer.after) == (Effect.UNDETERMINED, Why.UNIT, "undetermined")
    assert answer.where == "accuracy_up"


def test_a_declaration_that_does_not_hold_is_found_out():
    """A difference from the nominal value is no share of it."""
    one = sheet("pressure-gauge/passing", "pressure_standard")
    lie = {
        ("pressure_standard", step): Realisation(By.NOMINAL_RATIO, ("indication",))
        for step in ("rising", "falling")
    }
    answer = recompute(one.prepared, one.typed, read_deviation("0.3", "bar"), lie)
    assert (answer.effect, answer.why) == (Effect.UNDETERMINED, Why.NOT_EQUAL)


def test_a_sheet_whose_readings_no_longer_give_its_verdict_is_undetermined():
    one = sheet(SCALE, WEIGHTS)
    key = next(cell for cell in one.typed.cells if cell.endswith(".indication"))
    for cells in ({k: v for k, v in one.typed.cells.items() if k != key}, one.typed.cells | {key: "hỏng"}):
        answer = recompute(one.prepared, replace(one.typed, cells=cells), read_deviation("0", "g"), one.known)
        assert (answer.effect, answer.why) == (Effect.UNDETERMINED, Why.STORED_DIFFERS)


def test_readings_bound_to_a_standard_the_sheet_no_longer_uses_are_undetermined():
    one = sheet(SCALE, WEIGHTS)
    answer = recompute(one.prepared, replace(one.typed, needs=()), read_deviation("0", "g"), one.known)
    assert (answer.effect, answer.why) == (Effect.UNDETERMINED, Why.OTHER_CERTIFICATE)


def test_readings_of_another_certificate_are_left_alone():
    one = sheet(SCALE, WEIGHTS)
    alone = replace(one.typed, bound=frozenset())
    answer = recompute(one.prepared, alone, read_deviation("25", "g"), one.known)
    assert (answer.effect, answer.changed) == (Effect.STILL_PASS, False)


@pytest.mark.parametrize("name", ["weights-e2-f1/passing", "weights-f2-m/passing"])
def test_a_reference_weight_enters_by_its_error_alone_and_a_comparator_cannot_be_recomputed(
    name: str,
) -> None:
    names = [
        one
        for one in sheets()
        if one.startswith(name.partition("/")[0]) and sheets()[one].typed.verdict == "pass"
    ]
    assert names
    one = sheet(names[0], "reference_weight")
    answer = one.under("100000", "mg")
    assert answer.effect is Effect.BECOMES_FAIL
    assert answer.tightest is not None
    moved = Decimal(answer.tightest.after) - Decimal(answer.tightest.before)
    assert abs(moved - 100000) < Decimal("1e-20")
    assert answer.changed
    assert sheet(names[0], "comparator").under("0.001", "mg").why is Why.NOT_RECOMPUTABLE


@pytest.mark.parametrize(("value", "unit"), [("", "g"), ("x", "g"), ("-100", "%"), ("-250,5", "%")])
def test_an_unreadable_deviation_is_refused(value: str, unit: str) -> None:
    with pytest.raises(NumberRefused):
        read_deviation(value, unit)


def test_an_unknown_unit_is_refused_and_a_comma_is_read():
    with pytest.raises(UnitRefused):
        read_deviation("1", "thước")
    assert read_deviation("0,5", "kgf/cm2") == Deviation(Decimal("0.5"), "kgf/cm²")

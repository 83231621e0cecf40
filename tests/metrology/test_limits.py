"""Limit tables: every published figure, the ends of every step, and refusal wherever a table says nothing."""

import copy
import doctest
import json
import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quacan.metrology.limits import (
    EventKind,
    Interval,
    IntervalRefused,
    LimitRefused,
    LimitTable,
    Problem,
    interval,
    limit_at,
    read_limits,
)

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "src/quacan/definitions/limits").glob("*.toml"))
PARSED = {path.stem: tomllib.loads(path.read_text()) for path in FILES}
CASES = {case["id"]: case for case in json.loads((ROOT / "validation/cases.json").read_text())["cases"]}
E = Decimal("0.5")


def table(code: str) -> LimitTable:
    found = read_limits(PARSED[code])
    assert isinstance(found, LimitTable), found
    return found


def upper(code: str, klass: str, at: Any, event: str = "initial", **parameters: Any) -> Decimal:
    """The upper limit; the lower one must mirror it."""
    limits = limit_at(
        table(code),
        klass=klass,
        at=Decimal(str(at)),
        event=event,
        parameters={name: Decimal(str(value)) for name, value in parameters.items()},
    )
    assert limits.upper is not None
    assert limits.lower == -limits.upper
    return limits.upper


def test_documented_examples() -> None:
    assert doctest.testmod(interval).failed == 0


@pytest.mark.parametrize("code", PARSED)
def test_every_table_reads_and_names_its_source(code: str) -> None:
    found = table(code)
    assert found.code == code
    assert found.case in CASES
    assert found.access == CASES[found.case]["access"]
    assert found.confidence in {"high", "medium", "low"}


def test_every_limit_table_of_the_cases_is_here() -> None:
    wanted = {name for name, case in CASES.items() if case["kind"] == "limit table"}
    assert wanted == {table(code).case for code in PARSED}


def test_r111_at_every_nominal_value_and_nowhere_else() -> None:
    case = CASES["oiml-r111-table1"]
    for klass, column in case["expected"].items():
        for nominal, mpe in zip(case["inputs"]["nominal_mg"], column, strict=True):
            if mpe is None:
                with pytest.raises(LimitRefused, match="nominal values only"):
                    upper("r111", klass, nominal)
            else:
                assert upper("r111", klass, nominal) == Decimal(str(mpe))
    with pytest.raises(LimitRefused):
        upper("r111", "M1", 3000)


@pytest.mark.parametrize("code", ["r76", "r60"])
def test_steps_in_multiples_include_their_upper_end(code: str) -> None:
    case = CASES["oiml-r76-table6" if code == "r76" else "oiml-r60-table4"]
    scale, share = ("e", Decimal(1)) if code == "r76" else ("v", Decimal("0.7"))
    for klass, ends in case["expected"].items():
        if not isinstance(ends, list):
            continue
        for end, step in zip(ends, ("0.5", "1.0", "1.5"), strict=True):
            if end is not None:
                assert upper(code, klass, end, **{scale: 1}) == share * Decimal(step)
        assert upper(code, klass, Decimal(ends[0]) + Decimal("0.001"), **{scale: 1}) == share
        if ends[2] is not None:
            with pytest.raises(LimitRefused, match="gives no limit at"):
                upper(code, klass, Decimal(ends[2]) + Decimal("0.001"), **{scale: 1})
    assert upper(code, next(iter(case["expected"])), 10**9, **{scale: 1}) == share * Decimal("1.5")


def test_r76_in_the_unit_of_the_interval() -> None:
    assert upper("r76", "III", "15", e="0.005") == Decimal("0.0075")  # 3000 e
    assert upper("r76", "III", "10", e="0.005") == Decimal("0.005")  # exactly 2000 e
    assert upper("r76", "III", "10", event="inspection", e="0.005") == Decimal("0.010")
    assert upper("r76", "III", "10", event="periodic", e="0.005") == Decimal("0.005")
    with pytest.raises(LimitRefused, match="verification scale interval"):
        upper("r76", "III", "10")
    with pytest.raises(LimitRefused, match="outside its range"):
        upper("r76", "III", "10", e="0")


def test_r60_share_and_creep() -> None:
    expected = CASES["oiml-r60-table4"]["expected"]
    assert upper("r60-creep", "C, 30 min", 3000, v=1) == Decimal(str(expected["creep_30min_C3_v"]))
    assert upper("r60-creep", "C, 20 min to 30 min", 3000, v=1) == Decimal(
        str(expected["creep_20_30min_C3_v"])
    )
    assert upper("r60", "C", 3000, v=1, p_lc="0.5") == Decimal("0.75")
    with pytest.raises(LimitRefused, match="outside its range"):
        upper("r60", "C", 3000, v=1, p_lc="0.9")


@pytest.mark.parametrize(("code", "line"), [("mi005-system", "A"), ("mi005-meter", "B")])
def test_mi005_large_and_small_volumes(code: str, line: str) -> None:
    for klass, percent in CASES["mid-mi005-classes"]["expected"][line].items():
        share = Decimal(str(percent)) / 100
        assert upper(code, klass, 2) == 2 * share
        assert upper(code, klass, 20) == 20 * share
        assert upper(code, klass, "1.999") == 2 * share
        assert upper(code, klass, 1) == 2 * share
        assert upper(code, klass, "0.999") == 2 * Decimal("0.999") * share
        assert upper(code, klass, "0.4") == 2 * Decimal("0.4") * share
        assert upper(code, klass, "0.399") == 2 * Decimal("0.4") * share
        assert upper(code, klass, "0.2") == 2 * Decimal("0.4") * share
        assert upper(code, klass, "0.199") == 4 * Decimal("0.199") * share
        assert upper(code, klass, "0.05") == 4 * Decimal("0.1") * share


def test_mi005_is_never_below_emin() -> None:
    assert upper("mi005-system", "0.5", 5) == Decimal("0.025")
    assert upper("mi005-system", "0.5", 5, emin="0.05") == Decimal("0.05")
    assert upper("mi005-system", "0.5", 20, emin="0.05") == Decimal("0.1")


def test_mi001_zones_temperatures_and_service() -> None:
    flow = {"Q1": "0.016", "Q2": "0.0256", "Q4": "3.125"}
    case = CASES["mid-mi001-water"]["expected"]
    low, cold, hot = (
        Decimal(case[key])
        for key in ("lower_zone_percent", "upper_zone_percent_cold_up_to_30C", "upper_zone_percent_above_30C")
    )
    assert upper("mi001", "2", "0.016", temperature=20, **flow) == low
    assert upper("mi001", "2", "0.0256", temperature=20, **flow) == cold
    assert upper("mi001", "2", "3.125", temperature=30, **flow) == cold
    assert upper("mi001", "2", "3.125", temperature="30.1", **flow) == hot
    assert upper("mi001", "2", "1", event="inspection", temperature=20, **flow) == 2 * cold
    for outside in ("0.0159", "3.126"):
        with pytest.raises(LimitRefused, match="gives no limit at"):
            upper("mi001", "2", outside, temperature=20, **flow)
    with pytest.raises(LimitRefused, match="contradict"):
        upper("mi001", "2", "1", temperature=20, Q1="1", Q2="0.5", Q4="3")
    with pytest.raises(LimitRefused, match="water temperature"):
        upper("mi001", "2", "1", **flow)


def test_mi003_every_cell() -> None:
    currents = {"Imin": "0.25", "Itr": "0.5", "Imax": "60"}
    inside = {
        "+5..+30": (5, 23, 30),
        "-10..+5, +30..+40": (-10, "4.9", "30.1", 40),
        "-25..-10, +40..+55": (-25, "-10.1", 41, 55),
        "-40..-25, +55..+70": (-40, -26, 56, 70),
    }
    for span, rows in CASES["mid-mi003-electricity"]["expected"].items():
        for temperature in inside[span]:
            for current, row in (("0.25", rows[0]), ("0.49", rows[0]), ("0.5", rows[1]), ("60", rows[1])):
                for klass, limit in zip("ABC", row, strict=True):
                    assert upper("mi003", klass, current, temperature=temperature, **currents) == Decimal(
                        str(limit)
                    )
    for temperature in (-41, 71):
        with pytest.raises(LimitRefused):
            upper("mi003", "B", 5, temperature=temperature, **currents)


def test_french_class_d() -> None:
    currents = {"Imin": "0.02", "In": "1", "Imax": "6"}
    one, half = "D, power factor 1", "D, power factor 0.5 inductive or 0.8 capacitive"
    expected = CASES["fr-2013-class-D-electricity"]["expected"]
    assert upper("fr2013-electricity-d", one, "0.049", **currents) == Decimal("0.4")
    assert upper("fr2013-electricity-d", one, "0.05", **currents) == Decimal("0.2")
    assert upper("fr2013-electricity-d", half, "0.04", **currents) == Decimal("0.5")
    assert upper("fr2013-electricity-d", half, "0.1", **currents) == Decimal("0.3")
    with pytest.raises(LimitRefused):
        upper("fr2013-electricity-d", half, "0.039", **currents)
    assert upper("fr2013-electricity-d-single-phase", one, 1) == Decimal("0.3")
    assert upper("fr2013-electricity-d-single-phase", "D, power factor 0.5 inductive", 1) == Decimal("0.4")
    for klass, percent in expected["in_service"].items():
        assert upper("fr2013-electricity-in-service", klass, 1, event="inspection") == Decimal(str(percent))
        with pytest.raises(LimitRefused, match="event 'initial'"):
            upper("fr2013-electricity-in-service", klass, 1)


def test_taximeter_floors() -> None:
    assert upper("mi007-time", "all", 100) == Decimal("0.2")
    assert upper("mi007-time", "all", 600) == Decimal("0.6")
    assert upper("mi007-distance", "all", 1000) == 4
    assert upper("mi007-distance", "all", 5000) == 10
    assert upper("mi007-fare", "all", 50000, digit=100) == 100
    assert upper("mi007-fare", "all", 500000, digit=100) == 500
    with pytest.raises(LimitRefused, match="least significant digit"):
        upper("mi007-fare", "all", 50000)


def test_r35_counts_whole_metres_upwards() -> None:
    assert upper("r35-length", "II", 5) == Decimal("1.3")
    assert upper("r35-length", "II", "3.2") == Decimal("1.1")
    assert upper("r35-length", "II", "3.0") == Decimal("0.9")
    assert upper("r35-length", "I, end face", 1) == Decimal("0.3")
    for klass, ab in CASES["mid-mi008-r35-length"]["expected"].items():
        assert upper("r35-length", klass, 10) == Decimal(str(ab["a"])) + 10 * Decimal(str(ab["b"]))
    assert [upper("r35-marks", klass, 1) for klass in ("I", "II", "III")] == [
        Decimal("0.1"),
        Decimal("0.2"),
        Decimal("0.3"),
    ]
    assert upper("r35-marks", "II", "1.1") == Decimal("0.4")


def test_en837_is_a_share_of_the_span() -> None:
    assert upper("en837", "1.6", 4, span=10) == Decimal("0.16")
    assert upper("en837", "1", "-0.5", span=6) == Decimal("0.06")  # -1 … 5 bar
    assert set(table("en837").classes) == {str(klass) for klass in CASES["en837-classes"]["expected"]}


def test_r138_lines_brims_and_containers() -> None:
    assert upper("r138", "transfer, line", 99) == 2
    assert upper("r138", "transfer, line", 100) == 3
    assert upper("r138", "drinking, line", 200) == 10
    assert upper("r138", "drinking, line", 1000) == 30
    for klass, at, brim in (
        ("transfer, brim", 50, 4),
        ("transfer, brim", 100, 6),
        ("drinking, brim", 100, 10),
        ("drinking, brim", 200, 20),
    ):
        limits = limit_at(table("r138"), klass=klass, at=Decimal(at), event="initial")
        assert (limits.lower, limits.upper) == (0, brim)
    containers = {50: 3, 100: 3, 200: 6, 300: 6, 500: 10, 1000: 10, 5000: 50}
    assert {at: upper("r138", "container", at) for at in containers} == containers


def test_unequal_and_constant_limits() -> None:
    limits = limit_at(table("r7"), klass="all", at=Decimal(37), event="initial")
    assert (limits.lower, limits.upper) == (Decimal("-0.15"), Decimal("0.1"))
    assert upper("en1060", "all", 120) == 3


def test_what_a_table_does_not_say_is_refused() -> None:
    with pytest.raises(LimitRefused, match="no class 'V'"):
        upper("r76", "V", 1, e=1)
    with pytest.raises(LimitRefused, match="event 'weekly'"):
        upper("r76", "III", 1, event="weekly", e=1)
    with pytest.raises(LimitRefused, match="no parameter 'd'"):
        upper("r76", "III", 1, e=1, d=1)
    with pytest.raises(LimitRefused, match="gives no limit for the event 'inspection'"):
        upper("r111", "M1", 1000, event="inspection")


def test_dates_of_effect() -> None:
    dated = {**PARSED["r76"], "valid_from": date(2020, 1, 1), "valid_to": date(2025, 12, 31)}
    found = read_limits(dated)
    assert isinstance(found, LimitTable)
    asked = {"klass": "III", "at": 1, "event": EventKind.INITIAL, "parameters": {"e": Decimal(1)}}
    assert limit_at(found, on=date(2020, 1, 1), **asked) == limit_at(found, on=date(2025, 12, 31), **asked)
    with pytest.raises(LimitRefused, match="01/01/2020"):
        limit_at(found, on=date(2019, 12, 31), **asked)
    with pytest.raises(LimitRefused, match="31/12/2025"):
        limit_at(found, on=date(2026, 1, 1), **asked)


def problems(changed: dict[str, Any]) -> tuple[Problem, ...]:
    found = read_limits(changed)
    assert isinstance(found, tuple), "the table was accepted"
    return found


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (["title"], "", "A text is needed"),
        (["colour"], "red", "Unknown key"),
        (["unit"], 5, "A text is needed"),
        (["events"], [], "names the events"),
        (["events", 0, "kind"], "weekly", "Unknown event kind"),
        (["events", 0, "factor"], "0", "above zero"),
        (["classes"], {}, "at least one class"),
        (["classes", "III"], {}, "needs pieces or points"),
        (["classes", "III", "pieces", 0, "mpe"], 0.5, "stays exact"),
        (["classes", "III", "pieces", 0, "mpe"], "-0.5", "not negative"),
        (["classes", "III", "pieces", 0, "mpe"], "NaN", "A number"),
        (["classes", "III", "pieces", 0, "lower"], "0", "not both"),
        (["classes", "III", "pieces", 0, "mpe_percent"], "1", "must name its base"),
        (["classes", "III", "pieces", 0, "span"], "0-500", "A span is written"),
        (["classes", "III", "pieces", 0, "span"], "[0; 500)", "Gap"),
        (["classes", "III", "pieces", 0, "span"], "[0; 499]", "Gap"),
        (["classes", "III", "pieces", 0, "span"], "[0; 501]", "Overlap"),
        (["classes", "III", "pieces", 1, "span"], "[500; 2000]", "Overlap"),
        (["classes", "III", "pieces", 0, "span"], "[600; 500]", "holds no value"),
        (["classes", "III", "pieces", 0, "span"], "[0; Max]", "not declared"),
        (["classes", "III", "pieces", 0, "when"], ["temperature [0; 40]"], "others none"),
        (["classes", "III", "pieces", 0, "floor_parameter"], "emin", "not declared"),
        (["parameters", "f"], {"meaning": "unused"}, "never used"),
        (["valid_from"], "2020-01-01", "A day is needed"),
        (["argument", "scaled_by"], "d", "not declared"),
        (["argument", "rounding_step"], "1", "not rounded as well"),
    ],
)
def test_every_fault_of_a_table_is_told(path: list[Any], value: Any, said: str) -> None:
    changed = copy.deepcopy(PARSED["r76"])
    room: Any = changed
    for step in path[:-1]:
        room = room[step]
    room[path[-1]] = value
    assert any(said in problem.sentence for problem in problems(changed))


def test_all_problems_come_at_once_and_a_missing_side_is_no_side() -> None:
    changed = copy.deepcopy(PARSED["r7"])
    del changed["title"], changed["source"], changed["classes"]["all"]["pieces"][0]["upper"]
    found = {problem.key for problem in problems(changed)}
    assert {"title", "source", "classes.all.pieces[0]"} <= found
    assert len(problems({})) > 10
    assert str(problems({})[0]) == "argument: A table is needed here."


def test_conditions_that_can_hold_at_once_are_a_fault() -> None:
    changed = copy.deepcopy(PARSED["mi001"])
    for piece in changed["classes"]["2"]["pieces"][2:]:
        piece["when"] = ["temperature [30; ∞)"]
    assert any("hold at once" in problem.sentence for problem in problems(changed))


@pytest.mark.parametrize("code", [code for code, parsed in PARSED.items() if code != "r111"])
def test_taking_out_a_middle_piece_is_a_gap(code: str) -> None:
    for name, body in PARSED[code]["classes"].items():
        for i in range(1, len(body["pieces"]) - 1):
            if body["pieces"][i].get("when") != body["pieces"][i + 1].get("when"):
                continue
            if body["pieces"][i].get("when") != body["pieces"][i - 1].get("when"):
                continue
            changed = copy.deepcopy(PARSED[code])
            del changed["classes"][name]["pieces"][i]
            assert any("Gap" in problem.sentence for problem in problems(changed))


@pytest.mark.parametrize(
    ("ends", "text"),
    [
        ({"lower": "-0.5", "upper": "0.5"}, "± 0,5"),
        ({"lower": "0", "upper": "4"}, "0 … +4"),
        ({"upper": "4"}, "≤ 4"),
        ({"upper": "4", "upper_open": True}, "< 4"),
        ({"lower": "-1"}, "≥ −1"),
        ({}, ""),
    ],
)
def test_limits_as_printed(ends: dict[str, Any], text: str) -> None:
    numbers = {key: Decimal(value) if isinstance(value, str) else value for key, value in ends.items()}
    assert Interval(**numbers).text_vi == text


def test_intervals_that_hold_nothing_are_refused() -> None:
    with pytest.raises(IntervalRefused, match="above"):
        Interval(lower=Decimal(1), upper=Decimal(0))
    with pytest.raises(IntervalRefused, match="holds no value"):
        Interval(lower=Decimal(1), upper=Decimal(1), upper_open=True)
    with pytest.raises(IntervalRefused, match="finite"):
        Interval(upper=Decimal("Infinity"))
    with pytest.raises(IntervalRefused, match="above zero"):
        Interval(upper=Decimal(1)).scaled(Decimal(0))
    assert Interval(lower=Decimal(-1), upper=Decimal(1)).narrowed(Decimal("1.1")) is None


loads = st.decimals(min_value=0, max_value=10000, places=3)
intervals_e = st.sampled_from(
    [Decimal(text) for text in ("0.001", "0.002", "0.005", "0.01", "0.3", "1", "7")]
)


@given(load=loads, e=intervals_e)
def test_r76_does_not_depend_on_the_unit(load: Decimal, e: Decimal) -> None:
    r76 = table("r76")
    in_e = limit_at(r76, klass="III", at=load, event="initial", parameters={"e": Decimal(1)})
    in_mass = limit_at(r76, klass="III", at=load * e, event="initial", parameters={"e": e})
    assert in_mass == in_e.scaled(e)
    assert (
        limit_at(r76, klass="III", at=Fraction(load), event="initial", parameters={"e": Decimal(1)}) == in_e
    )


@given(one=loads, other=loads, code=st.sampled_from([("r76", "III"), ("r60", "C"), ("mi005-system", "0.5")]))
def test_limits_never_shrink_as_the_argument_grows(
    one: Decimal, other: Decimal, code: tuple[str, str]
) -> None:
    small, large = sorted((one + 2, other + 2))
    parameters = {"r76": {"e": 1}, "r60": {"v": 1}, "mi005-system": {}}[code[0]]
    try:
        assert upper(*code, small, **parameters) <= upper(*code, large, **parameters)
    except LimitRefused:
        assert large > 10000

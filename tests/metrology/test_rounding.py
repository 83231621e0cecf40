"""One rounding routine: published forms, the edges where digits carry, and what it refuses."""

import doctest
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quacan.metrology import rounding
from quacan.metrology.rounding import (
    RoundingRefused,
    concise_text,
    exact,
    report,
    round_to,
    round_to_step,
    round_uncertainty,
    significant_exponent,
)

CASES = json.loads((Path(__file__).parents[2] / "validation" / "cases.json").read_text())["cases"]
REPORTING = next(case for case in CASES if case["id"] == "gum-7.2-reporting")
decimals = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False, places=6)
uncertainties = st.decimals(min_value=Decimal("1e-6"), max_value=10**6, allow_nan=False, places=6)


def test_documented_examples() -> None:
    assert doctest.testmod(rounding).failed == 0


def test_published_forms_of_gum_7_2() -> None:
    y, u = REPORTING["inputs"]["y_g"], REPORTING["inputs"]["u_g"]
    assert concise_text(y, u) == "100.02147(35)"
    assert report(y, REPORTING["computed"]["U_g"]).text == "100.02147 ± 0.00079"


@pytest.mark.parametrize(
    ("U", "digits", "rule", "printed"),
    [
        ("0.095", 1, "gum", "0.1"),
        ("0.094", 1, "gum", "0.09"),
        ("0.95", 1, "gum", "1"),
        ("9.5", 1, "gum", "10"),
        ("9.5", 1, "half-even", "10"),
        ("8.5", 1, "half-even", "8"),
        ("8.5", 1, "gum", "9"),
        ("0.0995", 2, "gum", "0.10"),
        ("0.995", 2, "gum", "1.0"),
        ("9.95", 2, "gum", "10"),
        ("9.949", 2, "gum", "9.9"),
        ("9.96", 2, "gum", "10"),
        ("99.5", 2, "gum", "100"),
        ("995", 2, "gum", "1000"),
        ("1.04", 1, "ea", "1"),
        ("1.06", 1, "gum", "1"),
        ("1.06", 1, "ea", "2"),
        ("1.4", 1, "ea", "2"),
        ("0.24", 1, "ea", "0.3"),
        ("1.049", 2, "ea", "1.0"),
        ("10.47", 2, "gum", "10"),
        ("10.47", 2, "up", "11"),
        ("28.05", 2, "gum", "28"),
        ("9.91", 2, "up", "10"),
        ("9.1", 1, "up", "10"),
    ],
)
def test_table_of_edges(U: str, digits: int, rule: rounding.ReportingRule, printed: str) -> None:
    assert report("0", U, digits=digits, rule=rule).text.split(" ± ")[1] == printed


def test_value_takes_the_place_of_U() -> None:
    assert report("12.345678", "0.0951", digits=1).text == "12.3 ± 0.1"
    assert report("12.345678", "0.0949", digits=1).text == "12.35 ± 0.09"
    assert report("1234567", "1234").text == "1234600 ± 1200"
    assert report("-0.0004", "0.095", digits=1).text == "0.0 ± 0.1"


def test_rounding_is_done_once_from_the_full_value() -> None:
    # 2.449 to one decimal is 2.4; rounding first to 2.45 and then half-up would print 2.5.
    assert report("2.449", "0.9", digits=1, rule="gum").text == "2.4 ± 0.9"
    assert round_uncertainty("0.9449", digits=1) == Decimal("0.9")


def test_vietnamese_form() -> None:
    assert report("-1234567.891", "0.25").text_vi == "−1\u202f234\u202f567,89 ± 0,25"


def test_zero_uncertainty_leaves_the_value() -> None:
    assert report("1.250", "0").text == "1.250 ± 0"


@pytest.mark.parametrize("value", ["NaN", "Infinity", float("inf"), float("nan"), "mười", ""])
def test_what_is_no_finite_number_is_refused(value: str | float) -> None:
    with pytest.raises(RoundingRefused, match=r"\.$"):
        report(value, "0.1")
    with pytest.raises(RoundingRefused):
        report("1", value)


def test_wrong_requests_are_refused() -> None:
    with pytest.raises(RoundingRefused, match="negative"):
        report("1", "-0.1")
    with pytest.raises(RoundingRefused, match="Unknown reporting rule"):
        report("1", "0.1", rule="nearest")  # type: ignore[arg-type]
    with pytest.raises(RoundingRefused, match="Unknown rounding mode"):
        round_to("1", 0, "sideways")
    with pytest.raises(RoundingRefused, match="at least one"):
        significant_exponent("1", 0)
    with pytest.raises(RoundingRefused, match="above zero"):
        round_to_step("1", "0")


def test_steps() -> None:
    assert round_to_step("3.2", "1", "up") == 4
    assert round_to_step("3", "1", "up") == 3
    assert round_to_step("-0.025", "0.05", "half-even") == 0
    assert round_to_step("0.075", "0.05", "half-even") == Decimal("0.10")
    assert round_to_step("-0.074", "0.05", "half-up") == Decimal("-0.05")


def test_floats_enter_by_their_shortest_form() -> None:
    assert exact(0.1) == Decimal("0.1")
    assert round_to(2.675, -2, "half-up") == Decimal("2.68")


@given(value=decimals, exponent=st.integers(-8, 8), mode=st.sampled_from(list(rounding.RoundingMode)))
def test_rounding_moves_less_than_one_place_and_is_idempotent(
    value: Decimal, exponent: int, mode: rounding.RoundingMode
) -> None:
    rounded = round_to(value, exponent, mode)
    assert abs(Fraction(rounded) - Fraction(value)) < Fraction(10) ** exponent
    assert round_to(rounded, exponent, mode) == rounded
    assert Fraction(rounded) / Fraction(10) ** exponent == int(Fraction(rounded) / Fraction(10) ** exponent)
    assert round_to_step(value, Decimal((0, (1,), exponent)), mode) == rounded


@given(value=decimals, U=uncertainties, digits=st.integers(1, 3), power=st.integers(-12, 12))
def test_a_change_of_unit_by_a_power_of_ten_prints_the_same_digits(
    value: Decimal, U: Decimal, digits: int, power: int
) -> None:
    here, there = report(value, U, digits=digits), report(value.scaleb(power), U.scaleb(power), digits=digits)
    assert (there.value, there.U) == (here.value.scaleb(power), here.U.scaleb(power))


@given(U=uncertainties, digits=st.integers(1, 3))
def test_ea_never_loses_more_than_five_percent(U: Decimal, digits: int) -> None:
    assert round_uncertainty(U, digits=digits, rule="ea") >= U * Decimal("0.95")
    assert round_uncertainty(U, digits=digits, rule="up") >= U


@given(U=uncertainties, digits=st.integers(1, 4), rule=st.sampled_from(["gum", "ea", "half-even", "up"]))
def test_printed_uncertainty_has_exactly_its_digits(
    U: Decimal, digits: int, rule: rounding.ReportingRule
) -> None:
    assert len(round_uncertainty(U, digits=digits, rule=rule).as_tuple().digits) == digits

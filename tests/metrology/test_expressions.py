"""Formulas: the grammar is closed, refusals name the place and the remedy, decimal arithmetic is exact."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quacan.metrology.expressions import (
    FUNCTIONS,
    MAX_LENGTH,
    Expression,
    ExpressionRefused,
    evaluate_decimal,
    parse,
)


def exact(text: str, **values: str) -> Decimal:
    return evaluate_decimal(parse(text), {name: Decimal(value) for name, value in values.items()})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("-2 ** 2", "-4"),
        ("2 ** -1", "0.5"),
        ("2 ** 3 ** 2", "512"),
        ("8 / 4 / 2", "1"),
        ("8 - 4 - 2", "2"),
        ("--3", "3"),
        ("+3", "3"),
        (".5 + 1. + 1e2", "101.5"),
        ("0.1 + 0.2", "0.3"),
        ("min(3, 1, 2) + max(3, 1, 2)", "4"),
        ("abs(-2) + sign(-3) + sign(0)", "1"),
        ("sqrt(2.25)", "1.5"),
        ("log10(1000)", "3"),
        ("where(1 < 2, 10, 1 / 0)", "10"),
        ("where(2 != 2, 1, where(2 >= 2, 3, 4))", "3"),
        ("where(2 <= 1, 1, 0) + where(2 > 1, 1, 0) + where(1 == 1.0, 1, 0)", "2"),
    ],
)
def test_arithmetic_follows_the_usual_precedence(text: str, expected: str) -> None:
    assert exact(text) == Decimal(expected)


def test_a_limit_is_exact_where_binary_arithmetic_is_not() -> None:
    assert exact("a * 3 - b", a="0.1", b="0.3") == 0
    assert 0.1 * 3 - 0.3 != 0


def test_logarithm_and_exponential_carry_sixty_digits() -> None:
    assert abs(exact("exp(log(a)) - a", a="1.25")) < Decimal("1e-55")
    assert abs(exact("a ** 0.5 - sqrt(a)", a="2")) < Decimal("1e-55")


@pytest.mark.parametrize("name", ["sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh"])
def test_functions_without_a_decimal_form_are_refused_by_name(name: str) -> None:
    with pytest.raises(ExpressionRefused, match=f"'{name}' has no exact decimal form"):
        exact(f"{name}(0.5)")


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "empty", 0),
        ("   ", "empty", 0),
        ("a ^ 2", "unknown_character", 2),
        ("a = 2", "unknown_character", 2),
        ("a.b", "unknown_character", 1),
        ("a[0]", "unknown_character", 1),
        ("'a'", "unknown_character", 0),
        ("a +", "expected", 3),
        ("(a", "expected", 2),
        ("a)", "unexpected", 1),
        ("a b", "unexpected", 2),
        ("2a", "unexpected", 1),
        ("a < b", "comparison_outside_where", 2),
        ("where(a, b, c)", "expected_comparison", 7),
        ("where(a < b < c, 1, 2)", "expected", 12),
        ("eval(a)", "unknown_function", 0),
        ("__import__(a)", "unknown_function", 0),
        ("sqrt(a, b)", "wrong_argument_count", 0),
        ("sqrt()", "expected", 5),
        ("min(a)", "wrong_argument_count", 0),
        ("sqrt + 1", "function_as_name", 0),
        ("1e999", "number_too_large", 0),
        ("1" * 60, "number_too_large", 0),
        ("(" * 60 + "a" + ")" * 60, "too_deep", None),
        ("-" * 60 + "a", "too_deep", None),
        ("a" + "**a" * 60, "too_deep", None),
        ("a" + "+a" * 300, "too_large", None),
        ("a" * 100, "name_too_long", 0),
        ("a+" * MAX_LENGTH + "a", "too_long", None),
    ],
)
def test_what_is_outside_the_grammar_is_refused_with_its_place(
    text: str, code: str, position: int | None
) -> None:
    with pytest.raises(ExpressionRefused) as caught:
        parse(text)
    assert caught.value.code == code
    if position is not None:
        assert caught.value.position == position
    assert len(caught.value.sentence.split()) > 4


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a + b", "missing_value"),
        ("1 / (a - a)", "undefined"),
        ("log(a - a)", "out_of_range"),
        ("sqrt(-a)", "undefined"),
        ("(-a) ** 0.5", "undefined"),
        ("9 ** 9 ** 9", "power_too_large"),
        ("(10 ** 100000) ** 100000", "undefined"),
        ("exp(10 ** 9)", "undefined"),
    ],
)
def test_values_without_a_result_are_refused(text: str, code: str) -> None:
    with pytest.raises(ExpressionRefused) as caught:
        exact(text, a="2")
    assert caught.value.code == code


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_a_value_that_is_not_finite_is_refused(value: str) -> None:
    with pytest.raises(ExpressionRefused, match="'a' is not a finite number"):
        exact("a", a=value)


def test_names_may_be_vietnamese_or_greek_and_functions_are_not_names() -> None:
    assert parse("khối_lượng * (1 + ρ)").names == {"khối_lượng", "ρ"}
    assert parse("sin(x) + atan2(y, x)").names == {"x", "y"}
    assert not parse("1 + 1").names


def test_equal_texts_give_equal_trees_whatever_the_spaces() -> None:
    assert parse("a+b*c").root == parse(" a + (b * c) ").root
    assert parse("a+b*c").root != parse("(a+b)*c").root
    assert isinstance(parse("a"), Expression)


@given(
    st.recursive(
        st.sampled_from(["a", "b", "1.5", "2"]), lambda inner: st.tuples(inner, inner), max_leaves=12
    )
)
def test_decimal_arithmetic_agrees_with_floating_arithmetic(tree: object) -> None:
    signs = iter("+-*+*-" * 10)

    def written(part: object) -> str:
        return part if isinstance(part, str) else f"({written(part[0])} {next(signs)} {written(part[1])})"

    text = written(tree)
    expected = exact(text, a="1.25", b="0.75")
    assert math.isclose(float(expected), _float_value(text), rel_tol=1e-12, abs_tol=1e-12)


def _float_value(text: str) -> float:
    """A second, much simpler reader of fully bracketed formulas."""
    values: list[float] = []
    signs: list[str] = []
    for word in text.replace("(", " ( ").replace(")", " ) ").split():
        if word in "+-*":
            signs.append(word)
        elif word == ")":
            right, left, sign = values.pop(), values.pop(), signs.pop()
            values.append(left + right if sign == "+" else left - right if sign == "-" else left * right)
        elif word != "(":
            values.append({"a": 1.25, "b": 0.75}.get(word) or float(word))
    return values[0]


@given(st.text(alphabet="ab12.+-*/()<>=, sqrtwhee", max_size=60))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    assert _place_of_refusal(text) in range(-1, len(text) + 1)


def _place_of_refusal(text: str) -> int:
    try:
        parse(text)
    except ExpressionRefused as refusal:
        return refusal.position
    return -1


def test_the_list_of_functions_is_the_grammar() -> None:
    plain = "abs sqrt exp log log10 sin cos tan asin acos atan sinh cosh tanh sign"
    assert set(FUNCTIONS) == {*plain.split(), "min", "max", "atan2", "where"}

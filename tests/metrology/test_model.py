"""Models: one meaning on floats, columns and duals; exact derivatives; refusals that name the remedy."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quacan.metrology.model import (
    Dual,
    FormulaModel,
    MeasurementModel,
    ModelRefused,
    implicit_model,
    measurement_model,
)
from quacan.metrology.propagation.second_order import derivatives

SMOOTH = [
    "x + y * 2 - x / y",
    "x ** 2 + y ** 3 + x ** 0.5 + y ** -1 + x ** 1.7 + x ** y + 2 ** x",
    "exp(x) + log(x * y) + log10(x) + sqrt(x + y)",
    "sin(x) + cos(y) * tan(x) + asin(x / 2) + acos(y / 3) + atan(x * y) + atan2(x, y)",
    "sinh(x) + cosh(y) + tanh(x * y)",
    "abs(x - y) * sign(y - x) + min(x, y, 9) * max(x, 0.1) + where(x < y, x * y, x / y)",
    "-(-x) ** 2 + 1 / (x * y) + x ** 0 + x ** 1",
]


@pytest.mark.parametrize("text", SMOOTH)
def test_floats_columns_and_duals_agree(text: str) -> None:
    model = measurement_model(text, inputs=["x", "y"])
    point = [0.7, 1.3]
    [value], [slopes] = model.linearise(point)
    [column], [column_slopes] = model.linearise([np.full(5, x) for x in point])
    as_function = measurement_model(lambda x, y: _run(model, x, y))
    [dual_value], [dual_slopes] = as_function.linearise(point)
    assert np.ptp(np.asarray(column)) == 0
    assert float(np.ravel(column)[0]) == pytest.approx(value, rel=1e-14)
    assert [float(np.ravel(s)[0]) for s in column_slopes] == pytest.approx(slopes, rel=1e-13)
    assert (dual_value, dual_slopes) == (pytest.approx(value, rel=1e-14), pytest.approx(slopes, rel=1e-13))


def _run(model: FormulaModel, *values: Any) -> Any:
    return model.duals(values)[0] if any(isinstance(x, Dual) for x in values) else model.evaluate(values)[0]


@pytest.mark.parametrize("text", SMOOTH)
def test_derivatives_agree_with_differences_up_to_third_order(text: str) -> None:
    model = measurement_model(text, inputs=["x", "y"])
    point = [0.7, 1.3]
    [(gradient, second, third)] = derivatives(model, point)
    step = 1e-4
    for j in range(2):
        up, down = list(point), list(point)
        up[j] += step
        down[j] -= step
        [(g_up, s_up, _)], [(g_down, s_down, _)] = derivatives(model, up), derivatives(model, down)
        values = [model.linearise(p)[0][0] for p in (up, down)]
        assert gradient[j] == pytest.approx((values[0] - values[1]) / (2 * step), rel=1e-5, abs=1e-6)
        assert second[:, j] == pytest.approx((g_up - g_down) / (2 * step), rel=1e-5, abs=1e-6)
        assert third[:, j] == pytest.approx((s_up[:, j] - s_down[:, j]) / (2 * step), rel=1e-4, abs=1e-4)


def test_hessian_and_third_derivatives_of_a_known_model() -> None:
    [(gradient, second, third)] = derivatives(measurement_model("x**3 * y**2"), [2.0, 5.0])
    assert gradient.tolist() == [300.0, 80.0]
    assert second.tolist() == [[300.0, 120.0], [120.0, 16.0]]
    assert third.tolist() == [[150.0, 24.0], [120.0, 0.0]]


def test_a_branch_not_taken_neither_fails_nor_spoils_a_sensitivity() -> None:
    model = measurement_model("where(x > 0, sqrt(x), log(x) * 0)")
    assert model.linearise([4.0]) == ([2.0], [[0.25]])
    [values], [[slopes]] = model.linearise([np.array([4.0, 9.0])])
    assert (values.tolist(), slopes.tolist()) == ([2.0, 3.0], [0.25, pytest.approx(1 / 6)])
    masked = measurement_model("where(x > 0, x, sqrt(x))")
    assert masked.linearise([-0.0])[0] == [0.0]
    [_], [[mixed]] = masked.linearise([np.array([1.0, 0.25 - 0.25, 4.0])])
    assert mixed[[0, 2]].tolist() == [1.0, 1.0]


def test_powers_of_zero_have_their_derivatives() -> None:
    assert measurement_model("x**2").linearise([0.0]) == ([0.0], [[0.0]])
    assert measurement_model("x**y").linearise([0.0, 2.0])[1] == [[0.0, 0.0]]
    assert measurement_model("x**1").linearise([0.0]) == ([0.0], [[1.0]])


def test_equal_parts_are_computed_once_for_all_outputs() -> None:
    model = measurement_model({"p": "sin(x * y) + 1", "q": "sin(x * y) * 2", "r": "x * y"})
    assert [step.operation for step in model.program.steps].count("sin") == 1
    assert model.linearise([0.5, 2.0])[0] == pytest.approx([math.sin(1) + 1, 2 * math.sin(1), 1.0])


def test_constants_are_folded_before_any_run() -> None:
    model = measurement_model("x * (2 * 3 + sqrt(16))")
    assert len(model.program.steps) == 1
    assert model.linearise([1.5]) == ([15.0], [[10.0]])


@given(st.floats(-3, 3), st.floats(0.5, 3))
def test_product_and_quotient_rules_hold_everywhere(x: float, y: float) -> None:
    _, [[dx, dy]] = measurement_model("x * y / (1 + y**2)", inputs=["x", "y"]).linearise([x, y])
    assert dx == pytest.approx(y / (1 + y * y), rel=1e-12)
    assert dy == pytest.approx(x * (1 - y * y) / (1 + y * y) ** 2, rel=1e-9, abs=1e-12)


def test_python_functions_return_one_or_several_outputs() -> None:
    polar = measurement_model(
        lambda x, y: (np.sqrt(x**2 + y**2), np.arctan2(y, x)), outputs=["radius", "angle"]
    )
    values, slopes = polar.linearise([3.0, 4.0])
    assert values == pytest.approx([5.0, math.atan2(4, 3)])
    assert slopes == [pytest.approx([0.6, 0.8]), pytest.approx([-0.16, 0.12])]
    named = measurement_model(lambda a: {"double": 2 * a, "half": a / 2}, outputs=["half", "double"])
    assert named.evaluate([4.0]) == [2.0, 8.0]
    chosen = measurement_model(lambda a: np.where(a > 0, np.maximum(a, 2), np.minimum(-a, abs(a))))
    assert chosen.linearise([np.array([3.0, 1.0, -5.0])])[1][0][0].tolist() == [1.0, 0.0, -1.0]


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda x: np.fft.fft(x), "no derivative"),
        (lambda x: np.floor(x), "no derivative"),
        (lambda x: math.sin(x), "plain float"),
        (lambda x: x if x > 0 else -x, "numpy.where"),
        (lambda x: (x, x), "2 outputs but 1"),
        (lambda x: {"z": x}, "no output 'y'"),
    ],
)
def test_functions_that_cannot_be_differentiated_are_refused(
    function: Callable[..., Any], message: str
) -> None:
    model = measurement_model(function, inputs=["x"])
    with pytest.raises(ModelRefused, match=message):
        model.linearise([np.array([1.0, 2.0])])


def test_unknown_names_and_empty_models_are_refused() -> None:
    with pytest.raises(ModelRefused, match="names 'c', which is not among the inputs"):
        measurement_model("a + c", inputs=["a", "b"])
    with pytest.raises(ModelRefused, match="no output"):
        measurement_model({})


def test_an_implicit_model_equals_its_explicit_form_to_third_order() -> None:
    implicit: MeasurementModel = implicit_model("y**3 + a * y - b", {"y": 1.0})
    explicit_value = np.roots([1, 0, 2.0, -5.0])
    root = float(explicit_value[np.isreal(explicit_value)].real[0])
    values, slopes = implicit.linearise([2.0, 5.0])
    assert values == pytest.approx([root], rel=1e-14)
    assert slopes[0] == pytest.approx([-root / (3 * root**2 + 2), 1 / (3 * root**2 + 2)], rel=1e-13)
    square = implicit_model("y * y - a * b", {"y": 1.0})
    known = measurement_model("sqrt(a * b)")
    for ours, theirs in zip(
        derivatives(square, [2.0, 3.0])[0], derivatives(known, [2.0, 3.0])[0], strict=True
    ):
        assert ours == pytest.approx(theirs, rel=1e-12)


def test_an_implicit_system_solves_columns() -> None:
    model = implicit_model(["p + q - s", "p * q - t"], {"p": 1.0, "q": 5.0})
    s, t = np.array([5.0, 7.0]), np.array([6.0, 10.0])
    [p, q], slopes = model.linearise([s, t])
    assert np.stack([p, q]) == pytest.approx(np.array([[2.0, 2.0], [3.0, 5.0]]), rel=1e-12)
    assert np.array([slopes[0][0], slopes[1][0]]) == pytest.approx(
        np.array([p / (p - q), q / (q - p)]), rel=1e-9
    )


def test_implicit_models_without_a_solution_are_refused() -> None:
    with pytest.raises(ModelRefused, match=r"nearer to the solution|determine|finite"):
        implicit_model("y**2 + x", {"y": 1.0}).evaluate([4.0])
    with pytest.raises(ModelRefused, match="2 unknowns need 2 relations"):
        implicit_model("y + z - x", {"y": 1.0, "z": 1.0})
    with pytest.raises(ModelRefused, match="do not contain the unknown 'z'"):
        implicit_model("y - x", {"z": 1.0})


def test_complex_duals_follow_conjugates_and_parts() -> None:
    z = Dual(np.complex128(3 + 4j), np.array([1.0, 1j]))
    assert abs(z).slope == pytest.approx([0.6, 0.8])
    assert (z * z.conjugate()).real.slope == pytest.approx([6.0, 8.0])
    assert np.conjugate(z).imag.slope == pytest.approx([0.0, -1.0])

"""The GUM framework: against GTC and uncertainties, against itself on columns, and by its own laws."""

import math
from typing import Any

import GTC
import numpy as np
import pytest
import uncertainties
from hypothesis import given, settings
from hypothesis import strategies as st
from uncertainties import umath

from quacan.metrology.correlations import CorrelationRefused, correlate, eigen_root
from quacan.metrology.inputs import InputQuantity, RelativeUncertainty, from_half_width, from_samples
from quacan.metrology.model import measurement_model
from quacan.metrology.propagation import (
    ComplexInput,
    Coverage,
    CoverageRefused,
    InputColumn,
    PropagationRefused,
    propagate,
    propagate_columns,
    propagate_complex,
    propagate_second_order,
)

MASS = measurement_model("(mS + dI) * (1 + (ra - 1.2) * (1 / rT - 1 / rS)) + dD")
POINT = {
    "mS": InputQuantity(100.0, 2e-5),
    "dI": InputQuantity(1e-4, 3e-5, 9.0),
    "ra": InputQuantity(1.19, 0.02),
    "rT": InputQuantity(7900.0, 60.0, 50.0),
    "rS": InputQuantity(8000.0, 20.0),
    "dD": InputQuantity(0.0, 1e-5, 19.0),
}
TOGETHER = correlate([("mS", "rS", 0.5)])

values = st.floats(0.5, 2.0)
deviations = st.floats(0.01, 0.5)


def test_mass_agrees_with_gtc() -> None:
    x = {
        name: GTC.ureal(q.value, q.u, q.dof, independent=name not in ("mS", "rS"))
        for name, q in POINT.items()
    }
    GTC.set_correlation(0.5, x["mS"], x["rS"])
    theirs = (x["mS"] + x["dI"]) * (1 + (x["ra"] - 1.2) * (1 / x["rT"] - 1 / x["rS"])) + x["dD"]
    ours = propagate(MASS, POINT, correlations=TOGETHER).outputs["y"]
    assert (ours.value, ours.u) == pytest.approx((theirs.x, theirs.u), rel=1e-13)
    assert ours.dof == pytest.approx(theirs.df, rel=1e-12)
    for row in ours.budget.rows:
        assert row.contribution == pytest.approx(
            GTC.component(theirs, x[row.input]) * np.sign(row.contribution)
        )


def test_readings_taken_together_agree_with_gtc() -> None:
    given = {"a": [5.007, 4.994, 5.005, 4.99, 4.999], "b": [19.663, 19.639, 19.64, 19.685, 19.678]}
    a, b = GTC.type_a.multi_estimate_real(list(given.values()))
    theirs = a / b
    inputs = {name: from_samples(readings) for name, readings in given.items()}
    together = correlate(groups=[["a", "b"]], inputs=inputs)
    ours = propagate(measurement_model("a / b"), inputs, correlations=together).outputs["y"]
    assert (ours.u, ours.dof) == pytest.approx((theirs.u, theirs.df), rel=1e-12)


@given(values, values, deviations, deviations, st.floats(-0.99, 0.99))
@settings(max_examples=50, deadline=None)
def test_correlated_nonlinear_models_agree_with_uncertainties(
    x: float, y: float, u: float, v: float, r: float
) -> None:
    a, b = uncertainties.correlated_values_norm([(x, u), (y, v)], [[1, r], [r, 1]])
    theirs = umath.exp(-a) * umath.sin(b) + a**b / b
    model = measurement_model("exp(-a) * sin(b) + a**b / b", inputs=["a", "b"])
    inputs = {"a": InputQuantity(x, u), "b": InputQuantity(y, v)}
    ours = propagate(model, inputs, correlations=correlate([("a", "b", r)])).outputs["y"]
    assert ours.value == pytest.approx(theirs.nominal_value, rel=1e-12)
    assert ours.u == pytest.approx(theirs.std_dev, rel=1e-7, abs=1e-9)


@given(st.lists(st.tuples(values, deviations), min_size=3, max_size=3), st.floats(-0.4, 0.4))
@settings(max_examples=40, deadline=None)
def test_a_budget_adds_up_to_the_variance(given: list[tuple[float, float]], r: float) -> None:
    inputs = {name: InputQuantity(*q) for name, q in zip("abc", given, strict=True)}
    correlations = correlate([("a", "b", r), ("b", "c", -r)])
    y = propagate(measurement_model("a * b / c - a**2"), inputs, correlations=correlations).outputs["y"]
    assert y.budget.variance == pytest.approx(y.u**2, rel=1e-9)
    shares = [row.share for row in y.budget.rows] + [row.share for row in y.budget.covariances]
    assert sum(share for share in shares if share is not None) == pytest.approx(1.0, rel=1e-9)


@given(
    st.lists(st.tuples(values, deviations), min_size=3, max_size=3),
    st.permutations("abc"),
    st.floats(1e-6, 1e6),
)
@settings(max_examples=40, deadline=None)
def test_order_of_inputs_and_units_do_not_matter(
    given: list[tuple[float, float]], order: list[str], factor: float
) -> None:
    inputs = {name: InputQuantity(*q) for name, q in zip("abc", given, strict=True)}
    first = propagate(measurement_model("a * b / c", inputs=list("abc")), inputs).outputs["y"]
    permuted = propagate(measurement_model("a * b / c", inputs=order), inputs).outputs["y"]
    assert permuted.u == pytest.approx(first.u, rel=1e-12)
    scaled = {**inputs, "a": InputQuantity(factor * inputs["a"].value, factor * inputs["a"].u)}
    other_unit = propagate(measurement_model("a * b / c"), scaled).outputs["y"]
    assert (other_unit.value, other_unit.u) == pytest.approx(
        (factor * first.value, factor * first.u), rel=1e-9
    )


def test_full_correlation_cancels_and_adds() -> None:
    inputs = {"a": InputQuantity(1.0, 0.3), "b": InputQuantity(2.0, 0.3)}
    one = correlate([("a", "b", 1.0)])
    assert propagate(measurement_model("a - b"), inputs, correlations=one).outputs["y"].u == 0.0
    assert propagate(measurement_model("a + b"), inputs, correlations=one).outputs["y"].u == pytest.approx(
        0.6
    )


def test_an_exact_input_keeps_its_sensitivity() -> None:
    rows = propagate(measurement_model("a * b"), {"a": InputQuantity(3.0, 0.0), "b": InputQuantity(2.0, 0.1)})
    row = rows.outputs["y"].budget.rows[0]
    assert (row.input, row.sensitivity, row.contribution, row.variance) == ("a", 2.0, 0.0, 0.0)


def test_dof_is_not_valid_rather_than_wrong() -> None:
    inputs = {"a": InputQuantity(1.0, 0.4, 4.0), "b": InputQuantity(1.0, 0.4, 4.0)}
    pair = [("a", "b", 0.9)]
    outside = propagate(measurement_model("a + b"), inputs, correlations=correlate(pair)).outputs["y"]
    assert (outside.dof, outside.k, outside.U, outside.interval) == (None, None, None, None)
    assert outside.u == pytest.approx(math.sqrt(0.608))
    assert "sampled together" in outside.notes[0]
    grouped = correlate(pair, groups=[["a", "b"]])
    assert propagate(measurement_model("a + b"), inputs, correlations=grouped).outputs[
        "y"
    ].dof == pytest.approx(4.0)
    fixed = propagate(
        measurement_model("a + b"), inputs, correlations=correlate(pair), coverage=Coverage(k=2.0)
    )
    assert pytest.approx(2 * math.sqrt(0.608)) == fixed.outputs["y"].U
    only_a = propagate(measurement_model("a + 0 * b"), inputs, correlations=correlate(pair)).outputs["y"]
    assert only_a.dof == pytest.approx(4.0)
    infinite = {name: InputQuantity(1.0, 0.4) for name in "ab"}
    both = {**infinite, "c": InputQuantity(0.0, 0.4, 5.0)}
    mixed = propagate(measurement_model("a + b + c"), both, correlations=correlate(pair)).outputs["y"]
    assert mixed.dof == pytest.approx(5 * (0.768 / 0.16) ** 2)


@pytest.mark.parametrize(("dof", "k"), [(18.999, 2.0930240544), (18.994, 2.1009220402), (1e9, 1.959964)])
def test_k_truncates_after_rounding_and_never_clamps(dof: float, k: float) -> None:
    assert Coverage().factor(dof) == pytest.approx(k, rel=1e-6)
    assert Coverage().factors(np.array([dof, dof])).tolist() == pytest.approx([k, k], rel=1e-6)


def test_k_below_one_degree_of_freedom_is_the_quantile_itself() -> None:
    from scipy.special import stdtr

    for dof in (0.4, 0.7, 0.98):
        assert stdtr(dof, Coverage().factor(dof)) == pytest.approx(0.975, rel=1e-9)


def test_k_of_columns_equals_k_of_single_results() -> None:
    dofs = np.concatenate([np.linspace(0.3, 60, 500), [1999.99, 2000.4, 2000.999, 5000.0, math.inf]])
    for coverage in (Coverage(), Coverage(0.9545), Coverage(0.99), Coverage(k=2.0)):
        assert coverage.factors(dofs).tolist() == [coverage.factor(float(dof)) for dof in dofs]
    assert np.isnan(Coverage().factors(np.array([5.0, np.nan]))).tolist() == [False, True]


@pytest.mark.parametrize("bad", [0.0, 1.0, -0.1, math.nan])
def test_a_coverage_outside_nought_and_one_is_refused(bad: float) -> None:
    with pytest.raises(CoverageRefused, match="between 0 and 1"):
        Coverage(bad)


def columns_of(rows: int, seed: int = 1) -> dict[str, InputColumn]:
    rng = np.random.default_rng(seed)
    return {
        name: InputColumn(q.value + q.u * rng.standard_normal(rows), q.u * rng.uniform(0.5, 1.5, rows), q.dof)
        for name, q in POINT.items()
    }


@pytest.mark.parametrize("grouped", [False, True])
def test_columns_equal_single_measurements_row_by_row(grouped: bool) -> None:
    rows = 9_000
    columns = columns_of(rows)
    point = dict(POINT)
    if grouped:
        for name in ("dI", "dD"):
            columns[name] = InputColumn(columns[name].values, columns[name].u, 9.0)
            point[name] = InputQuantity(point[name].value, point[name].u, 9.0)
    correlations = correlate(
        [("mS", "rS", 0.5), *([("dI", "dD", -0.3)] if grouped else [])],
        groups=[["dI", "dD"]] if grouped else [],
    )
    found = propagate_columns(MASS, columns, correlations=correlations)["y"]
    for row in (0, 4095, 8191, 8192, rows - 1):
        inputs = {
            name: InputQuantity(float(c.values[row]), float(c.u[row]), point[name].dof)  # type: ignore[index]
            for name, c in columns.items()
        }
        y = propagate(MASS, inputs, correlations=correlations).outputs["y"]
        here = [column[row] for column in (found.value, found.u, found.dof, found.k, found.U)]
        assert here == pytest.approx([y.value, y.u, y.dof, y.k, y.U], rel=1e-12)
        assert found.contributions[:, row] == pytest.approx(
            [r.contribution for r in y.budget.rows], rel=1e-12
        )
        assert found.covariances[:, row] == pytest.approx(
            [c.variance for c in y.budget.covariances], rel=1e-9
        )
    total = (found.contributions**2).sum(axis=0) + found.covariances.sum(axis=0)
    assert total == pytest.approx(found.u**2, rel=1e-12)


def test_columns_mix_with_single_numbers_and_relative_uncertainties() -> None:
    v = np.array([1.0, 10.0, 100.0])
    model = measurement_model({"p": "v * w", "q": "v + 1"})
    found = propagate_columns(
        model, {"v": InputColumn(v, RelativeUncertainty(0.02)), "w": InputQuantity(2.0, 0.1)}
    )
    assert found["q"].u.tolist() == pytest.approx((0.02 * v).tolist())
    assert found["p"].u.tolist() == pytest.approx(np.hypot(0.04 * v, 0.1 * v).tolist())
    assert np.isinf(found["p"].dof).all()
    alone = propagate_columns(model, {"v": InputQuantity(1.0, 0.1, 5.0), "w": InputQuantity(2.0, 0.0)})
    assert alone["q"].dof.tolist() == [5.0]


def test_columns_tell_which_rows_have_no_valid_dof() -> None:
    inputs = {"a": InputColumn([1.0, 1.0], 0.4, 4.0), "b": InputColumn(1.0, [0.4, 0.0], 4.0)}
    found = propagate_columns(measurement_model("a + b"), inputs, correlations=correlate([("a", "b", 0.9)]))[
        "y"
    ]
    assert np.isnan(found.dof).tolist() == [True, False]
    assert np.isnan(found.U).tolist() == [True, False]
    assert found.dof[1] == pytest.approx(4.0)


def test_columns_with_no_uncertainty_at_all_have_infinite_dof() -> None:
    found = propagate_columns(measurement_model("a"), {"a": InputColumn([1.0, 2.0], [0.0, 0.1], 3.0)})["y"]
    assert found.dof.tolist() == [math.inf, pytest.approx(3.0)]
    assert found.U[0] == 0.0


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"a": InputColumn([1.0, 2.0], 0.1)}, "needs the input 'b'"),
        ({"a": InputColumn([1.0, 2.0], 0.1), "b": InputColumn([1.0], 0.1)}, "lengths"),
        ({"a": InputColumn([1.0, 2.0], [0.1, -0.1]), "b": InputColumn(1.0, 0.1)}, "not negative"),
        ({"a": InputColumn([1.0, math.nan], 0.1), "b": InputColumn(1.0, 0.1)}, "finite"),
        ({"a": InputColumn([1.0, 2.0], 0.1, 0.0), "b": InputColumn(1.0, 0.1)}, "above zero"),
        ({"a": InputColumn([[1.0]], 0.1), "b": InputColumn(1.0, 0.1)}, "one column"),
        ({"a": InputColumn([1.0, 2.0], 0.1), "b": InputColumn([1.0, 0.0], 0.1)}, "row 2"),
    ],
)
def test_columns_that_make_no_sense_are_refused(inputs: dict[str, Any], message: str) -> None:
    with pytest.raises(PropagationRefused, match=message):
        propagate_columns(measurement_model("a / b"), inputs)


def test_results_without_a_finite_value_or_sensitivity_are_refused() -> None:
    with pytest.raises(PropagationRefused, match="no finite value"):
        propagate(measurement_model("1 / a"), {"a": InputQuantity(0.0, 0.1)})
    with pytest.raises(PropagationRefused, match="no finite sensitivity to a"):
        propagate(measurement_model("sqrt(a)"), {"a": InputQuantity(0.0, 0.1)})
    with pytest.raises(PropagationRefused, match="needs the input 'a'"):
        propagate(measurement_model("a"), {})


def test_contradicting_correlations_are_refused() -> None:
    with pytest.raises(CorrelationRefused, match="contradict"):
        correlate([("a", "b", 0.9), ("b", "c", 0.9), ("a", "c", -0.9)])
    with pytest.raises(CorrelationRefused, match="between -1 and 1"):
        correlate([("a", "b", 1.1)])
    with pytest.raises(CorrelationRefused, match="twice"):
        correlate([("a", "b", 0.1), ("b", "a", 0.1)])
    with pytest.raises(CorrelationRefused, match="itself"):
        correlate([("a", "a", 0.1)])
    with pytest.raises(CorrelationRefused, match="not an input"):
        propagate(
            measurement_model("a"), {"a": InputQuantity(1.0, 0.1)}, correlations=correlate([("a", "z", 0.1)])
        )
    a, b = from_samples([1.0, 2.0, 3.0]), from_samples([1.0, 2.0])
    with pytest.raises(CorrelationRefused, match="number of readings"):
        correlate(groups=[["a", "b"]], inputs={"a": a, "b": b})
    with pytest.raises(CorrelationRefused, match="also follows from their readings"):
        correlate([("a", "c", 0.5)], groups=[["a", "c"]], inputs={"a": a, "c": a})


@given(st.lists(st.floats(-1, 1), min_size=6, max_size=6))
def test_an_eigen_root_reproduces_singular_matrices(numbers: list[float]) -> None:
    half = np.array(numbers).reshape(3, 2)
    matrix = half @ half.T
    root = eigen_root(matrix)
    assert root.shape[1] <= 2
    assert root @ root.T == pytest.approx(matrix, abs=1e-10)


def test_several_outputs_have_the_covariance_of_gtc() -> None:
    model = measurement_model({"s": "a + b", "d": "a * b"})
    inputs = {"a": InputQuantity(2.0, 0.3), "b": InputQuantity(5.0, 0.4)}
    found = propagate(model, inputs, correlations=correlate([("a", "b", 0.25)]))
    a, b = GTC.ureal(2, 0.3, independent=False), GTC.ureal(5, 0.4, independent=False)
    GTC.set_correlation(0.25, a, b)
    assert found.correlation[0, 1] == pytest.approx(GTC.get_correlation(a + b, a * b), rel=1e-12)
    assert np.diag(found.covariance) == pytest.approx([(a + b).u ** 2, (a * b).u ** 2], rel=1e-12)


def test_complex_quantities_agree_with_gtc() -> None:
    z, w = GTC.ucomplex(3 + 4j, (0.1, 0.2)), GTC.ucomplex(1 - 2j, (0.05, 0.03))
    theirs = GTC.sqrt(z / w) * GTC.exp(w)
    ours = propagate_complex(
        "sqrt(z / w) * exp(w)", {"z": ComplexInput(3 + 4j, 0.1, 0.2), "w": ComplexInput(1 - 2j, 0.05, 0.03)}
    )
    assert ours.outputs["y"] == pytest.approx(theirs.x, rel=1e-13)
    assert ours.u("y") == pytest.approx((theirs.u.real, theirs.u.imag), rel=1e-12)
    covariance = GTC.get_covariance(theirs.real, theirs.imag)
    assert ours.covariance[0, 1] == pytest.approx(covariance, rel=1e-11)


def test_complex_models_need_not_be_analytic() -> None:
    ours = propagate_complex(lambda z: abs(z) + 0j * z, {"z": ComplexInput(3 + 4j, 0.1, 0.2, r=0.5)})
    expected = math.sqrt((0.6 * 0.1) ** 2 + (0.8 * 0.2) ** 2 + 2 * 0.5 * 0.6 * 0.1 * 0.8 * 0.2)
    assert ours.u("y")[0] == pytest.approx(expected, rel=1e-12)
    with pytest.raises(PropagationRefused, match="needs the input 'w'"):
        propagate_complex("z * w", {"z": ComplexInput(1 + 0j, 0.1)})
    with pytest.raises(PropagationRefused, match="semi-definite"):
        propagate_complex("z", {"z": ComplexInput(1j, 1.0)}, covariance=np.array([[1.0, 2.0], [2.0, 1.0]]))


def test_second_order_is_exact_for_a_product_of_gaussians() -> None:
    inputs = {"a": InputQuantity(2.0, 0.3), "b": InputQuantity(5.0, 0.4)}
    _, added = propagate_second_order(measurement_model("a * b"), inputs)
    exact = 4 * 0.16 + 25 * 0.09 + 0.09 * 0.16
    assert added["y"].u == pytest.approx(math.sqrt(exact), rel=1e-14)
    assert added["y"].share == pytest.approx(0.09 * 0.16 / exact, rel=1e-12)


def test_second_order_refuses_correlated_inputs_it_would_get_wrong() -> None:
    inputs = {"a": InputQuantity(2.0, 0.3), "b": InputQuantity(5.0, 0.4)}
    together = correlate([("a", "b", 0.5)])
    with pytest.raises(PropagationRefused, match="independent inputs only"):
        propagate_second_order(measurement_model("a * b"), inputs, correlations=together)
    _, added = propagate_second_order(measurement_model("a + b"), inputs, correlations=together)
    assert added["y"].terms == ()


def test_second_order_without_first_order_has_no_valid_dof() -> None:
    result, _ = propagate_second_order(measurement_model("a**2"), {"a": InputQuantity(0.0, 0.1, 5.0)})
    y = result.outputs["y"]
    assert (y.dof, y.U) == (None, None)
    assert y.u == pytest.approx(math.sqrt(2) * 0.01)
    limits, _ = propagate_second_order(measurement_model("a**2"), {"a": from_half_width(0.0, 0.1)})
    assert limits.outputs["y"].dof == math.inf


def test_whole_numbers_and_numpy_numbers_are_numbers() -> None:
    inputs = {"a": InputQuantity(3, 1), "b": InputQuantity(np.float64(2.0), np.float64(0.5))}
    y = propagate(measurement_model("a ** -2 / b"), inputs).outputs["y"]
    assert (y.value, type(y.value)) == (pytest.approx(1 / 18), float)

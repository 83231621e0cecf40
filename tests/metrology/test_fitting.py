"""Calibration curves: GUM H.3, York's data, independent implementations, and properties that must hold."""

import math

import GTC
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from quacan.metrology.fitting import (
    chi_squared_test,
    fit_line,
    fit_line_both_axes,
    fit_polynomial,
    lack_of_fit_test,
    runs_test,
)
from quacan.metrology.readings import UnusableReadings

X = [0.0, 0.9, 1.8, 2.6, 3.3, 4.4, 5.2, 6.1, 6.5, 7.4]
Y = [5.9, 5.4, 4.4, 4.6, 3.5, 3.7, 2.8, 2.8, 2.4, 1.5]
UX = [1 / math.sqrt(w) for w in (1000, 1000, 500, 800, 200, 80, 60, 20, 1.8, 1)]
UY = [1 / math.sqrt(w) for w in (1, 1.8, 4, 8, 20, 20, 70, 70, 100, 500)]
"""K. Pearson's points with D. York's weights."""


def test_both_axes_on_yorks_data() -> None:
    line = fit_line_both_axes(X, Y, u_x=UX, u_y=UY)
    assert line.parameters == pytest.approx([5.47991022, -0.480533407], rel=2e-9)
    assert line.uncertainties == pytest.approx([0.2947, 0.0580], rel=2e-3)
    assert line.chi_squared == pytest.approx(11.8663531941, rel=1e-9)
    assert line.dof == math.inf


def test_both_axes_agrees_with_two_other_implementations() -> None:
    line = fit_line_both_axes(X, Y, u_x=UX, u_y=UY)
    points = [[GTC.ureal(v, u) for v, u in zip(*axis, strict=True)] for axis in ((X, UX), (Y, UY))]
    gtc = GTC.type_b.line_fit_wtls(*points)
    assert line.parameters == pytest.approx([GTC.value(gtc.a_b[0]), GTC.value(gtc.a_b[1])], rel=1e-6)
    assert line.uncertainties == pytest.approx([GTC.uncertainty(v) for v in gtc.a_b], rel=0.02)

    def distance(points: np.ndarray) -> np.ndarray:
        """Unknown true x of every point and the line, all adjusted together."""
        a, b, true_x = points[0], points[1], points[2:]
        return np.concatenate(((true_x - X) / UX, (a + b * true_x - Y) / UY))

    other = optimize.least_squares(distance, [5.0, -0.5, *X], xtol=1e-15, ftol=1e-15, gtol=1e-15)
    covariance = np.linalg.inv(other.jac.T @ other.jac)
    assert line.parameters == pytest.approx(other.x[:2], rel=1e-6)
    assert line.uncertainties == pytest.approx(np.sqrt(np.diag(covariance))[:2], rel=0.02)
    assert line.chi_squared == pytest.approx(2 * other.cost, rel=1e-9)


def test_both_axes_becomes_weighted_least_squares_without_errors_in_x() -> None:
    york = fit_line_both_axes(X, Y, u_x=[0.0] * 10, u_y=UY)
    weighted = fit_line(X, Y, u_y=UY)
    assert york.parameters == pytest.approx(weighted.parameters, rel=1e-12)
    assert york.covariance == pytest.approx(weighted.covariance, rel=1e-10)


def test_both_axes_is_symmetric_in_its_axes() -> None:
    forward = fit_line_both_axes(X, Y, u_x=UX, u_y=UY)
    backward = fit_line_both_axes(Y, X, u_x=UY, u_y=UX)
    assert backward.parameters[1] == pytest.approx(1 / forward.parameters[1], rel=1e-9)
    assert backward.chi_squared == pytest.approx(forward.chi_squared, rel=1e-9)


def test_correlated_coordinates_change_the_line() -> None:
    plain = fit_line_both_axes(X, Y, u_x=UX, u_y=UY)
    tied = fit_line_both_axes(X, Y, u_x=UX, u_y=UY, r_xy=0.5)
    assert tied.parameters[1] != pytest.approx(plain.parameters[1], rel=1e-6)
    variance = np.array(UY) ** 2 + tied.parameters[1] ** 2 * np.array(UX) ** 2
    variance -= 2 * tied.parameters[1] * 0.5 * np.array(UX) * np.array(UY)
    by_hand = np.sum((np.array(Y) - tied.parameters[0] - tied.parameters[1] * np.array(X)) ** 2 / variance)
    assert tied.chi_squared == pytest.approx(by_hand, rel=1e-12)
    for step in (1e-5, -1e-5):
        slope = tied.parameters[1] + step
        other = np.array(UY) ** 2 + slope**2 * np.array(UX) ** 2 - slope * np.array(UX) * np.array(UY)
        residuals = np.array(Y) - slope * np.array(X)
        residuals -= np.average(residuals, weights=1 / other)
        assert np.sum(residuals**2 / other) > tied.chi_squared


points = st.lists(
    st.tuples(st.integers(-50, 50), st.floats(-10, 10).map(lambda v: round(v, 3))),
    min_size=4,
    max_size=15,
    unique_by=lambda p: p[0],
)


@given(points)
@settings(max_examples=60)
def test_ordinary_line_agrees_with_an_independent_one(pairs: list[tuple[int, float]]) -> None:
    x, y = zip(*pairs, strict=True)
    line, other = fit_line(x, y), stats.linregress(x, y)
    assert line.parameters == pytest.approx([other.intercept, other.slope], rel=1e-7, abs=1e-8)
    assert line.uncertainties == pytest.approx([other.intercept_stderr, other.stderr], rel=1e-6, abs=1e-8)


@given(points, st.floats(0.01, 100), st.floats(-100, 100))
@settings(max_examples=60)
def test_units_of_x_do_not_matter(pairs: list[tuple[int, float]], scale: float, origin: float) -> None:
    x, y = (np.array(v, dtype=float) for v in zip(*pairs, strict=True))
    here, there = (
        fit_polynomial(x, y, degree=2),
        fit_polynomial(origin + scale * x, y, degree=2, origin=origin),
    )
    middle = float(np.mean(x))
    a, b = here.predict([middle]), there.predict([origin + scale * middle])
    assert a.value == pytest.approx(b.value, rel=1e-6, abs=1e-6)
    assert a.u == pytest.approx(b.u, rel=1e-6, abs=1e-6)


@given(st.permutations(range(10)))
@settings(max_examples=20)
def test_order_of_points_does_not_matter(order: list[int]) -> None:
    line = fit_line_both_axes(
        *([v[i] for i in order] for v in (X, Y)), u_x=[UX[i] for i in order], u_y=[UY[i] for i in order]
    )
    assert line.parameters == pytest.approx([5.47991022, -0.480533407], rel=2e-9)


def test_high_degree_keeps_its_digits() -> None:
    x = np.linspace(1000, 1100, 30)
    t = (x - 1050) / 50
    exact = 1 + 2 * t - 3 * t**2 + 0.5 * t**5
    curve = fit_polynomial(x, exact, degree=5, origin=1050)
    assert curve.value(x) == pytest.approx(exact, abs=1e-11)


def test_generalised_least_squares_with_a_diagonal_covariance_is_weighted() -> None:
    weighted = fit_line(X, Y, u_y=UY)
    general = fit_line(X, Y, covariance_y=np.diag(np.array(UY) ** 2))
    assert general.parameters == pytest.approx(weighted.parameters, rel=1e-12)
    assert general.chi_squared == pytest.approx(weighted.chi_squared, rel=1e-12)


def test_generalised_least_squares_by_the_textbook_formula() -> None:
    covariance = np.diag(np.array(UY) ** 2) + 0.01
    design = np.stack([np.ones(10), X], axis=1)
    inverse = np.linalg.inv(covariance)
    expected = np.linalg.inv(design.T @ inverse @ design)
    general = fit_line(X, Y, covariance_y=covariance)
    assert general.covariance == pytest.approx(expected, rel=1e-9)
    assert general.parameters == pytest.approx(expected @ design.T @ inverse @ Y, rel=1e-9)


def test_rescaling_uses_the_birge_ratio_and_counts_dof() -> None:
    plain, scaled = fit_line(X, Y, u_y=UY), fit_line(X, Y, u_y=UY, rescale=True)
    assert scaled.covariance == pytest.approx(plain.covariance * plain.chi_squared / 8, rel=1e-12)
    assert (plain.dof, scaled.dof) == (math.inf, 8)


def test_inverse_prediction_undoes_prediction() -> None:
    line = fit_line(X, Y)
    found = line.inverse(float(line.value([3.0])[0]))
    assert found.x == pytest.approx(3.0, rel=1e-12)
    slope = abs(line.parameters[1])
    assert found.u_reading == pytest.approx(line.s / slope)
    assert found.u_curve == pytest.approx(float(line.predict([3.0]).u[0]) / slope)
    assert found.dof == 8
    averaged = line.inverse(float(line.value([3.0])[0]), readings=4)
    assert averaged.u_reading == pytest.approx(found.u_reading / 2)


def test_inverse_prediction_agrees_with_simulation() -> None:
    rng, line = np.random.default_rng(2), fit_line(X, Y)
    found = line.inverse(4.0, u_y=0.05)
    parameters = rng.multivariate_normal(line.parameters, line.covariance, size=200_000)
    simulated = (4.0 + 0.05 * rng.normal(size=200_000) - parameters[:, 0]) / parameters[:, 1]
    assert found.u == pytest.approx(float(np.std(simulated)), rel=0.02)
    assert found.dof > 8


def test_inverse_prediction_refuses_what_is_ambiguous_or_outside() -> None:
    parabola = fit_polynomial([-2, -1, 0, 1, 2], [4.1, 1, 0.1, 0.9, 4], degree=2)
    with pytest.raises(UnusableReadings, match="More than one"):
        parabola.inverse(1.0)
    with pytest.raises(UnusableReadings, match="No point"):
        parabola.inverse(-5.0)
    with pytest.raises(UnusableReadings, match="outside the calibrated range"):
        fit_line(X, Y).inverse(100.0)
    with pytest.raises(UnusableReadings, match="u_y is needed"):
        fit_line(X, Y, u_y=UY).inverse(4.0)


def test_bands_cover_as_often_as_they_say() -> None:
    rng, x = np.random.default_rng(9), np.linspace(0, 10, 8)
    inside, whole = 0, 0
    for _ in range(1500):
        line = fit_line(x, 1 + 2 * x + rng.normal(size=8))
        low, high = line.band([4.0], coverage=0.9, of="reading")
        inside += bool(low[0] <= 9 + rng.normal() <= high[0])
        low, high = line.band(x, coverage=0.9, simultaneous=True)
        whole += bool(np.all((low <= 1 + 2 * x) & (1 + 2 * x <= high)))
    assert inside / 1500 == pytest.approx(0.9, abs=0.03)
    assert whole / 1500 >= 0.88


def test_prediction_band_needs_the_scatter_of_a_reading() -> None:
    with pytest.raises(UnusableReadings):
        fit_line(X, Y, u_y=UY).band([1.0], of="reading")


def test_chi_squared_test_accepts_and_rejects() -> None:
    good = fit_line(X, Y, u_y=UY)
    result = chi_squared_test(good)
    assert result.p_value == pytest.approx(stats.chi2.sf(good.chi_squared, 8))
    assert not chi_squared_test(fit_line(X, Y, u_y=[u / 100 for u in UY])).accepted
    with pytest.raises(UnusableReadings):
        chi_squared_test(fit_line(X, Y))


def test_lack_of_fit_finds_a_bend() -> None:
    rng = np.random.default_rng(4)
    x = np.repeat(np.arange(6.0), 3)
    noise = 0.1 * rng.normal(size=18)
    assert lack_of_fit_test(fit_line(x, 1 + x + noise)).accepted
    assert not lack_of_fit_test(fit_line(x, 1 + x + 0.2 * x**2 + noise)).accepted
    straight = fit_line(x, 1 + 0.2 * x**2 + noise)
    means = np.array([straight.residuals[x == level].mean() for level in range(6)])
    pure = sum(float(np.sum((straight.residuals[x == v] - means[v]) ** 2)) for v in range(6))
    expected = 3 * np.sum(means**2) / 4 / (pure / 12)
    assert lack_of_fit_test(straight).statistic == pytest.approx(expected, rel=1e-10)
    with pytest.raises(UnusableReadings):
        lack_of_fit_test(fit_line(X, Y))


def test_runs_test_counts_and_weighs_runs() -> None:
    x = np.arange(12.0)
    bent = fit_line(x, (x - 5.5) ** 2)
    result = runs_test(bent)
    assert result.statistic == 3
    assert not result.accepted
    total = sum(runs_test_probability(k, 5, 6) for k in range(2, 12))
    assert total == pytest.approx(1)


def runs_test_probability(k: int, above: int, below: int) -> float:
    from quacan.metrology.fitting.residuals import _runs_probability

    return _runs_probability(k, above, below)


@pytest.mark.parametrize(
    ("x", "y", "options"),
    [
        ([1, 2], [1, 2], {}),
        ([1, 1, 1], [1, 2, 3], {}),
        ([1, 2, 3], [1, 2], {}),
        ([1, 2, 3], [1, 2, math.nan], {}),
        ([1, 2, 3], [1, 2, 3], {"u_y": [0.1, 0.0, 0.1]}),
        ([1, 2, 3], [1, 2, 3], {"u_y": [0.1] * 3, "covariance_y": np.eye(3)}),
        ([1, 2, 3], [1, 2, 3], {"covariance_y": np.ones((3, 3))}),
    ],
)
def test_what_does_not_determine_a_line_is_refused(
    x: list[float], y: list[float], options: dict[str, object]
) -> None:
    with pytest.raises(UnusableReadings):
        fit_line(x, y, **options)  # type: ignore[arg-type]


def test_both_axes_refuses_points_without_uncertainty() -> None:
    with pytest.raises(UnusableReadings):
        fit_line_both_axes(X, Y, u_x=[0.0] * 10, u_y=[0.0] * 10)
    with pytest.raises(UnusableReadings):
        fit_line_both_axes(X, Y, u_x=UX, u_y=UY, r_xy=1.0)
    with pytest.raises(UnusableReadings):
        fit_line_both_axes([1.0] * 10, Y, u_x=UX, u_y=UY)

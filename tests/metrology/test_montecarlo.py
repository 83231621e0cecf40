"""Monte Carlo: the draws, the stop rules, the intervals, the joint distributions, and what is refused."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import gammainc, ndtr, stdtr, stdtrit

from quacan.metrology.correlations import correlate
from quacan.metrology.distributions import (
    Arcsine,
    CurvilinearTrapezoid,
    Distribution,
    DistributionRefused,
    Draw,
    Exponential,
    Gamma,
    Normal,
    Rectangular,
    StudentT,
    Trapezoidal,
    Triangular,
)
from quacan.metrology.inputs import InputQuantity, from_distribution, from_half_width, from_samples
from quacan.metrology.model import measurement_model
from quacan.metrology.montecarlo import MonteCarloRefused, MonteCarloSettings, monte_carlo, validate
from quacan.metrology.montecarlo.engine import LEAST_BATCHES, tolerance_of
from quacan.metrology.montecarlo.sobol import BASE, MOST_DIMENSIONS, ScrambledSobol, direction_matrix
from quacan.metrology.montecarlo.sources import (
    QuasiRandomDraws,
    RandomDraws,
    generator_of,
    inverse_transform,
    t_of_normal,
)
from quacan.metrology.montecarlo.store import DrawStore, quantiles, shortest_interval
from quacan.metrology.propagation import propagate

SUM = measurement_model("a + b")
PAIR = {"a": InputQuantity(1.0, 0.3), "b": InputQuantity(2.0, 0.4)}


def fixed(draws: int, **more: Any) -> MonteCarloSettings:
    return MonteCarloSettings(draws=draws, **more)


# --- points -----------------------------------------------------------------------------------------------------


def test_every_dimension_fills_every_elementary_interval_once() -> None:
    points = ScrambledSobol(MOST_DIMENSIONS, 2, generator_of(5)).block(3)
    cells = np.sort((points * BASE).astype(int), axis=2)
    assert (cells == np.arange(BASE)).all()


def test_unscrambled_directions_are_those_of_the_published_table() -> None:
    # Dimension 3: polynomial x² + x + 1, m = 1, 3, and by the recurrence 2·3 ⊕ 4·1 ⊕ 1 = 3.
    third = [int(x) / 2**32 for x in direction_matrix(3)[2][:3]]
    assert third == [0.5, 0.75, 0.375]
    assert np.all((direction_matrix(MOST_DIMENSIONS) >> np.uint32(31))[:, 0] == 1)


def test_pairs_of_dimensions_are_balanced() -> None:
    points = ScrambledSobol(2, 1, generator_of(9)).block(0)[:, 0, :]
    table, _, _ = np.histogram2d(*points, bins=32, range=[[0, 1], [0, 1]])
    assert (table == 1).all()


def test_sets_are_independent_and_seeds_decide() -> None:
    one, again, other = (ScrambledSobol(3, 2, generator_of(seed)).block(1) for seed in (1, 1, 2))
    assert np.array_equal(one, again)
    assert not np.any(np.isclose(one, other, rtol=0, atol=1e-12))
    assert not np.any(np.isclose(one[:, 0], one[:, 1], rtol=0, atol=1e-12))


def test_dimensions_beyond_the_table_are_refused() -> None:
    with pytest.raises(ValueError, match="1 to 52 dimensions"):
        ScrambledSobol(53, 1, generator_of(1))


# --- distributions ----------------------------------------------------------------------------------------------

SHAPES: list[tuple[Distribution, Any]] = [
    (Normal(1.0, 0.5), lambda x: ndtr((x - 1) / 0.5)),
    (StudentT(1.0, 0.5, 5.0), lambda x: stdtr(5.0, (x - 1) / 0.5)),
    (Rectangular(2.0, 0.5), lambda x: x - 1.5),
    (Triangular(0.0, 1.0), lambda x: np.where(x < 0, 0.5 * (1 + x) ** 2, 1 - 0.5 * (1 - x) ** 2)),
    (Arcsine(0.0, 2.0), lambda x: 0.5 + np.arcsin(x / 2) / math.pi),
    (Exponential(3.0), lambda x: 1 - np.exp(-x / 3)),
    (Gamma(2.5, 2.0), lambda x: gammainc(2.5, x / 2)),
]


@pytest.mark.parametrize(("distribution", "cumulative"), SHAPES)
def test_values_are_the_quantiles_of_their_distribution(distribution: Distribution, cumulative: Any) -> None:
    p = np.linspace(0.001, 0.999, 401)
    values = distribution.values(inverse_transform(distribution.draws[0], p))
    assert cumulative(values) == pytest.approx(p, abs=1e-9)


@pytest.mark.parametrize(
    "distribution",
    [shape for shape, _ in SHAPES]
    + [
        Trapezoidal(1.0, 2.0, 0.3),
        Trapezoidal(1.0, 2.0, 0.0),
        Trapezoidal(0.0, 1.0, 1.0),
        CurvilinearTrapezoid(-1.0, 1.0, 0.5),
    ],
)
@pytest.mark.parametrize("plain", [False, True])
def test_draws_have_the_stated_mean_and_deviation(distribution: Distribution, plain: bool) -> None:
    source = RandomDraws(distribution.draws, 3) if plain else None
    quasi = QuasiRandomDraws(distribution.draws, 8, 3)
    blocks = [source.block(BASE * 64)] if source else [quasi.block(i) for i in range(8)]
    values = np.concatenate([np.ravel(distribution.values(*block)) for block in blocks])
    u = distribution.standard_deviation
    assert values.mean() == pytest.approx(distribution.value, abs=(0.02 if plain else 0.002) * u)
    assert values.std() == pytest.approx(u, rel=0.05 if plain else 0.02)


def test_the_interpolated_t_is_the_exact_quantile() -> None:
    z = np.linspace(-6.4, 6.4, 1001)
    for dof in (1.0, 2.5, 4.0, 19.0, 300.0, 1e5):
        exact = -np.sign(z) * stdtrit(dof, ndtr(-np.abs(z)))
        assert t_of_normal(dof, z) == pytest.approx(exact, rel=1e-10, abs=1e-12)
    for dof in (1e8, 1e10, 1e14):
        assert t_of_normal(dof, z) == pytest.approx(z, rel=1e-6)
    assert t_of_normal(0.5, np.array([1.0])) == pytest.approx(stdtrit(0.5, ndtr(1.0)))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Normal(0.0, -1.0),
        lambda: Rectangular(math.nan, 1.0),
        lambda: Trapezoidal(0.0, 1.0, 1.5),
        lambda: CurvilinearTrapezoid(0.0, 1.0, 2.0),
        lambda: StudentT(0.0, 1.0, 0.0),
        lambda: Gamma(0.0, 1.0),
        lambda: Exponential(-1.0),
    ],
)
def test_distributions_that_make_no_sense_are_refused(make: Any) -> None:
    with pytest.raises(DistributionRefused):
        make()


# --- results ----------------------------------------------------------------------------------------------------


@given(st.sampled_from([-2.0, -0.3, 0.01, 0.7, 1.5]), st.floats(0.1, 2), st.floats(-0.9, 0.9))
@settings(max_examples=10, deadline=None)
def test_linear_models_of_gaussians_agree_with_the_framework(factor: float, u: float, r: float) -> None:
    model = measurement_model(f"({factor!r}) * a + b", inputs=["a", "b"])
    inputs = {"a": InputQuantity(1.0, u), "b": InputQuantity(2.0, 0.4)}
    correlations = correlate([("a", "b", r)])
    drawn = monte_carlo(model, inputs, correlations=correlations, settings=fixed(2**15)).outputs["y"]
    linear = propagate(model, inputs, correlations=correlations).outputs["y"]
    assert drawn.u == pytest.approx(linear.u, rel=1e-9)
    assert drawn.value == pytest.approx(linear.value, abs=1e-9)
    assert drawn.interval == pytest.approx(linear.interval, abs=0.04 * linear.u)


def test_the_same_seed_gives_the_same_numbers_and_another_does_not() -> None:
    for plain in (False, True):
        one, again, other = (
            monte_carlo(SUM, PAIR, settings=fixed(40_000, seed=seed, plain=plain)) for seed in (7, 7, 8)
        )
        assert one.outputs == again.outputs
        assert one.outputs["y"].interval != other.outputs["y"].interval
        assert (one.seed, one.draws, other.seed) == (7, 40_000, 8)


@pytest.mark.parametrize("draws", [1_000, 1_001, 9_973, 40_000])
@pytest.mark.parametrize("plain", [False, True])
def test_fixed_draws_are_exactly_that_many(draws: int, plain: bool) -> None:
    result = monte_carlo(SUM, PAIR, settings=fixed(draws, plain=plain))
    assert result.draws == draws
    assert result.outputs["y"].u == pytest.approx(0.5, rel=0.1)


def test_the_adaptive_stop_keeps_its_promise_with_fewer_draws() -> None:
    square = measurement_model("0.9 * (a * b + b)")
    reference = monte_carlo(square, PAIR, settings=fixed(2**22, seed=99)).outputs["y"]
    draws = {}
    for plain in (False, True):
        off = []
        for seed in range(6):
            result = monte_carlo(square, PAIR, settings=MonteCarloSettings(seed=seed, plain=plain))
            y = result.outputs["y"]
            off += [abs(a - b) for a, b in zip(y.interval, reference.interval, strict=True)]
            draws[plain] = draws.get(plain, 0) + result.draws
            assert result.is_stable is True
        tolerance = tolerance_of(reference.u or 0.0, 2)
        assert tolerance == 0.005
        assert np.mean(np.array(off) <= tolerance) >= 0.8
        assert max(off) < 2 * tolerance
    assert draws[False] < 0.6 * draws[True]


def test_a_lucky_early_stop_is_not_believed() -> None:
    least = min(
        monte_carlo(SUM, PAIR, settings=MonteCarloSettings(seed=seed, digits=1, plain=True)).draws
        for seed in range(30)
    )
    assert least >= LEAST_BATCHES * 10_000


def test_draws_that_do_not_settle_are_reported_as_such() -> None:
    result = monte_carlo(SUM, PAIR, settings=MonteCarloSettings(digits=4, most_draws=50_000))
    assert result.is_stable is False
    assert "not every figure is stable" in result.notes[0]
    assert result.draws <= 50_000


def test_the_shortest_interval_of_a_skewed_output_is_shorter() -> None:
    result = monte_carlo(
        measurement_model("a"), {"a": from_distribution(Exponential(1.0))}, settings=fixed(2**18)
    )
    y = result.outputs["y"]
    assert y.shortest == pytest.approx((0.0, -math.log(0.05)), abs=0.01)
    assert y.interval == pytest.approx((-math.log(0.975), -math.log(0.025)), abs=0.01)


def test_inputs_read_from_few_readings_are_drawn_from_t() -> None:
    q = from_samples([1.0, 1.2, 0.9, 1.1, 1.05])
    y = monte_carlo(measurement_model("a"), {"a": q}, settings=fixed(2**17)).outputs["y"]
    assert y.u == pytest.approx(q.u * math.sqrt(2), rel=1e-9)
    assert (y.interval[1] - q.value) / q.u == pytest.approx(2.7764, rel=5e-3)


def test_few_degrees_of_freedom_leave_no_deviation_but_an_interval() -> None:
    two = monte_carlo(measurement_model("a"), {"a": InputQuantity(5.0, 1.0, 2.0)}, settings=fixed(2**17))
    assert (two.outputs["y"].u, two.covariance) == (None, None)
    assert two.outputs["y"].value == pytest.approx(5.0, abs=0.05)
    assert two.outputs["y"].interval[1] == pytest.approx(5 + 4.3027, rel=0.02)
    one = monte_carlo(measurement_model("a"), {"a": InputQuantity(5.0, 1.0, 1.0)}, settings=fixed(2**17))
    assert (one.outputs["y"].value, one.outputs["y"].u) == (None, None)
    assert "no expectation" in one.notes[0]


def test_exact_inputs_and_models_without_draws_are_answered() -> None:
    y = monte_carlo(SUM, {"a": InputQuantity(1.0, 0.0), "b": InputQuantity(2.0, 0.0)}).outputs["y"]
    assert (y.value, y.u, y.interval, y.shortest) == (3.0, 0.0, (3.0, 3.0), (3.0, 3.0))


def test_readings_taken_together_follow_the_multivariate_t() -> None:
    readings = {"a": [1.0, 1.2, 0.9, 1.1, 1.05, 1.0, 0.95], "b": [2.0, 2.3, 1.8, 2.2, 2.1, 2.05, 1.9]}
    inputs = {name: from_samples(values) for name, values in readings.items()}
    together = correlate(groups=[["a", "b"]], inputs=inputs)
    result = monte_carlo(
        measurement_model({"p": "a", "q": "b"}), inputs, correlations=together, settings=fixed(2**16)
    )
    scale = np.cov(list(readings.values())) / 7
    assert result.covariance == pytest.approx(scale * 6 / (7 - 2 - 2), rel=1e-9)
    p = result.outputs["p"]
    assert (p.interval[1] - inputs["a"].value) / inputs["a"].u == pytest.approx(
        float(stdtrit(5, 0.975)) * math.sqrt(6 / 5), rel=0.02
    )


def test_too_few_joint_readings_are_refused() -> None:
    inputs = {name: from_samples([1.0, 1.2]) for name in "ab"}
    with pytest.raises(MonteCarloRefused, match="more than 2 simultaneous readings"):
        monte_carlo(SUM, inputs, correlations=correlate([], groups=[["a", "b"]], inputs=None))


def test_singular_correlation_blocks_are_drawn_without_jitter() -> None:
    inputs = {name: InputQuantity(0.0, 1.0) for name in "abc"}
    block = correlate([("a", "b", 1.0), ("b", "c", -1.0), ("a", "c", -1.0)])
    model = measurement_model({"d": "a - b", "s": "b + c"})
    result = monte_carlo(model, inputs, correlations=block, settings=fixed(4096))
    assert [y.u for y in result.outputs.values()] == pytest.approx([0.0, 0.0], abs=1e-12)


@pytest.mark.parametrize("r", [-0.8, 0.3, 0.9])
def test_a_copula_keeps_margins_and_correlation(r: float) -> None:
    inputs = {
        "a": from_half_width(0.0, 1.0),
        "b": InputQuantity(0.0, 1.0, 6.0),
        "c": from_half_width(1.0, 1.0),
    }
    correlations = correlate([("a", "b", r)])
    model = measurement_model({"p": "a + 0 * c", "q": "b"}, inputs=["a", "b", "c"])
    plain = monte_carlo(model, inputs, correlations=correlations, settings=fixed(400_000, plain=True))
    assert plain.covariance is not None
    drawn = plain.covariance[0, 1] / math.sqrt(plain.covariance[0, 0] * plain.covariance[1, 1])
    assert drawn == pytest.approx(r, abs=0.01)
    assert plain.outputs["p"].interval == pytest.approx((-0.95, 0.95), abs=0.01)
    assert "Gaussian copula" in plain.notes[0]


def test_impossible_joint_distributions_are_refused() -> None:
    skewed = {"a": from_distribution(Exponential(1.0)), "b": InputQuantity(0.0, 1.0)}
    with pytest.raises(MonteCarloRefused, match=r"cannot have correlation 0\.99"):
        monte_carlo(SUM, skewed, correlations=correlate([("a", "b", 0.99)]))
    wide = {"a": from_distribution(CurvilinearTrapezoid(0, 1, 0.5)), "b": InputQuantity(0.0, 1.0)}
    with pytest.raises(MonteCarloRefused, match="curvilinear trapezoid"):
        monte_carlo(SUM, wide, correlations=correlate([("a", "b", 0.5)]))
    heavy = {"a": InputQuantity(0.0, 1.0, 2.0), "b": InputQuantity(0.0, 1.0)}
    with pytest.raises(MonteCarloRefused, match="too few degrees of freedom"):
        monte_carlo(SUM, heavy, correlations=correlate([("a", "b", 0.5)]))
    three = {name: InputQuantity(0.0, 1.0, 9.0) for name in "abc"}
    across = correlate([("a", "b", 0.5), ("b", "c", 0.5)], groups=[["a", "b"]])
    with pytest.raises(MonteCarloRefused, match="border of a group"):
        monte_carlo(measurement_model("a + b + c"), three, correlations=across)


def test_models_without_a_finite_result_are_refused() -> None:
    with pytest.raises(MonteCarloRefused, match="not finite for"):
        monte_carlo(measurement_model("log(a)"), {"a": InputQuantity(0.1, 1.0)})
    with pytest.raises(MonteCarloRefused, match="needs the input 'b'"):
        monte_carlo(SUM, {"a": InputQuantity(0.1, 1.0)})


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"coverage": 1.0}, "between 0 and 1"),
        ({"draws": 5}, "at least"),
        ({"seed": -1}, "seed"),
        ({"digits": 0}, "digits"),
    ],
)
def test_settings_that_make_no_sense_are_refused(bad: dict[str, Any], message: str) -> None:
    with pytest.raises(MonteCarloRefused, match=message):
        MonteCarloSettings(**bad)


def test_many_dimensions_fall_back_to_random_numbers() -> None:
    names = [f"x{i}" for i in range(60)]
    model = measurement_model(" + ".join(names))
    result = monte_carlo(model, {name: InputQuantity(0.0, 1.0) for name in names}, settings=fixed(50_000))
    assert result.generator == "SFC64"
    assert result.outputs["y"].u == pytest.approx(math.sqrt(60), rel=0.02)


def test_validation_accepts_what_is_linear_and_rejects_what_is_not() -> None:
    good = validate(SUM, PAIR).comparisons["y"]
    assert good.validated is True
    curved = validate(measurement_model("a**2"), {"a": InputQuantity(0.0, 1.0)}).comparisons["y"]
    assert curved.validated is False
    outside = {"a": InputQuantity(1.0, 0.4, 9.0), "b": InputQuantity(1.0, 0.4, 9.0)}
    unknown = validate(
        SUM, outside, correlations=correlate([("a", "b", 0.5)]), settings=fixed(2**14)
    ).comparisons["y"]
    assert (unknown.validated, unknown.d_low) == (None, None)


# --- memory -----------------------------------------------------------------------------------------------------


def blocks(seed: int, rows: int, count: int, size: int) -> list[NDArray[np.float64]]:
    rng = np.random.default_rng(seed)
    return [rng.standard_normal((rows, size)) for _ in range(count)]


@pytest.mark.parametrize("rows", [1, 8])
def test_thinned_draws_keep_their_quantiles_in_bounded_memory(rows: int) -> None:
    given = blocks(1, rows, 200, 500)
    small, full = DrawStore(rows, capacity=rows * 4_000), DrawStore(rows)
    held = 0
    for block in given:
        small.add(block.copy())
        full.add(block)
        held = max(held, small.ordered()[0].shape[1])
    assert (small.count, full.is_exact, small.is_exact) == (100_000, True, False)
    assert held <= 4_500
    p = np.array([0.025, 0.5, 0.975])
    thin, weights = small.ordered()
    exact, none = full.ordered()
    assert none is None
    assert weights is not None
    assert weights.sum(axis=1) == pytest.approx(np.full(rows, 100_000), rel=0.01)
    assert quantiles(thin, p, weights) == pytest.approx(quantiles(exact, p), abs=0.02)
    pooled, pooled_weights = small.pooled()
    assert np.all(np.diff(pooled) >= 0)
    low, high = shortest_interval(pooled, 0.95, pooled_weights)
    assert (low, high) == pytest.approx((-1.96, 1.96), abs=0.15)


def test_draws_beyond_the_exact_store_agree_with_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    import quacan.metrology.montecarlo.gathering as gathering

    monkeypatch.setattr(gathering, "DrawStore", lambda rows: DrawStore(rows, capacity=rows * 8_192))
    model = measurement_model({"p": "a + b", "q": "a * b"})
    for plain in (False, True):
        y = monte_carlo(model, PAIR, settings=fixed(2**18, plain=plain)).outputs["p"]
        assert y.interval == pytest.approx((3 - 0.98, 3 + 0.98), abs=0.01)
        assert y.shortest == pytest.approx((3 - 0.98, 3 + 0.98), abs=0.05)


def test_elementary_draws_are_described_by_kind_and_parameter() -> None:
    assert Gamma(2.0, 3.0).draws == (Draw("gamma", 2.0),)
    assert len(CurvilinearTrapezoid(0.0, 1.0, 0.1).draws) == 2


def test_moments_of_a_strongly_curved_model_are_those_of_its_draws() -> None:
    model = measurement_model({"p": "1 / (1 + 400 * (x - 0.3)**2)", "q": "x"})
    result = monte_carlo(model, {"x": InputQuantity(0.31, 0.5)}, settings=fixed(2**18))
    x = InputQuantity(0.31, 0.5)
    grid = np.linspace(-6, 6, 200_001)
    weight = np.exp(-0.5 * grid**2)
    weight /= weight.sum()
    values = 1 / (1 + 400 * (x.value + x.u * grid - 0.3) ** 2)
    mean = float(weight @ values)
    assert result.outputs["p"].value == pytest.approx(mean, rel=1e-3)
    assert result.outputs["p"].u == pytest.approx(math.sqrt(float(weight @ (values - mean) ** 2)), rel=2e-3)
    assert result.outputs["q"].u == pytest.approx(0.5, rel=1e-9)

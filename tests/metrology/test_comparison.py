"""Scores, robust statistics, weighted means, Youden pairs."""

import math
import statistics
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from quacan.metrology.comparison import (
    algorithm_a,
    algorithm_s,
    en_score,
    median_absolute_deviation,
    normalised_interquartile_range,
    weighted_mean,
    youden_pairs,
    z_prime_score,
    z_score,
    zeta_score,
)
from quacan.metrology.readings import UnusableReadings

results = st.lists(st.floats(-100, 100).map(lambda v: round(v, 2)), min_size=5, max_size=30)


def plain_algorithm_a(values: list[float]) -> tuple[float, float]:
    """ISO 13528:2022, C.3.1, as it reads."""
    mean = statistics.median(values)
    sd = 1.483 * statistics.median(abs(v - mean) for v in values)
    for _ in range(3000):
        kept = [min(max(v, mean - 1.5 * sd), mean + 1.5 * sd) for v in values]
        mean, sd = statistics.mean(kept), 1.134 * statistics.stdev(kept)
    return mean, sd


def test_algorithm_a_as_it_reads() -> None:
    values = [10.02, 10.05, 9.98, 10.01, 10.47, 10.0, 9.99, 10.03]
    estimate = algorithm_a(values)
    assert (estimate.mean, estimate.sd) == pytest.approx(plain_algorithm_a(values), rel=1e-11)
    assert estimate.u_mean == pytest.approx(1.25 * estimate.sd / math.sqrt(8))


@given(results, st.floats(0.1, 100), st.floats(-1000, 1000), st.randoms())
@settings(max_examples=60)
def test_algorithm_a_follows_scale_origin_and_not_order(
    values: list[float], scale: float, origin: float, random: object
) -> None:
    if median_absolute_deviation(values) < 0.05:
        return
    here, moved = algorithm_a(values), [origin + scale * v for v in values]
    random.shuffle(moved)  # type: ignore[attr-defined]
    there = algorithm_a(moved)
    assert there.mean == pytest.approx(origin + scale * here.mean, rel=1e-7, abs=1e-6)
    assert there.sd == pytest.approx(scale * here.sd, rel=1e-6, abs=1e-7)


def test_algorithm_a_resists_an_outlier_and_agrees_with_normal_results() -> None:
    values = np.random.default_rng(1).normal(5, 2, size=4000)
    estimate = algorithm_a(values)
    assert estimate.mean == pytest.approx(5, abs=0.1)
    assert estimate.sd == pytest.approx(2, rel=0.03)
    spoiled = algorithm_a([*values[:50], 1e6])
    assert spoiled.mean == pytest.approx(algorithm_a(values[:50]).mean, abs=0.2)


def test_algorithm_a_with_many_equal_results() -> None:
    assert algorithm_a([1.0, 1.0, 1.0, 1.0]).sd == 0
    half = algorithm_a([1.0, 1.0, 1.0, 1.0, 1.2, 0.9])
    assert half.sd > 0
    assert half.mean == pytest.approx(1.0, abs=0.05)
    with pytest.raises(UnusableReadings):
        algorithm_a([1.0, 2.0])


def test_algorithm_s_factors_are_those_of_the_table() -> None:
    """ISO 13528:2022, Table C.1: ν -> η, ξ."""
    from quacan.metrology.comparison.robust import _algorithm_s_factors

    for nu, eta, xi in (
        (1, 1.645, 1.097),
        (2, 1.517, 1.054),
        (3, 1.444, 1.039),
        (4, 1.395, 1.032),
    ):
        assert _algorithm_s_factors(nu) == pytest.approx((eta, xi), abs=6e-4)


def test_algorithm_s_estimates_sigma_and_resists() -> None:
    rng = np.random.default_rng(8)
    deviations = rng.normal(0, 3, size=(3000, 4)).std(axis=1, ddof=1)
    assert algorithm_s(deviations, dof=3) == pytest.approx(3, rel=0.03)
    assert algorithm_s([*deviations[:100], 1e5], dof=3) == pytest.approx(
        algorithm_s(deviations[:100], dof=3), rel=0.05
    )
    with pytest.raises(UnusableReadings):
        algorithm_s([0.0, 0.0, 0.0, 1.0], dof=2)


def test_robust_scales_of_normal_results() -> None:
    values = np.random.default_rng(2).normal(0, 1, size=20_000)
    assert median_absolute_deviation(values) == pytest.approx(1, rel=0.03)
    assert normalised_interquartile_range(values) == pytest.approx(1, rel=0.03)


def test_scores_of_the_definitions() -> None:
    assert z_score(10.12, 10.0, 0.08).score == pytest.approx(1.5, rel=1e-12)
    assert z_prime_score(10.12, 10.0, 0.08, 0.03).score == pytest.approx(1.4044937663535666, rel=1e-12)
    assert zeta_score(10.12, 10.0, 0.04, 0.03).score == pytest.approx(2.4, rel=1e-12)
    assert en_score(10.12, 10.0, 0.08, 0.06).score == pytest.approx(1.2, rel=1e-12)


@pytest.mark.parametrize(
    ("x", "sigma", "grade"),
    [
        (10.16, 0.08, "satisfactory"),
        (10.161, 0.08, "questionable"),
        (10.3, 0.1, "unsatisfactory"),
        (10.299, 0.1, "questionable"),
        (9.8, 0.1, "satisfactory"),
        (9.7, 0.1, "unsatisfactory"),
        (Decimal("10.20"), Decimal("0.10"), "satisfactory"),
    ],
)
def test_a_score_on_a_limit_is_on_the_limit(x: float, sigma: float, grade: str) -> None:
    assert z_score(x, 10.0, sigma).grade == grade


def test_en_on_its_limit_is_satisfactory() -> None:
    assert en_score(10.05, 10, 0.03, 0.04).grade == "satisfactory"
    assert en_score(9.95, 10, 0.03, 0.04).grade == "satisfactory"
    assert en_score(10.0501, 10, 0.03, 0.04).grade == "unsatisfactory"


def test_a_common_reference_enters_as_covariance() -> None:
    assert zeta_score(1.1, 1.0, 0.05, 0.03, covariance=0.0006).score == pytest.approx(
        0.1 / math.sqrt(0.0034 - 0.0012)
    )
    with pytest.raises(UnusableReadings):
        zeta_score(1.1, 1.0, 0.05, 0.03, covariance=0.01)
    with pytest.raises(UnusableReadings):
        zeta_score(1.1, 1.0, 0.05, 0.05, covariance=0.0025)


@pytest.mark.parametrize("sigma", [0, -1, math.nan, math.inf, "0.1", True, None])
def test_a_score_needs_a_scale(sigma: object) -> None:
    with pytest.raises(UnusableReadings):
        z_score(1, 1, sigma)  # type: ignore[arg-type]


@given(results, st.floats(0.01, 10))
def test_weighted_mean_of_equal_weights_is_the_mean(values: list[float], u: float) -> None:
    result = weighted_mean(values, [u] * len(values))
    assert result.mean == pytest.approx(float(np.mean(values)), rel=1e-9, abs=1e-9)
    assert result.u == pytest.approx(u / math.sqrt(len(values)), rel=1e-12)
    assert result.birge_ratio == pytest.approx(float(np.std(values, ddof=1)) / u, rel=1e-6, abs=1e-9)


def test_weighted_mean_and_its_consistency() -> None:
    x, u = [10.0, 10.3, 9.9, 11.0], [0.1, 0.2, 0.1, 0.15]
    result = weighted_mean(x, u)
    weights = 1 / np.square(u)
    assert result.mean == pytest.approx(float(np.average(x, weights=weights)), rel=1e-14)
    chi = float(np.sum(weights * (np.array(x) - result.mean) ** 2))
    assert (result.chi_squared, result.p_value) == pytest.approx((chi, stats.chi2.sf(chi, 3)))
    assert not result.consistent
    assert result.u_external == pytest.approx(result.u * result.birge_ratio)
    assert result.u_deviations == pytest.approx(np.sqrt(np.square(u) - result.u**2))
    with pytest.raises(UnusableReadings):
        weighted_mean([1, 2], [0.1, 0])


def test_youden_pairs_separate_within_from_between() -> None:
    rng = np.random.default_rng(6)
    laboratory = rng.normal(0, 2, size=5000)
    a, b = (5 + laboratory + rng.normal(0, 0.5, size=5000) for _ in range(2))
    pairs = youden_pairs(a, b)
    assert pairs.s_within == pytest.approx(0.5, rel=0.05)
    assert pairs.s_between == pytest.approx(2, rel=0.05)
    assert sum(pairs.quadrants) == 5000
    assert pairs.quadrants[0] > pairs.quadrants[1]


def test_youden_circle_holds_its_share_without_differences_between_laboratories() -> None:
    rng = np.random.default_rng(10)
    a, b = rng.normal(size=20_000), rng.normal(size=20_000)
    pairs = youden_pairs(a, b)
    assert pairs.radius == pytest.approx(2.4477 * pairs.s_within, rel=1e-4)
    assert 1 - len(pairs.outside) / 20_000 == pytest.approx(0.95, abs=0.005)
    with pytest.raises(UnusableReadings):
        youden_pairs([1, 2], [1, 2])

"""Calibration intervals: published figures, likelihood by another way, bounds, refusals."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from quacan.metrology.intervals import (
    interval_a3,
    interval_drift,
    interval_s2,
    interval_staircase,
    interval_variables,
    records_to_counts,
)
from quacan.metrology.readings import UnusableReadings

DAYS = [70.0, 86.0, 104.0, 135.0, 167.0, 173.0]
CHANGES = [0.1, 0.11, 0.251, 0.299, 0.403, 0.615]
"""NASA-HDBK-8739.19-5, Table 7-2."""


def test_variables_method_of_the_nasa_handbook() -> None:
    """Tables 7-3, 7-4 and 7-7: the prediction band carries s²."""
    result = interval_variables(
        DAYS, CHANGES, u0=0.28, value=10.03, degree=2, lower=9, upper=11, reliability=0.9, u_target=0.5
    )
    assert result.coefficients == pytest.approx([0.00015741, 0.00001674], rel=5e-4)
    assert result.covariance[0] == pytest.approx([0.00000101, -6.607e-9], rel=1e-3)
    assert result.s == pytest.approx(0.0708, abs=5e-5)
    assert result.reliability_interval == pytest.approx(140.1, abs=0.05)
    assert result.value_at_reliability_interval == pytest.approx(10.38, abs=0.005)
    assert result.uncertainty_interval == pytest.approx(327.15, abs=0.005)
    assert result.value_at_uncertainty_interval == pytest.approx(11.87, abs=0.005)


def test_variables_method_with_one_limit() -> None:
    """Table 7-5: 171.75 days."""
    result = interval_variables(DAYS, CHANGES, u0=0.28, value=10.03, degree=2, upper=11, reliability=0.9)
    assert result.reliability_interval == pytest.approx(171.75, abs=0.005)
    assert result.uncertainty_interval is None


def test_variables_method_says_when_the_start_is_already_too_uncertain() -> None:
    result = interval_variables(DAYS, CHANGES, u0=0.28, value=9.03, degree=2, lower=9, reliability=0.9)
    assert result.reliability_interval == 0
    assert "even at the start" in result.notes[0]


def test_variables_method_says_when_a_target_is_never_missed() -> None:
    result = interval_variables([100, 200, 300], [0.0, 0.001, -0.001], u0=0.001, u_target=1e6)
    assert result.uncertainty_interval is None
    assert result.notes


@given(st.floats(0.01, 50))
def test_variables_method_does_not_mind_the_unit_of_time(scale: float) -> None:
    options = {"u0": 0.28, "value": 10.03, "degree": 2, "lower": 9.0, "upper": 11.0, "reliability": 0.9}
    days = interval_variables(DAYS, CHANGES, **options)  # type: ignore[arg-type]
    other = interval_variables([scale * d for d in DAYS], CHANGES, **options)  # type: ignore[arg-type]
    assert other.reliability_interval == pytest.approx(scale * days.reliability_interval, rel=1e-6)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"lower": 9.0},
        {"reliability": 0.9},
        {"u_target": -1.0},
        {"lower": 11.0, "upper": 9.0, "reliability": 0.9},
        {"upper": 11.0, "reliability": 1.5},
    ],
)
def test_variables_method_refuses_half_a_definition(options: dict[str, float]) -> None:
    with pytest.raises(UnusableReadings):
        interval_variables(DAYS, CHANGES, u0=0.28, **options)


@given(st.integers(1, 60), st.integers(0, 60), st.floats(0.5, 0.99), st.floats(0.05, 0.95))
def test_a3_moves_towards_the_target_within_its_bounds(
    n: int, good: int, target: float, confidence: float
) -> None:
    good = min(good, n)
    result = interval_a3(in_tolerance=good, n=n, interval=100, target=target, confidence=confidence)
    assert 50 <= result.interval <= 200
    assert result.low <= result.observed <= result.high
    assert 0 <= result.q <= 1
    if result.changed:
        assert (result.interval > 100) == (good / n > target) or result.interval == 100
    else:
        assert result.interval == 100


def test_a3_q_is_the_confidence_at_which_a_limit_meets_the_target() -> None:
    for good, n, target in ((15, 20, 0.95), (49, 50, 0.9), (20, 20, 0.95), (0, 3, 0.4)):
        q = interval_a3(in_tolerance=good, n=n, interval=1, target=target).q
        at_q = interval_a3(in_tolerance=good, n=n, interval=1, target=target, confidence=q)
        meeting = at_q.high if good / n < target else at_q.low
        assert meeting == pytest.approx(target, rel=1e-9)


def test_a3_keeps_shortest_and_longest() -> None:
    options = {"in_tolerance": 0, "n": 30, "interval": 100.0, "target": 0.9}
    assert interval_a3(**options, shortest=80).interval == 80  # type: ignore[arg-type]
    assert interval_a3(in_tolerance=80, n=80, interval=100, target=0.5, longest=120).interval == 120


@pytest.mark.parametrize(
    "bad", [{"in_tolerance": 21}, {"n": 0}, {"target": 1.0}, {"interval": 0}, {"in_tolerance": 1.5}]
)
def test_a3_refuses_impossible_counts(bad: dict[str, float]) -> None:
    with pytest.raises(UnusableReadings):
        interval_a3(**({"in_tolerance": 15, "n": 20, "interval": 365, "target": 0.95} | bad))  # type: ignore[arg-type]


def test_s2_with_one_age_is_the_plain_estimate() -> None:
    result = interval_s2([100], [18], [20], target=0.9)
    assert result.interval == pytest.approx(100, rel=1e-9)
    assert result.rate == pytest.approx(-math.log(0.9) / 100, rel=1e-9)
    assert result.p_value is None


def test_s2_maximises_the_likelihood() -> None:
    t, good, n = np.array([90.0, 180, 360, 720]), np.array([48, 45, 35, 30]), np.array([50, 50, 45, 60])
    result = interval_s2(t, good, n, target=0.95)

    def surprise(rate: float) -> float:
        r = np.exp(-rate * t)
        return -float(np.sum(good * np.log(r) + (n - good) * np.log1p(-r)))

    best = optimize.minimize_scalar(surprise, bounds=(1e-6, 0.1), method="bounded", options={"xatol": 1e-13})
    assert result.rate == pytest.approx(best.x, rel=1e-6)
    step = 1e-3 * result.rate
    curvature = (
        surprise(result.rate + step) - 2 * surprise(result.rate) + surprise(result.rate - step)
    ) / step**2
    assert result.u_rate == pytest.approx(1 / math.sqrt(curvature), rel=0.1)
    assert result.low < result.interval < result.high
    r = np.exp(-result.rate * t)
    chi = float(np.sum((good - n * r) ** 2 / (n * r * (1 - r))))
    assert result.chi_squared == pytest.approx(chi)
    assert result.p_value == pytest.approx(stats.chi2.sf(chi, 3))


def test_s2_refuses_counts_that_tell_no_rate() -> None:
    for good in ([20, 20], [0, 0], [21, 20], [1.5, 2]):
        with pytest.raises(UnusableReadings):
            interval_s2([90, 180], good, [20, 20], target=0.9)


def test_single_results_become_counts() -> None:
    ages, good, total = records_to_counts([90, 180, 90], [True, False, False])
    assert (ages.tolist(), good.tolist(), total.tolist()) == ([90, 180], [1, 0], [2, 1])


def test_drift_meets_its_limit_with_the_band_not_the_line() -> None:
    result = interval_drift([0, 1, 2, 3, 4], [0, 0.11, 0.19, 0.31, 0.4], upper=1)
    assert result.drift == pytest.approx(0.1)
    assert result.error_then < 1
    assert result.time == pytest.approx(4 + result.time_from_last)
    with pytest.raises(UnusableReadings, match="already"):
        interval_drift([0, 1, 2, 3, 4], [0, 0.11, 0.19, 0.31, 0.4], upper=0.4)
    with pytest.raises(UnusableReadings, match="no limit"):
        interval_drift([0, 1, 2, 3], [0.0, 0.0, 0.0, 0.0], upper=1)
    with pytest.raises(UnusableReadings):
        interval_drift([0, 1], [0, 1], upper=3)


@pytest.mark.parametrize(
    ("error", "advice", "interval"),
    [(0.8, "extend", 18), (-0.9, "keep", 12), (1.0, "keep", 12), (1.1, "shorten", 6)],
)
def test_staircase_steps(error: float, advice: str, interval: float) -> None:
    step = interval_staircase(interval=12, error=error, limit=1.0, extend_by=1.5, shorten_by=0.5)
    assert (step.advice, step.interval) == (advice, interval)


def test_staircase_counts_the_uncertainty_against_the_instrument() -> None:
    assert (
        interval_staircase(interval=12, error=0.7, limit=1, u=0.2, extend_by=2, shorten_by=0.5).advice
        == "keep"
    )

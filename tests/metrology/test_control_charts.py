"""Constants and charts, against closed forms, simulation and recursions by hand."""

import math

import numpy as np
import pytest

from quacan.metrology.control_charts import (
    Limits,
    averages_chart,
    chart_constants,
    cusum_chart,
    deviation_mean,
    ewma_chart,
    individuals_chart,
    range_deviation,
    range_mean,
    range_mean_of_one_sample,
    signals,
)
from quacan.metrology.control_charts.shewhart import RULES
from quacan.metrology.readings import UnusableReadings


def test_constants_in_closed_form() -> None:
    assert range_mean(2) == pytest.approx(2 / math.sqrt(math.pi), rel=1e-12)
    assert range_mean(3) == pytest.approx(3 / math.sqrt(math.pi), rel=1e-12)
    assert range_deviation(2) == pytest.approx(math.sqrt(2 - 4 / math.pi), rel=1e-11)
    assert range_mean_of_one_sample(2) == pytest.approx(math.sqrt(2), rel=1e-12)
    assert deviation_mean(2) == pytest.approx(math.sqrt(2 / math.pi), rel=1e-13)
    assert range_mean_of_one_sample(10) == pytest.approx(1 / 0.3146, abs=2e-3)


def test_constants_agree_with_simulation() -> None:
    x = np.random.default_rng(3).normal(size=(400_000, 6))
    spread, s = np.ptp(x, axis=1), x.std(axis=1, ddof=1)
    k = chart_constants(6)
    assert (k.d2, k.d3, k.c4) == pytest.approx((spread.mean(), spread.std(), s.mean()), rel=5e-3)


@pytest.mark.parametrize("n", [1, 0, 1001, 2.5])
def test_constants_refuse_other_sizes(n: int) -> None:
    with pytest.raises(ValueError, match="size"):
        chart_constants(n)


def test_averages_chart_limits() -> None:
    table = np.random.default_rng(4).normal(50, 2, size=(400, 5))
    for spread in ("range", "deviation"):
        chart = averages_chart(table, spread=spread)  # type: ignore[arg-type]
        assert chart.sigma == pytest.approx(2, rel=0.05)
        assert chart.location.upper - chart.location.centre == pytest.approx(
            3 * chart.sigma / math.sqrt(5), rel=1e-12
        )
        assert len(chart.location_signals) <= 5
    moved = table.copy()
    moved[100] += 10
    found = averages_chart(moved).location_signals
    assert 100 in [signal.index for signal in found]


def test_individuals_chart_by_hand() -> None:
    chart = individuals_chart([10.0, 10.2, 9.9, 10.1, 10.0])
    mean_range = (0.2 + 0.3 + 0.2 + 0.1) / 4
    assert chart.location.upper == pytest.approx(10.04 + 2.6587 * mean_range, abs=1e-4)
    assert chart.spread.upper == pytest.approx(3.2665 * mean_range, abs=1e-4)


UNIT = Limits(-3.0, 0.0, 3.0)


@pytest.mark.parametrize(
    ("rule", "points", "at"),
    [
        ("beyond limits", [0, 3.1, 3.0, -3.2], [1, 3]),
        ("nine on one side", [0.1] * 10, [8, 9]),
        ("six in a trend", [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.4], [5]),
        ("fourteen alternating", [0.5, -0.5] * 7, [13]),
        ("two of three beyond two sigma", [2.1, 0, 2.2, 0, 0, -2.5, 2.1], [2]),
        ("four of five beyond one sigma", [1.1, 1.2, 0, 1.3, 1.4], [4]),
        ("fifteen within one sigma", [0.5, -0.5] * 8, [14, 15]),
        ("eight beyond one sigma", [1.5, -1.5] * 4, [7]),
    ],
)
def test_rules_speak_where_they_should(rule: str, points: list[float], at: list[int]) -> None:
    assert [signal.index for signal in signals(points, UNIT, rules=[rule])] == at


def test_rules_are_quiet_on_few_points_and_unknown_ones_are_refused() -> None:
    assert signals([0.2, -0.3, 0.1, 0.4, -0.5], UNIT, rules=list(RULES)) == ()
    with pytest.raises(UnusableReadings, match="Unknown rule"):
        signals([0.0], UNIT, rules=["rule of thumb"])


def test_ewma_recursion_and_limits() -> None:
    x = [0.5, 1.5, -0.3, 2.0]
    chart = ewma_chart(x, target=0, sigma=1, weight=0.3, width=2.7)
    z = 0.0
    for i, value in enumerate(x):
        z = 0.3 * value + 0.7 * z
        variance = sum((0.3 * 0.7**j) ** 2 for j in range(i + 1))
        assert chart.averages[i] == pytest.approx(z)
        assert chart.upper[i] == pytest.approx(2.7 * math.sqrt(variance))
    assert ewma_chart(x, target=0, sigma=1, weight=1).averages == pytest.approx(x)
    with pytest.raises(UnusableReadings):
        ewma_chart(x, target=0, sigma=1, weight=1.2)


def test_cusum_dates_the_shift() -> None:
    x = [0.0] * 10 + [1.5] * 10
    chart = cusum_chart(x, target=0, sigma=1)
    assert chart.high[-1] == pytest.approx(10)
    assert chart.beyond[0] == 15
    assert set(chart.shift_began) == {10}
    falling = cusum_chart([-v for v in x], target=0, sigma=1)
    assert falling.beyond == chart.beyond
    assert cusum_chart([4.0, 4.0], target=0, sigma=2, n=4).high == pytest.approx([3.5, 7.0])

"""Repeated readings, analysis of variance, outliers, gauge studies: published figures and independent ways."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from quacan.metrology.readings import UnusableReadings
from quacan.metrology.statistics import (
    autocorrelated_mean,
    cochran,
    dixon,
    gauge_study_anova,
    gauge_study_range,
    grubbs,
    one_way_anova,
    one_way_anova_of_summary,
    pooled_deviation,
    pooled_deviation_of_groups,
    type_a,
)
from quacan.metrology.statistics.outliers import dixon_critical, dixon_tail

H5_MEANS = [
    10.000172,
    10.000116,
    10.000013,
    10.000144,
    10.000106,
    10.000031,
    10.00006,
    10.000125,
    10.000163,
    10.000041,
]
H5_DEVIATIONS = [60e-6, 77e-6, 111e-6, 101e-6, 67e-6, 93e-6, 80e-6, 73e-6, 88e-6, 86e-6]

series = st.lists(st.floats(-1e3, 1e3).map(lambda v: round(v, 3)), min_size=2, max_size=30)


@given(series, st.floats(0.1, 100), st.floats(-1e4, 1e4))
def test_type_a_follows_scale_and_origin(readings: list[float], scale: float, origin: float) -> None:
    plain, moved = type_a(readings), type_a([origin + scale * v for v in readings])
    assert moved.mean == pytest.approx(origin + scale * plain.mean, rel=1e-9, abs=1e-7)
    assert moved.s == pytest.approx(scale * plain.s, rel=1e-6, abs=1e-7)


def test_shared_leading_digits_cost_nothing() -> None:
    offset = 1e9
    assert type_a([offset + v for v in (0.25, 0.5, 0.75)]).s == 0.25


@pytest.mark.parametrize(
    "readings", [[1.0], [], [1.0, math.nan], ["1", "2"], [True, False], [[1.0, 2.0]], [1, None]]
)
def test_type_a_refuses_what_is_no_series(readings: list[object]) -> None:
    with pytest.raises(UnusableReadings):
        type_a(readings)  # type: ignore[arg-type]


def test_pooling_weights_by_degrees_of_freedom() -> None:
    groups = [[1.0, 2.0, 4.0], [5.0, 9.0]]
    pooled = pooled_deviation_of_groups(groups)
    assert pooled.dof == 3
    within = sum(sum((v - np.mean(g)) ** 2 for v in g) for g in groups)
    assert pooled.s == pytest.approx(math.sqrt(within / 3), rel=1e-14)
    with pytest.raises(UnusableReadings):
        pooled_deviation([1.0], [0])


def test_independent_readings_keep_their_uncertainty() -> None:
    readings = np.random.default_rng(3).normal(size=200)
    result = autocorrelated_mean(readings, cut_off=0)
    assert result.u == pytest.approx(type_a(readings).s_mean, rel=1e-13)
    assert result.dof == pytest.approx(199)


def test_autocorrelation_of_a_known_process_is_recovered() -> None:
    """An autoregressive series of coefficient 0.7: u of the mean is sigma/√n · √((1 + 0.7)/(1 - 0.7))."""
    rng, ratios = np.random.default_rng(11), []
    for _ in range(40):
        noise = rng.normal(size=4100)
        series = np.zeros(4100)
        for i in range(1, 4100):
            series[i] = 0.7 * series[i - 1] + noise[i]
        result = autocorrelated_mean(series[100:], cut_off=25)
        ratios.append(result.u / type_a(series[100:]).s_mean)
    assert np.mean(ratios) == pytest.approx(math.sqrt(1.7 / 0.3), rel=0.05)


def test_autocorrelated_series_are_noticed_without_being_told() -> None:
    drifting = np.sin(np.arange(60) / 6)
    result = autocorrelated_mean(drifting)
    assert result.cut_off > 0
    with pytest.raises(UnusableReadings):
        autocorrelated_mean([1.0] * 20)


def test_anova_of_gum_h5() -> None:
    result = one_way_anova_of_summary(H5_MEANS, H5_DEVIATIONS, n=5)
    assert result.s_group_means == pytest.approx(57e-6, abs=0.5e-6)
    assert result.s_a == pytest.approx(128e-6, abs=0.5e-6)
    assert result.s_b == pytest.approx(85e-6, abs=0.5e-6)
    assert result.s_between == pytest.approx(43e-6, abs=0.5e-6)
    assert result.f == pytest.approx(2.25, abs=0.02)
    assert result.f_critical == pytest.approx(2.12, abs=0.005)
    assert result.significant
    assert (result.u_mean, result.dof) == (pytest.approx(18e-6, abs=0.5e-6), 9)
    assert (result.u_mean_pooled, result.dof_pooled) == (pytest.approx(13e-6, abs=0.5e-6), 49)
    assert not one_way_anova_of_summary(H5_MEANS, H5_DEVIATIONS, n=5, alpha=0.025).significant


@given(
    st.lists(
        st.lists(st.floats(-100, 100).map(lambda v: round(v, 2)), min_size=2, max_size=6),
        min_size=2,
        max_size=5,
    )
)
def test_anova_agrees_with_an_independent_one(groups: list[list[float]]) -> None:
    spread = sum(float(np.var(g)) for g in groups)
    if spread < 1e-3:
        return
    result = one_way_anova(groups)
    f = stats.f_oneway(*groups).statistic
    p = stats.f.sf(max(0.0, f), len(groups) - 1, sum(map(len, groups)) - len(groups))
    assert result.f == pytest.approx(f, rel=1e-6, abs=1e-9)
    assert result.p_value == pytest.approx(p, rel=1e-6, abs=1e-9)
    everything = np.concatenate([np.array(g) for g in groups])
    total = float(np.sum((everything - everything.mean()) ** 2))
    assert result.sum_of_squares_between + result.sum_of_squares_within == pytest.approx(total, rel=1e-9)


def test_anova_of_summary_and_of_readings_agree() -> None:
    rng = np.random.default_rng(5)
    groups = [rng.normal(10 + i, 1, size=4) for i in range(3)]
    whole = one_way_anova(list(groups))
    brief = one_way_anova_of_summary([g.mean() for g in groups], [g.std(ddof=1) for g in groups], n=4)
    assert whole.f == pytest.approx(brief.f, rel=1e-10)
    assert whole.u_mean == pytest.approx(brief.u_mean, rel=1e-10)


def test_unequal_groups_that_differ_have_no_single_dof() -> None:
    result = one_way_anova([[1.0, 1.1, 0.9], [5.0, 5.1], [9.0, 9.2, 9.1, 8.9]])
    assert result.significant
    assert result.dof is None
    assert result.u_mean > result.u_mean_pooled * 0.5


def test_groups_without_any_spread_are_not_compared() -> None:
    result = one_way_anova([[1.0, 1.0], [1.0, 1.0]])
    assert result.f is None
    assert not result.significant
    with pytest.raises(UnusableReadings):
        one_way_anova([[1.0], [2.0]])


def test_grubbs_critical_values_of_the_tables() -> None:
    """ISO 5725-2 table 5 (two-sided, 5 % and 1 %): n = 3, 5, 10, 20, 40."""
    table = {3: (1.155, 1.155), 5: (1.715, 1.764), 10: (2.290, 2.482), 20: (2.709, 3.001), 40: (3.036, 3.381)}
    rng = np.random.default_rng(1)
    for n, (five, one) in table.items():
        readings = rng.normal(size=n)
        assert grubbs(readings).critical == pytest.approx(five, abs=1e-3)
        assert grubbs(readings, alpha=0.01).critical == pytest.approx(one, abs=1e-3)


def test_grubbs_sides_and_p_value() -> None:
    readings = [10.0, 10.1, 9.9, 10.05, 9.95, 12.0]
    both, high, low = (grubbs(readings, side=side) for side in ("both", "high", "low"))  # type: ignore[arg-type]
    assert both.outlier
    assert (both.index, high.index, low.index) == (5, 5, 2)
    assert both.p_value == pytest.approx(2 * high.p_value)
    assert (both.p_value < 0.05) == both.outlier
    assert not low.outlier


def test_dixon_tail_is_a_distribution() -> None:
    for n in (3, 7, 8, 10, 11, 13, 14, 30):
        assert dixon_tail(n, 0.0) == pytest.approx(1, abs=1e-9)
        assert dixon_tail(n, 1.0) == pytest.approx(0, abs=1e-9)


def test_dixon_critical_of_three_readings_is_known_in_closed_form() -> None:
    """For n = 3, P(r10 > R) = 3/π · arctan(√3(1 - R)/(1 + R)) · 2/... checked by its quantile table: 0.941, 0.988."""
    assert dixon_critical(3, 0.05) == pytest.approx(0.941, abs=5e-4)
    assert dixon_critical(3, 0.01) == pytest.approx(0.988, abs=5e-4)


@pytest.mark.parametrize("n", [4, 9, 12, 16])
def test_dixon_tail_agrees_with_simulation(n: int) -> None:
    rng = np.random.default_rng(n)
    x = np.sort(rng.normal(size=(200_000, n)), axis=1)
    i, j = {4: (1, 0), 9: (1, 1), 12: (2, 1), 16: (2, 2)}[n]
    ratio = (x[:, -1] - x[:, -1 - i]) / (x[:, -1] - x[:, j])
    edge = dixon_critical(n, 0.05)
    assert np.mean(ratio > edge) == pytest.approx(0.05, abs=4 * math.sqrt(0.05 * 0.95 / 200_000))


def test_dixon_names_the_suspect_at_either_end() -> None:
    low = dixon([0.189, 0.167, 0.187, 0.183, 0.186, 0.182, 0.181])
    assert (low.index, low.outlier) == (1, True)
    high = dixon([-0.189, -0.167, -0.187, -0.183, -0.186, -0.182, -0.181])
    assert (high.index, high.statistic) == (1, pytest.approx(low.statistic))
    with pytest.raises(UnusableReadings):
        dixon([1.0, 1.0, 1.0])
    with pytest.raises(UnusableReadings):
        dixon(list(range(31)))


def test_cochran_critical_values_of_the_table() -> None:
    """ISO 5725-2 table 4, 5 %: (p, n) -> C."""
    table = {
        (2, 3): 0.975,
        (5, 2): 0.841,
        (5, 3): 0.684,
        (10, 2): 0.602,
        (10, 3): 0.445,
        (20, 2): 0.389,
        (40, 5): 0.108,
    }
    for (p, n), published in table.items():
        assert cochran([1.0] * p, n=n).critical == pytest.approx(published, abs=1.1e-3)


@given(st.permutations([1.0, 1.1, 0.9, 4.5]))
def test_cochran_does_not_mind_order(variances: list[float]) -> None:
    result = cochran(variances, n=3)
    assert result.value == 4.5
    assert result.statistic == pytest.approx(0.6)


def made_up_gauge() -> np.ndarray:
    rng = np.random.default_rng(7)
    part, operator = rng.normal(0, 3, size=10), rng.normal(0, 0.5, size=3)
    return part[:, None, None] + operator[None, :, None] + rng.normal(0, 0.3, size=(10, 3, 3))


def test_gauge_study_recovers_what_was_put_in() -> None:
    readings = made_up_gauge()
    study = gauge_study_anova(readings, tolerance=20)
    assert study.repeatability == pytest.approx(0.3, rel=0.15)
    assert study.part == pytest.approx(3, rel=0.5)
    assert study.total**2 == pytest.approx(study.part**2 + study.gauge**2)
    assert study.percent_of_tolerance == pytest.approx(30 * study.gauge)
    by_range = gauge_study_range(readings)
    assert by_range.repeatability == pytest.approx(study.repeatability, rel=0.15)
    assert by_range.part == pytest.approx(study.part, rel=0.2)


def test_gauge_study_agrees_with_sums_of_squares_by_hand() -> None:
    readings = made_up_gauge()
    p, o, r = readings.shape
    cells = readings.mean(axis=2)
    error = sum(
        (readings[i, j, k] - cells[i, j]) ** 2 for i, j, k in itertools.product(range(p), range(o), range(r))
    )
    grand = readings.mean()
    mean_part = o * r * sum((readings[i].mean() - grand) ** 2 for i in range(p)) / (p - 1)
    interaction = r * sum(
        (cells[i, j] - readings[i].mean() - readings[:, j].mean() + grand) ** 2
        for i, j in itertools.product(range(p), range(o))
    )
    study = gauge_study_anova(readings, alpha_interaction=0.999999)
    if study.interaction is None:
        background = (error + interaction) / (p * o * (r - 1) + (p - 1) * (o - 1))
    else:
        background = interaction / ((p - 1) * (o - 1))
    assert study.part**2 == pytest.approx((mean_part - background) / (o * r), rel=1e-10)


def test_gauge_study_needs_a_full_table() -> None:
    with pytest.raises(UnusableReadings):
        gauge_study_anova([[[1.0, 2.0]], [[1.0, 2.0]]])
    with pytest.raises(UnusableReadings):
        gauge_study_range([[[1.0, 2.0], [1.0]], [[1.0, 2.0], [2.0, 3.0]]])

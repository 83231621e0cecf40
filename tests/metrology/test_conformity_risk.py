"""Risks against published figures, closed forms against quadrature, guard bands against their definition."""

import doctest
import json
import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quacan.metrology.conformity import (
    RiskRefused,
    SamplingPlan,
    SamplingRefused,
    Verdict,
    acceptance_probability,
    conformance_probability,
    decide_lot,
    density_prior,
    gamma_prior,
    global_guard_band,
    global_risk,
    global_risks,
    guard_band_factor,
    guard_bands,
    normal_global_risks,
    normal_prior,
    operating_characteristic,
    optimal_acceptance,
    outside_probability,
    quality_accepted_with,
    rejection_limit,
    risk,
    sampling,
    specific_guard_band,
)
from quacan.metrology.conformity.priors import Prior
from quacan.metrology.limits import Interval

D = Decimal
CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parents[2] / "validation/cases.json").read_text())["cases"]
}
RESISTORS = CASES["jcgm106-9.5.3-resistors"]
sizes = st.floats(0.01, 10)


@pytest.mark.parametrize("module", [risk, guard_bands, sampling])
def test_documented_examples(module: Any) -> None:
    assert doctest.testmod(module).failed == 0


def test_conformance_probabilities_of_jcgm_106() -> None:
    zener, container = CASES["jcgm106-7.3.3-zener"], CASES["jcgm106-7.3.3-container"]
    found = conformance_probability(zener["inputs"]["y"], zener["inputs"]["u"], upper=zener["inputs"]["T_U"])
    assert float(found) == pytest.approx(zener["computed"]["p_c"], rel=1e-12)
    inputs = container["inputs"]
    found = conformance_probability(inputs["y"], inputs["u"], lower=inputs["T_L"])
    assert float(found) == pytest.approx(container["computed"]["p_c"], rel=1e-12)
    table = CASES["jcgm106-table1"]
    found = conformance_probability(-np.array(table["computed"]["z"]), 1.0, upper=0.0)
    assert found == pytest.approx(table["inputs"]["p_c"], rel=1e-12)


def test_risk_at_the_acceptance_limit() -> None:
    case = CASES["ilac-g8-risk-table"]
    bands = np.array([3, 1.5, 1, 0.83, 0])
    assert outside_probability(-2 * bands, 1.0, upper=0.0) == pytest.approx(
        case["computed"]["risk"], rel=1e-12
    )
    guarded = CASES["jcgm106-8.3.2-w=U"]["computed"]["max_p_false_accept"]
    assert float(outside_probability(8.0, 1.0, upper=10.0)) == pytest.approx(guarded, rel=1e-12)


def test_guarded_rejection_with_relative_uncertainty() -> None:
    case = CASES["jcgm106-8.3.3-radar"]
    inputs, v = case["inputs"], case["computed"]["v_max"]
    found = rejection_limit(inputs["v0"], u_relative=inputs["u_rel"], probability=inputs["p"])
    assert found == pytest.approx(v, rel=1e-12)
    above = outside_probability(v, inputs["u_rel"] * v, upper=inputs["v0"])
    assert float(above) == pytest.approx(inputs["p"], rel=1e-12)
    assert rejection_limit(100, u_relative=0.02, probability=0.5) == 100


def test_small_risks_keep_their_digits() -> None:
    far = float(conformance_probability(30.0, 1.0, lower=-1.0, upper=1.0))
    assert far == pytest.approx(0.5 * math.erfc(29 / math.sqrt(2)), rel=1e-6)
    assert float(conformance_probability(-30.0, 1.0, lower=-1.0, upper=1.0)) == far


def test_t_distribution_of_few_degrees_of_freedom() -> None:
    found = conformance_probability([0.0, 0.0], 1.0, upper=[1.0, 1.0], dof=[1, math.inf])
    assert found.tolist() == pytest.approx([0.75, 0.5 * math.erfc(-1 / math.sqrt(2))], rel=1e-12)


def test_no_uncertainty_is_a_step() -> None:
    assert conformance_probability([0.9, 1.0, 1.1], 0.0, upper=1.0).tolist() == [1.0, 1.0, 0.0]
    assert outside_probability([-1.1, -1.0], 0.0, lower=-1.0).tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ({"values": math.nan, "u": 1, "upper": 1}, "finite values"),
        ({"values": 0, "u": -1, "upper": 1}, "not negative"),
        ({"values": 0, "u": math.inf, "upper": 1}, "finite"),
        ({"values": 0, "u": 1}, "at least one limit"),
        ({"values": 0, "u": 1, "lower": 2, "upper": 1}, "not above"),
        ({"values": 0, "u": 1, "upper": math.nan}, "at least one limit"),
        ({"values": 0, "u": 1, "upper": 1, "dof": 0}, "above zero"),
    ],
)
def test_risks_of_nonsense_are_refused(call: dict[str, float], said: str) -> None:
    with pytest.raises(RiskRefused, match=said):
        conformance_probability(**call)


@given(y=st.floats(-5, 5), u=sizes, half=sizes, factor=sizes)
def test_probability_does_not_depend_on_the_unit(y: float, u: float, half: float, factor: float) -> None:
    here = float(conformance_probability(y, u, lower=-half, upper=half))
    there = float(conformance_probability(y * factor, u * factor, lower=-half * factor, upper=half * factor))
    assert there == pytest.approx(here, rel=1e-9, abs=1e-300)


@given(y=st.floats(-5, 5), u=sizes, half=sizes, more=sizes)
def test_probability_grows_with_the_limits(y: float, u: float, half: float, more: float) -> None:
    narrow = float(conformance_probability(y, u, lower=-half, upper=half))
    assert float(conformance_probability(y, u, lower=-half, upper=half + more)) >= narrow - 1e-15
    assert narrow + float(outside_probability(y, u, lower=-half, upper=half)) == pytest.approx(1, abs=1e-14)


def interval(ends: list[float | None]) -> Interval:
    return Interval(*(None if end is None else D(str(end)) for end in ends))


def resistors() -> tuple[Interval, Interval, float, Prior]:
    inputs = RESISTORS["inputs"]
    prior = normal_prior(mean=inputs["y0"], sd=inputs["u0"])
    return interval(inputs["T"]), interval(inputs["A"]), inputs["u_m"], prior


def test_resistors_of_jcgm_106() -> None:
    tolerance, acceptance, u, prior = resistors()
    found = global_risk(tolerance, acceptance, u=u, prior=prior)
    computed = RESISTORS["computed"]
    assert found.pfa == pytest.approx(computed["R_C"], rel=1e-11)
    assert found.pfr == pytest.approx(computed["R_P"], rel=1e-11)
    assert found.p_conform == pytest.approx(computed["p_c"], rel=1e-11)
    assert found.conditional_pfa == pytest.approx(found.pfa / found.p_accept)


def test_closed_form_for_many_agrees_with_quadrature() -> None:
    generator = np.random.default_rng(20261120)
    n = 200
    lower, upper = -generator.uniform(0.2, 3, n), generator.uniform(0.2, 3, n)
    lower[:20], upper[20:40] = -np.inf, np.inf
    a, b = lower + 0.1, upper - 0.1
    u, mean, sd = generator.uniform(0.01, 2, n), generator.uniform(-1, 1, n), generator.uniform(0.1, 2, n)
    pfa, pfr = normal_global_risks(
        lower=lower, upper=upper, accept_lower=a, accept_upper=b, u=u, mean=mean, sd=sd
    )
    for i in range(n):
        one = global_risk(
            _interval(lower[i], upper[i]),
            _interval(a[i], b[i]),
            u=u[i],
            prior=normal_prior(mean=mean[i], sd=sd[i]),
        )
        assert (pfa[i], pfr[i]) == pytest.approx((one.pfa, one.pfr), abs=2e-14)


def test_columns_of_any_prior_agree_with_one_by_one() -> None:
    n, prior = 1500, gamma_prior(shape=2.5, rate=2.0)
    u, upper = np.linspace(0.0, 0.8, n), np.linspace(0.5, 3, n)
    pfa, pfr = global_risks(
        lower=-np.inf, upper=upper, accept_lower=-np.inf, accept_upper=upper - 0.1, u=u, prior=prior
    )
    assert pfa.shape == pfr.shape == (n,)
    for i in range(0, n, 149):
        tolerance = interval([None, upper[i]])
        one = global_risk(tolerance, interval([None, upper[i] - 0.1]), u=u[i], prior=prior)
        assert (pfa[i], pfr[i]) == pytest.approx((one.pfa, one.pfr), rel=1e-9, abs=1e-15)
    none = global_risks(lower=[], upper=[], accept_lower=[], accept_upper=[], u=[], prior=prior)
    assert [column.size for column in none] == [0, 0]


def test_a_narrow_uncertainty_on_a_wide_prior_is_not_stepped_over() -> None:
    prior = normal_prior(mean=0.0, sd=1.0)
    found = global_risk(interval([-1, 1]), interval([-1, 1]), u=1e-6, prior=prior)
    edge = math.exp(-0.5) / math.sqrt(2 * math.pi) * 1e-6 / math.sqrt(2 * math.pi)
    assert (found.pfa, found.pfr) == pytest.approx((2 * edge, 2 * edge), rel=1e-5)


def _interval(lower: float, upper: float) -> Interval:
    return interval([lower if math.isfinite(lower) else None, upper if math.isfinite(upper) else None])


def test_closed_form_at_the_origin_and_without_uncertainty() -> None:
    pfa, pfr = normal_global_risks(
        lower=-np.inf, upper=0.0, accept_lower=-np.inf, accept_upper=0.0, u=[1.0, 0.0], mean=0.0, sd=1.0
    )
    quarter = 0.25 - math.asin(math.sqrt(0.5)) / (2 * math.pi)  # orthant probability, correlation 1/sqrt 2
    assert pfa.tolist() == pytest.approx([quarter, 0.0], abs=1e-15)
    assert pfr.tolist() == pytest.approx([quarter, 0.0], abs=1e-15)


@pytest.mark.parametrize("shape", [0.2, 0.5, 1.0, 1.5, 4.0, 60.0])
@pytest.mark.parametrize("u", [0.001, 0.1, 1.0])
def test_gamma_prior_against_its_quantile_function(shape: float, u: float) -> None:
    from scipy.special import gammaincinv, ndtr

    rate, upper, accept = 2.0, shape / 2.0 * 1.3, shape / 2.0 * 1.2
    ranks = (np.arange(400_000) + 0.5) / 400_000
    true = gammaincinv(shape, ranks) / rate
    accepted, conforming = ndtr((accept - true) / u), true <= upper
    found = global_risk(
        interval([None, upper]), interval([None, accept]), u=u, prior=gamma_prior(shape=shape, rate=rate)
    )
    assert found.p_conform == pytest.approx(np.mean(conforming), abs=1e-5)
    assert found.pfa == pytest.approx(np.mean(accepted * ~conforming), abs=1e-5)
    assert found.pfr == pytest.approx(np.mean((1 - accepted) * conforming), abs=1e-5)


def test_any_density_can_be_a_prior() -> None:
    flat = density_prior(lambda x: np.full_like(x, 0.25), lower=-2.0, upper=2.0)
    found = global_risk(interval([-1, 1]), interval([-1, 1]), u=0.1, prior=flat)
    each_side = 0.25 * 0.1 / math.sqrt(2 * math.pi)  # a flat density times the integral of a normal tail
    assert (found.pfa, found.pfr) == pytest.approx((2 * each_side, 2 * each_side), rel=1e-9)
    assert found.p_conform == pytest.approx(0.5, rel=1e-12)
    normal = normal_prior(mean=0.3, sd=0.5)
    same = density_prior(normal.density, lower=normal.lower, upper=normal.upper)
    one, other = (
        global_risk(interval([-1, 1]), interval([-0.9, 0.9]), u=0.2, prior=p) for p in (normal, same)
    )
    assert (one.pfa, one.pfr) == pytest.approx((other.pfa, other.pfr), rel=1e-9)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: normal_prior(mean=0, sd=0),
        lambda: normal_prior(mean=math.nan, sd=1),
        lambda: gamma_prior(shape=-1, rate=1),
        lambda: gamma_prior(shape=1, rate=math.inf),
        lambda: density_prior(lambda x: np.full_like(x, 0.3), lower=-2, upper=2),
        lambda: density_prior(lambda x: x / 2, lower=-2, upper=2),
        lambda: density_prior(np.ones_like, lower=0, upper=math.inf),
        lambda: global_risk(Interval(), None, u=1, prior=normal_prior(mean=0, sd=1)),
        lambda: global_risk(interval([0, 1]), None, u=-1, prior=normal_prior(mean=0, sd=1)),
        lambda: specific_guard_band(interval([0, 1]), u=1, target=0),
        lambda: specific_guard_band(Interval(), u=1, target=0.1),
        lambda: guard_band_factor(0, method="rss"),
        lambda: rejection_limit(100, u_relative=0.5, probability=0.999),
        lambda: rejection_limit(100, u_relative=0.1, probability=0.4),
    ],
)
def test_impossible_risks_are_refused(wrong: Any) -> None:
    with pytest.raises(RiskRefused):
        wrong()


def test_nothing_accepted_is_no_false_accept() -> None:
    tolerance, _, u, prior = resistors()
    found = global_risk(tolerance, None, u=u, prior=prior)
    assert (found.pfa, found.p_accept, found.conditional_pfa) == (0, 0, None)
    assert found.pfr == found.p_conform


@settings(max_examples=25, deadline=None)
@given(u=st.floats(0.01, 1), sd=st.floats(0.1, 2), mean=st.floats(-1, 1), factor=st.floats(0.01, 100))
def test_global_risk_scales_and_adds_up(u: float, sd: float, mean: float, factor: float) -> None:
    tolerance, acceptance = interval([-1, 1]), interval([-0.9, 0.95])
    here = global_risk(tolerance, acceptance, u=u, prior=normal_prior(mean=mean, sd=sd))
    by = D(repr(factor))
    there = global_risk(
        tolerance.scaled(by),
        acceptance.scaled(by),
        u=u * factor,
        prior=normal_prior(mean=mean * factor, sd=sd * factor),
    )
    assert (there.pfa, there.pfr) == pytest.approx((here.pfa, here.pfr), rel=1e-8, abs=1e-14)
    assert here.p_accept == pytest.approx(here.pfa + here.p_conform - here.pfr, abs=1e-12)


def test_guard_band_factors() -> None:
    case = CASES["guardband-factors"]
    for method, factors in case["computed"].items():
        for tur, factor in zip(case["inputs"]["TUR"], factors, strict=True):
            assert guard_band_factor(tur, method=method) == pytest.approx(factor, abs=1e-12)
    assert guard_band_factor(100, method="dobbert") == guard_band_factor(5, method="rp10") == 1.0
    assert guard_band_factor(0.5, method="test95") == guard_band_factor(0.5, method="rss") == 0.0
    with pytest.raises(ValueError, match="not a valid"):
        guard_band_factor(2, method="magic")


@pytest.mark.parametrize("ends", [[None, 10], [-10, None], [-10, 10], [8.8, 10]])
@pytest.mark.parametrize("dof", [None, 3.0])
def test_specific_guard_band_meets_its_target(ends: list[float | None], dof: float | None) -> None:
    tolerance, u, target = interval(ends), 0.1, 0.025
    w = specific_guard_band(tolerance, u=u, target=target, dof=dof)
    assert w is not None
    at = ends[1] - w if ends[1] is not None else ends[0] + w
    found = outside_probability(at, u, lower=ends[0], upper=ends[1], dof=dof)
    assert float(found) == pytest.approx(target, rel=1e-9)


def test_guard_band_is_never_negative_and_sometimes_impossible() -> None:
    assert specific_guard_band(interval([None, 10]), u=1, target=0.7) == 0.0
    assert specific_guard_band(interval([-1, 1]), u=1, target=0.05) is None
    tolerance, _, u, prior = resistors()
    assert global_guard_band(tolerance, u=u, prior=prior, target=0.5) == 0.0


@pytest.mark.parametrize("ends", [[1499.8, 1500.2], [None, 1500.2], [1499.8, None]])
def test_global_guard_band_meets_its_target(ends: list[float | None]) -> None:
    _, _, u, prior = resistors()
    tolerance = interval(ends)
    w = global_guard_band(tolerance, u=u, prior=prior, target=0.001)
    assert w is not None
    assert w > 0
    found = global_risk(tolerance, tolerance.narrowed(D(repr(w))), u=u, prior=prior)
    assert found.pfa == pytest.approx(0.001, rel=1e-6)


def test_optimal_acceptance_costs_less_than_its_neighbours() -> None:
    tolerance, _, u, prior = resistors()
    best = optimal_acceptance(tolerance, u=u, prior=prior, cost_false_accept=5, cost_false_reject=1)
    assert best is not None

    def cost(acceptance: Interval | None) -> float:
        found = global_risk(tolerance, acceptance, u=u, prior=prior)
        return 5 * found.pfa + found.pfr

    lowest = cost(best)
    for step in ("0.005", "-0.005", "0.02", "-0.02"):
        assert cost(best.narrowed(D(step))) > lowest
        assert cost(best.shifted(D(step))) > lowest
    assert cost(None) > lowest


def test_optimal_acceptance_one_sided_all_or_nothing() -> None:
    prior = normal_prior(mean=0, sd=1)
    one = optimal_acceptance(
        interval([None, 1]), u=0.2, prior=prior, cost_false_accept=1, cost_false_reject=1
    )
    assert one is not None
    assert one.lower is None
    # equal costs: accept while the posterior mean, y / (1 + u^2), is below the limit
    assert float(one.upper or 0) == pytest.approx(1.04, rel=1e-6)
    never = optimal_acceptance(
        interval([-0.1, 0.1]),
        u=5,
        prior=normal_prior(mean=0, sd=3),
        cost_false_accept=100,
        cost_false_reject=1,
    )
    assert never is None
    always = optimal_acceptance(
        interval([-50, 50]), u=0.1, prior=prior, cost_false_accept=1, cost_false_reject=1
    )
    assert always == Interval()


def test_risks_of_a_hundred_thousand() -> None:
    y = np.linspace(-2, 2, 100_000)
    found = conformance_probability(y, 0.3, lower=-1, upper=1)
    assert found.shape == y.shape
    assert found[::1000] == pytest.approx(
        [float(conformance_probability(v, 0.3, lower=-1, upper=1)) for v in y[::1000]]
    )


def test_lot_probability_is_counted_exactly() -> None:
    plan = SamplingPlan(sample=3, acceptance=1, lot=10)
    # C(4,0)C(6,3) + C(4,1)C(6,2) = 20 + 60 of C(10,3) = 120
    assert acceptance_probability(plan, nonconforming=4) == pytest.approx(80 / 120, rel=1e-15)
    assert acceptance_probability(plan, nonconforming=0) == 1.0
    assert acceptance_probability(plan, nonconforming=10) == 0.0


def test_operating_characteristic_is_the_limit_of_large_lots() -> None:
    plan, large = SamplingPlan(50, 2), SamplingPlan(50, 2, lot=1_000_000)
    curve = operating_characteristic(plan, [0.0, 0.02, 0.05, 1.0])
    exact = [acceptance_probability(large, nonconforming=int(p * 1_000_000)) for p in (0.0, 0.02, 0.05, 1.0)]
    assert curve.tolist() == pytest.approx(exact, abs=1e-4)
    fraction = quality_accepted_with(plan, probability=0.95)
    assert float(operating_characteristic(plan, fraction)) == pytest.approx(0.95, rel=1e-12)


def test_lots_pass_only_with_the_whole_sample() -> None:
    plan = SamplingPlan(sample=20, acceptance=1, lot=500)
    assert decide_lot(plan, inspected=20, nonconforming=1) is Verdict.PASS
    assert decide_lot(plan, inspected=20, nonconforming=2) is Verdict.FAIL
    assert decide_lot(plan, inspected=5, nonconforming=2) is Verdict.FAIL
    assert decide_lot(plan, inspected=19, nonconforming=0) is Verdict.UNDETERMINED
    assert decide_lot(plan, inspected=0, nonconforming=0) is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: SamplingPlan(0, 0),
        lambda: SamplingPlan(5, 5),
        lambda: SamplingPlan(5, 1, lot=4),
        lambda: acceptance_probability(SamplingPlan(5, 1), nonconforming=0),
        lambda: acceptance_probability(SamplingPlan(5, 1, lot=10), nonconforming=11),
        lambda: operating_characteristic(SamplingPlan(5, 1), 1.5),
        lambda: quality_accepted_with(SamplingPlan(5, 1), probability=1.0),
        lambda: decide_lot(SamplingPlan(5, 1), inspected=2, nonconforming=3),
        lambda: decide_lot(SamplingPlan(5, 1), inspected=6, nonconforming=0),
    ],
)
def test_impossible_plans_are_refused(wrong: Any) -> None:
    with pytest.raises(SamplingRefused):
        wrong()


@given(st.integers(2, 40), st.data())
def test_more_faults_are_never_accepted_more_often(lot: int, data: st.DataObject) -> None:
    sample = data.draw(st.integers(1, lot))
    plan = SamplingPlan(sample, data.draw(st.integers(0, sample - 1)), lot)
    curve = [acceptance_probability(plan, nonconforming=k) for k in range(lot + 1)]
    assert curve == sorted(curve, reverse=True)

"""The request and answer of a decision: every combination answers, or is refused in one sentence."""

import itertools
import json
import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quacan.metrology.exchange.decide import decide
from quacan.metrology.exchange.refusals import RequestRefused

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parents[2] / "validation/cases.json").read_text())["cases"]
}
NORMAL = {"distribution": "normal", "mean": 0, "sd": 0.6}
GAMMA = {"distribution": "gamma", "shape": 4, "rate": 4}
TWO_SIDED = {"value": 0.5, "u": 0.1, "lower": -1, "upper": 1, "rule": "simple"}


def test_published_probabilities() -> None:
    zener, container = CASES["jcgm106-7.3.3-zener"], CASES["jcgm106-7.3.3-container"]
    inputs = zener["inputs"]
    found = decide({"value": inputs["y"], "u": inputs["u"], "upper": inputs["T_U"], "rule": "simple"})
    assert found["p_conform"] == pytest.approx(zener["computed"]["p_c"], rel=1e-12)
    assert found["verdict"] == "pass"
    assert found["acceptance"] == [None, inputs["T_U"]]
    inputs = container["inputs"]
    found = decide(
        {"value": inputs["y"], "U": 2 * inputs["u"], "k": 2, "lower": inputs["T_L"], "rule": "simple"}
    )
    assert found["p_conform"] == pytest.approx(container["computed"]["p_c"], rel=1e-12)


def test_resistors_without_a_value_have_only_the_global_part() -> None:
    case = CASES["jcgm106-9.5.3-resistors"]
    inputs = case["inputs"]
    found = decide(
        {
            "u": inputs["u_m"],
            "lower": inputs["T"][0],
            "upper": inputs["T"][1],
            "acceptance": inputs["A"],
            "prior": {"distribution": "normal", "mean": inputs["y0"], "sd": inputs["u0"]},
        }
    )
    assert set(found) == {"acceptance", "global"}
    assert found["global"]["pfa"] == pytest.approx(case["computed"]["R_C"], rel=1e-11)
    assert found["global"]["pfr"] == pytest.approx(case["computed"]["R_P"], rel=1e-11)


RISKS = CASES["ilac-g8-risk-table"]["computed"]["risk"]


@pytest.mark.parametrize(("r", "risk"), list(zip([3, 1.5, 1, 0.83, 0], RISKS, strict=True)))
def test_risk_on_the_acceptance_limit(r: float, risk: float) -> None:
    limit = decide({"value": 0, "U": 0.2, "k": 2, "upper": 10, "rule": "guarded", "r": r})["acceptance"][1]
    found = decide({"value": limit, "U": 0.2, "k": 2, "upper": 10, "rule": "guarded", "r": r})
    assert found["verdict"] == "pass"
    assert found["pfa"] == pytest.approx(risk, rel=1e-9)


def test_floats_are_read_as_they_are_written() -> None:
    request = {"u": 0.1, "lower": -0.3, "upper": 0.3, "rule": "simple"}
    assert decide({**request, "value": 0.3})["verdict"] == "pass"
    assert decide({**request, "value": 0.1 + 0.2})["verdict"] == "fail"  # 0.30000000000000004 was written
    assert decide({**request, "value": "0.3"})["verdict"] == "pass"
    assert decide({**request, "value": Decimal("0.3")})["verdict"] == "pass"
    assert decide({**request, "value": 0.3, "upper_open": True})["verdict"] == "fail"
    assert decide({**request, "value": -0.3, "lower_open": True})["verdict"] == "fail"


def test_the_simple_rule_says_that_it_has_no_guard_band() -> None:
    found = decide({**TWO_SIDED, "value": 1, "r": 1})
    assert (found["verdict"], found["acceptance"]) == ("pass", [-1.0, 1.0])
    assert "r was not used" in found["notes"]


def test_four_states_and_their_words() -> None:
    words = [
        decide({"value": value, "u": 0.5, "upper": 10, "rule": "four-state"})["verdict"]
        for value in (9, 9.5, 10, 10.5, 11, 11.5)
    ]
    assert words == [
        "pass",
        "conditional pass",
        "conditional pass",
        "conditional fail",
        "conditional fail",
        "fail",
    ]


def test_legal_rule() -> None:
    request = {"value": 0.4, "k": 2, "lower": -0.6, "upper": 0.6, "rule": "legal"}
    assert decide({**request, "U": 0.2})["verdict"] == "pass"
    assert decide({**request, "U": 0.2, "value": 0.7})["verdict"] == "fail"
    found = decide({**request, "U": 0.21})
    assert found["verdict"] == "undetermined"
    assert "third" in found["notes"]
    assert decide({**request, "U": 0.2, "r": 1})["acceptance"] == [-0.4, 0.4]


def test_one_sided_and_stated_acceptance() -> None:
    found = decide({"value": 1, "u": 0.1, "upper": 2, "acceptance": [None, 1.8], "rule": "guarded"})
    assert (found["verdict"], found["acceptance"]) == ("pass", [None, 1.8])
    found = decide({"value": 0.1, "u": 0.1, "upper": 2, "acceptance": [0.5, 1.8], "rule": "guarded"})
    assert found["verdict"] == "fail"
    found = decide({"value": 1.8, "u": 0.1, "upper": 2, "acceptance": [None, 1.8]})
    assert found["verdict"] == "pass"  # the stated interval is the rule
    found = decide({"value": 2, "u": 0.1, "upper": 2, "upper_open": True, "acceptance": [None, 2]})
    assert found["verdict"] == "fail"
    found = decide({"value": 0, "u": 0.1, "lower": -1, "rule": "guarded", "r": 1.5})
    assert found["acceptance"] == [-0.7, None]


def test_guard_bands_for_a_target() -> None:
    one = decide({"value": 0, "u": 0.1, "upper": 1, "rule": "guarded", "target_pfa": 0.05})
    assert one["guard_band"] == pytest.approx(0.16448536269514722, rel=1e-12)
    assert one["acceptance"][1] == pytest.approx(1 - one["guard_band"])
    kept = decide({"value": 0, "u": 0.1, "upper": 1, "rule": "guarded", "r": 1, "target_pfa": 0.05})
    assert (kept["acceptance"][1], kept["guard_band"]) == (0.8, one["guard_band"])
    simple = decide({"value": 0.95, "u": 0.1, "upper": 1, "rule": "simple", "target_pfa": 0.05})
    assert (simple["verdict"], simple["acceptance"]) == ("pass", [None, 1.0])
    overall = decide(
        {"u": 0.1, "lower": -1, "upper": 1, "prior": NORMAL, "rule": "guarded", "target_pfa": 1e-4}
    )
    assert overall["global"]["pfa"] == pytest.approx(1e-4, rel=1e-6)
    alone = decide({"u": 0.1, "upper": 1, "target_pfa": 0.05})
    assert set(alone) == {"acceptance", "guard_band"}


def test_nothing_left_to_accept() -> None:
    request = {"value": 0, "u": 1, "lower": -1, "upper": 1}
    guarded = decide({**request, "rule": "guarded", "prior": NORMAL})
    assert (guarded["verdict"], guarded["acceptance"]) == ("fail", None)
    assert (guarded["global"]["pfa"], guarded["global"]["conditional_pfa"]) == (0.0, None)
    assert "no acceptance interval" in guarded["notes"]
    assert decide({**request, "rule": "four-state"})["verdict"] == "conditional pass"
    wide = {**request, "rule": "four-state", "u": 0.4, "target_pfa": 1e-9}
    assert (decide(wide)["verdict"], decide(wide)["guard_band"]) == ("conditional pass", None)
    legal = decide({**request, "rule": "legal", "r": 2, "u": 0.1, "value": 0.5})
    assert legal["verdict"] == "pass"
    assert decide({**request, "rule": "legal", "r": 20, "u": 0.1, "value": 0})["verdict"] == "fail"
    assert decide({**request, "rule": "legal", "r": 20, "u": 1, "value": 0})["verdict"] == "undetermined"


def test_gamma_prior_and_a_one_sided_limit() -> None:
    found = decide({"u": 0.05, "upper": 2, "acceptance": [None, 1.9], "prior": GAMMA})
    same = decide({"u": 0.05, "lower": 0, "upper": 2, "acceptance": [0, 1.9], "prior": GAMMA})
    assert found["global"]["pfa"] == pytest.approx(same["global"]["pfa"], rel=1e-12)
    assert found["global"]["pfr"] < same["global"]["pfr"]  # readings below zero are rejected as well there


def test_a_value_without_a_rule_is_undetermined() -> None:
    request = {key: TWO_SIDED[key] for key in TWO_SIDED if key != "rule"}
    found = decide(request)
    assert found["verdict"] == "undetermined"
    assert found["p_conform"] == decide(TWO_SIDED)["p_conform"]
    assert "agree on a rule" in found["notes"]


def test_degrees_of_freedom_widen_the_tails() -> None:
    few, many = (decide({**TWO_SIDED, "dof": dof}) for dof in (2, math.inf))
    assert few["p_conform"] < many["p_conform"] == decide(TWO_SIDED)["p_conform"]


def test_no_uncertainty_is_a_step_with_open_ends() -> None:
    request = {"value": 1, "u": 0, "upper": 1, "rule": "simple"}
    assert decide(request)["p_conform"] == 1.0
    found = decide({**request, "upper_open": True})
    assert (found["verdict"], found["p_conform"], found["pfa"]) == ("fail", 0.0, 1.0)


def test_stating_u_in_three_ways() -> None:
    three = [
        decide({**{k: v for k, v in TWO_SIDED.items() if k != "u"}, "rule": "guarded", **stated})
        for stated in ({"u": 0.1}, {"U": 0.2, "k": 2}, {"u": 0.1, "U": 0.2}, {"u": 0.1, "k": 2})
    ]
    assert all(found == three[0] for found in three)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"uper": 1}, "Unknown field 'uper'"),
        ({"value": None}, "nothing to answer"),
        ({"value": "abc"}, "'value' must be a finite number"),
        ({"value": True}, "'value' must be a number"),
        ({"value": [1]}, "'value' must be a number"),
        ({"value": math.nan}, "finite"),
        ({"value": "1e999999"}, "too large"),
        ({"upper": math.inf}, "finite"),
        ({"lower": None, "upper": None}, "no limit"),
        ({"lower": 2}, "above the upper"),
        ({"lower": 1, "lower_open": True}, "holds no value"),
        ({"lower_open": "yes"}, "true or false"),
        ({"u": None}, "uncertainty is needed"),
        ({"u": None, "U": 1}, "give k"),
        ({"u": None, "U": 1, "k": 0}, "'k' must be above zero"),
        ({"u": -1}, "'u' must not be negative"),
        ({"u": None, "U": -1, "k": 2}, "'U' must not be negative"),
        ({"U": 1, "k": 2}, "contradict"),
        ({"dof": 0}, "'dof' must be above zero"),
        ({"rule": "lenient"}, "'rule' must be one of"),
        ({"rule": None, "r": 1}, "'r' belongs to a rule"),
        ({"rule": "guarded", "r": -1}, "zero or above"),
        ({"rule": "legal", "lower": None}, "give lower and upper"),
        ({"acceptance": 1}, "a pair"),
        ({"acceptance": [1]}, "a pair"),
        ({"acceptance": [None, 1]}, "needs its lo end"),
        ({"acceptance": [0, None]}, "needs its hi end"),
        ({"acceptance": [1, 0]}, "above the upper"),
        ({"acceptance": ["x", 1]}, "'acceptance lo'"),
        ({"prior": "normal"}, "normal or gamma"),
        ({"prior": {"distribution": "beta"}}, "normal or gamma"),
        ({"prior": {"distribution": ["normal"]}}, "normal or gamma"),
        ({"prior": {"distribution": "normal", "mean": 0}}, "has the fields"),
        ({"prior": {**NORMAL, "sd": 0}}, "above zero"),
        ({"prior": {**NORMAL, "sd": None}}, "'sd' of the prior is missing"),
        ({"prior": {**NORMAL, "shape": 1}}, "has the fields"),
        ({"prior": {**GAMMA, "rate": 0}}, "above zero"),
        ({"target_pfa": 0}, "between 0 and 1"),
        ({"target_pfa": 1}, "between 0 and 1"),
    ],
)
def test_bad_requests_are_refused_in_one_sentence(change: dict[str, Any], said: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        decide({**TWO_SIDED, **change})
    assert said in str(refused.value)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


def test_a_request_is_an_object() -> None:
    with pytest.raises(RequestRefused, match="object"):
        decide([])  # type: ignore[arg-type]


LIMITS = [
    {"lower": -1},
    {"upper": 1},
    {"lower": -1, "upper": 1},
    {"lower": -1, "upper": 1, "upper_open": True},
]
RULES = [
    {"rule": "simple"},
    {"rule": "guarded"},
    {"rule": "guarded", "r": 0.83},
    {"rule": "four-state"},
    {"rule": "legal"},
]
EXTRAS = [
    {},
    {"prior": NORMAL},
    {"prior": GAMMA},
    {"target_pfa": 0.02},
    {"prior": NORMAL, "target_pfa": 0.001},
    {"dof": 4},
]


@pytest.mark.parametrize(("limits", "rule", "extra"), list(itertools.product(LIMITS, RULES, EXTRAS)))
def test_every_combination_answers_in_plain_json(limits: Any, rule: Any, extra: Any) -> None:
    if rule["rule"] == "legal" and len(limits) < 2:
        return
    for value, u in itertools.product((None, -0.5, 1, 3), (0, 0.1, 2)):
        if value is None and not {"prior", "target_pfa"} & set(extra):
            continue
        found = decide({"value": value, "u": u, **limits, **rule, **extra})
        json.dumps(found, allow_nan=False)
        assert ("verdict" in found) is (value is not None)
        assert ("global" in found) is ("prior" in extra)
        assert ("guard_band" in found) is ("target_pfa" in extra)
        if found.get("verdict") == "pass":
            assert found["acceptance"] is not None
            assert found["acceptance"][0] is None or found["acceptance"][0] <= value
            assert found["acceptance"][1] is None or value <= found["acceptance"][1]


numbers = st.decimals(min_value=-3, max_value=3, places=2).map(str)


@settings(max_examples=150, deadline=None)
@given(
    value=numbers,
    u=st.decimals(min_value=0, max_value=2, places=2).map(str),
    half=st.decimals(min_value=Decimal("0.01"), max_value=3, places=2).map(str),
    rule=st.sampled_from(["simple", "guarded", "four-state", "legal"]),
    key=st.sampled_from(["value", "u", "rule"]),
)
def test_removing_what_is_needed_never_passes(value: str, u: str, half: str, rule: str, key: str) -> None:
    request = {"value": value, "u": u, "lower": f"-{half}", "upper": half, "rule": rule}
    del request[key]
    try:
        found = decide(request)
    except RequestRefused:
        return
    assert found.get("verdict") != "pass"

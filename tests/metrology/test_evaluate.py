"""`quacan evaluate` as a request and an answer: every kind of input, every method, every refusal in one sentence."""

import json
import math
from typing import Any

import pytest

from quacan.metrology.exchange import RequestRefused
from quacan.metrology.exchange.evaluate import evaluate

A = {"value": 3.0, "u": 0.4}
B = {"value": 1.0, "u": 0.3}


def ask(model: Any = "a - b", **more: Any) -> dict[str, Any]:
    request = {"model": model, "inputs": {"a": A, "b": B}, **more}
    answer = evaluate(json.loads(json.dumps(request)))
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer
    return answer


@pytest.mark.parametrize("method", ["gum", "gum2", "mc", "validate"])
def test_every_method_answers_the_whole_contract(method: str) -> None:
    answer = ask({"p": "a - b", "q": "a * b"}, method=method)
    assert {"outputs", "order", "covariance", "correlation", "budget", "draws", "engine", "notes"} <= set(
        answer
    )
    assert answer["order"] == ["p", "q"]
    for name in ("p", "q"):
        assert {"value", "u", "dof", "k", "U", "interval", "text"} <= set(answer["outputs"][name])
        for row in answer["budget"][name]:
            assert {"input", "value", "u", "sensitivity", "contribution", "share"} <= set(row)
    assert answer["covariance"][0][1] == answer["covariance"][1][0]
    assert answer["outputs"]["p"]["u"] == pytest.approx(0.5, rel=1e-9)
    assert ("second_order" in answer) == (method == "gum2")
    assert ("validated" in answer) == (method == "validate")
    assert (answer["draws"] is None) == (method in ("gum", "gum2"))
    assert set(answer["regions"]) == {"k_p", "k_q"}


def test_a_linear_request_is_answered_to_the_digit() -> None:
    y = ask()["outputs"]["y"]
    assert (y["value"], y["u"], y["dof"], y["text"]) == (2.0, 0.5, None, "2.00 ± 0.98")
    assert y["k"] == pytest.approx(1.959963984540054, rel=1e-15)
    assert y["interval"] == pytest.approx([2 - y["U"], 2 + y["U"]])
    shares = {row["input"]: row["share"] for row in ask()["budget"]["y"]}
    assert shares == pytest.approx({"a": 0.64, "b": 0.36})


@pytest.mark.parametrize(
    ("quantity", "value", "u", "dof"),
    [
        (5, 5.0, 0.0, None),
        ({"value": 5, "u": 0.1}, 5.0, 0.1, None),
        ({"value": 5, "u": 0.1, "dof": 4}, 5.0, 0.1, 4.0),
        ({"value": 5, "u": 0.1, "dof": None}, 5.0, 0.1, None),
        ({"value": 5, "u": 0.1, "dof": math.inf}, 5.0, 0.1, None),
        ({"value": 5, "u": 0.1, "reliability": 0.1}, 5.0, 0.1, 50.0),
        ({"value": -5, "relative_u": 0.02}, -5.0, 0.1, None),
        ({"value": 5, "U": 0.2, "k": 2}, 5.0, 0.1, None),
        ({"value": 5, "U": 0.195996398454, "coverage": 0.95}, 5.0, 0.1, None),
        ({"value": 5, "U": 0.2776445105, "coverage": 0.95, "dof": 4}, 5.0, 0.1, 4.0),
        ({"samples": [1, 2, 3]}, 2.0, math.sqrt(1 / 3), 2.0),
        ({"distribution": "normal", "value": 5, "u": 0.1}, 5.0, 0.1, None),
        ({"distribution": "t", "value": 5, "u": 0.1, "dof": 7}, 5.0, 0.1, 7.0),
        ({"distribution": "rectangular", "value": 5, "half_width": math.sqrt(3)}, 5.0, 1.0, None),
        ({"distribution": "rectangular", "value": 5, "half_width": math.sqrt(3), "dof": 8}, 5.0, 1.0, 8.0),
        (
            {"distribution": "triangular", "value": 5, "half_width": math.sqrt(6), "reliability": 0.25},
            5.0,
            1.0,
            8.0,
        ),
        ({"distribution": "arcsine", "value": 5, "half_width": math.sqrt(2)}, 5.0, 1.0, None),
        ({"distribution": "trapezoidal", "value": 5, "half_width": math.sqrt(6), "beta": 0}, 5.0, 1.0, None),
        (
            {"distribution": "curvilinear_trapezoid", "value": 5, "half_width": 1, "spread": 0.5},
            5.0,
            0.6009252126,
            None,
        ),
        ({"distribution": "exponential", "mean": 5}, 5.0, 5.0, None),
        ({"distribution": "exponential", "value": 5}, 5.0, 5.0, None),
        ({"distribution": "gamma", "shape": 4, "scale": 2}, 8.0, 4.0, None),
        ({"distribution": "gamma", "value": 8, "shape": 4, "scale": 2}, 8.0, 4.0, None),
    ],
)
def test_every_kind_of_input_is_read(quantity: Any, value: float, u: float, dof: float | None) -> None:
    answer = evaluate({"model": "x", "inputs": {"x": quantity}})
    y = answer["outputs"]["y"]
    assert (y["value"], y["u"]) == pytest.approx((value, u), rel=1e-9)
    assert y["dof"] == (None if dof is None else pytest.approx(dof))
    drawn = evaluate({"model": "x", "inputs": {"x": quantity}, "method": "mc", "draws": 8192})["outputs"]["y"]
    assert drawn["value"] == pytest.approx(value, abs=1e-9 + 0.02 * u)


def test_a_finite_dof_means_t_in_monte_carlo_only() -> None:
    inputs = {"x": {"value": 0, "u": 1, "dof": 5}}
    assert evaluate({"model": "x", "inputs": inputs})["outputs"]["y"]["u"] == 1.0
    drawn = evaluate({"model": "x", "inputs": inputs, "method": "mc", "draws": 2**17})["outputs"]["y"]
    assert drawn["u"] == pytest.approx(math.sqrt(5 / 3), rel=1e-9)
    assert drawn["interval"][1] == pytest.approx(2.5706, rel=0.01)


def test_dof_that_is_not_valid_is_null_with_a_sentence() -> None:
    inputs = {"a": {"value": 1, "u": 0.4, "dof": 4}, "b": {"value": 1, "u": 0.4, "dof": 4}}
    request = {"model": "a + b", "inputs": inputs, "correlations": [["a", "b", 0.9]]}
    answer = evaluate(request)
    y = answer["outputs"]["y"]
    assert [y[key] for key in ("dof", "k", "U", "interval", "text")] == [None] * 5
    assert y["u"] == pytest.approx(math.sqrt(0.608))
    assert any("not valid" in note for note in answer["notes"])
    shared = evaluate({**request, "groups": [["a", "b"]]})["outputs"]["y"]
    assert (shared["dof"], shared["k"]) == pytest.approx((4.0, 2.7764451051977934))


def test_covariances_stand_in_the_budget_and_it_adds_up() -> None:
    answer = ask("a * b", correlations=[["a", "b", -0.5]])
    rows = answer["budget"]["y"]
    assert [row["input"] for row in rows] == ["a", "b", "cov(a, b)"]
    assert sum(row["variance"] for row in rows) == pytest.approx(answer["covariance"][0][0], rel=1e-12)
    assert sum(row["share"] for row in rows) == pytest.approx(1.0, rel=1e-12)


def test_digits_coverage_k_and_seed_are_followed() -> None:
    assert ask(digits=1)["outputs"]["y"]["text"] == "2 ± 1"
    assert ask(k=2)["outputs"]["y"]["U"] == 1.0
    assert ask(coverage=0.99)["outputs"]["y"]["k"] == pytest.approx(2.5758293035489004)
    one, again, other = (ask(method="mc", draws=10_000, seed=seed) for seed in (3, 3, 4))
    assert one == again
    assert (one["seed"], one["draws"]) == (3, 10_000)
    assert one["outputs"] != other["outputs"]
    plain = ask(method="mc", draws=10_000, plain=True)
    assert plain["engine"].endswith("SFC64")
    assert "Sobol" in one["engine"]


def test_zero_uncertainty_is_an_answer() -> None:
    answer = evaluate({"model": "x * 2", "inputs": {"x": 5}})
    y = answer["outputs"]["y"]
    assert (y["value"], y["u"], y["U"], y["text"]) == (10.0, 0.0, 0.0, "10.0 ± 0")
    assert answer["correlation"] == [[None]]
    assert answer["budget"]["y"][0]["sensitivity"] == 2.0


def test_an_unused_input_is_noted() -> None:
    assert "Input b does not appear in the model" in ask("a")["notes"]


@pytest.mark.parametrize("method", ["gum", "gum2", "mc"])
def test_relations_without_a_known_quantity_have_an_exact_solution(method: str) -> None:
    answer = evaluate(
        {"model": {"r": "x - 3", "s": "y - 2*x"}, "solve": {"x": 1, "y": 1}, "inputs": {}, "method": method}
    )
    assert [answer["outputs"][name]["value"] for name in ("x", "y")] == [3.0, 6.0]
    assert answer["outputs"]["y"]["u"] == 0.0


def test_relations_are_solved_from_a_start() -> None:
    answer = evaluate({"model": "y**2 - a", "inputs": {"a": {"value": 9, "u": 0.6}}, "solve": {"y": 1}})
    assert answer["outputs"]["y"]["value"] == pytest.approx(3.0, rel=1e-14)
    assert answer["outputs"]["y"]["u"] == pytest.approx(0.1, rel=1e-12)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"model": None}, "'model'"),
        ({"model": 5}, "'model'"),
        ({"model": {}}, "'model'"),
        ({"model": {"y": 5}}, "'model.y'"),
        ({"model": "a -"}, "Expected a name"),
        ({"model": "a - c"}, "'c', which is not among the inputs"),
        ({"model": "eval(a)"}, "no function 'eval'"),
        ({"model": "a / (b - 1)"}, "no finite value"),
        ({"model": "sqrt(b - 1)"}, "no finite sensitivity"),
        ({"model": "log(b - 4)", "method": "mc"}, "not finite"),
        ({"inputs": None}, "'inputs'"),
        ({"inputs": [1]}, "'inputs'"),
        ({"inputs": {"a": "3"}}, "'inputs.a'"),
        ({"inputs": {"a": True}}, "'inputs.a'"),
        ({"inputs": {"a": {"value": 3}}}, "'inputs.a.u' is missing"),
        ({"inputs": {"a": {"u": 3}}}, "'inputs.a.value' is missing"),
        ({"inputs": {"a": {"value": "3", "u": 1}}}, "'inputs.a.value' must be a number"),
        ({"inputs": {"a": {"value": 10**400, "u": 1}}}, "finite"),
        ({"inputs": {"a": {"value": 3, "u": -1}}}, "negative"),
        ({"inputs": {"a": {"value": 3, "u": 1, "dof": 0}}}, "above zero"),
        ({"inputs": {"a": {"value": 3, "u": 1, "unit": "m"}}}, "'inputs.a.unit' has no meaning"),
        (
            {"inputs": {"a": {"value": 3, "u": 1, "dof": 4, "reliability": 0.1}}},
            "both 'dof' and 'reliability'",
        ),
        ({"inputs": {"a": {"value": 3, "u": 1, "reliability": 0}}}, "above zero"),
        ({"inputs": {"a": {"samples": [1]}}}, "at least two"),
        ({"inputs": {"a": {"samples": "12"}}}, "list of readings"),
        ({"inputs": {"a": {"samples": [1, None]}}}, "samples[1]"),
        ({"inputs": {"a": {"distribution": "lognormal", "value": 1}}}, "must be one of normal"),
        ({"inputs": {"a": {"distribution": "rectangular", "value": 1}}}, "'inputs.a.half_width' is missing"),
        ({"inputs": {"a": {"distribution": "rectangular", "value": 1, "half_width": -1}}}, "half-width"),
        ({"inputs": {"a": {"distribution": "exponential"}}}, "'mean'"),
        ({"inputs": {"a": {"distribution": "gamma", "value": 1, "shape": 2, "scale": 3}}}, "shape × scale"),
        ({"inputs": {"a": {"value": 1, "U": 2}}}, "either k or coverage"),
        ({"inputs": {"a": {"value": 1, "relative_u": -0.1}}}, "relative_u"),
        ({"groups": "ab"}, "'groups' must be a list"),
        ({"groups": [["a", "z"]]}, "'groups[0]' names 'z'"),
        ({"groups": [["a"], ["a"]]}, "twice in the groups"),
        ({"correlations": [["a", "b"]]}, "'correlations[0]'"),
        ({"correlations": [["a", "z", 0.5]]}, "names 'z'"),
        ({"correlations": [["a", "b", 1.5]]}, "between -1 and 1"),
        ({"correlations": [["a", "b", "high"]]}, "must be a number"),
        ({"method": "bayes"}, "'method' must be one of gum, gum2, mc, validate"),
        ({"method": ["gum"]}, "'method'"),
        ({"method": "gum2", "model": "a * b", "correlations": [["a", "b", 0.5]]}, "independent inputs only"),
        ({"coverage": 1}, "between 0 and 1"),
        ({"coverage": 95}, "between 0 and 1"),
        ({"k": 0}, "above zero"),
        ({"digits": 0}, "'digits'"),
        ({"digits": 2.5}, "'digits'"),
        ({"seed": -1}, "'seed'"),
        ({"draws": 0}, "'draws'"),
        ({"draws": 10**12}, "'draws'"),
        ({"draws": 100, "method": "mc"}, "at least 200 draws"),
        ({"plain": "yes"}, "'plain'"),
        ({"solve": {"y": "near"}}, "solve.y"),
        ({"solve": []}, "'solve'"),
        ({"solve": {"z": 1}}, "unknown 'z'"),
        ({"covrage": 0.9}, "Unknown field 'covrage'"),
        ({"inputs": {"a": {"value": 1e200, "u": 1}}}, "another unit"),
        ({"inputs": {"a": {"value": 1, "u": 1e-200}}}, "another unit"),
        ({"model": "a * 1e-250"}, "out of the range of numbers"),
        ({"model": "a * 1e250"}, "out of the range of numbers"),
        ({"model": "a * 1e250", "method": "mc"}, "too large"),
        ({"model": "a * 1e250", "method": "mc", "plain": True}, "too large"),
        ({"method": "mc", "plain": True, "coverage": 0.999999}, "fix the number of draws"),
    ],
)
def test_requests_that_make_no_sense_are_refused_in_one_sentence(change: dict[str, Any], words: str) -> None:
    request = {"model": "a - b", "inputs": {"a": A, "b": B}, **change}
    if "inputs" in change and isinstance(change["inputs"], dict):
        request["inputs"] = {"b": B, **change["inputs"]}
    with pytest.raises(RequestRefused) as caught:
        evaluate(request)
    sentence = str(caught.value)
    assert words in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize("request_", [None, [], "a", 5])
def test_what_is_no_object_is_refused(request_: object) -> None:
    with pytest.raises(RequestRefused, match="an object with named fields"):
        evaluate(request_)


def test_validation_shows_both_intervals_and_their_distance() -> None:
    answer = ask("a**2 * b", method="validate", digits=1)
    assert answer["validated"] == {"y": False}
    comparison = answer["comparison"]["y"]
    framework, drawn = answer["outputs"]["y"], answer["monte_carlo"]["outputs"]["y"]
    assert comparison["d_low"] == pytest.approx(abs(framework["interval"][0] - drawn["interval"][0]))
    assert comparison["tolerance"] == 0.5
    assert drawn["u"] > framework["u"]


def test_a_curved_model_is_pointed_out() -> None:
    curved = evaluate({"model": "x**2", "inputs": {"x": {"value": 1, "u": 0.5}}})
    assert any("Second-order terms are" in note for note in curved["notes"])
    assert not any("Second-order" in note for note in ask()["notes"])


def test_small_units_keep_their_degrees_of_freedom() -> None:
    for scale in (1.0, 1e-60, 1e60):
        inputs = {name: {"value": scale, "u": 0.4 * scale, "dof": 4} for name in "ab"}
        y = evaluate({"model": "a + b", "inputs": inputs})["outputs"]["y"]
        assert y["dof"] == pytest.approx(8.0, rel=1e-12)


def test_an_output_without_a_variance_is_pointed_out() -> None:
    wild = evaluate(
        {"model": "tan(x)", "inputs": {"x": {"value": 1.57, "u": 0.1}}, "method": "mc", "draws": 2**17}
    )
    assert any("may have no finite standard uncertainty" in note for note in wild["notes"])
    assert not any("no finite" in note for note in ask(method="mc", draws=2**14)["notes"])

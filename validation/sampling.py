"""Cases answered by Monte Carlo: JCGM 101, clause 9, and JCGM 102, clause 9."""

from collections.abc import Mapping
from typing import Any

from quacan.metrology.exchange.evaluate import evaluate
from validation.cases import Case, Checker, Ours, Sampled

DRAWS = 2**20


def _additive_gaussian(case: Case) -> Ours:
    inputs = {f"x{i}": {"value": 0, "u": 1} for i in range(case["inputs"]["n"])}
    found = evaluate({"model": " + ".join(inputs), "inputs": inputs})["outputs"]["y"]
    return {"u": found["u"], "interval": found["interval"]}


def _additive_rectangular(case: Case) -> Ours:
    shape = {"distribution": "rectangular", "value": 0, "half_width": 3**0.5}
    inputs = {f"x{i}": shape for i in range(case["inputs"]["n"])}
    request = {"model": " + ".join(inputs), "inputs": inputs}
    framework = evaluate(request)["outputs"]["y"]
    drawn = evaluate({**request, "method": "mc", "draws": DRAWS})["outputs"]["y"]
    return {
        "u": framework["u"],
        "high": Sampled(drawn["interval"][1], 5e-3),
        "GUF_high": framework["interval"][1],
    }


def _mass(case: Case) -> Ours:
    given = case["inputs"]
    inputs = {name.removesuffix("_mg"): _shape(given[name]) for name in ("mR_mg", "dmR_mg", "ra", "rW", "rR")}
    formula = given["model"].partition("=")[2]
    request = {"model": formula.strip(), "inputs": inputs, "coverage": given["p"]}
    first, second, drawn = (
        evaluate({**request, **more})["outputs"]["y"]
        for more in ({}, {"method": "gum2"}, {"method": "mc", "draws": DRAWS})
    )
    return {
        "y": first["value"],
        "u_GUF1": first["u"],
        "GUF1": first["interval"],
        "u_MCM": Sampled(drawn["u"], 1e-5),
        "MCM": Sampled(drawn["interval"], 2e-4),
        "u_GUF2": second["u"],
        "GUF2": second["interval"],
    }


def _shape(given: list[Any]) -> dict[str, Any]:
    kind, first, second = given
    if kind == "N":
        return {"value": first, "u": second}
    return {
        "distribution": "rectangular",
        "value": 0.5 * (first + second),
        "half_width": 0.5 * (second - first),
    }


def _comparison_loss(case: Case) -> Ours:
    given = case["inputs"]
    found: dict[str, Any] = {}
    lists: dict[str, list[float]] = {key: [] for key in ("y_e6", "u_e6", "u_GUF1_e6", "u_GUF2_e6")}
    for x1, name in zip(given["x1"], ("x0", "x10", "x50"), strict=True):
        inputs = {"X1": {"value": x1, "u": given["u"]}, "X2": {"value": given["x2"], "u": given["u"]}}
        request = {"model": "X1 ** 2 + X2 ** 2", "inputs": inputs}
        first, second, drawn = (
            evaluate({**request, **more})["outputs"]["y"]
            for more in ({}, {"method": "gum2"}, {"method": "mc", "draws": DRAWS})
        )
        for key, value in zip(lists, (drawn["value"], drawn["u"], first["u"], second["u"]), strict=True):
            lists[key].append(1e6 * value)
        ends = [1e6 * end for end in drawn["shortest"]]
        found[f"{name}_interval_e6"] = Sampled(ends, 1.0 if name == "x0" else 6.0)
        found[f"G2_{name}"] = [1e6 * end for end in second["interval"]]
    found["y_e6"], found["u_e6"] = Sampled(lists["y_e6"], 0.01), Sampled(lists["u_e6"], 0.1)
    return {**found, "u_GUF1_e6": lists["u_GUF1_e6"], "u_GUF2_e6": lists["u_GUF2_e6"]}


def _two_sums(case: Case) -> Ours:
    third = case["inputs"]["X3"][0]
    shape: Mapping[str, Any] = {"value": 0, "u": 1}
    if third == "R":
        shape = {"distribution": "rectangular", "value": 0, "half_width": 3**0.5}
    request = {
        "model": {"Y1": "X1 + X3", "Y2": "X2 + X3"},
        "inputs": {"X1": {"value": 0, "u": 1}, "X2": {"value": 0, "u": 1}, "X3": shape},
    }
    framework, drawn = evaluate(request), evaluate({**request, "method": "mc", "draws": DRAWS})
    return {
        "u": framework["outputs"]["Y1"]["u"],
        "r": framework["correlation"][0][1],
        "k_p": Sampled(drawn["regions"]["k_p"], 5e-3),
        "k_q": Sampled(drawn["regions"]["k_q"], 5e-3),
    }


def _polar(case: Case) -> Ours:
    given = case["inputs"]
    lists: dict[str, list[float]] = {key: [] for key in ("y1", "u1", "u2", "GUF_u2")}
    for x1 in given["x1"]:
        inputs = {"x1": {"value": x1, "u": given["u"]}, "x2": {"value": given["x2"], "u": given["u"]}}
        request = {"model": {"y1": "sqrt(x1 ** 2 + x2 ** 2)", "y2": "atan2(x2, x1)"}, "inputs": inputs}
        drawn = evaluate({**request, "method": "mc", "draws": DRAWS})["outputs"]
        framework = evaluate(request)["outputs"]
        figures = (drawn["y1"]["value"], drawn["y1"]["u"], drawn["y2"]["u"], framework["y2"]["u"])
        for key, value in zip(lists, figures, strict=True):
            lists[key].append(value)
    return {
        "y1": Sampled(lists["y1"], 1e-5),
        "u1": Sampled(lists["u1"], 1e-5),
        "u2": Sampled(lists["u2"], 1e-3),
        "GUF_u2": lists["GUF_u2"],
    }


CHECKERS: dict[str, Checker] = {
    "additive, Gaussian": _additive_gaussian,
    "additive, rectangular": _additive_rectangular,
    "mass calibration, GUF/MCM validation": _mass,
    "comparison loss (strongly nonlinear)": _comparison_loss,
    "bivariate additive, coverage regions": _two_sums,
    "Cartesian to polar": _polar,
}

"""Type A and B evaluations, budgets, degrees of freedom, coverage, fits: what needs no drawing."""

import math
from collections.abc import Mapping
from typing import Any

from quacan.metrology.distributions import (
    Arcsine,
    CurvilinearTrapezoid,
    Rectangular,
    StudentT,
    Trapezoidal,
    Triangular,
)
from quacan.metrology.exchange.evaluate import evaluate
from quacan.metrology.exchange.fit import fit
from quacan.metrology.inputs import from_certificate, from_half_width
from quacan.metrology.montecarlo import gaussian_regions
from quacan.metrology.quantiles import coverage_factor
from quacan.metrology.statistics import type_a
from validation.cases import Case, Checker, Ours, Sampled


def _type_a(case: Case) -> Ours:
    result = type_a(case["inputs"]["t_degC"])
    return {"mean": result.mean, "s": result.s, "s_mean": result.s_mean}


def _type_b(case: Case) -> Ours:
    given = case["inputs"]
    name = next(iter(case["expected"]))
    if "half_width" in given:
        return {name: from_half_width(0.0, given["half_width"], shape=given["dist"]).u}
    U = next(value for key, value in given.items() if key.startswith("U_"))
    stated = {"k": given["k"]} if "k" in given else {"coverage": given["p"]}
    return {name: from_certificate(0.0, U, **stated).u}


def _sum_of(inputs: Mapping[str, Any], **options: Any) -> dict[str, Any]:
    """A sum evaluated through the same door as everybody's request."""
    answer = evaluate({"model": " + ".join(inputs), "inputs": dict(inputs), **options})
    found: dict[str, Any] = answer["outputs"]["y"]
    return found


_OF_WHOLE_K = {68.27: 1, 95.45: 2, 99.73: 3}
"""Columns of Table G.2 that stand for k = 1, 2, 3 of the normal distribution (its footnote a)."""


def _coverage(case: Case) -> Ours:
    given = case["inputs"]
    if "n_rectangles" in given:
        return _sum_of_rectangles(given["n_rectangles"])
    p = [percent / 100 for percent in given["p_percent"]]
    if "nu" not in given:
        return {"k": [coverage_factor(each, math.inf) for each in p]}
    columns = zip(given["p_percent"], p, strict=True)
    whole = [
        math.erf(_OF_WHOLE_K[percent] / math.sqrt(2)) if percent in _OF_WHOLE_K else plain
        for percent, plain in columns
    ]
    return {"t_p": [[coverage_factor(each, nu) for each in whole] for nu in given["nu"]]}


def _sum_of_rectangles(count: int) -> Ours:
    shapes = {f"x{i}": {"distribution": "rectangular", "value": 0, "half_width": 1} for i in range(count)}
    found: dict[str, Any] = {}
    for name, p in (("k95", 0.95), ("k99", 0.99)):
        drawn = _sum_of(shapes, method="mc", coverage=p, draws=2**20)
        found[name] = Sampled(drawn["U"] / drawn["u"], 2e-3)
        found[f"{name}_normal"] = coverage_factor(p, math.inf)
    return found


def _two_components(case: Case) -> Ours:
    if case["id"] == "ea402-S2":
        return _ea402_weight(case)
    inputs = {f"x{i}": {"value": 0, "u": u} for i, u in enumerate(case["inputs"]["u_uV"])}
    return {"u_uV": _sum_of(inputs)["u"]}


def _ea402_weight(case: Case) -> Ours:
    given = case["inputs"]
    half = ("drift_halfwidth_g", "comparator_halfwidth_g", "buoyancy_halfwidth_g")
    inputs: dict[str, Any] = {
        name: {"value": given[key][0], "u": given[key][1]} for name, key in (("mS", "m_S_g"), ("dm", "dm_g"))
    }
    inputs |= {key: {"distribution": "rectangular", "value": 0, "half_width": given[key]} for key in half}
    weight = _sum_of(inputs, k=2)
    return {"m_g": weight["value"], "u_mg": 1000 * weight["u"], "U_mg": 1000 * weight["U"]}


def _welch_satterthwaite(case: Case) -> Ours:
    given = case["inputs"]
    pairs = enumerate(zip(given["u_rel_percent"], given["n"], strict=True))
    found = _sum_of({f"x{i}": {"value": 0, "u": u, "dof": n - 1} for i, (u, n) in pairs})
    return {"u_rel": found["u"], "nu_eff": found["dof"], "t95_19": found["k"], "U_rel": found["U"]}


def _reporting(case: Case) -> Ours:
    given = case["inputs"]
    found = _sum_of(
        {"m": {"value": given["y_g"], "u": given["u_g"], "dof": given["nu"]}}, coverage=given["p"]
    )
    return {"k": found["k"], "U_g": found["U"]}


def _gauge_block(case: Case) -> Ours:
    """GUM H.1: the difference d has three parts; theta is a mean and an arcsine cycle."""
    given = case["inputs"]
    parts = {
        name: dict(zip(("value", "u", "dof"), given[f"{name}_nm"], strict=True)) for name in ("d", "d1", "d2")
    }
    inputs: dict[str, Any] = {
        **parts,
        "lS": dict(zip(("value", "u", "dof"), given["lS_nm"], strict=True)),
        "dalpha": _rectangle(given["dalpha"]),
        "alphaS": _rectangle(given["alphaS"]),
        "dtheta": _rectangle(given["dtheta"]),
        "mean": {"value": given["theta"]["mean"], "u": given["theta"]["u_mean"]},
        "cycle": {"distribution": "arcsine", "value": 0, "half_width": 0.5},
    }
    model = "lS + d + d1 + d2 - lS * (dalpha * (mean + cycle) + alphaS * dtheta)"
    request = {"model": model, "inputs": inputs, "coverage": 0.99}
    first, second = evaluate(request), evaluate({**request, "method": "gum2"})
    y, difference = first["outputs"]["y"], _sum_of(parts)
    share = {row["input"]: abs(row["contribution"]) for row in first["budget"]["y"]}
    return {
        "l_nm": y["value"],
        "u_nm": y["u"],
        "u2_nm2": y["u"] ** 2,
        "components_nm": [share["lS"], difference["u"], share["dalpha"], share["dtheta"]],
        "nu_d": difference["dof"],
        "nu_eff": y["dof"],
        "k99": y["k"],
        "U99_nm": y["U"],
        "second_order_nm": _products(second["second_order"]["y"]["terms"]),
        "u_with_second_order_nm": second["outputs"]["y"]["u"],
    }


def _rectangle(given: list[Any]) -> dict[str, Any]:
    _, value, half_width, dof = given
    return {"distribution": "rectangular", "value": value, "half_width": half_width, "dof": dof}


def _products(terms: list[Mapping[str, Any]]) -> list[float]:
    """H.1.7: the terms of dalpha with theta (mean and cycle together) and of alphaS with dtheta."""
    sums = {"dalpha": 0.0, "alphaS": 0.0}
    for term in terms:
        for name in sums:
            if name in term["inputs"] and not {"lS"} & set(term["inputs"]):
                sums[name] += term["variance"]
    return [math.sqrt(sums["dalpha"]), math.sqrt(sums["alphaS"])]


_IMPEDANCE = {"R": "V / I * cos(phi)", "X": "V / I * sin(phi)", "Z": "V / I"}


def _impedance(given: Mapping[str, Any], **options: Any) -> dict[str, Any]:
    inputs = {"V": {"samples": given["V"]}, "I": {"samples": given["I_A"]}, "phi": {"samples": given["phi"]}}
    return evaluate({"model": _IMPEDANCE, "inputs": inputs, "groups": [["V", "I", "phi"]], **options})


def _correlations_of_means(given: Mapping[str, Any]) -> list[float]:
    """Through the engine: three outputs equal to the inputs keep their correlation."""
    inputs = {"V": {"samples": given["V"]}, "I": {"samples": given["I_A"]}, "phi": {"samples": given["phi"]}}
    same = evaluate(
        {"model": {"a": "V", "b": "I", "c": "phi"}, "inputs": inputs, "groups": [["V", "I", "phi"]]}
    )
    r = same["correlation"]
    return [r[0][1], r[0][2], r[1][2]]


def _resistance_and_reactance(case: Case) -> Ours:
    given = case["inputs"]
    found = _impedance(given)
    outputs, r = found["outputs"], found["correlation"]
    means = {key: type_a(given[key]) for key in ("V", "I_A", "phi")}
    return {
        "mean_V": means["V"].mean,
        "mean_I_mA": 1000 * means["I_A"].mean,
        "mean_phi": means["phi"].mean,
        "s_V": means["V"].s_mean,
        "s_I_mA": 1000 * means["I_A"].s_mean,
        "s_phi": means["phi"].s_mean,
        "r_in": _correlations_of_means(given),
        **{name: outputs[name]["value"] for name in "RXZ"},
        "u": [outputs[name]["u"] for name in "RXZ"],
        "r_out": [r[0][1], r[0][2], r[1][2]],
    }


def _impedance_of_supplement_2(case: Case) -> Ours:
    """JCGM 102, 9.4: the framework, and the multivariate t of 5.3.2, whose standard deviations are larger."""
    given = case["inputs"]
    found = _impedance(given)
    outputs, r = found["outputs"], found["correlation"]
    means = {name: type_a(given[key]) for name, key in (("V", "V"), ("I", "I_A"), ("phi", "phi"))}
    r_in = _correlations_of_means(given)
    wider = {
        name: {"value": mean.mean, "u": _t_deviation(mean.s_mean, n=mean.n)} for name, mean in means.items()
    }
    pairs = zip((["V", "I"], ["V", "phi"], ["I", "phi"]), r_in, strict=True)
    other = evaluate(
        {"model": _IMPEDANCE, "inputs": wider, "correlations": [[*names, value] for names, value in pairs]}
    )
    return {
        "y": [outputs[name]["value"] for name in "RXZ"],
        "u_in": [means["V"].s_mean, 1000 * means["I"].s_mean, means["phi"].s_mean],
        "r_in": r_in,
        "u_GUF": [outputs[name]["u"] for name in "RXZ"],
        "u_alt": [other["outputs"][name]["u"] for name in "RXZ"],
        "r_RX": r[0][1],
        "r_RZ": r[0][2],
        "one_minus_r_XZ": 1 - r[1][2],
    }


def _t_deviation(u: float, *, n: int, together: int = 3) -> float:
    """Of one of `together` quantities from n simultaneous sets: t of n - N with scale² (n - 1)/(n - N) u²."""
    dof = n - together
    return StudentT(0.0, u * math.sqrt((n - 1) / dof), dof).standard_deviation


def _same_sample(case: Case) -> Ours:
    first, second = case["inputs"]["pairs"]
    found = _sum_of({"x1": {"samples": first}, "x2": {"samples": second}}, groups=[["x1", "x2"]])
    return {"u": found["u"], "nu": found["dof"]}


def _straight_line(case: Case) -> Ours:
    line = fit({"method": "ols", **case["inputs"]})
    points = {key: case["inputs"][key] for key in ("t_degC", "b_degC")}
    centred = fit({"method": "ols", **points, "t0": line["x_mean"]})
    predicted = line["predictions"][0]
    return {
        "y1": line["intercept"],
        "y2": line["slope"],
        "s_y1": line["u_intercept"],
        "s_y2": line["u_slope"],
        "r": line["r"],
        "s": line["s"],
        "b30": predicted["value"],
        "u_b30": predicted["u"],
        "nu": line["dof"],
        "t_bar": line["x_mean"],
        "y1c": centred["intercept"],
        "s_y1c": centred["u_intercept"],
    }


def _standard_deviations(case: Case) -> Ours:
    given = case["inputs"]
    low, high = given["rectangular"]
    centre, half = 0.5 * (low + high), 0.5 * (high - low)
    return {
        "rectangular": Rectangular(centre, half).standard_deviation,
        "triangular": Triangular(centre, half).standard_deviation,
        "arcsine": Arcsine(centre, half).standard_deviation,
        "ctrap": CurvilinearTrapezoid(centre, half, given["ctrap"][2]).standard_deviation,
        "trapezoidal": Trapezoidal(centre, half, given["trapezoidal_beta"][2]).standard_deviation,
        "t9": StudentT(0.0, given["t"][1], given["t"][0]).standard_deviation,
    }


def _ellipsoid(case: Case) -> Ours:
    return {"k_p": [gaussian_regions(m, case["inputs"]["p"]).k_p for m in case["inputs"]["m"]]}


def _rectangles(case: Case) -> Ours:
    return {"k_q": [gaussian_regions(m, case["inputs"]["p"]).k_q for m in case["inputs"]["m"]]}


def _resistance_thermometer(case: Case) -> Ours:
    """JCGM 102, 9.5.2: R0 (1 + A t + B t²) = RS r; the sensitivity to RS is r over c_y."""
    given = case["inputs"]
    names = ("R0", "A", "B", "RS", "r")
    found = evaluate(
        {
            "model": {"theta": "R0 * (1 + A * theta + B * theta ** 2) - RS * r"},
            "solve": {"theta": 20},
            "inputs": {name: {"value": given[name][0], "u": given[name][1]} for name in names},
            "correlations": [[*pair.split("_"), value] for pair, value in given["corr"].items()],
        }
    )
    theta = found["outputs"]["theta"]
    slope = {row["input"]: row["sensitivity"] for row in found["budget"]["theta"]}
    return {"theta": theta["value"], "u": theta["u"], "c_y": given["r"][0] / slope["RS"]}


CHECKERS: dict[str, Checker] = {
    "type A": _type_a,
    "type B": _type_b,
    "budget": _two_components,
    "coverage": _coverage,
    "W-S": _welch_satterthwaite,
    "reporting": _reporting,
    "budget, W-S, expanded, second order": _gauge_block,
    "correlated type A, multi-output": _resistance_and_reactance,
    "multi-output, GUF and multivariate-t variant": _impedance_of_supplement_2,
    "straight-line calibration": _straight_line,
    "dof of a sum of correlated same-sample inputs": _same_sample,
    "distribution standard deviations": _standard_deviations,
    "coverage region, ellipsoid": _ellipsoid,
    "coverage region, rectangle (Bonferroni)": _rectangles,
    "implicit univariate model": _resistance_thermometer,
}

"""Published worked examples of the GUM, its supplements and EA-4/02, through the engine or the request."""

import json
import math
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from quacan.metrology.correlations import correlate
from quacan.metrology.distributions import (
    Arcsine,
    CurvilinearTrapezoid,
    Rectangular,
    StudentT,
    Trapezoidal,
    Triangular,
)
from quacan.metrology.exchange.evaluate import evaluate
from quacan.metrology.inputs import InputQuantity, from_certificate, from_half_width, from_samples
from quacan.metrology.model import implicit_model, measurement_model
from quacan.metrology.montecarlo import MonteCarloSettings, gaussian_regions, monte_carlo, validate
from quacan.metrology.propagation import Coverage, effective_dof, propagate

CASES = Path(__file__).parents[2] / "validation" / "cases.json"


@lru_cache
def cases() -> dict[str, dict[str, Any]]:
    return {case["id"]: case for case in json.loads(CASES.read_text(encoding="utf-8"))["cases"]}


def check(case: str, *, rel: float = 1e-9, **found: Any) -> None:
    """Every figure agrees with the published one to its tolerance, and with the computed one to ``rel``."""
    entry = cases()[case]
    for name, value in found.items():
        published = entry["expected"].get(name)
        if published is not None:
            np.testing.assert_allclose(value, published["value"], rtol=0, atol=published["tol"], err_msg=name)
        if name in entry["computed"]:
            scale = np.max(np.abs(entry["computed"][name]))
            np.testing.assert_allclose(
                value, entry["computed"][name], rtol=rel, atol=rel * scale, err_msg=name
            )
    assert found


def test_gum_4_4_3_readings() -> None:
    readings = cases()["gum-4.4.3"]["inputs"]["t_degC"]
    q = from_samples(readings)
    check("gum-4.4.3", mean=q.value, s=q.u * math.sqrt(len(readings)), s_mean=q.u)


def test_gum_4_3_certificates_and_limits() -> None:
    check("gum-4.3.3", u_ug=from_certificate(0.0, 240.0, k=3).u)
    check("gum-4.3.4", u_uohm=from_certificate(0.0, 129.0, coverage=0.99).u)
    check("gum-4.3.7", u=from_half_width(0.0, 4e-7).u)
    check("gum-4.4.5", u=from_half_width(0.0, 4.0).u)


def test_gum_5_1_5_root_sum_of_squares() -> None:
    a, b = cases()["gum-5.1.5"]["inputs"]["u_uV"]
    result = propagate(measurement_model("a + b"), {"a": InputQuantity(0.0, a), "b": InputQuantity(0.0, b)})
    check("gum-5.1.5", u_uV=result.outputs["y"].u)


def test_gum_tables_g1_and_g2() -> None:
    given = cases()["gum-table-G.2"]["inputs"]
    of_sigmas = {68.27: 1, 95.45: 2, 99.73: 3}
    exact = [math.erf(of_sigmas[p] / math.sqrt(2)) if p in of_sigmas else p / 100 for p in given["p_percent"]]
    coverages = [Coverage(p) for p in exact]
    check("gum-table-G.2", t_p=[[c.factor(float(nu)) for c in coverages] for nu in given["nu"]])
    check("gum-table-G.1", k=[Coverage(p / 100).factor(math.inf) for p in given["p_percent"]])


def test_gum_g_4_1_rounds_before_it_truncates() -> None:
    given = cases()["gum-G.4.1"]["inputs"]
    inputs = {
        f"x{i}": InputQuantity(0.0, u, n - 1.0)
        for i, (u, n) in enumerate(zip(given["u_rel_percent"], given["n"], strict=True))
    }
    y = propagate(measurement_model("x0 + x1 + x2"), inputs).outputs["y"]
    check("gum-G.4.1", u_rel=y.u, nu_eff=y.dof, t95_19=y.k, U_rel=y.U)


def test_gum_7_2_reporting() -> None:
    given = cases()["gum-7.2-reporting"]["inputs"]
    answer = evaluate(
        {"model": "m", "inputs": {"m": {"value": given["y_g"], "u": given["u_g"], "dof": given["nu"]}}}
    )
    y = answer["outputs"]["y"]
    check("gum-7.2-reporting", k=y["k"], U_g=y["U"])
    assert y["text"] == "100.02147 ± 0.00079"


def end_gauge(**more: Any) -> dict[str, Any]:
    given = cases()["gum-H.1"]["inputs"]
    plain = {
        name: dict(zip(("value", "u", "dof"), given[f"{name}_nm"], strict=True))
        for name in ("lS", "d", "d1", "d2")
    }
    limits = {
        name: {"distribution": "rectangular", "value": given[name][1], "half_width": given[name][2]}
        for name in ("dalpha", "alphaS", "dtheta")
    }
    limits["dalpha"]["reliability"] = 0.1
    limits["dtheta"]["reliability"] = 0.5
    u_theta = math.hypot(0.2, 0.5 / math.sqrt(2))
    return {
        "model": given["model"].partition("= ")[2],
        "inputs": {**plain, **limits, "theta": {"value": -0.1, "u": u_theta}},
        "coverage": 0.99,
        **more,
    }


def test_gum_h1_end_gauge_to_second_order() -> None:
    first = evaluate(end_gauge())
    y, rows = first["outputs"]["y"], {row["input"]: row["contribution"] for row in first["budget"]["y"]}
    d = math.sqrt(sum(rows[name] ** 2 for name in ("d", "d1", "d2")))
    check(
        "gum-H.1",
        l_nm=y["value"],
        u_nm=y["u"],
        u2_nm2=first["covariance"][0][0],
        components_nm=[rows["lS"], d, abs(rows["dalpha"]), abs(rows["dtheta"])],
        nu_eff=y["dof"],
        k99=y["k"],
        U99_nm=y["U"],
    )
    second = evaluate(end_gauge(method="gum2"))
    terms = {tuple(t["inputs"]): t["contribution"] for t in second["second_order"]["y"]["terms"]}
    check("gum-H.1", rel=2e-9, u_with_second_order_nm=second["outputs"]["y"]["u"])
    assert terms["dalpha", "theta"] == pytest.approx(11.7, abs=0.06)
    assert terms["alphaS", "dtheta"] == pytest.approx(1.7, abs=0.06)
    assert any("Second-order" in note for note in first["notes"])


def impedance(case: str, **more: Any) -> dict[str, Any]:
    given = cases()[case]["inputs"]
    return {
        "model": {"R": "V * cos(phi) / I", "X": "V * sin(phi) / I", "Z": "V / I"},
        "inputs": {
            "V": {"samples": given["V"]},
            "I": {"samples": given["I_A"]},
            "phi": {"samples": given["phi"]},
        },
        "groups": [["V", "I", "phi"]],
        **more,
    }


def test_gum_h2_simultaneous_readings() -> None:
    answer = evaluate(impedance("gum-H.2-approach1"))
    out, r = answer["outputs"], answer["correlation"]
    check(
        "gum-H.2-approach1",
        R=out["R"]["value"],
        X=out["X"]["value"],
        Z=out["Z"]["value"],
        u=[out[name]["u"] for name in ("R", "X", "Z")],
        r_out=[r[0][1], r[0][2], r[1][2]],
    )
    assert [out[name]["dof"] for name in answer["order"]] == pytest.approx([4, 4, 4], rel=1e-12)


def test_jcgm102_9_4_framework_and_multivariate_t() -> None:
    answer = evaluate(impedance("jcgm102-9.4"))
    out, r = answer["outputs"], answer["correlation"]
    check(
        "jcgm102-9.4",
        y=[out[name]["value"] for name in ("R", "X", "Z")],
        u_GUF=[out[name]["u"] for name in ("R", "X", "Z")],
        r_RX=r[0][1],
        r_RZ=r[0][2],
    )
    check("jcgm102-9.4", rel=1e-8, one_minus_r_XZ=1 - r[1][2])
    drawn = evaluate(impedance("jcgm102-9.4", method="mc", draws=2**18))["outputs"]
    alternative = cases()["jcgm102-9.4"]["computed"]["u_alt"]
    assert [drawn[name]["u"] for name in ("R", "X", "Z")] == pytest.approx(alternative, rel=3e-3)


def test_same_sample_dof_is_that_of_the_sample() -> None:
    x1, x2 = cases()["same-sample-correlated-dof"]["inputs"]["pairs"]
    request = {
        "model": "x1 + x2",
        "inputs": {"x1": {"samples": x1}, "x2": {"samples": x2}},
        "groups": [["x1", "x2"]],
    }
    y = evaluate(request)["outputs"]["y"]
    check("same-sample-correlated-dof", u=y["u"], nu=y["dof"])
    total = from_samples([a + b for a, b in zip(x1, x2, strict=True)])
    assert (total.u, total.dof) == pytest.approx((y["u"], y["dof"]), rel=1e-12)


def four(inputs: dict[str, Any], **more: Any) -> dict[str, Any]:
    return evaluate({"model": "a + b + c + d", "inputs": dict.fromkeys("abcd", inputs), **more})["outputs"][
        "y"
    ]


def test_jcgm101_9_2_additive_models() -> None:
    gaussian = four({"value": 0, "u": 1}, method="mc", draws=2**21)
    check("jcgm101-9.2.2", rel=1e-3, u=gaussian["u"], interval=gaussian["interval"])
    assert gaussian["u"] == pytest.approx(2.0, abs=1e-9)
    rectangle = {"distribution": "rectangular", "value": 0, "half_width": math.sqrt(3)}
    framework, drawn = four(rectangle), four(rectangle, method="mc", draws=2**21)
    check("jcgm101-9.2.3", u=framework["u"], GUF_high=framework["interval"][1])
    check("jcgm101-9.2.3", rel=1e-3, high=drawn["interval"][1])


def mass(**more: Any) -> dict[str, Any]:
    def rectangle(low: float, high: float) -> dict[str, Any]:
        return {"distribution": "rectangular", "value": (low + high) / 2, "half_width": (high - low) / 2}

    return {
        "model": "(mR + dmR) * (1 + (ra - 1.2) * (1 / rW - 1 / rR)) - 100000",
        "inputs": {
            "mR": {"value": 100000.0, "u": 0.05},
            "dmR": {"value": 1.234, "u": 0.02},
            "ra": rectangle(1.1, 1.3),
            "rW": rectangle(7000, 9000),
            "rR": rectangle(7950, 8050),
        },
        **more,
    }


def test_jcgm101_9_3_mass_calibration() -> None:
    first, second = evaluate(mass()), evaluate(mass(method="gum2"))
    y, y2 = first["outputs"]["y"], second["outputs"]["y"]
    check("jcgm101-9.3", rel=1e-9, u_GUF1=y["u"], GUF1=y["interval"], u_GUF2=y2["u"], GUF2=y2["interval"])
    drawn = evaluate(mass(method="mc", draws=2**20))["outputs"]["y"]
    check("jcgm101-9.3", rel=2e-4, y=drawn["value"], u_MCM=drawn["u"], MCM=drawn["interval"])
    assert evaluate(mass(method="validate", digits=1))["validated"] == {"y": False}


def test_jcgm101_9_3_second_order_is_validated() -> None:
    request = mass()
    model = measurement_model(request["model"])
    inputs = {
        name: from_half_width(q["value"], q["half_width"]) if "half_width" in q else InputQuantity(**q)
        for name, q in request["inputs"].items()
    }
    one = MonteCarloSettings(digits=1)
    compared = validate(model, inputs, settings=one, with_second_order=True).comparisons["y"]
    assert compared.validated is True
    assert (compared.d_low, compared.d_high) == pytest.approx((0.0026, 0.0026), abs=5e-4)


@pytest.mark.parametrize(("number", "key"), [(0, "x0"), (1, "x10"), (2, "x50")])
def test_jcgm101_9_4_comparison_loss(number: int, key: str) -> None:
    case = cases()["jcgm101-9.4-r0"]
    inputs = {
        "x1": {"value": case["inputs"]["x1"][number], "u": 0.005},
        "x2": {"value": 0, "u": 0.005},
    }
    request = {"model": "x1**2 + x2**2", "inputs": inputs}
    first, second = evaluate(request), evaluate({**request, "method": "gum2"})
    drawn = evaluate({**request, "method": "mc", "draws": 2**20})["outputs"]["y"]
    computed, expected = case["computed"], case["expected"]
    u1, u2 = first["outputs"]["y"]["u"], second["outputs"]["y"]["u"]
    assert u1 * 1e6 == pytest.approx(computed["u_GUF1_e6"][number], rel=1e-9, abs=1e-9)
    assert u2 * 1e6 == pytest.approx(computed["u_GUF2_e6"][number], rel=1e-9)
    ends = [end * 1e6 for end in second["outputs"]["y"]["interval"]]
    assert ends == pytest.approx(computed[f"G2_{key}"], rel=1e-9)
    assert drawn["value"] * 1e6 == pytest.approx(computed["y_e6"][number], rel=1e-5)
    assert drawn["u"] * 1e6 == pytest.approx(computed["u_e6"][number], rel=2e-4)
    shortest = [end * 1e6 for end in drawn["shortest"]]
    published = expected[f"{key}_interval_e6"]
    assert shortest == pytest.approx(published["value"], abs=published["tol"])


def test_jcgm101_6_4_standard_deviations() -> None:
    check(
        "jcgm101-6.4-sd",
        rectangular=Rectangular(0, 1).standard_deviation,
        triangular=Triangular(0, 1).standard_deviation,
        arcsine=Arcsine(0, 1).standard_deviation,
        ctrap=CurvilinearTrapezoid(0, 1, 0.5).standard_deviation,
        trapezoidal=Trapezoidal(0, 1, 0.6).standard_deviation,
        t9=StudentT(0, 1, 9).standard_deviation,
    )


def test_jcgm102_tables_1_and_2() -> None:
    sizes = cases()["jcgm102-table1"]["inputs"]["m"]
    check("jcgm102-table1", k_p=[gaussian_regions(m, 0.95).k_p for m in sizes])
    check("jcgm102-table2", k_q=[gaussian_regions(m, 0.95).k_q for m in sizes])


@pytest.mark.parametrize("case", ["jcgm102-9.2-case1", "jcgm102-9.2-case2"])
def test_jcgm102_9_2_coverage_regions(case: str) -> None:
    unit = {"value": 0, "u": 1}
    third = (
        {"distribution": "rectangular", "value": 0, "half_width": math.sqrt(3)} if case[-1] == "2" else unit
    )
    request = {
        "model": {"Y1": "X1 + X3", "Y2": "X2 + X3"},
        "inputs": {"X1": unit, "X2": unit, "X3": third},
        "method": "mc",
    }
    answer = evaluate(request)
    check(case, rel=1e-9, u=answer["outputs"]["Y1"]["u"], r=answer["correlation"][0][1])
    check(case, rel=2e-3, k_p=answer["regions"]["k_p"], k_q=answer["regions"]["k_q"])
    linear = evaluate({**request, "method": "gum"})["regions"]
    assert (round(linear["k_p"], 2), round(linear["k_q"], 2)) == (2.45, 2.24)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_jcgm102_9_3_cartesian_to_polar(number: int) -> None:
    case = cases()["jcgm102-9.3-r0"]
    request = {
        "model": {"radius": "sqrt(x1**2 + x2**2)", "angle": "atan2(x2, x1)"},
        "inputs": {"x1": {"value": case["inputs"]["x1"][number], "u": 0.01}, "x2": {"value": 0, "u": 0.01}},
    }
    linear = evaluate(request)["outputs"]
    assert linear["angle"]["u"] == pytest.approx(case["computed"]["GUF_u2"][number], rel=1e-12)
    drawn = evaluate({**request, "method": "mc", "draws": 2**20})["outputs"]
    assert drawn["radius"]["value"] == pytest.approx(case["computed"]["y1"][number], rel=1e-4)
    assert drawn["radius"]["u"] == pytest.approx(case["computed"]["u1"][number], rel=1e-3)
    assert drawn["angle"]["u"] == pytest.approx(case["computed"]["u2"][number], rel=1e-3)


def test_jcgm102_9_5_2_implicit_thermometer() -> None:
    given = cases()["jcgm102-9.5.2"]["inputs"]
    inputs = {name: InputQuantity(*given[name]) for name in ("R0", "A", "B", "RS", "r")}
    correlations = correlate([(*pair.split("_"), r) for pair, r in given["corr"].items()])
    model = implicit_model("R0 * (1 + A * t + B * t**2) - RS * r", {"t": 25.0})
    t = propagate(model, inputs, correlations=correlations).outputs["t"]
    check("jcgm102-9.5.2", rel=1e-11, theta=t.value, u=t.u)
    drawn = monte_carlo(model, inputs, correlations=correlations, settings=MonteCarloSettings(draws=2**14))
    assert drawn.outputs["t"].u == pytest.approx(t.u, rel=1e-3)
    slope = measurement_model("R0 * (1 + A * t + B * t**2)").linearise(
        [inputs["R0"].value, inputs["A"].value, t.value, inputs["B"].value]
    )[1][0][2]
    check("jcgm102-9.5.2", rel=1e-11, c_y=slope)


def test_ea402_s2_weight_of_ten_kilograms() -> None:
    given = cases()["ea402-S2"]["inputs"]
    limits = ("drift", "comparator", "buoyancy")
    inputs: dict[str, Any] = {
        "mS": dict(zip(("value", "u"), given["m_S_g"], strict=True)),
        "dm": dict(zip(("value", "u"), given["dm_g"], strict=True)),
    }
    for name in limits:
        inputs[name] = {"distribution": "rectangular", "value": 0, "half_width": given[f"{name}_halfwidth_g"]}
    request = {"model": "mS + drift + dm + comparator + buoyancy", "inputs": inputs, "k": 2}
    y = evaluate(request)["outputs"]["y"]
    check("ea402-S2", rel=1e-4, m_g=y["value"])
    assert y["u"] * 1e3 == pytest.approx(cases()["ea402-S2"]["computed"]["u_mg"], rel=5e-3)
    assert y["U"] * 1e3 == pytest.approx(59, abs=0.6)


def test_effective_dof_of_h1_difference() -> None:
    parts = [5.8, 3.9, 6.7]
    nu = effective_dof(sum(x * x for x in parts), parts, [24.0, 5.0, 8.0])
    check("gum-H.1", nu_d=nu)


def test_gum_h3_prediction_from_a_fitted_line() -> None:
    fitted = cases()["gum-H.3"]["computed"]
    request = {
        "model": "y1 + y2 * (t - 20)",
        "inputs": {
            "y1": {"value": fitted["y1"], "u": fitted["s_y1"], "dof": fitted["nu"]},
            "y2": {"value": fitted["y2"], "u": fitted["s_y2"], "dof": fitted["nu"]},
            "t": 30,
        },
        "correlations": [["y1", "y2", fitted["r"]]],
        "groups": [["y1", "y2"]],
    }
    b = evaluate(request)["outputs"]["y"]
    check("gum-H.3", b30=b["value"], u_b30=b["u"], nu=b["dof"])
    drawn = evaluate({**request, "method": "mc", "draws": 2**17})["outputs"]["y"]
    assert drawn["interval"] == pytest.approx(b["interval"], abs=0.01 * b["U"])
    assert drawn["u"] == pytest.approx(b["u"] * math.sqrt(9 / 7), rel=1e-6)

"""Conformity, comparison, intervals, control charts and disciplines."""

from decimal import Decimal

from quacan.metrology.conformity import (
    conformance_probability,
    guard_band_factor,
    outside_probability,
    rejection_limit,
    specific_guard_band,
)
from quacan.metrology.disciplines.air_density import cipm_2007
from quacan.metrology.disciplines.earth_resistance import probe_position
from quacan.metrology.exchange.compare import compare
from quacan.metrology.exchange.decide import decide
from quacan.metrology.exchange.intervals import intervals
from quacan.metrology.limits import Interval
from quacan.metrology.quantiles import normal_quantile
from validation.cases import Case, Checker, Ours


def _conformance(case: Case) -> Ours:
    given = case["inputs"]
    if "p_c" in given:
        unit = Interval(upper=Decimal(0))
        return {"z": [specific_guard_band(unit, u=1.0, target=1 - p) for p in given["p_c"]]}
    limits = {"upper": given["T_U"]} if "T_U" in given else {"lower": given["T_L"]}
    p_c = float(conformance_probability(given["y"], given["u"], **limits))
    return {"p_c": p_c, "z": normal_quantile(p_c)}


def _guarded_acceptance(case: Case) -> Ours:
    """A result on the acceptance limit T_U - U, with U = 2 u."""
    return {"max_p_false_accept": float(outside_probability(-2.0, 1.0, upper=0.0))}


def _guarded_rejection(case: Case) -> Ours:
    given = case["inputs"]
    return {"v_max": rejection_limit(given["v0"], u_relative=given["u_rel"], probability=given["p"])}


def _global_risk(case: Case) -> Ours:
    given = case["inputs"]
    lower, upper = given["T"]
    answer = decide(
        {
            "u": given["u_m"],
            "lower": lower,
            "upper": upper,
            "acceptance": given["A"],
            "prior": {"distribution": "normal", "mean": given["y0"], "sd": given["u0"]},
        }
    )
    p_c = conformance_probability(given["y0"], given["u0"], lower=lower, upper=upper)
    return {"p_c": float(p_c), "R_C": answer["global"]["pfa"], "R_P": answer["global"]["pfr"]}


def _specific_risk(case: Case) -> Ours:
    k = case["inputs"]["k"]
    factors = [float(w.removesuffix("U") or 1) for w in case["inputs"]["w"]]
    return {"risk": [float(outside_probability(-factor * k, 1.0, upper=0.0)) for factor in factors]}


def _guard_band_factors(case: Case) -> Ours:
    ratios = case["inputs"]["TUR"]
    return {name: [guard_band_factor(ratio, method=name) for ratio in ratios] for name in case["expected"]}


def _interval(case: Case) -> Ours:
    return intervals({"method": "a3", **case["inputs"]})


def _charts(case: Case) -> Ours:
    return {"table": compare({"method": "chart-constants", "data": case["inputs"]})["table"]}


def _scores(case: Case) -> Ours:
    names = {"z": "z", "z_prime": "z-prime", "zeta": "zeta", "En": "en"}
    return {
        name: compare({"method": method, "data": case["inputs"]})["score"] for name, method in names.items()
    }


def _air(case: Case) -> Ours:
    given = case["inputs"]
    return {"rho_kg_m3": cipm_2007(given["t"], given["p_Pa"], given["h"]).tolist()}


def _earth(case: Case) -> Ours:
    return {"x_over_D": float(probe_position(case["inputs"]["D"])) / case["inputs"]["D"]}


CHECKERS: dict[str, Checker] = {
    "conformance probability": _conformance,
    "guarded acceptance": _guarded_acceptance,
    "guarded rejection, relative u": _guarded_rejection,
    "global risk": _global_risk,
    "specific risk at the acceptance limit": _specific_risk,
    "guard-band factor": _guard_band_factors,
    "calibration interval": _interval,
    "control charts": _charts,
    "proficiency testing": _scores,
    "moist air density": _air,
    "earth resistance": _earth,
}

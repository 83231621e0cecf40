"""Comparisons as a request and an answer: robust statistics, scores, analysis of variance, outliers,
charts.
"""

from collections.abc import Callable, Mapping
from typing import Any

from quacan.metrology.comparison import (
    Score,
    algorithm_a,
    algorithm_s,
    en_score,
    weighted_mean,
    youden_pairs,
    z_prime_score,
    z_score,
    zeta_score,
)
from quacan.metrology.exchange.charts import CHART_METHODS
from quacan.metrology.exchange.fields import Answer, dispatched, is_list, named, rows, text
from quacan.metrology.exchange.refusals import RequestRefused
from quacan.metrology.readings import as_array, as_number, as_positive
from quacan.metrology.statistics import (
    OutlierTest,
    cochran,
    dixon,
    gauge_study_anova,
    gauge_study_range,
    grubbs,
    one_way_anova,
    one_way_anova_of_summary,
)
from quacan.metrology.statistics.outliers import cochran_of_groups

_READINGS = {"values": ("results", "readings", "x", "data")}
_SCORE = {
    "x": ("value", "values", "result", "results"),
    "assigned": ("X", "x_pt", "reference"),
    "sigma": ("sigma_pt",),
    "u": ("u_x", "ux"),
    "u_assigned": ("u_X", "uX", "u_ref", "u_x_pt"),
    "U": ("U_x", "Ux"),
    "U_assigned": ("U_X", "UX", "U_ref"),
    "k": (),
    "covariance": (),
}
_ANOVA = {
    "groups": ("data",),
    "means": (),
    "deviations": ("s", "sds"),
    "n": (),
    "alpha": (),
}


def compare(request: Mapping[str, Any]) -> Answer:
    """This will compare results by the method a request names, on its `data`.

    Methods: algorithm-a, algorithm-s, z, z-prime, zeta, en, anova, grubbs, dixon, cochran, weighted-mean,
    youden, gauge-rr, and the charts shewhart, individuals, ewma, cusum, chart-constants. Other fields than
    `method` and `data` are options of the method. Raises RequestRefused with one sentence.
    """
    return dispatched(request, _METHODS)


def _data(request: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the data, whether they stand under `data` or beside it; a bare list stands under
    `data`.
    """
    data = request.get("data")
    if not isinstance(data, Mapping):
        return {key: value for key, value in request.items() if value is not None}
    beside = {key: value for key, value in request.items() if key != "data" and value is not None}
    return {**data, **beside}


def _algorithm_a(request: Mapping[str, Any]) -> Answer:
    given = named(_data(request), _READINGS, needed=("values",), what="data")
    estimate = algorithm_a(given["values"])
    return {
        "mean": estimate.mean,
        "sd": estimate.sd,
        "u_mean": estimate.u_mean,
        "n": estimate.n,
        "iterations": estimate.iterations,
    }


def _algorithm_s(request: Mapping[str, Any]) -> Answer:
    names = {"values": ("deviations", "s", "data"), "dof": ("nu",)}
    given = named(_data(request), names, needed=("values", "dof"), what="data")
    return {"s": algorithm_s(given["values"], dof=given["dof"])}


def _scores(kind: str, request: Mapping[str, Any]) -> Answer:
    data = request.get("data", request)
    beside = {key: value for key, value in request.items() if key != "data"} if "data" in request else {}
    if is_list(data):
        items = [named({**beside, **_object(item)}, _SCORE, what="data") for item in data]
    else:
        items = _participants(named({**beside, **_object(data)}, _SCORE, what="data"))
    if not items:
        raise RequestRefused("The data hold no participant.")
    scores = [_score(kind, item) for item in items]
    single = len(scores) == 1 and not is_list(data) and not any(is_list(v) for v in data.values())
    values, grades = [s.score for s in scores], [s.grade for s in scores]
    return {
        kind: values[0] if single else values,
        "score": values[0] if single else values,
        "grade": grades[0] if single else grades,
        "scores": [{kind: s.score, "score": s.score, "grade": s.grade} for s in scores],
        "satisfactory": sum(s.grade == "satisfactory" for s in scores),
        "questionable": sum(s.grade == "questionable" for s in scores),
        "unsatisfactory": sum(s.grade == "unsatisfactory" for s in scores),
    }


def _object(item: object) -> Mapping[str, Any]:
    if not isinstance(item, Mapping):
        raise RequestRefused("The data must be an object, or a list of objects, with named fields.")
    return item


def _participants(given: dict[str, Any]) -> list[dict[str, Any]]:
    """One object whose x (and what goes with it) may be lists: one participant each."""
    sizes = {len(value) for value in given.values() if is_list(value)}
    if not sizes:
        return [given]
    if len(sizes) > 1 or sizes == {0}:
        raise RequestRefused("Lists of participants must have the same length, not zero.")
    return [{k: v[i] if is_list(v) else v for k, v in given.items()} for i in range(sizes.pop())]


def _score(kind: str, item: Mapping[str, Any]) -> Score:
    x, assigned = _need(item, "x"), _need(item, "assigned")
    if kind == "z":
        return z_score(x, assigned, _need(item, "sigma"))
    if kind == "z_prime":
        return z_prime_score(x, assigned, _need(item, "sigma"), _need(item, "u_assigned"))
    covariance = item.get("covariance", 0)
    if kind == "zeta":
        u = _standard(item, "u", "U"), _standard(item, "u_assigned", "U_assigned")
        return zeta_score(x, assigned, *u, covariance=covariance)
    expanded = _expanded(item, "U", "u"), _expanded(item, "U_assigned", "u_assigned")
    if covariance:
        covariance = as_positive(_need(item, "k"), name="k") ** 2 * as_number(covariance, name="covariance")
    return en_score(x, assigned, *expanded, covariance=covariance)


def _need(item: Mapping[str, Any], name: str) -> Any:
    if name not in item:
        raise RequestRefused(f"'{name}' is missing in the data.")
    return item[name]


def _standard(item: Mapping[str, Any], name: str, expanded: str) -> Any:
    """A standard uncertainty, or an expanded one divided by a stated k."""
    if name in item:
        return item[name]
    if expanded in item and "k" in item:
        return as_positive(item[expanded], name=expanded, zero=True) / as_positive(item["k"], name="k")
    raise RequestRefused(f"'{name}' is missing in the data (or '{expanded}' with k).")


def _expanded(item: Mapping[str, Any], name: str, standard: str) -> Any:
    if name in item:
        return item[name]
    if standard in item and "k" in item:
        return as_positive(item[standard], name=standard, zero=True) * as_positive(item["k"], name="k")
    raise RequestRefused(f"'{name}' is missing in the data (or '{standard}' with k).")


def _anova(request: Mapping[str, Any]) -> Answer:
    data = request.get("data")
    if isinstance(data, Mapping) and not set(data) & {name for f, a in _ANOVA.items() for name in (f, *a)}:
        request = {**request, "data": list(data.values())}
    given = named(_data(request), _ANOVA, what="data")
    alpha = {"alpha": given["alpha"]} if "alpha" in given else {}
    if "groups" in given:
        result = one_way_anova(rows(given["groups"], name="groups"), **alpha)
    elif {"means", "deviations", "n"} <= set(given):
        result = one_way_anova_of_summary(given["means"], given["deviations"], n=given["n"], **alpha)
    else:
        raise RequestRefused("The groups are missing: give a list of lists, or means, deviations and n.")
    return {
        "F": result.f,
        "p_value": result.p_value,
        "F_critical": result.f_critical,
        "alpha": result.alpha,
        "significant": result.significant,
        "ss_between": result.sum_of_squares_between,
        "ss_within": result.sum_of_squares_within,
        "dof_between": result.dof_between,
        "dof_within": result.dof_within,
        "ms_between": result.s_a**2,
        "ms_within": result.s_b**2,
        "s_a": result.s_a,
        "s_b": result.s_b,
        "s_between": result.s_between,
        "s_within": result.s_within,
        "group_means": result.group_means,
        "s_group_means": result.s_group_means,
        "mean": result.grand_mean,
        "u_mean": result.u_mean,
        "dof": result.dof,
        "u_mean_pooled": result.u_mean_pooled,
        "dof_pooled": result.dof_pooled,
    }


def _outlier(test: Callable[..., OutlierTest], request: Mapping[str, Any]) -> Answer:
    given = named(_data(request), {**_READINGS, "alpha": (), "side": ()}, needed=("values",), what="data")
    if "side" in given:
        text(given["side"], name="side", of=("both", "high", "low"))
    return _outlier_answer(test(given.pop("values"), **given))


def _cochran(request: Mapping[str, Any]) -> Answer:
    names = {"groups": ("data",), "variances": ("s2",), "deviations": ("s",), "n": (), "alpha": ()}
    given = named(_data(request), names, what="data")
    alpha = {"alpha": given["alpha"]} if "alpha" in given else {}
    if "groups" in given:
        return _outlier_answer(cochran_of_groups(rows(given["groups"], name="groups"), **alpha))
    if "n" not in given or not set(given) & {"variances", "deviations"}:
        raise RequestRefused("Give groups of readings, or variances (or deviations) with n.")
    variances = given.get("variances")
    if variances is None:
        variances = as_array(given["deviations"], name="deviations") ** 2
    return _outlier_answer(cochran(variances, n=given["n"], **alpha))


def _outlier_answer(result: OutlierTest) -> Answer:
    return {
        "index": result.index,
        "value": result.value,
        "statistic": result.statistic,
        "critical": result.critical,
        "p_value": result.p_value,
        "alpha": result.alpha,
        "outlier": result.outlier,
    }


def _weighted_mean(request: Mapping[str, Any]) -> Answer:
    names = {**_READINGS, "u": ("uncertainties", "u_x"), "alpha": ()}
    given = named(_data(request), names, needed=("values", "u"), what="data")
    result = weighted_mean(given.pop("values"), given.pop("u"), **given)
    return {
        name: getattr(result, name)
        for name in (
            "mean",
            "u",
            "u_external",
            "birge_ratio",
            "chi_squared",
            "dof",
            "p_value",
            "consistent",
            "weights",
            "deviations",
            "u_deviations",
        )
    }


def _youden(request: Mapping[str, Any]) -> Answer:
    names = {"a": ("A",), "b": ("B",), "coverage": ()}
    given = named(_data(request), names, needed=("a", "b"), what="data")
    result = youden_pairs(given.pop("a"), given.pop("b"), **given)
    return {name: getattr(result, name) for name in result.__dataclass_fields__}


def _gauge(request: Mapping[str, Any]) -> Answer:
    names = {"readings": ("data", "values"), "evaluation": (), "tolerance": (), "alpha_interaction": ()}
    given = named(_data(request), names, needed=("readings",), what="data")
    evaluation = text(given.pop("evaluation", "anova"), name="evaluation", of=("anova", "range"))
    study = gauge_study_anova if evaluation == "anova" else gauge_study_range
    if evaluation == "range" and "alpha_interaction" in given:
        raise RequestRefused("'alpha_interaction' belongs to the evaluation anova.")
    result = study(given.pop("readings"), **given)
    return {"evaluation": evaluation} | {
        name: getattr(result, name) for name in result.__dataclass_fields__ if name != "method"
    }


_METHODS: dict[str, Callable[[Mapping[str, Any]], Answer]] = {
    "algorithm-a": _algorithm_a,
    "algorithm-s": _algorithm_s,
    "z": lambda request: _scores("z", request),
    "z-prime": lambda request: _scores("z_prime", request),
    "zeta": lambda request: _scores("zeta", request),
    "en": lambda request: _scores("en", request),
    "anova": _anova,
    "grubbs": lambda request: _outlier(grubbs, request),
    "dixon": lambda request: _outlier(dixon, request),
    "cochran": _cochran,
    "weighted-mean": _weighted_mean,
    "youden": _youden,
    "gauge-rr": _gauge,
    **CHART_METHODS,
}

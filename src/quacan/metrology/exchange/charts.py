"""Control charts as a request and an answer; the methods are reached through compare."""

from collections.abc import Callable, Mapping
from typing import Any

from quacan.metrology.control_charts import (
    ControlChart,
    averages_chart,
    chart_constants,
    cusum_chart,
    ewma_chart,
    individuals_chart,
)
from quacan.metrology.control_charts.shewhart import RULES
from quacan.metrology.exchange.fields import Answer, is_list, named, plain, text
from quacan.metrology.exchange.refusals import RequestRefused

_CONSTANTS = ("d2", "d3", "c4", "A2", "A3", "D3", "D4", "B3", "B4")


def _flat(request: Mapping[str, Any]) -> dict[str, Any]:
    data = request.get("data")
    if not isinstance(data, Mapping):
        return dict(request)
    return {**data, **{key: value for key, value in request.items() if key != "data"}}


def _constants(request: Mapping[str, Any]) -> Answer:
    given = named(_flat(request), {"n": ("data",)}, needed=("n",), what="data")
    sizes = given["n"] if is_list(given["n"]) else [given["n"]]
    constants = [chart_constants(size) for size in sizes]
    return {
        "columns": list(_CONSTANTS),
        "table": [[getattr(c, name) for name in _CONSTANTS] for c in constants],
        "constants": plain(constants),
    }


def _shewhart(request: Mapping[str, Any]) -> Answer:
    names = {"subgroups": ("data", "groups"), "spread": (), "rules": ()}
    given = named(_flat(request), names, needed=("subgroups",), what="data")
    if "spread" in given:
        text(given["spread"], name="spread", of=("range", "deviation"))
    return _chart(averages_chart(given["subgroups"], **_options(given, "subgroups")))


def _individuals(request: Mapping[str, Any]) -> Answer:
    names = {"readings": ("data", "values"), "rules": ()}
    given = named(_flat(request), names, needed=("readings",), what="data")
    return _chart(individuals_chart(given["readings"], **_options(given, "readings")))


def _options(given: Mapping[str, Any], data: str) -> dict[str, Any]:
    options = {key: value for key, value in given.items() if key != data}
    if options.get("rules") == "all":
        options["rules"] = list(RULES)
    if "rules" in options and not is_list(options["rules"]):
        raise RequestRefused(f"'rules' must be \"all\" or a list of: {', '.join(RULES)}.")
    return options


def _chart(chart: ControlChart) -> Answer:
    return {
        "sigma": chart.sigma,
        "points": chart.points,
        "limits": plain(chart.location),
        "signals": plain(chart.location_signals),
        "spreads": chart.spreads,
        "spread_limits": plain(chart.spread),
        "spread_signals": plain(chart.spread_signals),
    }


def _memory(chart: Callable[..., Any], own: tuple[str, ...], request: Mapping[str, Any]) -> Answer:
    names = {"readings": ("data", "values"), "target": (), "sigma": (), "n": (), **dict.fromkeys(own, ())}
    given = named(_flat(request), names, needed=("readings", "target", "sigma"), what="data")
    answer: Answer = plain(chart(given.pop("readings"), **given))
    return answer


CHART_METHODS: dict[str, Callable[[Mapping[str, Any]], Answer]] = {
    "shewhart": _shewhart,
    "individuals": _individuals,
    "ewma": lambda request: _memory(ewma_chart, ("weight", "width"), request),
    "cusum": lambda request: _memory(cusum_chart, ("reference", "decision"), request),
    "chart-constants": _constants,
}
"""Answers by name of method, each from a request without its `method`."""

"""Pictures of the tutorial as Vega-Lite specifications, each built from the names a run of the tutorial leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import vl_convert

Names = Mapping[str, Any]
Specification = dict[str, Any]

FOLDER = Path(__file__).parent
GREEN, BLUE, RED, GREY, PALE = "#0b6e4f", "#2f6db3", "#b3392f", "#5f6b76", "#c9d3dc"
CONFIG = {
    "font": "DejaVu Sans",
    "background": "white",
    "view": {"stroke": None},
    "axis": {"gridColor": "#eceff2", "labelFontSize": 11, "titleFontSize": 12, "titleFontWeight": "normal"},
    "legend": {"labelFontSize": 11, "labelLimit": 340, "orient": "bottom", "columns": 2, "title": None},
    "title": {"anchor": "start", "fontSize": 14, "offset": 12},
}
DRAWS = 400_000
BINS = 120


def svg(specification: Specification) -> str:
    """This will draw a specification."""
    return str(vl_convert.vegalite_to_svg(specification))


def _framed(
    title: str, layers: list[Any], *, width: int = 560, height: int = 280, **more: Any
) -> Specification:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "config": CONFIG,
        "title": title,
        "width": width,
        "height": height,
        "layer": layers,
        **more,
    }


def _quantitative(field: str, title: str | None, **more: Any) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "title": title, **more}


def _legend(labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "field": "what",
        "type": "nominal",
        "scale": {"domain": list(labels), "range": list(labels.values())},
    }


def budget(names: Names) -> Specification:
    """This will draw |c·u| of every input as bars, the largest first, with its share of u²."""
    rows = sorted(names["length"].budget.rows, key=lambda row: -abs(row.contribution))
    values = [
        {"input": row.input, "size": abs(row.contribution), "share": f"{100 * row.share:.1f} %"}
        for row in rows
    ]
    x = _quantitative("size", "|c·u| (nm)")
    y = {
        "field": "input",
        "type": "nominal",
        "sort": [value["input"] for value in values],
        "title": None,
        "axis": {"grid": False, "ticks": False, "domain": False},
    }
    layers = [
        {"mark": {"type": "bar", "color": GREEN, "cornerRadiusEnd": 2}, "encoding": {"x": x, "y": y}},
        {
            "mark": {"type": "text", "align": "left", "dx": 5, "color": GREY},
            "encoding": {"x": x, "y": y, "text": {"field": "share"}},
        },
    ]
    title = "Ngân quỹ của căn mẫu: phần của u² · End gauge: share of u²"
    return _framed(title, layers, height=260, data={"values": values})


def monte_carlo(names: Names) -> Specification:
    """This will draw the density of the loss, with the intervals of Monte Carlo and of the GUM below it."""
    generator = np.random.Generator(np.random.SFC64(7))
    columns = [generator.normal(q.value, q.u, DRAWS) for q in names["parts"].values()]
    loss = 1e6 * names["loss"].evaluate(columns)[0]
    heights, edges = np.histogram(loss, bins=BINS, range=(0.0, 600.0), density=False)
    density = heights / (DRAWS * (edges[1] - edges[0]))
    bars = [
        {"low": float(a), "high": float(b), "density": float(d), "zero": 0}
        for a, b, d in zip(edges[:-1], edges[1:], density, strict=True)
    ]
    drawn, framework = names["y"], names["framework"]
    labels = {
        "GUM, bậc một · first order": (RED, framework.interval, -0.0006),
        "Monte Carlo, đối xứng · symmetric": (BLUE, drawn.interval, -0.0012),
        "Monte Carlo, ngắn nhất · shortest": (GREEN, drawn.shortest, -0.0018),
    }
    spans = [
        {"what": what, "low": 1e6 * ends[0], "high": 1e6 * ends[1], "at": at}
        for what, (_, ends, at) in labels.items()
    ]
    x = _quantitative("low", "δY (10⁻⁶)", scale={"domain": [-110, 600], "nice": False})
    height = {
        "title": "mật độ · density (10⁶)",
        "axis": {"values": [0, 0.001, 0.002, 0.003, 0.004], "format": ".3f"},
        "scale": {"domain": [-0.0022, 0.005], "nice": False},
    }
    layers = [
        {
            "data": {"values": bars},
            "mark": {"type": "rect", "color": PALE},
            "encoding": {
                "x": x,
                "x2": {"field": "high"},
                "y": {"field": "density", "type": "quantitative", **height},
                "y2": {"field": "zero"},
            },
        },
        {
            "data": {"values": spans},
            "mark": {"type": "rule", "strokeWidth": 5, "strokeCap": "butt"},
            "encoding": {
                "x": x,
                "x2": {"field": "high"},
                "y": {"field": "at", "type": "quantitative", **height},
                "color": _legend({what: colour for what, (colour, _, _) in labels.items()}),
            },
        },
        _line_at("x", 0.0, GREY, title="δY (10⁻⁶)"),
    ]
    return _framed(
        "Tổn hao so sánh không bao giờ âm · A comparison loss is never negative", layers, height=300
    )


def _line_at(axis: str, value: float, colour: str, *, title: str, dash: bool = True) -> dict[str, Any]:
    mark = {"type": "rule", "color": colour, "strokeWidth": 1.2, **({"strokeDash": [5, 4]} if dash else {})}
    return {
        "data": {"values": [{"value": value}]},
        "mark": mark,
        "encoding": {axis: _quantitative("value", title)},
    }


def _zone(low: float, high: float, colour: str, opacity: float, *, title: str) -> dict[str, Any]:
    return {
        "data": {"values": [{"low": low, "high": high}]},
        "mark": {"type": "rect", "color": colour, "opacity": opacity},
        "encoding": {"x": _quantitative("low", title), "x2": {"field": "high"}},
    }


def conformity(names: Names) -> Specification:
    """This will draw the probability of conformity against the error, over acceptance and tolerance intervals."""
    tolerance = names["tolerance"]
    limit = float(tolerance.upper)
    band = float(names["U"])
    errors = np.linspace(-0.29, 0.29, 291)
    probabilities = names["conformance_probability"](errors, band / 2, lower=-limit, upper=limit)
    values = [{"error": float(e), "p": float(p)} for e, p in zip(errors, probabilities, strict=True)]
    words = [{"at": 0.0, "y": 0.06, "word": ["đạt", "pass"]}]
    for side in (-1, 1):
        words += [
            {"at": side * (limit - band / 2), "y": 0.06, "word": ["đạt", "có điều kiện"]},
            {"at": side * (limit + band / 2), "y": 0.94, "word": ["không đạt", "có điều kiện"]},
            {"at": side * 0.25, "y": 0.94, "word": ["không đạt", "fail"]},
        ]
    title = "sai số · error (bar)"
    x = _quantitative("error", title, scale={"domain": [-0.29, 0.29], "nice": False})
    layers = [
        _zone(-limit + band, limit - band, GREEN, 0.18, title=title),
        *(_zone(s * (limit - band), s * limit, GREEN, 0.08, title=title) for s in (-1, 1)),
        *(_zone(s * limit, s * (limit + band), RED, 0.08, title=title) for s in (-1, 1)),
        *(_line_at("x", s * limit, RED, title=title) for s in (-1, 1)),
        {
            "data": {"values": values},
            "mark": {"type": "line", "color": BLUE, "strokeWidth": 2.2},
            "encoding": {"x": x, "y": _quantitative("p", "P(phù hợp · conforming)")},
        },
        {
            "data": {"values": words},
            "mark": {"type": "text", "fontSize": 9, "color": GREY, "baseline": "bottom"},
            "encoding": {
                "x": {**x, "field": "at"},
                "y": _quantitative("y", "P(phù hợp · conforming)"),
                "text": {"field": "word"},
            },
        },
    ]
    heading = {
        "text": "Bốn trạng thái của áp kế · Four states of a gauge",
        "subtitle": "trong dải U quanh giới hạn: có điều kiện · within U of a limit: conditional",
        "anchor": "start",
    }
    return {**_framed("", layers, width=700), "title": heading}


def line(names: Names) -> Specification:
    """This will draw the fitted line with both 95 % bands and the points."""
    fitted = names["line"]
    t = np.linspace(21.0, 27.0, 61)
    bands = {
        "dải của đường · band of the line": ("curve", GREEN),
        "dải của số đọc · band of a reading": ("reading", PALE),
    }
    areas = []
    for what, (kind, _) in reversed(bands.items()):
        low, high = fitted.band(t, of=kind)
        areas += [
            {"t": float(at), "low": float(a), "high": float(b), "what": what}
            for at, a, b in zip(t, low, high, strict=True)
        ]
    curve = [{"t": float(at), "b": float(value)} for at, value in zip(t, fitted.value(t), strict=True)]
    points = [{"t": at, "b": value} for at, value in zip(names["t"], names["b"], strict=True)]
    x = _quantitative("t", "t (°C)", scale={"zero": False, "domain": [21, 27], "nice": False})
    y = {"title": "số hiệu chính · correction (°C)", "scale": {"zero": False}}
    layers = [
        {
            "data": {"values": [area for area in areas if area["what"] == what]},
            "mark": {"type": "area", "opacity": 0.55 if kind == "reading" else 0.35},
            "encoding": {
                "x": x,
                "y": {"field": "low", "type": "quantitative", **y},
                "y2": {"field": "high"},
                "color": _legend({name: colour for name, (_, colour) in bands.items()}),
            },
        }
        for what, (kind, _) in reversed(bands.items())
    ]
    layers += [
        {
            "data": {"values": curve},
            "mark": {"type": "line", "color": GREEN, "strokeWidth": 2},
            "encoding": {"x": x, "y": {"field": "b", "type": "quantitative", **y}},
        },
        {
            "data": {"values": points},
            "mark": {"type": "point", "color": "#1d2429", "filled": True, "size": 42, "opacity": 1},
            "encoding": {"x": x, "y": {"field": "b", "type": "quantitative", **y}},
        },
    ]
    return _framed("Nhiệt kế: đường và hai dải 95 % · Thermometer: line and both 95 % bands", layers)


def drift(names: Names) -> Specification:
    """This will draw the deviations with their prediction band up to the limit, and the day it is reached."""
    fitted = names["drift"]
    line_of_drift = names["fit_line"](names["months"], names["deviation"])
    t = np.linspace(0.0, 132.0, 67)
    low, high = line_of_drift.band(t, of="reading")
    band = [
        {"t": float(at), "low": float(a), "high": float(b)} for at, a, b in zip(t, low, high, strict=True)
    ]
    points = [
        {"t": at, "deviation": value} for at, value in zip(names["months"], names["deviation"], strict=True)
    ]
    x = _quantitative("t", "tháng · months", scale={"domain": [0, 132], "nice": False})
    title = "sai lệch · deviation (10⁻⁶)"
    layers = [
        {
            "data": {"values": band},
            "mark": {"type": "area", "color": BLUE, "opacity": 0.25},
            "encoding": {
                "x": x,
                "y": _quantitative("low", title, scale={"domain": [-2, 12]}),
                "y2": {"field": "high"},
            },
        },
        {
            "data": {"values": points},
            "mark": {"type": "point", "color": BLUE, "filled": True, "size": 55, "opacity": 1},
            "encoding": {"x": x, "y": _quantitative("deviation", title)},
        },
        _line_at("y", 10.0, RED, title=title),
        _line_at("x", fitted.time, GREY, title="tháng · months"),
        {
            "data": {"values": [{"t": fitted.time, "word": "hiệu chuẩn trước ngày này · calibrate before"}]},
            "mark": {"type": "text", "align": "right", "dx": -6, "color": GREY},
            "encoding": {"x": x, "y": {"value": 262}, "text": {"field": "word"}},
        },
    ]
    return _framed("Điện trở chuẩn trôi đến giới hạn · A standard drifts towards its limit", layers)


def comparison(names: Names) -> Specification:
    """This will draw every laboratory's result with U, over the assigned value with its own."""
    assigned, U = names["assigned"], names["U_assigned"]
    scores = {
        name: names["en_score"](x, assigned, own, U).grade for name, (x, own) in names["results"].items()
    }
    good, bad = "|En| ≤ 1", "|En| > 1"
    values = [
        {
            "lab": name,
            "x": x,
            "low": x - own,
            "high": x + own,
            "what": good if scores[name] == "satisfactory" else bad,
        }
        for name, (x, own) in names["results"].items()
    ]
    colour = _legend({good: GREEN, bad: RED})
    lab = {"field": "lab", "type": "nominal", "title": None, "axis": {"labelAngle": 0, "grid": False}}
    layers = [
        {
            "data": {"values": [{"low": assigned - U, "high": assigned + U}]},
            "mark": {"type": "rect", "color": PALE, "opacity": 0.6},
            "encoding": {
                "y": _quantitative("low", "Δm (mg)"),
                "y2": {"field": "high"},
            },
        },
        _line_at("y", assigned, GREY, title="Δm (mg)", dash=False),
        {
            "data": {"values": values},
            "mark": {"type": "rule", "strokeWidth": 2},
            "encoding": {
                "x": lab,
                "y": _quantitative("low", "Δm (mg)"),
                "y2": {"field": "high"},
                "color": colour,
            },
        },
        {
            "data": {"values": values},
            "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
            "encoding": {"x": lab, "y": _quantitative("x", "Δm (mg)"), "color": colour},
        },
    ]
    return _framed("Tám phòng và giá trị gán · Eight laboratories and the assigned value", layers, height=260)


SPECIFICATIONS: dict[str, Callable[[Names], Specification]] = {
    "budget": budget,
    "monte-carlo": monte_carlo,
    "conformity": conformity,
    "line": line,
    "drift": drift,
    "comparison": comparison,
}

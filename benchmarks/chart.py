"""The chart of docs/benchmarks.svg: budgets, Monte Carlo and start-up, ours beside the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import vl_convert

_UNITS = (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6))
OURS, OTHERS = "#0b6e4f", "#9aa5b1"


def specification(parts: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """This will describe the chart in Vega-Lite, from the rows of a run."""
    budgets = [row for row in [*parts["budget"], *parts["elsewhere"]] if row["size"] == 100_000]
    openings = [row for row in parts["opening"] if row["contender"] != "quacan.metrology"]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "config": {"font": "DejaVu Sans", "view": {"stroke": None}, "axis": {"grid": False}},
        "title": {
            "text": "Quả Cân bên cạnh các thư viện khác · beside other libraries",
            "subtitle": [
                "thời gian, thang logarit, ngắn hơn là tốt hơn · time, logarithmic, shorter is better",
                "* tính từ số mục ít hơn · scaled from fewer items",
            ],
            "offset": 12,
            "anchor": "start",
        },
        "vconcat": [
            _bars("100 000 ngân quỹ độ không đảm bảo · uncertainty budgets", budgets),
            _bars("Monte Carlo đến hai chữ số · to two digits", parts["adaptive"]),
            _bars("Rủi ro của 100 000 kết quả · risks of 100 000 results", parts["risk"]),
            _bars("Khởi động · start-up, import", openings),
        ],
    }


def svg(parts: dict[str, list[dict[str, Any]]]) -> str:
    """This will draw the chart."""
    return str(vl_convert.vegalite_to_svg(specification(parts)))


def _bars(title: str, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    values = [
        {
            "name": row["contender"],
            "seconds": row["seconds"],
            "ours": "quacan" in row["contender"],
            "label": _text(row),
        }
        for row in sorted(rows, key=lambda row: float(row["seconds"]))
    ]
    names = [value["name"] for value in values]
    low = 10 ** _floor_exponent(min(value["seconds"] for value in values))
    bars = {
        "x": {
            "field": "seconds",
            "type": "quantitative",
            "scale": {"type": "log", "domainMin": low},
            "axis": None,
        },
        "x2": {"datum": low},
        "y": {
            "field": "name",
            "type": "nominal",
            "sort": names,
            "title": None,
            "axis": {"labelLimit": 320, "ticks": False, "domain": False},
        },
    }
    return {
        "title": {"text": title, "anchor": "start", "frame": "group", "fontSize": 12},
        "width": 420,
        "height": {"step": 22},
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "bar", "cornerRadiusEnd": 2},
                "encoding": {
                    **bars,
                    "color": {"condition": {"test": "datum.ours", "value": OURS}, "value": OTHERS},
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 10},
                "encoding": {"x": bars["x"], "y": bars["y"], "text": {"field": "label"}},
            },
        ],
    }


def _floor_exponent(value: float) -> int:
    return int(f"{value:e}".partition("e")[2]) - 1


def _text(row: dict[str, Any]) -> str:
    scaled = " *" if row.get("measured_on", row.get("size")) != row.get("size") else ""
    return duration(row["seconds"]) + scaled


def duration(seconds: float) -> str:
    """This will write a time with three digits and a fitting unit.

    >>> duration(0.00229), duration(24.05), duration(4.39e-05), duration(5300.0)
    ('2.29 ms', '24.1 s', '43.9 µs', '5300 s')
    """
    unit, size = next((pair for pair in _UNITS if seconds >= pair[1]), _UNITS[-1])
    amount = seconds / size
    return f"{amount:.0f} {unit}" if amount >= 100 else f"{amount:.3g} {unit}"

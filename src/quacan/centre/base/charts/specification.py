"""A chart as a Vega-Lite specification: colours are tokens of the house, numbers finite, words are data."""

import json
import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from quacan.centre.base.actors import HERE
from quacan.centre.base.charts import axes
from quacan.centre.base.charts.values import (
    At,
    Axis,
    Band,
    Bars,
    Chart,
    Layer,
    Level,
    Line,
    Notches,
    Number,
    Spots,
    Upright,
)

Specification = dict[str, Any]

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v5.json"
"""The name of the dialect, never an address that is asked."""
DASHED: Final = [5, 4]
EPOCH: Final = datetime(1970, 1, 1, tzinfo=HERE)
FONT: Final = "Inter"
ROOM_OF_LAST: Final = 20
"""Points to the right of the plane, for half of the last mark's text."""
SILENT: Final = {"aria": False}


def specification(chart: Chart, *, width: int | None = None) -> Specification:
    """The Vega-Lite specification of a chart, in a given width; ValueError for a number that is not finite."""
    plane = _Plane(chart, width or chart.width)
    return {
        "$schema": SCHEMA,
        "description": chart.alt,
        "width": plane.width,
        "height": chart.height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 4, "top": 4, "bottom": 4, "right": 4 if chart.x.marks == () else ROOM_OF_LAST},
        "background": None,
        "config": _config(),
        **({"title": chart.y.title} if chart.y.title else {}),
        "layer": [plane.frame(), *(mark for layer in chart.layers for mark in plane.drawn(layer))],
    }


def colour(tone: str) -> str:
    """A colour by its role, as style sheets write it; a drawing for paper puts the value in its place."""
    return f"var(--{tone})"


def finite(value: Number) -> Decimal:
    """A number that can be drawn; ValueError for anything that is not finite or beyond what a drawing can hold."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite() or not math.isfinite(float(exact)):
        raise ValueError(f"a chart cannot show {value}")
    return exact


class _Plane:
    """The two axes of a chart in one width, and the marks of its layers on them."""

    def __init__(self, chart: Chart, width: int) -> None:
        self.chart = chart
        self.width = width
        self.is_time = any(isinstance(at, date) for at in _places(chart))
        self.x_ends = self._ends_of_x()
        self.y_ends = _ends(chart.y, list(_values(chart)))

    def frame(self) -> Specification:
        """The axes alone, drawn even where there is nothing to show."""
        corners = [{"x": self.x_ends[0], "y": float(self.y_ends[0])}]
        return {
            "data": {"values": corners},
            "mark": {"type": "point", "opacity": 0, **SILENT},
            "encoding": {"x": self._x(), "y": self._y()},
        }

    def drawn(self, layer: Layer) -> Iterator[Specification]:
        """The marks of one layer; a layer without values has none."""
        match layer:
            case Spots():
                yield from self._spots(layer)
            case Line():
                yield from self._line(layer)
            case Band():
                yield from self._band(layer)
            case Level():
                yield self._level(layer)
            case Upright():
                rule = {"type": "rule", "color": colour(layer.tone), "strokeDash": DASHED, **SILENT}
                yield _mark([{"x": self._at(layer.at)}], rule, x=self._x())
            case Bars():
                yield from self._bars(layer)
            case Notches():
                yield from self._notches(layer)

    def _spots(self, layer: Spots) -> Iterator[Specification]:
        if layer.is_joined and len(layer.spots) > 1:
            piece = tuple((spot.at, spot.value) for spot in layer.spots)
            yield from self._line(Line((piece,), width=1.2), opacity=0.55)
        rows = []
        for spot in layer.spots:
            value, bar = float(finite(spot.value)), None if spot.bar is None else float(finite(spot.bar))
            row: dict[str, Any] = {"x": self._at(spot.at), "y": value, "words": spot.words}
            row["fill"] = "var(--surface)" if spot.is_hollow else colour(spot.tone)
            row["edge"] = colour(spot.tone) if spot.is_hollow else "var(--surface)"
            row["size"] = 76 if spot.tone == "fail" else 42
            rows.append(row | ({} if bar is None else {"low": value - bar, "high": value + bar}))
        barred = [row for row in rows if "low" in row]
        if barred:
            rule = {"type": "rule", "color": colour("accent"), "strokeWidth": 1.3, **SILENT}
            yield _mark(barred, rule, x=self._x(), y=self._y("low"), y2={"field": "high"})
            for end in ("low", "high"):
                tick = {"type": "tick", "orient": "horizontal", "size": 9, "thickness": 1.3, **SILENT}
                yield _mark(barred, tick | {"color": colour("accent")}, x=self._x(), y=self._y(end))
        if rows:
            point = {"type": "point", "filled": True, "opacity": 1, "strokeWidth": 1.3}
            yield _mark(
                rows, point, x=self._x(), y=self._y(), description=_words(), fill=_as_given("fill"),
                stroke=_as_given("edge"), size=_as_given("size", "quantitative"),
            )  # fmt: skip

    def _line(self, layer: Line, *, opacity: float = 1) -> Iterator[Specification]:
        rows = [
            {"x": self._at(at), "y": float(finite(value)), "piece": turn}
            for turn, piece in enumerate(layer.pieces)
            for at, value in piece
            if len(piece) > 1
        ]
        style: dict[str, Any] = {"color": colour(layer.tone), "opacity": opacity, **SILENT}
        if rows:
            line = {"type": "line", "strokeWidth": layer.width, "strokeJoin": "round", **style}
            line |= {"strokeDash": DASHED} if layer.is_dashed else {}
            yield _mark(rows, line, x=self._x(), y=self._y(), detail=_piece(), order=_in_turn())
        alone = [
            {"x": self._at(piece[0][0]), "y": float(finite(piece[0][1]))}
            for piece in layer.pieces
            if len(piece) == 1
        ]
        if alone:
            yield _mark(
                alone, {"type": "point", "filled": True, "size": 6, **style}, x=self._x(), y=self._y()
            )

    def _band(self, layer: Band) -> Iterator[Specification]:
        low, high = self.y_ends
        rows = [
            {
                "x": self._at(at),
                "low": float(low if lower is None else finite(lower)),
                "high": float(high if upper is None else finite(upper)),
                "piece": turn,
            }
            for turn, piece in enumerate(layer.pieces)
            for at, lower, upper in piece
        ]
        if rows:
            area = {"type": "area", "color": colour(layer.tone), "opacity": layer.opacity, **SILENT}
            yield _mark(rows, area, x=self._x(), y=self._y("low"), y2={"field": "high"}, detail=_piece())

    def _level(self, layer: Level) -> Specification:
        begins = self.x_ends[0] if layer.begins is None else self._at(layer.begins)
        ends = self.x_ends[1] if layer.ends is None else self._at(layer.ends)
        row = {"x": begins, "x2": ends, "y": float(finite(layer.value))}
        rule: dict[str, Any] = {"type": "rule", "color": colour(layer.tone), **SILENT}
        rule |= {"strokeDash": DASHED} if layer.is_dashed else {}
        return _mark([row], rule, x=self._x(), x2={"field": "x2"}, y=self._y())

    def _bars(self, layer: Bars) -> Iterator[Specification]:
        rows = [
            {
                "x": self._at(begins),
                "x2": self._at(ends),
                "y": 0.0,
                "y2": float(finite(height)),
                "tone": colour(tone),
                "words": words,
            }
            for begins, ends, height, tone, words in layer.bars
        ]
        if rows:
            yield _mark(
                rows, {"type": "rect", "stroke": "var(--surface)", "strokeWidth": 1},
                x=self._x(), x2={"field": "x2"}, y=self._y(), y2={"field": "y2"}, description=_words(),
                fill=_as_given("tone"),
            )  # fmt: skip

    def _notches(self, layer: Notches) -> Iterator[Specification]:
        rows = [
            {"x": self._held(begins), "x2": self._held(ends), "words": words}
            for begins, ends, words in layer.stretches
        ]
        if rows:
            rule = {"type": "rule", "color": colour(layer.tone), "strokeWidth": 6, "strokeCap": "square"}
            foot = {"value": "height"}
            yield _mark(rows, rule, x=self._x(), x2={"field": "x2"}, y=foot, description=_words())

    def _x(self) -> Specification:
        axis = self.chart.x
        marks = self.chart.narrow if self.width < self.chart.width and self.chart.narrow else axis.marks
        if marks is None:
            marks = self._marks_of_x()
        kind = "temporal" if self.is_time else "quantitative"
        scale = {
            "domain": list(self.x_ends),
            "nice": False,
            **({"type": "utc"} if self.is_time else {"zero": False}),
        }
        shown = _axis(marks, [self._at(mark.at) for mark in marks], axis, "bottom")
        return {"field": "x", "type": kind, "scale": scale, "axis": shown}

    def _y(self, field: str = "y") -> Specification:
        axis, (low, high) = self.chart.y, self.y_ends
        marks = axis.marks
        if marks is None:
            marks = axes.round_marks(low, high, english=self.chart.english)
        scale = {"domain": [float(low), float(high)], "nice": False, "zero": False}
        values = [float(finite(mark.at)) for mark in marks if isinstance(mark.at, Decimal)]
        shown = _axis(marks, values, axis, "left") | {"title": None}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": shown}

    def _marks_of_x(self) -> tuple[axes.Mark, ...]:
        if self.is_time:
            days = [at.astimezone(HERE).date() if isinstance(at, datetime) else at
                    for at in _places(self.chart) if isinstance(at, date)]  # fmt: skip
            return axes.day_marks(days, most=max(2, self.width // 90))
        low, high = (Decimal(str(end)) for end in self.x_ends)
        return axes.round_marks(low, high, english=self.chart.english, most=max(3, self.width // 90))

    def _ends_of_x(self) -> tuple[float, float]:
        axis, places = self.chart.x, [self._at(at) for at in _places(self.chart)]
        low = self._at(axis.low) if axis.low is not None else min(places, default=0.0)
        high = self._at(axis.high) if axis.high is not None else max(places, default=1.0)
        room = 0.0 if axis.low is not None else (high - low) * 0.03
        if low == high:
            room = 86_400_000.0 if self.is_time else max(abs(low) * 0.1, 1.0)
        return low - room, high + room

    def _at(self, at: At) -> float:
        if isinstance(at, datetime):
            here = at.astimezone(HERE)
        elif isinstance(at, date):
            here = datetime.combine(at, time.min, tzinfo=HERE)
        else:
            return float(finite(at))
        return round((here - EPOCH).total_seconds() * 1000)

    def _held(self, at: At) -> float:
        return max(self.x_ends[0], min(self.x_ends[1], self._at(at)))


def _mark(rows: Sequence[Specification], mark: Specification, **encoding: Specification) -> Specification:
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}


def _as_given(field: str, kind: str = "nominal") -> Specification:
    return {"field": field, "type": kind, "scale": None}


def _words() -> Specification:
    return {"field": "words", "type": "nominal"}


def _piece() -> Specification:
    return {"field": "piece", "type": "nominal"}


def _in_turn() -> Specification:
    return {"value": 0}


def _axis(marks: Sequence[axes.Mark], values: Sequence[float], axis: Axis, side: str) -> Specification:
    texts = json.dumps([mark.text for mark in marks])
    turn = f"round(datum.index * {len(marks) - 1})" if len(marks) > 1 else "0"
    return {
        "orient": side,
        "title": axis.title or None,
        "values": list(values),
        "labelExpr": f"{texts}[{turn}]",
        "labelOverlap": "greedy",
        "labelSeparation": 8,
        "grid": axis.has_grid,
        "domain": bool(marks),
        "ticks": bool(marks) and not axis.has_grid,
    }


def _ends(axis: Axis, values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    low, high = axes.roomy(values)
    if isinstance(axis.low, Decimal):
        low = finite(axis.low)
    if isinstance(axis.high, Decimal):
        high = finite(axis.high)
    if float(low) >= float(high):  # nearer together than a drawing can tell
        room = max(abs(low) * Decimal("1e-9"), Decimal(1))
        low, high = low - room, high + room
    return low, high


def _places(chart: Chart) -> Iterator[At]:
    yield from (end for end in (chart.x.low, chart.x.high) if end is not None)
    for layer in chart.layers:
        match layer:
            case Spots():
                yield from (spot.at for spot in layer.spots)
            case Line() | Band():
                yield from (point[0] for piece in layer.pieces for point in piece)
            case Bars():
                yield from (end for bar in layer.bars for end in bar[:2])
            case Upright():
                yield layer.at


def _values(chart: Chart) -> Iterator[Decimal]:
    for layer in chart.layers:
        match layer:
            case Spots():
                for spot in layer.spots:
                    value, bar = finite(spot.value), finite(spot.bar or 0)
                    yield from (value - bar, value + bar)
            case Line():
                yield from (finite(value) for piece in layer.pieces for _at, value in piece)
            case Band():
                ends = (end for piece in layer.pieces for point in piece for end in point[1:])
                yield from (finite(end) for end in ends if end is not None)
            case Level():
                yield finite(layer.value)
            case Bars():
                yield from (Decimal(0), *(finite(bar[2]) for bar in layer.bars))


def _config() -> Specification:
    muted = "var(--muted)"
    return {
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelColor": muted, "titleColor": muted, "labelFontSize": 11.5, "titleFontSize": 11.5,
            "titleFontWeight": "normal", "domainColor": "var(--line-strong)", "tickColor": "var(--line-strong)",
            "gridColor": "var(--line-strong)", "gridWidth": 0.6, "tickSize": 4, "labelPadding": 4, "titleAnchor": "end",
        },
        "title": {
            "anchor": "start", "color": muted, "fontSize": 11.5, "fontWeight": "normal", "offset": 6,
            "frame": "bounds",
        },
    }  # fmt: skip

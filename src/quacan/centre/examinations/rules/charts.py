"""Errors inside their limits, drawn by hand because they are redrawn while somebody types: places worked out once."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from quacan.centre.base.charts.axes import Scale, trimmed_text

WIDTH: Final = 300
HEIGHT: Final = 150
LEFT: Final = 44
RIGHT: Final = 292
TOP: Final = 14
BOTTOM: Final = 122
FEWEST: Final = 2
FEWEST_PLACES: Final = 3


@dataclass(frozen=True, slots=True)
class Plotted:
    """One row to draw: where it stands on the axis (None: by its turn), its value and its limits."""

    label: str
    at: Decimal | None
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    fails: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """The limits at one place of the axis, between the points too."""

    at: Decimal
    lower: Decimal | None
    upper: Decimal | None


@dataclass(frozen=True, slots=True)
class Dot:
    """A drawn row: its place as text for the SVG, and what a reader is told."""

    x: str
    y: str
    fails: bool
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The limits of one row where they are known at the row alone."""

    x: str
    top: str
    bottom: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A word on an axis."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing in a box of WIDTH by HEIGHT."""

    key: str
    title: str
    unit: str
    band: str
    edges: tuple[str, ...]
    bars: tuple[Bar, ...]
    line: str
    dots: tuple[Dot, ...]
    zero: str
    marks_y: tuple[Mark, ...]
    marks_x: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Plane:
    """Both axes of the drawing; a value beyond the reach of y is drawn at its edge."""

    across: Scale
    up: Scale

    def x(self, at: Decimal) -> str:
        return self.across.place(at)

    def y(self, value: Decimal) -> str:
        return self.up.held(value)


def chart_of(
    *,
    key: str,
    title: str,
    unit: str,
    axis_unit: str,
    rows: Sequence[Plotted],
    samples: Sequence[Sample] = (),
    english: bool = False,
) -> Chart | None:
    """This will draw rows inside their limits, or give None when there is too little to draw.

    With *samples* the limits are drawn as a band along the axis; without, as a bar at every row. Values beyond
    one and a half times the widest limit are drawn at the edge.
    """
    pairs = [(row.lower, row.upper) for row in rows] + [(one.lower, one.upper) for one in samples]
    limits = [abs(end) for pair in pairs for end in pair if end is not None]
    if len(rows) < FEWEST or not limits or max(limits) == 0:
        return None
    placed = _places(rows)
    by_place = len({row.at for row in rows}) >= FEWEST_PLACES and all(row.at is not None for row in rows)
    errors = [abs(row.value) for row in rows if row.value is not None]
    widest = max(limits)
    reach = min(max([widest, *errors]), widest * Decimal("1.5")) * Decimal("1.12")
    scale = _Plane(
        Scale(min(placed), max(placed), Decimal(LEFT + 6), Decimal(RIGHT - 6)),
        Scale(-reach, reach, Decimal(BOTTOM), Decimal(TOP)),
    )
    drawn = tuple(zip(placed, rows, strict=True))
    band = samples if by_place else ()
    return Chart(
        key=key,
        title=title,
        unit=unit,
        band=_band(band, scale),
        edges=tuple(_edges(band, scale)),
        bars=() if band else tuple(_bar(at, row, scale) for at, row in drawn if _limited(row)),
        line=_line(drawn, scale) if by_place else "",
        dots=tuple(_dot(at, row, scale, unit, english=english) for at, row in drawn if row.value is not None),
        zero=scale.y(Decimal(0)),
        marks_y=_marks_y(widest, scale, english=english),
        marks_x=_marks_x(drawn, scale, axis_unit, by_place=by_place, english=english),
    )


def _places(rows: Sequence[Plotted]) -> list[Decimal]:
    places = [row.at for row in rows if row.at is not None]
    if len(places) == len(rows) and len(set(places)) >= FEWEST_PLACES:
        return places
    return [Decimal(turn) for turn in range(len(rows))]


def _limited(row: Plotted) -> bool:
    return row.lower is not None or row.upper is not None


def _band(samples: Sequence[Sample], scale: _Plane) -> str:
    if not samples or any(s.lower is None or s.upper is None for s in samples):
        return ""
    upper = [f"{scale.x(s.at)} {scale.y(s.upper)}" for s in samples if s.upper is not None]
    lower = [f"{scale.x(s.at)} {scale.y(s.lower)}" for s in reversed(samples) if s.lower is not None]
    return "M" + "L".join([*upper, *lower]) + "Z"


def _edges(samples: Sequence[Sample], scale: _Plane) -> list[str]:
    found = []
    for side in ("upper", "lower"):
        points = [(s.at, getattr(s, side)) for s in samples]
        if points and all(value is not None for _at, value in points):
            found.append("M" + "L".join(f"{scale.x(at)} {scale.y(value)}" for at, value in points))
    return found


def _bar(at: Decimal, row: Plotted, scale: _Plane) -> Bar:
    upper = row.upper if row.upper is not None else scale.up.high
    lower = row.lower if row.lower is not None else scale.up.low
    return Bar(scale.x(at), scale.y(upper), scale.y(lower))


def _line(drawn: Sequence[tuple[Decimal, Plotted]], scale: _Plane) -> str:
    known = [(at, row.value) for at, row in drawn if row.value is not None]
    points = [f"{scale.x(at)} {scale.y(value)}" for at, value in sorted(known)]
    return "M" + "L".join(points) if len(points) > 1 else ""


def _dot(at: Decimal, row: Plotted, scale: _Plane, unit: str, *, english: bool) -> Dot:
    assert row.value is not None
    return Dot(
        scale.x(at),
        scale.y(row.value),
        row.fails,
        f"{row.label}: {trimmed_text(row.value, english=english)} {unit}",
    )


def _marks_y(widest: Decimal, scale: _Plane, *, english: bool) -> tuple[Mark, ...]:
    texts = ((widest, "+"), (Decimal(0), ""), (-widest, ""))
    return tuple(
        Mark(str(LEFT - 6), scale.y(value), f"{sign}{trimmed_text(value, english=english)}")
        for value, sign in texts
    )


def _marks_x(
    drawn: Sequence[tuple[Decimal, Plotted]], scale: _Plane, unit: str, *, by_place: bool, english: bool
) -> tuple[Mark, ...]:
    if not by_place:
        return _marks_of_groups(drawn, scale)
    found: list[Mark] = []
    for at in sorted({at for at, _row in drawn}):
        x = scale.x(at)
        if not found or float(x) - float(found[-1].x) > 44:
            found.append(Mark(x, str(HEIGHT - 8), trimmed_text(at, english=english)))
    if found:
        last = found[-1]
        found[-1] = Mark(last.x, last.y, f"{last.text} {unit}".strip())
    return tuple(found)


def _marks_of_groups(drawn: Sequence[tuple[Decimal, Plotted]], scale: _Plane) -> tuple[Mark, ...]:
    """Rows without a place on an axis are named once for each group of the same name, where names fit."""
    groups: dict[str, list[Decimal]] = {}
    for at, row in drawn:
        groups.setdefault(row.label, []).append(at)
    room = (RIGHT - LEFT) / len(groups)
    if any(len(label) * 5.2 > room for label in groups):
        return ()
    return tuple(
        Mark(scale.x(sum(places, Decimal(0)) / len(places)), str(HEIGHT - 8), label)
        for label, places in groups.items()
    )

"""Drawings of a standard through time: coordinates worked out once for the SVG, exact values kept beside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from quacan.metrology.rounding import plain_text, vietnamese_text

WIDTH: Final = 640
HEIGHT: Final = 220
LEFT: Final = 78
RIGHT: Final = 628
TOP: Final = 14
BOTTOM: Final = 186
ROOM: Final = Decimal("1.1")
SIGNIFICANT: Final = 4
LONG: Final = 1000


@dataclass(frozen=True, slots=True)
class Plotted:
    """One point: its day, value, half-width of its bar if any, how it is marked (in, base, out) and what is told."""

    on: date
    value: Decimal
    bar: Decimal | None
    tone: str
    title: str


@dataclass(frozen=True, slots=True)
class Ruled:
    """A level line: its value and its kind (limit, centre)."""

    value: Decimal
    kind: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A drawn point, its bar's ends empty where it has none."""

    x: str
    y: str
    top: str
    bottom: str
    tone: str
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn level line."""

    y: str
    kind: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A word beside an axis."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class TimeChart:
    """A drawing in a box of WIDTH by HEIGHT."""

    dots: tuple[Dot, ...]
    path: str
    lines: tuple[Line, ...]
    marks_y: tuple[Mark, ...]
    marks_x: tuple[Mark, ...]


def time_chart(
    points: Sequence[Plotted], ruled: Sequence[Ruled], *, english: bool = False
) -> TimeChart | None:
    """This will draw points by their days with bars and level lines; None when there is no point."""
    if not points:
        return None
    reach = [one.value - (one.bar or 0) for one in points] + [one.value + (one.bar or 0) for one in points]
    reach += [one.value for one in ruled]
    middle, half = (min(reach) + max(reach)) / 2, (max(reach) - min(reach)) / 2 * ROOM or Decimal(1)
    first, last = min(one.on for one in points), max(one.on for one in points)
    span = (last - first).days

    def x(day: date) -> str:
        share = Decimal((day - first).days) / span if span else Decimal("0.5")
        return f"{LEFT + 14 + share * (RIGHT - LEFT - 28):.1f}"

    def y(value: Decimal) -> str:
        return f"{(TOP + BOTTOM) / Decimal(2) - (value - middle) / half * (BOTTOM - TOP) / 2:.1f}"

    dots = tuple(
        Dot(
            x(one.on),
            y(one.value),
            y(one.value + one.bar) if one.bar is not None else "",
            y(one.value - one.bar) if one.bar is not None else "",
            one.tone,
            one.title,
        )
        for one in points
    )
    marked = [one.value for one in ruled] or [min(reach), max(reach)]
    return TimeChart(
        dots=dots,
        path="M" + "L".join(f"{dot.x} {dot.y}" for dot in dots) if len(dots) > 1 else "",
        lines=tuple(Line(y(one.value), one.kind) for one in ruled),
        marks_y=tuple(
            Mark(str(LEFT - 8), y(value), short_text(value, english=english)) for value in sorted(set(marked))
        ),
        marks_x=_days(points, x),
    )


def short_text(value: Decimal, *, english: bool) -> str:
    """This will write a number with at most a few significant digits after its leading ones, for an axis."""
    if value == 0:
        return "0"
    digits = max(SIGNIFICANT, value.adjusted() + 1 + 3) if value.adjusted() >= 0 else SIGNIFICANT
    kept = value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1)).normalize()
    plain = kept.quantize(Decimal(1)) if kept == kept.to_integral_value() else kept
    return plain_text(plain) if english else vietnamese_text(plain)


def _days(points: Sequence[Plotted], x: Callable[[date], str]) -> tuple[Mark, ...]:
    found: list[Mark] = []
    days = [one.on for one in points]
    shape = "%m/%y" if (max(days) - min(days)).days > LONG else "%d/%m/%y"
    for day in sorted({one.on for one in points}):
        place = x(day)
        if not found or float(place) - float(found[-1].x) > 62:
            found.append(Mark(place, str(HEIGHT - 12), f"{day:{shape}}"))
    return tuple(found)

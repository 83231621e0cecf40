"""The line of the year: what was done month by month beside the straight line of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

WIDTH: Final = 640
HEIGHT: Final = 216
LEFT: Final = 56
RIGHT: Final = 16
TOP: Final = 14
BOTTOM: Final = 30


@dataclass(frozen=True, slots=True)
class Month:
    """The sum from January to the end of a month."""

    number: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the drawing, with its label."""

    x: str
    y: str
    label: str


@dataclass(frozen=True, slots=True)
class YearLine:
    """Coordinates of the drawing, already text: SVG takes no formatted numbers."""

    width: int
    height: int
    left: int
    right: int
    foot: int
    grid: tuple[Point, ...]
    months: tuple[Point, ...]
    plan: str
    done: str
    last: Point


def year_line(months: Sequence[Month], plan: Decimal) -> YearLine:
    """This will lay out the drawing; *months* are running sums from January, *plan* the target of the year."""
    top = _round_top(max([plan, *(m.value for m in months)]))
    done = [(_x(0), _y(Decimal(0), top)), *((_x(m.number), _y(m.value, top)) for m in months)]
    grid = tuple(
        Point(_text(LEFT), _text(_y(top * i / 4, top)), f"{(top * i / 4).normalize():f}") for i in range(5)
    )
    return YearLine(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        foot=HEIGHT - 8,
        grid=grid,
        months=tuple(Point(_text((_x(i - 1) + _x(i)) / 2), "", str(i)) for i in range(1, 13)),
        plan=f"M{_text(_x(0))} {_text(_y(Decimal(0), top))}L{_text(_x(12))} {_text(_y(plan, top))}",
        done="M" + "L".join(f"{_text(x)} {_text(y)}" for x, y in done),
        last=Point(_text(done[-1][0]), _text(done[-1][1]), ""),
    )


def _round_top(value: Decimal) -> Decimal:
    """The next of 1, 2, 4, 5 or 10 times a power of ten, so that quarters of it read well."""
    if value <= 0:
        return Decimal(4)
    size = Decimal(10) ** value.adjusted()
    for step in (1, 2, 4, 5, 8, 10):
        if value <= step * size:
            return Decimal(f"{step * size:f}")
    raise ValueError(f"no step above {value}")


def _x(month: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * month / 12


def _y(value: Decimal, top: Decimal) -> float:
    return HEIGHT - BOTTOM - float(value / top) * (HEIGHT - TOP - BOTTOM)


def _text(value: float) -> str:
    return f"{value:.1f}"

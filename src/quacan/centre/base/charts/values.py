"""What a chart shows, as frozen values: no screen, no paper, no drawing library."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

from quacan.centre.base.charts.axes import Mark

At = date | datetime | Decimal
Number = Decimal | float
Tone = Literal[
    "accent", "accent-line", "pass-weak", "pass-line", "fail", "open", "muted", "line-strong", "field-line"
]
"""Colours by their role among the tokens of the house, never by their value."""
WIDE: Final = 640
NARROW: Final = 360


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a series: where, how much, its half-width of uncertainty if any, what a reader is told."""

    at: At
    value: Number
    bar: Number | None = None
    tone: Tone = "accent"
    is_hollow: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Spots:
    """Points of a series, each with its own tone; joined by a thin line in the order given, if wanted."""

    spots: tuple[Spot, ...]
    is_joined: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line in pieces: between two pieces nothing is known and nothing is drawn."""

    pieces: tuple[tuple[tuple[At, Number], ...], ...]
    tone: Tone = "accent"
    is_dashed: bool = False
    width: float = 1.6


@dataclass(frozen=True, slots=True)
class Band:
    """An area between two values in pieces of (place, low, high); an open side reaches the edge of the chart."""

    pieces: tuple[tuple[tuple[At, Number | None, Number | None], ...], ...]
    tone: Tone = "pass-weak"
    opacity: float = 1


@dataclass(frozen=True, slots=True)
class Level:
    """A level line over the whole width, or from one place to another: a limit, a centre, a zero."""

    value: Number
    tone: Tone = "fail"
    is_dashed: bool = True
    begins: At | None = None
    ends: At | None = None


@dataclass(frozen=True, slots=True)
class Upright:
    """An upright line over the whole height: a limit of a distribution."""

    at: At
    tone: Tone = "fail"


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars from zero, each (begins, ends, height, tone, what a reader is told)."""

    bars: tuple[tuple[At, At, Number, Tone, str], ...]


@dataclass(frozen=True, slots=True)
class Notches:
    """Stretches marked along the foot of the chart, each (begins, ends, what a reader is told)."""

    stretches: tuple[tuple[At, At, str], ...]
    tone: Tone = "fail"


Layer = Spots | Line | Band | Level | Upright | Bars | Notches


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis: its title with the unit, its ends and its marks; None: as the values ask, () : none at all."""

    title: str = ""
    low: At | None = None
    high: At | None = None
    marks: tuple[Mark, ...] | None = None
    has_grid: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The same in words, for who does not see the drawing: headings, and rows as long as the headings."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: what it is in one sentence, its axes, its layers from back to front, its size in points.

    `narrow` are the marks of x for a narrow screen, where fewer fit.
    """

    alt: str
    x: Axis
    y: Axis
    layers: tuple[Layer, ...]
    height: int = 220
    width: int = WIDE
    narrow: tuple[Mark, ...] | None = None
    english: bool = False
    table: Table | None = None

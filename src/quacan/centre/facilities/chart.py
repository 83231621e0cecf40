"""A stretch of records inside their limits as a drawing: coordinates worked out once, for a box of WIDTH by HEIGHT."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, Protocol

from quacan.centre.base.language.numbers import format_number
from quacan.centre.facilities.rules import HERE

WIDTH: Final = 760
HEIGHT: Final = 210
LEFT: Final = 52
RIGHT: Final = 750
TOP: Final = 12
BOTTOM: Final = 178
STEPS: Final = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


class Drawn(Protocol):
    """Some records together."""

    @property
    def first(self) -> datetime: ...
    @property
    def last(self) -> datetime: ...
    @property
    def low(self) -> Decimal: ...
    @property
    def high(self) -> Decimal: ...
    @property
    def mean(self) -> Decimal: ...


@dataclass(frozen=True, slots=True)
class Allowed:
    """What is allowed from one instant to another."""

    begins: datetime
    ends: datetime
    lower: Decimal | None
    upper: Decimal | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A word on an axis."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing: the band of what is allowed, lowest to highest, the mean, what was outside, the words."""

    title: str
    unit: str
    bands: tuple[str, ...]
    edges: tuple[str, ...]
    spread: str
    line: str
    outside: tuple[tuple[str, str, str], ...]
    marks_y: tuple[Mark, ...]
    marks_x: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    start: datetime
    end: datetime
    low: Decimal
    high: Decimal

    def x(self, at: datetime) -> str:
        share = (at - self.start) / (self.end - self.start)
        return f"{LEFT + min(1.0, max(0.0, share)) * (RIGHT - LEFT):.1f}"

    def y(self, value: Decimal) -> str:
        share = (value - self.low) / (self.high - self.low)
        return f"{BOTTOM - share * (BOTTOM - TOP):.1f}"


def chart_of(
    spans: Sequence[Drawn],
    *,
    title: str,
    unit: str,
    start: datetime,
    end: datetime,
    allowed: Sequence[Allowed],
    outside: Iterable[tuple[datetime, datetime, str]],
    gap: timedelta,
    english: bool = False,
) -> Chart | None:
    """This will draw a stretch of records, its lines broken where nothing was recorded for longer than *gap*.

    *outside* are the excursions (first, last, words). Between records of a quarter the lowest and highest are shown,
    so no value outside its limits is smoothed away.
    """
    if not spans:
        return None
    scale = _Scale(start, end, *_reach(spans, allowed))
    pieces = list(_pieces(spans, gap))
    return Chart(
        title=title,
        unit=unit,
        bands=tuple(_band(one, scale) for one in allowed),
        edges=tuple(edge for one in allowed for edge in _edges(one, scale)),
        spread="".join(_spread(piece, scale) for piece in pieces),
        line="".join(_line(piece, scale) for piece in pieces),
        outside=tuple((scale.x(first), scale.x(last), words) for first, last, words in outside),
        marks_y=tuple(_marks_y(scale, english=english)),
        marks_x=tuple(_marks_x(scale)),
    )


def _reach(spans: Sequence[Drawn], allowed: Sequence[Allowed]) -> tuple[Decimal, Decimal]:
    ends = [end for one in allowed for end in (one.lower, one.upper) if end is not None]
    low, high = min([one.low for one in spans] + ends), max([one.high for one in spans] + ends)
    room = (high - low) * Decimal("0.08") or Decimal(1)
    return low - room, high + room


def _pieces(spans: Sequence[Drawn], gap: timedelta) -> Iterator[list[Drawn]]:
    piece: list[Drawn] = []
    for one in spans:
        if piece and one.first - piece[-1].last > gap:
            yield piece
            piece = []
        piece.append(one)
    yield piece


def _middle(one: Drawn) -> datetime:
    return one.first + (one.last - one.first) / 2


def _spread(piece: Sequence[Drawn], scale: _Scale) -> str:
    upper = [f"{scale.x(_middle(one))} {scale.y(one.high)}" for one in piece]
    lower = [f"{scale.x(_middle(one))} {scale.y(one.low)}" for one in reversed(piece)]
    return "M" + "L".join([*upper, *lower]) + "Z"


def _line(piece: Sequence[Drawn], scale: _Scale) -> str:
    points = [f"{scale.x(_middle(one))} {scale.y(one.mean)}" for one in piece]
    return "M" + "L".join(points) + ("h1.5" if len(points) == 1 else "")


def _band(one: Allowed, scale: _Scale) -> str:
    upper = scale.y(one.upper) if one.upper is not None else str(TOP)
    lower = scale.y(one.lower) if one.lower is not None else str(BOTTOM)
    return f"M{scale.x(one.begins)} {upper}H{scale.x(one.ends)}V{lower}H{scale.x(one.begins)}Z"


def _edges(one: Allowed, scale: _Scale) -> Iterator[str]:
    for end in (one.lower, one.upper):
        if end is not None:
            yield f"M{scale.x(one.begins)} {scale.y(end)}H{scale.x(one.ends)}"


def _marks_y(scale: _Scale, *, english: bool) -> Iterator[Mark]:
    span = scale.high - scale.low
    power = Decimal(1).scaleb((span / 5).adjusted())
    step = next(one * power for one in STEPS if one * power * 5 >= span)
    value = (scale.low / step).to_integral_value(rounding="ROUND_CEILING") * step
    while value <= scale.high:
        places = max(0, -int(step.normalize().as_tuple().exponent))
        yield Mark(
            str(LEFT - 7), scale.y(value), format_number(value, places, lang="en" if english else "vi")
        )
        value += step


def _marks_x(scale: _Scale) -> Iterator[Mark]:
    days = (scale.end - scale.start).days
    at = scale.start.astimezone(HERE)
    if days <= 1:
        step, form = timedelta(hours=3), "%H:%M"
    else:
        step, form = timedelta(days=1 if days <= 10 else 5), "%d/%m"
    while at < scale.end:
        yield Mark(scale.x(at), str(HEIGHT - 12), at.strftime(form))
        at += step

"""What a whole batch comes to: verdicts, mean, spread and extremes at every point, how many lie near a limit."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Final

import numpy as np

from quacan.centre.base.charts.values import Axis, Bars, Chart, Level, Tone, Upright

NEAR: Final = 0.8
"""From this share of its limit on, a unit that passes is counted as near it: a word of this screen, no requirement."""

BARS: Final = 21
WIDTH: Final = 210
HEIGHT: Final = 60


@dataclass(frozen=True, slots=True)
class PointFigures:
    """Errors of all units at one point; *s* is None for fewer than two, the limits are None where units differ."""

    key: str
    n: int
    mean: float
    s: float | None
    low: float
    high: float
    lower: float | None
    upper: float | None
    counts: tuple[int, ...]
    first: float
    width: float


@dataclass(frozen=True, slots=True)
class BatchFigures:
    """The batch in numbers; *near* counts passing units whose worst point uses at least `NEAR` of its limit."""

    verdicts: Mapping[str, int]
    near: int
    worst: float
    points: tuple[PointFigures, ...]

    def as_json(self) -> dict[str, Any]:
        """This will give the figures as plain values."""
        return asdict(self)


Row = tuple[str, float, Mapping[str, Sequence[str | None]]]


def batch_figures(rows: Iterable[Row]) -> BatchFigures:
    """This will add up units given as (verdict, worst share, errors by row)."""
    verdicts: Counter[str] = Counter()
    near, worst = 0, -1.0
    errors: dict[str, list[float]] = {}
    limits: dict[str, set[tuple[str | None, str | None]]] = {}
    for verdict, share, by_row in rows:
        verdicts[verdict] += 1
        near += verdict == "pass" and share >= NEAR
        worst = max(worst, share)
        for key, (error, lower, upper) in by_row.items():
            errors.setdefault(key, []).append(float(error or 0))
            limits.setdefault(key, set()).add((lower, upper))
    points = tuple(_point(key, np.asarray(values), limits[key]) for key, values in errors.items())
    return BatchFigures(dict(verdicts), near, worst, points)


def _point(key: str, values: Any, limits: set[tuple[str | None, str | None]]) -> PointFigures:
    lower, upper = next(iter(limits)) if len(limits) == 1 else (None, None)
    ends = [float(end) for end in (lower, upper) if end is not None]
    first, last = min(values.min(), *ends, values.min()), max(values.max(), *ends, values.max())
    if first == last:
        first, last = first - 0.5, last + 0.5
    counts, edges = np.histogram(values, bins=BARS, range=(first, last))
    return PointFigures(
        key=key,
        n=int(values.size),
        mean=float(values.mean()),
        s=float(values.std(ddof=1)) if values.size > 1 else None,
        low=float(values.min()),
        high=float(values.max()),
        lower=None if lower is None else float(lower),
        upper=None if upper is None else float(upper),
        counts=tuple(int(one) for one in counts),
        first=float(first),
        width=float(edges[1] - edges[0]),
    )


def histogram(point: Mapping[str, Any], *, alt: str, word_of: Callable[[float], str]) -> Chart:
    """The chart of a point's kept figures: bars between its limits; *word_of* writes the ends of a bar."""
    counts, first, step = point["counts"], point["first"], point["width"]
    lower, upper = point["lower"], point["upper"]
    bars = []
    for at, count in enumerate(counts):
        low, high = first + at * step, first + (at + 1) * step
        is_outside = (upper is not None and low >= upper) or (lower is not None and high <= lower)
        tone: Tone = "fail" if is_outside else "accent"
        words = f"{word_of(low)} ÷ {word_of(high)}: {count}"
        bars.append((_exact(low), _exact(high), Decimal(count), tone, words))
    ends = (Axis(low=bars[0][0], high=bars[-1][1], marks=()), Axis(low=Decimal(0), marks=()))
    limits = tuple(Upright(_exact(end)) for end in (lower, upper) if end is not None)
    shown = Bars(tuple(bar for bar in bars if bar[2]))
    return Chart(
        alt, *ends, (shown, *limits, Level(Decimal(0), tone="line-strong", is_dashed=False)), HEIGHT, WIDTH
    )


def _exact(value: float) -> Decimal:
    return Decimal(repr(value))

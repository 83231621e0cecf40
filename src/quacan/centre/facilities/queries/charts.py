"""A stretch of records inside their limits: band of what is allowed, lowest to highest, mean, what was outside."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from quacan.centre.base.charts.axes import clock_marks, trimmed_text
from quacan.centre.base.charts.values import Axis, Band, Chart, Layer, Level, Line, Notches, Table
from quacan.centre.facilities.queries.records import Span
from quacan.centre.facilities.rules import HERE


@dataclass(frozen=True, slots=True)
class Allowed:
    """What is allowed from one instant to another."""

    begins: datetime
    ends: datetime
    lower: Decimal | None
    upper: Decimal | None


def stretch_chart(
    spans: Sequence[Span],
    *,
    title: str,
    unit: str,
    between: tuple[datetime, datetime],
    allowed: Sequence[Allowed],
    outside: Iterable[tuple[datetime, datetime, str]],
    gap: timedelta,
    english: bool = False,
) -> Chart | None:
    """The chart of a stretch of records, its lines broken where nothing was recorded for longer than *gap*.

    *outside* are the excursions (first, last, words). Between records of a quarter the lowest and highest are shown,
    so no value outside its limits is smoothed away. None without a record.
    """
    if not spans:
        return None
    start, end = between
    pieces = list(_pieces(spans, gap))
    layers: list[Layer] = [*_limits(allowed)]
    layers.append(
        Band(
            tuple(tuple((_middle(one), one.low, one.high) for one in piece) for piece in pieces),
            tone="accent-line",
            opacity=0.55,
        )
    )
    layers.append(Line(tuple(tuple((_middle(one), one.mean) for one in piece) for piece in pieces)))
    layers.append(Notches(tuple(outside)))
    return Chart(
        alt=f"{title} ({unit})",
        x=Axis(low=start, high=end, marks=clock_marks(start, end, most=9)),
        y=Axis(title=unit, has_grid=True),
        layers=tuple(layers),
        width=760,
        narrow=clock_marks(start, end, most=5),
        english=english,
        table=_table(spans, by_hour=(end - start).days <= 1, english=english),
    )


def _limits(allowed: Sequence[Allowed]) -> Iterator[Layer]:
    pieces = tuple(((one.begins, one.lower, one.upper), (one.ends, one.lower, one.upper)) for one in allowed)
    yield Band(pieces, opacity=0.7)
    for one in allowed:
        for end in (one.lower, one.upper):
            if end is not None:
                yield Level(end, tone="pass-line", is_dashed=False, begins=one.begins, ends=one.ends)


def _pieces(spans: Sequence[Span], gap: timedelta) -> Iterator[list[Span]]:
    piece: list[Span] = []
    for one in spans:
        if piece and one.first - piece[-1].last > gap:
            yield piece
            piece = []
        piece.append(one)
    yield piece


def _middle(one: Span) -> datetime:
    return one.first + (one.last - one.first) / 2


def _table(spans: Sequence[Span], *, by_hour: bool, english: bool) -> Table:
    """Lowest and highest of every hour of a day, or of every day."""
    form = "%d/%m/%Y %H:00" if by_hour else "%d/%m/%Y"
    rows = []
    for name, group in groupby(spans, key=lambda one: one.first.astimezone(HERE).strftime(form)):
        known = list(group)
        ends = (min(one.low for one in known), max(one.high for one in known))
        rows.append((name, *(trimmed_text(end, english=english) for end in ends)))
    return Table((_("Giờ") if by_hour else _("Ngày"), _("Thấp nhất"), _("Cao nhất")), tuple(rows))

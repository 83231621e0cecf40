"""A day, a week or a month of a point, ready to draw and to print."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.base.charts.values import Chart
from quacan.centre.base.language.numbers import format_number
from quacan.centre.base.refusals import FieldWrong, Words
from quacan.centre.facilities.models import Alarm, Point, PointLimit, Record
from quacan.centre.facilities.queries.charts import Allowed, stretch_chart
from quacan.centre.facilities.queries.points import allowed_words, short
from quacan.centre.facilities.queries.records import Silence, Summary, quarters, silences, summaries
from quacan.centre.facilities.rules import HERE, NAMES, UNITS

SPANS: Final[dict[str, Words]] = {
    "ngay": gettext_lazy("Ngày"),
    "tuan": gettext_lazy("Tuần"),
    "thang": gettext_lazy("Tháng"),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one midnight to another, Vietnamese time; `before` and `after` are days of the neighbours."""

    kind: str
    first: date
    last: date

    @property
    def spans(self) -> tuple[tuple[str, Words], ...]:
        """This will list what may be looked at: the key in the address and its word."""
        return tuple(SPANS.items())

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time.min, tzinfo=HERE)

    @property
    def end(self) -> datetime:
        return datetime.combine(self.last + timedelta(days=1), time.min, tzinfo=HERE)

    @property
    def before(self) -> date:
        return self.first - timedelta(days=1)

    @property
    def after(self) -> date:
        return self.last + timedelta(days=1)

    @property
    def together(self) -> int:
        """This will say how many quarters of an hour are drawn together."""
        return {"ngay": 1, "tuan": 2, "thang": 8}[self.kind]


def stretch_of(kind: str, day: date) -> Stretch:
    """This will give the day, the week (from Monday) or the month a day lies in; another kind is refused."""
    if kind not in SPANS:
        raise FieldWrong(field=_("Khoảng xem"), why=_("chỉ có ngày, tuần, tháng"))
    if kind == "ngay":
        return Stretch(kind, day, day)
    if kind == "tuan":
        monday = day - timedelta(days=day.weekday())
        return Stretch(kind, monday, monday + timedelta(days=6))
    first = day.replace(day=1)
    return Stretch(kind, first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Line:
    """A quantity over a stretch: its drawing, its sums, its limits in words."""

    quantity: str
    label: object
    unit: str
    chart: Chart | None
    summary: Summary
    allowed: str


@dataclass(frozen=True, slots=True)
class View:
    """Everything shown of a stretch."""

    lines: tuple[Line, ...]
    silence: Silence
    alarms: tuple[Alarm, ...]


def view_of(point: Point, stretch: Stretch, *, now: datetime, english: bool = False) -> View:
    """This will gather drawings, sums, gaps and alarms of a stretch; what lies ahead of *now* is no gap."""
    start, end = stretch.start, stretch.end
    alarms = point.alarms.filter(began_at__lt=end, ended_at__gte=start).select_related(
        "limit", "acknowledged_by"
    )
    shown = tuple(alarms.order_by("-began_at"))
    order = list(NAMES)
    found = sorted(summaries(point, start=start, end=end), key=lambda one: order.index(one.quantity))
    lines = tuple(_line(point, stretch, one, shown, english=english) for one in found)
    begun = point.records.filter(at__lt=end).exists()
    quiet = silences(point, start=start, end=min(end, now)) if begun and start < now else Silence(())
    return View(lines, quiet, shown)


def _line(
    point: Point, stretch: Stretch, summary: Summary, alarms: tuple[Alarm, ...], *, english: bool
) -> Line:
    quantity = summary.quantity
    limits = list(PointLimit.objects.filter(point=point, quantity=quantity, valid_from__lte=stretch.last))
    allowed = [
        _allowed(one, stretch) for one in limits if one.valid_to is None or one.valid_to >= stretch.first
    ]
    chart = stretch_chart(
        quarters(point, quantity=quantity, start=stretch.start, end=stretch.end, together=stretch.together),
        title=str(NAMES[quantity]),
        unit=UNITS[quantity],
        between=(stretch.start, stretch.end),
        allowed=allowed,
        outside=[(a.began_at, a.ended_at, words_of(a)) for a in alarms if a.quantity == quantity],
        gap=max(timedelta(minutes=point.gap_minutes), timedelta(minutes=15 * stretch.together)),
        english=english,
    )
    words = "; ".join(dict.fromkeys(allowed_words(one) for one in limits[-1:]))
    return Line(quantity, NAMES[quantity], UNITS[quantity], chart, summary, words)


def _allowed(limit: PointLimit, stretch: Stretch) -> Allowed:
    begins = max(stretch.first, limit.valid_from)
    ends = min(stretch.last, limit.valid_to) if limit.valid_to else stretch.last
    return Allowed(
        datetime.combine(begins, time.min, tzinfo=HERE),
        datetime.combine(ends + timedelta(days=1), time.min, tzinfo=HERE),
        limit.lower,
        limit.upper,
    )


def words_of(alarm: Alarm) -> str:
    """This will say in short what an alarm is about: 12/11 09:10–10:40: 31,2 °C."""
    began, ended = alarm.began_at.astimezone(HERE), alarm.ended_at.astimezone(HERE)
    last = f"{ended:%H:%M}" if began.date() == ended.date() else f"{ended:%d/%m %H:%M}"
    return f"{began:%d/%m %H:%M}–{last}: {format_number(short(alarm.extreme))} {UNITS[alarm.quantity]}"


def records_between(point: Point, stretch: Stretch) -> QuerySet[Record]:
    """This will list the records of a stretch in the order of time, for a file."""
    rows = point.records.filter(at__gte=stretch.start, at__lt=stretch.end).select_related("file")
    return rows.order_by("at", "quantity")

"""What was recorded at a point: near an instant, over a stretch, and where nothing was."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, F, IntegerField, Max, Min, Q, Value
from django.db.models.expressions import CombinedExpression

from quacan.centre.base.calendar import CalendarRefused, working_calendar
from quacan.centre.facilities.models import Point, Record
from quacan.centre.facilities.rules import (
    HERE,
    Excursion,
    Gap,
    Limits,
    Origin,
    excursions,
    gaps,
    working_hours,
)
from quacan.metrology.rounding import RoundingMode, round_to


@dataclass(frozen=True, slots=True)
class Recorded:
    """A record as a worksheet takes it."""

    point: str
    quantity: str
    at: datetime
    value: Decimal
    text: str
    file: int | None

    @property
    def origin(self) -> str:
        """This will say where it comes from, as a condition keeps it."""
        return Origin(self.point, self.at, self.file).text


def recorded_at(point: Point, *, quantity: str, at: datetime) -> Recorded | None:
    """This will give the record nearest to an instant (the earlier of two); None beyond the point's tolerance."""
    reach = timedelta(minutes=point.tolerance_minutes)
    rows = Record.objects.filter(point=point, quantity=quantity, at__gte=at - reach, at__lte=at + reach)
    before = rows.filter(at__lte=at).order_by("-at").first()
    after = rows.filter(at__gt=at).order_by("at").first()
    near = [one for one in (before, after) if one is not None]
    if not near:
        return None
    return _recorded(point, min(near, key=lambda one: (abs(one.at - at), one.at)))


def record_of(point: Point, *, quantity: str, at: datetime) -> Recorded | None:
    """This will give the record of exactly one instant."""
    found = Record.objects.filter(point=point, quantity=quantity, at=at).first()
    return _recorded(point, found) if found else None


def _recorded(point: Point, row: Record) -> Recorded:
    return Recorded(point.code, row.quantity, row.at, row.value, row.text, row.file_id)


def excursions_between(
    point: Point, *, quantity: str, start: datetime, end: datetime, limits: Limits
) -> tuple[Excursion, ...]:
    """This will list the excursions out of *limits* among the records from start to end, both included."""
    rows = Record.objects.filter(point=point, quantity=quantity, at__gte=start, at__lte=end).order_by("at")
    outside = Q(pk__in=[])
    if limits.lower is not None:
        outside |= Q(value__lt=limits.lower)
    if limits.upper is not None:
        outside |= Q(value__gt=limits.upper)
    if not rows.filter(outside).exists():
        return ()
    return tuple(excursions(rows.values_list("at", "value"), limits))


def latest_of(point: Point) -> dict[str, Record]:
    """This will give the newest record of every quantity of a point."""
    newest = (
        Record.objects.filter(point=point).values("quantity").annotate(last=Max("at")).order_by("quantity")
    )
    found = {}
    for row in newest:
        found[row["quantity"]] = Record.objects.get(point=point, quantity=row["quantity"], at=row["last"])
    return found


@dataclass(frozen=True, slots=True)
class Span:
    """Some quarters of an hour together: first and last record, lowest, highest, mean."""

    first: datetime
    last: datetime
    low: Decimal
    high: Decimal
    mean: Decimal


def quarters(
    point: Point, *, quantity: str, start: datetime, end: datetime, together: int = 1
) -> tuple[Span, ...]:
    """This will sum the records of a stretch [start, end) up by *together* quarters of an hour, in order."""
    rows = Record.objects.filter(point=point, quantity=quantity, at__gte=start, at__lt=end)
    grouped = rows.annotate(
        slot=CombinedExpression(F("quarter"), "/", Value(together), output_field=IntegerField())
    ).values("slot")
    summed = grouped.annotate(
        first=Min("at"), last=Max("at"), low=Min("value"), high=Max("value"), mean=Avg("value")
    )
    return tuple(
        Span(row["first"], row["last"], row["low"], row["high"], Decimal(str(row["mean"])))
        for row in summed.order_by("slot")
    )


@dataclass(frozen=True, slots=True)
class Summary:
    """A quantity over a stretch: how many records, lowest, mean (one digit more than typed), highest."""

    quantity: str
    count: int
    low: Decimal
    mean: Decimal
    high: Decimal
    first: datetime
    last: datetime


def summaries(point: Point, *, start: datetime, end: datetime) -> tuple[Summary, ...]:
    """This will sum up every quantity recorded in [start, end)."""
    rows = Record.objects.filter(point=point, at__gte=start, at__lt=end).values("quantity")
    found = rows.annotate(
        count=Count("id"),
        low=Min("value"),
        mean=Avg("value"),
        high=Max("value"),
        first=Min("at"),
        last=Max("at"),
    )
    return tuple(_summary(row) for row in found.order_by("quantity"))


def _summary(row: Mapping[str, Any]) -> Summary:
    low, high = Decimal(str(row["low"])), Decimal(str(row["high"]))
    places = max(_places(low), _places(high))
    low, high = (round_to(one, -places, RoundingMode.HALF_EVEN) for one in (low, high))
    mean = round_to(Decimal(str(row["mean"])), -places - 1, RoundingMode.HALF_EVEN)
    return Summary(row["quantity"], row["count"], low, mean, high, row["first"], row["last"])


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@dataclass(frozen=True, slots=True)
class Silence:
    """The gaps of a stretch, or the sentence why they cannot be told."""

    gaps: tuple[Gap, ...]
    unknown: str = ""


def silences(point: Point, *, start: datetime, end: datetime) -> Silence:
    """This will list where, in working hours of [start, end), nothing was recorded for longer than the point allows."""
    try:
        hours = working_hours(_working_days(start, end), point.opens_at, point.closes_at)
    except CalendarRefused as refused:
        return Silence((), str(refused))
    rows = Record.objects.filter(point=point, at__gte=start, at__lt=end).values("quarter")
    seen = [
        (row["first"], row["last"])
        for row in rows.annotate(first=Min("at"), last=Max("at")).order_by("quarter")
    ]
    inside = [(max(opens, start), min(closes, end)) for opens, closes in hours]
    stretches = [(opens, closes) for opens, closes in inside if opens < closes]
    longest = timedelta(minutes=point.gap_minutes)
    return Silence(tuple(_by_day(seen, stretches, longest)))


def silent_between(point: Point, *, start: datetime, end: datetime) -> tuple[Gap, ...]:
    """This will list where in [start, end] nothing was recorded for longer than the point allows, at any hour."""
    rows = Record.objects.filter(point=point, at__gte=start, at__lte=end).values("quarter")
    seen = [
        (row["first"], row["last"])
        for row in rows.annotate(first=Min("at"), last=Max("at")).order_by("quarter")
    ]
    return tuple(gaps(seen, working=[(start, end)], longest=timedelta(minutes=point.gap_minutes)))


def _by_day(
    seen: Sequence[tuple[datetime, datetime]],
    stretches: Sequence[tuple[datetime, datetime]],
    longest: timedelta,
) -> Iterator[Gap]:
    days: dict[date, list[tuple[datetime, datetime]]] = {}
    for one in seen:
        days.setdefault(one[0].astimezone(HERE).date(), []).append(one)
    for opens, closes in stretches:
        yield from gaps(days.get(opens.date(), ()), working=[(opens, closes)], longest=longest)


def _working_days(start: datetime, end: datetime) -> Iterator[date]:
    calendar, day = working_calendar(), start.astimezone(HERE).date()
    while day <= (end - timedelta(microseconds=1)).astimezone(HERE).date():
        if calendar.is_working_day(day):
            yield day
        day += timedelta(days=1)

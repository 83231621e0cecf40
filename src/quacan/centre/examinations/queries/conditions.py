"""Conditions that come from a logger: what it recorded between start and end, and what it says against what was typed.

The limits are those of the procedure; where it states none, those the centre set for the point (ISO/IEC 17025, 6.3.3).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from quacan.centre.base.language.numbers import format_number
from quacan.centre.base.language.texts import is_english
from quacan.centre.examinations.models import Condition, Examination
from quacan.centre.examinations.queries.deviations import waived
from quacan.centre.examinations.rules import said
from quacan.centre.examinations.rules.plausibility import Compared, Silent
from quacan.centre.facilities.models import Point, Record
from quacan.centre.facilities.queries import (
    Recorded,
    excursions_between,
    limit_on,
    points_of,
    recorded_at,
    silent_between,
)
from quacan.centre.facilities.rules import HERE, UNITS, Excursion, Limits, Origin, read_origin
from quacan.centre.instruments.library import frozen
from quacan.metrology.procedure.definition import ConditionRule
from quacan.metrology.quantities import NumberRefused, parse_number

MOMENTS = ("start", "end")


@dataclass(frozen=True, slots=True)
class ConditionLeft:
    """A condition that left its limits while measuring: its key, a sentence, whether a deviation accepts it."""

    key: str
    sentence: str
    waived: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """What a point recorded for a condition of a worksheet near two instants, ready to take."""

    key: str
    label: str
    unit: str
    start: Recorded | None
    end: Recorded | None
    left: str


def conditions_left(sheet: Examination) -> tuple[ConditionLeft, ...]:
    """This will list the conditions whose logger recorded values outside the limits between start and end."""
    found: list[ConditionLeft] = []
    accepted: frozenset[tuple[str, str]] | None = None
    for rule, point, start, end in _stretches(sheet):
        sentence = _left(rule, point, start, end, on=sheet.performed_on)
        if sentence:
            accepted = waived(sheet) if accepted is None else accepted
            found.append(ConditionLeft(rule.key, sentence, ("condition", rule.key) in accepted))
    return tuple(found)


def _stretches(sheet: Examination) -> Iterator[tuple[ConditionRule, Point, datetime, datetime]]:
    """The conditions both of whose ends come from the same point, with the instants of their records."""
    ends: dict[str, dict[str, Origin]] = {}
    for row in sheet.conditions.all():
        origin = read_origin(row.origin) if row.origin else None
        if origin is not None:
            ends.setdefault(row.key, {})[row.moment] = origin
    whole = {key: told for key, told in ends.items() if set(told) == set(MOMENTS)}
    if not whole:
        return
    points = _points(sheet, {origin.code for told in whole.values() for origin in told.values()})
    for rule in _rules(sheet):
        told = whole.get(rule.key, {})
        codes = {origin.code for origin in told.values()}
        point = points.get(next(iter(codes))) if len(codes) == 1 else None
        if point is not None:
            first, last = sorted(origin.at for origin in told.values())
            yield rule, point, first, last


def _rules(sheet: Examination) -> tuple[ConditionRule, ...]:
    procedure, _limits = frozen(sheet.procedure_text, sheet.limits_text)
    return procedure.conditions


def _points(sheet: Examination, codes: set[str]) -> Mapping[str, Point]:
    rows = Point.objects.filter(organisation=sheet.organisation_id, code__in=codes)
    return {point.code: point for point in rows}


def allowed_for(rule: ConditionRule, point: Point, *, on: date) -> Limits:
    """This will give the limits a condition is held to: the procedure's, else those set for the point on the day."""
    if rule.lower is not None or rule.upper is not None:
        return Limits(rule.lower, rule.upper)
    limit = limit_on(point, quantity=rule.key, on=on)
    return Limits(limit.lower, limit.upper) if limit else Limits(None, None)


def _left(rule: ConditionRule, point: Point, start: datetime, end: datetime, *, on: date) -> str:
    """One sentence about the excursions of a condition, '' where there is none."""
    limits = allowed_for(rule, point, on=on)
    runs = excursions_between(point, quantity=rule.key, start=start, end=end, limits=limits)
    if not runs:
        return ""
    told = "; ".join(_run(one, rule.unit) for one in runs[:3])
    more = _(" và {n} lần nữa").format(n=len(runs) - 3) if len(runs) > 3 else ""
    return _("{condition} vượt giới hạn trong khi đo: {told}{more} (điểm {point}).").format(
        condition=said(rule.label, english=is_english()), told=told, more=more, point=point.code
    )


def _run(one: Excursion, unit: str) -> str:
    began, ended = (f"{at.astimezone(HERE):%H:%M}" for at in (one.began_at, one.ended_at))
    span = began if began == ended else f"{began}–{ended}"
    return _("{span}, đến {value}").format(span=span, value=f"{_number(one.extreme)} {unit}")


def _number(value: Decimal) -> str:
    short = value.normalize()
    return format_number(short if short.as_tuple().exponent != 0 else short.quantize(Decimal(1)))


def points_for(sheet: Examination) -> tuple[Point, ...]:
    """This will list the points conditions may be taken from: first the one they were taken from already, then those
    with records of the day, then those of the worksheet's unit.
    """
    midnight = datetime.combine(sheet.performed_on, time.min, tzinfo=HERE)
    told = Record.objects.filter(point=OuterRef("pk"), at__gte=midnight, at__lt=midnight + timedelta(days=1))
    rows = points_of(sheet.organisation).annotate(told=Exists(told))
    used = {origin.code for row in sheet.conditions.all() if (origin := read_origin(row.origin))}
    return tuple(
        sorted(
            rows, key=lambda one: (one.code not in used, not one.told, one.unit_id != sheet.unit_id, one.code)
        )
    )


def offered(
    sheet: Examination, point: Point, *, start: datetime | None, end: datetime | None, english: bool = False
) -> tuple[Offered, ...]:
    """This will tell what a point recorded near two instants for every condition of the worksheet it watches."""
    found = []
    for rule in _rules(sheet):
        if UNITS.get(rule.key) != rule.unit:
            continue
        first = recorded_at(point, quantity=rule.key, at=start) if start else None
        last = recorded_at(point, quantity=rule.key, at=end) if end else None
        left = ""
        if first is not None and last is not None and first.at <= last.at:
            left = _left(rule, point, first.at, last.at, on=sheet.performed_on)
        found.append(Offered(rule.key, said(rule.label, english=english), rule.unit, first, last, left))
    return tuple(found)


def measuring_times(sheet: Examination) -> tuple[time | None, time | None]:
    """This will give the times conditions were taken for already, else those of the first and the last reading of
    the day of measuring.
    """
    taken = {row.moment: origin.at for row in sheet.conditions.all() if (origin := read_origin(row.origin))}
    if taken:
        start, end = (taken[m].time() if m in taken else None for m in MOMENTS)
        return start, end
    instants = [at.astimezone(HERE) for at in sheet.readings.values_list("entered_at", flat=True)]
    same = sorted(at for at in instants if at.date() == sheet.performed_on)
    if not same:
        return None, None
    return same[0].time().replace(second=0, microsecond=0), same[-1].time().replace(second=0, microsecond=0)


def compared(sheet: Examination, *, english: bool = False) -> tuple[list[Compared], list[Silent]]:
    """This will set what was typed against the logger that gave the other conditions of the same moment.

    Also where that logger was silent while measuring.
    """
    rows = list(sheet.conditions.all())
    origins = {(row.key, row.moment): found for row in rows if (found := read_origin(row.origin))}
    if not origins:
        return [], []
    points = _points(sheet, {origin.code for origin in origins.values()})
    labels = {rule.key: (said(rule.label, english=english), rule.unit) for rule in _rules(sheet)}
    told = [
        one for row in rows if not row.origin and (one := _against(row, origins, points, labels)) is not None
    ]
    silent = [
        Silent(point.code, gap.began_at.astimezone(HERE), gap.ended_at.astimezone(HERE))
        for point, start, end in {(p, s, e) for _rule, p, s, e in _stretches(sheet)}
        for gap in silent_between(point, start=start, end=end)
    ]
    return told, silent


def _against(
    row: Condition,
    origins: Mapping[tuple[str, str], Origin],
    points: Mapping[str, Point],
    labels: Mapping[str, tuple[str, str]],
) -> Compared | None:
    origin = next((one for (_key, moment), one in sorted(origins.items()) if moment == row.moment), None)
    point = points.get(origin.code) if origin else None
    label, unit = labels.get(row.key, ("", ""))
    if origin is None or point is None or UNITS.get(row.key) != unit:
        return None
    kept = recorded_at(point, quantity=row.key, at=origin.at)
    if kept is None or _same(row.text, kept.value):
        return None
    return Compared(label, f"{row.text} {unit}", f"{kept.text} {unit}", point.code, kept.at.astimezone(HERE))


def _same(text: str, value: Decimal) -> bool:
    try:
        return parse_number(text) == value
    except NumberRefused:
        return False

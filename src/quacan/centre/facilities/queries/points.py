"""Which places are watched, how they stand, what is allowed there, who answers for them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.base.language.numbers import format_number
from quacan.centre.base.refusals import NotFound, Words
from quacan.centre.facilities.models import Alarm, Point, PointLimit
from quacan.centre.facilities.queries.records import latest_of
from quacan.centre.facilities.rules import HERE, NAMES, UNITS, Limits
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible


def points_seen_by(person: Person, *, on: date) -> QuerySet[Point]:
    """This will list the points a person may see."""
    rows = Point.objects.select_related("organisation", "unit", "keeper")
    return visible(rows, person, "facilities.see", on=on)


def seen_point(person: Person, pk: int, *, on: date) -> Point:
    """This will find one point, refusing the unknown and what one may not see."""
    found = points_seen_by(person, on=on).filter(pk=pk).first()
    if found is None:
        raise NotFound(record=_("điểm theo dõi số {pk}").format(pk=pk))
    return found


def points_of(organisation: Organisation) -> QuerySet[Point]:
    """This will list the points of an organisation that are watched now."""
    return Point.objects.filter(organisation=organisation, is_active=True)


def limit_on(point: Point, *, quantity: str, on: date) -> PointLimit | None:
    """This will give the limit in force on a day."""
    rows = PointLimit.objects.filter(point=point, quantity=quantity, valid_from__lte=on)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on)).order_by("-valid_from").first()


def limits_in_force(point: Point, *, on: date) -> dict[str, PointLimit]:
    """This will give the limits of every quantity in force on a day."""
    rows = PointLimit.objects.filter(point=point, valid_from__lte=on)
    in_force = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on)).order_by("valid_from")
    return {row.quantity: row for row in in_force}


def answerable(point: Point, *, on: date) -> Person | None:
    """This will name who answers for a point: its keeper, else the first who manages and checks there."""
    if point.keeper is not None and point.keeper.is_active:
        return point.keeper
    people = Person.objects.filter(is_active=True, assignments__organisation=point.organisation_id)
    for one in people.distinct().order_by("pk"):
        if all(_may(one, permission, point, on) for permission in ("facilities.manage", "worksheets.check")):
            return one
    return None


def _may(person: Person, permission: str, point: Point, on: date) -> bool:
    return person.may(permission, organisation_id=point.organisation_id, unit_id=point.unit_id, on=on)


def alarms_seen_by(person: Person, *, on: date, permission: str = "facilities.see") -> QuerySet[Alarm]:
    """This will list the alarms of the points where a person holds a permission, the newest first."""
    rows = Alarm.objects.select_related("point__organisation", "limit", "acknowledged_by")
    return visible(
        rows, person, permission, on=on, organisation="point__organisation", unit="point__unit"
    ).order_by("-began_at", "-pk")


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest record of a quantity, and whether it is within what is allowed on its day (None: nothing is set)."""

    quantity: str
    label: Words
    text: str
    unit: str
    at: datetime
    inside: bool | None
    allowed: str


STATES: Final[dict[str, tuple[Words, str]]] = {
    "ok": (gettext_lazy("Trong giới hạn"), "pass"),
    "outside": (gettext_lazy("Ngoài giới hạn"), "fail"),
    "silent": (gettext_lazy("Lâu không có số liệu"), "open"),
    "empty": (gettext_lazy("Chưa có số liệu"), ""),
    "unlimited": (gettext_lazy("Chưa đặt giới hạn"), "open"),
    "closed": (gettext_lazy("Ngừng theo dõi"), ""),
}


@dataclass(frozen=True, slots=True)
class PointState:
    """How a point stands: ok, outside, silent (nothing lately), empty (nothing ever), unlimited (no limits), closed."""

    point: Point
    latest: tuple[Latest, ...]
    last_at: datetime | None
    alarms: int
    state: str

    @property
    def label(self) -> Words:
        """This will say the state in words."""
        return STATES[self.state][0]

    @property
    def tone(self) -> str:
        """This will give the tone the state is shown in."""
        return STATES[self.state][1]

    @property
    def is_alarming(self) -> bool:
        """This will say whether somebody has to look: an alarm waits, or the newest record is outside."""
        return bool(self.alarms) or self.state == "outside"


def point_states(points: QuerySet[Point], *, now: datetime) -> tuple[PointState, ...]:
    """This will tell how points stand at an instant."""
    waiting = Count("alarms", filter=Q(alarms__acknowledged_at__isnull=True))
    rows = points.annotate(waiting=waiting).order_by("-is_active", "code", "pk")
    return tuple(_state(point, point.waiting, now) for point in rows)


def _state(point: Point, alarms: int, now: datetime) -> PointState:
    latest = tuple(_latest(point))
    last_at = max((one.at for one in latest), default=None)
    state = "ok"
    if not point.is_active:
        state = "closed"
    elif last_at is None:
        state = "empty"
    elif any(one.inside is False for one in latest):
        state = "outside"
    elif now - last_at > timedelta(minutes=point.gap_minutes) + timedelta(days=1):
        state = "silent"
    elif any(one.inside is None for one in latest):
        state = "unlimited"
    return PointState(point, latest, last_at, alarms, state)


def _latest(point: Point) -> list[Latest]:
    found = []
    for quantity, record in latest_of(point).items():
        limit = limit_on(point, quantity=quantity, on=record.at.astimezone(HERE).date())
        inside = Limits(limit.lower, limit.upper).allow(record.value) if limit else None
        found.append(
            Latest(
                quantity,
                NAMES[quantity],
                record.text,
                UNITS[quantity],
                record.at,
                inside,
                allowed_words(limit) if limit else "",
            )
        )
    order = list(NAMES)
    return sorted(found, key=lambda one: order.index(one.quantity))


def allowed_words(limit: PointLimit) -> str:
    """This will write limits: 18 ÷ 27 °C."""
    lower, upper = (None if end is None else format_number(short(end)) for end in (limit.lower, limit.upper))
    if lower is not None and upper is not None:
        return f"{lower} ÷ {upper} {limit.unit}"
    return f"≤ {upper} {limit.unit}" if upper is not None else f"≥ {lower} {limit.unit}"


def short(value: Decimal) -> Decimal:
    """This will drop the zeros a stored number ends in."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()

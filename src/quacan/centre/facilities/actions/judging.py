"""Judge records by the limits in force and raise alarms, inside another action's transaction."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, image
from quacan.centre.base.models import FollowUp
from quacan.centre.facilities.models import Alarm, Point, PointLimit, Record
from quacan.centre.facilities.queries import answerable
from quacan.centre.facilities.rules import HERE, Excursion, Limits, excursions
from quacan.centre.followups.actions import open_follow_up

LONGEST_TITLE: Final = 300
DAYS_TO_ANSWER: Final = 3


def judge(act: Act, point: Point, *, quantity: str, first: datetime, last: datetime) -> list[Alarm]:
    """This will judge the records around [first, last] by each limit in force then, and raise or extend alarms."""
    raised: list[Alarm] = []
    for limit in PointLimit.objects.filter(point=point, quantity=quantity).order_by("valid_from"):
        begins, ends = in_force(limit)
        if begins <= last and first < ends:
            raised += _judge(act, limit, max(first, begins), min(last, ends - timedelta(microseconds=1)))
    return raised


def judge_since(act: Act, limit: PointLimit) -> None:
    """This will judge everything recorded while a new limit is in force."""
    begins, ends = in_force(limit)
    raised = _judge(act, limit, begins, ends - timedelta(microseconds=1))
    ask_about(act, limit.point, raised)


def in_force(limit: PointLimit) -> tuple[datetime, datetime]:
    """This will give the instants [from, to) between which a limit is in force."""
    begins = datetime.combine(limit.valid_from, time.min, tzinfo=HERE)
    if limit.valid_to is None:
        return begins, datetime(9999, 1, 1, tzinfo=UTC)
    return begins, datetime.combine(limit.valid_to + timedelta(days=1), time.min, tzinfo=HERE)


def _judge(act: Act, limit: PointLimit, first: datetime, last: datetime) -> list[Alarm]:
    begins, ends = in_force(limit)
    limits = Limits(limit.lower, limit.upper)
    rows = Record.objects.filter(point=limit.point_id, quantity=limit.quantity, at__gte=begins, at__lt=ends)
    start = _inside_before(rows, limits, first)
    stop = _inside_after(rows, limits, last)
    if start is not None:
        rows = rows.filter(at__gte=start)
    if stop is not None:
        rows = rows.filter(at__lte=stop)
    found = list(excursions(rows.order_by("at").values_list("at", "value").iterator(chunk_size=5000), limits))
    return [alarm for one in found if (alarm := _keep(act, limit, one)) is not None]


def _inside_before(rows: QuerySet[Record], limits: Limits, at: datetime) -> datetime | None:
    """The last instant before *at* whose record is inside: no excursion reaches across it."""
    for found, value in rows.filter(at__lt=at).order_by("-at").values_list("at", "value").iterator():
        if limits.allow(value):
            return found
    return None


def _inside_after(rows: QuerySet[Record], limits: Limits, at: datetime) -> datetime | None:
    for found, value in rows.filter(at__gt=at).order_by("at").values_list("at", "value").iterator():
        if limits.allow(value):
            return found
    return None


def _keep(act: Act, limit: PointLimit, one: Excursion) -> Alarm | None:
    """Raise the alarm of an excursion, or extend the one it already has; None where nothing is new.

    An answered alarm whose excursion turns out longer or farther is open again: the answer was about less.
    """
    same = Alarm.objects.filter(
        point=limit.point_id, quantity=limit.quantity, began_at__lte=one.ended_at, ended_at__gte=one.began_at
    )
    alarm = same.order_by("began_at").first()
    if alarm is None:
        alarm = Alarm.objects.create(
            point=limit.point,
            quantity=limit.quantity,
            limit=limit,
            began_at=one.began_at,
            ended_at=one.ended_at,
            extreme=one.extreme,
        )
        act.created(alarm)
        return alarm
    if (alarm.began_at, alarm.ended_at, alarm.extreme) == (one.began_at, one.ended_at, one.extreme):
        return None
    before = image(alarm)
    alarm.began_at, alarm.ended_at, alarm.extreme = one.began_at, one.ended_at, one.extreme
    was_answered = alarm.acknowledged_at is not None
    alarm.acknowledged_by = alarm.acknowledged_at = None
    alarm.save()
    act.changed(alarm, before)
    return alarm if was_answered else None


def ask_about(act: Act, point: Point, raised: Sequence[Alarm]) -> None:
    """This will ask who answers for the point to look into new alarms: one follow-up for all of one deed."""
    owner = answerable(point, on=act.on)
    if not raised or owner is None:
        return
    days = sorted({one.began_at.astimezone(HERE).date() for one in raised})
    span = f"{days[0]:%d/%m/%Y}" + (f" – {days[-1]:%d/%m/%Y}" if len(days) > 1 else "")
    title = _("Xem xét {n} cảnh báo môi trường ở {point} ({span})").format(
        n=len(raised), point=point, span=span
    )
    follow_up: FollowUp = open_follow_up(
        act,
        point.organisation,
        kind="environment",
        title=title[:LONGEST_TITLE],
        owner=owner.username,
        due_on=act.on + timedelta(days=DAYS_TO_ANSWER),
        subject=f"facilities.Point:{point.pk}",
    )
    for alarm in raised:
        before = image(alarm)
        alarm.follow_up = follow_up
        alarm.save(update_fields=["follow_up"])
        act.changed(alarm, before)

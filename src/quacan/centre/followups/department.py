"""What follow-ups bring to the house."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import Department, Lane, Record, Rows, Task
from quacan.centre.base.models import FollowUp
from quacan.centre.followups.moves import FOLLOW_UP
from quacan.centre.followups.queries import (
    follow_ups_seen_by,
    full_name_of,
    left_behind,
    open_follow_ups,
    to_confirm,
)
from quacan.centre.people.models import Person


def _mine(person: Person, on: date) -> Rows:
    return open_follow_ups(person)


def _mine_task(follow_up: FollowUp, on: date) -> Task:
    text = gettext("giao bởi {who}").format(who=full_name_of(follow_up.asked_by))
    return Task(follow_up.title, text, reverse("followups:follow_up", args=[follow_up.pk]), follow_up.due_on)


def _to_confirm(person: Person, on: date) -> Rows:
    return to_confirm(person, on=on)


def _left_behind(person: Person, on: date) -> Rows:
    return left_behind(person, on=on)


def _left_task(follow_up: FollowUp, on: date) -> Task:
    text = gettext("giao cho {who}, đã nghỉ").format(who=full_name_of(follow_up.owner))
    return Task(follow_up.title, text, reverse("followups:follow_up", args=[follow_up.pk]), follow_up.due_on)


def _confirm_task(follow_up: FollowUp, on: date) -> Task:
    text = f"{full_name_of(follow_up.owner)}: {follow_up.evidence}"
    return Task(follow_up.title, text, reverse("followups:follow_up", args=[follow_up.pk]))


DEPARTMENT = Department(
    name=_("Việc phải làm"),
    permissions={
        "followups.open": _("giao việc"),
        "followups.finish": _("báo xong việc được giao"),
        "followups.confirm": _("xác nhận việc đã giao"),
        "followups.oversee": _("theo dõi việc của cơ quan"),
    },
    lanes=(
        Lane(
            "confirm", "", _("Việc đã giao, chờ xác nhận xong"), _("Xem"), "", _to_confirm, _confirm_task, 180
        ),
        Lane(
            "left_behind",
            "",
            _("Việc của người đã nghỉ, cần giao lại"),
            _("Giao lại"),
            "followups.oversee",
            _left_behind,
            _left_task,
            185,
        ),
        Lane("follow_ups", "", _("Việc phải làm"), _("Xem"), "", _mine, _mine_task, 190),
    ),
    records=(
        Record(
            "base.FollowUp",
            _("Việc phải làm"),
            "followups:follow_up",
            rows=lambda person, on: follow_ups_seen_by(person, on=on),
        ),
    ),
    moves=(FOLLOW_UP,),
    deeds={"followups.open_follow_up": _("giao việc")},
)

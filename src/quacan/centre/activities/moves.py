"""What is done with an activity, and by whom: two people stand behind every figure."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from quacan.centre.activities.models import Activity
from quacan.centre.activities.refusals import SelfConfirmed
from quacan.centre.base.actors import Actor
from quacan.centre.base.moves import Moves
from quacan.centre.base.refusals import Refusal
from quacan.centre.people.queries import people_with

CONFIRMING = "activities.confirm"


def _a_second_person(activity: Activity, actor: Actor, on: date) -> Iterator[Refusal]:
    typed = {activity.recorded_by, activity.changed_by}
    if actor.username not in typed:
        return
    others = [
        one.full_name
        for one in people_with(CONFIRMING, activity.organisation, on=on)
        if one.username not in typed
    ]
    nobody = _now("chưa có ai; nhờ người quản trị phân vai trò cho người thứ hai")
    yield SelfConfirmed(person=actor.full_name, others=", ".join(others) or nobody)


LIVING = frozenset({Activity.State.DRAFT, Activity.State.CONFIRMED})

ACTIVITY = Moves(
    "activities.Activity",
    ends=frozenset({Activity.State.CONFIRMED, Activity.State.CANCELLED}),
    tones={"draft": "open", "confirmed": "pass"},
)
CONFIRM = ACTIVITY.move(
    "confirm", _("Xác nhận"), CONFIRMING, source=Activity.State.DRAFT, target=Activity.State.CONFIRMED,
    hindrances=_a_second_person, icon="badge-check", tone="go",
)  # fmt: skip
CHANGE = ACTIVITY.move(
    "change", _("Sửa"), "activities.record", source=LIVING, target=Activity.State.DRAFT, icon="pencil"
)
ATTACH = ACTIVITY.move("attach", _("Đính kèm"), "activities.record", source=LIVING, icon="upload")
CANCEL = ACTIVITY.move(
    "cancel", _("Hủy"), "activities.record", source=LIVING, target=Activity.State.CANCELLED,
    reason=_("Lý do hủy"), tone="danger",
)  # fmt: skip

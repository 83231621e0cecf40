"""Answer an alarm: what happened, and what it means for the work done meanwhile."""

from quacan.centre.base.act import Act, action
from quacan.centre.base.moves import is_open
from quacan.centre.facilities.models import Alarm
from quacan.centre.facilities.moves import ACKNOWLEDGE
from quacan.centre.followups.actions import finish_follow_up
from quacan.centre.followups.moves import FINISH
from quacan.centre.people.models import Person


@action(ACKNOWLEDGE)
def acknowledge_alarm(act: Act, alarm: Alarm) -> Alarm:
    """This will answer an alarm with the reason; its follow-up is reported done when its owner answers the last."""
    note = " ".join(act.reason.split())[:500]
    answerer = Person.objects.get(username=act.actor.username)
    act.moved(alarm, acknowledged_by=answerer, acknowledged_at=act.at, note=note)
    _finish(act, alarm, note)
    return alarm


def _finish(act: Act, alarm: Alarm, note: str) -> None:
    asked = alarm.follow_up
    if asked is None or not is_open(FINISH, asked, act.actor, on=act.on):
        return
    if not Alarm.objects.filter(follow_up=asked, acknowledged_at__isnull=True).exists():
        finish_follow_up(act, asked, evidence=note)

"""Answer an alarm: what happened, and what it means for the work done meanwhile."""

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image
from quacan.centre.base.models import FollowUp
from quacan.centre.base.refusals import FieldMissing
from quacan.centre.facilities.models import Alarm
from quacan.centre.facilities.refusals import AlreadyAcknowledged
from quacan.centre.followups.actions import finish_follow_up
from quacan.centre.people.models import Person


@action("facilities.manage")
def acknowledge_alarm(act: Act, alarm: Alarm, *, note: str) -> Alarm:
    """This will answer an alarm with a note; the last answer of a follow-up reports it done, when its owner answers."""
    point = alarm.point
    act.require(point.organisation, unit_id=point.unit_id)
    alarm = Alarm.objects.select_for_update().get(pk=alarm.pk)
    if alarm.acknowledged_by is not None:
        raise AlreadyAcknowledged(person=alarm.acknowledged_by.full_name)
    note = " ".join(note.split())[:500]
    if not note:
        raise FieldMissing(field=_("Đã xem xét thế nào"))
    before = image(alarm)
    alarm.acknowledged_by = Person.objects.get(username=act.actor.username)
    alarm.acknowledged_at, alarm.note = act.at, note
    alarm.save(update_fields=["acknowledged_by", "acknowledged_at", "note"])
    act.changed(alarm, before)
    _finish(act, alarm, note)
    return alarm


def _finish(act: Act, alarm: Alarm, note: str) -> None:
    asked = alarm.follow_up
    if asked is None or asked.state != FollowUp.State.OPEN or asked.owner != act.actor.username:
        return
    waits = Alarm.objects.filter(follow_up=asked, acknowledged_at__isnull=True).exists()
    if not waits:
        finish_follow_up(act, asked, evidence=note)

"""Ask for something to be done by a day, report it done with evidence, confirm it."""

from datetime import date

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action
from quacan.centre.base.models import FollowUp
from quacan.centre.base.refusals import FieldMissing
from quacan.centre.followups.moves import CALL_OFF, CONFIRM, FINISH, PASS_ON
from quacan.centre.followups.refusals import AlreadyTheirs
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person


@action("followups.open")
def open_follow_up(
    act: Act,
    organisation: Organisation,
    *,
    kind: str,
    title: str,
    owner: str,
    due_on: date,
    subject: str = "",
) -> FollowUp:
    """This will ask somebody to do something by a day."""
    act.require(organisation)
    if not title.strip():
        raise FieldMissing(field=_("Việc phải làm"))
    follow_up = FollowUp.objects.create(
        book=organisation.code,
        kind=kind,
        subject=subject,
        title=title.strip(),
        owner=owner,
        asked_by=act.actor.username,
        asked_on=act.on,
        due_on=due_on,
    )
    act.created(follow_up)
    return follow_up


@action(FINISH)
def finish_follow_up(act: Act, follow_up: FollowUp, *, evidence: str) -> FollowUp:
    """This will report a follow-up done, with evidence."""
    if not evidence.strip():
        raise FieldMissing(field=_("Minh chứng"))
    act.moved(follow_up, evidence=evidence.strip(), done_at=act.at)
    return follow_up


@action(CONFIRM)
def confirm_follow_up(act: Act, follow_up: FollowUp) -> FollowUp:
    """This will confirm that a follow-up is done."""
    act.moved(follow_up, confirmed_by=act.actor.username)
    return follow_up


@action(PASS_ON)
def pass_on_follow_up(act: Act, follow_up: FollowUp, *, owner: Person) -> FollowUp:
    """Gives an open task to somebody else, with a reason."""
    if owner.username == follow_up.owner:
        raise AlreadyTheirs(person=owner.full_name)
    act.moved(follow_up, owner=owner.username)
    return follow_up


@action(CALL_OFF)
def call_off_follow_up(act: Act, follow_up: FollowUp) -> FollowUp:
    """Takes a task back, with a reason; nobody has to do it any more."""
    act.moved(follow_up)
    return follow_up

"""What is done with a follow-up, and by whom.

Its owner reports it done and who asked confirms. Who oversees follow-ups steps in where one of the two cannot: passes
the task on, calls it off, confirms what is not their own. So nothing waits for somebody who has left.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.models import FollowUp
from quacan.centre.base.moves import Moves, Place
from quacan.centre.base.refusals import Refusal
from quacan.centre.followups.queries import full_name_of, oversees
from quacan.centre.followups.refusals import NotTheAsker, NotTheOwner, OwnTask
from quacan.centre.organisation.models import Organisation


def _place(follow_up: FollowUp) -> Place:
    return Organisation.objects.get(code=follow_up.book), None


def _only_the_owner(follow_up: FollowUp, actor: Actor, on: date) -> Iterator[Refusal]:
    if follow_up.owner != actor.username:
        yield NotTheOwner(owner=full_name_of(follow_up.owner))


def _asker_or_overseer(follow_up: FollowUp, actor: Actor, on: date) -> Iterator[Refusal]:
    if follow_up.asked_by != actor.username and not oversees(actor, follow_up, on=on):
        yield NotTheAsker(asker=full_name_of(follow_up.asked_by))


def _confirmer(follow_up: FollowUp, actor: Actor, on: date) -> Iterator[Refusal]:
    yield from _asker_or_overseer(follow_up, actor, on)
    if follow_up.owner == actor.username and follow_up.asked_by != actor.username:
        yield OwnTask()


FOLLOW_UP = Moves(
    "base.FollowUp",
    ends=frozenset({"confirmed", "cancelled"}),
    place=_place,
    tones={"done": "info", "confirmed": "pass"},
)
FINISH = FOLLOW_UP.move(
    "finish", _("Báo xong"), "followups.finish", source="open", target="done", hindrances=_only_the_owner,
    icon="check", tone="go",
)  # fmt: skip
CONFIRM = FOLLOW_UP.move(
    "confirm", _("Xác nhận hoàn thành"), "followups.confirm", source="done", target="confirmed",
    hindrances=_confirmer, icon="badge-check", tone="go",
)  # fmt: skip
PASS_ON = FOLLOW_UP.move(
    "pass_on", _("Giao cho người khác"), "followups.open", source="open", hindrances=_asker_or_overseer,
    reason=_("Vì sao đổi người"), icon="users",
)  # fmt: skip
CALL_OFF = FOLLOW_UP.move(
    "call_off", _("Rút việc đã giao"), "followups.open", source=("open", "done"), target="cancelled",
    hindrances=_asker_or_overseer, reason=_("Vì sao rút"), icon="x", tone="danger",
)  # fmt: skip

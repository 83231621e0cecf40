"""What is done with a follow-up, and by whom: its owner reports it done, who asked confirms."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.models import FollowUp
from quacan.centre.base.moves import Moves, Place
from quacan.centre.base.refusals import Refusal
from quacan.centre.followups.queries import full_name_of
from quacan.centre.followups.refusals import NotTheAsker, NotTheOwner
from quacan.centre.organisation.models import Organisation


def _place(follow_up: FollowUp) -> Place:
    return Organisation.objects.get(code=follow_up.book), None


def _only_the_owner(follow_up: FollowUp, actor: Actor, on: date) -> Iterator[Refusal]:
    if follow_up.owner != actor.username:
        yield NotTheOwner(owner=full_name_of(follow_up.owner))


def _only_the_asker(follow_up: FollowUp, actor: Actor, on: date) -> Iterator[Refusal]:
    if follow_up.asked_by != actor.username:
        yield NotTheAsker(asker=full_name_of(follow_up.asked_by))


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
    hindrances=_only_the_asker, icon="badge-check", tone="go",
)  # fmt: skip

"""What is done with a visit: it is changed while expected, let in, shown out, or called off."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.moves import Moves
from quacan.centre.base.refusals import Refusal
from quacan.centre.visitors.models import Visit
from quacan.centre.visitors.refusals import NotItsDay, NoUndertaking


def _not_ready(visit: Visit, actor: Actor, on: date) -> Iterator[Refusal]:
    if visit.expected_on != on:
        yield NotItsDay(on=visit.expected_on)
    if visit.rooms and not visit.undertaking:
        yield NoUndertaking(visitor=visit.visitor, rooms=visit.rooms)


VISIT = Moves(
    "visitors.Visit",
    ends=frozenset({"left", "cancelled"}),
    tones={"expected": "open", "inside": "info"},
)
CHANGE = VISIT.move("change", _("Sửa"), "visitors.record", source="expected", icon="pencil")
ADMIT = VISIT.move(
    "admit", _("Khách đến"), "visitors.record", source="expected", target="inside", hindrances=_not_ready,
    icon="check", tone="go",
)  # fmt: skip
SHOW_OUT = VISIT.move(
    "show_out", _("Khách ra về"), "visitors.record", source="inside", target="left", tone="go"
)
CANCEL = VISIT.move(
    "cancel", _("Không đến"), "visitors.record", source="expected", target="cancelled", reason=_("Vì sao"),
    icon="x", tone="danger",
)  # fmt: skip

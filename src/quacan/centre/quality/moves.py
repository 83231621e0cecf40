"""What is done with a simulation and with nonconforming work: by whom, and what hinders it."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.moves import Moves
from quacan.centre.base.refusals import Refusal
from quacan.centre.quality.models import Nonconformity, Simulation
from quacan.centre.quality.queries import affected, open_follow_ups_of
from quacan.centre.quality.refusals import (
    FollowUpsOpen,
    NonconformityKnown,
    NothingAffected,
    SimulationStale,
)


def _why_not_opened(simulation: Simulation, actor: Actor, on: date) -> Iterator[Refusal]:
    """A result that was used already, is no longer complete, or found nothing."""
    known = Nonconformity.objects.filter(simulation=simulation).first()
    if known is not None:
        yield NonconformityKnown(number=known.number)
        return
    now = affected(simulation.standard, from_on=simulation.from_on, to_on=simulation.to_on).count()
    if now != simulation.done:
        yield SimulationStale(done=simulation.done, total=now)
    elif not simulation.done:
        yield NothingAffected()


SIMULATION = Moves(
    "quality.Simulation",
    ends=frozenset({Simulation.State.COMPLETE}),
    tones={Simulation.State.RUNNING: "open"},
)
ADVANCE = SIMULATION.move(
    "advance", _("Tính tiếp"), "quality.record", source=Simulation.State.RUNNING,
    target=(Simulation.State.RUNNING, Simulation.State.COMPLETE),
)  # fmt: skip
OPEN = SIMULATION.move(
    "open_nonconformity", _("Mở điểm không phù hợp"), "quality.record", source=Simulation.State.COMPLETE,
    hindrances=_why_not_opened, icon="flag", tone="go",
)  # fmt: skip


def _follow_ups_open(nonconformity: Nonconformity, actor: Actor, on: date) -> Iterator[Refusal]:
    waiting = open_follow_ups_of(nonconformity).count()
    if waiting:
        yield FollowUpsOpen(count=waiting)


NONCONFORMITY = Moves(
    "quality.Nonconformity",
    ends=frozenset({Nonconformity.State.CLOSED}),
    tones={Nonconformity.State.OPEN: "open", Nonconformity.State.CLOSED: "pass"},
)
CLOSE = NONCONFORMITY.move(
    "close", _("Đóng điểm không phù hợp"), "quality.record", source=Nonconformity.State.OPEN,
    target=Nonconformity.State.CLOSED, hindrances=_follow_ups_open, icon="check", tone="go",
)  # fmt: skip

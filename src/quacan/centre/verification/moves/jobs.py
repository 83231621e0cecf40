"""Opening the worksheet of a job: only its performer does, and only once."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.moves import Moves, Place
from quacan.centre.base.refusals import Refusal
from quacan.centre.contracts.models import Job
from quacan.centre.examinations.refusals import NotPerformer
from quacan.centre.verification.moves.worksheets import RECORD


def _place(job: Job) -> Place:
    return job.order.organisation, job.order.unit_id


def _by_whom_it_was_given_to(job: Job, actor: Actor, on: date) -> Iterator[Refusal]:
    if job.performer.username != actor.username:
        yield NotPerformer(performer=job.performer.full_name, number=job.order.number)


MEASURING = Moves("contracts.Job", ends=frozenset({"done", "cancelled"}), place=_place)
"""Of a job, only what measuring does with it; its other moves are those of contracts."""
OPEN = MEASURING.move(
    "open_worksheet", _("Mở phiếu"), RECORD, source="waiting", hindrances=_by_whom_it_was_given_to,
    icon="clipboard-check", tone="go",
)  # fmt: skip

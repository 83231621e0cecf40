"""What is done with a batch as a whole, and with the files its bench wrote."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.moves import Moves, Place
from quacan.centre.base.refusals import Refusal
from quacan.centre.examinations.moves import not_the_checker
from quacan.centre.examinations.refusals import NotPerformer, SamePerson
from quacan.centre.verification.models import Batch, BatchFile, Worksheet
from quacan.centre.verification.moves.worksheets import CHECK, RECORD
from quacan.centre.verification.queries.batches import living
from quacan.centre.verification.refusals import NoneAtStage


def _by_its_performer(batch: Batch, actor: Actor, on: date) -> Iterator[Refusal]:
    if batch.performer.username != actor.username:
        yield NotPerformer(performer=batch.performer.full_name, number=batch.number)


def _while_measuring(batch: Batch, actor: Actor, on: date) -> Iterator[Refusal]:
    yield from _by_its_performer(batch, actor, on)
    yield from _none_at(batch, Worksheet.State.DRAFT)


def _to_be_checked(batch: Batch, actor: Actor, on: date) -> Iterator[Refusal]:
    if batch.performer.username == actor.username:
        yield SamePerson(person=batch.performer.full_name, number=batch.number)
        return
    yield from _none_at(batch, Worksheet.State.SUBMITTED)
    first = living(batch).filter(state=Worksheet.State.SUBMITTED).first()
    if first is not None:
        yield from not_the_checker(first, actor)


def _none_at(batch: Batch, state: Worksheet.State) -> Iterator[Refusal]:
    if not living(batch).filter(state=state).exists():
        yield NoneAtStage(number=batch.number, stage=str(state.label))


BATCH = Moves(
    "verification.Batch", ends=frozenset({"open"}), state=lambda batch: "open", stage=lambda batch: ""
)
"""A batch has no state of its own: each of its worksheets has one."""
ATTACH_FILE = BATCH.move(
    "attach_file",
    _("Nhập tệp"),
    RECORD,
    source="open",
    hindrances=_by_its_performer,
    icon="upload",
    tone="go",
)
SHARE_STANDARD = BATCH.move(
    "share_standard", _("Dùng cho cả lô"), RECORD, source="open", hindrances=_while_measuring
)
SUBMIT_BATCH = BATCH.move(
    "submit",
    _("Gửi soát xét cả lô"),
    RECORD,
    source="open",
    hindrances=_while_measuring,
    icon="send",
    tone="go",
)
APPROVE_BATCH = BATCH.move(
    "approve", _("Duyệt lô"), CHECK, source="open", hindrances=_to_be_checked, icon="badge-check", tone="go"
)


def _place(file: BatchFile) -> Place:
    return file.batch.organisation, file.batch.unit_id


def _by_the_performer_of_the_batch(file: BatchFile, actor: Actor, on: date) -> Iterator[Refusal]:
    yield from _by_its_performer(file.batch, actor, on)


BATCH_FILE = Moves(
    "verification.BatchFile",
    ends=frozenset({"recorded"}),
    place=_place,
    tones={"mapping": "open", "weighing": "open", "weighed": "open", "recording": "open", "recorded": "pass"},
)
MAP_FILE = BATCH_FILE.move(
    "map", _("Đọc lại cột"), RECORD, source={"mapping", "weighing", "weighed", "recorded"}, target="weighing",
    hindrances=_by_the_performer_of_the_batch,
)  # fmt: skip
WEIGH_FILE = BATCH_FILE.move(
    "weigh", _("Tính kết luận"), RECORD, source="weighing", target=("weighing", "weighed"),
    hindrances=_by_the_performer_of_the_batch,
)  # fmt: skip
RECORD_FILE = BATCH_FILE.move(
    "record", _("Ghi vào phiếu"), RECORD, source={"weighed", "recording"}, target=("recording", "recorded"),
    hindrances=_by_the_performer_of_the_batch, tone="go",
)  # fmt: skip

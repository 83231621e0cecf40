"""What is done with the photos and seals of a worksheet once they are on it: they are withdrawn, never deleted."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.moves import Move, Moves, Place, wrong_stage
from quacan.centre.base.refusals import Refusal
from quacan.centre.examinations.models import Photo, Seal
from quacan.centre.verification.moves.worksheets import ADD_PHOTOS, RECORD, RECORD_SEAL

Piece = Photo | Seal


def _place(record: Piece) -> Place:
    return record.examination.organisation, record.examination.unit_id


def _state(record: Piece) -> str:
    return "withdrawn" if record.withdrawn_reason else "standing"


def _stage(record: Piece) -> str:
    return gettext("đã rút") if record.withdrawn_reason else gettext("đang đứng")


def _while_photos_are_added(photo: Photo, actor: Actor, on: date) -> Iterator[Refusal]:
    yield from _as(ADD_PHOTOS, photo, actor, on)


def _while_seals_are_recorded(seal: Seal, actor: Actor, on: date) -> Iterator[Refusal]:
    yield from _as(RECORD_SEAL, seal, actor, on)


def _as(move: Move, record: Piece, actor: Actor, on: date) -> Iterator[Refusal]:
    """What hinders a move of its worksheet hinders this one."""
    if not move.starts_from(record.examination):
        yield wrong_stage(move, record.examination)
    yield from move.hindrances(record.examination, actor, on)


ENDS = frozenset({"standing", "withdrawn"})
PHOTO = Moves("examinations.Photo", ends=ENDS, place=_place, state=_state, stage=_stage)
WITHDRAW_PHOTO = PHOTO.move(
    "withdraw",
    _("Rút ảnh"),
    RECORD,
    source="standing",
    reason=_("Lý do rút"),
    hindrances=_while_photos_are_added,
)
SEAL = Moves("examinations.Seal", ends=ENDS, place=_place, state=_state, stage=_stage)
WITHDRAW_SEAL = SEAL.move(
    "withdraw", _("Rút dòng niêm phong"), RECORD, source="standing", reason=_("Lý do rút"),
    hindrances=_while_seals_are_recorded,
)  # fmt: skip

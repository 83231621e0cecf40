"""What is done with the photos and seals of a worksheet once they are on it: they are withdrawn, never deleted."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.moves import Moves, Place, wrong_stage
from quacan.centre.base.refusals import Refusal
from quacan.centre.verification.models import Photo, Seal
from quacan.centre.verification.moves.worksheets import ADD_EVIDENCE, RECORD

Piece = Photo | Seal


def _place(record: Piece) -> Place:
    return record.worksheet.organisation, record.worksheet.unit_id


def _state(record: Piece) -> str:
    return "withdrawn" if record.withdrawn_reason else "standing"


def _stage(record: Piece) -> str:
    return gettext("đã rút") if record.withdrawn_reason else gettext("đang đứng")


def _while_measuring(record: Piece, actor: Actor, on: date) -> Iterator[Refusal]:
    sheet = record.worksheet
    if not ADD_EVIDENCE.starts_from(sheet):
        yield wrong_stage(ADD_EVIDENCE, sheet)
    yield from ADD_EVIDENCE.hindrances(sheet, actor, on)


ENDS = frozenset({"standing", "withdrawn"})
PHOTO = Moves("verification.Photo", ends=ENDS, place=_place, state=_state, stage=_stage)
WITHDRAW_PHOTO = PHOTO.move(
    "withdraw", _("Rút ảnh"), RECORD, source="standing", reason=_("Lý do rút"), hindrances=_while_measuring
)
SEAL = Moves("verification.Seal", ends=ENDS, place=_place, state=_state, stage=_stage)
WITHDRAW_SEAL = SEAL.move(
    "withdraw", _("Rút dòng niêm phong"), RECORD, source="standing", reason=_("Lý do rút"),
    hindrances=_while_measuring,
)  # fmt: skip

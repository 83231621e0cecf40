"""What is done with a test: measured by its performer, sent, checked by another, and reported."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.moves import Moves, Place
from quacan.centre.examinations.moves import (
    Sheet,
    by_a_fit_performer,
    by_its_performer,
    ready_to_approve,
    ready_to_send,
    sheet_of,
)

RECORD: Final = "worksheets.record"
CHECK: Final = "worksheets.check"


def _place(record: Sheet) -> Place:
    sheet = sheet_of(record)
    return sheet.organisation, sheet.unit_id


TEST = Moves(
    "laboratory.PlaceTest",
    ends=frozenset({"issued", "void"}),
    place=_place,
    state=lambda record: str(sheet_of(record).state),
    stage=lambda record: str(sheet_of(record).get_state_display()),
    tones={"submitted": "info", "issued": "pass", "void": "fail"},
)
ENTER = TEST.move(
    "enter", _("Ghi số đọc"), RECORD, source="draft", hindrances=by_a_fit_performer, icon="pencil"
)
USE_STANDARD = TEST.move("use_standard", _("Chọn chuẩn"), RECORD, source="draft", hindrances=by_its_performer)
SUBMIT = TEST.move(
    "submit", _("Kết thúc, gửi soát xét"), RECORD, source="draft", target="submitted",
    hindrances=ready_to_send, icon="send", tone="go",
)  # fmt: skip
REPORT = TEST.move(
    "report", _("Duyệt, ban hành phiếu kết quả"), CHECK, source="submitted", target="issued",
    hindrances=ready_to_approve, icon="badge-check", tone="go",
)  # fmt: skip
RETURN = TEST.move(
    "return",
    _("Trả lại"),
    CHECK,
    source="submitted",
    target="draft",
    reason=_("Lý do trả lại"),
    icon="undo-2",
)
VOID = TEST.move(
    "void", _("Bỏ phép thử"), RECORD, source="draft", target="void", reason=_("Lý do bỏ"),
    hindrances=by_its_performer, icon="x", tone="danger",
)  # fmt: skip

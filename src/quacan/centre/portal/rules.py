"""Decisions about the public door on plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal, Words

LOOKUPS: Final = 60
"""So many look-ups an address may make in a minute; enough for a queue of phones, too few to copy a register."""

WINDOW: Final = 60
"""Seconds after which an address may look up again."""


class TooManyLookups(Refusal):
    obstacle = _("Địa chỉ mạng này vừa tra cứu quá {limit} lần trong một phút.")
    remedy = _("Chờ một phút rồi thử lại.")
    status = 429


@dataclass(frozen=True, slots=True)
class Sentence:
    """The one big answer: tone, sign, word, and what it means."""

    tone: str
    sign: str
    word: Words
    meaning: Words


ANSWERS: Final[Mapping[str, Sentence]] = {
    "valid": Sentence(
        "pass", "check", _("Còn hiệu lực"), _("Phương tiện đo đã kiểm định đạt và còn trong thời hạn.")
    ),
    "expired": Sentence(
        "open", "clock", _("Hết thời hạn"), _("Phương tiện đo phải được kiểm định lại trước khi dùng tiếp.")
    ),
    "superseded": Sentence(
        "open", "arrow", _("Đã được thay thế"), _("Giấy này không còn giá trị; đã có giấy mới thay cho nó.")
    ),
    "revoked": Sentence("fail", "cross", _("Đã bị thu hồi"), _("Giấy này không còn giá trị.")),
    "failed": Sentence(
        "fail", "cross", _("Không đạt"), _("Phương tiện đo không đạt kiểm định, không được dùng.")
    ),
    "broken": Sentence(
        "fail",
        "cross",
        _("Chưa xác nhận được"),
        _("Tệp lưu không còn đúng như khi ban hành. Hãy hỏi tổ chức kiểm định."),
    ),
}


def answer(standing: str, *, file_whole: bool) -> Sentence:
    """This will give the big answer; a file that is no longer what was issued never reads as valid."""
    if standing == "valid" and not file_whole:
        return ANSWERS["broken"]
    return ANSWERS[standing]

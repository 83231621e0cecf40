"""How figures, sources and answers are worded on the screens of a worksheet."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from quacan.centre.base.language.numbers import format_number
from quacan.centre.base.language.texts import is_english

MOST_DECIMALS: Final = 6
MINUS: Final = "\u2212"


def choice_words() -> dict[str, str]:
    """This will name the answers of a checklist."""
    return {"ok": _("Đạt"), "defect": _("Không đạt"), "not_applicable": _("Không áp dụng")}


def number(value: Decimal, decimals: int | None, *, signed: bool = False) -> str:
    """This will write a computed value: the declared decimals, or every digit up to six places."""
    places = int(value.as_tuple().exponent)
    if decimals is None and places < -MOST_DECIMALS:
        decimals = MOST_DECIMALS
    if decimals is not None and value and abs(value) * 2 < Decimal(1).scaleb(-decimals):
        decimals = -value.adjusted()  # never show what is not zero as zero
    text = format_number(value, decimals, "technical", "en" if is_english() else "vi")
    if text.startswith("-"):
        return MINUS + text[1:]
    return f"+{text}" if signed and value > 0 else text


def confidence_word(code: str) -> str:
    """This will name how far a source may be trusted."""
    words = {
        "high": _("tin cậy cao"),
        "medium": _("tin cậy vừa"),
        "low": _("tin cậy thấp, chưa đối chiếu văn bản"),
        "house": _("quy ước của hệ thống"),
    }
    return words.get(code, code)

"""What standards are standards of: the words procedures ask for, said as people say them."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Words

QUANTITIES: Final[dict[str, Words]] = {
    "mass": _("Khối lượng"),
    "volume": _("Dung tích"),
    "pressure": _("Áp suất"),
    "length": _("Độ dài"),
    "temperature": _("Nhiệt độ"),
    "relative humidity": _("Độ ẩm"),
    "moisture content": _("Độ ẩm của vật liệu"),
    "mass concentration": _("Nồng độ khối lượng"),
    "electrical": _("Đại lượng điện (nhiều loại)"),
    "voltage": _("Điện áp"),
    "current": _("Dòng điện"),
    "electrical resistance": _("Điện trở"),
    "electrical energy": _("Điện năng"),
    "transformer ratio": _("Tỉ số biến"),
    "X-ray quantities": _("Đại lượng tia X"),
    "frequency": _("Tần số"),
    "force": _("Lực"),
    "time": _("Thời gian"),
}
"""Offered to choose from."""
FORMER: Final[dict[str, Words]] = {
    "humidity": _("Độ ẩm"),
    "resistance": _("Điện trở"),
    "energy": _("Điện năng"),
}
"""Offered once, asked for by no procedure: standards entered under them keep their word."""


def quantity_of(word: str) -> str:
    """The quantity a word stands for, in whatever case; one nobody knows stays as it was typed."""
    typed = word.strip().casefold()
    named = (code for code, name in QUANTITIES.items() if typed in (code.casefold(), str(name).casefold()))
    return next(named, word.strip())


def word_of_quantity(kind: str) -> str:
    """This will say a quantity as people do; one nobody knows stays as it was typed."""
    return str(QUANTITIES.get(kind) or FORMER.get(kind) or kind)

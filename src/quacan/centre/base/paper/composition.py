"""Text as it is printed: composed Unicode, no control characters; values as plain data for a template."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, cast

from django.utils.translation import gettext as _

from quacan.centre.base.language.folding import nfc
from quacan.centre.base.paper.refusal import PaperRefused
from quacan.metrology.rounding import vietnamese_text

Value = TypeVar("Value")

_DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ALLOWED_CONTROLS = frozenset("\n\t")
_SAME_MEANING = str.maketrans(
    {"\u2103": "°C", "\u2109": "°F", "\r": "\n"}
)  # signs that no Times metric font draws


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A wording in Vietnamese with its smaller English line (TT 24/2013 art. 41)."""

    vi: str
    en: str = ""


def composed_text(text: str) -> str:
    """This will give text in composed form (NFC), refusing what could hide or reorder letters."""
    clean = nfc(text.replace("\r\n", "\n")).translate(_SAME_MEANING)
    for letter in clean:
        if letter in _DIRECTION_OVERRIDES or (_is_control(letter) and letter not in _ALLOWED_CONTROLS):
            raise _hidden_character(letter, clean)
    return clean


def composed(value: Value) -> Value:
    """This will give the same frozen value with every text inside it composed; types are kept."""
    return cast(Value, _composed(value))


def plain_data(value: object) -> Any:
    """This will turn a frozen value into what JSON carries: dates dd/MM/yyyy, Decimals in Vietnamese form."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain_data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(item) for item in value]
    return _plain_leaf(value)


def day_text(on: date) -> str:
    """This will write a day as dd/MM/yyyy."""
    return f"{on.day:02d}/{on.month:02d}/{on.year}"


def long_day_text(on: date | None) -> str:
    """This will write a day as official documents do, a zero before days under 10 and months 1 and 2.

    NĐ 30/2020, annex I. Without a day the places stay open, to be filled at signing.
    """
    if on is None:
        return "ngày … tháng … năm …"
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def _composed(value: Any) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return composed_text(value)
    if isinstance(value, tuple):
        return tuple(_composed(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{field.name: _composed(getattr(value, field.name)) for field in fields(value)})
    return value


def _plain_leaf(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return vietnamese_text(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return day_text(value)
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(f"a paper cannot carry {type(value).__name__}")


def _is_control(letter: str) -> bool:
    return ord(letter) < 32 or 127 <= ord(letter) < 160


def _hidden_character(letter: str, text: str) -> PaperRefused:
    shown = "".join(sign if sign.isprintable() else "·" for sign in text[:60])
    problem = _("Chữ “{text}” có ký tự ẩn U+{code:04X}; xóa ký tự đó.").format(text=shown, code=ord(letter))
    return PaperRefused(paper=_("văn bản"), problems=[problem])

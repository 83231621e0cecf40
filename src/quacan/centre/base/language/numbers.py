"""Numbers and money as documents print them."""

from decimal import Decimal
from typing import Final, Literal

from quacan.metrology.rounding import RoundingMode, plain_text, round_to, vietnamese_text

Language = Literal["vi", "en"]
Style = Literal["administrative", "technical"]

NO_BREAK_SPACE: Final = "\u00a0"
_BILLION: Final = 1_000_000_000
_MILLION: Final = 1_000_000
_UNITS: Final[dict[str, tuple[int, str, str]]] = {
    "tỷ": (_BILLION, "tỷ đồng", "billion VND"),
    "triệu": (_MILLION, "triệu đồng", "million VND"),
    "nghìn": (1_000, "nghìn đồng", "thousand VND"),
    "đồng": (1, "đồng", "VND"),
}


def format_number(
    value: Decimal | int,
    decimals: int | None = None,
    style: Style = "administrative",
    lang: Language = "vi",
) -> str:
    """This will print a number: 1.234.567,891 in documents, 1 400 (narrow spaces) in technical records.

    `decimals` rounds halves away from zero; without it every digit given is kept. English prints
    1,234,567.891. Raises TypeError for a float, ValueError for a number that is not finite.
    """
    number = _exact(value)
    if decimals is not None:
        number = round_to(number, -decimals, RoundingMode.HALF_UP)
    if lang == "en":
        return _grouped(number, ",", ".")
    return vietnamese_text(number) if style == "technical" else _grouped(number, ".", ",")


def format_percent(value: Decimal | int, decimals: int = 1, lang: Language = "vi") -> str:
    """This will print a percentage already multiplied by 100: 100,2 % with a space that does not break."""
    return f"{format_number(value, decimals, lang=lang)}{NO_BREAK_SPACE}%"


def format_money(amount: int, lang: Language = "vi") -> str:
    """This will print whole đồng: 50.074.800 đồng, in English 50,074,800 VND; raises TypeError for no int."""
    return f"{format_number(_whole(amount), lang=lang)} {'VND' if lang == 'en' else 'đồng'}"


def money_short(
    amount: int,
    unit: Literal["tỷ", "triệu", "nghìn", "đồng"] | None = None,
    decimals: int = 2,
    lang: Language = "vi",
) -> str:
    """This will print money in the unit that suits its size, rounded: 11,5 tỷ đồng, 50,07 triệu đồng.

    A named unit is kept whatever the size, as budget tables want: 11.497 triệu đồng. Zeros at the end of
    the decimals are left out. Raises TypeError for anything but whole đồng.
    """
    size, unit_vi, unit_en = _UNITS[unit or _fitting_unit(abs(_whole(amount)))]
    share = round_to(Decimal(amount) / size, -decimals, RoundingMode.HALF_UP)
    return f"{format_number(_without_end_zeros(share), lang=lang)} {unit_en if lang == 'en' else unit_vi}"


def two_digit(count: int, noun: str = "") -> str:
    """This will print a count as documents do, with at least two digits: 02 hồ sơ, 1.287 hồ sơ.

    Raises ValueError for a negative count: one never has less than no dossiers.
    """
    if count < 0:
        raise ValueError(f"Số đếm không được âm, đang là {count}.")
    digits = f"0{count}" if count < 10 else format_number(count)
    return f"{digits} {noun}" if noun else digits


def _exact(value: Decimal | int) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise TypeError(f"Cần số nguyên hoặc Decimal, đang là {type(value).__name__}.")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"Không in được số không hữu hạn: {value}.")
    return number


def _whole(amount: int) -> int:
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise TypeError(f"Số tiền là số nguyên đồng, đang là {type(amount).__name__}.")
    return amount


def _grouped(number: Decimal, gap: str, point: str) -> str:
    whole, _, fraction = plain_text(number).partition(".")
    sign = "-" if whole.startswith("-") else ""
    grouped = sign + format(int(whole.removeprefix("-")), ",").replace(",", gap)
    return f"{grouped}{point}{fraction}" if fraction else grouped


def _fitting_unit(size: int) -> str:
    if size >= _BILLION:
        return "tỷ"
    return "triệu" if size >= _MILLION else "đồng"


def _without_end_zeros(number: Decimal) -> Decimal:
    return number.to_integral_value() if number == number.to_integral_value() else number.normalize()

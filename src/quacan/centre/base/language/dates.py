"""Dates as documents print them."""

from datetime import date
from typing import Final

from quacan.centre.base.language.numbers import Language

MONTHS_EN: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS_EN: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS_VI: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def format_date(day: date, lang: Language = "vi") -> str:
    """This will print a day: 20/11/2026, in English 20 Nov 2026."""
    if lang == "en":
        return f"{day.day} {MONTHS_EN[day.month - 1][:3]} {day.year}"
    return f"{day.day:02}/{day.month:02}/{day.year}"


def format_month(day: date) -> str:
    """This will print the month of a day as a stamp shows it: 05/2019."""
    return f"{day.month:02}/{day.year}"


def date_words(day: date, lang: Language = "vi") -> str:
    """This will print a day as official documents do: ngày 05 tháng 02 năm 2026.

    Days below 10 and the months 1 and 2 take a zero, other months none (NĐ 30/2020/NĐ-CP, annex I).
    """
    if lang == "en":
        return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def weekday_name(day: date, lang: Language = "vi") -> str:
    """This will name the weekday: thứ Hai … Chủ nhật, in English Monday … Sunday."""
    return _WEEKDAYS_EN[day.weekday()] if lang == "en" else _WEEKDAYS_VI[day.weekday()]

"""Reporting periods as values: a code, a first day and a last day."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from quacan.centre.base.language.dates import MONTHS_EN
from quacan.centre.base.language.texts import Text

_CODE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<nine>9M)|M?(?P<month>[0-9]{2})))?"
)
_ROMAN = ("I", "II", "III", "IV")


class PeriodRefused(ValueError):
    """A period code that cannot be read; carries the code."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(
            f"Không đọc được mã kỳ “{code}”. Hãy viết theo một trong các dạng: 2022 (cả năm), "
            "2022-Q1 … 2022-Q4 (quý), 2022-H1 hoặc 2022-H2 (6 tháng), 2022-9M (9 tháng), 2022-M06 (tháng)."
        )


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A reporting period; both ends belong to it."""

    start: date
    end: date
    code: str

    @property
    def year(self) -> int:
        """This will give the calendar year the period lies in."""
        return self.start.year

    @property
    def months(self) -> tuple[int, ...]:
        """This will give the months of the period as integers such as 202206."""
        return tuple(self.year * 100 + month for month in range(self.start.month, self.end.month + 1))

    @property
    def months_to_date(self) -> tuple[int, ...]:
        """This will give the months from January to the end of the period (luỹ kế từ đầu năm)."""
        return tuple(self.year * 100 + month for month in range(1, self.end.month + 1))

    @property
    def title(self) -> Text:
        """This will give the period as a reader names it: “6 tháng đầu năm 2022”, “first six months of 2022”."""
        return Text(self._vietnamese, self._english)

    @property
    def _vietnamese(self) -> str:
        suffix = self.code[5:]
        if not suffix:
            return f"năm {self.year}"
        if suffix[0] == "Q":
            return f"quý {_ROMAN[int(suffix[1]) - 1]} năm {self.year}"
        if suffix[0] == "M":
            return f"tháng {self.start.month} năm {self.year}"
        return f"{ {'H1': '6 tháng đầu', 'H2': '6 tháng cuối', '9M': '9 tháng đầu'}[suffix] } năm {self.year}"

    @property
    def _english(self) -> str:
        suffix = self.code[5:]
        if not suffix:
            return f"year {self.year}"
        if suffix[0] == "Q":
            return f"quarter {_ROMAN[int(suffix[1]) - 1]} of {self.year}"
        if suffix[0] == "M":
            return f"{MONTHS_EN[self.start.month - 1]} {self.year}"
        words = {"H1": "first six months", "H2": "last six months", "9M": "first nine months"}
        return f"{words[suffix]} of {self.year}"

    def contains(self, day: date) -> bool:
        """This will say whether the day lies in the period, both ends included."""
        return self.start <= day <= self.end

    def same_period_last_year(self) -> "Period":
        """This will give the period of the same shape one year earlier."""
        return period(f"{self.year - 1:04}{self.code[4:]}")


def period(code: str) -> Period:
    """This will read a period code: 2022, 2022-Q1, 2022-H1, 2022-9M, 2022-M06 or 2022-06.

    Raises PeriodRefused, with the accepted forms, when the code is none of them.
    """
    found = _CODE.fullmatch(code.strip())
    if found is None:
        raise PeriodRefused(code)
    year = int(found["year"])
    first, last = _month_span(found)
    if year == 0 or not 1 <= first <= 12:
        raise PeriodRefused(code)
    canonical = f"{year:04}-M{first:02}" if found["month"] else found.group()
    return Period(start=date(year, first, 1), end=_last_day(year, last), code=canonical)


def month_period(day: date) -> Period:
    """This will give the month that holds the day."""
    return period(f"{day.year:04}-M{day.month:02}")


def year_month(day: date) -> int:
    """This will give the month of a day as an integer such as 202206."""
    return day.year * 100 + day.month


def end_of_month_after(day: date, months: int) -> date:
    """This will give the last day of the month that lies so many months after the month of `day`.

    A certificate is valid to the end of a month: 10/05/2018 and 12 months give 31/05/2019. Raises ValueError
    for a negative number of months.
    """
    if months < 0:
        raise ValueError(f"Số tháng không được âm, đang là {months}.")
    years, month = divmod(day.month - 1 + months, 12)
    return _last_day(day.year + years, month + 1)


def _month_span(found: "re.Match[str]") -> tuple[int, int]:
    if found["quarter"]:
        last = int(found["quarter"]) * 3
        return last - 2, last
    if found["half"]:
        last = int(found["half"]) * 6
        return last - 5, last
    if found["nine"]:
        return 1, 9
    if found["month"]:
        return int(found["month"]), int(found["month"])
    return 1, 12


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])

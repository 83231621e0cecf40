"""The line of the year: what was done month by month beside the straight line of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from quacan.centre.base.charts.axes import Mark, roomy, round_marks, trimmed
from quacan.centre.base.charts.values import Axis, Chart, Line, Spot, Spots, Table
from quacan.centre.base.language.numbers import format_number

MILLION: Final = Decimal(1_000_000)
ROOM: Final = Decimal("0.08")


@dataclass(frozen=True, slots=True)
class Month:
    """The sum from January to the end of a month."""

    number: int
    value: Decimal


def year_chart(
    months: Sequence[Month],
    plan: Decimal,
    *,
    year: int,
    unit: str,
    is_money: bool = False,
    english: bool = False,
) -> Chart:
    """The chart of a year; *months* are running sums from January, *plan* the target; money stands in millions."""
    size = MILLION if is_money else Decimal(1)
    unit = _("triệu đồng") if is_money else unit
    done = (
        (date(year, 1, 1), Decimal(0)),
        *((_end_of(year, one.number), one.value / size) for one in months),
    )
    _low, high = roomy([Decimal(0), plan / size, *(value for _on, value in done)], share=ROOM)
    start, end = date(year, 1, 1), _end_of(year, 12)

    def text(value: Decimal) -> str:
        return format_number(trimmed(value), lang="en" if english else "vi")

    def share(month: int) -> Decimal:
        return (plan * month / 12 / size).quantize(Decimal("0.1"))

    told = _("Luỹ kế từ đầu năm {value}, kế hoạch cả năm {plan}").format(
        value=text(done[-1][1]), plan=text(plan / size)
    )
    marks = round_marks(Decimal(0), high, english=english)
    return Chart(
        alt=f"{told} {unit}".strip(),
        x=Axis(low=start, high=end, marks=_months(year)),
        y=Axis(
            title=unit,
            low=Decimal(0),
            high=high,
            marks=tuple(Mark(mark.at, text(mark.at)) for mark in marks if isinstance(mark.at, Decimal)),
            has_grid=True,
        ),
        layers=(
            Line((((start, Decimal(0)), (end, plan / size)),), tone="field-line", is_dashed=True),
            Line((done,), width=2.5),
            Spots((Spot(*done[-1], words=text(done[-1][1])),)),
        ),
        english=english,
        table=Table(
            (_("Tháng"), _("Luỹ kế"), _("Kế hoạch chia đều")),
            tuple((str(one.number), text(one.value / size), text(share(one.number))) for one in months),
        ),
    )


def _end_of(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


def _months(year: int) -> tuple[Mark, ...]:
    """Each month is named at its middle."""
    middles = (date(year, month, 1) + timedelta(days=14) for month in range(1, 13))
    return tuple(Mark(day, _("T{month}").format(month=day.month)) for day in middles)

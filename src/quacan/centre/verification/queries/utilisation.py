"""How much a standard is used: worksheets and readings by month, and by whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import TruncMonth

from quacan.centre.examinations.models import Reading, StandardUse
from quacan.centre.standards.models import Standard
from quacan.centre.verification.models import Worksheet

MONTHS = 12


@dataclass(frozen=True, slots=True)
class MonthOfUse:
    """One month: its first day, worksheets the standard served, readings bound to it that stand."""

    month: date
    worksheets: int
    readings: int


@dataclass(frozen=True, slots=True)
class UserOfStandard:
    """Somebody who measured with it: worksheets and the last day."""

    name: str
    worksheets: int
    last_on: date


@dataclass(frozen=True, slots=True)
class Utilisation:
    """A year's use of a standard, month by month (the newest first), with its users, the busiest first."""

    months: tuple[MonthOfUse, ...]
    users: tuple[UserOfStandard, ...]
    worksheets: int
    readings: int
    most: int


def utilisation(standard: Standard, *, on: date) -> Utilisation:
    """This will count what a standard was used for in the twelve months ending with that of *on*; void worksheets no.

    A reading that two standards support is counted with the one it is bound to; the worksheet with both.
    """
    since = _months_back(on, MONTHS - 1)
    uses = StandardUse.objects.filter(
        certificate__standard=standard, examination__performed_on__range=(since, on)
    ).exclude(examination__state=Worksheet.State.VOID)
    sheets = {
        row["month"]: row["n"]
        for row in uses.annotate(month=TruncMonth("examination__performed_on"))
        .values("month")
        .annotate(n=Count("examination", distinct=True))
        .order_by()
    }
    readings = _readings(standard, since, on)
    months = tuple(
        MonthOfUse(month, sheets.get(month, 0), readings.get(month, 0))
        for month in (_months_back(on, back) for back in range(MONTHS))
    )
    return Utilisation(
        months=months,
        users=_users(
            uses.values_list(
                "examination_id", "examination__performer__full_name", "examination__performed_on"
            )
        ),
        worksheets=sum(one.worksheets for one in months),
        readings=sum(one.readings for one in months),
        most=max(one.worksheets for one in months),
    )


def _readings(standard: Standard, since: date, on: date) -> dict[date, int]:
    newer = Reading.objects.filter(
        examination=OuterRef("examination"), cell=OuterRef("cell"), revision__gt=OuterRef("revision")
    )
    rows = Reading.objects.filter(
        ~Exists(newer),
        standard_certificate__standard=standard,
        examination__performed_on__range=(since, on),
    )
    rows = rows.exclude(text="").exclude(examination__state=Worksheet.State.VOID)
    by_month = rows.annotate(month=TruncMonth("examination__performed_on")).values("month")
    return {row["month"]: row["n"] for row in by_month.annotate(n=Count("id")).order_by()}


def _users(rows: Iterable[tuple[int, str, date]]) -> tuple[UserOfStandard, ...]:
    sheets: dict[str, dict[int, date]] = defaultdict(dict)
    for key, name, day in rows:
        sheets[name][key] = day
    found = [UserOfStandard(name, len(days), max(days.values())) for name, days in sheets.items()]
    return tuple(sorted(found, key=lambda one: (-one.worksheets, one.name)))


def _months_back(on: date, count: int) -> date:
    index = on.year * 12 + on.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)

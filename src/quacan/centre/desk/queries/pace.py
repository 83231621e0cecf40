"""Whether the year's plan is kept: value, plan and the share of the year that is over."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from quacan.centre.base.language.numbers import money_short
from quacan.centre.base.language.texts import Text
from quacan.centre.base.periods import Period, period
from quacan.centre.base.templatetags.face import language, number_text
from quacan.centre.desk.queries.addresses import address_of_report
from quacan.centre.desk.rules import Month
from quacan.centre.organisation.models import Organisation
from quacan.centre.planning.queries import targets_of
from quacan.centre.reporting.definitions import indicators_in_force
from quacan.centre.reporting.queries import figure, scope_of
from quacan.metrology.rounding import round_to

SHOWN: Final = 4
HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Pace:
    """One indicator against its target of the year."""

    code: str
    name: Text
    unit: Text
    value: Decimal | None
    plan: Decimal
    percent: Decimal | None
    href: str

    @property
    def is_money(self) -> bool:
        """This will say whether the indicator counts whole đồng, which read better in tỷ and triệu."""
        return self.unit.vi == "đồng" and self.value is not None

    @property
    def dong(self) -> int:
        return int(self.value or 0)

    @property
    def plan_text(self) -> str:
        """This will print the target as the value beside it is printed."""
        return money_short(int(self.plan), lang=language()) if self.is_money else number_text(self.plan)

    def is_behind(self, elapsed: Decimal) -> bool:
        """This will say whether less of the plan is done than of the year is over."""
        return self.percent is not None and self.percent < elapsed


@dataclass(frozen=True, slots=True)
class PlanKept:
    """The paces of an organisation's targets in a year, with the share of the year that is over (per cent)."""

    year: int
    elapsed: Decimal
    paces: tuple[Pace, ...]


def plan_kept(organisation: Organisation, *, on: date) -> PlanKept:
    """This will set the targets of the year, in the order they were set, against what the book says today."""
    year = period(f"{on.year:04}")
    known = indicators_in_force(on)
    targets = targets_of(organisation, year)
    scope = scope_of(organisation, year, live=True)
    chosen = [(code, target) for code, target in targets.items() if code in known][:SHOWN]
    paces = []
    for code, target in chosen:
        found = figure(scope, known[code], plan=target)
        href = address_of_report(organisation.code, year.code, indicator=code)
        one = known[code]
        kept = Pace(code, one.name, one.unit, found.value, target, found.percent_of_plan, href)
        paces.append(kept)
    return PlanKept(on.year, elapsed(year, on=on), tuple(paces))


def elapsed(year: Period, *, on: date) -> Decimal:
    """This will give the share of a period that is over at the end of a day, in per cent with one decimal."""
    days = (year.end - year.start).days + 1
    return round_to(HUNDRED * ((on - year.start).days + 1) / days, -1)


def running_sums(organisation: Organisation, code: str, *, on: date) -> tuple[Month, ...]:
    """This will add up an indicator month by month from January to the month of the day."""
    known = indicators_in_force(on)[code]
    total, months = Decimal(0), []
    for number in range(1, on.month + 1):
        month = scope_of(organisation, period(f"{on.year:04}-M{number:02}"), live=True)
        total += figure(month, known).value or Decimal(0)
        months.append(Month(number, total))
    return tuple(months)

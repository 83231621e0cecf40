"""Reads of plans and targets, now or as they stood at an instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.periods import Period, period
from quacan.centre.base.refusals import NotFound
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible
from quacan.centre.planning.models import Plan, Target
from quacan.centre.planning.rules import share_of


@dataclass(frozen=True, slots=True)
class Goal:
    """The target that counts for an indicator in a period: its value, the period it was set for, its version."""

    value: Decimal
    period: Period
    version: int

    def due_in(self, wanted: Period) -> Decimal:
        """This will give the part of the target that *wanted* should bring."""
        return self.value * share_of(wanted, goal_period=self.period)


def goals_of(organisation: Organisation, wanted: Period, *, at: datetime | None = None) -> dict[str, Goal]:
    """This will give, by indicator, the target for the period, else for its whole year; *at* ignores later versions."""
    rows = Target.objects.filter(
        plan__organisation=organisation,
        plan__year=wanted.year,
        period__in=[wanted.code, str(wanted.year)],
        unit_key=0,
    )
    if at is not None:
        rows = rows.filter(recorded_at__lte=at)
    found: dict[str, Goal] = {}
    for row in rows.order_by("version", "id"):
        known = found.get(row.indicator)
        if known is None or row.period == wanted.code or known.period.code != wanted.code:
            found[row.indicator] = Goal(Decimal(row.value), period(row.period), row.version)
    return found


def targets_of(
    organisation: Organisation, wanted: Period, *, at: datetime | None = None
) -> dict[str, Decimal]:
    """This will give the values of ``goals_of``."""
    return {code: goal.value for code, goal in goals_of(organisation, wanted, at=at).items()}


def plans(person: Person, *, on: date) -> QuerySet[Plan]:
    """This will list the plans a person may see."""
    rows = Plan.objects.select_related("organisation")
    return visible(rows, person, "plans.see", on=on, unit=None)


def plan(person: Person, key: int, *, on: date) -> Plan:
    """This will find a plan a person may see, refusing any other as unknown."""
    found = plans(person, on=on).filter(pk=key).first()
    if found is None:
        raise NotFound(record=_("kế hoạch"))
    return found


def versions_of(chosen: Plan) -> Mapping[tuple[str, str, int], tuple[Target, ...]]:
    """This will give every version of every target of a plan by indicator, period and unit, newest first."""
    found: dict[tuple[str, str, int], list[Target]] = {}
    for target in chosen.targets.select_related("unit").order_by(
        "indicator", "period", "unit_key", "-version"
    ):
        found.setdefault((target.indicator, target.period, target.unit_key), []).append(target)
    return {key: tuple(targets) for key, targets in found.items()}

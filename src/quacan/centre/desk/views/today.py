"""The first page: what waits, what is late, whether the plan is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quacan.centre.base import doors
from quacan.centre.base.language.texts import is_english
from quacan.centre.desk.queries.day import day_of
from quacan.centre.desk.queries.pace import plan_kept, running_sums
from quacan.centre.desk.rules import year_chart
from quacan.centre.followups.queries import may_ask
from quacan.centre.people.queries import home, person_of


def today(request: HttpRequest) -> HttpResponse:
    """A person's day; those who may see plans also see whether the year's plan is kept."""
    person, on = person_of(request), doors.today()
    organisation = home(person, on=on)
    values: dict[str, Any] = {"day": day_of(person, on=on), "on": on, "plan": None, "line": None}
    values["may_ask"] = organisation is not None and may_ask(person, organisation, on=on)
    if organisation is not None and person.may(
        "plans.see", organisation_id=organisation.pk, unit_id=None, on=on
    ):
        plan = plan_kept(organisation, on=on)
        values["plan"] = plan
        if plan.paces:
            first = plan.paces[0]
            values["line"] = year_chart(
                running_sums(organisation, first.code, on=on), first.plan, year=on.year,
                unit=str(first.unit), is_money=first.is_money, english=is_english(),
            )  # fmt: skip
    return render(request, "desk/today.html", values)

"""The first page: what waits, what is late, whether the plan is kept."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from quacan.centre.base.actors import HERE
from quacan.centre.base.language.texts import is_english
from quacan.centre.desk.today.chart import year_chart
from quacan.centre.desk.today.pace import plan_kept, running_sums
from quacan.centre.desk.today.queries import day_of
from quacan.centre.followups.queries import may_ask
from quacan.centre.people.models import Person
from quacan.centre.people.queries import home


def today(request: HttpRequest) -> HttpResponse:
    """This will show a person's day; those who may see plans also see whether the year's plan is kept."""
    person = cast(Person, request.user)
    on = timezone.now().astimezone(HERE).date()
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

"""The uncertainty budgets of a worksheet on the screen."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quacan.centre.base.doors import today
from quacan.centre.examinations import queries as reads
from quacan.centre.examinations.rules.subjects import VERIFICATION
from quacan.centre.people.queries import person_of
from quacan.centre.verification import queries


@require_GET
def budgets(request: HttpRequest, key: int) -> HttpResponse:
    """This will show the budgets of a worksheet; ``mo-hinh`` and ``diem`` open one, ``mc`` asks for Monte Carlo."""
    person, on = person_of(request), today()
    found = queries.worksheet(person, key, on=on)
    model = request.GET.get("mo-hinh", "")
    asked = (int(model), request.GET.get("diem", "")) if model.isdecimal() else None
    page = reads.budgets_page(found, drawn=request.GET.get("mc") == "1", asked=asked)
    context = {"sheet": found, "budgets": page}
    template = "parts/budgets_body.html" if getattr(request, "htmx", False) else "budgets.html"
    return render(request, f"verification/{template}", context)


def budgets_context(found: reads.GatheredSheet, *, typing: bool) -> dict[str, Any]:
    """This will give the panel of budgets where it is shown at once: in calibration and testing."""
    if found.sheet.terms.service == VERIFICATION:
        return {"budgets": None}
    page = reads.budgets_page(found.sheet, typing=typing, result=found.result, shapes=found.budgets)
    return {"budgets": page}

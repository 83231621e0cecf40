"""Doors of the search: the dialog asks while one types, the page keeps what was asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quacan.centre.base.doors import today
from quacan.centre.base.language.folding import fold
from quacan.centre.desk.queries.hits import SHORTEST, found_for
from quacan.centre.people.queries import person_of

IN_DIALOG = 5
ON_PAGE = 20


def found(request: HttpRequest) -> HttpResponse:
    """This will show the records that match what was typed, department by department."""
    asked = request.GET.get("q", "").strip()[:200]
    partial = bool(getattr(request, "htmx", False))
    groups = found_for(person_of(request), asked, on=today(), most=IN_DIALOG if partial else ON_PAGE)
    values = {"asked": asked, "groups": groups, "short": len(fold(asked).replace(" ", "")) < SHORTEST}
    return render(request, "desk/hits.html" if partial else "desk/found.html", values)

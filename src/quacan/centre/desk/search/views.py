"""Doors of the search: the dialog asks while one types, the page keeps what was asked."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from quacan.centre.base.actors import HERE
from quacan.centre.base.language.folding import fold
from quacan.centre.desk.search.queries import SHORTEST, found_for
from quacan.centre.people.models import Person

IN_DIALOG = 5
ON_PAGE = 20


def found(request: HttpRequest) -> HttpResponse:
    """This will show the records that match what was typed, department by department."""
    asked = request.GET.get("q", "").strip()[:200]
    partial = bool(getattr(request, "htmx", False))
    on = timezone.now().astimezone(HERE).date()
    groups = found_for(cast(Person, request.user), asked, on=on, most=IN_DIALOG if partial else ON_PAGE)
    values = {"asked": asked, "groups": groups, "short": len(fold(asked).replace(" ", "")) < SHORTEST}
    return render(request, "desk/hits.html" if partial else "desk/found.html", values)

"""The door of a standard's use, seen from the worksheets."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quacan.centre.base.doors import today
from quacan.centre.people.queries import person_of
from quacan.centre.standards.moves import heading_offers
from quacan.centre.standards.queries import standard_context, standard_seen_by
from quacan.centre.verification.queries.utilisation import utilisation


@require_safe
def standard_use(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show how much a standard was used in a year, by month and by whom."""
    on, person = today(), person_of(request)
    found = standard_seen_by(person, pk, on=on)
    context = {
        **standard_context(found, on, tab="use"),
        **heading_offers(found, person, on),
        "use": utilisation(found, on=on),
    }
    return render(request, "verification/standard_use.html", context)

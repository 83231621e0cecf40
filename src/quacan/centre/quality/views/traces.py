"""The traceability tree of a certificate, and that of a standard."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quacan.centre.base.doors import today
from quacan.centre.certificates.queries import outcome
from quacan.centre.people.models import Person
from quacan.centre.quality.queries import certificate_tree, outcomes_resting_on, standard_chains
from quacan.centre.standards.queries import standard_seen_by

SHOWN = 30


@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """This will draw what a certificate rests on, from its readings up to what its standards trace to."""
    on, person = today(), cast(Person, request.user)
    found = outcome(person, pk, on=on)
    return render(request, "quality/certificate_tree.html", {"tree": certificate_tree(found), "found": found})


@require_safe
def standard(request: HttpRequest, pk: int) -> HttpResponse:
    """This will draw what a standard traces to, and list the newest certificates that rest on it."""
    on, person = today(), cast(Person, request.user)
    found = standard_seen_by(person, pk, on=on)
    rows = list(outcomes_resting_on(person, found, on=on)[: SHOWN + 1])
    context = {
        "standard": found,
        "chains": standard_chains(found, on=on),
        "outcomes": rows[:SHOWN],
        "more": len(rows) > SHOWN,
        "may_simulate": person.may(
            "quality.record", organisation_id=found.organisation_id, unit_id=None, on=on
        ),
    }
    return render(request, "quality/standard_tree.html", context)

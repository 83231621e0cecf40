"""The traceability tree of a certificate, and that of a standard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quacan.centre.base.doors import today
from quacan.centre.certificates.queries import outcome
from quacan.centre.people.queries import person_of
from quacan.centre.quality.queries import certificate_tree, may_record, outcomes_resting_on, standard_chains
from quacan.centre.standards.queries import standard_seen_by

SHOWN = 30


@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """What a certificate rests on, from its readings up to what its standards trace to."""
    found = outcome(person_of(request), pk, on=today())
    return render(request, "quality/certificate_tree.html", {"tree": certificate_tree(found), "found": found})


@require_safe
def standard(request: HttpRequest, pk: int) -> HttpResponse:
    """What a standard traces to, and the newest certificates that rest on it."""
    on, person = today(), person_of(request)
    found = standard_seen_by(person, pk, on=on)
    rows = list(outcomes_resting_on(person, found, on=on)[: SHOWN + 1])
    context = {
        "standard": found,
        "chains": standard_chains(found, on=on),
        "outcomes": rows[:SHOWN],
        "more": len(rows) > SHOWN,
        "may_simulate": may_record(person, organisation_id=found.organisation_id, on=on),
    }
    return render(request, "quality/standard_tree.html", context)

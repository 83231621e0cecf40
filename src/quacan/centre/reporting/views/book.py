"""The door of the book: entries by measure, source and day; reversals tied to what they undo; the head of the chain."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quacan.centre.base.doors import today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import paginate
from quacan.centre.ledger.models import ClosedPeriod, Entry, Head, MonthSum
from quacan.centre.people.queries import organisations_of, person_of, visible
from quacan.centre.reporting.queries.labels import sources
from quacan.centre.reporting.tables import book_listing
from quacan.centre.reporting.views.figures import SHOWN_WITH, entry_row, may_see_amount


@require_safe
def book(request: HttpRequest) -> HttpResponseBase:
    """This will list the entries of the books a person may see."""
    on, person = today(), person_of(request)
    organisations = organisations_of(person, "ledger.see", on=on)
    rows = visible(Entry.objects.select_related(*SHOWN_WITH), person, "ledger.see", on=on)
    measures = (
        MonthSum.objects.filter(organisation__in=organisations)
        .order_by("measure")
        .values_list("measure", flat=True)
        .distinct()
    )
    listing = book_listing(
        measures,
        sources(),
        amount=lambda entry: entry.amount if may_see_amount(person, entry, on=on) else None,
    )
    if file := exported(request, rows, listing, on=on):
        return file
    page = paginate(rows, listing, request.GET.dict())
    context = {
        "page": page.of(lambda entry: entry_row(entry, person, on=on)),
        "heads": Head.objects.filter(organisation__in=organisations).select_related("organisation"),
        "closed": ClosedPeriod.objects.filter(organisation__in=organisations)
        .select_related("organisation")
        .order_by("-start", "organisation_id")[:12],
    }
    return render(request, "reporting/book.html", context)

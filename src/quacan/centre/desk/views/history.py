"""The door of the audit trail."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from quacan.centre.base.doors import admit, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import paginate
from quacan.centre.desk.queries.history import full_names, lines_seen_by, opening, sealed_for, shown
from quacan.centre.desk.tables import history_listing
from quacan.centre.people.queries import person_of


def audit(request: HttpRequest) -> HttpResponseBase:
    """Who did what when, with before and after, for those who may see the audit trail."""
    admit(request, "audit.see", None)
    person, on = person_of(request), today()
    rows, sealed = lines_seen_by(person, on=on), sealed_for(person, on=on)
    listing = history_listing(sealed)
    if (file := exported(request, rows, listing, on=on)) is not None:
        return file
    page = paginate(rows, listing, request.GET)
    names = full_names(page.rows)
    opens = opening(page.rows, person, on=on)
    return render(request, "desk/audit.html", {"page": page.of(lambda row: shown(row, names, sealed, opens))})

"""Doors of the visitors' register."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.act import Act
from quacan.centre.base.doors import act_from, admit, edit_page, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import paginate
from quacan.centre.base.moves import offers
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.queries import people_with, person_of, workplace
from quacan.centre.visitors import actions
from quacan.centre.visitors.forms import VisitForm, initial_of
from quacan.centre.visitors.models import Visit
from quacan.centre.visitors.moves import VISIT
from quacan.centre.visitors.queries import visit_seen_by, visits
from quacan.centre.visitors.tables import LISTING


def _opened(visit: Visit) -> str:
    return reverse("visitors:visit", args=[visit.pk])


@require_safe
def register(request: HttpRequest) -> HttpResponseBase:
    """Lists visits, with search, filters and export."""
    person, on = person_of(request), today()
    rows = visits(person, on=on)
    if file := exported(request, rows, LISTING, on=on):
        return file
    context = {
        "page": paginate(rows, LISTING, request.GET.dict()),
        "may_record": person.may("visitors.record", organisation_id=None, unit_id=None, on=on),
    }
    return render(request, "visitors/register.html", context)


@require_safe
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows one visit, what may be done with it now, and what was done."""
    person, on = person_of(request), today()
    found = visit_seen_by(person, pk, on=on)
    shown = {one.move.name: one for one in offers(VISIT, found, person, on=on)}
    context = {"visit": found, "offers": shown}
    return render(request, "visitors/visit.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Enters a visitor."""
    organisation = workplace(person_of(request), "visitors.record", on=today())
    admit(request, "visitors.record", organisation)
    return _form(
        request, None, organisation, lambda act, form: actions.expect_visitor(act, organisation, form.draft)
    )


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes a visit that has not begun."""
    found = visit_seen_by(person_of(request), pk, on=today())
    admit(request, "visitors.record", found.organisation, unit_id=found.unit_id)
    return _form(
        request,
        found,
        found.organisation,
        lambda act, form: actions.change_visit(
            act, found, form.draft, version=form.cleaned_data["version"] or 0
        ),
    )


@require_POST
def admit_visitor(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets a visitor in."""
    return _moved(request, pk, actions.admit_visitor)


@require_POST
def show_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Records that a visitor has left."""
    return _moved(request, pk, actions.show_out)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Records that a visitor did not come."""
    return _moved(request, pk, actions.cancel_visit)


def _moved(request: HttpRequest, pk: int, deed: Callable[[Act, Visit], Visit]) -> HttpResponse:
    found = visit_seen_by(person_of(request), pk, on=today())
    return redirect(_opened(deed(act_from(request), found)))


def _form(
    request: HttpRequest,
    found: Visit | None,
    organisation: Organisation,
    deed: Callable[[Act, VisitForm], Visit],
) -> HttpResponse:
    person, on = person_of(request), today()
    people = people_with("followups.finish", organisation, on=on)
    form = VisitForm(request.POST or None, people=people, initial=initial_of(found, host=person, on=on))
    return edit_page(
        request,
        form,
        lambda act, given: deed(act, form),
        template="visitors/form.html",
        done=_opened,
        said=_("Đã ghi lượt khách."),
        context={"visit": found},
    )

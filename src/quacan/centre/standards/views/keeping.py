"""Doors of who has a standard, where it is and what was done to it; and of everything that is due."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.act import Act
from quacan.centre.base.doors import edit_page, today
from quacan.centre.base.exporting import csv_lines
from quacan.centre.base.moves import offer
from quacan.centre.base.refusals import NotFound
from quacan.centre.base.shapes import Moment
from quacan.centre.people.queries import person_of
from quacan.centre.standards import actions
from quacan.centre.standards.forms import LoanForm, MaintenanceForm, PlaceForm, ReturnForm
from quacan.centre.standards.models import Standard
from quacan.centre.standards.moves import GIVE_BACK, LEND, MAINTAIN, PUT, heading_offers
from quacan.centre.standards.queries import (
    KINDS,
    care_due,
    standard_context,
    standard_seen_by,
    standards_seen_by,
)
from quacan.centre.standards.tables import CARE_COLUMNS

WITHIN = (0, 14, 30, 60, 90, 180)
PAGE = "standards/keeping.html"


@require_safe
def due(request: HttpRequest) -> HttpResponseBase:
    """This will list what the standards are due for, narrowed by kind and days, as a page or a file."""
    on, person = today(), person_of(request)
    kind = request.GET.get("kind", "")
    asked = request.GET.get("within", "")
    within = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in WITHIN else 60
    found = care_due(standards_seen_by(person, on=on), on=on, within=within)
    rows = [one for one in found if not kind or one.kind == kind]
    if request.GET.get("export") == "csv":
        response = StreamingHttpResponse(
            csv_lines(CARE_COLUMNS, rows), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="chuan-den-han-{on:%Y%m%d}.csv"'
        return response
    context = {
        "rows": rows,
        "on": on,
        "kinds": [(key, label, sum(one.kind == key for one in found)) for key, label in KINDS],
        "kind": kind,
        "within": within,
        "choices": WITHIN,
        "count": len(found),
    }
    return render(request, "standards/due.html", context)


@require_safe
def keeping(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show who has a standard, where it was and what was done to it."""
    found = standard_seen_by(person_of(request), pk, on=today())
    return render(request, PAGE, _context(request, found))


@require_POST
def lend(request: HttpRequest, pk: int) -> HttpResponse:
    """This will lend a standard."""
    found = standard_seen_by(person_of(request), pk, on=today())
    form = LoanForm(request.POST, organisation=found.organisation)
    said = _("Đã ghi cho mượn.")
    return _kept(
        request,
        found,
        loan_form=form,
        said=said,
        deed=lambda act, given: actions.lend_standard(act, found, form.draft),
    )


@require_POST
def give_back(request: HttpRequest, pk: int, loan_pk: int) -> HttpResponse:
    """This will take a lent standard back."""
    found = standard_seen_by(person_of(request), pk, on=today())
    loan = found.loans.filter(pk=loan_pk).first()
    if loan is None:
        raise NotFound(record=_("lượt mượn số {pk}").format(pk=loan_pk))
    return _kept(
        request,
        found,
        return_form=ReturnForm(request.POST),
        said=_("Đã nhận lại chuẩn."),
        deed=lambda act, given: actions.return_standard(act, loan, **given),
    )


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """This will put a standard somewhere else."""
    found = standard_seen_by(person_of(request), pk, on=today())
    return _kept(
        request,
        found,
        place_form=PlaceForm(request.POST),
        said=_("Đã ghi nơi để mới."),
        deed=lambda act, given: actions.move_standard(act, found, **given),
    )


@require_POST
def maintain(request: HttpRequest, pk: int) -> HttpResponse:
    """This will keep what was done to a standard."""
    found = standard_seen_by(person_of(request), pk, on=today())
    form = MaintenanceForm(request.POST)
    return _kept(
        request,
        found,
        work_form=form,
        said=_("Đã ghi bảo dưỡng."),
        deed=lambda act, given: actions.maintain_standard(act, found, form.draft),
    )


def _kept(
    request: HttpRequest,
    found: Standard,
    *,
    deed: Callable[[Act, dict[str, Any]], Any],
    said: str,
    **sent: forms.BaseForm,
) -> HttpResponse:
    """The page of a standard's keeping after the deed of the one form that was *sent*, by its name there."""
    (form,) = sent.values()
    return edit_page(
        request,
        form,
        deed,
        template=PAGE,
        done=lambda made: _opened(found.pk),
        said=said,
        context=_context(request, found, **sent),
    )


def _opened(pk: int) -> str:
    return reverse("standards:keeping", args=[pk])


def _context(request: HttpRequest, found: Standard, **sent: Any) -> dict[str, Any]:
    on, person = today(), person_of(request)
    loans = list(found.loans.select_related("unit", "person"))
    lent = next((one for one in loans if one.returned_on is None), None)
    start = {"on": on}
    return {
        **standard_context(found, on, tab="keeping"),
        **heading_offers(found, person, on),
        "loans": loans,
        "lent": lent,
        "places": [
            Moment(at=one.on, title=one.place, text=one.note, by=one.by) for one in found.places.all()
        ],
        "works": found.maintenance.all(),
        "lend": offer(LEND, found, person, on=on),
        "give_back": offer(GIVE_BACK, lent, person, on=on) if lent else None,
        "put": offer(PUT, found, person, on=on),
        "maintain": offer(MAINTAIN, found, person, on=on),
        "loan_form": LoanForm(organisation=found.organisation, initial={"from_on": on}),
        "return_form": ReturnForm(initial=start),
        "place_form": PlaceForm(initial=start),
        "work_form": MaintenanceForm(initial=start),
        **sent,
    }

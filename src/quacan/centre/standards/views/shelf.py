"""Doors of the shelf: the list, one standard, its entry, correction and state."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import admit, edit_page, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import paginate
from quacan.centre.base.moves import offer
from quacan.centre.base.shapes import Moment
from quacan.centre.people.queries import person_of, workplace
from quacan.centre.standards import actions
from quacan.centre.standards.forms import StandardForm, StateForm
from quacan.centre.standards.models import Standard
from quacan.centre.standards.moves import CHANGE_STATE, RECORD, heading_offers
from quacan.centre.standards.queries import (
    certificates_of,
    readiness,
    standard_context,
    standard_seen_by,
    standards_seen_by,
)
from quacan.centre.standards.rules import QUANTITIES, word_of_quantity
from quacan.centre.standards.tables import standards_listing, with_due_day


@require_safe
def standards(request: HttpRequest) -> HttpResponseBase:
    """This will list the standards with their due days and obstacles."""
    on, person = today(), person_of(request)
    rows, listing = with_due_day(standards_seen_by(person, on=on), on), standards_listing(on)
    if file := exported(request, rows, listing, on=on):
        return file
    page = paginate(rows, listing, request.GET.dict())
    ready = {one.standard.pk: one for one in readiness(page.rows, on=on)}
    context = {
        "page": page.of(lambda row: ready[row.pk]),
        "on": on,
        "may_record": person.may(RECORD, organisation_id=None, unit_id=None, on=on),
    }
    return render(request, "standards/list.html", context)


@require_safe
def standard(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show one standard: whether it may be used today, its certificates, its moves."""
    on = today()
    found = standard_seen_by(person_of(request), pk, on=on)
    form = StateForm(standard=found, initial={"on": on, "state": _next_state(found)})
    return render(request, "standards/standard.html", {**_context(request, found, on), "form": form})


def _next_state(found: Standard) -> str:
    return Standard.State.UNDER_CALIBRATION if found.state == Standard.State.IN_USE else Standard.State.IN_USE


def _context(request: HttpRequest, found: Standard, on: date) -> dict[str, Any]:
    person = person_of(request)
    return {
        **standard_context(found, on, tab="certificates"),
        **heading_offers(found, person, on),
        "change_state": offer(CHANGE_STATE, found, person, on=on),
        "ready": readiness([found], on=on)[0],
        "certificates": list(certificates_of(found)),
        "moves": [
            Moment(at=m.on, title=m.get_state_display(), text=m.note, by=m.by) for m in found.moves.all()
        ],
        "quantity": word_of_quantity(found.kind),
    }


def new_standard(request: HttpRequest) -> HttpResponse:
    """This will enter a standard."""
    organisation = workplace(person_of(request), RECORD, on=today())
    admit(request, RECORD, organisation)
    form = StandardForm(request.POST or None, organisation=organisation)
    return edit_page(
        request,
        form,
        lambda act, given: actions.enter_standard(act, organisation, form.draft),
        template="standards/form.html",
        done=lambda made: reverse("standards:new_certificate", args=[made.pk]),
        said=_("Đã nhập chuẩn. Nhập giấy chứng nhận để dùng được."),
        context={"quantities": QUANTITIES.values()},
    )


def change_standard(request: HttpRequest, pk: int) -> HttpResponse:
    """This will correct what is known of a standard."""
    found = standard_seen_by(person_of(request), pk, on=today())
    admit(request, RECORD, found.organisation, unit_id=found.unit_id)
    form = StandardForm(request.POST or None, organisation=found.organisation, standard=found)
    return edit_page(
        request,
        form,
        lambda act, given: actions.change_standard(act, found, form.draft, version=given["version"] or 0),
        template="standards/form.html",
        done=lambda changed: reverse("standards:standard", args=[pk]),
        context={"standard": found, "quantities": QUANTITIES.values()},
    )


@require_POST
def change_state(request: HttpRequest, pk: int) -> HttpResponse:
    """This will send a standard away, take it back or withdraw it."""
    on = today()
    found = standard_seen_by(person_of(request), pk, on=on)
    return edit_page(
        request,
        StateForm(request.POST, standard=found),
        lambda act, given: actions.change_state(act, found, **given),
        template="standards/standard.html",
        done=lambda changed: reverse("standards:standard", args=[pk]),
        context=_context(request, found, on),
    )

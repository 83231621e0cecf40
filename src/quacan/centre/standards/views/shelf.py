"""Doors of the shelf: the list, one standard, its entry, correction and state."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import act_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import paginate
from quacan.centre.base.refusals import Refusal
from quacan.centre.base.shapes import Moment
from quacan.centre.people.models import Person
from quacan.centre.people.queries import workplace
from quacan.centre.standards import actions
from quacan.centre.standards.forms import (
    QUANTITIES,
    StandardForm,
    StateForm,
    standard_form_of,
)
from quacan.centre.standards.models import Standard
from quacan.centre.standards.queries import certificates_of, readiness, standard_seen_by, standards_seen_by
from quacan.centre.standards.queries.frame import standard_context
from quacan.centre.standards.tables import standards_listing, with_due_day


@require_safe
def standards(request: HttpRequest) -> HttpResponseBase:
    """This will list the standards with their due days and obstacles."""
    on, person = today(), cast(Person, request.user)
    rows, listing = with_due_day(standards_seen_by(person, on=on), on), standards_listing(on)
    if file := exported(request, rows, listing, on=on):
        return file
    page = paginate(rows, listing, request.GET.dict())
    ready = {one.standard.pk: one for one in readiness(page.rows, on=on)}
    context = {
        "page": page.of(lambda row: ready[row.pk]),
        "on": on,
        "may_record": _may_record_anywhere(person, on),
    }
    return render(request, "standards/list.html", context)


@require_safe
def standard(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show one standard: whether it may be used today, its certificates, its moves."""
    on, person = today(), cast(Person, request.user)
    found = standard_seen_by(person, pk, on=on)
    return _standard_page(
        request, found, person, on, StateForm(initial={"on": on, "state": _next_state(found)})
    )


def _next_state(found: Standard) -> str:
    return Standard.State.UNDER_CALIBRATION if found.state == Standard.State.IN_USE else Standard.State.IN_USE


def _standard_page(
    request: HttpRequest, found: Standard, person: Person, on: date, form: StateForm, status: int = 200
) -> HttpResponse:
    certificates = list(certificates_of(found))
    ready = readiness([found], on=on)[0]
    context = standard_context(found, person, on, tab="certificates") | {
        "ready": ready,
        "certificates": certificates,
        "moves": [
            Moment(at=m.on, title=m.get_state_display(), text=m.note, by=m.by) for m in found.moves.all()
        ],
        "form": form,
        "quantity": dict(QUANTITIES).get(found.kind, found.kind),
    }
    return render(request, "standards/standard.html", context, status=status)


def new_standard(request: HttpRequest) -> HttpResponse:
    """This will enter a standard."""
    on, person = today(), cast(Person, request.user)
    organisation = workplace(person, "standards.record", on=on)
    form = StandardForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.enter_standard(
                act_from(request), organisation, code=form.cleaned_data["code"], **form.details
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã nhập chuẩn. Nhập giấy chứng nhận để dùng được."))
            return redirect("standards:new_certificate", made.pk)
    return _form_page(request, form, None)


def change_standard(request: HttpRequest, pk: int) -> HttpResponse:
    """This will correct what is known of a standard."""
    on, person = today(), cast(Person, request.user)
    found = standard_seen_by(person, pk, on=on)
    form = standard_form_of(found)
    if request.method == "POST":
        form = StandardForm(request.POST, organisation=found.organisation, initial={"code": found.code})
        form.fields["code"].disabled = True
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_standard(
                act_from(request), found, version=form.cleaned_data["version"] or 0, **form.details
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("standards:standard", pk)
    return _form_page(request, form, found)


def _form_page(request: HttpRequest, form: StandardForm, found: Standard | None) -> HttpResponse:
    context = {"form": form, "standard": found, "quantities": QUANTITIES}
    return render(request, "standards/form.html", context, status=422 if form.is_bound else 200)


@require_POST
def change_state(request: HttpRequest, pk: int) -> HttpResponse:
    """This will send a standard away, take it back or withdraw it."""
    on, person = today(), cast(Person, request.user)
    found = standard_seen_by(person, pk, on=on)
    form = StateForm(request.POST)
    if form.is_valid():
        try:
            actions.change_state(act_from(request), found, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("standards:standard", pk)
    return _standard_page(request, found, person, on, form, status=422)


def _may_record_anywhere(person: Person, on: date) -> bool:
    return person.may("standards.record", organisation_id=None, unit_id=None, on=on)

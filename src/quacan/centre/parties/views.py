"""Doors of the register of parties."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import act_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import narrowed, paginate
from quacan.centre.base.refusals import NotFound, Refusal
from quacan.centre.organisation.territory import provinces
from quacan.centre.parties import actions
from quacan.centre.parties.forms import (
    EstablishmentForm,
    PartyForm,
    establishment_form_of,
    new_party_form,
    party_form_of,
)
from quacan.centre.parties.models import Establishment, Party
from quacan.centre.parties.queries import (
    current,
    establishments_of,
    like_groups,
    likenesses,
    parties_seen_by,
    party_seen_by,
)
from quacan.centre.parties.tables import PARTIES
from quacan.centre.people.models import Person
from quacan.centre.people.queries import workplace


@require_safe
def parties(request: HttpRequest) -> HttpResponseBase:
    """This will list the register of parties."""
    on, person = today(), cast(Person, request.user)
    rows = parties_seen_by(person, on=on)
    if file := exported(request, rows, PARTIES, on=on):
        return file
    page = paginate(rows, PARTIES, request.GET.dict())
    return render(
        request, "parties/list.html", {"page": page, "may_record": _may(person, "parties.record", on)}
    )


@require_safe
def party(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show one party with its places; instruments and contracts come from their own departments."""
    on, person = today(), cast(Person, request.user)
    found = party_seen_by(person, pk, on=on)
    return _party_page(request, found, person, on, EstablishmentForm())


def _party_page(
    request: HttpRequest, found: Party, person: Person, on: date, form: EstablishmentForm, status: int = 200
) -> HttpResponse:
    like = likenesses(
        name=found.name, tax_code=found.tax_code or "", phone=found.phone, excluding=found.pk, at_most=5
    )
    return render(
        request,
        "parties/party.html",
        {
            "party": found,
            "places": list(establishments_of(found)),
            "merged": list(Party.objects.filter(merged_into=found)),
            "into": found.merged_into,
            "like": like if found.merged_into is None else [],
            "form": form,
            "provinces": _provinces(on),
            "may_record": _may(person, "parties.record", on),
            "may_merge": _may(person, "parties.merge", on),
            "may_see_instruments": _may(person, "instruments.see", on),
            "may_see_contracts": _may(person, "contracts.see", on),
        },
        status=status,
    )


def new_party(request: HttpRequest) -> HttpResponse:
    """This will enter a party; afterwards back to where it was needed (``next``), else to its page."""
    on, person = today(), cast(Person, request.user)
    organisation = workplace(person, "parties.record", on=on)
    form = PartyForm(request.POST) if request.method == "POST" else new_party_form(organisation)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record_party(act_from(request), organisation, **form.details)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã nhập {party}.").format(party=made.name))
            return redirect(_onward(request, made))
    following = request.GET.get("next", request.POST.get("next", ""))
    context = {"form": form, "party": None, "next": following, "provinces": _provinces(on)}
    return render(request, "parties/form.html", context, status=_status(request))


def change_party(request: HttpRequest, pk: int) -> HttpResponse:
    """This will correct a party."""
    on, person = today(), cast(Person, request.user)
    found = party_seen_by(person, pk, on=on)
    form = PartyForm(request.POST) if request.method == "POST" else party_form_of(found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_party(
                act_from(request),
                workplace(person, "parties.record", on=on),
                party=found,
                version=form.cleaned_data["version"] or 0,
                **form.details,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("parties:party", pk)
    context = {"form": form, "party": found, "provinces": _provinces(on)}
    return render(request, "parties/form.html", context, status=_status(request))


@require_safe
def like(request: HttpRequest) -> HttpResponse:
    """This will warn, while a party is being typed, of those that may be the same (a part of the form page)."""
    on, person = today(), cast(Person, request.user)
    may_see = _may(person, "parties.see", on)
    number = request.GET.get("party", "")
    found = likenesses(
        name=request.GET.get("name", ""),
        tax_code=request.GET.get("tax_code", ""),
        phone=request.GET.get("phone", ""),
        excluding=int(number) if number.isdecimal() else None,
        at_most=5,
    )
    return render(request, "parties/like.html", {"like": found if may_see else []})


@require_safe
def choices(request: HttpRequest) -> HttpResponse:
    """This will offer the parties that match what was typed; choosing one leads to ``to`` with its number."""
    on, person = today(), cast(Person, request.user)
    rows = narrowed(parties_seen_by(person, on=on), PARTIES, {"q": request.GET.get("party_search", "")})
    to = request.GET.get("to", "")
    if not url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure()):
        raise NotFound(record=to)
    context = {"parties": list(rows.order_by("folded", "id")[:12]), "to": f"{to}{'&' if '?' in to else '?'}"}
    return render(request, "parties/choices.html", context)


@require_POST
def new_establishment(request: HttpRequest, pk: int) -> HttpResponse:
    """This will add a place of business."""
    on, person = today(), cast(Person, request.user)
    found = party_seen_by(person, pk, on=on)
    form = EstablishmentForm(request.POST)
    if form.is_valid():
        try:
            actions.record_establishment(
                act_from(request),
                workplace(person, "parties.record", on=on),
                party=found,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã thêm cơ sở."))
            return redirect(f"{reverse('parties:party', args=[pk])}#places")
    return _party_page(request, found, person, on, form, status=422)


def change_establishment(request: HttpRequest, pk: int, place_pk: int) -> HttpResponse:
    """This will correct a place of business."""
    on, person = today(), cast(Person, request.user)
    found = party_seen_by(person, pk, on=on)
    place = establishments_of(found).filter(pk=place_pk).first()
    if place is None:
        raise NotFound(record=_("cơ sở số {pk}").format(pk=place_pk))
    form = EstablishmentForm(request.POST) if request.method == "POST" else establishment_form_of(place)
    if request.method == "POST" and form.is_valid():
        try:
            _save_place(request, person, on, place, form)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect(f"{reverse('parties:party', args=[pk])}#places")
    context = {"form": form, "party": found, "place": place, "provinces": _provinces(on)}
    return render(request, "parties/place.html", context, status=_status(request))


def _save_place(
    request: HttpRequest, person: Person, on: date, place: Establishment, form: EstablishmentForm
) -> None:
    actions.change_establishment(
        act_from(request),
        workplace(person, "parties.record", on=on),
        establishment=place,
        **form.cleaned_data,
    )


@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """This will list groups of parties that look the same, to be merged or left."""
    on, person = today(), cast(Person, request.user)
    groups = list(like_groups()) if _may(person, "parties.see", on) else []
    context = {"groups": groups, "may_merge": _may(person, "parties.merge", on)}
    return render(request, "parties/duplicates.html", context)


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """This will merge another party into this one."""
    on, person = today(), cast(Person, request.user)
    keep = party_seen_by(person, pk, on=on)
    number = request.POST.get("drop", "")
    drop = party_seen_by(person, int(number) if number.isdecimal() else 0, on=on)
    kept = actions.merge_parties(
        act_from(request), workplace(person, "parties.merge", on=on), keep=keep, drop=drop
    )
    messages.success(request, _("Đã gộp {drop} vào {keep}.").format(drop=drop.name, keep=kept.name))
    return redirect("parties:party", current(kept).pk)


def _onward(request: HttpRequest, made: Party) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    if wanted and safe:
        return f"{wanted}{'&' if '?' in wanted else '?'}party={made.pk}"
    return reverse("parties:party", args=[made.pk])


def _provinces(on: date) -> list[str]:
    return [one.name for one in provinces(on)]


def _may(person: Person, permission: str, on: date) -> bool:
    return person.may(permission, organisation_id=None, unit_id=None, on=on)


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200

"""Doors of the register of parties."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.act import Act
from quacan.centre.base.doors import act_from, address, admit, edit_page, key_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import narrowed, paginate
from quacan.centre.base.moves import Offer, offer
from quacan.centre.base.refusals import NotFound
from quacan.centre.organisation.territory import provinces
from quacan.centre.parties import actions
from quacan.centre.parties.forms import (
    EstablishmentForm,
    PartyForm,
    establishment_form_of,
    new_party_form,
    party_form_of,
)
from quacan.centre.parties.models import Party
from quacan.centre.parties.moves import CHANGE, KEEP_PLACES, merger
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
from quacan.centre.people.queries import person_of, workplace


@require_safe
def parties(request: HttpRequest) -> HttpResponseBase:
    """This will list the register of parties."""
    on, person = today(), person_of(request)
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
    on, person = today(), person_of(request)
    found = party_seen_by(person, pk, on=on)
    return render(request, "parties/party.html", _page_of(found, person, on, EstablishmentForm()))


@dataclass(frozen=True, slots=True)
class Alike:
    """A party that may be the same as the one shown, and whether it can be merged into it."""

    party: Party
    reasons: tuple[str, ...]
    merge: Offer


def _page_of(found: Party, person: Person, on: date, form: EstablishmentForm) -> dict[str, Any]:
    sees_contracts = _may(person, "contracts.see", on)
    sees_instruments = _may(person, "instruments.see", on)
    return {
        "party": found,
        "places": list(establishments_of(found)),
        "merged": list(Party.objects.filter(merged_into=found)),
        "into": found.merged_into,
        "like": _alike(found, person, on),
        "form": form,
        "provinces": _provinces(on),
        "change": offer(CHANGE, found, person, on=on),
        "keep_places": offer(KEEP_PLACES, found, person, on=on),
        "contracts_href": address("contracts:of_party", found.pk) if sees_contracts else "",
        "instruments_href": address("instruments:of_party", found.pk) if sees_instruments else "",
        "new_contract_href": _begins(found, person, "contracts:new", "contracts.record", on),
        "new_instrument_href": _begins(found, person, "instruments:new", "instruments.record", on),
    }


def _alike(found: Party, person: Person, on: date) -> list[Alike]:
    if found.merged_into is not None:
        return []
    like = likenesses(
        name=found.name, tax_code=found.tax_code or "", phone=found.phone, excluding=found.pk, at_most=5
    )
    return [Alike(one.party, one.reasons, merger(found, one.party, person, on=on)) for one in like]


def _begins(found: Party, person: Person, name: str, permission: str, on: date) -> str:
    """Where a department above begins something with a party, '' for whoever may not or a merged entry."""
    if found.merged_into is not None or not _may(person, permission, on):
        return ""
    href = address(name)
    return f"{href}?party={found.pk}" if href else ""


def new_party(request: HttpRequest) -> HttpResponse:
    """This will enter a party; afterwards back to where it was needed (``next``), else to its page."""
    on, person = today(), person_of(request)
    organisation = workplace(person, "parties.record", on=on)
    admit(request, "parties.record", organisation)
    form = PartyForm(request.POST) if request.method == "POST" else new_party_form(organisation)
    following = request.GET.get("next", request.POST.get("next", ""))

    def deed(act: Act, given: dict[str, Any]) -> Party:
        made = actions.record_party(act, organisation, form.draft)
        messages.success(request, _("Đã nhập {party}.").format(party=made.name))
        return made

    return edit_page(
        request, form, deed, template="parties/form.html", done=lambda made: _onward(request, made),
        context={"party": None, "next": following, "provinces": _provinces(on)},
    )  # fmt: skip


def change_party(request: HttpRequest, pk: int) -> HttpResponse:
    """This will correct a party."""
    on, person = today(), person_of(request)
    found = party_seen_by(person, pk, on=on)
    _refuse_shut(request, offer(CHANGE, found, person, on=on))
    form = PartyForm(request.POST) if request.method == "POST" else party_form_of(found)
    return edit_page(
        request, form,
        lambda act, given: actions.change_party(
            act, found, form.draft, organisation=workplace(person, "parties.record", on=on),
            version=given["version"] or 0,
        ),
        template="parties/form.html", done=lambda changed: _opened(pk), said=_("Đã lưu."),
        context={"party": found, "provinces": _provinces(on)},
    )  # fmt: skip


@require_safe
def like(request: HttpRequest) -> HttpResponse:
    """This will warn, while a party is being typed, of those that may be the same (a part of the form page)."""
    on, person = today(), person_of(request)
    may_see = _may(person, "parties.see", on)
    number = request.GET.get("party", "")
    found = likenesses(
        name=request.GET.get("name", ""),
        tax_code=request.GET.get("tax_code", ""),
        phone=request.GET.get("phone", ""),
        excluding=key_from(number) or None,
        at_most=5,
    )
    return render(request, "parties/like.html", {"like": found if may_see else []})


@require_safe
def choices(request: HttpRequest) -> HttpResponse:
    """This will offer the parties that match what was typed; choosing one leads to ``to`` with its number."""
    on, person = today(), person_of(request)
    rows = narrowed(parties_seen_by(person, on=on), PARTIES, {"q": request.GET.get("party_search", "")})
    to = request.GET.get("to", "")
    if not url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure()):
        raise NotFound(record=to)
    context = {"parties": list(rows.order_by("folded", "id")[:12]), "to": f"{to}{'&' if '?' in to else '?'}"}
    return render(request, "parties/choices.html", context)


@require_POST
def new_establishment(request: HttpRequest, pk: int) -> HttpResponse:
    """This will add a place of business."""
    on, person = today(), person_of(request)
    found = party_seen_by(person, pk, on=on)
    form = EstablishmentForm(request.POST)
    return edit_page(
        request, form,
        lambda act, given: actions.record_establishment(
            act, found, form.draft, organisation=workplace(person, "parties.record", on=on)
        ),
        template="parties/party.html", done=lambda place: f"{_opened(pk)}#places",
        said=_("Đã thêm cơ sở."), context=_page_of(found, person, on, form),
    )  # fmt: skip


def change_establishment(request: HttpRequest, pk: int, place_pk: int) -> HttpResponse:
    """This will correct a place of business."""
    on, person = today(), person_of(request)
    found = party_seen_by(person, pk, on=on)
    place = establishments_of(found).filter(pk=place_pk).select_related("party__merged_into").first()
    if place is None:
        raise NotFound(record=_("cơ sở số {pk}").format(pk=place_pk))
    _refuse_shut(request, offer(KEEP_PLACES, place.party, person, on=on))
    form = EstablishmentForm(request.POST) if request.method == "POST" else establishment_form_of(place)
    return edit_page(
        request, form,
        lambda act, given: actions.change_establishment(
            act, place, form.draft, organisation=workplace(person, "parties.record", on=on)
        ),
        template="parties/place.html", done=lambda changed: f"{_opened(pk)}#places",
        context={"party": found, "place": place, "provinces": _provinces(on)},
    )  # fmt: skip


@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """This will list groups of parties that look the same, to be merged or left."""
    on, person = today(), person_of(request)
    groups = list(like_groups()) if _may(person, "parties.see", on) else []
    return render(request, "parties/duplicates.html", {"groups": groups})


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """This will merge another party into this one."""
    on, person = today(), person_of(request)
    keep = party_seen_by(person, pk, on=on)
    number = request.POST.get("drop", "")
    drop = party_seen_by(person, key_from(number), on=on)
    kept = actions.merge_parties(
        act_from(request), drop, keep=keep, organisation=workplace(person, "parties.merge", on=on)
    )
    messages.success(request, _("Đã gộp {drop} vào {keep}.").format(drop=drop.name, keep=kept.name))
    return redirect(_opened(current(kept).pk))


def _onward(request: HttpRequest, made: Party) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    if wanted and safe:
        return f"{wanted}{'&' if '?' in wanted else '?'}party={made.pk}"
    return _opened(made.pk)


def _provinces(on: date) -> list[str]:
    return [one.name for one in provinces(on)]


def _may(person: Person, permission: str, on: date) -> bool:
    return person.may(permission, organisation_id=None, unit_id=None, on=on)


def _opened(pk: int) -> str:
    return reverse("parties:party", args=[pk])


def _refuse_shut(request: HttpRequest, offered: Offer) -> None:
    """No form for whoever may not send it; a form that was sent is answered by its action, with what was typed."""
    if offered.hindrances and request.method != "POST":
        raise offered.hindrances[0]

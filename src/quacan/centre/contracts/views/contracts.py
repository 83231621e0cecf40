"""Doors of contracts: list, page, draft, and the moves of their stages."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import act_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import paginate
from quacan.centre.base.refusals import FieldMissing, NotAuthorised, NotFound, Refusal
from quacan.centre.contracts import actions
from quacan.centre.contracts.forms import (
    AcceptForm,
    ContractForm,
    LineForm,
    ReviewForm,
    SignForm,
    blank_line,
    contract_form_of,
    lines_from,
    lines_of,
    typed_lines,
)
from quacan.centre.contracts.models import Contract
from quacan.centre.contracts.queries import (
    contract_row,
    contract_seen_by,
    contracts_of,
    contracts_seen_by,
    last_prices,
    sees_prices,
    sheet_of,
    with_figures,
)
from quacan.centre.contracts.refusals import LineWrong
from quacan.centre.contracts.rules import LineDraft
from quacan.centre.contracts.tables import contracts_listing
from quacan.centre.instruments.models import Instrument
from quacan.centre.instruments.queries import instruments_of, kind_choices
from quacan.centre.organisation.models import Organisation
from quacan.centre.parties.models import Party
from quacan.centre.parties.queries import current, party_seen_by
from quacan.centre.people.models import Person
from quacan.centre.people.queries import workplace


@require_safe
def contracts(request: HttpRequest) -> HttpResponseBase:
    """This will list contracts."""
    on, person = today(), cast(Person, request.user)
    rows, listing = with_figures(contracts_seen_by(person, on=on)), contracts_listing(person, on)
    if file := exported(request, rows, listing, on=on):
        return file
    page = paginate(rows, listing, request.GET.dict())
    context = {
        "page": page.of(lambda contract: contract_row(contract, person, on=on)),
        "on": on,
        "may_record": person.may("contracts.record", organisation_id=None, unit_id=None, on=on),
        "priced": any(column.key == "gross" for column in listing.columns),
    }
    return render(request, "contracts/list.html", context)


@require_safe
def of_party(request: HttpRequest, pk: int) -> HttpResponse:
    """This will list the contracts of one party, as a part of its page or alone."""
    on, person = today(), cast(Person, request.user)
    party = party_seen_by(person, pk, on=on)
    seen = contracts_seen_by(person, on=on).filter(pk__in=contracts_of(party).values("pk"))
    rows = [contract_row(one, person, on=on) for one in with_figures(seen)[:50]]
    part = getattr(request, "htmx", False)
    template = "contracts/of_party.html" if part else "contracts/of_party_page.html"
    return render(request, template, {"party": party, "rows": rows, "on": on})


@require_safe
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show one contract."""
    on, person = today(), cast(Person, request.user)
    return _contract_page(request, contract_seen_by(person, pk, on=on), person, on)


def _contract_page(
    request: HttpRequest,
    found: Contract,
    person: Person,
    on: date,
    *,
    bound: forms.Form | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    shown: dict[str, forms.Form] = {
        "review": ReviewForm(initial={"on": on, "able": "1"}),
        "sign": SignForm(initial={"signed_on": on, "due_on": found.due_on}),
        "accept": AcceptForm(initial={"accepted_on": on}),
    }
    shown |= {name: bound for name, form in shown.items() if bound is not None and type(form) is type(bound)}
    context = {
        "contract": found,
        "party": current(found.party),
        "sheet": sheet_of(found, person, on=on),
        "forms": shown,
        "refusal": refusal,
        "on": on,
        "fresh": bound is None and refusal is None,
    }
    return render(request, "contracts/contract.html", context, status=200 if context["fresh"] else 422)


def new_contract(request: HttpRequest) -> HttpResponse:
    """This will record a contract for a party (``party``); without one it first asks for whom."""
    on, person = today(), cast(Person, request.user)
    number = request.GET.get("party", "")
    if not number.isdecimal():
        context = {
            "title": _("Hợp đồng mới"),
            "sub": _("Hợp đồng với ai?"),
            "back": reverse("contracts:contracts"),
        }
        return render(request, "parties/choose.html", context | {"here": request.get_full_path()})
    party = current(party_seen_by(person, int(number), on=on))
    organisation = workplace(person, "contracts.record", on=on)
    if request.method == "POST":
        form = ContractForm(request.POST, organisation=organisation)
        lines = typed_lines(request.POST)
        made = _try(form, lines, lambda drafts: actions.record_contract(
            act_from(request), organisation, party=party, lines=drafts, **form.details
        ))  # fmt: skip
        if made is not None:
            return redirect("contracts:contract", made.pk)
        return _form_page(request, form, lines, party=party, found=None)
    proposed = _proposed_lines(organisation, party, on) if request.GET.get("fill") else []
    title = _("Kiểm định phương tiện đo")
    form = ContractForm(organisation=organisation, initial={"title": title, "received_on": on})
    return _form_page(request, form, lines_from(proposed), party=party, found=None)


def _proposed_lines(organisation: Organisation, party: Party, on: date) -> list[LineDraft]:
    """A line for each kind of instrument that is due within sixty days or has no result yet."""
    wanted = Q(valid_until__isnull=True) | Q(valid_until__lte=on + timedelta(days=60))
    rows = instruments_of(party).filter(wanted, state=Instrument.State.IN_USE).order_by("kind_code")
    counted = list(rows.values_list("kind_code").annotate(n=Count("id")))
    prices = last_prices(organisation.pk, [kind for kind, _n in counted])
    return [LineDraft("verification", kind, n, prices.get(kind, 0)) for kind, n in counted]


def change_contract(request: HttpRequest, pk: int) -> HttpResponse:
    """This will change a draft."""
    on, person = today(), cast(Person, request.user)
    found = contract_seen_by(person, pk, on=on)
    if not sees_prices(person, found, on=on):
        raise NotAuthorised(
            person=person.full_name, permission="contracts.see_price", organisation=found.organisation.code
        )
    number = request.GET.get("party", "")
    party = current(party_seen_by(person, int(number), on=on) if number.isdecimal() else found.party)
    if request.method != "POST":
        return _form_page(
            request, contract_form_of(found), lines_of(found.lines.all()), party=party, found=found
        )
    form = ContractForm(request.POST, organisation=found.organisation)
    lines = typed_lines(request.POST)
    made = _try(form, lines, lambda drafts: actions.change_contract(
        act_from(request),
        found,
        version=form.cleaned_data["version"] or 0,
        party=party,
        lines=drafts,
        **form.details,
    ))  # fmt: skip
    if made is not None:
        return redirect("contracts:contract", pk)
    return _form_page(request, form, lines, party=party, found=found)


def _try(
    form: ContractForm, lines: list[LineForm], deed: Callable[[list[LineDraft]], Contract]
) -> Contract | None:
    """The contract, or None with what is wrong written on the form and its lines."""
    sound = [line.is_valid() for line in lines]
    if not form.is_valid() or not all(sound):
        return None
    try:
        return deed([line.draft for line in lines])
    except LineWrong as refusal:
        lines[refusal.values["row"] - 1].add_error(None, str(refusal.values["why"]))
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
    return None


def _form_page(
    request: HttpRequest, form: ContractForm, lines: list[LineForm], *, party: Party, found: Contract | None
) -> HttpResponse:
    context = {
        "form": form,
        "lines": lines or [blank_line()],
        "blank": blank_line(),
        "kinds": kind_choices(),
        "party": party,
        "contract": found,
        "bad_lines": any(line.errors for line in lines if line.is_bound),
    }
    return render(request, "contracts/form.html", context, status=422 if form.is_bound else 200)


Deed = Callable[[HttpRequest, Contract, Mapping[str, Any]], Contract]


def _review(request: HttpRequest, found: Contract, given: Mapping[str, Any]) -> Contract:
    return actions.review_contract(
        act_from(request), found, able=given["able"] == "1", note=given["note"], on=given["on"]
    )


def _sign(request: HttpRequest, found: Contract, given: Mapping[str, Any]) -> Contract:
    signed = actions.sign_contract(
        act_from(request), found, signed_on=given["signed_on"], due_on=given["due_on"]
    )
    messages.success(request, _("Đã ký, số {number}.").format(number=signed.number))
    return signed


def _accept(request: HttpRequest, found: Contract, given: Mapping[str, Any]) -> Contract:
    typed = {line.pk: request.POST.get(f"accepted-{line.pk}", "") for line in found.lines.all()}
    quantities = {pk: int(text) for pk, text in typed.items() if text.isdecimal()}
    return actions.accept_contract(
        act_from(request), found, accepted_on=given["accepted_on"], quantities=quantities
    )


FORMED: dict[str, tuple[type[forms.Form], Deed]] = {
    "xem-xet": (ReviewForm, _review),
    "ky": (SignForm, _sign),
    "nghiem-thu": (AcceptForm, _accept),
}


@require_POST
def move_with_form(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """This will review, sign or accept a contract; what is refused keeps what was typed."""
    on, person = today(), cast(Person, request.user)
    found = contract_seen_by(person, pk, on=on)
    if move not in FORMED:
        raise NotFound(record=move)
    make, deed = FORMED[move]
    form = make(request.POST)
    if form.is_valid():
        try:
            deed(request, found, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("contracts:contract", pk)
    return _contract_page(request, contract_seen_by(person, pk, on=on), person, on, bound=form)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """This will take a reviewed contract back to draft."""
    return _plain(request, pk, actions.reopen_contract)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """This will cancel a contract."""
    return _plain(request, pk, actions.cancel_contract)


def _plain(request: HttpRequest, pk: int, deed: Callable[..., Contract]) -> HttpResponse:
    on, person = today(), cast(Person, request.user)
    found = contract_seen_by(person, pk, on=on)
    try:
        deed(act_from(request), found)
    except Refusal as refusal:
        return _contract_page(request, contract_seen_by(person, pk, on=on), person, on, refusal=refusal)
    return redirect("contracts:contract", pk)


@require_POST
def report(request: HttpRequest, pk: int, line_pk: int) -> HttpResponse:
    """This will state how much of a line without jobs is done."""
    on, person = today(), cast(Person, request.user)
    found = contract_seen_by(person, pk, on=on)
    line = found.lines.filter(pk=line_pk).first()
    text = request.POST.get("quantity", "").strip()
    try:
        if line is None:
            raise NotFound(record=_("dòng số {pk}").format(pk=line_pk))
        if not text.isdecimal():
            raise FieldMissing(field=_("Khối lượng đã làm"))
        actions.report_done(act_from(request), found, line=line, quantity=int(text))
    except Refusal as refusal:
        return _contract_page(request, found, person, on, refusal=refusal)
    return redirect("contracts:contract", pk)

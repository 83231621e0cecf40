"""Doors of contracts: list, page, draft, and the moves of their stages."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.act import Act
from quacan.centre.base.doors import admit, attempt, edit_page, key_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import paginate
from quacan.centre.base.moves import Move, Offer, offer
from quacan.centre.base.refusals import FieldMissing, FieldWrong, NotAuthorised, NotFound, Refusal
from quacan.centre.contracts import actions
from quacan.centre.contracts.actions import ContractDraft
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
from quacan.centre.contracts.moves import (
    ACCEPT,
    CANCEL,
    CHANGE,
    CONTRACT,
    GIVE_OUT,
    REOPEN,
    REPORT,
    REVIEW,
    SIGN,
)
from quacan.centre.contracts.queries import (
    ContractRow,
    contract_row,
    contract_seen_by,
    contracts_of,
    contracts_seen_by,
    last_prices,
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
from quacan.centre.people.queries import person_of, workplace

TOO_MANY_DIGITS: Final = 10  # of a count
ONWARD: Final[tuple[Move, ...]] = (REVIEW, SIGN, GIVE_OUT, ACCEPT)
"""The moves that bring a contract further, the most expected first; the page says of each why it is shut."""
BESIDE: Final[tuple[Move, ...]] = (CHANGE, REOPEN, REPORT, CANCEL)
"""The moves beside the way: on the page while they are open."""


@require_safe
def contracts(request: HttpRequest) -> HttpResponseBase:
    """This will list contracts."""
    on, person = today(), person_of(request)
    rows, listing = with_figures(contracts_seen_by(person, on=on)), contracts_listing(person, on)
    if file := exported(request, rows, listing, on=on):
        return file
    page = paginate(rows, listing, request.GET.dict())
    context = {
        "page": page.of(lambda contract: _row(contract, person, on)),
        "on": on,
        "may_record": person.may("contracts.record", organisation_id=None, unit_id=None, on=on),
        "priced": any(column.key == "gross" for column in listing.columns),
    }
    return render(request, "contracts/list.html", context)


def _row(contract: Contract, person: Person, on: date) -> ContractRow:
    return contract_row(contract, person, on=on, tone=CONTRACT.tones.get(contract.state, ""))


@require_safe
def of_party(request: HttpRequest, pk: int) -> HttpResponse:
    """This will list the contracts of one party, as a part of its page or alone."""
    on, person = today(), person_of(request)
    party = party_seen_by(person, pk, on=on)
    seen = contracts_seen_by(person, on=on).filter(pk__in=contracts_of(party).values("pk"))
    rows = [_row(one, person, on) for one in with_figures(seen)[:50]]
    part = getattr(request, "htmx", False)
    template = "contracts/of_party.html" if part else "contracts/of_party_page.html"
    may_record = person.may("contracts.record", organisation_id=None, unit_id=None, on=on)
    context = {"party": party, "rows": rows, "on": on, "may_record": may_record}
    return render(request, template, context)


@require_safe
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show one contract."""
    on, person = today(), person_of(request)
    return _contract_page(request, contract_seen_by(person, pk, on=on), person, on)


def _contract_page(
    request: HttpRequest, found: Contract, person: Person, on: date, *, refusal: Refusal | None = None
) -> HttpResponse:
    context = _page_of(found, person, on) | {"refusal": refusal}
    return render(request, "contracts/contract.html", context, status=422 if refusal else 200)


def _page_of(found: Contract, person: Person, on: date, **bound: forms.Form) -> dict[str, Any]:
    """What a contract's page shows: *bound* are forms that were typed into, by the name of their move."""
    shown: dict[str, forms.Form] = {
        REVIEW.name: ReviewForm(initial={"on": on, "able": "1"}),
        SIGN.name: SignForm(initial={"signed_on": on, "due_on": found.due_on}),
        ACCEPT.name: AcceptForm(initial={"accepted_on": on}),
    }
    return {
        "contract": found,
        "party": current(found.party),
        "sheet": sheet_of(found, person, on=on),
        "steps": _steps(found, person, on),
        "beside": {move.name: offer(move, found, person, on=on) for move in BESIDE},
        "forms": shown | bound,
        "on": on,
    }


def _steps(found: Contract, person: Person, on: date) -> list[Offer]:
    """The moves that lead on from this stage: the open ones first, the shut ones with what stands in the way."""
    here = [offer(move, found, person, on=on) for move in ONWARD if move.starts_from(found)]
    return sorted(here, key=lambda one: not one.is_open)


def new_contract(request: HttpRequest) -> HttpResponse:
    """This will record a contract for a party (``party``); without one it first asks for whom."""
    on, person = today(), person_of(request)
    organisation = workplace(person, "contracts.record", on=on)
    admit(request, "contracts.record", organisation)
    number = request.GET.get("party", "")
    if not number.isdecimal():
        context: dict[str, Any] = {
            "title": _("Hợp đồng mới"),
            "sub": _("Hợp đồng với ai?"),
            "back": reverse("contracts:contracts"),
        }
        enters = person.may("parties.record", organisation_id=None, unit_id=None, on=on)
        context |= {"here": request.get_full_path(), "may_enter": enters}
        return render(request, "parties/choose.html", context)
    party = current(party_seen_by(person, key_from(number), on=on))
    if request.method == "POST":
        lines = typed_lines(request.POST)
        form = ContractForm(request.POST, organisation=organisation, lines=lines)
    else:
        lines = lines_from(_proposed_lines(organisation, party, on) if request.GET.get("fill") else [])
        first = {"title": _("Kiểm định phương tiện đo"), "received_on": on}
        form = ContractForm(organisation=organisation, initial=first)
    return _edit_page(
        request,
        form,
        lines,
        party,
        None,
        lambda act, draft: actions.record_contract(act, organisation, draft),
    )


def _proposed_lines(organisation: Organisation, party: Party, on: date) -> list[LineDraft]:
    """A line for each kind of instrument that is due within sixty days or has no result yet."""
    wanted = Q(valid_until__isnull=True) | Q(valid_until__lte=on + timedelta(days=60))
    rows = instruments_of(party).filter(wanted, state=Instrument.State.IN_USE).order_by("kind_code")
    counted = list(rows.values_list("kind_code").annotate(n=Count("id")))
    prices = last_prices(organisation.pk, [kind for kind, _n in counted])
    return [LineDraft("verification", kind, n, prices.get(kind, 0)) for kind, n in counted]


def change_contract(request: HttpRequest, pk: int) -> HttpResponse:
    """This will change a draft."""
    on, person = today(), person_of(request)
    found = contract_seen_by(person, pk, on=on)
    for hindrance in offer(CHANGE, found, person, on=on).hindrances:
        if request.method != "POST" or isinstance(hindrance, NotAuthorised):
            raise hindrance
    number = request.GET.get("party", "")
    party = current(party_seen_by(person, key_from(number), on=on) if number else found.party)
    if request.method == "POST":
        lines = typed_lines(request.POST)
        form = ContractForm(request.POST, organisation=found.organisation, lines=lines)
    else:
        form, lines = contract_form_of(found), lines_of(found.lines.all())
    return _edit_page(request, form, lines, party, found, lambda act, draft: actions.change_contract(
        act, found, draft, version=form.cleaned_data["version"] or 0
    ))  # fmt: skip


def _edit_page(
    request: HttpRequest,
    form: ContractForm,
    lines: list[LineForm],
    party: Party,
    found: Contract | None,
    deed: Callable[[Act, ContractDraft], Contract],
) -> HttpResponse:
    def do(act: Act, given: dict[str, Any]) -> Contract:
        try:
            return deed(act, form.draft_with(party))
        except LineWrong as refusal:
            lines[refusal.values["row"] - 1].add_error(None, str(refusal.values["why"]))
            raise

    context = {
        "lines": lines or [blank_line()],
        "blank": blank_line(),
        "kinds": kind_choices(),
        "party": party,
        "contract": found,
    }
    return edit_page(
        request, form, do, template="contracts/form.html", done=lambda made: _opened(made.pk), context=context
    )


def _opened(pk: int) -> str:
    return reverse("contracts:contract", args=[pk])


def _step(
    request: HttpRequest, pk: int, name: str, form: forms.Form, deed: Callable[..., Contract]
) -> HttpResponse:
    """The contract's page with one of its forms sent: *deed* is given act, contract and what was typed."""
    on, person = today(), person_of(request)
    found = contract_seen_by(person, pk, on=on)
    return edit_page(
        request,
        form,
        lambda act, given: deed(act, found, given),
        template="contracts/contract.html",
        done=lambda made: _opened(made.pk),
        context=_page_of(found, person, on, **{name: form}),
    )


@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """This will record the review of a request; what is refused keeps what was typed."""

    def deed(act: Act, found: Contract, given: Mapping[str, Any]) -> Contract:
        return actions.review_contract(
            act, found, able=given["able"] == "1", note=given["note"], on=given["on"]
        )

    return _step(request, pk, REVIEW.name, ReviewForm(request.POST), deed)


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """This will sign a contract."""

    def deed(act: Act, found: Contract, given: Mapping[str, Any]) -> Contract:
        signed = actions.sign_contract(act, found, **given)
        messages.success(request, _("Đã ký, số {number}.").format(number=signed.number))
        return signed

    return _step(request, pk, SIGN.name, SignForm(request.POST), deed)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """This will accept what was done of a contract."""

    def deed(act: Act, found: Contract, given: Mapping[str, Any]) -> Contract:
        return actions.accept_contract(act, found, quantities=_accepted(request, found), **given)

    return _step(request, pk, ACCEPT.name, AcceptForm(request.POST), deed)


def _counts(text: str) -> bool:
    """Whether a text is a count the house can keep."""
    return text.isdecimal() and len(text) < TOO_MANY_DIGITS


def _accepted(request: HttpRequest, found: Contract) -> dict[int, int]:
    typed = {line.pk: request.POST.get(f"accepted-{line.pk}", "").strip() for line in found.lines.all()}
    for text in typed.values():
        if text and not _counts(text):
            raise FieldWrong(
                field=_("Khối lượng nghiệm thu"), why=_("“{text}” không phải số đếm").format(text=text)
            )
    return {pk: int(text) for pk, text in typed.items() if text}


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """This will take a reviewed contract back to draft."""
    return _plain(request, pk, actions.reopen_contract)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """This will cancel a contract."""
    return _plain(request, pk, actions.cancel_contract)


def _plain(request: HttpRequest, pk: int, deed: Callable[..., Contract]) -> HttpResponse:
    on, person = today(), person_of(request)
    found = contract_seen_by(person, pk, on=on)
    return attempt(
        request,
        lambda act: deed(act, found),
        again=lambda refusal: _contract_page(
            request, contract_seen_by(person, pk, on=on), person, on, refusal=refusal
        ),
        done=lambda contract: _opened(pk),
    )


@require_POST
def report(request: HttpRequest, pk: int, line_pk: int) -> HttpResponse:
    """This will state how much of a line without jobs is done."""
    on, person = today(), person_of(request)
    found = contract_seen_by(person, pk, on=on)

    def deed(act: Act) -> object:
        line = found.lines.filter(pk=line_pk).first()
        text = request.POST.get("quantity", "").strip()
        if line is None:
            raise NotFound(record=_("dòng số {pk}").format(pk=line_pk))
        if not _counts(text):
            raise FieldMissing(field=_("Khối lượng đã làm"))
        return actions.report_done(act, found, line=line, quantity=int(text))

    return attempt(
        request,
        deed,
        again=lambda refusal: _contract_page(request, found, person, on, refusal=refusal),
        done=lambda line: _opened(pk),
    )

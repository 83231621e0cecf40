"""The stock of stamps: what is there, who holds it, rolls received, stamps handed out and spoilt."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.act import Act
from quacan.centre.base.doors import admit, edit_page, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import Listing, paginate
from quacan.centre.certificates import actions, queries
from quacan.centre.certificates.forms import DamageForm, HandOutForm, ReceiveForm
from quacan.centre.certificates.models import Stamp, StampBatch
from quacan.centre.certificates.tables import stamp_listing
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import person_of, workplace

R = TypeVar("R")
TOTALS: Final = ("received", "in_stock", "issued", "used", "damaged")


@require_safe
def stamps(request: HttpRequest) -> HttpResponseBase:
    """The stock of stamps: balance, holders, rolls reconciled, and every stamp."""
    on, person = today(), person_of(request)
    rows = queries.stamps(person, on=on)
    if file := exported(request, _narrowed(rows, request), _listing(rows, person, on), on=on):
        return file
    return render(request, "certificates/stamps.html", _context(request, {}))


def _listing(rows: QuerySet[Stamp], person: Person, on: date) -> Listing:
    holders = Person.objects.filter(stamps__in=rows).distinct()
    series = sorted(set(queries.batches(person, on=on).values_list("series", flat=True)))
    return stamp_listing(holders, series)


def _narrowed(rows: QuerySet[Stamp], request: HttpRequest) -> QuerySet[Stamp]:
    """The stamps whose number begins as asked (``so``): a printed number is typed from its left."""
    asked = request.GET.get("so", "").strip().upper()
    return rows.filter(number__startswith=asked) if asked else rows


def _context(request: HttpRequest, bound: dict[str, forms.Form]) -> dict[str, Any]:
    on, person = today(), person_of(request)
    rows = queries.stamps(person, on=on)
    house = workplace(person, "stamps.manage", on=on)
    rolls = queries.stamp_reconciliation(rows)
    return {
        "page": paginate(_narrowed(rows, request), _listing(rows, person, on), request.GET.dict()),
        "asked_number": request.GET.get("so", ""),
        "rolls": rolls,
        "hands": queries.stamps_in_hand(rows),
        "totals": {key: sum(getattr(roll, key) for roll in rolls) for key in TOTALS},
        "short": [roll for roll in rolls if not roll.adds_up],
        "manages": queries.may_manage(person, house, on=on),
        "receive": bound.get("receive") or ReceiveForm(initial={"received_on": on}),
        "hand_out": bound.get("hand_out") or _hand_out_form(None, house, on),
        "damage": bound.get("damage") or DamageForm(),
    }


def _hand_out_form(data: Any, house: Organisation, on: date) -> HandOutForm:
    return HandOutForm(data, holders=queries.possible_holders(house, on=on))


def _sent(
    request: HttpRequest, key: str, form: forms.Form, deed: Callable[[Act], R], said: Callable[[R], str]
) -> HttpResponse:
    """Does the deed of one of the forms of the page and says so there; what is refused stands in that form."""

    def told(result: R) -> str:
        messages.success(request, said(result))
        return "certificates:stamps"

    return edit_page(
        request,
        form,
        lambda act, _given: deed(act),
        template="certificates/stamps.html",
        done=told,
        context=_context(request, {key: form}),
    )


def _house(request: HttpRequest) -> Organisation:
    """The house whose stamps this person keeps; who keeps none has no form to send."""
    house = workplace(person_of(request), "stamps.manage", on=today())
    admit(request, "stamps.manage", house)
    return house


@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Enters a roll of stamps."""
    house, form = _house(request), ReceiveForm(request.POST)

    def said(batch: StampBatch) -> str:
        count = batch.last - batch.first + 1
        return _("Đã nhập {count} tem {series}.").format(count=count, series=batch.series)

    return _sent(
        request, "receive", form, lambda act: actions.receive_stamps(act, house, **form.cleaned_data), said
    )


@require_POST
def hand_out(request: HttpRequest) -> HttpResponse:
    """Hands stamps out to somebody who measures."""
    house = _house(request)
    form = _hand_out_form(request.POST, house, today())

    def deed(act: Act) -> Person:
        return actions.hand_out_stamps(act, house, to=form.holder, count=form.cleaned_data["count"])

    def said(holder: Person) -> str:
        count = form.cleaned_data["count"]
        return _("Đã giao {count} tem cho {person}.").format(count=count, person=holder.full_name)

    return _sent(request, "hand_out", form, deed, said)


@require_POST
def damage(request: HttpRequest) -> HttpResponse:
    """Writes off a stamp that cannot be used any more, with the reason."""
    _house(request)
    person, form = person_of(request), DamageForm(request.POST)

    def deed(act: Act) -> Stamp:
        return actions.damage_stamp(act, queries.stamp(person, form.cleaned_data["number"], on=today()))

    def said(stamp: Stamp) -> str:
        return _("Đã ghi tem {number} hỏng.").format(number=stamp.number)

    return _sent(request, "damage", form, deed, said)

"""The stock of stamps: what is there, who holds it, rolls received, stamps handed out and spoilt."""

from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import act_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import paginate
from quacan.centre.base.refusals import NotAuthorised, NotFound, Refusal
from quacan.centre.certificates import actions, queries
from quacan.centre.certificates.forms import DamageForm, HandOutForm, ReceiveForm
from quacan.centre.certificates.models import Stamp
from quacan.centre.certificates.tables import stamp_listing
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import workplace


@require_safe
def stamps(request: HttpRequest) -> HttpResponseBase:
    """This will show the stock of stamps: balance, holders, rolls reconciled, and every stamp."""
    on, person = today(), cast(Person, request.user)
    rows = queries.stamps(person, on=on)
    listing = _listing(rows, person, on)
    if file := exported(request, _narrowed(rows, request), listing, on=on):
        return file
    return _page(request, {})


def _listing(rows: QuerySet[Stamp], person: Person, on: date) -> Any:
    holders = Person.objects.filter(stamps__in=rows).distinct()
    series = sorted(set(queries.batches(person, on=on).values_list("series", flat=True)))
    return stamp_listing(holders, series)


def _narrowed(rows: QuerySet[Stamp], request: HttpRequest) -> QuerySet[Stamp]:
    """The stamps whose number begins as asked (``so``): a printed number is typed from its left."""
    asked = request.GET.get("so", "").strip().upper()
    return rows.filter(number__startswith=asked) if asked else rows


def _page(request: HttpRequest, bound: dict[str, forms.Form], status: int = 200) -> HttpResponse:
    on, person = today(), cast(Person, request.user)
    rows = queries.stamps(person, on=on)
    house = workplace(person, "stamps.manage", on=on)
    manages = person.may("stamps.manage", organisation_id=house.pk, unit_id=None, on=on)
    rolls = queries.stamp_reconciliation(rows)
    context = {
        "page": paginate(_narrowed(rows, request), _listing(rows, person, on), request.GET.dict()),
        "asked_number": request.GET.get("so", ""),
        "rolls": rolls,
        "hands": queries.stamps_in_hand(rows),
        "totals": {key: sum(getattr(roll, key) for roll in rolls) for key in TOTALS},
        "short": [roll for roll in rolls if not roll.adds_up],
        "manages": manages,
        "receive": bound.get("receive") or ReceiveForm(initial={"received_on": on}),
        "hand_out": bound.get("hand_out") or _hand_out_form(None, house, on),
        "damage": bound.get("damage") or DamageForm(),
        "opened": next(iter(bound), ""),
    }
    return render(request, "certificates/stamps.html", context, status=status)


TOTALS = ("received", "in_stock", "issued", "used", "damaged")


def _hand_out_form(data: Any, house: Organisation, on: date) -> HandOutForm:
    return HandOutForm(data, holders=queries.possible_holders(house, on=on))


@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """This will enter a roll of stamps."""
    person = cast(Person, request.user)
    form = ReceiveForm(request.POST)
    if form.is_valid():
        house = workplace(person, "stamps.manage", on=today())
        try:
            batch = actions.receive_stamps(act_from(request), house, **form.cleaned_data)
        except NotAuthorised:
            raise  # who may not manage stamps has no form to show it on: a page says so
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            count = batch.last - batch.first + 1
            messages.success(
                request, _("Đã nhập {count} tem {series}.").format(count=count, series=batch.series)
            )
            return redirect("certificates:stamps")
    return _page(request, {"receive": form}, status=422)


@require_POST
def hand_out(request: HttpRequest) -> HttpResponse:
    """This will hand stamps out to somebody who measures."""
    on, person = today(), cast(Person, request.user)
    house = workplace(person, "stamps.manage", on=on)
    form = _hand_out_form(request.POST, house, on)
    if form.is_valid():
        try:
            actions.hand_out_stamps(
                act_from(request), house, to=form.holder, count=form.cleaned_data["count"]
            )
        except NotAuthorised:
            raise  # who may not manage stamps has no form to show it on: a page says so
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            count, name = form.cleaned_data["count"], form.holder.full_name
            messages.success(request, _("Đã giao {count} tem cho {person}.").format(count=count, person=name))
            return redirect("certificates:stamps")
    return _page(request, {"hand_out": form}, status=422)


@require_POST
def damage(request: HttpRequest) -> HttpResponse:
    """This will write off a stamp that cannot be used any more, with the reason."""
    on, person = today(), cast(Person, request.user)
    form = DamageForm(request.POST)
    if form.is_valid():
        number = form.cleaned_data["number"].strip().upper()
        try:
            stamp = queries.stamps(person, on=on).filter(number=number).first()
            if stamp is None:
                raise NotFound(record=_("tem {number}").format(number=number))
            actions.damage_stamp(act_from(request), stamp)
        except NotAuthorised:
            raise  # who may not manage stamps has no form to show it on: a page says so
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã ghi tem {number} hỏng.").format(number=number))
            return redirect("certificates:stamps")
    return _page(request, {"damage": form}, status=422)

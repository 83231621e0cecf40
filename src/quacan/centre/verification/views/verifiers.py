"""Who may measure what: verifiers' cards and authorisations, with what runs out soon."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quacan.centre.base.doors import act_from
from quacan.centre.base.refusals import NotFound, Refusal
from quacan.centre.organisation.models import Organisation
from quacan.centre.people import actions
from quacan.centre.people.models import Person
from quacan.centre.people.queries import CardStanding, card_standings, workplace
from quacan.centre.verification.forms import AuthorisationForm, CardForm
from quacan.centre.verification.queries.competence import allowed_work


def verifiers(request: HttpRequest) -> HttpResponse:
    """This will list everybody who may measure, the cards that run out first on top."""
    viewer, on, where = _standing(request)
    rows = card_standings(where, on=on)
    return render(
        request, "verification/verifiers.html", {"rows": rows, "where": where, "on": on, "viewer": viewer}
    )


def verifier(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show one verifier: cards, authorisations by procedure, and the forms to add them."""
    return _page(request, pk)


@require_POST
def add_card(request: HttpRequest, pk: int) -> HttpResponse:
    """This will enter a verifier's card."""
    form = CardForm(request.POST)
    return _deed(
        request,
        pk,
        form,
        "card",
        lambda who, where: actions.enter_card(act_from(request), where, person=who, **form.cleaned_data),
    )


@require_POST
def add_authorisation(request: HttpRequest, pk: int) -> HttpResponse:
    """This will let a verifier work by a procedure."""
    form = AuthorisationForm(request.POST)
    return _deed(
        request,
        pk,
        form,
        "leave",
        lambda who, where: actions.authorise(act_from(request), where, person=who, **form.cleaned_data),
    )


def _deed(
    request: HttpRequest, pk: int, form: Any, name: str, deed: Callable[[Person, Organisation], object]
) -> HttpResponse:
    _viewer, on, where = _standing(request)
    if form.is_valid():
        try:
            deed(_one(where, pk, on=on).person, where)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("verification:verifier", pk=pk)
    return _page(request, pk, **{name: form})


def _page(request: HttpRequest, pk: int, **forms: Any) -> HttpResponse:
    viewer, on, where = _standing(request)
    one = _one(where, pk, on=on)
    may = viewer.may("people.authorise", organisation_id=where.pk, unit_id=None, on=on)
    values = {
        "one": one,
        "work": allowed_work(one.person, where, on=on),
        "on": on,
        "may": may,
        "card": forms.get("card") or CardForm(initial={"issued_on": on}),
        "leave": forms.get("leave") or AuthorisationForm(initial={"valid_from": on}),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "verification/verifier.html", values, status=status)


def _standing(request: HttpRequest) -> tuple[Person, date, Organisation]:
    viewer, on = cast(Person, request.user), timezone.localdate()
    if not viewer.may("worksheets.see", organisation_id=None, unit_id=None, on=on):
        raise NotFound(record=_("kiểm định viên"))
    return viewer, on, workplace(viewer, "worksheets.see", on=on)


def _one(where: Organisation, pk: int, *, on: date) -> CardStanding:
    for standing in card_standings(where, on=on):
        if standing.person.pk == pk:
            return standing
    raise NotFound(record=_("kiểm định viên"))

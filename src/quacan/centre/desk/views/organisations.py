"""Doors of organisations."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quacan.centre.base.act import Act
from quacan.centre.base.doors import admit, edit_panel, today
from quacan.centre.base.refusals import NotFound
from quacan.centre.desk.forms import OrganisationForm, SiteForm, SuccessionForm, UnitForm
from quacan.centre.organisation import actions
from quacan.centre.organisation.models import Organisation
from quacan.centre.organisation.queries import scopes_of
from quacan.centre.people.models import Person
from quacan.centre.people.queries import organisations_of, person_of


def organisations(request: HttpRequest) -> HttpResponse:
    """This will show the tree of organisations a person may see."""
    person, on = who(request)
    return render(request, "desk/organisations.html", {"rows": _seen(person, on=on), "on": on})


def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """This will show one organisation: units, sites, what it came from and what became of it."""
    return _page(request, code)


@require_POST
def found(request: HttpRequest, code: str) -> HttpResponse:
    """This will found an organisation below this one."""
    _person, on = who(request)
    form = OrganisationForm(request.POST, on=on)
    return _deed(
        request,
        code,
        "founding",
        form,
        lambda act, parent, given: actions.found_organisation(act, parent=parent, **given),
    )


@require_POST
def open_unit(request: HttpRequest, code: str) -> HttpResponse:
    """This will open a unit."""
    form = UnitForm(request.POST)
    return _deed(
        request,
        code,
        "unit",
        form,
        lambda act, one, given: actions.open_unit(act, one, **given),
    )


@require_POST
def open_site(request: HttpRequest, code: str) -> HttpResponse:
    """This will open a site."""
    form = SiteForm(request.POST)
    return _deed(
        request,
        code,
        "site",
        form,
        lambda act, one, given: actions.open_site(act, one, **given),
    )


@require_POST
def succeed(request: HttpRequest, code: str) -> HttpResponse:
    """This will let an organisation take over from others."""
    person, on = who(request)
    form = SuccessionForm(request.POST, choices=_others(person, code, on=on))
    return _deed(
        request,
        code,
        "taking",
        form,
        lambda act, one, given: actions.succeed(act, one, **given),
    )


def _deed(
    request: HttpRequest,
    code: str,
    name: str,
    form: forms.Form,
    deed: Callable[[Act, Organisation, dict[str, Any]], object],
) -> HttpResponse:
    person, on = who(request)
    one = seen_one(person, code, on=on)
    admit(request, "organisation.manage", one)
    return edit_panel(
        request,
        form,
        lambda act, given: deed(act, one, given),
        again=lambda bad: _page(request, code, **{name: bad}),
        done=lambda done: reverse("organisation", args=[code]),
        said=_("Đã ghi."),
    )


def _page(request: HttpRequest, code: str, **forms_: Any) -> HttpResponse:
    person, on = who(request)
    one = seen_one(person, code, on=on)
    begin = {"valid_from": on}
    values = {
        "one": one,
        "on": on,
        "may": person.may("organisation.manage", organisation_id=one.pk, unit_id=None, on=on),
        "units": one.units.all(),
        "sites": one.sites.all(),
        "before": one.predecessions.select_related("predecessor"),
        "after": one.successions.select_related("successor"),
        "children": one.children.all(),
        "scopes": [scope for scope in scopes_of(one, on=on) if scope.state == "in_force"],
        "founding": OrganisationForm(on=on, initial=begin),
        "unit": UnitForm(initial=begin),
        "site": SiteForm(initial=begin),
        "taking": SuccessionForm(choices=_others(person, code, on=on), initial={"on": on}),
        **forms_,
    }
    return render(request, "desk/organisation.html", values, status=422 if forms_ else 200)


def who(request: HttpRequest) -> tuple[Person, date]:
    """This will give the person of a request and the day it is here."""
    return person_of(request), today()


def _seen(person: Person, *, on: date) -> QuerySet[Organisation]:
    return organisations_of(person, "organisation.see", on=on).order_by("path")


def seen_one(person: Person, code: str, *, on: date) -> Organisation:
    """This will find an organisation a person may see, refusing any other as unknown."""
    seen = _seen(person, on=on) | organisations_of(person, "organisation.manage", on=on)
    one = seen.filter(code=code).distinct().first()
    if one is None:
        raise NotFound(record=_("cơ quan {code}").format(code=code))
    return one


def _others(person: Person, code: str, *, on: date) -> QuerySet[Organisation]:
    managed = organisations_of(person, "organisation.manage", on=on)
    return managed.exclude(code=code).filter(valid_to__isnull=True).order_by("path")

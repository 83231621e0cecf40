"""Doors of scopes: what an organisation is designated and accredited for."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quacan.centre.base.act import Act
from quacan.centre.base.doors import admit, edit_panel
from quacan.centre.base.language.texts import Text
from quacan.centre.base.moves import offer
from quacan.centre.base.refusals import NotFound
from quacan.centre.desk.forms import EXAMPLE, EndScopeForm, LinesForm, ScopeForm, pasted_lines
from quacan.centre.desk.views.organisations import seen_one, who
from quacan.centre.instruments.catalogue import kinds
from quacan.centre.organisation import actions
from quacan.centre.organisation.models import Organisation, Scope
from quacan.centre.organisation.moves import END, WIDEN
from quacan.centre.organisation.queries import scope_of, scopes_of
from quacan.centre.people.queries import organisations_of
from quacan.centre.verification.library import shelves


def own(request: HttpRequest) -> HttpResponse:
    """This will open the scopes of the organisation a person answers for, or the organisations that may be seen."""
    person, on = who(request)
    mine = organisations_of(person, "scope.manage", on=on).order_by("path").first()
    return redirect("scopes", code=mine.code) if mine is not None else redirect("organisations")


def scopes(request: HttpRequest, code: str) -> HttpResponse:
    """This will list the scopes of an organisation, and offer to enter one."""
    return _list(request, code)


@require_POST
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """This will enter a decision with the lines of a pasted table."""
    person, on = who(request)
    one = seen_one(person, code, on=on)
    admit(request, "scope.manage", one)
    return edit_panel(
        request,
        ScopeForm(request.POST),
        lambda act, given: actions.enter_scope(act, one, lines=pasted_lines(given.pop("table")), **given),
        again=lambda bad: _list(request, code, bad),
        done=lambda entered: reverse("scope", args=[code, entered.pk]),
        said=_("Đã ghi."),
    )


def scope(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """This will show one scope with its lines, and offer to extend, narrow or end it."""
    return _page(request, code, pk)


@require_POST
def add_lines(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """This will add the lines of a pasted table to a scope."""
    _one, found = _found(request, code, pk)
    return edit_panel(
        request,
        LinesForm(request.POST),
        lambda act, given: actions.add_scope_lines(
            act, found, lines=pasted_lines(given["table"]), valid_from=given["valid_from"]
        ),
        again=lambda bad: _page(request, code, pk, adding=bad),
        done=lambda added: reverse("scope", args=[code, pk]),
        said=_("Đã ghi."),
    )


@require_POST
def end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """This will end a scope, or one of its lines, on a day."""
    _one, found = _found(request, code, pk)

    def deed(act: Act, given: dict[str, Any]) -> object:
        act.reason = given["reason"]
        if given["what"]:
            line = found.lines.select_related("scope").get(pk=given["what"])
            return actions.end_scope_line(act, line, last_on=given["last_on"])
        return actions.end_scope(act, found, last_on=given["last_on"])

    return edit_panel(
        request,
        EndScopeForm(request.POST, lines=_choices(found)),
        deed,
        again=lambda bad: _page(request, code, pk, ending=bad),
        done=lambda ended: reverse("scope", args=[code, pk]),
        said=_("Đã ghi."),
    )


def _found(request: HttpRequest, code: str, pk: int) -> tuple[Organisation, Scope]:
    person, on = who(request)
    one = seen_one(person, code, on=on)
    return one, scope_of(one, pk)


def _choices(found: Scope) -> list[tuple[int, str]]:
    return [(line.pk, str(line)) for line in found.lines.filter(valid_to__isnull=True)]


def _shared(request: HttpRequest, one: Organisation) -> dict[str, Any]:
    person, on = who(request)
    return {
        "one": one,
        "on": on,
        "may": person.may("scope.manage", organisation_id=one.pk, unit_id=None, on=on),
        "example": EXAMPLE,
        "kinds": [(kind.code, str(kind.name)) for kind in kinds()],
        "procedures": sorted(
            {(s.procedure.code, str(Text(s.procedure.title.vi, s.procedure.title.en))) for s in shelves()}
        ),
    }


def _list(request: HttpRequest, code: str, form: ScopeForm | None = None) -> HttpResponse:
    person, on = who(request)
    one = seen_one(person, code, on=on)
    values = _shared(request, one) | {
        "rows": scopes_of(one, on=on),
        "entering": form or ScopeForm(initial={"decided_on": on, "valid_from": on}),
    }
    return render(request, "desk/scopes.html", values, status=422 if form else 200)


def _page(request: HttpRequest, code: str, pk: int, **given: forms.Form) -> HttpResponse:
    person, on = who(request)
    one, found = _found(request, code, pk)
    shown = next((row for row in scopes_of(one, on=on) if row.pk == found.pk), None)
    if shown is None:
        raise NotFound(record=_("phạm vi"))
    values = _shared(request, one) | {
        "scope": shown,
        "widen": offer(WIDEN, found, person, on=on),
        "end": offer(END, found, person, on=on),
        "adding": LinesForm(initial={"valid_from": on}),
        "ending": EndScopeForm(lines=_choices(found), initial={"last_on": on}),
        **given,
    }
    return render(request, "desk/scope.html", values, status=422 if given else 200)

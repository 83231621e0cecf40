"""Doors: what screens share when they call an action or refuse one."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from quacan.centre.base.act import Act
from quacan.centre.base.actors import HERE, Actor
from quacan.centre.base.refusals import NotAuthorised, Refusal, Words

R = TypeVar("R")
F = TypeVar("F", bound=forms.BaseForm)

LONGEST_KEY = 18  # digits: what the database keeps


def act_from(request: HttpRequest, *, door: str = "screen") -> Act:
    """This will make the deed of a request: its person, the clock, the key and reason the form carries."""
    return Act(
        actor=cast(Actor, request.user),
        at=timezone.now(),
        door=door,
        key=request.POST.get("key", ""),
        reason=request.POST.get("reason", ""),
    )


def key_from(text: str) -> int:
    """The key of a record as a page sent it; 0, which is nobody's, for anything that is none."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_KEY else 0


def today() -> date:
    """This will read the clock: the day in Việt Nam."""
    return timezone.now().astimezone(HERE).date()


def address(name: str, *args: object) -> str:
    """Where a URL name opens, or '' in a house without the department that owns it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def admit(
    request: HttpRequest, permission: str, organisation: Any | None, *, unit_id: int | None = None
) -> None:
    """This will refuse (403, in words) whoever lacks a permission: a person sees no form they may not send."""
    actor = cast(Actor, request.user)
    organisation_id = None if organisation is None else organisation.pk
    if not actor.may(permission, organisation_id=organisation_id, unit_id=unit_id, on=today()):
        raise NotAuthorised.at(actor, permission, organisation)


def edit_page(
    request: HttpRequest,
    form: forms.BaseForm,
    deed: Callable[[Act, dict[str, Any]], R],
    *,
    template: str,
    done: Callable[[R], Any],
    said: Words = "",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """This will show a form, and on POST do its deed: what is wrong or refused stands beside its field (422).

    *deed* is given the act of the request and the form's checked values and calls one action; *done* gives where its
    result opens (a model, URL name or address); *said* is told there.
    """

    def page(one: forms.BaseForm) -> HttpResponse:
        status = 422 if request.method == "POST" else 200
        return render(request, template, {**(context or {}), "form": one}, status=status)

    if request.method != "POST":
        return page(form)
    return edit_panel(request, form, deed, again=page, done=done, said=said)


def edit_panel(
    request: HttpRequest,
    form: F,
    deed: Callable[[Act, dict[str, Any]], R],
    *,
    again: Callable[[F], HttpResponse],
    done: Callable[[R], Any],
    said: Words = "",
) -> HttpResponse:
    """This will do the deed of a form that was sent; *again* shows its page with what is wrong or refused on it."""

    def refused(refusal: Refusal) -> HttpResponse:
        refuse(form, refusal)
        return again(form)

    if not form.is_valid():
        return again(form)
    return attempt(
        request, lambda act: deed(act, dict(form.cleaned_data)), again=refused, done=done, said=said
    )


def attempt(
    request: HttpRequest,
    deed: Callable[[Act], R],
    *,
    again: Callable[[Refusal], HttpResponse],
    done: Callable[[R], Any],
    said: Words = "",
) -> HttpResponse:
    """This will do a deed and tell *said* where its result opens; *again* shows the page with what refused it."""
    try:
        result = deed(act_from(request))
    except Refusal as refusal:
        return again(refusal)
    if said:
        messages.success(request, str(said))
    return redirect(done(result))


def refuse(form: forms.BaseForm, refusal: Refusal) -> None:
    """This will write a refusal beside the field it names, or above the form."""
    named = str(refusal.values.get("field", ""))
    beside = next((name for name, one in form.fields.items() if named and str(one.label) == named), None)
    form.add_error(beside, refusal.sentence)


class RefusalMiddleware:
    """A refusal no view caught becomes a page (or an htmx notice) that says obstacle and remedy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        template = "base/refusal_notice.html" if getattr(request, "htmx", False) else "base/refusal.html"
        return render(request, template, {"refusal": exception}, status=exception.status)

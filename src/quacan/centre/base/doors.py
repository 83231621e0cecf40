"""Doors: what screens share when they call an action or refuse one."""

from collections.abc import Callable
from datetime import date
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from quacan.centre.base.acting import HERE, Act, Actor
from quacan.centre.base.refusals import Refusal


def act_from(request: HttpRequest, *, door: str = "screen") -> Act:
    """This will make the deed of a request: its person, the clock, the key and reason the form carries."""
    return Act(
        actor=cast(Actor, request.user),
        at=timezone.now(),
        door=door,
        key=request.POST.get("key", ""),
        reason=request.POST.get("reason", ""),
    )


def today() -> date:
    """This will read the clock: the day in Việt Nam."""
    return timezone.now().astimezone(HERE).date()


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

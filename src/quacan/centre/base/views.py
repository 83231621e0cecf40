"""Doors of the mechanisms: the page of components, the page for a form that came too late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def ui(request: HttpRequest) -> HttpResponse:
    """This will show every component in every state."""
    return render(request, "base/ui.html", {})


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """This will say that the page was opened before the last sign-in and cannot be sent any more."""
    return render(request, "base/csrf_refused.html", status=403)

"""Search over every department."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def found(request: HttpRequest) -> HttpResponse:
    """This will show the records that match what was typed."""
    return render(request, "config/found.html", {"asked": request.GET.get("q", "")})

"""The first page: what waits, what is late, whether the plan is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def today(request: HttpRequest) -> HttpResponse:
    """This will show a person's day."""
    return render(request, "config/today.html", {})

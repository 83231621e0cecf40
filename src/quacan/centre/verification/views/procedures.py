"""The library of procedures: what is declared, where its numbers come from, its cases run, a definition checked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from quacan.centre.base.doors import today
from quacan.centre.contracts.models import Service
from quacan.centre.verification.queries import procedures as library

LONGEST = 200_000


@require_GET
def procedures(request: HttpRequest) -> HttpResponse:
    """This will list the declared procedures, found by words, field and service."""
    asked, discipline, service = (request.GET.get(key, "") for key in ("q", "linh-vuc", "dich-vu"))
    rows = library.procedure_rows(asked=asked, discipline=discipline, service=service, on=today())
    context = {
        "rows": rows,
        "asked": asked,
        "discipline": discipline,
        "service": service,
        "disciplines": library.DISCIPLINES.items(),
        "services": Service.choices,
        "filtered": bool(asked or discipline or service),
    }
    return render(request, "verification/procedures/list.html", context)


@require_GET
def declared(request: HttpRequest, code: str) -> HttpResponse:
    """This will show one version of a procedure (``ban``, else the one in force) with its cases run."""
    on = today()
    shelf = library.shelf_of(code, request.GET.get("ban", ""), on=on)
    page = library.procedure_page(shelf, on=on)
    return render(request, "verification/procedures/declared.html", {"page": page})


@require_GET
def case(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """This will show a worked case as the worksheet it would be."""
    shelf = library.shelf_of(code, request.GET.get("ban", ""), on=today())
    context = {"page": library.case_page(shelf, name), "procedure": shelf.procedure, "typing": False}
    return render(request, "verification/procedures/case.html", context)


@require_http_methods(["GET", "POST"])
def check_definition(request: HttpRequest) -> HttpResponse:
    """This will explain every problem of a definition somebody pastes; nothing is kept."""
    text = request.POST.get("text", "")[:LONGEST]
    asked = request.method == "POST" and bool(text.strip())
    checked = library.checked(text) if asked else None
    status = 422 if checked is not None and checked.problems else 200
    context = {"text": text, "checked": checked, "empty": request.method == "POST" and not asked}
    return render(request, "verification/procedures/check.html", context, status=status)

"""The register of certificates, one certificate with its papers, its revocation."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import act_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import paginate
from quacan.centre.base.paper.typesetting import qr_drawing
from quacan.centre.base.queries import file_bytes
from quacan.centre.base.refusals import NotFound, Refusal
from quacan.centre.certificates import actions, queries
from quacan.centre.certificates.composing import check_url
from quacan.centre.certificates.models import Outcome
from quacan.centre.certificates.papers import render_record_docx
from quacan.centre.certificates.queries.sheet import outcome_sheet, row_of
from quacan.centre.certificates.tables import OUTCOMES
from quacan.centre.people.models import Person

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def certificates(request: HttpRequest) -> HttpResponseBase:
    """This will list certificates and notices, and say how many results wait for this person's signature."""
    on, person = today(), cast(Person, request.user)
    rows = queries.with_standing(queries.outcomes(person, on=on), on=on)
    if file := exported(request, rows, OUTCOMES, on=on):
        return file
    page = paginate(rows, OUTCOMES, request.GET.dict()).of(row_of)
    waiting = queries.to_sign(person, on=on).count()
    context = {"page": page, "on": on, "waiting": waiting, "signs": _signs(person, on)}
    return render(request, "certificates/list.html", context)


def _signs(person: Person, on: date) -> bool:
    return person.may("certificates.sign", organisation_id=None, unit_id=None, on=on)


@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show one certificate or notice: what it says, where it stands, its papers and its life."""
    on, person = today(), cast(Person, request.user)
    found = queries.outcome(person, pk, on=on)
    return render(request, "certificates/certificate.html", _context(found, person, on))


def _context(found: Outcome, person: Person, on: date) -> dict[str, Any]:
    url = check_url(found.check_code)
    return {
        "found": found,
        "sheet": outcome_sheet(found, person, on=on),
        "check_url": url,
        "qr": mark_safe(qr_drawing(url)),  # noqa: S308  (drawn by ourselves from our own address)
        "on": on,
    }


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """This will revoke a certificate with the reason given; a refusal is shown on its page."""
    on, person = today(), cast(Person, request.user)
    found = queries.outcome(person, pk, on=on)
    try:
        actions.revoke_outcome(act_from(request), found)
    except Refusal as refusal:
        context = _context(queries.outcome(person, pk, on=on), person, on) | {"refusal": refusal}
        return render(request, "certificates/certificate.html", context, status=refusal.status)
    messages.success(request, _("Đã thu hồi {number}.").format(number=found.number))
    return redirect("certificates:certificate", pk)


@require_safe
@never_cache
def paper(request: HttpRequest, pk: int, which: str, suffix: str) -> HttpResponse:
    """This will serve a paper of a certificate, its bytes checked against their hash before.

    ``chung-nhan.pdf`` and ``bien-ban.pdf`` as issued, ``bien-ban.docx`` written anew from the frozen snapshot.
    """
    on, person = today(), cast(Person, request.user)
    found = queries.outcome(person, pk, on=on)
    if (which, suffix) == ("bien-ban", "docx"):
        name = f"{found.record.number.replace('/', '-')}.docx"
        return _file(render_record_docx(queries.record_paper(found)), WORD, name, attached=True)
    documents = {"chung-nhan": found.document, "bien-ban": found.record}
    if which not in documents or suffix != "pdf":
        raise NotFound(record=f"{which}.{suffix}")
    file = queries.paper_file(documents[which])
    return _file(file_bytes(file), PDF, file.name, attached="tai" in request.GET)


def _file(content: bytes, kind: str, name: str, *, attached: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(attached, name) or "inline"
    return response

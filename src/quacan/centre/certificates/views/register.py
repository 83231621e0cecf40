"""The register of certificates, one certificate with its papers, its revocation."""

from typing import Any

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
from quacan.centre.base.moves import offer
from quacan.centre.base.paper.typesetting import qr_drawing
from quacan.centre.base.queries import file_bytes
from quacan.centre.base.refusals import NotFound
from quacan.centre.certificates import actions, queries
from quacan.centre.certificates.moves import REVOKE
from quacan.centre.certificates.papers import render_record_docx
from quacan.centre.certificates.papers.compose import check_url
from quacan.centre.certificates.queries.sheet import outcome_sheet, row_of
from quacan.centre.certificates.tables import OUTCOMES
from quacan.centre.people.queries import person_of
from quacan.centre.verification.moves import REPLACE

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def certificates(request: HttpRequest) -> HttpResponseBase:
    """The certificates and notices, and how many results wait for this person's signature."""
    on, person = today(), person_of(request)
    rows = queries.with_standing(queries.outcomes(person, on=on), on=on)
    if file := exported(request, rows, OUTCOMES, on=on):
        return file
    context = {
        "page": paginate(rows, OUTCOMES, request.GET.dict()).of(row_of),
        "on": on,
        "waiting": queries.to_sign(person, on=on).count(),
        "signs": queries.may_sign(person, on=on),
    }
    return render(request, "certificates/list.html", context)


@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """One certificate or notice: what it says, where it stands, its papers, its life, what can be done with it."""
    on, person = today(), person_of(request)
    found = queries.outcome(person, pk, on=on)
    url = check_url(found.check_code)
    context: dict[str, Any] = {
        "found": found,
        "sheet": outcome_sheet(found, person, on=on),
        "revoke": offer(REVOKE, found, person, on=on),
        "replace": offer(REPLACE, found.worksheet, person, on=on),
        "check_url": url,
        "qr": mark_safe(qr_drawing(url)),  # noqa: S308  (drawn by ourselves from our own address)
        "on": on,
    }
    return render(request, "certificates/certificate.html", context)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a certificate out of force with the reason given."""
    found = queries.outcome(person_of(request), pk, on=today())
    actions.revoke_outcome(act_from(request), found)
    messages.success(request, _("Đã thu hồi {number}.").format(number=found.number))
    return redirect("certificates:certificate", pk)


@require_safe
@never_cache
def paper(request: HttpRequest, pk: int, which: str, suffix: str) -> HttpResponse:
    """A paper of a certificate, its bytes checked against their hash before.

    ``chung-nhan.pdf`` and ``bien-ban.pdf`` as issued, ``bien-ban.docx`` written anew from the frozen snapshot.
    """
    found = queries.outcome(person_of(request), pk, on=today())
    if (which, suffix) == ("bien-ban", "docx"):
        name = f"{found.record.number.replace('/', '-')}.docx"
        return _file(render_record_docx(queries.record_paper(found)), WORD, name, attached=True)
    documents = {"chung-nhan": found.document, "bien-ban": found.record}
    if which not in documents or suffix != "pdf":
        raise NotFound(record=_("bản in này"))
    file = queries.paper_file(documents[which])
    return _file(file_bytes(file), PDF, file.name, attached="tai" in request.GET)


def _file(content: bytes, kind: str, name: str, *, attached: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(attached, name) or "inline"
    return response

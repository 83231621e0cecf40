"""Doors of a standard's certificates: typed or read from a DCC, kept with their files."""

import base64
import binascii
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quacan.centre.base.act import Act
from quacan.centre.base.documents import Rendition
from quacan.centre.base.doors import admit, edit_page, today
from quacan.centre.base.fields import typed_rows
from quacan.centre.base.models import DocumentFile
from quacan.centre.base.queries import file_bytes
from quacan.centre.base.refusals import NotFound, Refusal
from quacan.centre.people.queries import person_of
from quacan.centre.standards import actions
from quacan.centre.standards.forms import VALUE_COLUMNS, CertificateForm, DigitalForm
from quacan.centre.standards.models import Standard, StandardCertificate
from quacan.centre.standards.moves import RECORD
from quacan.centre.standards.queries import standard_seen_by
from quacan.centre.standards.refusals import CertificateUnreadable, CertificateValueWrong

PAGE = "standards/certificate.html"
FORMATS = {
    b"%PDF": ("pdf", "application/pdf"),
    b"\x89PNG": ("png", "image/png"),
    b"\xff\xd8": ("jpg", "image/jpeg"),
}
MIMES = dict(FORMATS.values()) | {"xml": "application/xml"}


def new_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """This will add a certificate with its values to a standard; a DCC fills the form to be confirmed."""
    found = standard_seen_by(person_of(request), pk, on=today())
    admit(request, RECORD, found.organisation, unit_id=found.unit_id)
    if request.method == "POST" and "read" in request.POST:
        return _read_digital(request, found)
    form = CertificateForm(request.POST or None, request.FILES or None)
    rows = typed_rows(request.POST, VALUE_COLUMNS)
    shown = _shown(found, rows, digital=request.POST.get("digital", ""))

    def deed(act: Act, given: dict[str, Any]) -> StandardCertificate:
        try:
            return actions.add_certificate(act, found, _draft(given, rows, shown["digital"]))
        except CertificateValueWrong as refusal:
            shown["bad"] = refusal.values["row"]
            raise

    return edit_page(
        request,
        form,
        deed,
        template=PAGE,
        done=lambda made: reverse("standards:standard", args=[pk]),
        said=_("Đã nhập giấy chứng nhận của chuẩn."),
        context=shown,
    )


def _shown(found: Standard, rows: list[dict[str, str]], *, digital: str = "") -> dict[str, Any]:
    """What the page shows beside its form: the rows of values, the one that is bad, the DCC they were read from."""
    return {
        "standard": found,
        "reader": DigitalForm(),
        "digital": digital,
        "read": None,
        "rows": rows or [_blank()],
        "blank": _blank(),
        "bad": 0,
    }


def _read_digital(request: HttpRequest, found: Standard) -> HttpResponse:
    reader = DigitalForm(request.POST, request.FILES)
    if not reader.is_valid():
        return _unread(request, found, reader)
    document = reader.cleaned_data["dcc"].read()
    try:
        proposed = actions.read_digital(document)
    except Refusal as refusal:
        reader.add_error("dcc", refusal.sentence)
        return _unread(request, found, reader)
    form = CertificateForm(
        initial={"number": proposed.number, "issuer": proposed.issuer, "issued_on": proposed.issued_on}
    )
    shown = _shown(found, list(proposed.rows), digital=base64.b64encode(document).decode())
    return render(request, PAGE, {**shown, "form": form, "read": len(proposed.rows)})


def _unread(request: HttpRequest, found: Standard, reader: DigitalForm) -> HttpResponse:
    context = {**_shown(found, []), "form": CertificateForm(), "reader": reader}
    return render(request, PAGE, context, status=422)


def _blank() -> dict[str, str]:
    return dict.fromkeys(VALUE_COLUMNS, "") | {"k": "2"}


def _draft(given: dict[str, Any], rows: list[dict[str, str]], digital: str) -> actions.CertificateDraft:
    typed = [row for row in rows if any(row[name].strip() for name in VALUE_COLUMNS if name != "k")]
    return actions.CertificateDraft(
        **{**given, "file": _rendition(given["file"])}, values=typed, digital=_digital(digital)
    )


def _digital(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise CertificateUnreadable(why=_("tệp hỏng, không phải XML")) from error


def _rendition(file: "UploadedFile[bytes] | None") -> Rendition | None:
    if file is None:
        return None
    content = file.read()
    ending = next(ending for start, (ending, _mime) in FORMATS.items() if content.startswith(start))
    return Rendition(ending, f"giay-chung-nhan.{ending}", content)


@require_safe
def certificate_file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """This will give the paper of a standard's certificate, proven against its hash."""
    found = standard_seen_by(person_of(request), pk, on=today())
    file = DocumentFile.objects.filter(pk=file_pk, document__standardcertificate__standard=found).first()
    if file is None:
        raise NotFound(record=_("tệp số {pk}").format(pk=file_pk))
    shown = "attachment" if file.format == "xml" else "inline"
    return HttpResponse(
        file_bytes(file),
        content_type=MIMES[file.format],
        headers={
            "Content-Disposition": f'{shown}; filename="{file.name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )

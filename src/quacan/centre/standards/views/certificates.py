"""Doors of a standard's certificates: typed or read from a DCC, kept with their files."""

import base64
import binascii
from typing import Any, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quacan.centre.base.documents import Rendition
from quacan.centre.base.doors import act_from, today
from quacan.centre.base.fields import typed_rows
from quacan.centre.base.models import DocumentFile
from quacan.centre.base.queries import file_bytes
from quacan.centre.base.refusals import NotFound, Refusal
from quacan.centre.people.models import Person
from quacan.centre.standards import actions
from quacan.centre.standards.forms import VALUE_COLUMNS, CertificateForm, DigitalForm
from quacan.centre.standards.models import Standard
from quacan.centre.standards.queries import standard_seen_by
from quacan.centre.standards.refusals import CertificateUnreadable, CertificateValueWrong

FORMATS = {
    b"%PDF": ("pdf", "application/pdf"),
    b"\x89PNG": ("png", "image/png"),
    b"\xff\xd8": ("jpg", "image/jpeg"),
}
MIMES = dict(FORMATS.values()) | {"xml": "application/xml"}


def new_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """This will add a certificate with its values to a standard; a DCC fills the form to be confirmed."""
    on, person = today(), cast(Person, request.user)
    found = standard_seen_by(person, pk, on=on)
    if request.method == "POST" and "read" in request.POST:
        return _read_digital(request, found)
    form = CertificateForm(request.POST or None, request.FILES or None)
    rows = typed_rows(request.POST, VALUE_COLUMNS)
    wrong: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            _add_certificate(request, found, form, rows)
        except Refusal as refusal:
            wrong = refusal
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã nhập giấy chứng nhận của chuẩn."))
            return redirect("standards:standard", pk)
    bad = wrong.values["row"] if isinstance(wrong, CertificateValueWrong) else 0
    return _page(request, found, form, rows, digital=request.POST.get("digital", ""), bad=bad)


def _page(
    request: HttpRequest,
    found: Standard,
    form: CertificateForm,
    rows: list[dict[str, str]],
    *,
    digital: str = "",
    bad: int = 0,
    reader: DigitalForm | None = None,
    read: int | None = None,
    status: int = 0,
) -> HttpResponse:
    context = {
        "standard": found,
        "form": form,
        "reader": reader or DigitalForm(),
        "digital": digital,
        "read": read,
        "rows": rows or [_blank()],
        "blank": _blank(),
        "bad": bad,
    }
    status = status or (422 if form.is_bound else 200)
    return render(request, "standards/certificate.html", context, status=status)


def _read_digital(request: HttpRequest, found: Standard) -> HttpResponse:
    reader = DigitalForm(request.POST, request.FILES)
    if not reader.is_valid():
        return _page(request, found, CertificateForm(), [], reader=reader, status=422)
    document = reader.cleaned_data["dcc"].read()
    try:
        proposed = actions.read_digital(document)
    except Refusal as refusal:
        reader.add_error("dcc", refusal.sentence)
        return _page(request, found, CertificateForm(), [], reader=reader, status=422)
    form = CertificateForm(
        initial={"number": proposed.number, "issuer": proposed.issuer, "issued_on": proposed.issued_on}
    )
    kept = base64.b64encode(document).decode()
    return _page(request, found, form, list(proposed.rows), digital=kept, read=len(proposed.rows))


def _blank() -> dict[str, str]:
    return dict.fromkeys(VALUE_COLUMNS, "") | {"k": "2"}


def _add_certificate(
    request: HttpRequest, found: Standard, form: CertificateForm, rows: list[dict[str, str]]
) -> None:
    details: dict[str, Any] = {k: v for k, v in form.cleaned_data.items() if k != "file"}
    typed = [row for row in rows if any(row[name].strip() for name in VALUE_COLUMNS if name != "k")]
    actions.add_certificate(
        act_from(request),
        found,
        values=typed,
        file=_rendition(form.cleaned_data["file"]),
        digital=_digital(request.POST.get("digital", "")),
        **details,
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
    on, person = today(), cast(Person, request.user)
    found = standard_seen_by(person, pk, on=on)
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

"""Doors of standards."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.actions import Rendition
from quacan.centre.base.doors import act_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.fields import typed_rows
from quacan.centre.base.lists import paginate
from quacan.centre.base.models import DocumentFile
from quacan.centre.base.queries import file_bytes
from quacan.centre.base.refusals import NotFound, Refusal
from quacan.centre.base.shapes import Moment
from quacan.centre.people.models import Person
from quacan.centre.people.queries import workplace
from quacan.centre.standards import actions
from quacan.centre.standards.forms import (
    QUANTITIES,
    VALUE_COLUMNS,
    CertificateForm,
    StandardForm,
    StateForm,
    standard_form_of,
)
from quacan.centre.standards.models import Standard
from quacan.centre.standards.queries import certificates_of, readiness, standard_seen_by, standards_seen_by
from quacan.centre.standards.refusals import CertificateValueWrong
from quacan.centre.standards.tables import standards_listing, with_due_day

FORMATS = {
    b"%PDF": ("pdf", "application/pdf"),
    b"\x89PNG": ("png", "image/png"),
    b"\xff\xd8": ("jpg", "image/jpeg"),
}


@require_safe
def standards(request: HttpRequest) -> HttpResponseBase:
    """This will list the standards with their due days and obstacles."""
    on, person = today(), cast(Person, request.user)
    rows, listing = with_due_day(standards_seen_by(person, on=on), on), standards_listing(on)
    if file := exported(request, rows, listing, on=on):
        return file
    page = paginate(rows, listing, request.GET.dict())
    ready = {one.standard.pk: one for one in readiness(page.rows, on=on)}
    context = {
        "page": page.of(lambda row: ready[row.pk]),
        "on": on,
        "may_record": _may_record_anywhere(person, on),
    }
    return render(request, "standards/list.html", context)


@require_safe
def standard(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show one standard: whether it may be used today, its certificates, its moves."""
    on, person = today(), cast(Person, request.user)
    found = standard_seen_by(person, pk, on=on)
    return _standard_page(
        request, found, person, on, StateForm(initial={"on": on, "state": _next_state(found)})
    )


def _next_state(found: Standard) -> str:
    return Standard.State.UNDER_CALIBRATION if found.state == Standard.State.IN_USE else Standard.State.IN_USE


def _standard_page(
    request: HttpRequest, found: Standard, person: Person, on: date, form: StateForm, status: int = 200
) -> HttpResponse:
    certificates = list(certificates_of(found))
    ready = readiness([found], on=on)[0]
    context = {
        "standard": found,
        "ready": ready,
        "certificates": certificates,
        "moves": [
            Moment(at=m.on, title=m.get_state_display(), text=m.note, by=m.by) for m in found.moves.all()
        ],
        "form": form,
        "on": on,
        "quantity": dict(QUANTITIES).get(found.kind, found.kind),
        "may_record": _may_record(person, found, on),
    }
    return render(request, "standards/standard.html", context, status=status)


def new_standard(request: HttpRequest) -> HttpResponse:
    """This will enter a standard."""
    on, person = today(), cast(Person, request.user)
    organisation = workplace(person, "standards.record", on=on)
    form = StandardForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.enter_standard(
                act_from(request), organisation, code=form.cleaned_data["code"], **form.details
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã nhập chuẩn. Nhập giấy chứng nhận để dùng được."))
            return redirect("standards:new_certificate", made.pk)
    return _form_page(request, form, None)


def change_standard(request: HttpRequest, pk: int) -> HttpResponse:
    """This will correct what is known of a standard."""
    on, person = today(), cast(Person, request.user)
    found = standard_seen_by(person, pk, on=on)
    form = standard_form_of(found)
    if request.method == "POST":
        form = StandardForm(request.POST, organisation=found.organisation, initial={"code": found.code})
        form.fields["code"].disabled = True
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_standard(
                act_from(request), found, version=form.cleaned_data["version"] or 0, **form.details
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("standards:standard", pk)
    return _form_page(request, form, found)


def _form_page(request: HttpRequest, form: StandardForm, found: Standard | None) -> HttpResponse:
    context = {"form": form, "standard": found, "quantities": QUANTITIES}
    return render(request, "standards/form.html", context, status=422 if form.is_bound else 200)


def new_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """This will add a certificate with its values to a standard."""
    on, person = today(), cast(Person, request.user)
    found = standard_seen_by(person, pk, on=on)
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
    context = {"standard": found, "form": form, "rows": rows or [_blank()], "blank": _blank(), "bad": bad}
    return render(request, "standards/certificate.html", context, status=422 if form.is_bound else 200)


def _blank() -> dict[str, str]:
    return dict.fromkeys(VALUE_COLUMNS, "") | {"k": "2"}


def _add_certificate(
    request: HttpRequest, found: Standard, form: CertificateForm, rows: list[dict[str, str]]
) -> None:
    details: dict[str, Any] = {k: v for k, v in form.cleaned_data.items() if k != "file"}
    typed = [row for row in rows if any(row[name].strip() for name in VALUE_COLUMNS if name != "k")]
    actions.add_certificate(
        act_from(request), found, values=typed, file=_rendition(form.cleaned_data["file"]), **details
    )


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
    mime = next(mime for ending, mime in FORMATS.values() if ending == file.format)
    return HttpResponse(
        file_bytes(file),
        content_type=mime,
        headers={
            "Content-Disposition": f'inline; filename="{file.name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_POST
def change_state(request: HttpRequest, pk: int) -> HttpResponse:
    """This will send a standard away, take it back or withdraw it."""
    on, person = today(), cast(Person, request.user)
    found = standard_seen_by(person, pk, on=on)
    form = StateForm(request.POST)
    if form.is_valid():
        try:
            actions.change_state(act_from(request), found, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("standards:standard", pk)
    return _standard_page(request, found, person, on, form, status=422)


def _may_record(person: Person, found: Standard, on: date) -> bool:
    return person.may("standards.record", organisation_id=found.organisation_id, unit_id=found.unit_id, on=on)


def _may_record_anywhere(person: Person, on: date) -> bool:
    return person.may("standards.record", organisation_id=None, unit_id=None, on=on)

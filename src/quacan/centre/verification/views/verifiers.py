"""Who may measure what: verifiers' cards and authorisations, with what runs out soon."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import act_from
from quacan.centre.base.exporting import XLSX, csv_lines, xlsx_file
from quacan.centre.base.lists import Column
from quacan.centre.base.models import DocumentFile
from quacan.centre.base.queries import file_bytes
from quacan.centre.base.refusals import FieldWrong, NotFound, Refusal
from quacan.centre.organisation.models import Organisation
from quacan.centre.people import actions
from quacan.centre.people.models import Authorisation, Person
from quacan.centre.people.queries import (
    CardStanding,
    attendances,
    card_standings,
    people_with,
    person_of,
    workplace,
)
from quacan.centre.verification.forms import AuthorisationForm, CardForm, CourseForm, EndLeaveForm
from quacan.centre.verification.queries.competence import allowed_work
from quacan.centre.verification.queries.expiring_competence import verifier_rows
from quacan.centre.verification.queries.matrix import WORDS, competence_matrix
from quacan.centre.verification.tables import VERIFIERS, WITHIN

MIMES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}


def verifiers(request: HttpRequest) -> HttpResponseBase:
    """This will list everybody who may measure, what runs out first on top; narrowed by ``han``, or as a file."""
    viewer, on, where = _standing(request)
    chosen = request.GET.get("han", "")
    rows = [row for row in verifier_rows(where, on=on) if not chosen or chosen in row.marks]
    if file := _file(request, VERIFIERS, rows, f"kiem-dinh-vien-{on:%Y%m%d}"):
        return file
    context = {
        "rows": rows,
        "where": where,
        "on": on,
        "viewer": viewer,
        "chosen": chosen,
        "choices": WITHIN,
        "asked": request.GET.urlencode(),
    }
    return render(request, "verification/verifiers.html", context)


def matrix(request: HttpRequest) -> HttpResponseBase:
    """This will show who may work by which procedure on a day, on paper or as a file too."""
    _viewer, on, where = _standing(request)
    every = bool(request.GET.get("moi"))
    found = competence_matrix(where, on=on, every=every)
    columns = (
        Column("procedure", _("Quy trình"), lambda line: line.title),
        Column("method", _("Phương pháp"), lambda line: line.method),
        *(
            Column(f"p{person.pk}", person.full_name, _cell_at(place))
            for place, person in enumerate(found.people)
        ),
    )
    if file := _file(request, columns, found.lines, f"ma-tran-nang-luc-{on:%Y%m%d}"):
        return file
    words = [(str(word), tone) for key, (word, tone, _sign) in WORDS.items() if key != "none"]
    context = {"found": found, "where": where, "on": on, "every": every, "words": words}
    return render(request, "verification/matrix.html", context)


def _cell_at(place: int) -> Callable[[Any], str]:
    return lambda line: str(line.cells[place].text)


def _file(
    request: HttpRequest, columns: tuple[Column, ...], rows: Iterable[Any], name: str
) -> HttpResponseBase | None:
    wanted = request.GET.get("export", "")
    if wanted == "xlsx":
        book = xlsx_file(columns, rows)
        return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    if wanted == "csv":
        answer = StreamingHttpResponse(csv_lines(columns, rows), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer
    if wanted:
        raise FieldWrong(field=_("Xuất tệp"), why=_("chỉ có csv và xlsx"))
    return None


def verifier(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show one verifier: cards, authorisations by procedure, and the forms to add them."""
    return _page(request, pk)


@require_POST
def add_card(request: HttpRequest, pk: int) -> HttpResponse:
    """This will enter a verifier's card."""
    form = CardForm(request.POST)
    return _deed(
        request,
        pk,
        form,
        "card",
        lambda who, where: actions.enter_card(act_from(request), where, person=who, **form.cleaned_data),
    )


@require_POST
def add_authorisation(request: HttpRequest, pk: int) -> HttpResponse:
    """This will let a verifier work by a procedure."""
    _viewer, on, where = _standing(request)
    form = AuthorisationForm(request.POST, supervisors=people_with("worksheets.check", where, on=on))
    return _deed(
        request,
        pk,
        form,
        "leave",
        lambda who, where: actions.authorise(act_from(request), where, person=who, **form.cleaned_data),
    )


@require_POST
def end_leave(request: HttpRequest, pk: int, leave: int) -> HttpResponse:
    """This will end an authorisation on a day, with a reason."""
    _viewer, _on, where = _standing(request)
    found = Authorisation.objects.filter(pk=leave, person=pk, organisation=where).first()
    if found is None:
        raise NotFound(record=_("ủy quyền"))
    form = EndLeaveForm(request.POST)
    return _deed(
        request,
        pk,
        form,
        "ending",
        lambda _who, _where: actions.end_authorisation(act_from(request), found, on=form.cleaned_data["on"]),
    )


@require_POST
def add_course(request: HttpRequest, pk: int) -> HttpResponse:
    """This will write down that a verifier took a course."""
    form = CourseForm(request.POST, request.FILES)
    return _deed(
        request,
        pk,
        form,
        "course",
        lambda who, where: actions.record_attendance(
            act_from(request), where, person=who, **form.cleaned_data
        ),
    )


@require_safe
def course_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """This will give the scanned certificate of a course, proven against its hash."""
    _viewer, _on, where = _standing(request)
    found = DocumentFile.objects.filter(
        pk=file, document__attendance__person=pk, document__attendance__course__organisation=where
    ).first()
    if found is None:
        raise NotFound(record=_("tệp số {pk}").format(pk=file))
    headers = {
        "Content-Disposition": f'inline; filename="{found.name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(file_bytes(found), content_type=MIMES[found.format], headers=headers)


def _deed(
    request: HttpRequest, pk: int, form: Any, name: str, deed: Callable[[Person, Organisation], object]
) -> HttpResponse:
    _viewer, on, where = _standing(request)
    if form.is_valid():
        try:
            deed(_one(where, pk, on=on).person, where)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("verification:verifier", pk=pk)
    return _page(request, pk, **{name: form})


def _page(request: HttpRequest, pk: int, **forms: Any) -> HttpResponse:
    viewer, on, where = _standing(request)
    one = _one(where, pk, on=on)
    may = viewer.may("people.authorise", organisation_id=where.pk, unit_id=None, on=on)
    values = {
        "one": one,
        "work": allowed_work(one.person, where, on=on),
        "on": on,
        "may": may,
        "card": forms.get("card") or CardForm(initial={"issued_on": on}),
        "courses": attendances(one.person, where).prefetch_related("document__files"),
        "course": forms.get("course") or CourseForm(),
        "ending": forms.get("ending") or EndLeaveForm(initial={"on": on}),
        "leave": forms.get("leave")
        or AuthorisationForm(
            initial={"valid_from": on}, supervisors=people_with("worksheets.check", where, on=on)
        ),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "verification/verifier.html", values, status=status)


def _standing(request: HttpRequest) -> tuple[Person, date, Organisation]:
    viewer, on = person_of(request), timezone.localdate()
    if not viewer.may("worksheets.see", organisation_id=None, unit_id=None, on=on):
        raise NotFound(record=_("kiểm định viên"))
    return viewer, on, workplace(viewer, "worksheets.see", on=on)


def _one(where: Organisation, pk: int, *, on: date) -> CardStanding:
    for standing in card_standings(where, on=on):
        if standing.person.pk == pk:
            return standing
    raise NotFound(record=_("kiểm định viên"))

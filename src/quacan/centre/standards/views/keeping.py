"""Doors of who has a standard, where it is and what was done to it; and of everything that is due."""

from typing import Any, cast

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import act_from, today
from quacan.centre.base.exporting import csv_lines
from quacan.centre.base.refusals import NotFound, Refusal
from quacan.centre.base.shapes import Moment
from quacan.centre.people.models import Person
from quacan.centre.standards import actions
from quacan.centre.standards.forms import LoanForm, MaintenanceForm, PlaceForm, ReturnForm
from quacan.centre.standards.models import Loan, Standard
from quacan.centre.standards.queries import KINDS, care_due, standard_seen_by, standards_seen_by
from quacan.centre.standards.queries.frame import standard_context
from quacan.centre.standards.tables import CARE_COLUMNS

WITHIN = (0, 14, 30, 60, 90, 180)


@require_safe
def due(request: HttpRequest) -> HttpResponseBase:
    """This will list what the standards are due for, narrowed by kind and days, as a page or a file."""
    on, person = today(), cast(Person, request.user)
    kind = request.GET.get("kind", "")
    asked = request.GET.get("within", "")
    within = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in WITHIN else 60
    found = care_due(standards_seen_by(person, on=on), on=on, within=within)
    rows = [one for one in found if not kind or one.kind == kind]
    if request.GET.get("export") == "csv":
        response = StreamingHttpResponse(
            csv_lines(CARE_COLUMNS, rows), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="chuan-den-han-{on:%Y%m%d}.csv"'
        return response
    context = {
        "rows": rows,
        "on": on,
        "kinds": [(key, label, sum(one.kind == key for one in found)) for key, label in KINDS],
        "kind": kind,
        "within": within,
        "choices": WITHIN,
        "count": len(found),
    }
    return render(request, "standards/due.html", context)


@require_safe
def keeping(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show who has a standard, where it was and what was done to it."""
    return _page(request, standard_seen_by(cast(Person, request.user), pk, on=today()))


@require_POST
def lend(request: HttpRequest, pk: int) -> HttpResponse:
    """This will lend a standard."""
    found = standard_seen_by(cast(Person, request.user), pk, on=today())
    form = LoanForm(request.POST, organisation=found.organisation)
    return _done(request, found, "loan_form", form, actions.lend_standard, _("Đã ghi cho mượn."))


@require_POST
def give_back(request: HttpRequest, pk: int, loan_pk: int) -> HttpResponse:
    """This will take a lent standard back."""
    found = standard_seen_by(cast(Person, request.user), pk, on=today())
    loan = found.loans.filter(pk=loan_pk).first()
    if loan is None:
        raise NotFound(record=_("lượt mượn số {pk}").format(pk=loan_pk))
    return _done(
        request,
        found,
        "return_form",
        ReturnForm(request.POST),
        actions.return_standard,
        _("Đã nhận lại chuẩn."),
        loan,
    )


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """This will put a standard somewhere else."""
    found = standard_seen_by(cast(Person, request.user), pk, on=today())
    return _done(
        request, found, "place_form", PlaceForm(request.POST), actions.move_standard, _("Đã ghi nơi để mới.")
    )


@require_POST
def maintain(request: HttpRequest, pk: int) -> HttpResponse:
    """This will keep what was done to a standard."""
    found = standard_seen_by(cast(Person, request.user), pk, on=today())
    form = MaintenanceForm(request.POST)
    return _done(request, found, "work_form", form, actions.maintain_standard, _("Đã ghi bảo dưỡng."))


def _done(
    request: HttpRequest,
    found: Standard,
    name: str,
    form: Form,
    action: Any,
    said: str,
    record: Standard | Loan | None = None,
) -> HttpResponse:
    if form.is_valid():
        try:
            action(act_from(request), record or found, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, said)
            return redirect("standards:keeping", found.pk)
    return _page(request, found, status=422, **{name: form})


def _page(request: HttpRequest, found: Standard, *, status: int = 200, **forms: Form) -> HttpResponse:
    on, person = today(), cast(Person, request.user)
    loans = list(found.loans.select_related("unit", "person"))
    start = {"on": on}
    context = standard_context(found, person, on, tab="keeping") | {
        "loans": loans,
        "lent": next((one for one in loans if one.returned_on is None), None),
        "places": [
            Moment(at=one.on, title=one.place, text=one.note, by=one.by) for one in found.places.all()
        ],
        "works": found.maintenance.all(),
        "loan_form": LoanForm(organisation=found.organisation, initial={"from_on": on}),
        "return_form": ReturnForm(initial=start),
        "place_form": PlaceForm(initial=start),
        "work_form": MaintenanceForm(initial=start),
        **forms,
    }
    return render(request, "standards/keeping.html", context, status=status)

"""Doors of reports: the list, the paper being written, its files, its way to issue."""

from collections.abc import Callable
from datetime import date
from functools import partial
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import act_from, today
from quacan.centre.base.lists import paginate
from quacan.centre.base.paper.composition import long_day_text
from quacan.centre.base.queries import file_bytes
from quacan.centre.base.refusals import NotFound, Refusal
from quacan.centre.base.shapes import corridor
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import organisations_of
from quacan.centre.reporting import actions
from quacan.centre.reporting.figures import Scope, figures, scope_of
from quacan.centre.reporting.models import Report
from quacan.centre.reporting.papers import render_report_docx, render_report_pdf, render_report_xlsx
from quacan.centre.reporting.queries import (
    closing_of,
    document_file,
    outline_of,
    paper_of,
    report_of,
    reports,
    restatement,
)
from quacan.centre.reporting.review import Remark, remarks
from quacan.centre.reporting.sheet import sheet_of
from quacan.centre.reporting.tables import reports_listing
from quacan.centre.reporting.views.opening import (
    half_of,
    no_right,
    organisation_seen,
    period_or_unknown,
    person_of,
)
from quacan.centre.reporting.workflow import stages_of_report, steps_of

MIMES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
RENDER = {"pdf": render_report_pdf, "docx": render_report_docx, "xlsx": render_report_xlsx}


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """This will show who reports on a period and how far, and every report there is."""
    on, person = today(), person_of(request)
    wanted = period_or_unknown(request.GET.get("period") or half_of(on).code)
    organisations = organisations_of(person, "reports.see", on=on).filter(kind=Organisation.Kind.CENTRE)
    context = {
        "period": wanted,
        "rows": [closing_of(one, wanted) for one in organisations.order_by("path")],
        "page": paginate(reports(person, on=on), reports_listing(), request.GET.dict()),
        "on": on,
    }
    return render(request, "reporting/list.html", context)


@require_safe
def report_page(request: HttpRequest, organisation: str, code: str) -> HttpResponse:
    """This will show a report as the paper it will be; who may write it writes in place."""
    on, person = today(), person_of(request)
    found = organisation_seen(person, organisation, "reports.see", on=on)
    scope = scope_of(found, period_or_unknown(code))
    return render(request, "reporting/report.html", _page(scope, person, on))


def _page(scope: Scope, person: Person, on: date) -> dict[str, object]:
    outline = outline_of(scope.organisation, scope.period)
    report = report_of(scope.organisation, scope.period)
    computed = figures(scope)
    marks = [] if _is_issued(report) else remarks(report, scope, outline, computed)
    may_write = person.may("reports.prepare", organisation_id=scope.organisation.pk, unit_id=None, on=on)
    editable = may_write and report is not None and report.state == Report.State.DRAFT
    paper = paper_of(scope, report, computed)
    return {
        "scope": scope,
        "report": report,
        "sheet": sheet_of(outline, computed, report=report, paper=paper, editable=editable),
        "editable": editable,
        "remarks": marks,
        "blocking": sum(1 for mark in marks if mark.blocks),
        "stages": stages_of_report(report),
        "steps": steps_of(report, scope, person, marks, on=on, no_right=no_right),
        "restated": restatement(scope.closed) if scope.closed else [],
        "place": _place(scope),
        "dated": long_day_text(paper.dated_on),
        "corridor": corridor("report", links={"ledger": reverse("reporting:book")}),
        "on": on,
    }


def _is_issued(report: Report | None) -> bool:
    return report is not None and report.state == Report.State.ISSUED


def _place(scope: Scope) -> str:
    return reverse("reporting:report", args=[scope.organisation.code, scope.period.code])


@require_safe
def report_file(request: HttpRequest, organisation: str, code: str, format: str) -> HttpResponse:
    """This will give the issued file, or a draft printed now; both named so that they sort."""
    on, person = today(), person_of(request)
    scope = scope_of(organisation_seen(person, organisation, "reports.see", on=on), period_or_unknown(code))
    if format not in RENDER:
        raise NotFound(record=_("định dạng “{format}”").format(format=format))
    report = report_of(scope.organisation, scope.period)
    if report is not None and report.document is not None:
        file = document_file(report, format)
        content, name = file_bytes(file), file.name
    else:
        content = RENDER[format](paper_of(scope, report))
        name = f"du-thao-bao-cao-{scope.organisation.code}-{scope.period.code}.{format}"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return HttpResponse(content, content_type=MIMES[format], headers=headers)


def _chosen(request: HttpRequest, organisation: str, code: str) -> tuple[Organisation, Report | None, str]:
    on, person = today(), person_of(request)
    found = organisation_seen(person, organisation, "reports.see", on=on)
    wanted = period_or_unknown(code)
    return found, report_of(found, wanted), wanted.code


def _existing(request: HttpRequest, organisation: str, code: str) -> Report:
    _found, report, wanted = _chosen(request, organisation, code)
    if report is None:
        raise NotFound(record=_("báo cáo kỳ {period}").format(period=wanted))
    return report


@require_POST
def prepare(request: HttpRequest, organisation: str, code: str) -> HttpResponse:
    """This will begin a report."""
    found, _report, wanted = _chosen(request, organisation, code)
    actions.prepare_report(act_from(request), found, period_code=wanted)
    return redirect("reporting:report", organisation, code)


@require_POST
def write(request: HttpRequest, organisation: str, code: str) -> HttpResponse:
    """This will keep typed words: one part at a time while typing, all at once without scripts."""
    report = _existing(request, organisation, code)
    words = {key.removeprefix("w:"): str(text) for key, text in request.POST.items() if key.startswith("w:")}
    version = request.POST.get("version", "")
    kept = actions.write_words(
        act_from(request), report, version=int(version) if version.isdecimal() else 0, words=words
    )
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("reporting:report", organisation, code)
    scope = scope_of(report.organisation, period_or_unknown(code))
    marks: list[Remark] = remarks(kept, scope, outline_of(report.organisation, scope.period), figures(scope))
    context = {
        "report": kept,
        "remarks": marks,
        "saved_at": timezone.now(),
        "blocking": sum(1 for mark in marks if mark.blocks),
        "steps": steps_of(kept, scope, person_of(request), marks, on=today(), no_right=no_right),
        "stages": stages_of_report(kept),
        "scope": scope,
        "place": _place(scope),
    }
    return render(request, "reporting/saved.html", context)


def _done(
    request: HttpRequest, organisation: str, code: str, deed: Callable[[], object], said: str
) -> HttpResponse:
    """The page again: with the news after a deed, with obstacle and remedy (422) after a refusal."""
    try:
        deed()
    except Refusal as refusal:
        on, person = today(), person_of(request)
        found = organisation_seen(person, organisation, "reports.see", on=on)
        page = _page(scope_of(found, period_or_unknown(code)), person, on)
        return render(request, "reporting/report.html", {**page, "refusal": refusal}, status=refusal.status)
    messages.success(request, said)
    return redirect("reporting:report", organisation, code)


@require_POST
def submit(request: HttpRequest, organisation: str, code: str) -> HttpResponse:
    """This will hand a report to who approves it."""
    report = _existing(request, organisation, code)
    deed = partial(actions.submit_report, act_from(request), report)
    return _done(request, organisation, code, deed, _("Đã trình báo cáo."))


@require_POST
def give_back(request: HttpRequest, organisation: str, code: str) -> HttpResponse:
    """This will return a submitted report with a reason."""
    report = _existing(request, organisation, code)
    deed = partial(actions.return_report, act_from(request), report)
    return _done(request, organisation, code, deed, _("Đã trả lại báo cáo."))


@require_POST
def issue(request: HttpRequest, organisation: str, code: str) -> HttpResponse:
    """This will sign and issue a report."""
    report = _existing(request, organisation, code)
    deed = partial(actions.issue_report, act_from(request), report)
    return _done(request, organisation, code, deed, _("Đã ký và ban hành báo cáo."))


@require_POST
def close(request: HttpRequest, organisation: str, code: str) -> HttpResponse:
    """This will fix the figures of a period."""
    found, _report, wanted = _chosen(request, organisation, code)
    early = request.POST.get("early") == "1"
    deed = partial(actions.close_figures, act_from(request), found, period_code=wanted, early=early)
    return _done(request, organisation, code, deed, _("Đã chốt số liệu kỳ {period}.").format(period=wanted))

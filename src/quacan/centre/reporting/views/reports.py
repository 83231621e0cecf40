"""Doors of reports: the list, the paper being written, its files, its way to issue."""

from collections.abc import Callable
from datetime import date
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.act import Act
from quacan.centre.base.doors import act_from, attempt, today
from quacan.centre.base.lists import paginate
from quacan.centre.base.moves import Offer, is_open, offer, offers
from quacan.centre.base.paper.composition import long_day_text
from quacan.centre.base.queries import file_bytes
from quacan.centre.base.refusals import NotFound, Refusal, Words
from quacan.centre.base.shapes import Stage, corridor, stages_of
from quacan.centre.ledger.moves import CLOSE, CLOSE_EARLY
from quacan.centre.ledger.queries import period_in_book
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import organisations_of, person_of
from quacan.centre.reporting import actions
from quacan.centre.reporting.models import Report
from quacan.centre.reporting.moves import GIVE_BACK, ISSUE, PREPARE, SUBMIT, TAKE_OVER, WRITE
from quacan.centre.reporting.papers import render_report_docx, render_report_pdf, render_report_xlsx
from quacan.centre.reporting.queries import (
    Findings,
    closing_of,
    document_file,
    findings_of,
    paper_of,
    remarks,
    report_of,
    reports,
    restatement,
    sheet_of,
)
from quacan.centre.reporting.tables import reports_listing
from quacan.centre.reporting.views.sight import half_of, organisation_seen, period_or_unknown

BUTTONS = (PREPARE, SUBMIT, ISSUE, GIVE_BACK)
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
    return _page(request, organisation, code)


def _page(
    request: HttpRequest, organisation: str, code: str, *, refusal: Refusal | None = None
) -> HttpResponse:
    on, person = today(), person_of(request)
    found = organisation_seen(person, organisation, "reports.see", on=on)
    findings = findings_of(found, period_or_unknown(code))
    scope, report, paper = findings.scope, findings.report, paper_of(findings)
    editable = is_open(WRITE, report, person, on=on)
    context = {
        **_way(findings, person, on=on),
        "sheet": sheet_of(findings, paper, editable=editable),
        "editable": editable,
        "restated": restatement(scope.closed) if scope.closed else [],
        "dated": long_day_text(paper.dated_on),
        "corridor": corridor("report", links={"ledger": reverse("reporting:book")}),
        "formats": (("Word", "docx"), ("PDF", "pdf"), ("Excel", "xlsx")),
        "refusal": refusal,
        "on": on,
    }
    status = refusal.status if refusal else 200
    return render(request, "reporting/report.html", context, status=status)


def _way(findings: Findings, person: Person, *, on: date) -> dict[str, object]:
    """What stands beside the paper: where the report is, what comes next, what to look at first."""
    report, scope = findings.report, findings.scope
    return {
        "scope": scope,
        "report": report,
        "stages": _stages(report),
        "moves": _moves(findings, person, on=on),
        "remarks": remarks(findings),
    }


def _stages(report: Report) -> tuple[Stage, ...]:
    labels = tuple((str(state), state.label) for state in Report.State)
    return stages_of(labels, now=report.state, stopped=frozenset({str(Report.State.NONE)}))


def _moves(findings: Findings, person: Person, *, on: date) -> list[Offer]:
    """What comes next: closing the figures of a period still open, then what the report itself waits for."""
    report, wanted = findings.report, findings.scope.period
    closing = period_in_book(report.organisation, code=wanted.code, start=wanted.start, end=wanted.end)
    next_ones = [offer(one, report, person, on=on) for one in BUTTONS if one.starts_from(report)]
    if is_open(TAKE_OVER, report, person, on=on):
        next_ones.append(offer(TAKE_OVER, report, person, on=on))
    if not CLOSE.starts_from(closing):
        return next_ones
    return [*offers((CLOSE, CLOSE_EARLY), closing, person, on=on)[:1], *next_ones]


@require_safe
def report_file(request: HttpRequest, organisation: str, code: str, format: str) -> HttpResponse:
    """This will give the issued file, or a draft printed now; both named so that they sort."""
    on, person = today(), person_of(request)
    found = organisation_seen(person, organisation, "reports.see", on=on)
    wanted = period_or_unknown(code)
    if format not in RENDER:
        raise NotFound(record=_("định dạng “{format}”").format(format=format))
    report = report_of(found, wanted)
    if report.document is not None:
        file = document_file(report, format)
        content, name = file_bytes(file), file.name
    else:
        content = RENDER[format](paper_of(findings_of(found, wanted)))
        name = f"du-thao-bao-cao-{found.code}-{wanted.code}.{format}"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return HttpResponse(content, content_type=MIMES[format], headers=headers)


def _chosen(request: HttpRequest, organisation: str, code: str) -> tuple[Organisation, Report]:
    found = organisation_seen(person_of(request), organisation, "reports.see", on=today())
    return found, report_of(found, period_or_unknown(code))


@require_POST
def prepare(request: HttpRequest, organisation: str, code: str) -> HttpResponse:
    """This will begin a report."""
    found, report = _chosen(request, organisation, code)
    actions.prepare_report(act_from(request), found, period_code=report.period)
    return redirect("reporting:report", organisation, code)


@require_POST
def write(request: HttpRequest, organisation: str, code: str) -> HttpResponse:
    """This will keep typed words: one part at a time while typing, all at once without scripts."""
    found, report = _chosen(request, organisation, code)
    words = {key.removeprefix("w:"): str(text) for key, text in request.POST.items() if key.startswith("w:")}
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() else 0
    actions.write_words(act_from(request), report, version=version, words=words)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("reporting:report", organisation, code)
    findings = findings_of(found, period_or_unknown(code))
    context = {**_way(findings, person_of(request), on=today()), "saved_at": timezone.now()}
    return render(request, "reporting/saved.html", context)


def _done(
    request: HttpRequest, organisation: str, code: str, deed: Callable[[Act, Report], object], said: Words
) -> HttpResponse:
    """The page again: with the news after a deed, with obstacle and remedy after a refusal."""
    _found, report = _chosen(request, organisation, code)
    return attempt(
        request,
        lambda act: deed(act, report),
        again=lambda refusal: _page(request, organisation, code, refusal=refusal),
        done=lambda done: reverse("reporting:report", args=[organisation, code]),
        said=said,
    )


@require_POST
def submit(request: HttpRequest, organisation: str, code: str) -> HttpResponse:
    """This will hand a report to who approves it."""
    return _done(request, organisation, code, actions.submit_report, _("Đã trình báo cáo."))


@require_POST
def take_over(request: HttpRequest, organisation: str, code: str) -> HttpResponse:
    """This will make whoever asks the author of a draft."""
    return _done(request, organisation, code, actions.take_over_report, _("Đã nhận soạn báo cáo."))


@require_POST
def give_back(request: HttpRequest, organisation: str, code: str) -> HttpResponse:
    """This will return a submitted report with a reason."""
    return _done(request, organisation, code, actions.return_report, _("Đã trả lại báo cáo."))


@require_POST
def issue(request: HttpRequest, organisation: str, code: str) -> HttpResponse:
    """This will sign and issue a report."""
    return _done(request, organisation, code, actions.issue_report, _("Đã ký và ban hành báo cáo."))


@require_POST
def close(request: HttpRequest, organisation: str, code: str, *, early: bool = False) -> HttpResponse:
    """This will fix the figures of a period, *early* while it still runs."""

    def fixed(act: Act, report: Report) -> object:
        return actions.close_figures(act, report.organisation, period_code=report.period, early=early)

    return _done(request, organisation, code, fixed, _("Đã chốt số liệu kỳ {period}.").format(period=code))

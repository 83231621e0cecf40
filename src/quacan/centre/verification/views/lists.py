"""The list of worksheets, and opening one for a job."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from quacan.centre.base.doors import act_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.language.texts import is_english
from quacan.centre.base.lists import Listing, paginate
from quacan.centre.base.moves import offer
from quacan.centre.base.refusals import Refusal
from quacan.centre.contracts.models import Job
from quacan.centre.contracts.queries import job_seen_by
from quacan.centre.examinations.queries import confidence_word
from quacan.centre.instruments.catalogue import kinds
from quacan.centre.people.models import Person
from quacan.centre.people.queries import person_of
from quacan.centre.verification.actions import open_worksheet
from quacan.centre.verification.forms import OpenForm
from quacan.centre.verification.library import Shelf, shelves, shelves_for
from quacan.centre.verification.moves import OPEN
from quacan.centre.verification.queries import waiting_jobs, worksheets
from quacan.centre.verification.tables import listing

MOST_JOBS = 12


@require_GET
def sheets(request: HttpRequest) -> HttpResponseBase:
    """This will list the worksheets a person may see, above them the jobs that wait for that person."""
    person, on = person_of(request), today()
    rows = worksheets(person, on=on)
    offered = _listing(person, on)
    file = exported(request, rows, offered, on=on)
    if file is not None:
        return file
    waiting = list(waiting_jobs(person)[: MOST_JOBS + 1])
    context = {
        "page": paginate(rows, offered, request.GET.dict()),
        "jobs": waiting[:MOST_JOBS],
        "more_jobs": len(waiting) > MOST_JOBS,
        "on": on,
    }
    return render(request, "verification/list.html", context)


def _listing(person: Person, on: date) -> Listing:
    measuring = Person.objects.filter(
        pk__in=worksheets(person, on=on).order_by().values("performer").distinct()
    )
    codes = sorted({code for shelf in shelves() for code in shelf.procedure.applies_to})
    names = {kind.code: str(kind.name) for kind in kinds()}
    return listing(
        performers=[(one.pk, one.full_name) for one in measuring],
        kinds=[(code, f"{code} · {names.get(code, '')}") for code in codes],
        person_id=person.pk,
    )


@require_http_methods(["GET", "POST"])
def open_sheet(request: HttpRequest, job: int) -> HttpResponse:
    """This will open the worksheet of a job: at once where the day and procedure are plain, else after a choice."""
    person, on = person_of(request), today()
    asked = job_seen_by(person, job, on=on)
    known = asked.worksheets.exclude(state__in=("void", "superseded")).order_by("-pk").first()
    if known is not None:
        return redirect("verification:worksheet", known.pk)
    day = _day(request.POST.get("performed_on") or request.GET.get("on", ""), on)
    found = _shelves(asked, day)
    procedures = [(shelf.procedure.code, _procedure_words(shelf)) for shelf in found]
    if request.method == "GET":
        form = OpenForm(initial=_initial(found, on), procedures=procedures)
        return _ask(request, asked, form, found, 200)
    form = OpenForm(request.POST, procedures=procedures)
    if not form.is_valid():
        return _ask(request, asked, form, found, 422)
    try:
        made = open_worksheet(
            act_from(request),
            asked,
            performed_on=form.cleaned_data["performed_on"],
            procedure_code=form.cleaned_data["procedure_code"],
        )
    except Refusal as refusal:
        return _ask(request, asked, form, found, refusal.status, refusal)
    return redirect("verification:worksheet", made.pk)


def _day(text: str, on: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return on


def _shelves(job: Job, day: date) -> list[Shelf]:
    return shelves_for(job.instrument.kind_code, event=job.event, service=job.line.service, on=day)


def _procedure_words(shelf: Shelf) -> str:
    procedure = shelf.procedure
    title = procedure.title.en if is_english() else procedure.title.vi
    return f"{title} · {procedure.method} ({confidence_word(procedure.source.confidence)})"


def _initial(found: list[Shelf], on: date) -> dict[str, object]:
    return {"performed_on": on, "procedure_code": found[0].procedure.code if len(found) == 1 else ""}


def _ask(
    request: HttpRequest,
    job: Job,
    form: OpenForm,
    found: list[Shelf],
    status: int,
    refusal: Refusal | None = None,
) -> HttpResponse:
    opening = offer(OPEN, job, person_of(request), on=today())
    context = {"job": job, "form": form, "shelves": found, "refusal": refusal, "opening": opening}
    return render(request, "verification/open.html", context, status=status)

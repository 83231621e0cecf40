"""Batches on a bench: the list, opening one, its page, what is done with all of its worksheets."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quacan.centre.base.doors import act_from, address, admit, key_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.language.texts import is_english
from quacan.centre.base.lists import paginate
from quacan.centre.base.moves import Offer, offer
from quacan.centre.base.refusals import FieldWrong, NotFound, Refusal
from quacan.centre.contracts.models import Job
from quacan.centre.contracts.queries import order_seen_by
from quacan.centre.people.models import Person
from quacan.centre.people.queries import person_of, workplace
from quacan.centre.standards.models import StandardCertificate
from quacan.centre.verification import actions
from quacan.centre.verification.actions.batching import BatchStep
from quacan.centre.verification.forms import BenchForm, OpenBatchForm
from quacan.centre.verification.library import shelves_for
from quacan.centre.verification.models import Batch, Worksheet
from quacan.centre.verification.moves import APPROVE_BATCH, ATTACH_FILE, SHARE_STANDARD, SUBMIT_BATCH
from quacan.centre.verification.moves.worksheets import RECORD
from quacan.centre.verification.queries import bench_screens as screens
from quacan.centre.verification.queries.batches import (
    batch_seen_by,
    batches,
    benches_of,
    counted,
    jobs_for_batch,
    living,
    orders_for_batches,
)
from quacan.centre.verification.tables import batch_listing, unit_listing

MOST_ORDERS = 12


@require_GET
def all_batches(request: HttpRequest) -> HttpResponseBase:
    """This will list the batches a person may see, above them the orders one could be opened for."""
    person, on = person_of(request), today()
    rows, offered = counted(batches(person, on=on)), batch_listing(person.pk)
    file = exported(request, rows, offered, on=on)
    if file is not None:
        return file
    context = {
        "page": paginate(rows, offered, request.GET.dict()),
        "orders": list(orders_for_batches(person)[:MOST_ORDERS]),
        "on": on,
    }
    return render(request, "verification/batches/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bench_list(request: HttpRequest) -> HttpResponse:
    """This will list the test benches of one's organisation and enter a new one."""
    person, on = person_of(request), today()
    if not person.may("worksheets.see", organisation_id=None, unit_id=None, on=on):
        raise NotFound(record=_("bàn kiểm"))
    where = workplace(person, "worksheets.see", on=on)
    form = BenchForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            bench = actions.enter_bench(act_from(request), where, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã ghi bàn {bench}.").format(bench=bench))
            return redirect("verification:benches")
    may = person.may("worksheets.record", organisation_id=where.pk, unit_id=None, on=on)
    context = {"rows": benches_of(where), "form": form, "where": where, "may": may}
    return render(request, "verification/batches/benches.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def open_batch(request: HttpRequest, order: int) -> HttpResponse:
    """This will open the worksheets of all jobs of an order that wait for this person, for a bench."""
    person, on = person_of(request), today()
    asked = order_seen_by(person, order, on=on)
    admit(request, RECORD, asked.organisation, unit_id=asked.unit_id)
    jobs = list(jobs_for_batch(person, asked))
    day = _day(request.POST.get("performed_on", ""), on)
    groups, titles = _by_procedure(jobs, day)
    form = OpenBatchForm(
        request.POST if request.method == "POST" else None,
        initial={"performed_on": on},
        benches=benches_of(asked.organisation),
        procedures=[(code, f"{titles[code]} ({len(groups[code])})") for code in groups],
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["procedure_code"] or next(iter(groups), "")
        try:
            made = actions.open_batch(
                act_from(request),
                asked,
                bench=form.cleaned_data["bench"],
                jobs=groups.get(code, []),
                performed_on=form.cleaned_data["performed_on"],
                procedure_code=code,
            )
        except Refusal as caught:
            refusal = caught
        else:
            messages.success(
                request, _("Lô {number}: đã mở {n} phiếu.").format(number=made.number, n=made.count)
            )
            return redirect("verification:batch", made.pk)
    context = {"order": asked, "jobs": jobs, "form": form, "refusal": refusal, "groups": groups}
    bad = refusal is not None or bool(form.errors)
    return render(request, "verification/batches/open.html", context, status=422 if bad else 200)


def _day(text: str, on: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return on


def _by_procedure(jobs: list[Job], on: date) -> tuple[dict[str, list[Job]], dict[str, str]]:
    groups: dict[str, list[Job]] = {}
    titles: dict[str, str] = {}
    for job in jobs:
        kind, service = job.instrument.kind_code, job.line.service
        for shelf in shelves_for(kind, event=job.event, service=service, on=on):
            procedure = shelf.procedure
            groups.setdefault(procedure.code, []).append(job)
            titles[procedure.code] = procedure.title.en if is_english() else procedure.title.vi
    return groups, titles


@require_GET
def batch(request: HttpRequest, batch: int) -> HttpResponseBase:
    """This will show a batch: its files, standards, worksheets, and what may be done with all of them."""
    person, on = person_of(request), today()
    found = batch_seen_by(person, batch, on=on)
    rows = living(found).select_related("instrument", "performer")
    file = exported(request, rows, unit_listing(found.number), on=on)
    if file is not None:
        return file
    return batch_page(request, found, person, on)


def batch_page(
    request: HttpRequest,
    found: Batch,
    person: Person,
    on: date,
    *,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """This will show a batch with its units and files; a refusal is told above them with 422."""
    rows = living(found).select_related("instrument", "performer")
    page = paginate(rows, unit_listing(found.number), request.GET.dict())
    context = {
        "batch": found,
        "page": page,
        "units": screens.unit_views(page.rows),
        "tally": screens.tally(found),
        "needs": screens.batch_needs(found),
        "files": found.files.select_related("document"),
        **_offered(found, person, on=on),
        "desk": _signing_desk(person, on=on),
        "refusal": refusal,
        "posted": request.POST,
    }
    return render(
        request, "verification/batches/batch.html", context, status=refusal.status if refusal else 200
    )


def _signing_desk(person: Person, *, on: date) -> str:
    """Where checked worksheets are signed, '' for those who may not sign."""
    signs = person.may("certificates.sign", organisation_id=None, unit_id=None, on=on)
    return address("certificates:signing") if signs else ""


def _offered(found: Batch, person: Person, *, on: date) -> dict[str, Offer]:
    moves = {"attach": ATTACH_FILE, "share": SHARE_STANDARD, "send": SUBMIT_BATCH, "approve": APPROVE_BATCH}
    return {name: offer(move, found, person, on=on) for name, move in moves.items()}


@require_POST
def batch_standard(request: HttpRequest, batch: int) -> HttpResponse:
    """This will choose the standard for a need on every worksheet of a batch."""
    person, on = person_of(request), today()
    found = batch_seen_by(person, batch, on=on)
    chosen = request.POST.get("certificate", "")
    certificate = StandardCertificate.objects.filter(
        standard__organisation=found.organisation_id, pk=key_from(chosen)
    ).first()
    try:
        if certificate is None:
            raise NotFound(record=_("giấy chứng nhận của chuẩn"))
        actions.use_standard_on_bench(
            act_from(request), found, need=request.POST.get("need", ""), certificate=certificate
        )
    except Refusal as refusal:
        return batch_page(request, found, person, on, refusal=refusal)
    return redirect("verification:batch", found.pk)


@require_POST
def send_batch(request: HttpRequest, batch: int) -> HttpResponse:
    """This will send the worksheets of a batch to be checked, a hundred at a time."""

    def step(found: Batch, after: int) -> BatchStep:
        return actions.submit_batch(act_from(request), found, after=after)

    return _walk(request, batch, step, label=_("Gửi soát xét"), state=Worksheet.State.SUBMITTED)


@require_POST
def approve_batch(request: HttpRequest, batch: int) -> HttpResponse:
    """This will approve the worksheets of a batch but those excepted, a hundred at a time."""

    def step(found: Batch, after: int) -> BatchStep:
        leave = positions(request.POST.get("leave", ""), most=found.count)
        return actions.approve_batch(act_from(request), found, leave=leave, after=after)

    return _walk(request, batch, step, label=_("Soát xét lô"), state=Worksheet.State.APPROVED)


def positions(text: str, *, most: int) -> set[int]:
    """This will read positions as typed: `7, 12-15`; anything else is refused."""
    found: set[int] = set()
    for part in text.replace(";", ",").split(","):
        if not part.strip():
            continue
        first, dash, last = (piece.strip() for piece in part.replace("–", "-").partition("-"))
        last = last if dash else first
        begin, end = key_from(first), key_from(last)
        if not 1 <= begin <= end <= most:
            raise FieldWrong(
                field=_("Trừ các vị trí"),
                why=_("“{part}”: ghi vị trí từ 1 đến {most}, ví dụ 7, 12-15").format(
                    part=part.strip(), most=most
                ),
            )
        found |= set(range(begin, end + 1))
    return found


def _walk(
    request: HttpRequest, key: int, step: Callable[[Batch, int], BatchStep], *, label: str, state: str
) -> HttpResponse:
    person, on = person_of(request), today()
    found = batch_seen_by(person, key, on=on)
    after, before = request.POST.get("after", ""), request.POST.get("done", "")
    try:
        made = step(found, key_from(after))
    except Refusal as refusal:
        return batch_page(request, found, person, on, refusal=refusal)
    done = made.done + key_from(before)
    for sentence in made.refused[:3]:
        messages.warning(request, sentence)
    if made.after:
        hidden = {name: request.POST.get(name, "") for name in ("leave", "reason")}
        return progress(
            request,
            label=label,
            place=request.path,
            done=made.after,
            total=found.count,
            hidden={**hidden, "after": made.after, "done": done},
        )
    words = ngettext("{n} phiếu chuyển sang “{stage}”.", "{n} phiếu chuyển sang “{stage}”.", done)
    messages.success(request, words.format(n=done, stage=Worksheet.State(state).label))
    return finished(request, reverse("verification:batch", args=[found.pk]))


def progress(
    request: HttpRequest, *, label: str, place: str, done: int, total: int, hidden: dict[str, Any]
) -> HttpResponse:
    """This will show how far a walk through a batch is; the page itself asks for the next step."""
    context = {
        "label": label,
        "place": place,
        "done": done,
        "total": total,
        "percent": done * 100 // total if total else 100,
        "hidden": hidden,
    }
    part = "parts/walk.html" if getattr(request, "htmx", False) else "batches/walk.html"
    return render(request, f"verification/{part}", context)


def finished(request: HttpRequest, place: str) -> HttpResponse:
    """This will leave a walk for the page it ends at."""
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": place})
    return redirect(place)

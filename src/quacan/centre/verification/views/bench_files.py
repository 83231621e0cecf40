"""A bench's file: upload, choice of columns, preview, writing it on the worksheets."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from quacan.centre.base.doors import act_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import paginate
from quacan.centre.base.moves import offer
from quacan.centre.base.refusals import FieldMissing, Refusal
from quacan.centre.people.models import Person
from quacan.centre.people.queries import person_of
from quacan.centre.verification import actions
from quacan.centre.verification.models import BatchFile
from quacan.centre.verification.moves import MAP_FILE, RECORD_FILE, WEIGH_FILE
from quacan.centre.verification.queries import bench_screens as screens
from quacan.centre.verification.queries.batches import batch_seen_by, cells_of, file_seen_by, table_of
from quacan.centre.verification.refusals import BenchFileRefused
from quacan.centre.verification.rules import benches
from quacan.centre.verification.tables import row_listing
from quacan.centre.verification.views.batches import batch_page, finished, progress

COLUMN, CONSTANT, WHOLE, CONDITION = "column:", "constant:", "all:", "condition:"
LEFT = (BatchFile.State.WEIGHED, BatchFile.State.RECORDING, BatchFile.State.RECORDED)


@require_POST
def upload(request: HttpRequest, batch: int) -> HttpResponse:
    """This will keep a bench's file with its batch and go on to the choice of columns."""
    person, on = person_of(request), today()
    found = batch_seen_by(person, batch, on=on)
    sent = request.FILES.get("file")
    try:
        if sent is None:
            raise FieldMissing(field=_("Tệp của bàn"))
        if (sent.size or 0) > benches.MOST_MEGABYTES * 1024 * 1024:
            why = _("lớn hơn {limit} MB; chia tệp thành nhiều lô").format(limit=benches.MOST_MEGABYTES)
            raise BenchFileRefused(name=sent.name, why=why)
        made = actions.attach_bench_file(
            act_from(request), found, name=sent.name or "tep.csv", content=sent.read()
        )
    except Refusal as refusal:
        return batch_page(request, found, person, on, refusal=refusal)
    if made.state == BatchFile.State.RECORDED:
        messages.info(request, _("Tệp này đã ghi vào phiếu rồi; không có gì thay đổi."))
    return redirect("verification:bench_file", made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def bench_file(request: HttpRequest, file: int) -> HttpResponseBase:
    """This will show a bench's file: the choice of columns, then what every row comes to; sent, it is weighed anew."""
    person, on = person_of(request), today()
    found = file_seen_by(person, file, on=on)
    if request.method == "POST":
        return _map(request, found, person)
    if found.state in LEFT:
        rows = found.rows.select_related("worksheet__instrument")
        sheet = exported(request, rows, _listing(found), on=on)
        if sheet is not None:
            return sheet
    return _page(request, found, person)


def _map(request: HttpRequest, found: BatchFile, person: Person) -> HttpResponse:
    given = _given(request, found)
    try:
        made = actions.map_bench_file(act_from(request), found, mapping=given)
        if WEIGH_FILE.starts_from(made):  # a repeated key answers with the file as it stands now
            made = actions.weigh_bench_file(act_from(request), made)
    except Refusal as refusal:
        return _page(request, found, person, given=given, refusal=refusal)
    return _after_step(request, made)


def _given(request: HttpRequest, found: BatchFile) -> dict[str, Any]:
    """What the form says; a choice for a whole step holds for its cells that have neither column nor text."""
    texts = {name: value.strip() for name, value in request.POST.items() if isinstance(value, str)}

    def part(prefix: str) -> dict[str, str]:
        return {name.removeprefix(prefix): text for name, text in texts.items() if name.startswith(prefix)}

    columns, constants = part(COLUMN), part(CONSTANT)
    for step, text in part(WHOLE).items():
        for cell in cells_of(found.batch) if text else ():
            if cell.key.partition(".")[0] == step and not columns.get(cell.key):
                constants[cell.key] = constants.get(cell.key) or text
    return {
        "unit_by": texts.get("unit_by", ""),
        "unit": texts.get("unit", ""),
        "columns": {key: name for key, name in columns.items() if name},
        "constants": {key: text for key, text in constants.items() if text},
        "conditions": {name: text for name, text in part(CONDITION).items() if text},
    }


def _listing(found: BatchFile) -> Any:
    labels = screens.point_labels(found.batch)
    kept = screens.figures_view(found)
    return row_listing(
        found.batch.number, [(one.key, one.label) for one in kept.points] if kept else [], labels
    )


def _page(
    request: HttpRequest,
    found: BatchFile,
    person: Person,
    *,
    given: dict[str, Any] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    table = table_of(found)
    on = today()
    context: dict[str, Any] = {
        "file": found,
        "batch": found.batch,
        "is_recorded": found.state == BatchFile.State.RECORDED,
        "is_recording": found.state == BatchFile.State.RECORDING,
        "map": offer(MAP_FILE, found, person, on=on),
        "weigh": offer(WEIGH_FILE, found, person, on=on),
        "record": offer(RECORD_FILE, found, person, on=on),
        "refusal": refusal,
        "lost": table is None,
        "fresh": found.state == BatchFile.State.MAPPING or given is not None,
        "done": found.state in LEFT,
        "reason": request.POST.get("reason", ""),
    }
    if table is not None:
        last = found.batch.bench.mappings.get(found.batch.procedure_code)
        proposed = given or found.mapping or benches.guess(table.columns, cells_of(found.batch), last=last)
        context["mapping"] = screens.mapping_view(found, table, proposed)
        context["proposed_from_bench"] = bool(last) and not found.mapping and given is None
    if found.state in LEFT:
        labels = screens.point_labels(found.batch)
        page = paginate(found.rows.select_related("worksheet"), _listing(found), request.GET.dict())
        context |= {
            "page": page,
            "rows": [screens.row_view(row, labels) for row in page.rows],
            "figures": screens.figures_view(found),
            "overrides": found.rows.filter(overrides__gt=0).count(),
            "changes": found.rows.filter(changes__gt=0).count(),
        }
    return render(
        request,
        "verification/batches/file.html",
        context,
        status=refusal.status if refusal else 200,
    )


@require_POST
def weigh_file(request: HttpRequest, file: int) -> HttpResponse:
    """This will decide the next rows of a file."""
    person, on = person_of(request), today()
    found = file_seen_by(person, file, on=on)
    if not WEIGH_FILE.starts_from(found):  # sent twice: the step was done
        return _after_step(request, found)
    try:
        made = actions.weigh_bench_file(act_from(request), found)
    except Refusal as refusal:
        return _page(request, found, person, refusal=refusal)
    return _after_step(request, made)


@require_POST
def record_file(request: HttpRequest, file: int) -> HttpResponse:
    """This will write the next rows of a file on their worksheets."""
    person, on = person_of(request), today()
    found = file_seen_by(person, file, on=on)
    if found.state == BatchFile.State.RECORDED:  # sent twice: the step was done
        return _after_step(request, found)
    try:
        made = actions.record_bench_file(act_from(request), found)
    except Refusal as refusal:
        return _page(request, found, person, refusal=refusal)
    return _after_step(request, made)


def _after_step(request: HttpRequest, made: BatchFile) -> HttpResponse:
    """The next step where there is one, else the page the walk ends at."""
    place = reverse("verification:bench_file", args=[made.pk])
    if made.state == BatchFile.State.WEIGHING:
        return progress(
            request,
            label=_("Đang tính kết luận của từng phương tiện"),
            place=reverse("verification:weigh_file", args=[made.pk]),
            done=made.done,
            total=made.total,
            hidden={},
        )
    if made.state == BatchFile.State.RECORDING:
        return progress(
            request,
            label=_("Đang ghi vào phiếu"),
            place=reverse("verification:record_file", args=[made.pk]),
            done=made.done,
            total=made.total,
            hidden={},
        )
    if made.state == BatchFile.State.RECORDED:
        written = made.rows.filter(changes__gt=0).count()
        words = ngettext("Đã ghi vào {n} phiếu.", "Đã ghi vào {n} phiếu.", written)
        messages.success(request, words.format(n=written))
        return finished(request, reverse("verification:batch", args=[made.batch_id]))
    return finished(request, place)

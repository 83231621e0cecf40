"""A logger's file: chosen, its columns guessed and confirmed, taken in; and given back as it was."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from quacan.centre.base import store
from quacan.centre.base.doors import act_from, today
from quacan.centre.base.intake import ForeignTable
from quacan.centre.base.moves import offer
from quacan.centre.base.queries import file_bytes
from quacan.centre.base.refusals import FieldMissing, Refusal
from quacan.centre.facilities import actions, queries
from quacan.centre.facilities.forms import ColumnsForm, FileForm
from quacan.centre.facilities.models import LoggerImport, Point
from quacan.centre.facilities.moves import IMPORT_FILE
from quacan.centre.facilities.rules import (
    HERE,
    NAMES,
    UNITS,
    Taken,
    columns_for,
    logger_table,
    read,
    usual_table,
)
from quacan.centre.people.queries import person_of

SALT: Final = "facilities.import"
HOURS: Final = 12 * 3600
SHOWN: Final = 8
WRONG_SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was chosen and not yet taken in: its name, its bytes, and the sealed word that finds it again."""

    name: str
    content: bytes
    token: str


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest, pk: int) -> HttpResponse:
    """This will take a file in three steps: choose it, look at how its columns are read, take it in."""
    on, person = today(), person_of(request)
    found = queries.seen_point(person, pk, on=on)
    for hindrance in offer(IMPORT_FILE, found, person, on=on).hindrances:
        raise hindrance
    if request.method != "POST":
        return _chosen_page(request, found, FileForm())
    if "token" not in request.POST:
        return _chosen(request, found)
    try:
        upload = _kept(request, found)
        table = _table(upload, found, sheet=request.POST.get("sheet", ""))
    except Refusal as refusal:
        return _chosen_page(request, found, FileForm(), refusal=refusal)
    return _confirmed(request, found, upload, table)


def _chosen(request: HttpRequest, found: Point) -> HttpResponse:
    """The file just chosen, kept in the store until it is confirmed, with its columns guessed."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _chosen_page(request, found, form, status=422)
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        table = _table(Upload(file.name, content, ""), found)
    except Refusal as refusal:
        return _chosen_page(request, found, FileForm(), refusal=refusal)
    sealed = {"sha256": store.keep(content), "name": file.name, "point": found.pk}
    return _columns_page(request, found, Upload(file.name, content, signing.dumps(sealed, salt=SALT)), table)


def _kept(request: HttpRequest, found: Point) -> Upload:
    """The file a sealed word names."""
    try:
        sealed = signing.loads(request.POST["token"], salt=SALT, max_age=HOURS)
    except signing.BadSignature as error:
        raise FieldMissing(field=_("Tệp của máy ghi")) from error
    content = store.read(sealed["sha256"]) if sealed["point"] == found.pk else None
    if content is None:
        raise FieldMissing(field=_("Tệp của máy ghi"))
    return Upload(sealed["name"], content, request.POST["token"])


def _table(upload: Upload, found: Point, *, sheet: str = "") -> ForeignTable:
    """The rows of a file: of the sheet asked for, else of the one this point's files usually have."""
    if sheet:
        return logger_table(upload.content, name=upload.name, sheet=sheet)
    return usual_table(upload.content, name=upload.name, sheet=str(found.mapping.get("sheet", "")))


def _confirmed(request: HttpRequest, found: Point, upload: Upload, table: ForeignTable) -> HttpResponse:
    if request.POST.get("was", table.sheet) != table.sheet:  # another sheet: its columns are guessed anew
        return _columns_page(request, found, upload, table)
    kept = columns_for(table.rows, found.mapping)
    form = ColumnsForm(request.POST, table=table, columns=kept)
    if not form.is_valid():
        return _columns_page(request, found, upload, table, form, status=422)
    if request.POST.get("step") != "take":
        return _columns_page(request, found, upload, table, form)
    try:
        made = actions.import_records(
            act_from(request), found, name=upload.name, content=upload.content, columns=form.columns
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _columns_page(request, found, upload, table, form, status=refusal.status)
    messages.success(request, _summary(made))
    return redirect("facilities:point", found.pk)


def _summary(made: LoggerImport) -> str:
    added = ngettext("Đã nhập {n} số liệu mới.", "Đã nhập {n} số liệu mới.", made.records_added)
    words = [added.format(n=made.records_added)]
    if made.records_known:
        words.append(_("{n} số liệu đã có từ trước.").format(n=made.records_known))
    if made.rows_rejected:
        words.append(_("{n} dòng không nhận, xem ở danh sách tệp.").format(n=made.rows_rejected))
    return " ".join(words)


def _chosen_page(
    request: HttpRequest, found: Point, form: FileForm, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    context = {"point": found, "form": form, "refusal": refusal}
    status = refusal.status if refusal else status
    return render(request, "facilities/import.html", context, status=status)


def _columns_page(
    request: HttpRequest,
    found: Point,
    upload: Upload,
    table: ForeignTable,
    form: ColumnsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    columns = columns_for(table.rows, found.mapping) if form is None else None
    if form is not None and form.is_valid():
        columns = form.columns
    context: dict[str, Any] = {
        "point": found,
        "upload": upload,
        "was": table.sheet,
        "form": form or ColumnsForm(table=table, columns=columns),
        "rows": tuple(zip(table.lines[:SHOWN], table.rows[:SHOWN], strict=True)),
        "preview": _preview(read(table.rows, columns))
        if columns is not None and columns.quantities
        else None,
    }
    return render(request, "facilities/import.html", context, status=status)


def _preview(taken: Taken) -> dict[str, Any]:
    quantities = {one.quantity: one for one in reversed(taken.readings)}
    return {
        "rows": taken.rows,
        "count": len(taken.readings),
        "first": taken.readings[0].at.astimezone(HERE) if taken.readings else None,
        "last": taken.readings[-1].at.astimezone(HERE) if taken.readings else None,
        "samples": [
            (NAMES[key], one.text, UNITS[key], one.at.astimezone(HERE))
            for key, one in sorted(quantities.items())
        ],
        "wrong": [queries.sentence_of(one) for one in taken.wrong[:WRONG_SHOWN]],
        "wrong_count": len({one.line for one in taken.wrong}),
    }


@require_safe
def logger_file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """This will give a logger's file as it was taken in, proven against its hash."""
    on, person = today(), person_of(request)
    found = queries.seen_point(person, pk, on=on)
    file = queries.file_kept(found, file_pk)
    return HttpResponse(
        file_bytes(file),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="may-ghi-{file_pk}.{file.format}"',
            "X-Content-Type-Options": "nosniff",
        },
    )

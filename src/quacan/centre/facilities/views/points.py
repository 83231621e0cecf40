"""The list of points, one point with a stretch of its records, and what is done there."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import act_from, today
from quacan.centre.base.exporting import XLSX, csv_lines, xlsx_file
from quacan.centre.base.refusals import FieldWrong, NotFound, Refusal
from quacan.centre.facilities import actions, queries
from quacan.centre.facilities.forms import LimitForm, PointForm, RecordForm, point_form_of
from quacan.centre.facilities.models import Alarm, Point
from quacan.centre.facilities.rules import HERE
from quacan.centre.facilities.tables import record_columns
from quacan.centre.people.models import Person
from quacan.centre.people.queries import workplace


@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """This will list the points with their newest records, how they stand and the alarms nobody answered."""
    on, person = today(), cast(Person, request.user)
    seen = queries.points_seen_by(person, on=on)
    waiting = queries.alarms_seen_by(person, on=on).filter(acknowledged_at__isnull=True)
    context = {
        "states": queries.point_states(seen, now=timezone.now()),
        "alarms": [_alarm(one) for one in waiting[:20]],
        "may_manage": person.may("facilities.manage", organisation_id=None, unit_id=None, on=on),
    }
    return render(request, "facilities/list.html", context)


def _alarm(alarm: Alarm) -> dict[str, Any]:
    return {"alarm": alarm, "words": queries.words_of(alarm), "limit": queries.allowed_words(alarm.limit)}


def may(person: Person, permission: str, found: Point, on: date) -> bool:
    """This will say whether a person holds a permission at a point."""
    return person.may(permission, organisation_id=found.organisation_id, unit_id=found.unit_id, on=on)


@require_safe
def point(request: HttpRequest, pk: int) -> HttpResponseBase:
    """This will show a day, a week or a month of a point, as a page, a print or a file."""
    on, person = today(), cast(Person, request.user)
    found = queries.seen_point(person, pk, on=on)
    stretch = queries.stretch_of(request.GET.get("xem", "ngay"), _day(request, found, on))
    if wanted := request.GET.get("export", ""):
        return _file(found, stretch, wanted)
    return _page(request, found, person, on, stretch)


def _day(request: HttpRequest, found: Point, on: date) -> date:
    text = request.GET.get("ngay", "")
    if not text:
        last = found.records.order_by("-at").values_list("at", flat=True).first()
        return last.astimezone(HERE).date() if last else on
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise FieldWrong(field=_("Ngày"), why=_("ngày phải có dạng 2026-11-20")) from error
    if not 2000 <= day.year <= 2100:
        raise FieldWrong(field=_("Ngày"), why=text)
    return day


def _file(found: Point, stretch: queries.Stretch, wanted: str) -> HttpResponseBase:
    rows = queries.records_between(found, stretch).iterator(chunk_size=2000)
    columns = record_columns(found.code)
    name = f"moi-truong-{found.pk}-{stretch.first:%Y%m%d}-{stretch.last:%Y%m%d}.{wanted}"
    if wanted == "xlsx":
        return FileResponse(xlsx_file(columns, rows), as_attachment=True, filename=name, content_type=XLSX)
    if wanted == "csv":
        response = StreamingHttpResponse(csv_lines(columns, rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    raise FieldWrong(field=_("Xuất tệp"), why=_("chỉ có csv và xlsx"))


def _page(
    request: HttpRequest,
    found: Point,
    person: Person,
    on: date,
    stretch: queries.Stretch | None = None,
    *,
    limit_form: LimitForm | None = None,
    record_form: RecordForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    stretch = stretch or queries.stretch_of("ngay", _day(request, found, on))
    english = (get_language() or "vi").startswith("en")
    shown = queries.view_of(found, stretch, now=now, english=english)
    local = now.astimezone(HERE)
    context = {
        "point": found,
        "state": queries.point_states(Point.objects.filter(pk=found.pk), now=now)[0],
        "stretch": stretch,
        "view": shown,
        "alarms": [_alarm(one) for one in shown.alarms],
        "limits": [
            (one, queries.allowed_words(one)) for one in found.limits.order_by("quantity", "-valid_from")
        ],
        "imports": found.imports.all()[:10],
        "limit_form": limit_form or LimitForm(initial={"valid_from": on}),
        "record_form": record_form or RecordForm(initial={"day": on, "clock": f"{local:%H:%M}"}),
        "may_record": may(person, "facilities.record", found, on),
        "may_manage": may(person, "facilities.manage", found, on),
        "refusal": refusal,
        "on": on,
    }
    return render(request, "facilities/point.html", context, status=status)


def new_point(request: HttpRequest) -> HttpResponse:
    """This will begin to watch a place."""
    on, person = today(), cast(Person, request.user)
    organisation = workplace(person, "facilities.manage", on=on)
    form = PointForm(request.POST or None, organisation=organisation, on=on)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_point(
                act_from(request), organisation, code=form.cleaned_data["code"], **form.details
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã lập điểm. Đặt giới hạn rồi nhập tệp của máy ghi."))
            return redirect("facilities:point", made.pk)
    return _form_page(request, form, None)


def change_point(request: HttpRequest, pk: int) -> HttpResponse:
    """This will correct what is known of a point, or stop watching it."""
    on, person = today(), cast(Person, request.user)
    found = queries.seen_point(person, pk, on=on)
    form = point_form_of(found, on=on)
    if request.method == "POST":
        form = PointForm(request.POST, organisation=found.organisation, on=on, initial={"code": found.code})
        form.fields["code"].disabled = True
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_point(
                act_from(request),
                found,
                version=form.cleaned_data["version"] or 0,
                is_active=form.cleaned_data["is_active"],
                **form.details,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("facilities:point", pk)
    return _form_page(request, form, found)


def _form_page(request: HttpRequest, form: PointForm, found: Point | None) -> HttpResponse:
    context = {"form": form, "point": found}
    return render(request, "facilities/form.html", context, status=422 if form.is_bound else 200)


@require_POST
def set_limit(request: HttpRequest, pk: int) -> HttpResponse:
    """This will set what is allowed at a point from a day on."""
    on, person = today(), cast(Person, request.user)
    found = queries.seen_point(person, pk, on=on)
    form = LimitForm(request.POST)
    if form.is_valid():
        try:
            actions.set_limit(act_from(request), found, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("facilities:point", pk)
    return _page(request, found, person, on, limit_form=form, status=422)


@require_POST
def enter_record(request: HttpRequest, pk: int) -> HttpResponse:
    """This will write down one reading made at a point."""
    on, person = today(), cast(Person, request.user)
    found = queries.seen_point(person, pk, on=on)
    form = RecordForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.enter_record(
                act_from(request), found, quantity=given["quantity"], at=form.at, text=given["text"]
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("facilities:point", pk)
    return _page(request, found, person, on, record_form=form, status=422)


@require_POST
def acknowledge(request: HttpRequest, pk: int, alarm_pk: int) -> HttpResponse:
    """This will answer an alarm with a note."""
    on, person = today(), cast(Person, request.user)
    found = queries.seen_point(person, pk, on=on)
    alarm = found.alarms.select_related("point__organisation").filter(pk=alarm_pk).first()
    if alarm is None:
        raise NotFound(record=_("cảnh báo số {pk}").format(pk=alarm_pk))
    try:
        actions.acknowledge_alarm(act_from(request), alarm, note=request.POST.get("reason", ""))
    except Refusal as refusal:
        return _page(request, found, person, on, refusal=refusal, status=refusal.status)
    messages.success(request, _("Đã ghi kết quả xem xét cảnh báo."))
    return redirect("facilities:point", pk)

"""The list of points, one point with a stretch of its records, and what is done there."""

from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import admit, attempt, edit_page, today
from quacan.centre.base.exporting import XLSX, csv_lines, xlsx_file
from quacan.centre.base.language.texts import is_english
from quacan.centre.base.moves import offer
from quacan.centre.base.refusals import FieldWrong, NotFound, Refusal
from quacan.centre.facilities import actions, queries
from quacan.centre.facilities.forms import LimitForm, PointForm, RecordForm
from quacan.centre.facilities.models import Alarm, Point
from quacan.centre.facilities.moves import (
    ACKNOWLEDGE,
    CHANGE_POINT,
    ENTER_RECORD,
    IMPORT_FILE,
    MANAGE,
    SET_LIMIT,
)
from quacan.centre.facilities.rules import HERE
from quacan.centre.facilities.tables import record_columns
from quacan.centre.people.models import Person
from quacan.centre.people.queries import person_of, workplace


def _opened(pk: int) -> str:
    return reverse("facilities:point", args=[pk])


@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """This will list the points with their newest records, how they stand and the alarms nobody answered."""
    on, person = today(), person_of(request)
    seen = queries.points_seen_by(person, on=on)
    waiting = queries.alarms_seen_by(person, on=on).filter(acknowledged_at__isnull=True)
    context = {
        "states": queries.point_states(seen, now=timezone.now()),
        "alarms": [_alarm(one) for one in waiting[:20]],
        "may_manage": person.may(MANAGE, organisation_id=None, unit_id=None, on=on),
    }
    return render(request, "facilities/list.html", context)


def _alarm(alarm: Alarm, person: Person | None = None, on: date | None = None) -> dict[str, Any]:
    shown = {"alarm": alarm, "words": queries.words_of(alarm), "limit": queries.allowed_words(alarm.limit)}
    return shown | {"offer": offer(ACKNOWLEDGE, alarm, person, on=on)} if person and on else shown


@require_safe
def point(request: HttpRequest, pk: int) -> HttpResponseBase:
    """This will show a day, a week or a month of a point, as a page, a print or a file."""
    on, person = today(), person_of(request)
    found = queries.seen_point(person, pk, on=on)
    stretch = queries.stretch_of(request.GET.get("xem", "ngay"), _day(request, found, on))
    if wanted := request.GET.get("export", ""):
        return _file(found, stretch, wanted)
    return render(request, "facilities/point.html", _context(request, found, on, stretch=stretch))


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


def _context(
    request: HttpRequest, found: Point, on: date, *, stretch: queries.Stretch | None = None, **shown: Any
) -> dict[str, Any]:
    """What the page of a point shows; *shown* are the forms and the refusal of what was just sent."""
    now, person = timezone.now(), person_of(request)
    stretch = stretch or queries.stretch_of("ngay", _day(request, found, on))
    view = queries.view_of(found, stretch, now=now, english=is_english())
    clock = f"{now.astimezone(HERE):%H:%M}"
    limits = found.limits.order_by("quantity", "-valid_from")
    return {
        "point": found,
        "state": queries.point_states(Point.objects.filter(pk=found.pk), now=now)[0],
        "stretch": stretch,
        "view": view,
        "alarms": [_alarm(one, person, on) for one in view.alarms],
        "limits": [(one, queries.allowed_words(one)) for one in limits],
        "imports": found.imports.all()[:10],
        "limit_form": LimitForm(initial={"valid_from": on}),
        "record_form": RecordForm(initial={"day": on, "clock": clock}),
        "change": offer(CHANGE_POINT, found, person, on=on),
        "set_limit": offer(SET_LIMIT, found, person, on=on),
        "import_file": offer(IMPORT_FILE, found, person, on=on),
        "enter_record": offer(ENTER_RECORD, found, person, on=on),
        "on": on,
        **shown,
    }


def new_point(request: HttpRequest) -> HttpResponse:
    """This will begin to watch a place."""
    on = today()
    organisation = workplace(person_of(request), MANAGE, on=on)
    admit(request, MANAGE, organisation)
    form = PointForm(request.POST or None, organisation=organisation, on=on)
    return edit_page(
        request,
        form,
        lambda act, given: actions.open_point(act, organisation, form.draft),
        template="facilities/form.html",
        done=lambda made: _opened(made.pk),
        said=_("Đã lập điểm. Đặt giới hạn rồi nhập tệp của máy ghi."),
    )


def change_point(request: HttpRequest, pk: int) -> HttpResponse:
    """This will correct what is known of a point, or stop watching it."""
    on = today()
    found = queries.seen_point(person_of(request), pk, on=on)
    admit(request, MANAGE, found.organisation, unit_id=found.unit_id)
    form = PointForm(request.POST or None, organisation=found.organisation, on=on, point=found)
    return edit_page(
        request,
        form,
        lambda act, given: actions.change_point(act, found, form.draft, version=given["version"] or 0),
        template="facilities/form.html",
        done=lambda changed: _opened(pk),
        context={"point": found},
    )


@require_POST
def set_limit(request: HttpRequest, pk: int) -> HttpResponse:
    """This will set what is allowed at a point from a day on."""
    on = today()
    found = queries.seen_point(person_of(request), pk, on=on)
    form = LimitForm(request.POST)
    return edit_page(
        request,
        form,
        lambda act, given: actions.set_limit(act, found, form.draft),
        template="facilities/point.html",
        done=lambda made: _opened(pk),
        context=_context(request, found, on, limit_form=form),
    )


@require_POST
def enter_record(request: HttpRequest, pk: int) -> HttpResponse:
    """This will write down one reading made at a point."""
    on = today()
    found = queries.seen_point(person_of(request), pk, on=on)
    form = RecordForm(request.POST)
    return edit_page(
        request,
        form,
        lambda act, given: actions.enter_record(
            act, found, quantity=given["quantity"], at=form.at, text=given["text"]
        ),
        template="facilities/point.html",
        done=lambda made: _opened(pk),
        said=_("Đã ghi."),
        context=_context(request, found, on, record_form=form),
    )


@require_POST
def acknowledge(request: HttpRequest, pk: int, alarm_pk: int) -> HttpResponse:
    """This will answer an alarm with a note."""
    on = today()
    found = queries.seen_point(person_of(request), pk, on=on)
    alarm = found.alarms.select_related("point__organisation").filter(pk=alarm_pk).first()
    if alarm is None:
        raise NotFound(record=_("cảnh báo số {pk}").format(pk=alarm_pk))

    def again(refusal: Refusal) -> HttpResponse:
        context = _context(request, found, on, refusal=refusal)
        return render(request, "facilities/point.html", context, status=refusal.status)

    return attempt(
        request,
        lambda act: actions.acknowledge_alarm(act, alarm),
        again=again,
        done=lambda alarm: _opened(pk),
        said=_("Đã ghi kết quả xem xét cảnh báo."),
    )

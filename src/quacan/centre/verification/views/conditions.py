"""Where conditions are taken from the logger of a place that is watched."""

from datetime import datetime, time

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from quacan.centre.base.doors import act_from, today
from quacan.centre.base.language.texts import is_english
from quacan.centre.base.moves import is_open
from quacan.centre.base.refusals import FieldWrong, NotFound, Refusal
from quacan.centre.examinations import queries as reads
from quacan.centre.facilities.models import Point
from quacan.centre.facilities.rules import HERE
from quacan.centre.people.queries import person_of
from quacan.centre.verification import actions, queries
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.moves import TAKE_CONDITIONS

START, END = "tu", "den"


@require_http_methods(["GET", "HEAD", "POST"])
def surroundings(request: HttpRequest, key: int) -> HttpResponse:
    """This will show what a point recorded at start and end of the measurement, and take it into the worksheet."""
    person, on = person_of(request), today()
    sheet = queries.worksheet(person, key, on=on)
    refusal: Refusal | None = None
    asked = request.POST if request.method == "POST" else request.GET
    points = reads.points_for(sheet)
    try:
        point = _point(points, asked)
        start, end = _times(sheet, asked)
        if request.method == "POST":
            if point is None:
                raise NotFound(record=_("điểm theo dõi"))
            actions.take_conditions(act_from(request), sheet, point=point, start=start, end=end)
            return redirect("verification:worksheet", key)
    except Refusal as wrong:
        refusal, point, start, end = wrong, _known(points, asked), None, None
    context = {
        "sheet": sheet,
        "points": points,
        "point": point,
        "start": _shown(asked, START, start),
        "end": _shown(asked, END, end),
        "offered": reads.offered(sheet, point, start=start, end=end, english=is_english()) if point else (),
        "typing": is_open(TAKE_CONDITIONS, sheet, person, on=on),
        "refusal": refusal,
    }
    template = "parts/surroundings.html" if getattr(request, "htmx", False) else "surroundings.html"
    return render(request, f"verification/{template}", context, status=refusal.status if refusal else 200)


def _point(points: tuple[Point, ...], asked: QueryDict) -> Point | None:
    if "diem" not in asked:
        return points[0] if points else None
    found = _known(points, asked)
    if found is None:
        raise NotFound(record=_("điểm theo dõi"))
    return found


def _known(points: tuple[Point, ...], asked: QueryDict) -> Point | None:
    return next((one for one in points if str(one.pk) == asked.get("diem")), None)


def _times(sheet: Worksheet, asked: QueryDict) -> tuple[datetime | None, datetime | None]:
    if START not in asked and END not in asked:
        first, last = reads.measuring_times(sheet)
    else:
        first, last = _time(asked, START), _time(asked, END)
    return _instant(sheet, first), _instant(sheet, last)


def _time(asked: QueryDict, name: str) -> time | None:
    text = asked.get(name, "").strip()
    if not text:
        return None
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise FieldWrong(field=_("Giờ"), why=_("phải có dạng 08:15")) from error


def _instant(sheet: Worksheet, clock: time | None) -> datetime | None:
    return datetime.combine(sheet.performed_on, clock.replace(tzinfo=None), tzinfo=HERE) if clock else None


def _shown(asked: QueryDict, name: str, at: datetime | None) -> str:
    return f"{at.astimezone(HERE):%H:%M}" if at else asked.get(name, "")

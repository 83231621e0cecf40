"""What the visitors' register brings to the house."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import (
    Department,
    Door,
    Lane,
    Record,
    Rows,
    SearchSource,
    Task,
    TracedSource,
)
from quacan.centre.people.models import Person
from quacan.centre.visitors.facts import RECEIVED
from quacan.centre.visitors.models import Visit
from quacan.centre.visitors.moves import VISIT
from quacan.centre.visitors.queries import at_the_door, postings, visits

ENTERED = {"laboratory": _("phòng kỹ thuật"), "office": _("khu tiếp khách")}


def _waiting(person: Person, on: date) -> Rows:
    return at_the_door(person, on=on)


def _task(visit: Visit, on: date) -> Task:
    text = f"{visit.purpose} · {visit.host.full_name} · {visit.get_state_display()}"
    return Task(visit.visitor, text, reverse("visitors:visit", args=[visit.pk]), visit.expected_on)


def _found(person: Person, on: date) -> QuerySet[Visit]:
    return visits(person, on=on)


def _hit(visit: Visit) -> tuple[str, str]:
    return visit.visitor, f"{visit.comes_from} · {visit.purpose}".strip(" ·")


def _word(dimension: str, value: str) -> str:
    return str(ENTERED.get(value, "")) if dimension == "entered" else ""


def _traced(key: int, readings: bool) -> TracedSource | None:
    visit = Visit.objects.select_related("host").filter(pk=key).first()
    if visit is None:
        return None
    summary = f"{visit.purpose} · {visit.host.full_name}"
    return TracedSource("visitors.Visit", key, visit.visitor, reverse("visitors:visit", args=[key]), summary)


DEPARTMENT = Department(
    name=_("Khách ra vào"),
    permissions={
        "visitors.see": _("xem sổ khách ra vào"),
        "visitors.record": _("ghi sổ khách ra vào"),
    },
    doors=(Door("visitors", "work", _("Khách ra vào"), "visitors:register", "users", "visitors.see", 170),),
    lanes=(
        Lane(
            "visitors", "visitors", _("Khách hẹn hôm nay, khách còn trong cơ quan"), _("Mở"), "visitors.record",
            _waiting, _task, 175, url="visitors:register",
        ),
    ),
    search=(SearchSource(_("Khách ra vào"), "users", _found, _hit, 80),),
    records=(Record("visitors.Visit", _("Lượt khách"), "visitors:visit", rows=_found),),
    moves=(VISIT,),
    deeds={"visitors.expect_visitor": _("ghi khách sắp đến")},
    measures={RECEIVED: _("Lượt khách đã tiếp")},
    dimensions={"entered": _("Nơi vào")},
    values=_word,
    postings=postings,
    tracers={"visitors.Visit": _traced},
)  # fmt: skip

"""What activities bring to the house: anything done that a definition gives fields and counts."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from quacan.centre.activities.kinds import activity_kinds, kind_version, measure_words
from quacan.centre.activities.models import Activity
from quacan.centre.activities.moves import ACTIVITY
from quacan.centre.activities.queries import activities, activities_to_confirm, postings
from quacan.centre.base.departments import (
    Department,
    Door,
    Lane,
    Record,
    Rows,
    SearchSource,
    Task,
    TracedReading,
    TracedSource,
)
from quacan.centre.base.language.dates import format_date
from quacan.centre.base.models import Document
from quacan.centre.people.models import Person


def _rows(person: Person, on: date) -> QuerySet[Activity]:
    return activities(person, on=on)


def _hit(row: Activity) -> tuple[str, str]:
    return row.title, f"{format_date(row.occurred_on)} · {row.get_state_display()}"


def _to_confirm(person: Person, on: date) -> Rows:
    return activities_to_confirm(person, on=on)


def _confirm_task(activity: Any, on: date) -> Task:
    who = activity.recorder or activity.recorded_by
    text = f"{activity.occurred_on:%d/%m/%Y} · {say('ghi bởi')} {who}"
    return Task(activity.title, text, reverse("activities:activity", args=[activity.pk]))


def _trace(key: int, readings: bool) -> TracedSource | None:
    found = Activity.objects.filter(pk=key).first()
    if found is None:
        return None
    kind = kind_version(found.kind_code, found.kind_version)
    attached = Document.objects.filter(attachment__activity=found).first()
    return TracedSource(
        type="activities.Activity",
        id=key,
        label=found.title,
        url=reverse("activities:activity", args=[key]),
        summary=f"{kind.name} · {found.occurred_on:%d/%m/%Y} · {found.place}".rstrip(" ·"),
        document=attached.title if attached else "",
        document_state=attached.state if attached else "",
        document_sha256=attached.snapshot_sha256 if attached else "",
        readings=tuple(
            TracedReading(str(f.label), found.values[f.key], found.version, found.recorded_by, None)
            for f in kind.fields
            if f.key in found.values
        ),
    )


def _measure(code: str) -> str:
    return str(measure_words().get(code, ""))


def _dimension(name: str) -> str:
    fields = (field for kind in activity_kinds() for field in kind.fields)
    return next((str(one.label) for one in fields if one.key == name), "")


def _value(dimension: str, value: str) -> str:
    if dimension == "kind":
        named = (kind.name for kind in activity_kinds() if kind.code == value)
        return next((str(one) for one in named), "")
    choices = (
        choice
        for kind in activity_kinds()
        for field in kind.fields
        if field.key == dimension
        for choice in field.choices
    )
    return next((str(one.name) for one in choices if one.code == value), "")


DEPARTMENT = Department(
    name=_("Hoạt động khác"),
    permissions={
        "activities.see": _("xem hoạt động"),
        "activities.record": _("ghi hoạt động"),
        "activities.confirm": _("xác nhận hoạt động"),
    },
    doors=(
        Door(
            "activities",
            "work",
            _("Hoạt động khác"),
            "activities:activities",
            "list-checks",
            "activities.see",
            160,
        ),
    ),
    lanes=(
        Lane(
            "activities",
            "activities",
            _("Hoạt động chờ xác nhận"),
            _("Xác nhận"),
            "activities.confirm",
            _to_confirm,
            _confirm_task,
            120,
            url="activities:activities",
            query="state=draft",
        ),
    ),
    search=(SearchSource(_("Hoạt động"), "list-checks", _rows, _hit, 70),),
    moves=(ACTIVITY,),
    records=(
        Record("activities.Activity", _("Hoạt động"), "activities:activity", rows=_rows),
        Record("activities.Attachment", _("Tệp bằng chứng")),
    ),
    apart=(("activities.record", "activities.confirm"),),
    deeds={
        "activities.record_activity": _("ghi hoạt động"),
        "activities.change_activity": _("sửa hoạt động"),
        "activities.confirm_activity": _("xác nhận hoạt động"),
        "activities.cancel_activity": _("hủy hoạt động"),
        "activities.attach_evidence": _("đính kèm bằng chứng"),
    },
    fields={
        "activities.kind_code": _("loại hoạt động"),
        "activities.party_id": _("khách hàng, đối tượng"),
        "activities.activity_id": _("hoạt động"),
    },
    measure=_measure,
    dimension=_dimension,
    values=_value,
    postings=postings,
    tracers={"activities.Activity": _trace},
    definitions=(activity_kinds,),
)

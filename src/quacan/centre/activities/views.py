"""Doors of activities: the list, the form its kind shapes, confirmation, evidence."""

from datetime import date
from typing import Any, cast
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.activities import actions
from quacan.centre.activities.forms import PREFIX, ActivityForm, EvidenceForm
from quacan.centre.activities.kinds import ActivityKind, activity_kinds, kind_version, kinds_in_force
from quacan.centre.activities.models import Activity
from quacan.centre.activities.queries import activities as seen
from quacan.centre.activities.queries import activity as seen_one
from quacan.centre.activities.queries import attachment_file, entries_of, months_of
from quacan.centre.activities.refusals import SelfConfirmed
from quacan.centre.activities.tables import activities_listing, in_language, summary_of, value_text
from quacan.centre.base.act import reference
from quacan.centre.base.doors import act_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.language.folding import fold
from quacan.centre.base.lists import paginate
from quacan.centre.base.queries import audit_of, file_bytes
from quacan.centre.base.refusals import FieldWrong, NotAuthorised, Refusal
from quacan.centre.base.shapes import Moment, stages_of
from quacan.centre.organisation.models import Organisation
from quacan.centre.parties.models import Party
from quacan.centre.parties.queries import parties_seen_by
from quacan.centre.people.models import Person
from quacan.centre.people.queries import workplace

SUGGESTED = 12
DEEDS = {
    "activities.record_activity": gettext_lazy("Ghi"),
    "activities.change_activity": gettext_lazy("Sửa"),
    "activities.confirm_activity": gettext_lazy("Xác nhận"),
    "activities.cancel_activity": gettext_lazy("Hủy"),
}


@require_safe
def activities(request: HttpRequest) -> HttpResponseBase:
    """This will list the activities a person may see."""
    on, person = today(), cast(Person, request.user)
    listing = activities_listing(activity_kinds(), months_of(person, on=on))
    rows = seen(person, on=on)
    if file := exported(request, rows, listing, on=on):
        return file
    page = paginate(rows, listing, request.GET.dict())
    context = {
        "page": page.of(lambda one: (one, _kind_words(one), summary_of(one))),
        "may_record": person.may("activities.record", organisation_id=None, unit_id=None, on=on),
        "on": on,
    }
    return render(request, "activities/list.html", context)


def _kind_words(one: Activity) -> str:
    kind = kind_version(one.kind_code, one.kind_version)
    return in_language(kind.name_vi, kind.name_en)


@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show one activity: what it says, what it counts, its evidence, its history."""
    return _page(request, _found(request, pk))


def _found(request: HttpRequest, pk: int) -> Activity:
    return seen_one(cast(Person, request.user), pk, on=today())


def _page(request: HttpRequest, found: Activity, *, refusal: Refusal | None = None) -> HttpResponse:
    on, person = today(), cast(Person, request.user)
    kind = kind_version(found.kind_code, found.kind_version)
    record = _no_right(person, "activities.record", found, on)
    ended = found.state == Activity.State.CANCELLED
    context = {
        "activity": found,
        "kind_name": in_language(kind.name_vi, kind.name_en),
        "values": [
            (
                in_language(field.label_vi, field.label_en),
                value_text(field, found.values.get(field.key, "")),
            )
            for field in kind.fields
        ],
        "entries": entries_of(found),
        "attachments": [
            (one, one.document.files.first()) for one in found.attachments.select_related("document")
        ],
        "stages": stages_of(
            tuple(Activity.State.choices), now=found.state, stopped=frozenset({Activity.State.CANCELLED})
        ),
        "moments": [_moment(line) for line in audit_of(reference(found))],
        "confirm_obstacles": _confirm_obstacles(person, found, on),
        "record_obstacles": record,
        "ended": ended,
        "evidence": EvidenceForm(),
        "refusal": refusal,
    }
    return render(request, "activities/activity.html", context, status=422 if refusal else 200)


def _moment(line: Any) -> Moment:
    return Moment(at=line.at, title=DEEDS.get(line.action, line.action), text=line.reason, by=line.actor)


def _no_right(person: Person, permission: str, found: Activity, on: date) -> list[str]:
    if person.may(permission, organisation_id=found.organisation_id, unit_id=found.unit_id, on=on):
        return []
    name = found.organisation.short_name
    return [NotAuthorised(person=person.full_name, permission=permission, organisation=name).sentence]


def _confirm_obstacles(person: Person, found: Activity, on: date) -> list[str]:
    obstacles = _no_right(person, "activities.confirm", found, on)
    if found.recorded_by == person.username:
        obstacles.append(SelfConfirmed(person=person.full_name).sentence)
    return obstacles


def new_activity(request: HttpRequest) -> HttpResponse:
    """This will record an activity; choosing a kind swaps its fields and keeps everything typed."""
    on, person = today(), cast(Person, request.user)
    place = workplace(person, "activities.record", on=on)
    if request.method == "POST":
        form = _form(request.POST, place, on)
        if form.is_valid():
            made = _recorded(request, form, place)
            if made is not None:
                messages.success(request, _("Đã ghi. Người khác xác nhận thì hoạt động mới vào con số."))
                return redirect("activities:activity", made.pk)
        return _form_page(request, form, None, status=422)
    if request.GET.get("kind_code") or request.GET.get("title"):
        form = _form(None, place, on, initial=request.GET.dict())
    else:
        form = _form(None, place, on, initial={"occurred_on": on})
    return _form_page(request, form, None)


def _form(
    data: Any,
    place: Organisation,
    on: date,
    *,
    initial: dict[str, Any] | None = None,
    start: Activity | None = None,
) -> ActivityForm:
    typed = data if data is not None else (initial or {})
    day = _day(typed.get("occurred_on")) or (start.occurred_on if start else on)
    kinds = kinds_in_force(day)
    wanted = typed.get("kind_code") or (start.kind_code if start else "")
    return ActivityForm(
        data, organisation=place, kinds=kinds, kind=_kind(kinds, wanted), initial=initial or {}
    )


def _day(text: Any) -> date | None:
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _kind(kinds: tuple[ActivityKind, ...], code: str) -> ActivityKind | None:
    return next((one for one in kinds if one.code == code), None)


def _recorded(request: HttpRequest, form: ActivityForm, place: Organisation) -> Activity | None:
    try:
        party = _party(cast(Person, request.user), form.cleaned_data["party_text"])
        return actions.record_activity(act_from(request), place, party=party, **form.details)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return None


def _party(person: Person, text: str) -> Party | None:
    """The party the field names: by the number at its end as the list writes it, else by its whole name."""
    if not text.strip():
        return None
    rows = parties_seen_by(person, on=today())
    number = text.rpartition("#")[2].strip()
    named = (
        rows.filter(pk=int(number)) if "#" in text and number.isdecimal() else rows.filter(name=text.strip())
    )
    found = list(named[:2])
    if len(found) != 1:
        raise FieldWrong(field=_("Đối tượng"), why=_("chọn một dòng trong danh sách gợi ý"))
    return found[0]


def change_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """This will change an activity; a confirmed one must then be confirmed again."""
    on, found = today(), _found(request, pk)
    if request.method == "POST":
        form = _form(request.POST, found.organisation, on, start=found)
        if form.is_valid() and _changed(request, form, found):
            return redirect("activities:activity", pk)
        return _form_page(request, form, found, status=422)
    initial = request.GET.dict() if request.GET.get("kind_code") else _initial(found)
    return _form_page(request, _form(None, found.organisation, on, initial=initial, start=found), found)


def _initial(found: Activity) -> dict[str, Any]:
    names = ("version", "kind_code", "occurred_on", "ended_on", "title", "place", "unit", "note")
    party = f"{found.party.name} · #{found.party.pk}" if found.party else ""
    values = {PREFIX + key: text for key, text in found.values.items()}
    return {**{name: getattr(found, name) for name in names}, "party_text": party, **values}


def _changed(request: HttpRequest, form: ActivityForm, found: Activity) -> bool:
    try:
        party = _party(cast(Person, request.user), form.cleaned_data["party_text"])
        version = form.cleaned_data["version"] or 0
        actions.change_activity(act_from(request), found, version=version, party=party, **form.details)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True


def _form_page(
    request: HttpRequest, form: ActivityForm, found: Activity | None, *, status: int = 200
) -> HttpResponse:
    part = request.htmx and request.method == "GET"  # type: ignore[attr-defined]
    template = "activities/kind_fields.html" if part else "activities/form.html"
    return render(request, template, {"form": form, "activity": found}, status=status)


@require_safe
def party_choices(request: HttpRequest) -> HttpResponse:
    """This will suggest parties for what was typed."""
    rows = parties_seen_by(cast(Person, request.user), on=today())
    words = fold(request.GET.get("party_text", "")).split()
    for word in words:
        rows = rows.filter(folded__contains=word)
    found = rows.order_by("folded")[:SUGGESTED] if words else rows.none()
    return render(request, "activities/parties.html", {"parties": found})


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """This will confirm an activity; now it counts."""
    actions.confirm_activity(act_from(request), _found(request, pk))
    messages.success(request, _("Đã xác nhận; con số đã vào sổ nghiệp vụ."))
    return redirect("activities:activity", pk)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """This will cancel an activity with a reason."""
    actions.cancel_activity(act_from(request), _found(request, pk))
    messages.success(request, _("Đã hủy; sổ nghiệp vụ có bút toán đảo."))
    return redirect("activities:activity", pk)


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """This will keep a file as evidence."""
    found = _found(request, pk)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, refusal=FieldWrong(field=_("Tệp minh chứng"), why=_("chưa chọn tệp")))
    file = form.cleaned_data["file"]
    try:
        actions.attach_evidence(act_from(request), found, name=file.name, content=file.read())
    except Refusal as refusal:
        return _page(request, found, refusal=refusal)
    messages.success(request, _("Đã đính kèm."))
    return redirect("activities:activity", pk)


@require_safe
def evidence(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """This will give a file of evidence back, proven against its hash."""
    file = attachment_file(_found(request, pk), key)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(file_bytes(file), content_type="application/octet-stream", headers=headers)

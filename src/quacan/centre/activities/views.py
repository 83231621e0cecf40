"""Doors of activities: the list, the form its kind shapes, confirmation, evidence."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.activities import actions
from quacan.centre.activities.actions import ActivityDraft
from quacan.centre.activities.forms import PREFIX, ActivityForm, EvidenceForm
from quacan.centre.activities.kinds import activity_kinds, kind_version, kinds_in_force
from quacan.centre.activities.models import Activity
from quacan.centre.activities.moves import ACTIVITY, ATTACH, CANCEL, CHANGE, CONFIRM
from quacan.centre.activities.queries import activities as seen
from quacan.centre.activities.queries import activity as seen_one
from quacan.centre.activities.queries import attachment_file, entries_of, months_of
from quacan.centre.activities.tables import activities_listing, kind_name, summary_of, value_text
from quacan.centre.base.act import MAKERS, Act, reference
from quacan.centre.base.doors import act_from, admit, edit_page, key_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.language.folding import fold
from quacan.centre.base.lists import paginate
from quacan.centre.base.moves import offer
from quacan.centre.base.queries import audit_of, file_bytes
from quacan.centre.base.refusals import FieldWrong, Words
from quacan.centre.base.shapes import Moment, stages_of
from quacan.centre.organisation.models import Organisation
from quacan.centre.parties.models import Party
from quacan.centre.parties.queries import parties_seen_by
from quacan.centre.people.models import Person
from quacan.centre.people.queries import person_of, workplace

SUGGESTED = 12
STRIP = (Activity.State.DRAFT, Activity.State.CONFIRMED, Activity.State.CANCELLED)


@require_safe
def activities(request: HttpRequest) -> HttpResponseBase:
    """This will list the activities a person may see."""
    on, person = today(), person_of(request)
    listing = activities_listing(activity_kinds(), months_of(person, on=on))
    rows = seen(person, on=on)
    if file := exported(request, rows, listing, on=on):
        return file
    page = paginate(rows, listing, request.GET.dict())
    context = {
        "page": page.of(lambda one: (one, kind_name(one), summary_of(one))),
        "may_record": person.may("activities.record", organisation_id=None, unit_id=None, on=on),
        "on": on,
    }
    return render(request, "activities/list.html", context)


@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show one activity: what it says, what it counts, its evidence, its history."""
    return _page(request, pk)


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """This will keep a file as evidence."""
    return _page(request, pk)


def _page(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)

    def kept(act: Act, given: dict[str, Any]) -> Any:
        file = given["file"]
        return actions.attach_evidence(act, found, name=file.name, content=file.read())

    return edit_page(
        request,
        EvidenceForm(request.POST, request.FILES) if request.method == "POST" else EvidenceForm(),
        kept,
        template="activities/activity.html",
        done=lambda _kept: _opened(pk),
        said=_("Đã đính kèm."),
        context=_told(found, person_of(request), today()),
    )


def _found(request: HttpRequest, pk: int) -> Activity:
    return seen_one(person_of(request), pk, on=today())


def _opened(pk: int) -> str:
    return reverse("activities:activity", args=[pk])


def _told(found: Activity, person: Person, on: date) -> dict[str, Any]:
    """What the page of an activity shows to a person."""
    kind = kind_version(found.kind_code, found.kind_version)
    attached = found.attachments.select_related("document")
    return {
        "activity": found,
        "kind": kind,
        "values": [(one.label, value_text(one, found.values.get(one.key, ""))) for one in kind.fields],
        "entries": [(one, kind.word_of(one.measure)) for one in entries_of(found)],
        "reads_book": person.may("ledger.see", organisation_id=found.organisation_id, on=on),
        "attachments": [(one, one.document.files.first()) for one in attached],
        "stages": stages_of(
            tuple((str(state), state.label) for state in STRIP),
            now=found.state,
            stopped=frozenset({str(Activity.State.CANCELLED)}),
        ),
        "moments": _moments(found),
        "moves": [offer(one, found, person, on=on) for one in (CONFIRM, CANCEL) if one.starts_from(found)],
        "change": offer(CHANGE, found, person, on=on),
        "attach": offer(ATTACH, found, person, on=on),
    }


def _moments(found: Activity) -> list[Moment]:
    words: dict[str, Words] = {f"activities.{MAKERS[one].__name__}": one.label for one in ACTIVITY}
    words["activities.record_activity"] = gettext_lazy("Ghi")
    lines = audit_of(reference(found))
    return [Moment(one.at, words.get(one.action, ""), one.reason, by=one.actor) for one in lines]


def new_activity(request: HttpRequest) -> HttpResponse:
    """This will record an activity; choosing a kind swaps its fields and keeps everything typed."""
    on = today()
    place = workplace(person_of(request), "activities.record", on=on)
    admit(request, "activities.record", place)
    typed = request.GET.dict()
    begun = typed if typed.get("kind_code") or typed.get("title") else {"occurred_on": on}
    return _edit(
        request,
        _form(request, place, begun),
        lambda act, draft: actions.record_activity(act, place, draft),
        said=_("Đã ghi. Người khác xác nhận thì hoạt động mới vào con số."),
    )


def change_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """This will change an activity; a confirmed one must then be confirmed again."""
    found = _found(request, pk)
    shut = offer(CHANGE, found, person_of(request), on=today()).hindrances
    if shut:
        raise shut[0]
    typed = request.GET.dict()
    form = _form(request, found.organisation, typed if typed.get("kind_code") else _initial(found))
    return _edit(
        request,
        form,
        lambda act, draft: actions.change_activity(
            act, found, draft, version=form.cleaned_data["version"] or 0
        ),
        found=found,
    )


def _edit(
    request: HttpRequest,
    form: ActivityForm,
    write: Callable[[Act, ActivityDraft], Activity],
    *,
    said: Words = "",
    found: Activity | None = None,
) -> HttpResponse:
    """The form of an activity, or while somebody chooses its kind only the fields of that kind."""
    person = person_of(request)
    part = request.htmx and request.method == "GET"  # type: ignore[attr-defined]
    return edit_page(
        request,
        form,
        lambda act, given: write(act, form.draft(_party(person, given["party_text"]))),
        template="activities/kind_fields.html" if part else "activities/form.html",
        done=lambda made: _opened(made.pk),
        said=said,
        context={"activity": found},
    )


def _form(request: HttpRequest, place: Organisation, initial: dict[str, Any]) -> ActivityForm:
    """The form for the kinds in force on the day that is typed, shaped by the kind that is chosen."""
    typed = request.POST if request.method == "POST" else initial
    kinds = kinds_in_force(_day(typed.get("occurred_on")) or _day(initial.get("occurred_on")) or today())
    wanted = typed.get("kind_code") or initial.get("kind_code")
    kind = next((one for one in kinds if one.code == wanted), None)
    return ActivityForm(request.POST or None, organisation=place, kinds=kinds, kind=kind, initial=initial)


def _day(text: Any) -> date | None:
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _party(person: Person, text: str) -> Party | None:
    """The party the field names: by the number at its end as the list writes it, else by its whole name."""
    if not text.strip():
        return None
    rows = parties_seen_by(person, on=today())
    number = text.rpartition("#")[2].strip()
    if "#" in text and number.isdecimal():
        named = list(rows.filter(pk=key_from(number))[:2])
    else:
        named = list(rows.filter(name=text.strip())[:2])
    if len(named) != 1:
        raise FieldWrong(field=_("Đối tượng"), why=_("chọn một dòng trong danh sách gợi ý"))
    return named[0]


def _initial(found: Activity) -> dict[str, Any]:
    """What an activity says, as its form begins."""
    said = {one.name: getattr(found, one.name) for one in fields(ActivityDraft)}
    party = f"{found.party.name} · #{found.party.pk}" if found.party else ""
    values = {PREFIX + key: text for key, text in found.values.items()}
    return {**said, "version": found.version, "party_text": party, **values}


@require_safe
def party_choices(request: HttpRequest) -> HttpResponse:
    """This will suggest parties for what was typed."""
    rows = parties_seen_by(person_of(request), on=today())
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


@require_safe
def evidence(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """This will give a file of evidence back, proven against its hash."""
    file = attachment_file(_found(request, pk), key)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(file_bytes(file), content_type="application/octet-stream", headers=headers)

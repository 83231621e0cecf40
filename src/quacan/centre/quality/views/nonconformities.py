"""Nonconforming work: the list, opening it on a simulation, its drafts, closing it."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.act import reference
from quacan.centre.base.doors import act_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import paginate
from quacan.centre.base.queries import audit_of
from quacan.centre.base.refusals import NotAuthorised, Refusal
from quacan.centre.base.shapes import Moment
from quacan.centre.people.models import Person
from quacan.centre.people.queries import people_with, roles_of
from quacan.centre.quality import actions, queries
from quacan.centre.quality.forms import ClosingForm, NonconformityForm
from quacan.centre.quality.models import Nonconformity, Simulation
from quacan.centre.quality.refusals import FollowUpsOpen
from quacan.centre.quality.rules import counts_of
from quacan.centre.quality.tables import NONCONFORMITIES, effect_word
from quacan.centre.quality.views.simulations import open_obstacles, records

LATEST = 5
DEEDS = {
    "quality.open_nonconformity": gettext_lazy("Mở"),
    "quality.close_nonconformity": gettext_lazy("Đóng"),
}


@require_safe
def nonconformities(request: HttpRequest) -> HttpResponseBase:
    """This will list nonconforming work, with the latest simulations beside it."""
    on, person = today(), cast(Person, request.user)
    rows = queries.nonconformities(person, on=on)
    if file := exported(request, rows, NONCONFORMITIES, on=on):
        return file
    context = {
        "page": paginate(rows, NONCONFORMITIES, request.GET.dict()),
        "latest": queries.simulations(person, on=on)[:LATEST],
        "may_record": records(person, on),
        "on": on,
    }
    return render(request, "quality/nonconformities.html", context)


def new_nonconformity(request: HttpRequest, pk: int) -> HttpResponse:
    """This will open nonconforming work on a finished simulation."""
    on, person = today(), cast(Person, request.user)
    found = queries.simulation(person, pk, on=on)
    people = people_with("worksheets.check", found.organisation, on=on)
    options: dict[str, Any] = {"people": people, "standard": found.standard}
    if request.method == "POST":
        form = NonconformityForm(request.POST, **options)
        if form.is_valid():
            try:
                made = actions.open_nonconformity(act_from(request), found, **form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
            else:
                messages.success(request, _("Đã mở {number}.").format(number=made.number))
                return redirect("quality:nonconformity", made.pk)
    else:
        form = NonconformityForm(
            initial={"owner": _head_of(people, on), "summary": _suggested(found)}, **options
        )
    context = {
        "form": form,
        "found": found,
        "parties": queries.parties_affected(found),
        "obstacles": open_obstacles(found, person, on),
    }
    return render(request, "quality/nonconformity_form.html", context, status=422 if form.is_bound else 200)


def _head_of(people: list[Person], on: date) -> Person | None:
    heads = [one for one in people if any(role.code == "technical_head" for role in roles_of(one, on=on))]
    return (heads or people or [None])[0]  # type: ignore[list-item]


def _suggested(found: Simulation) -> str:
    return _("Chuẩn {standard} sai lệch {deviation} {unit} từ ngày {day:%d/%m/%Y}. {explanation}").format(
        standard=found.standard,
        deviation=found.deviation,
        unit=found.unit,
        day=found.from_on,
        explanation=found.explanation,
    )


@require_safe
def nonconformity(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show nonconforming work: what was frozen, the drafts, what is still to be done, how it was closed."""
    on, person = today(), cast(Person, request.user)
    found = queries.nonconformity(person, pk, on=on)
    return _page(request, found, person, on, ClosingForm(initial={"version": found.version}))


def _page(
    request: HttpRequest, found: Nonconformity, person: Person, on: date, form: ClosingForm
) -> HttpResponse:
    rows = queries.frozen_rows(found)
    counts = counts_of(row["effect"] for row in rows)
    follow_ups = list(queries.follow_ups_of(found))
    notices = list(found.notices.select_related("party", "follow_up"))
    told = {one.follow_up_id for one in notices}
    people = Person.objects.filter(username__in={one.owner for one in follow_ups})
    names = dict(people.values_list("username", "full_name"))
    context = {
        "found": found,
        "effects": [effect_word(code, count) for code, count in counts.items()],
        "worksheets": len(rows),
        "notices": [(one, names.get(one.follow_up.owner, one.follow_up.owner)) for one in notices],
        "follow_ups": [(one, names.get(one.owner, one.owner)) for one in follow_ups if one.pk not in told],
        "moments": [_moment(line) for line in audit_of(reference(found))],
        "form": form,
        "close_obstacles": _close_obstacles(found, person, on),
        "on": on,
    }
    status = 422 if form.is_bound else 200
    return render(request, "quality/nonconformity.html", context, status=status)


def _moment(line: Any) -> Moment:
    return Moment(at=line.at, title=DEEDS.get(line.action, line.action), text=line.reason, by=line.actor)


def _close_obstacles(found: Nonconformity, person: Person, on: date) -> list[str]:
    obstacles: list[Refusal] = []
    if not person.may("quality.record", organisation_id=found.organisation_id, unit_id=None, on=on):
        name = found.organisation.short_name
        obstacles.append(
            NotAuthorised(person=person.full_name, permission="quality.record", organisation=name)
        )
    waiting = queries.open_follow_ups_of(found).count()
    if waiting:
        obstacles.append(FollowUpsOpen(count=waiting))
    return [one.sentence for one in obstacles]


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """This will close nonconforming work; a refusal is shown beside what was typed."""
    on, person = today(), cast(Person, request.user)
    found = queries.nonconformity(person, pk, on=on)
    form = ClosingForm(request.POST)
    if form.is_valid():
        try:
            actions.close_nonconformity(act_from(request), found, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã đóng {number}.").format(number=found.number))
            return redirect("quality:nonconformity", pk)
    return _page(request, found, person, on, form)


@require_safe
def notice(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """This will show the draft notice of one customer, ready to print."""
    found = queries.nonconformity(cast(Person, request.user), pk, on=today())
    return render(request, "quality/notice.html", {"found": found, "notice": queries.notice(found, key)})

"""Nonconforming work: the list, opening it on a simulation, its drafts, closing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.act import reference
from quacan.centre.base.doors import admit, edit_page, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.language.dates import format_date
from quacan.centre.base.lists import paginate
from quacan.centre.base.moves import offer
from quacan.centre.base.queries import audit_of
from quacan.centre.base.shapes import Moment
from quacan.centre.base.templatetags.face import language
from quacan.centre.base.wording import deed_word
from quacan.centre.people.queries import people_with, person_of
from quacan.centre.quality import actions, queries
from quacan.centre.quality.forms import ClosingForm, NonconformityForm
from quacan.centre.quality.models import Nonconformity, Simulation
from quacan.centre.quality.moves import CLOSE, OPEN
from quacan.centre.quality.rules import counts_of
from quacan.centre.quality.tables import NONCONFORMITIES, effect_word

LATEST = 5


@require_safe
def nonconformities(request: HttpRequest) -> HttpResponseBase:
    """The nonconforming work, with the latest simulations beside it."""
    on, person = today(), person_of(request)
    rows = queries.nonconformities(person, on=on)
    if file := exported(request, rows, NONCONFORMITIES, on=on):
        return file
    context = {
        "page": paginate(rows, NONCONFORMITIES, request.GET.dict()),
        "latest": queries.simulations(person, on=on)[:LATEST],
        "may_record": queries.may_record(person, on=on),
        "on": on,
    }
    return render(request, "quality/nonconformities.html", context)


def new_nonconformity(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens nonconforming work on a finished simulation."""
    on, person = today(), person_of(request)
    found = queries.simulation(person, pk, on=on)
    admit(request, "quality.record", found.organisation)
    people = people_with("worksheets.check", found.organisation, on=on)
    form = NonconformityForm(
        request.POST or None,
        people=people,
        standard=found.standard,
        initial={
            "owner": queries.likely_owner(people, "technical_head", on=on),
            "summary": _suggested(found),
        },
    )

    def done(made: Nonconformity) -> str:
        messages.success(request, _("Đã mở {number}.").format(number=made.number))
        return reverse("quality:nonconformity", args=[made.pk])

    return edit_page(
        request,
        form,
        lambda act, given: actions.open_nonconformity(act, found, **given),
        template="quality/nonconformity_form.html",
        done=done,
        context={
            "found": found,
            "parties": queries.parties_affected(found),
            "open": offer(OPEN, found, person, on=on),
        },
    )


def _suggested(found: Simulation) -> str:
    return _("Chuẩn {standard} sai lệch {deviation} {unit} từ ngày {day}. {explanation}").format(
        standard=found.standard,
        deviation=found.deviation,
        unit=found.unit,
        day=format_date(found.from_on, language()),
        explanation=found.explanation,
    )


def nonconformity(request: HttpRequest, pk: int) -> HttpResponse:
    """Nonconforming work: what was frozen, the drafts, what is still to be done; it is closed here."""
    on, person = today(), person_of(request)
    found = queries.nonconformity(person, pk, on=on)
    return edit_page(
        request,
        ClosingForm(request.POST or None, initial={"version": found.version}),
        lambda act, given: actions.close_nonconformity(act, found, **given),
        template="quality/nonconformity.html",
        done=lambda made: reverse("quality:nonconformity", args=[made.pk]),
        said=_("Đã đóng {number}.").format(number=found.number),
        context={**_shown(found), "close": offer(CLOSE, found, person, on=on), "on": on},
    )


def _shown(found: Nonconformity) -> dict[str, Any]:
    rows = queries.frozen_rows(found)
    notices = list(found.notices.select_related("party", "follow_up"))
    told = {one.follow_up_id for one in notices}
    return {
        "found": found,
        "effects": [
            effect_word(code, count) for code, count in counts_of(row["effect"] for row in rows).items()
        ],
        "worksheets": len(rows),
        "notices": notices,
        "follow_ups": [one for one in queries.follow_ups_of(found) if one.pk not in told],
        "moments": [_moment(line) for line in audit_of(reference(found))],
    }


def _moment(line: Any) -> Moment:
    word = deed_word(line.action)
    return Moment(at=line.at, title=f"{word[:1].upper()}{word[1:]}", text=line.reason, by=line.actor)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes nonconforming work; a refusal is shown beside what was typed."""
    return nonconformity(request, pk)


@require_safe
def notice(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """The draft notice of one customer, ready to print."""
    found = queries.nonconformity(person_of(request), pk, on=today())
    return render(request, "quality/notice.html", {"found": found, "notice": queries.notice(found, key)})

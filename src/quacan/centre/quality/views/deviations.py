"""Granting a deviation on a worksheet: who may, from what, signed with reason and password."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quacan.centre.base.doors import act_from, today
from quacan.centre.base.refusals import NotAuthorised, Refusal
from quacan.centre.people.models import Person
from quacan.centre.people.queries import people_with, roles_of
from quacan.centre.quality.actions import grant_deviation
from quacan.centre.quality.forms import DeviationForm
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.queries import Overridable, deviations_of, overridable, worksheet
from quacan.centre.verification.refusals import DeviationOfOneself, NothingToOverride


def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show what a worksheet could be let pass in spite of, and sign one deviation."""
    person, on = cast(Person, request.user), today()
    sheet = worksheet(person, pk, on=on)
    waiting = overridable(sheet)
    people = people_with("quality.record", sheet.organisation, on=on)
    form = DeviationForm(
        request.POST or None,
        people=people,
        obstacles=waiting,
        initial={"owner": _keeper(people, on), "name": waiting[0].name if waiting else ""},
    )
    obstacles = _obstacles(sheet, person, waiting, on=on)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        obstacle, key, certificate = given["name"].split("|")
        act = act_from(request)
        act.key = ""  # a password must not be kept, not even as the digest an idempotency key keeps
        try:
            made = grant_deviation(
                act,
                sheet,
                obstacle=obstacle,
                key=key,
                certificate=int(certificate) if certificate else None,
                password=given["password"],
                owner=given["owner"],
                working_days=given["working_days"],
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request, _("Đã ký sai lệch và mở điểm không phù hợp {number}.").format(number=made.number)
            )
            return redirect(f"/kiem-dinh/{sheet.pk}/")
    context = {
        "sheet": sheet,
        "form": form,
        "obstacles": obstacles,
        "deviations": deviations_of(sheet),
    }
    return render(request, "quality/deviation.html", context, status=422 if form.is_bound else 200)


def _keeper(people: list[Person], on: date) -> Person | None:
    keepers = [one for one in people if any(r.code == "quality_manager" for r in roles_of(one, on=on))]
    return next(iter(keepers or people), None)


def _obstacles(sheet: Worksheet, person: Person, waiting: tuple[Overridable, ...], *, on: date) -> list[str]:
    found: list[Refusal] = []
    if not person.may(
        "deviations.grant", organisation_id=sheet.organisation_id, unit_id=sheet.unit_id, on=on
    ):
        name = sheet.organisation.short_name
        found.append(
            NotAuthorised(person=person.full_name, permission=_("cho phép sai lệch"), organisation=name)
        )
    if sheet.performer_id == person.pk:
        found.append(DeviationOfOneself(person=person.full_name, number=sheet.number))
    if not waiting or sheet.state != Worksheet.State.DRAFT:
        found.append(NothingToOverride(number=sheet.number))
    return [one.sentence for one in found]

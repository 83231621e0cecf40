"""Granting a deviation on a worksheet: who may, from what, signed with reason and password."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from quacan.centre.base.act import Act
from quacan.centre.base.doors import edit_page, today
from quacan.centre.base.moves import offer
from quacan.centre.examinations.queries import deviations_of, overridable
from quacan.centre.people.queries import people_with, person_of
from quacan.centre.quality.actions import DeviationDraft, grant_deviation
from quacan.centre.quality.forms import DeviationForm
from quacan.centre.quality.models import Nonconformity
from quacan.centre.quality.queries import likely_owner
from quacan.centre.verification.moves import GRANT_DEVIATION
from quacan.centre.verification.queries import worksheet


def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """What a worksheet could be let pass in spite of, and the signing of one deviation."""
    person, on = person_of(request), today()
    sheet = worksheet(person, pk, on=on)
    waiting = overridable(sheet)
    people = people_with("quality.record", sheet.organisation, on=on)
    form = DeviationForm(
        request.POST or None,
        people=people,
        obstacles=waiting,
        initial={
            "owner": likely_owner(people, "quality_manager", on=on),
            "name": waiting[0].name if waiting else "",
        },
    )

    def deed(act: Act, given: dict[str, Any]) -> Nonconformity:
        act.key = ""  # a password must not be kept, not even as the digest an idempotency key keeps
        return grant_deviation(act, sheet, _draft(given))

    def done(made: Nonconformity) -> str:
        said = _("Đã ký sai lệch và mở điểm không phù hợp {number}.").format(number=made.number)
        messages.success(request, said)
        return reverse("verification:worksheet", args=[sheet.pk])

    return edit_page(
        request,
        form,
        deed,
        template="quality/deviation.html",
        done=done,
        context={
            "sheet": sheet,
            "grant": offer(GRANT_DEVIATION, sheet, person, on=on),
            "deviations": deviations_of(sheet),
        },
    )


def _draft(given: dict[str, Any]) -> DeviationDraft:
    obstacle, key, certificate = given["name"].split("|")
    return DeviationDraft(
        obstacle=obstacle,
        key=key,
        certificate=int(certificate) if certificate else None,
        owner=given["owner"],
        working_days=given["working_days"],
        password=given["password"],
    )

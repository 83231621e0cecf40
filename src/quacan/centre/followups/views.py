"""Doors of follow-ups: give somebody something to do, report it done, confirm it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quacan.centre.base.doors import act_from, admit, edit_page, today
from quacan.centre.base.models import FollowUp
from quacan.centre.base.moves import offer
from quacan.centre.base.refusals import FieldMissing
from quacan.centre.followups.actions import (
    call_off_follow_up,
    confirm_follow_up,
    finish_follow_up,
    open_follow_up,
    pass_on_follow_up,
)
from quacan.centre.followups.forms import EvidenceForm, FollowUpForm, PassOnForm
from quacan.centre.followups.moves import CALL_OFF, CONFIRM, FINISH, FOLLOW_UP, PASS_ON
from quacan.centre.followups.queries import follow_up_of, full_name_of
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import people_with, person_of, workplace


def _opened(pk: int) -> str:
    return reverse("followups:follow_up", args=[pk])


def new_follow_up(request: HttpRequest) -> HttpResponse:
    """This will give somebody of one's organisation something to do by a day."""
    on = today()
    organisation = workplace(person_of(request), "followups.open", on=on)
    admit(request, "followups.open", organisation)
    people = people_with("followups.finish", organisation, on=on)
    return edit_page(
        request,
        FollowUpForm(request.POST or None, people=people, on=on),
        lambda act, given: open_follow_up(act, organisation, kind="task", **given),
        template="followups/new_follow_up.html",
        done=lambda given: _opened(given.pk),
        said=_("Đã giao việc."),
    )


def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show a follow-up to who asked for it and who must do it; its owner reports it done here."""
    person, on = person_of(request), today()
    found = follow_up_of(person, pk, on=on)
    return edit_page(
        request,
        EvidenceForm(request.POST or None),
        lambda act, given: finish_follow_up(act, found, **given),
        template="followups/follow_up.html",
        done=lambda given: _opened(given.pk),
        said=_("Đã báo xong; chờ người giao xác nhận."),
        context={
            "found": found,
            "owner": full_name_of(found.owner),
            "asker": full_name_of(found.asked_by),
            "finish": offer(FINISH, found, person, on=on),
            "confirm": offer(CONFIRM, found, person, on=on),
            "pass_on": offer(PASS_ON, found, person, on=on),
            "call_off": offer(CALL_OFF, found, person, on=on),
            "pass_on_form": PassOnForm(people=_hands(found)),
            "ended": found.state in FOLLOW_UP.ends,
            "on": on,
        },
    )


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """This will report a follow-up done, with evidence."""
    return follow_up(request, pk)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirms that a follow-up is done."""
    confirm_follow_up(act_from(request), follow_up_of(person_of(request), pk, on=today()))
    messages.success(request, _("Đã xác nhận hoàn thành."))
    return redirect(_opened(pk))


@require_POST
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a task to somebody else."""
    found = follow_up_of(person_of(request), pk, on=today())
    form = PassOnForm(request.POST, people=_hands(found))
    if not form.is_valid():
        raise FieldMissing(field=_("Người làm mới"))
    given = pass_on_follow_up(act_from(request), found, owner=form.cleaned_data["owner"])
    messages.success(request, _("Đã giao cho {person}.").format(person=full_name_of(given.owner)))
    return redirect(_opened(pk))


@require_POST
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a task back."""
    call_off_follow_up(act_from(request), follow_up_of(person_of(request), pk, on=today()))
    messages.success(request, _("Đã rút việc."))
    return redirect(_opened(pk))


def _hands(found: FollowUp) -> list[Person]:
    """Those of the organisation who may be given the task."""
    organisation = Organisation.objects.get(code=found.book)
    return people_with("followups.finish", organisation, on=today())

"""Doors of follow-ups: give somebody something to do, report it done, confirm it."""

from datetime import date
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from quacan.centre.base.acting import HERE
from quacan.centre.base.actions import confirm_follow_up, finish_follow_up, open_follow_up
from quacan.centre.base.doors import act_from
from quacan.centre.base.refusals import NotAuthorised, Refusal
from quacan.centre.config.following.queries import follow_up_of
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import home, people_with


class FollowUpForm(forms.Form):
    """What is to be done, by whom, by which day."""

    title = forms.CharField(label=gettext_lazy("Việc phải làm"), max_length=300)
    owner = forms.ChoiceField(label=gettext_lazy("Giao cho"))
    due_on = forms.DateField(
        label=gettext_lazy("Hạn xong"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: object, people: list[Person], on: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [(one.username, one.full_name) for one in people]
        self._on = on

    def clean_due_on(self) -> date:
        due_on = cast(date, self.cleaned_data["due_on"])
        if due_on < self._on:
            raise forms.ValidationError(_("Hạn đã qua; chọn hôm nay hoặc một ngày sau."))
        return due_on


class EvidenceForm(forms.Form):
    """What shows that it was done."""

    evidence = forms.CharField(
        label=gettext_lazy("Minh chứng"),
        help_text=gettext_lazy("Đã làm gì, số văn bản, nơi xem được kết quả."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def new_follow_up(request: HttpRequest) -> HttpResponse:
    """This will give somebody of one's organisation something to do by a day."""
    person, on = _person(request), _today()
    organisation = _organisation(person, on)
    people = people_with("followups.finish", organisation, on=on)
    form = FollowUpForm(request.POST or None, people=people, on=on)
    if request.method == "POST" and form.is_valid():
        try:
            given = open_follow_up(act_from(request), organisation, kind="task", **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã giao việc."))
            return redirect("follow_up", pk=given.pk)
    return render(request, "config/new_follow_up.html", {"form": form}, status=422 if form.errors else 200)


def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show a follow-up to who asked for it and who must do it."""
    return _page(request, pk, EvidenceForm())


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """This will report a follow-up done, with evidence."""
    form = EvidenceForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, form)
    found = follow_up_of(_person(request), pk)
    try:
        evidence = form.cleaned_data["evidence"]
        finish_follow_up(act_from(request), found.organisation, follow_up=found.row, evidence=evidence)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, pk, form)
    messages.success(request, _("Đã báo xong; chờ người giao xác nhận."))
    return redirect("follow_up", pk=pk)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """This will confirm that a follow-up is done."""
    found = follow_up_of(_person(request), pk)
    confirm_follow_up(act_from(request), found.organisation, follow_up=found.row)
    messages.success(request, _("Đã xác nhận hoàn thành."))
    return redirect("follow_up", pk=pk)


def _page(request: HttpRequest, pk: int, form: EvidenceForm) -> HttpResponse:
    found = follow_up_of(_person(request), pk)
    values = {"found": found, "form": form, "on": _today()}
    return render(request, "config/follow_up.html", values, status=422 if form.errors else 200)


def _person(request: HttpRequest) -> Person:
    return cast(Person, request.user)


def _today() -> date:
    return timezone.now().astimezone(HERE).date()


def _organisation(person: Person, on: date) -> Organisation:
    found = home(person, on=on)
    if found is None:
        raise NotAuthorised(
            person=person.full_name, permission="followups.open", organisation=_("mọi cơ quan")
        )
    return found

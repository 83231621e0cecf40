"""The register of people: who works here, in which roles, since when."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from quacan.centre.base.act import Act
from quacan.centre.base.doors import act_from, admit, edit_page, edit_panel, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import Column, FlagFilter, Listing, paginate
from quacan.centre.base.moves import is_open, offer
from quacan.centre.people import actions
from quacan.centre.people.forms import AssignRoleForm, EndAssignmentForm, EnterPersonForm, ResetPasswordForm
from quacan.centre.people.models import Assignment, Person
from quacan.centre.people.moves import END_ASSIGNMENT, LET_GO, RESET_PASSWORD, TAKE_BACK
from quacan.centre.people.queries import (
    gaps,
    home,
    organisations_of,
    people_seen_by,
    person_of,
    person_seen_by,
    roles_held,
)

LISTING = Listing(
    columns=(
        Column("name", gettext_lazy("Họ và tên"), lambda row: row.full_name, order="name_key"),
        Column("username", gettext_lazy("Tên đăng nhập"), lambda row: row.username, order="username"),
        Column("title", gettext_lazy("Chức vụ"), lambda row: row.job_title),
        Column(
            "roles",
            gettext_lazy("Vai trò"),
            lambda row: "; ".join(one.name for one in roles_held(row, on=today())),
        ),
    ),
    sort="name",
    filters=(FlagFilter("closed", gettext_lazy("Chỉ tài khoản đã đóng"), Q(is_active=False)),),
    name="nguoi-dung",
)


def people(request: HttpRequest) -> HttpResponseBase:
    """The people a person may see, sorted by given name; who manages them also sees which work has nobody."""
    admit(request, "people.see", None)
    viewer, on = person_of(request), today()
    rows = people_seen_by(viewer, on=on).prefetch_related("assignments")
    if (file := exported(request, rows, LISTING, on=on)) is not None:
        return file
    page = paginate(rows, LISTING, request.GET).of(
        lambda row: (row, [r for r in roles_held(row, on=on) if r.in_force])
    )
    managed = organisations_of(viewer, "people.manage", on=on).order_by("path")
    values = {
        "page": page,
        "manages": managed.exists(),
        "gaps": [gap.sentence for one in managed for gap in gaps(one, on=on)],
    }
    return render(request, "people/people.html", values)


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: roles now and before, and what an administrator may do."""
    return _person_page(request, pk)


def enter(request: HttpRequest) -> HttpResponse:
    """Enters a new person."""
    admit(request, "people.manage", None)
    viewer, on = person_of(request), today()
    where = organisations_of(viewer, "people.manage", on=on)
    return edit_page(
        request,
        EnterPersonForm(
            request.POST or None, organisations=where, initial={"organisation": home(viewer, on=on)}
        ),
        lambda act, given: actions.enter_person(act, given.pop("organisation"), **given),
        template="people/enter.html",
        done=lambda entered: reverse("people:person", args=[entered.pk]),
        said=_("Đã thêm người. Giao vai trò để người này bắt đầu làm việc."),
    )


@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a person a role."""
    admit(request, "people.manage", None)
    viewer, on = person_of(request), today()
    who = person_seen_by(viewer, pk, on=on)
    form = AssignRoleForm(request.POST, organisations=organisations_of(viewer, "people.manage", on=on))

    def deed(act: Act, given: dict[str, Any]) -> object:
        where = given.pop("organisation")
        return actions.assign_role(act, where, person=who, **given)

    return _done(request, pk, "assign", form, deed, _("Đã giao vai trò."))


@require_POST
def end(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    """Ends a role on a day."""
    who = person_seen_by(person_of(request), pk, on=today())
    held = get_object_or_404(Assignment, pk=assignment, person=who)
    return _done(
        request,
        pk,
        "ending",
        EndAssignmentForm(request.POST),
        lambda act, given: actions.end_assignment(act, held, on=given["on"]),
        _("Vai trò kết thúc sau ngày đã chọn."),
    )


@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a person a new password."""
    who = person_seen_by(person_of(request), pk, on=today())

    def deed(act: Act, given: dict[str, Any]) -> object:
        act.key = ""  # a password must not be kept, not even as the digest an idempotency key keeps
        return actions.reset_password(act, who, new=given["new"])

    return _done(
        request,
        pk,
        "resetting",
        ResetPasswordForm(request.POST),
        deed,
        _("Đã đặt mật khẩu mới. Báo cho người dùng bằng đường riêng và nhắc đổi lại ngay."),
    )


@require_POST
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes a person's access."""
    actions.let_go(act_from(request), person_seen_by(person_of(request), pk, on=today()))
    messages.success(request, _("Đã đóng tài khoản. Những gì người này đã ký vẫn giữ nguyên."))
    return redirect("people:person", pk=pk)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens a person's access again."""
    actions.take_back(act_from(request), person_seen_by(person_of(request), pk, on=today()))
    messages.success(request, _("Đã mở lại tài khoản."))
    return redirect("people:person", pk=pk)


def _done(
    request: HttpRequest,
    pk: int,
    name: str,
    form: forms.Form,
    deed: Callable[[Act, dict[str, Any]], object],
    said: str,
) -> HttpResponse:
    """The person's page again after a deed, or with what is wrong or refused beside its form (422)."""
    return edit_panel(
        request,
        form,
        deed,
        again=lambda bad: _person_page(request, pk, **{name: bad}),
        done=lambda done: reverse("people:person", args=[pk]),
        said=said,
    )


def _person_page(request: HttpRequest, pk: int, **bad: forms.Form) -> HttpResponse:
    viewer, on = person_of(request), today()
    who = person_seen_by(viewer, pk, on=on)
    managed = organisations_of(viewer, "people.manage", on=on)
    values: dict[str, Any] = {
        "who": who,
        "held": [(one, _may_end(one.assignment, viewer, on=on)) for one in roles_held(who, on=on)],
        "on": on,
        "manages": managed.exists(),
        "access": offer(LET_GO if who.is_active else TAKE_BACK, who, viewer, on=on),
        "reset": offer(RESET_PASSWORD, who, viewer, on=on),
        "assign": AssignRoleForm(
            organisations=managed,
            initial={"valid_from": on, "organisation": home(who, on=on) or home(viewer, on=on)},
        ),
        "ending": EndAssignmentForm(initial={"on": on}),
        "resetting": ResetPasswordForm(),
        **bad,
    }
    return render(request, "people/person.html", values, status=422 if bad else 200)


def _may_end(assignment: Assignment, viewer: Person, *, on: date) -> bool:
    return is_open(END_ASSIGNMENT, assignment, viewer, on=on)

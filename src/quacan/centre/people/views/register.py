"""The register of people: who works here, in which roles, since when."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from quacan.centre.base.actors import HERE
from quacan.centre.base.doors import act_from
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import Column, FlagFilter, Listing, paginate
from quacan.centre.base.refusals import NotAuthorised, Refusal
from quacan.centre.organisation.models import Organisation
from quacan.centre.people import actions
from quacan.centre.people.forms import AssignRoleForm, EndAssignmentForm, EnterPersonForm, ResetPasswordForm
from quacan.centre.people.models import Assignment, Person
from quacan.centre.people.queries import home, organisations_of, people_seen_by, person_seen_by, roles_held

LISTING = Listing(
    columns=(
        Column("name", gettext_lazy("Họ và tên"), lambda row: row.full_name, order="name_key"),
        Column("username", gettext_lazy("Tên đăng nhập"), lambda row: row.username, order="username"),
        Column("title", gettext_lazy("Chức vụ"), lambda row: row.job_title),
        Column(
            "roles",
            gettext_lazy("Vai trò"),
            lambda row: "; ".join(one.name for one in roles_held(row, on=_today())),
        ),
    ),
    sort="name",
    filters=(FlagFilter("closed", gettext_lazy("Chỉ tài khoản đã đóng"), Q(is_active=False)),),
    name="nguoi-dung",
)


def people(request: HttpRequest) -> HttpResponseBase:
    """This will list the people a person may see, sorted by given name."""
    viewer, on = _viewer(request), _today()
    _require_sight(viewer, on=on)
    rows = people_seen_by(viewer, on=on).prefetch_related("assignments")
    if (file := exported(request, rows, LISTING, on=on)) is not None:
        return file
    page = paginate(rows, LISTING, request.GET).of(
        lambda row: (row, [r for r in roles_held(row, on=on) if r.in_force])
    )
    values = {"page": page, "obstacles": _no_management(viewer, on=on)}
    return render(request, "people/people.html", values)


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show one person: roles now and before, and what an administrator may do."""
    return _person_page(request, pk)


def enter(request: HttpRequest) -> HttpResponse:
    """This will enter a new person."""
    viewer, on = _viewer(request), _today()
    where = organisations_of(viewer, "people.manage", on=on)
    if not where.exists():
        raise NotAuthorised(
            person=viewer.full_name, permission="people.manage", organisation=_("mọi cơ quan")
        )
    form = EnterPersonForm(
        request.POST or None, organisations=where, initial={"organisation": home(viewer, on=on)}
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            entered = actions.enter_person(act_from(request), given.pop("organisation"), **given)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request, _("Đã thêm {name}. Giao vai trò để người này bắt đầu làm việc.").format(name=entered)
            )
            return redirect("people:person", pk=entered.pk)
    return render(request, "people/enter.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """This will give a person a role."""
    viewer, on = _viewer(request), _today()
    who = person_seen_by(viewer, pk, on=on)
    form = AssignRoleForm(request.POST, organisations=organisations_of(viewer, "people.manage", on=on))
    if form.is_valid():
        given = dict(form.cleaned_data)
        where = given.pop("organisation")
        return _deed(
            request,
            pk,
            form,
            lambda: actions.assign_role(act_from(request), where, person=who, **given),
            _("Đã giao vai trò."),
        )
    return _person_page(request, pk, assign=form)


@require_POST
def end(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    """This will end a role on a day."""
    who = person_seen_by(_viewer(request), pk, on=_today())
    held = get_object_or_404(Assignment.objects.select_related("organisation"), pk=assignment, person=who)
    form = EndAssignmentForm(request.POST)
    if form.is_valid():
        day: date = form.cleaned_data["on"]
        return _deed(
            request,
            pk,
            form,
            lambda: actions.end_assignment(act_from(request), held.organisation, assignment=held, on=day),
            _("Vai trò kết thúc sau ngày đã chọn."),
        )
    return _person_page(request, pk, ending=form)


@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """This will give a person a new password."""
    who = person_seen_by(_viewer(request), pk, on=_today())
    form = ResetPasswordForm(request.POST)
    if form.is_valid():
        act = act_from(request)
        act.key = ""  # a password must not be kept, not even as the digest an idempotency key keeps
        return _deed(
            request,
            pk,
            form,
            lambda: actions.reset_password(
                act, _place(request, who), person=who, new=form.cleaned_data["new"]
            ),
            _("Đã đặt mật khẩu mới. Báo cho người dùng bằng đường riêng và nhắc đổi lại ngay."),
        )
    return _person_page(request, pk, resetting=form)


@require_POST
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """This will close a person's access."""
    who = person_seen_by(_viewer(request), pk, on=_today())
    actions.let_go(act_from(request), _place(request, who), person=who)
    messages.success(request, _("Đã đóng tài khoản. Những gì người này đã ký vẫn giữ nguyên."))
    return redirect("people:person", pk=pk)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """This will open a person's access again."""
    who = person_seen_by(_viewer(request), pk, on=_today())
    actions.take_back(act_from(request), _place(request, who), person=who)
    messages.success(request, _("Đã mở lại tài khoản."))
    return redirect("people:person", pk=pk)


def _deed(
    request: HttpRequest, pk: int, form: forms.Form, deed: Callable[[], object], done: str
) -> HttpResponse:
    try:
        deed()
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _person_page(request, pk, **{_FORM_NAMES[type(form)]: form})
    messages.success(request, done)
    return redirect("people:person", pk=pk)


_FORM_NAMES: dict[type[forms.Form], str] = {
    AssignRoleForm: "assign",
    EndAssignmentForm: "ending",
    ResetPasswordForm: "resetting",
}


def _person_page(request: HttpRequest, pk: int, **bad: forms.Form) -> HttpResponse:
    viewer, on = _viewer(request), _today()
    who = person_seen_by(viewer, pk, on=on)
    values: dict[str, Any] = {
        "who": who,
        "held": roles_held(who, on=on),
        "on": on,
        "obstacles": _no_management(viewer, on=on),
        "closing": _closing_obstacles(viewer, who, on=on),
        "assign": AssignRoleForm(
            organisations=organisations_of(viewer, "people.manage", on=on),
            initial={"valid_from": on, "organisation": home(who, on=on) or home(viewer, on=on)},
        ),
        "ending": EndAssignmentForm(initial={"on": on}),
        "resetting": ResetPasswordForm(),
        **bad,
    }
    return render(request, "people/person.html", values, status=422 if bad else 200)


def _viewer(request: HttpRequest) -> Person:
    return cast(Person, request.user)


def _today() -> date:
    return timezone.now().astimezone(HERE).date()


def _place(request: HttpRequest, who: Person) -> Organisation:
    """The organisation in whose book a deed about a person is written: where they work, else where one works."""
    found = home(who, on=_today()) or home(_viewer(request), on=_today())
    if found is None:
        raise NotAuthorised(
            person=_viewer(request).full_name, permission="people.manage", organisation=_("mọi cơ quan")
        )
    return found


def _require_sight(viewer: Person, *, on: date) -> None:
    if not viewer.may("people.see", organisation_id=None, unit_id=None, on=on):
        raise NotAuthorised(person=viewer.full_name, permission="people.see", organisation=_("mọi cơ quan"))


def _no_management(viewer: Person, *, on: date) -> list[str]:
    if viewer.may("people.manage", organisation_id=None, unit_id=None, on=on):
        return []
    return [_("Chỉ người quản trị hệ thống thêm người và giao vai trò.")]


def _closing_obstacles(viewer: Person, who: Person, *, on: date) -> list[str]:
    if viewer.pk == who.pk:
        return [_("Không thể tự đóng tài khoản của mình; nhờ một người quản trị khác.")]
    return _no_management(viewer, on=on)

"""Doors of people: sign in and out, change a password, choose language and light."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from quacan.centre.base.doors import act_from
from quacan.centre.base.refusals import Refusal
from quacan.centre.people import actions
from quacan.centre.people.forms import ChangePasswordForm, SignInForm
from quacan.centre.people.models import Person

THEME_COOKIE_AGE = 365 * 24 * 3600

sign_in = auth_views.LoginView.as_view(
    template_name="people/sign_in.html", authentication_form=SignInForm, redirect_authenticated_user=True
)
sign_out = auth_views.LogoutView.as_view(next_page="people:sign_in")
language = login_not_required(set_language)


@login_not_required
def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """This will say that too many wrong passwords closed the door for a while."""
    return render(request, "people/locked_out.html", {"minutes": 15}, status=429)


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """This will keep the light a person chose in a cookie; anything but light and dark leaves it to the machine."""
    response = redirect(_safe_next(request))
    chosen = request.POST.get("theme", "")
    if chosen in {"light", "dark"}:
        response.set_cookie(
            "quacan_theme",
            chosen,
            max_age=THEME_COOKIE_AGE,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    else:
        response.delete_cookie("quacan_theme", samesite="Lax")
    return response


def _safe_next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"


@never_cache
def change_password(request: HttpRequest) -> HttpResponse:
    """This will let a person change their own password and stay signed in here only."""
    person = cast(Person, request.user)
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_password(
                act_from(request), person=person, old=form.cleaned_data["old"], new=form.cleaned_data["new"]
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            update_session_auth_hash(request, person)
            messages.success(
                request, _("Đã đổi mật khẩu. Các máy khác đang đăng nhập đều phải đăng nhập lại.")
            )
            return redirect("today")
    status = 422 if request.method == "POST" else 200
    return render(request, "people/change_password.html", {"form": form}, status=status)

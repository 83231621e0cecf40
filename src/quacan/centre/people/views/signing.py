"""Doors of people: sign in and out, change a password, choose language and light."""

from typing import Any

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

from quacan.centre.base.act import Act
from quacan.centre.base.doors import edit_page
from quacan.centre.people import actions
from quacan.centre.people.forms import ChangePasswordForm, SignInForm
from quacan.centre.people.models import Person
from quacan.centre.people.queries import person_of

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
    """Changes one's own password; one stays signed in here only."""
    person = person_of(request)

    def deed(act: Act, given: dict[str, Any]) -> Person:
        changed = actions.change_password(act, person=person, old=given["old"], new=given["new"])
        update_session_auth_hash(request, changed)
        return changed

    return edit_page(
        request,
        ChangePasswordForm(request.POST or None),
        deed,
        template="people/change_password.html",
        done=lambda _person: "today",
        said=_("Đã đổi mật khẩu. Các máy khác đang đăng nhập đều phải đăng nhập lại."),
    )

"""Forms of signing in and of people."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """User name and password; the refusal never says which of the two was wrong."""

    error_messages = {
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu không đúng. Mật khẩu phân biệt chữ hoa, chữ thường."),
        "inactive": _("Tài khoản này đã đóng. Liên hệ người quản trị."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")


class ChangePasswordForm(forms.Form):
    """The old password once, the new one twice."""

    old = forms.CharField(
        label=_("Mật khẩu hiện tại"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    new = forms.CharField(
        label=_("Mật khẩu mới"),
        help_text=_("Ít nhất 12 ký tự; một câu dễ nhớ tốt hơn một từ khó nhớ."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Gõ lại mật khẩu mới"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("new") and given.get("again") and given["new"] != given["again"]:
            self.add_error("again", _("Hai lần gõ mật khẩu mới khác nhau."))
        return given

"""Forms of signing in and of people."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.people.roles import roles


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


class EnterPersonForm(forms.Form):
    """Who the person is and how they first sign in."""

    organisation = forms.ModelChoiceField(label=_("Cơ quan"), queryset=Organisation.objects.none())
    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    username = forms.RegexField(
        label=_("Tên đăng nhập"),
        regex=r"^[a-z0-9][a-z0-9._-]{1,149}$",
        help_text=_("Chữ thường không dấu, số, dấu chấm; không bao giờ đổi."),
        error_messages={"invalid": _("Chỉ dùng chữ thường không dấu, số và các dấu . _ -")},
    )
    job_title = forms.CharField(label=_("Chức vụ"), max_length=150, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    password = forms.CharField(
        label=_("Mật khẩu lần đầu"),
        help_text=_("Ít nhất 12 ký tự; người dùng đổi lại sau khi đăng nhập."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations
        field.empty_label = None


class AssignRoleForm(forms.Form):
    """A role, where, from when."""

    organisation = forms.ModelChoiceField(label=_("Cơ quan"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(label=_("Vai trò"))
    unit = forms.ModelChoiceField(
        label=_("Chỉ trong phòng/tổ"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Cả cơ quan"),
    )
    valid_from = forms.DateField(
        label=_("Từ ngày"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where, unit, role = self.fields["organisation"], self.fields["unit"], self.fields["role"]
        assert isinstance(where, forms.ModelChoiceField)
        assert isinstance(unit, forms.ModelChoiceField)
        assert isinstance(role, forms.ChoiceField)
        where.queryset, where.empty_label = organisations, None
        unit.queryset = Unit.objects.filter(organisation__in=organisations)
        role.choices = [(one.code, str(one.name)) for one in roles().values()]


class ResetPasswordForm(forms.Form):
    """A new password in place of a forgotten one."""

    new = forms.CharField(
        label=_("Mật khẩu mới"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class EndAssignmentForm(forms.Form):
    """The last day of a role."""

    on = forms.DateField(
        label=_("Ngày cuối"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

"""Forms of stamps and of the signing session."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.fields import WholeField
from quacan.centre.people.models import Person


def _numeric() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


class ReceiveForm(forms.Form):
    """A roll from the printer."""

    series = forms.CharField(label=_("Ký hiệu"), max_length=10, help_text=_("Như in trên tem, ví dụ 26C."))
    first = WholeField(label=_("Từ số"), widget=_numeric())
    last = WholeField(label=_("Đến số"), widget=_numeric())
    received_on = forms.DateField(
        label=_("Ngày nhận"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=200, required=False)


class HandOutForm(forms.Form):
    """Stamps for somebody who measures."""

    to = forms.ChoiceField(label=_("Giao cho"))
    count = WholeField(label=_("Số lượng"), widget=_numeric())

    def __init__(self, *args: Any, holders: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holders = {str(person.pk): person for person in holders}
        choices = [(key, person.full_name) for key, person in self.holders.items()]
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Chọn kiểm định viên")), *choices]

    @property
    def holder(self) -> Person:
        """This will give the chosen person of a valid form."""
        return self.holders[self.cleaned_data["to"]]


class DamageForm(forms.Form):
    """A stamp that can no longer be used."""

    number = forms.CharField(label=_("Số tem"), max_length=20)
    reason = forms.CharField(label=_("Lý do"), max_length=200)


class ProofForm(forms.Form):
    """The password, typed anew before signing."""

    password = forms.CharField(
        label=_("Mật khẩu của người ký"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

"""The form of a visit."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.fields import DayField
from quacan.centre.people.models import Person
from quacan.centre.visitors.actions import VisitDraft
from quacan.centre.visitors.models import Visit


class VisitForm(forms.Form):
    """Who comes, why, to whom, into which rooms."""

    visitor = forms.CharField(label=_("Họ tên khách"), max_length=150)
    comes_from = forms.CharField(label=_("Cơ quan, địa chỉ"), max_length=200, required=False)
    purpose = forms.CharField(label=_("Việc đến làm"), max_length=250)
    host = forms.ModelChoiceField(label=_("Người tiếp"), queryset=Person.objects.none(), empty_label=None)
    expected_on = DayField(label=_("Ngày đến"))
    rooms = forms.CharField(
        label=_("Phòng kỹ thuật sẽ vào"),
        max_length=200,
        required=False,
        help_text=_(
            "Để trống nếu khách chỉ ở khu tiếp khách; có vào phòng kỹ thuật thì cần cam kết bảo mật."
        ),
    )
    undertaking = forms.CharField(
        label=_("Cam kết bảo mật đã ký"),
        max_length=120,
        required=False,
        help_text=_("Số hoặc ngày của bản cam kết (ISO/IEC 17025:2017, 4.2)."),
    )
    badge = forms.CharField(label=_("Số thẻ khách"), max_length=20, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        host = self.fields["host"]
        assert isinstance(host, forms.ModelChoiceField)
        host.queryset = Person.objects.filter(pk__in=[one.pk for one in people])

    @property
    def draft(self) -> VisitDraft:
        """The visit as typed, without the version it was opened with."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return VisitDraft(**given)


def initial_of(visit: Visit | None, *, host: Person, on: date) -> dict[str, Any]:
    """Gives what the form shows at first: the visit as it stands, or a visit today to oneself."""
    if visit is None:
        return {"expected_on": on, "host": host}
    names = (
        "visitor",
        "comes_from",
        "purpose",
        "host",
        "expected_on",
        "rooms",
        "undertaking",
        "badge",
        "version",
    )
    return {name: getattr(visit, name) for name in names}

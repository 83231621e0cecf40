"""Forms of organisations."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.fields import DayField
from quacan.centre.organisation.models import Organisation, Succession
from quacan.centre.organisation.territory import provinces


class OrganisationForm(forms.Form):
    """A new organisation below another."""

    code = forms.RegexField(
        label=_("Mã cơ quan"),
        regex=r"^[A-Z0-9][A-Z0-9-]{1,39}$",
        help_text=_("Chữ in hoa không dấu, số, gạch nối; không bao giờ đổi."),
        error_messages={"invalid": _("Chỉ dùng chữ in hoa không dấu, số và gạch nối.")},
    )
    name = forms.CharField(label=_("Tên đầy đủ"), max_length=250)
    short_name = forms.CharField(label=_("Tên gọi tắt"), max_length=80)
    kind = forms.ChoiceField(label=_("Loại cơ quan"), choices=Organisation.Kind.choices)
    province = forms.ChoiceField(label=_("Tỉnh, thành phố"))
    place = forms.CharField(label=_("Địa danh trên văn bản"), max_length=60)
    symbol = forms.CharField(label=_("Ký hiệu văn bản"), max_length=20)
    valid_from = DayField(label=_("Hoạt động từ ngày"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["province"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.name, one.name) for one in provinces(on)]


class UnitForm(forms.Form):
    """A unit of an organisation."""

    code = forms.CharField(label=_("Mã phòng/tổ"), max_length=20)
    name = forms.CharField(label=_("Tên phòng/tổ"), max_length=150)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=150, required=False)
    valid_from = DayField(label=_("Từ ngày"))


class SiteForm(forms.Form):
    """A site, with the suffix its numbers keep."""

    code = forms.CharField(label=_("Mã cơ sở"), max_length=20)
    name = forms.CharField(label=_("Tên cơ sở"), max_length=150)
    number_suffix = forms.CharField(label=_("Hậu tố số văn bản"), max_length=10, required=False)
    address = forms.CharField(label=_("Địa chỉ"), max_length=250, required=False)
    valid_from = DayField(label=_("Từ ngày"))


class SuccessionForm(forms.Form):
    """Which organisations this one takes over from, on which day, by which decision."""

    predecessors = forms.ModelMultipleChoiceField(
        label=_("Cơ quan tiền thân"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(label=_("Hình thức"), choices=Succession.Kind.choices)
    on = DayField(label=_("Ngày có hiệu lực"))
    basis = forms.CharField(label=_("Căn cứ"), max_length=200, required=False)

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["predecessors"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = choices

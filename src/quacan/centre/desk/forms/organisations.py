"""Forms of organisations."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.fields import DayField
from quacan.centre.organisation.models import Organisation, Scope, Succession
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


def _pasted() -> forms.CharField:
    return forms.CharField(
        label=_("Bảng phạm vi"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_(
            "Dán từ Excel, mỗi dòng một phạm vi, các cột: dịch vụ, mã loại phương tiện, mã quy trình, đại lượng, "
            "từ, đến, đơn vị, cấp hoặc sai số, CMC phần tuyệt đối, CMC phần tương đối. "
            "Nhiều mã thì cách nhau bằng dấu phẩy."
        ),
    )


class ScopeForm(forms.Form):
    """A decision of designation or accreditation with its lines."""

    kind = forms.ChoiceField(label=_("Loại"), choices=Scope.Kind.choices)
    number = forms.CharField(
        label=_("Số"), max_length=60, help_text=_("Như in trên giấy chứng nhận: N383, VILAS 000.")
    )
    decision = forms.CharField(label=_("Quyết định"), max_length=120, required=False)
    authority = forms.CharField(label=_("Cơ quan quyết định"), max_length=200)
    decided_on = DayField(label=_("Ngày quyết định"))
    valid_from = DayField(label=_("Có hiệu lực từ ngày"))
    valid_to = DayField(label=_("Đến hết ngày"), required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)
    table = _pasted()


class LinesForm(forms.Form):
    """More lines for a scope."""

    valid_from = DayField(label=_("Từ ngày"))
    table = _pasted()


class EndScopeForm(forms.Form):
    """The last day of a scope or of one of its lines, and why."""

    what = forms.ChoiceField(label=_("Kết thúc"))
    last_on = DayField(label=_("Ngày cuối còn hiệu lực"))
    reason = forms.CharField(label=_("Lý do"), max_length=200)

    def __init__(self, *args: Any, lines: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Cả phạm vi")), *((str(pk), name) for pk, name in lines)]
        field.required = False

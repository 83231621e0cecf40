"""Forms of the quality system."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.fields import DayField, WholeField
from quacan.centre.examinations.queries import Overridable
from quacan.centre.people.models import Person
from quacan.centre.standards.models import Standard


class SimulationForm(forms.Form):
    """A standard, by how much it is wrong, from which day, and on what grounds one believes so."""

    standard = forms.ModelChoiceField(label=_("Chuẩn"), queryset=Standard.objects.none(), empty_label=None)
    deviation = forms.CharField(
        label=_("Sai lệch d"),
        max_length=40,
        help_text=_("Giá trị đúng của chuẩn trừ giá trị ghi trên giấy chứng nhận; âm nếu chuẩn nhỏ hơn."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "number", "autocomplete": "off"}),
    )
    unit = forms.CharField(
        label=_("Đơn vị"),
        max_length=20,
        help_text=_("Đơn vị của đại lượng, hoặc % của giá trị."),
        widget=forms.TextInput(attrs={"list": "deviation-units", "autocomplete": "off"}),
    )
    from_on = DayField(label=_("Từ ngày đo"))
    to_on = DayField(label=_("Đến ngày đo"), required=False, help_text=_("Để trống: đến nay."))
    explanation = forms.CharField(
        label=_("Căn cứ"),
        help_text=_("Ví dụ: kết quả hiệu chuẩn lại, so sánh liên phòng, kiểm tra giữa kỳ."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, standards: QuerySet[Standard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["standard"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = standards

    @property
    def details(self) -> dict[str, Any]:
        """This will give what the action takes beside the standard."""
        return {name: value for name, value in self.cleaned_data.items() if name != "standard"}


class NonconformityForm(forms.Form):
    """What was found, who sees to the customers, by when, and what becomes of the standard."""

    summary = forms.CharField(label=_("Tóm tắt"), widget=forms.Textarea(attrs={"rows": 3}))
    owner = forms.ModelChoiceField(
        label=_("Giao xem xét và thông báo"), queryset=Person.objects.none(), empty_label=None
    )
    working_days = WholeField(
        label=_("Số ngày làm việc"),
        min_value=1,
        max_value=250,
        help_text=_("Hạn của các việc giao, tính từ ngày mai, không kể ngày nghỉ."),
    )
    block = forms.ChoiceField(label=_("Chuẩn từ hôm nay"), required=False)

    def __init__(self, *args: Any, people: list[Person], standard: Standard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner, block = self.fields["owner"], self.fields["block"]
        if isinstance(owner, forms.ModelChoiceField):
            owner.queryset = Person.objects.filter(pk__in=[one.pk for one in people])
        if isinstance(block, forms.ChoiceField):
            kept = _("để nguyên: {state}").format(state=standard.get_state_display().lower())
            stops = (Standard.State.UNDER_CALIBRATION, Standard.State.WITHDRAWN)
            block.choices = [("", kept)] + [(s.value, s.label) for s in stops if s != standard.state]


class DeviationForm(forms.Form):
    """What is let pass, why, who looks into it by when, and the signer's password."""

    name = forms.ChoiceField(label=_("Điều vướng được cho phép"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Lý do cho phép"),
        help_text=_("Vì sao kết quả vẫn tin được; in vào biên bản và điểm không phù hợp."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = forms.ModelChoiceField(label=_("Giao xem xét"), queryset=Person.objects.none(), empty_label=None)
    working_days = WholeField(label=_("Số ngày làm việc"), min_value=1, max_value=250, initial=10)
    password = forms.CharField(
        label=_("Mật khẩu của người ký"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(
        self, *args: Any, people: Sequence[Person], obstacles: Sequence[Overridable], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        owner, name = self.fields["owner"], self.fields["name"]
        if isinstance(owner, forms.ModelChoiceField):
            owner.queryset = Person.objects.filter(pk__in=[one.pk for one in people])
        if isinstance(name, forms.ChoiceField):
            name.choices = [(one.name, one.sentence) for one in obstacles]


class ClosingForm(forms.Form):
    """What an assessor asks before nonconforming work is closed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    cause = forms.CharField(label=_("Nguyên nhân"), widget=forms.Textarea(attrs={"rows": 3}))
    corrective_action = forms.CharField(
        label=_("Hành động khắc phục"), widget=forms.Textarea(attrs={"rows": 3})
    )
    effectiveness_on = DayField(
        label=_("Ngày kiểm tra hiệu lực"),
        help_text=_(
            "Ngày xem lại hành động khắc phục có tác dụng hay không; sẽ thành một việc của người đóng."
        ),
    )
    confirmed = forms.BooleanField(
        label=_("Tôi xác nhận hành động khắc phục đã được thực hiện, có minh chứng."), required=False
    )

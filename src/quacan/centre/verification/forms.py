"""What is asked before a worksheet is opened or replaced, and of a verifier's card and leave."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.fields import DayField
from quacan.centre.verification.library import shelves
from quacan.centre.verification.models import Bench


class OpenForm(forms.Form):
    """The day of the measurement and, where several govern, the procedure."""

    performed_on = DayField(label=_("Ngày đo"))
    procedure_code = forms.ChoiceField(label=_("Quy trình"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, procedures: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["procedure_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(procedures)
        field.required = len(procedures) > 1
        if len(procedures) <= 1:
            field.widget = forms.HiddenInput()


FIELDS = (
    ("mass", _("Khối lượng")),
    ("volume", _("Dung tích")),
    ("flow", _("Lưu lượng")),
    ("pressure", _("Áp suất")),
    ("temperature", _("Nhiệt độ")),
    ("length", _("Độ dài")),
    ("electrical", _("Điện, điện từ")),
    ("medical", _("Y tế")),
    ("physico-chemical", _("Hóa lý")),
    ("force", _("Lực")),
    ("optics", _("Quang học")),
    ("acoustics", _("Âm thanh")),
    ("hydromet", _("Khí tượng thủy văn")),
)


class CardForm(forms.Form):
    """A verifier's card as it is printed."""

    number = forms.CharField(label=_("Số thẻ"), max_length=40)
    fields_ = forms.MultipleChoiceField(
        label=_("Lĩnh vực"), choices=FIELDS, widget=forms.CheckboxSelectMultiple
    )
    issued_on = DayField(label=_("Ngày cấp"))
    expires_on = DayField(label=_("Ngày hết hạn"))
    decision = forms.CharField(label=_("Số quyết định"), max_length=80, required=False)
    issuer = forms.CharField(label=_("Nơi cấp"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        if "fields_" in given:
            given["fields"] = given.pop("fields_")
        return given


class AuthorisationForm(forms.Form):
    """Leave to work by a procedure, for a time."""

    procedure = forms.ChoiceField(label=_("Quy trình"))
    valid_from = DayField(label=_("Từ ngày"))
    valid_to = DayField(label=_("Đến hết ngày"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = sorted({(shelf.procedure.title.vi, shelf.procedure.code) for shelf in shelves()})
        choices = [(code, title) for title, code in titles]
        cast(forms.ChoiceField, self.fields["procedure"]).choices = choices


class BenchForm(forms.Form):
    """A test bench: its code, name and number of positions."""

    code = forms.CharField(label=_("Mã bàn"), max_length=40)
    name = forms.CharField(label=_("Tên bàn"), max_length=150)
    positions = forms.IntegerField(label=_("Số vị trí"), min_value=1, max_value=20_000)


class OpenBatchForm(forms.Form):
    """The bench, the day and, where several govern, the procedure of a batch."""

    bench = forms.ModelChoiceField(label=_("Bàn"), queryset=Bench.objects.none(), empty_label=None)
    performed_on = DayField(label=_("Ngày đo"))
    procedure_code = forms.ChoiceField(label=_("Quy trình"), widget=forms.RadioSelect, required=False)

    def __init__(
        self, *args: Any, benches: QuerySet[Bench], procedures: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Bench]", self.fields["bench"]).queryset = benches
        field = cast(forms.ChoiceField, self.fields["procedure_code"])
        field.choices = list(procedures)
        field.required = len(procedures) > 1
        if len(procedures) <= 1:
            field.widget = forms.HiddenInput()

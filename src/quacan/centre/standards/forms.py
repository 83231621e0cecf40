"""Forms of standards and their certificates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.fields import DayField
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.standards.models import Standard

QUANTITIES = (
    ("mass", _("Khối lượng")),
    ("volume", _("Dung tích")),
    ("pressure", _("Áp suất")),
    ("length", _("Độ dài")),
    ("temperature", _("Nhiệt độ")),
    ("humidity", _("Độ ẩm")),
    ("voltage", _("Điện áp")),
    ("current", _("Dòng điện")),
    ("resistance", _("Điện trở")),
    ("energy", _("Điện năng")),
    ("frequency", _("Tần số")),
    ("force", _("Lực")),
    ("time", _("Thời gian")),
)
VALUE_COLUMNS = ("nominal", "value", "U", "k", "unit", "mark")
LARGEST_FILE = 20 * 1024 * 1024


class StandardForm(forms.Form):
    """What is known of a standard; its code is given once."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Mã chuẩn"), max_length=40, help_text=_("Mã dán trên chuẩn; không đổi về sau.")
    )
    name = forms.CharField(label=_("Tên chuẩn"), max_length=200)
    kind = forms.CharField(
        label=_("Đại lượng"),
        max_length=40,
        help_text=_("Từ quy trình dùng để tìm chuẩn: mass, volume, pressure…"),
        widget=forms.TextInput(attrs={"list": "quantities", "autocomplete": "off"}),
    )
    unit = forms.ModelChoiceField(
        label=_("Phòng, tổ giữ"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("— dùng chung —"),
    )
    serial = forms.CharField(label=_("Số hiệu"), max_length=80, required=False)
    maker = forms.CharField(label=_("Hãng sản xuất"), max_length=120, required=False)
    accuracy = forms.CharField(label=_("Cấp chính xác"), max_length=60, required=False)
    range_text = forms.CharField(label=_("Phạm vi đo"), max_length=120, required=False)
    location = forms.CharField(label=_("Nơi để"), max_length=120, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Unit.objects.filter(organisation=organisation)

    @property
    def details(self) -> dict[str, Any]:
        """This will give what both actions take: everything but version and code."""
        return {k: v for k, v in self.cleaned_data.items() if k not in {"version", "code"}}


def standard_form_of(standard: Standard) -> StandardForm:
    """This will show what is known of a standard for correction, its code fixed."""
    names = [name for name in StandardForm.base_fields if name != "version"]
    form = StandardForm(
        organisation=standard.organisation,
        initial={**{n: getattr(standard, n) for n in names}, "version": standard.version},
    )
    form.fields["code"].disabled = True
    return form


class CertificateForm(forms.Form):
    """The head of a standard's certificate; its values are a table of inputs."""

    number = forms.CharField(label=_("Số giấy chứng nhận"), max_length=60)
    issuer = forms.CharField(label=_("Nơi cấp"), max_length=200)
    issued_on = DayField(label=_("Ngày cấp"))
    valid_until = DayField(label=_("Hiệu lực đến"))
    traceable_to = forms.CharField(label=_("Liên kết đến"), max_length=200, required=False)
    file = forms.FileField(
        label=_("Bản chụp giấy chứng nhận"),
        required=False,
        help_text=_("PDF hoặc ảnh, tối đa 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file is None:
            return None
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("Tệp lớn hơn 20 MB."))
        start = file.read(8)
        file.seek(0)
        if not start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
            raise forms.ValidationError(_("Chỉ nhận tệp PDF, PNG hoặc JPEG."))
        return file


class StateForm(forms.Form):
    """Where a standard goes."""

    state = forms.ChoiceField(label=_("Trạng thái mới"), choices=Standard.State.choices)
    on = DayField(label=_("Từ ngày"))
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

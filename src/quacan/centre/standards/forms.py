"""Forms of standards and their certificates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.fields import DayField, WholeField
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.people.models import Person
from quacan.centre.standards.actions import LoanDraft, MaintenanceDraft, PlanDraft, StandardDraft
from quacan.centre.standards.models import CheckPlan, Maintenance, Standard
from quacan.centre.standards.rules import proposed_range, quantity_of, word_of_quantity

VALUE_COLUMNS = ("nominal", "value", "U", "k", "unit", "mark")
LARGEST_FILE = 20 * 1024 * 1024
LARGEST_DIGITAL = 1_500_000


def exact(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    """This will give an input of a number that is kept as typed."""
    return forms.CharField(
        label=label,
        max_length=40,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "number", "autocomplete": "off"}),
    )


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
        help_text=_("Quy trình tìm chuẩn theo đại lượng: chọn một dòng gợi ý, ví dụ Khối lượng, Áp suất."),
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
    range_text = forms.CharField(
        label=_("Phạm vi đo"), max_length=120, required=False, help_text=_("Như in trên giấy chứng nhận.")
    )
    range_from = exact(
        _("Phạm vi từ"), help_text=_("Bằng số, để so với phạm vi quy trình cần; bộ quả cân: quả nhỏ nhất.")
    )
    range_to = exact(_("Phạm vi đến"), help_text=_("Bộ quả cân: tổng khối lượng ghép được."))
    range_unit = forms.CharField(label=_("Đơn vị phạm vi"), max_length=20, required=False)
    permitted_error = exact(
        _("Sai số cho phép của chuẩn"), help_text=_("Để đề nghị chu kỳ hiệu chuẩn lần sau từ độ trôi.")
    )
    permitted_unit = forms.CharField(
        label=_("Đơn vị sai số cho phép"),
        max_length=20,
        required=False,
        help_text=_("Đơn vị đo, hoặc % của giá trị danh nghĩa."),
    )
    location = forms.CharField(label=_("Nơi để"), max_length=120, required=False)

    def __init__(
        self, *args: Any, organisation: Organisation, standard: Standard | None = None, **kwargs: Any
    ) -> None:
        if standard is not None:
            kwargs["initial"] = _known(standard)
        self.kept = standard.kind if standard is not None else ""
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = standard is not None
        field = self.fields["unit"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Unit.objects.filter(organisation=organisation)

    def clean_kind(self) -> str:
        """This will take the quantity by its word; one left as it stood stays what it was."""
        typed: str = self.cleaned_data["kind"]
        return self.kept if typed == word_of_quantity(self.kept) else quantity_of(typed)

    @property
    def draft(self) -> StandardDraft:
        """This will give what was typed, whole."""
        return StandardDraft(
            **{name: value for name, value in self.cleaned_data.items() if name != "version"}
        )


def _known(standard: Standard) -> dict[str, Any]:
    """What is known of a standard; a range that stands in words only is proposed in numbers, to be confirmed."""
    known = {name: getattr(standard, name) for name in StandardForm.base_fields}
    known["kind"] = word_of_quantity(standard.kind)
    if standard.range_unit:
        return known
    low, high, unit = proposed_range(standard.range_text)
    return known | {"range_from": low, "range_to": high, "range_unit": unit}


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


class DigitalForm(forms.Form):
    """A digital calibration certificate to read values from."""

    dcc = forms.FileField(
        label=_("Chứng nhận số (DCC, XML)"),
        help_text=_("DCC 3, tối đa 1,5 MB. Giá trị đọc được điền vào bảng dưới để anh chị xác nhận."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,application/xml,text/xml"}),
    )

    def clean_dcc(self) -> Any:
        file = self.cleaned_data["dcc"]
        if file.size > LARGEST_DIGITAL:
            raise forms.ValidationError(_("Tệp lớn hơn 1,5 MB."))
        return file


class PlanForm(forms.Form):
    """A plan of checks between calibrations."""

    quantity = forms.CharField(
        label=_("Kiểm tra gì"), max_length=80, help_text=_("Ví dụ: so với quả cân kiểm tra KT-1, điểm 0…")
    )
    nominal = exact(_("Giá trị danh nghĩa"))
    unit = forms.CharField(label=_("Đơn vị"), max_length=20)
    interval_days = WholeField(label=_("Chu kỳ, ngày"), min_value=1, max_value=3660)
    basis = forms.ChoiceField(label=_("Cách đặt giới hạn"), choices=CheckPlan.Basis.choices)
    reference_value = exact(_("Giá trị quy chiếu"), help_text=_("Khi đặt giới hạn theo dung sai."))
    tolerance = exact(_("Dung sai ±"), help_text=_("Khi đặt giới hạn theo dung sai."))
    baseline = WholeField(
        label=_("Số lần lập nền"),
        min_value=2,
        max_value=200,
        required=False,
        help_text=_("Khi đặt giới hạn 3σ: bao nhiêu lần đầu để lập giới hạn."),
    )
    from_on = DayField(label=_("Từ ngày"))
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def clean_baseline(self) -> int:
        return self.cleaned_data.get("baseline") or 0

    @property
    def draft(self) -> PlanDraft:
        """This will give what was typed, whole."""
        return PlanDraft(**self.cleaned_data)


class CheckForm(forms.Form):
    """One check: its readings one under the other."""

    on = DayField(label=_("Ngày kiểm tra"))
    readings = forms.CharField(
        label=_("Số đọc"),
        help_text=_("Mỗi dòng một số, dấu phẩy thập phân."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "number", "inputmode": "decimal"}),
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def clean_readings(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["readings"].splitlines() if line.strip()]


class LoanForm(forms.Form):
    """Who takes a standard, and until when."""

    unit = forms.ModelChoiceField(
        label=_("Phòng, tổ mượn"), queryset=Unit.objects.none(), required=False, empty_label="—"
    )
    person = forms.ModelChoiceField(
        label=_("Người mượn"), queryset=Person.objects.none(), required=False, empty_label="—"
    )
    outside = forms.CharField(label=_("Cơ quan khác mượn"), max_length=200, required=False)
    from_on = DayField(label=_("Từ ngày"))
    due_on = DayField(label=_("Hẹn trả"))
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(is_active=True, assignments__organisation=organisation)
        for name, rows in (
            ("unit", Unit.objects.filter(organisation=organisation)),
            ("person", people.distinct()),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows

    @property
    def draft(self) -> LoanDraft:
        """This will give what was typed, whole."""
        return LoanDraft(**self.cleaned_data)


class ReturnForm(forms.Form):
    """A lent standard comes back."""

    on = DayField(label=_("Ngày trả"))
    condition = forms.CharField(label=_("Tình trạng khi nhận lại"), max_length=300)


class PlaceForm(forms.Form):
    """Where a standard is put."""

    place = forms.CharField(label=_("Nơi để"), max_length=120)
    on = DayField(label=_("Từ ngày"))
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)


class MaintenanceForm(forms.Form):
    """What was done to a standard."""

    on = DayField(label=_("Ngày làm"))
    kind = forms.ChoiceField(label=_("Loại việc"), choices=Maintenance.Kind.choices)
    done_by = forms.CharField(label=_("Người hoặc nơi làm"), max_length=200)
    result = forms.CharField(label=_("Kết quả"), max_length=300)
    changes_values = forms.BooleanField(
        label=_("Giá trị có thể đã đổi: phải hiệu chuẩn lại trước khi dùng"), required=False
    )
    next_due_on = DayField(label=_("Lần sau"), required=False)

    @property
    def draft(self) -> MaintenanceDraft:
        """This will give what was typed, whole."""
        return MaintenanceDraft(**self.cleaned_data)


class StateForm(forms.Form):
    """Where a standard goes: any state but the one it has."""

    state = forms.ChoiceField(label=_("Trạng thái mới"))
    on = DayField(label=_("Từ ngày"))
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def __init__(self, *args: Any, standard: Standard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [one for one in Standard.State.choices if one[0] != standard.state]

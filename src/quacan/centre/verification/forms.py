"""What is asked before a worksheet is opened or replaced, and of a verifier's card and leave."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.documents import Rendition
from quacan.centre.base.fields import DayField, WholeField
from quacan.centre.base.language.texts import is_english
from quacan.centre.examinations.rules import said
from quacan.centre.people.models import Attendance, Person
from quacan.centre.people.rules import Reach
from quacan.centre.verification.library import shelves
from quacan.centre.verification.models import Bench
from quacan.metrology.procedure.typed import TypedRefused, read_number


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
    """Leave to work by a procedure, for a time, maybe in a range, for some classes or under supervision."""

    procedure = forms.ChoiceField(label=_("Quy trình"))
    valid_from = DayField(label=_("Từ ngày"))
    valid_to = DayField(label=_("Đến hết ngày"), required=False)
    supervisor = forms.ModelChoiceField(
        label=_("Người giám sát"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("không giám sát"),
        help_text=_("Phiếu làm dưới giám sát do chính người này soát xét."),
    )
    basis = forms.CharField(
        label=_("Căn cứ"),
        required=False,
        help_text=_("Việc đã kèm cặp và quan sát, khóa học, so sánh tay nghề."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    limit_on = forms.ChoiceField(label=_("Giới hạn theo đặc trưng"), required=False)
    range_from = forms.CharField(label=_("Từ"), max_length=30, required=False)
    range_to = forms.CharField(label=_("Đến"), max_length=30, required=False)
    range_unit = forms.CharField(label=_("Đơn vị"), max_length=20, required=False)
    class_on = forms.ChoiceField(label=_("Giới hạn theo cấp"), required=False)
    classes = forms.CharField(
        label=_("Các cấp"), max_length=100, required=False, help_text=_("Cách nhau bằng dấu phẩy.")
    )

    def __init__(self, *args: Any, supervisors: Sequence[Person] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = is_english()
        titles = sorted(
            {(said(one.procedure.title, english=english), one.procedure.code) for one in shelves()}
        )
        choices = [(code, title) for title, code in titles]
        cast(forms.ChoiceField, self.fields["procedure"]).choices = choices
        people = Person.objects.filter(pk__in=[one.pk for one in supervisors])
        cast("forms.ModelChoiceField[Person]", self.fields["supervisor"]).queryset = people
        known = [one for shelf in shelves() for one in shelf.procedure.characteristics]
        none = [("", _("không giới hạn"))]
        for name, is_choice in (("limit_on", False), ("class_on", True)):
            keys = {one.key: said(one.label, english=english) for one in known if one.is_choice is is_choice}
            rows = sorted(keys.items(), key=lambda item: item[1])
            cast(forms.ChoiceField, self.fields[name]).choices = [*none, *rows]

    def clean_range_from(self) -> Decimal | None:
        return self._number("range_from")

    def clean_range_to(self) -> Decimal | None:
        return self._number("range_to")

    def _number(self, name: str) -> Decimal | None:
        text = self.cleaned_data.get(name, "").strip()
        if not text:
            return None
        try:
            return read_number(text)
        except TypedRefused as refused:
            raise forms.ValidationError(refused.vi) from refused

    def clean(self) -> dict[str, Any]:
        """This will gather the limits, refusing a characteristic that the procedure does not know."""
        given = dict(super().clean() or {})
        known = {
            one.key
            for shelf in shelves()
            if shelf.procedure.code == given.get("procedure")
            for one in shelf.procedure.characteristics
        }
        for name in ("limit_on", "class_on"):
            if given.get(name) and given[name] not in known:
                self.add_error(name, _("Quy trình này không có đặc trưng đó."))
        classes = given.pop("classes", "") or ""
        given["reach"] = Reach(
            limit_on=given.pop("limit_on", "") or "",
            low=given.pop("range_from", None),
            high=given.pop("range_to", None),
            unit=(given.pop("range_unit", "") or "").strip(),
            class_on=given.pop("class_on", "") or "",
            classes=tuple(dict.fromkeys(part.strip() for part in classes.split(",") if part.strip())),
        )
        return given


class EndLeaveForm(forms.Form):
    """The last day of an authorisation; the reason travels with the deed."""

    on = DayField(label=_("Ngày cuối"))


LARGEST_FILE = 20 * 1024 * 1024
SIGNATURES = {b"%PDF": "pdf", b"\x89PNG": "png", b"\xff\xd8\xff": "jpg"}


class CourseForm(forms.Form):
    """A course a person took, and the certificate of it."""

    course = forms.CharField(label=_("Tên khóa"), max_length=200)
    provider = forms.CharField(label=_("Nơi tổ chức"), max_length=200)
    from_on = DayField(label=_("Từ ngày"))
    to_on = DayField(label=_("Đến ngày"))
    hours = WholeField(label=_("Số giờ"), min_value=1, required=False)
    result = forms.ChoiceField(label=_("Kết quả"), choices=Attendance.Result.choices)
    certificate_number = forms.CharField(label=_("Số giấy chứng nhận"), max_length=60, required=False)
    valid_to = DayField(label=_("Có giá trị đến"), required=False)
    file = forms.FileField(
        label=_("Bản chụp giấy chứng nhận"),
        required=False,
        help_text=_("PDF hoặc ảnh, tối đa 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    def clean_file(self) -> Rendition | None:
        file = self.cleaned_data.get("file")
        if file is None:
            return None
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("Tệp lớn hơn 20 MB."))
        content = file.read()
        ending = next((end for start, end in SIGNATURES.items() if content.startswith(start)), "")
        if not ending:
            raise forms.ValidationError(_("Chỉ nhận tệp PDF, PNG hoặc JPEG."))
        return Rendition(ending, f"giay-chung-nhan-khoa-hoc.{ending}", content)


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

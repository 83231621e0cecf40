"""Forms of points, limits, logger files and single readings."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.fields import DayField, ExactField, WholeField
from quacan.centre.base.intake import MEGABYTE, ForeignTable, Row
from quacan.centre.facilities.actions import LimitDraft, PointDraft
from quacan.centre.facilities.models import Point
from quacan.centre.facilities.rules import BOUNDS, ENDINGS, HERE, QUANTITIES, Columns
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.people.models import Person
from quacan.centre.people.queries import people_with

CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PointForm(forms.Form):
    """What is known of a point; its code is given once."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Mã điểm"), max_length=40, help_text=_("Dán ở nơi đặt máy ghi; không đổi về sau.")
    )
    name = forms.CharField(label=_("Tên điểm"), max_length=150)
    unit = forms.ModelChoiceField(
        label=_("Phòng, tổ giữ"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("— dùng chung —"),
    )
    place = forms.CharField(label=_("Nơi đặt"), max_length=150, required=False)
    logger = forms.CharField(label=_("Máy ghi, số hiệu"), max_length=150, required=False)
    keeper = forms.ModelChoiceField(
        label=_("Người xem xét cảnh báo"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("— trưởng phòng kỹ thuật —"),
    )
    tolerance_minutes = WholeField(
        label=_("Lệch giờ cho phép"),
        min_value=0,
        max_value=720,
        initial=30,
        help_text=_("Phiếu chỉ nhận số liệu cách giờ đo không quá chừng này phút."),
    )
    gap_minutes = WholeField(
        label=_("Khoảng trống cho phép"),
        min_value=15,
        max_value=1440,
        initial=60,
        help_text=_("Trong giờ làm việc, không có số liệu quá chừng này phút là ngắt quãng."),
    )
    opens_at = forms.TimeField(label=_("Giờ làm việc từ"), initial="07:30", widget=CLOCK)
    closes_at = forms.TimeField(label=_("đến"), initial="17:00", widget=CLOCK)
    is_active = forms.BooleanField(label=_("Đang theo dõi"), required=False, initial=True)

    def __init__(
        self, *args: Any, organisation: Organisation, on: date, point: Point | None = None, **kwargs: Any
    ) -> None:
        if point is not None:
            kwargs["initial"] = {name: getattr(point, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = point is not None
        units = cast("forms.ModelChoiceField[Unit]", self.fields["unit"])
        units.queryset = Unit.objects.filter(organisation=organisation)
        people = [one.pk for one in people_with("facilities.manage", organisation, on=on)]
        keepers = cast("forms.ModelChoiceField[Person]", self.fields["keeper"])
        keepers.queryset = Person.objects.filter(pk__in=people)

    @property
    def draft(self) -> PointDraft:
        """This will give what was typed, whole."""
        return PointDraft(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


LARGEST: Final = Decimal(1_000_000)
"""No limit of a room is beyond this: more is a slip of the keyboard, and more than the register holds."""


class LimitForm(forms.Form):
    """What is allowed at a point from a day on."""

    quantity = forms.ChoiceField(label=_("Đại lượng"), choices=QUANTITIES)
    lower = ExactField(label=_("Giới hạn dưới"), at_least=-LARGEST, at_most=LARGEST, required=False)
    upper = ExactField(label=_("Giới hạn trên"), at_least=-LARGEST, at_most=LARGEST, required=False)
    valid_from = DayField(label=_("Có hiệu lực từ"))
    source = forms.CharField(
        label=_("Căn cứ"),
        max_length=250,
        help_text=_("Quy trình, hướng dẫn hoặc quyết định nêu giới hạn này."),
    )

    @property
    def draft(self) -> LimitDraft:
        """This will give what was typed, whole."""
        return LimitDraft(**self.cleaned_data)


class RecordForm(forms.Form):
    """One reading of a thermo-hygrometer, by hand."""

    quantity = forms.ChoiceField(label=_("Đại lượng"), choices=QUANTITIES)
    day = DayField(label=_("Ngày"))
    clock = forms.TimeField(label=_("Giờ"), widget=CLOCK)
    text = forms.CharField(label=_("Giá trị"), max_length=40)

    @property
    def at(self) -> datetime:
        """This will give the instant typed, Vietnamese time."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"], tzinfo=HERE)


class FileForm(forms.Form):
    """A logger's file."""

    file = forms.FileField(
        label=_("Tệp của máy ghi"),
        help_text=_("CSV, TXT hoặc bảng tính (XLSX, XLS, ODS), tối đa 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > BOUNDS.megabytes * MEGABYTE:
            raise forms.ValidationError(_("Tệp lớn hơn 20 MB; chia tệp thành nhiều phần rồi nhập từng phần."))
        return file


NONE = ""


class ColumnsForm(forms.Form):
    """Which column of a file says what."""

    head = WholeField(label=_("Số dòng đầu bỏ qua"), min_value=0, max_value=1000)
    day = forms.TypedChoiceField(label=_("Cột ngày (và giờ)"), coerce=int)
    clock = forms.TypedChoiceField(label=_("Cột giờ riêng"), coerce=int, empty_value=None, required=False)
    order = forms.ChoiceField(
        label=_("Thứ tự ngày tháng"), choices=(("dmy", _("ngày/tháng/năm")), ("mdy", _("tháng/ngày/năm")))
    )

    def __init__(self, *args: Any, table: ForeignTable, columns: Columns | None, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(columns) | {"sheet": table.sheet}
        super().__init__(*args, **kwargs)
        choices = _choices(table.rows, kwargs["initial"]["head"])
        if len(table.sheets) > 1:
            names = [(name, name) for name in table.sheets]
            self.fields["sheet"] = forms.ChoiceField(label=_("Trang tính"), choices=names)
        cast(forms.TypedChoiceField, self.fields["day"]).choices = choices
        cast(forms.TypedChoiceField, self.fields["clock"]).choices = [
            (NONE, _("— cùng cột ngày —")),
            *choices,
        ]
        for key, label in QUANTITIES:
            self.fields[f"quantity_{key}"] = forms.TypedChoiceField(
                label=str(label),
                coerce=int,
                empty_value=None,
                required=False,
                choices=[(NONE, _("— không có —")), *choices],
            )

    @property
    def quantity_fields(self) -> list[Any]:
        """This will give the fields that say where each quantity stands."""
        return [self[name] for name in self.fields if name.startswith("quantity_")]

    @property
    def columns(self) -> Columns:
        """This will give the columns chosen."""
        given = self.cleaned_data
        chosen = {key: given.get(f"quantity_{key}") for key, _label in QUANTITIES}
        quantities = tuple((key, index) for key, index in chosen.items() if index is not None)
        sheet = given.get("sheet", "")
        return Columns(given["head"], given["day"], given["clock"], given["order"], quantities, sheet)


def _initial(columns: Columns | None) -> dict[str, Any]:
    if columns is None:
        return {"head": 0, "order": "dmy"}
    places = {f"quantity_{key}": index for key, index in columns.quantities}
    known = {"head": columns.head, "day": columns.day, "clock": columns.clock, "order": columns.order}
    return known | places


def _choices(rows: Sequence[Row], head: int) -> list[tuple[int, str]]:
    """Columns by number, with the words above them or else the first value."""
    width = max((len(row) for row in rows[:200]), default=0)
    words = rows[head - 1] if 0 < head <= len(rows) else ()
    first = rows[head] if head < len(rows) else ()
    found = []
    for index in range(width):
        told = (words[index] if index < len(words) else "") or (first[index] if index < len(first) else "")
        found.append((index, f"{index + 1}. {told[:40]}".rstrip()))
    return found

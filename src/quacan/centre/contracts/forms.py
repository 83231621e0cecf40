"""Forms of contracts, orders and jobs."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.fields import DayField, ExactField, MoneyField, WholeField, typed_rows
from quacan.centre.base.language.numbers import format_number
from quacan.centre.contracts.actions import ContractDraft
from quacan.centre.contracts.models import Contract, ContractLine, EventKind, Service
from quacan.centre.contracts.rules import DECISION_RULES, LineDraft
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.parties.models import Party
from quacan.centre.people.models import Person

RULE_NAMES = {
    "simple_acceptance": _("Chấp nhận đơn giản (so giá trị với giới hạn)"),
    "guarded_acceptance": _("Có dải bảo vệ (lùi giới hạn theo U)"),
}
LINE_COLUMNS = ("service", "kind_code", "event", "description", "quantity", "unit_price")


class ContractForm(forms.Form):
    """The head of a contract; its lines are a table of inputs."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Nội dung hợp đồng"), max_length=250)
    received_on = DayField(label=_("Ngày nhận"))
    due_on = DayField(label=_("Hạn hoàn thành"), required=False)
    unit = forms.ModelChoiceField(
        label=_("Phòng, tổ thực hiện"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("— cả đơn vị —"),
    )
    vat_percent = ExactField(
        label=_("Thuế suất"),
        required=False,
        at_least=Decimal(0),
        at_most=Decimal(100),
        help_text=_("Để trống: lấy thuế suất của ngày nhận."),
    )
    decision_rule = forms.ChoiceField(
        label=_("Quy tắc ra quyết định"),
        choices=[(code, RULE_NAMES[code]) for code in DECISION_RULES],
        help_text=_(
            "Chấp nhận đơn giản: đạt khi kết quả nằm trong giới hạn, không trừ độ không đảm bảo đo. Có dải bảo vệ: chỉ "
            "đạt khi kết quả nằm trong giới hạn đã thu hẹp một lượng U (ILAC-G8). Kiểm định theo luật giữ quy tắc của "
            "quy trình; quy tắc đã chọn được in trên giấy chứng nhận hiệu chuẩn."
        ),
    )
    note = forms.CharField(label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self, *args: Any, organisation: Organisation, lines: Sequence["LineForm"] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._lines = lines
        field = self.fields["unit"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Unit.objects.filter(organisation=organisation)

    def clean(self) -> None:
        wrong = [line for line in self._lines if not line.is_valid()]  # every line says what is wrong with it
        if wrong:
            raise forms.ValidationError(
                gettext("Có dòng nội dung chưa đúng; xem ghi chú đỏ ở dòng đó. Những gì đã gõ vẫn còn.")
            )

    def draft_with(self, party: Party) -> ContractDraft:
        """What was typed, as the actions take it."""
        head = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return ContractDraft(party=party, lines=[line.draft for line in self._lines], **head)


class LineForm(forms.Form):
    """One line of a contract as typed."""

    service = forms.ChoiceField(label=_("Dịch vụ"), choices=Service.choices)
    kind_code = forms.CharField(label=_("Loại phương tiện đo"), max_length=12, required=False)
    event = forms.ChoiceField(label=_("Chế độ"), choices=EventKind.choices)
    description = forms.CharField(label=_("Mô tả"), max_length=250, required=False)
    quantity = MoneyField(
        label=_("Số lượng"),
        error_messages={
            "required": _("Nhập số lượng."),
            "invalid": _("Nhập số lượng bằng số nguyên, ví dụ 12."),
        },
    )
    unit_price = MoneyField(
        label=_("Đơn giá"), error_messages={"required": _("Nhập đơn giá, 0 nếu miễn phí.")}
    )

    @property
    def draft(self) -> LineDraft:
        """This will give the line as the actions take it."""
        return LineDraft(**self.cleaned_data)


def typed_lines(data: QueryDict) -> list[LineForm]:
    """This will read the lines of a form; rows with neither kind, words, number nor price are left out."""
    rows = typed_rows(data, LINE_COLUMNS)
    typed = [
        row
        for row in rows
        if any(row[name].strip() for name in ("kind_code", "description", "quantity", "unit_price"))
    ]
    return [LineForm(row) for row in typed]


def lines_of(lines: Iterable[ContractLine]) -> list[LineForm]:
    """This will show the lines of a draft for change."""
    return [LineForm(initial=_shown(line)) for line in lines]


def _shown(line: ContractLine | LineDraft) -> dict[str, Any]:
    known = {name: getattr(line, name) for name in LINE_COLUMNS}
    return known | {name: format_number(known[name]) for name in ("quantity", "unit_price")}


def lines_from(drafts: Sequence[LineDraft]) -> list[LineForm]:
    """This will show proposed lines."""
    return [LineForm(initial=_shown(draft)) for draft in drafts]


def blank_line() -> LineForm:
    """This will give an empty row."""
    return LineForm(initial={"service": Service.VERIFICATION, "event": EventKind.PERIODIC})


def contract_form_of(contract: Contract) -> ContractForm:
    """This will show a draft for change."""
    names = [name for name in ContractForm.base_fields if name != "version"]
    known = {name: getattr(contract, name) for name in names}
    known["vat_percent"] = f"{contract.vat_percent.normalize():f}".replace(".", ",")
    return ContractForm(organisation=contract.organisation, initial={**known, "version": contract.version})


class ReviewForm(forms.Form):
    """The review of a request."""

    able = forms.ChoiceField(
        label=_("Kết quả xem xét"),
        choices=[
            ("1", _("Đủ năng lực: trong phạm vi, có chuẩn, có người, kịp hạn")),
            ("0", _("Chưa đủ năng lực")),
        ],
        widget=forms.RadioSelect,
        initial="1",
    )
    note = forms.CharField(label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    on = DayField(label=_("Ngày xem xét"))


class SignForm(forms.Form):
    """The day of signature."""

    signed_on = DayField(label=_("Ngày ký"))
    due_on = DayField(label=_("Hạn hoàn thành"), required=False)


class AcceptForm(forms.Form):
    """The day of acceptance, with the quantities accepted in a table."""

    accepted_on = DayField(label=_("Ngày nghiệm thu"))


class OrderForm(forms.Form):
    """The head of an order."""

    planned_on = DayField(label=_("Ngày thực hiện"))
    place = forms.CharField(
        label=_("Nơi thực hiện"),
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={"list": "places"}),
    )
    performer = forms.ModelChoiceField(
        label=_("Người thực hiện"), queryset=Person.objects.none(), empty_label=_("— chọn người —")
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def __init__(self, *args: Any, performers: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["performer"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Person.objects.filter(pk__in=[one.pk for one in performers])


class NewOnOrderForm(forms.Form):
    """An instrument entered while its order is being made: the nameplate's shortest form."""

    n_serial = forms.CharField(label=_("Số hiệu"), max_length=80)
    n_type = forms.CharField(label=_("Kiểu"), max_length=80, required=False)
    n_maker = forms.CharField(label=_("Hãng sản xuất"), max_length=120, required=False)
    n_year = WholeField(label=_("Năm sản xuất"), required=False)

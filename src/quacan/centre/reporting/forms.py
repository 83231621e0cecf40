"""Forms of plans."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.fields import DayField, ExactField
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.reporting.definitions import Indicator


class PlanForm(forms.Form):
    """A year's plan."""

    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2200)
    title = forms.CharField(label=_("Tên kế hoạch"), max_length=250)


class TargetForm(forms.Form):
    """A target: what an indicator should come to in the year or a part of it."""

    indicator = forms.ChoiceField(label=_("Chỉ tiêu"))
    period_code = forms.ChoiceField(label=_("Kỳ"))
    value = ExactField(label=_("Giao"), at_least=Decimal(0))
    carried_over = ExactField(label=_("Trong đó chuyển tiếp"), at_least=Decimal(0), required=False)
    unit = forms.ModelChoiceField(
        label=_("Phòng, tổ"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("— cả đơn vị —"),
    )
    reason = forms.CharField(
        label=_("Lý do điều chỉnh"),
        required=False,
        max_length=500,
        help_text=_("Cần khi kế hoạch đã duyệt."),
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        year: int,
        indicators: Iterable[Indicator],
        english: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.code, one.name_en if english else one.name_vi) for one in indicators]
        shapes = ("", "-H1", "-H2", "-9M", "-Q1", "-Q2", "-Q3", "-Q4")
        self.fields["indicator"].choices = named  # type: ignore[attr-defined]
        self.fields["period_code"].choices = [(f"{year}{s}", f"{year}{s}") for s in shapes]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(organisation=organisation)  # type: ignore[attr-defined]


class ApproveForm(forms.Form):
    """The decision that approves a plan."""

    decision = forms.CharField(label=_("Số quyết định"), max_length=80)
    on = DayField(label=_("Ngày quyết định"))

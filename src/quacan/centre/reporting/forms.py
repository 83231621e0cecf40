"""Forms of plans."""

from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.fields import DayField, ExactField, WholeField
from quacan.centre.base.moves import Move
from quacan.centre.base.periods import period
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.planning.actions import TargetDraft
from quacan.centre.reporting.definitions import Indicator


class PlanForm(forms.Form):
    """A year's plan."""

    year = WholeField(label=_("Năm"), min_value=2000, max_value=2200)
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

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        year: int,
        indicators: Iterable[Indicator],
        move: Move,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.code, str(one.name)) for one in indicators]
        shapes = ("", "-H1", "-H2", "-9M", "-Q1", "-Q2", "-Q3", "-Q4")
        periods = [period(f"{year}{shape}") for shape in shapes]
        if move.reason:
            self.fields["reason"] = forms.CharField(label=str(move.reason), max_length=500)
        self.fields["indicator"].choices = named  # type: ignore[attr-defined]
        self.fields["period_code"].choices = [(one.code, str(one.title)) for one in periods]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(organisation=organisation)  # type: ignore[attr-defined]

    @property
    def draft(self) -> TargetDraft:
        """This will give the target the checked form says; a reason goes with the deed."""
        kept = (one.name for one in fields(TargetDraft))
        return TargetDraft(**{name: self.cleaned_data[name] for name in kept})


class ApproveForm(forms.Form):
    """The decision that approves a plan."""

    decision = forms.CharField(label=_("Số quyết định"), max_length=80)
    on = DayField(label=_("Ngày quyết định"))

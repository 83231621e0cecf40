"""Forms of the register of instruments."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.fields import DayField, WholeField, typed_rows
from quacan.centre.instruments.actions import InstrumentDraft
from quacan.centre.instruments.library import wanted_of
from quacan.centre.instruments.models import Instrument
from quacan.centre.instruments.queries import kind_choices
from quacan.centre.parties.models import Establishment, Party
from quacan.centre.parties.queries import establishments_of


class InstrumentForm(forms.Form):
    """What is on an instrument's nameplate."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind_code = forms.ChoiceField(label=_("Loại phương tiện đo"), choices=kind_choices)
    serial = forms.CharField(label=_("Số hiệu"), max_length=80, help_text=_("Như ghi trên nhãn."))
    name = forms.CharField(
        label=_("Tên gọi"), max_length=200, required=False, help_text=_("Để trống thì gọi theo loại.")
    )
    type = forms.CharField(label=_("Kiểu"), max_length=80, required=False)
    maker = forms.CharField(label=_("Hãng sản xuất"), max_length=120, required=False)
    made_in = forms.CharField(label=_("Nước sản xuất"), max_length=60, required=False)
    year = WholeField(
        label=_("Năm sản xuất"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )

    def draft_with(self, characteristics: Mapping[str, str]) -> InstrumentDraft:
        """What was typed, as the actions take it."""
        kept = {k: v for k, v in self.cleaned_data.items() if k not in {"version", "establishment"}}
        return InstrumentDraft(**kept, characteristics=characteristics)


class NewInstrumentForm(InstrumentForm):
    """The nameplate and where the instrument stands."""

    establishment = forms.ModelChoiceField(
        label=_("Nơi đặt"),
        queryset=Establishment.objects.none(),
        required=False,
        empty_label=_("— chưa rõ —"),
    )

    def __init__(self, *args: Any, owner: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["establishment"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = establishments_of(owner)


class MoveForm(forms.Form):
    """To whom and where an instrument goes."""

    establishment = forms.ModelChoiceField(
        label=_("Nơi đặt"),
        queryset=Establishment.objects.none(),
        required=False,
        empty_label=_("— chưa rõ —"),
    )
    on = DayField(label=_("Từ ngày"))
    note = forms.CharField(label=_("Ghi chú"), max_length=120, required=False)

    def __init__(self, *args: Any, owner: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["establishment"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = establishments_of(owner)


class UseForm(forms.Form):
    """From which day an instrument is used otherwise; how is said by the button."""

    on = DayField(label=_("Từ ngày"))
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)


@dataclass(frozen=True, slots=True)
class Characteristic:
    """A characteristic as the form shows it: asked for by procedures (label, unit, choices) or free (name)."""

    key: str
    label: str
    unit: str
    choices: tuple[str, ...]
    value: str
    asked: bool


def characteristics_shown(kind_code: str, known: Mapping[str, str]) -> list[Characteristic]:
    """This will list what procedures ask of the kind with what is known, then what else is known."""
    asked = [
        Characteristic(
            one.key,
            str(one.label),
            one.unit,
            one.choices,
            known.get(one.key, ""),
            True,
        )
        for one in wanted_of(kind_code)
    ]
    keys = {one.key for one in asked}
    return asked + [Characteristic(k, k, "", (), v, False) for k, v in known.items() if k not in keys]


def typed_characteristics(data: QueryDict) -> dict[str, str]:
    """This will read the characteristics of a form: names and values side by side."""
    rows = typed_rows(data, ("c_key", "c_value"))
    return {row["c_key"].strip(): row["c_value"] for row in rows if row["c_key"].strip()}


def instrument_form_of(instrument: Instrument) -> InstrumentForm:
    """This will show what is known of an instrument for correction."""
    names = [name for name in InstrumentForm.base_fields if name != "version"]
    return InstrumentForm(
        initial={**{n: getattr(instrument, n) for n in names}, "version": instrument.version}
    )

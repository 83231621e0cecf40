"""The form of an activity: what every activity says, and what its kind asks."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from quacan.centre.activities.actions import ActivityDraft
from quacan.centre.activities.kinds import ActivityKind, Field
from quacan.centre.activities.rules import UNSTATED, value_problems
from quacan.centre.base.fields import DayField
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.parties.models import Party

PREFIX: Final = "v_"
SUGGESTING: Final = {
    "list": "party-list",
    "autocomplete": "off",
    "hx-get": reverse_lazy("activities:parties"),
    "hx-trigger": "input changed delay:250ms",
    "hx-target": "#party-list",
    "hx-params": "party_text",
}
MODES: Final = {"count": "numeric", "money": "numeric", "decimal": "decimal"}


class ActivityForm(forms.Form):
    """What every activity says; the fields of the kind stand beside it, named ``v_`` and their key."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind_code = forms.ChoiceField(label=_("Loại hoạt động"))
    occurred_on = DayField(label=_("Ngày"))
    ended_on = DayField(label=_("Đến ngày"), required=False)
    title = forms.CharField(label=_("Tên hoạt động"), max_length=300)
    place = forms.CharField(label=_("Nơi"), max_length=200, required=False)
    unit = forms.ModelChoiceField(
        label=_("Phòng, tổ"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("— cả đơn vị —"),
    )
    party_text = forms.CharField(
        label=_("Đối tượng"),
        required=False,
        max_length=300,
        help_text=_("Gõ vài chữ rồi chọn trong danh sách."),
        widget=forms.TextInput(attrs=SUGGESTING),
    )
    note = forms.CharField(
        label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=5000
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        kinds: tuple[ActivityKind, ...],
        kind: ActivityKind | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["kind_code"].choices = [("", "—"), *_grouped(kinds)]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(organisation=organisation)  # type: ignore[attr-defined]
        for field in kind.fields if kind else ():
            self.fields[PREFIX + field.key] = self._kind_field(field)

    def _kind_field(self, field: Field) -> forms.Field:
        label = str(field.label)
        if field.type == "choice":
            words = [(one.code, str(one.name)) for one in field.choices]
            return forms.ChoiceField(label=label, choices=[("", "—"), *words], required=field.required)
        if field.type == "text":
            return forms.CharField(label=label, required=field.required, max_length=5000)
        attrs = {"inputmode": MODES[field.type], "class": "number", "autocomplete": "off"}
        return forms.CharField(
            label=label, required=field.required, max_length=60, widget=forms.TextInput(attrs=attrs)
        )

    @property
    def hint(self) -> str:
        """This will say how a number may be stated when it is not exact, where the kind asks for one."""
        counts = self.kind is not None and any(field.type == "count" for field in self.kind.fields)
        said = _("Số đếm được ghi >500, ≥30, khoảng 40, hoặc “{unstated}”.")
        return said.format(unstated=UNSTATED) if counts else ""

    @property
    def kind_fields(self) -> list[tuple[forms.BoundField, str, str]]:
        """This will give the fields the kind asks, each with its unit and whether it is as wide as the form."""
        fields = self.kind.fields if self.kind else ()
        return [(self[PREFIX + one.key], one.unit, "wide" if one.type == "text" else "") for one in fields]

    @property
    def left_over(self) -> dict[str, str]:
        """This will give what was typed for another kind, so that choosing it again loses nothing."""
        typed: Mapping[str, Any] = self.data or self.initial
        return {
            name: str(value)
            for name, value in typed.items()
            if name.startswith(PREFIX) and name not in self.fields and value
        }

    @property
    def values(self) -> dict[str, str]:
        """This will give what was typed in the kind's fields, by their keys."""
        fields = self.kind.fields if self.kind else ()
        return {field.key: str(self.data.get(PREFIX + field.key, "")) for field in fields}

    def clean(self) -> dict[str, Any]:
        """This will put every problem of the kind's fields beside its field."""
        cleaned = super().clean() or {}
        for problem in value_problems(self.kind, self.values) if self.kind else ():
            name = PREFIX + problem.field.key
            if name not in self.errors:
                self.add_error(name, str(problem.why))
        return cleaned

    def draft(self, party: Party | None) -> ActivityDraft:
        """This will give what the checked form says; the party was found by who calls."""
        kept = ("kind_code", "occurred_on", "ended_on", "title", "place", "unit", "note")
        return ActivityDraft(
            **{name: self.cleaned_data[name] for name in kept}, values=self.values, party=party
        )


def _grouped(kinds: tuple[ActivityKind, ...]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in kinds:
        groups.setdefault(str(one.group), []).append((one.code, str(one.name)))
    return list(groups.items())


class EvidenceForm(forms.Form):
    """A file kept as evidence."""

    file = forms.FileField(label=_("Tệp minh chứng"))

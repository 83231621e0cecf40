"""Forms of the register of parties."""

from django import forms
from django.utils.translation import gettext_lazy as _

from quacan.centre.organisation.models import Organisation
from quacan.centre.parties.actions import EstablishmentDraft, PartyDraft
from quacan.centre.parties.models import Establishment, Party


class PartyForm(forms.Form):
    """What is known of a party."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Tên đối tượng"), max_length=250, widget=forms.TextInput(attrs={"autofocus": True})
    )
    kind = forms.ChoiceField(label=_("Loại"), choices=Party.Kind.choices)
    tax_code = forms.CharField(
        label=_("Mã số thuế"),
        max_length=18,
        required=False,
        help_text=_("10 số, 10-3 số của đơn vị phụ thuộc, hoặc 12 số định danh."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    address = forms.CharField(label=_("Địa chỉ"), max_length=250, required=False)
    province = forms.CharField(
        label=_("Tỉnh, thành phố"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "provinces"}),
    )
    phone = forms.CharField(
        label=_("Điện thoại"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    representative = forms.CharField(label=_("Người đại diện"), max_length=150, required=False)
    representative_title = forms.CharField(label=_("Chức vụ"), max_length=100, required=False)

    @property
    def draft(self) -> PartyDraft:
        """What was typed, as the actions take it."""
        return PartyDraft(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


def party_form_of(party: Party) -> PartyForm:
    """This will show what is known of a party for correction."""
    names = [name for name in PartyForm.base_fields if name != "version"]
    known = {name: getattr(party, name) or "" for name in names}
    return PartyForm(initial={**known, "version": party.version})


class EstablishmentForm(forms.Form):
    """A place of business."""

    name = forms.CharField(label=_("Tên cơ sở"), max_length=250)
    address = forms.CharField(label=_("Địa chỉ"), max_length=250)
    commune = forms.CharField(label=_("Xã, phường"), max_length=80, required=False)
    province = forms.CharField(
        label=_("Tỉnh, thành phố"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "provinces"}),
    )

    @property
    def draft(self) -> EstablishmentDraft:
        """What was typed, as the actions take it."""
        return EstablishmentDraft(**self.cleaned_data)


def establishment_form_of(place: Establishment) -> EstablishmentForm:
    """This will show what is known of a place for correction."""
    return EstablishmentForm(initial={name: getattr(place, name) for name in EstablishmentForm.base_fields})


def new_party_form(organisation: Organisation) -> PartyForm:
    """This will offer an empty form, the province of the organisation filled in."""
    return PartyForm(initial={"kind": Party.Kind.ENTERPRISE, "province": organisation.province})

"""What is asked before a worksheet is opened or replaced."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.fields import DayField


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

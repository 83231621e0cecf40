"""Forms of follow-ups."""

from datetime import date
from typing import cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.base.fields import DayField
from quacan.centre.people.models import Person


class FollowUpForm(forms.Form):
    """What is to be done, by whom, by which day."""

    title = forms.CharField(label=gettext_lazy("Việc phải làm"), max_length=300)
    owner = forms.ChoiceField(label=gettext_lazy("Giao cho"))
    due_on = DayField(label=gettext_lazy("Hạn xong"))

    def __init__(self, *args: object, people: list[Person], on: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [(one.username, one.full_name) for one in people]
        self._on = on

    def clean_due_on(self) -> date:
        due_on = cast(date, self.cleaned_data["due_on"])
        if due_on < self._on:
            raise forms.ValidationError(_("Hạn đã qua; chọn hôm nay hoặc một ngày sau."))
        return due_on


class PassOnForm(forms.Form):
    """Who does it from now on."""

    owner = forms.ModelChoiceField(label=gettext_lazy("Người làm mới"), queryset=Person.objects.none())

    def __init__(self, *args: object, people: list[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = Person.objects.filter(pk__in=[one.pk for one in people])


class EvidenceForm(forms.Form):
    """What shows that it was done."""

    evidence = forms.CharField(
        label=gettext_lazy("Minh chứng"),
        help_text=gettext_lazy("Đã làm gì, số văn bản, nơi xem được kết quả."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

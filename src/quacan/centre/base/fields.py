"""Inputs that understand how people here write: days, money, exact numbers, rows of a table."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from quacan.metrology.quantities import NumberRefused, parse_number


class DayField(forms.DateField):
    """A day: chosen in the browser's calendar, or typed 20/11/2026."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"])
        super().__init__(**kwargs)


class WholeField(forms.IntegerField):
    """A whole number."""

    default_error_messages = {"invalid": _("Nhập một số nguyên, ví dụ 12.")}


class MoneyField(forms.CharField):
    """Whole đồng, grouped by full stops, commas or spaces as one likes: 1.500.000."""

    default_error_messages = {"invalid": _("Nhập số đồng nguyên, ví dụ 1.500.000.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"inputmode": "numeric", "class": "number", "autocomplete": "off"}),
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        digits = "".join(letter for letter in text if letter not in " .,\u00a0\u202f")
        if not digits and not self.required:
            return None
        if not digits.isdigit() or len(digits) > 15 or not digits.isascii():
            raise forms.ValidationError(self.error_messages["invalid"])
        return int(digits)


class ExactField(forms.CharField):
    """A number kept exactly, with a comma or a full stop as its decimal mark."""

    def __init__(
        self, *, at_least: Decimal | None = None, at_most: Decimal | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"inputmode": "decimal", "class": "number", "autocomplete": "off"}),
        )
        self.at_least, self.at_most = at_least, at_most
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text.strip():
            return None
        try:
            number = parse_number(text)
        except NumberRefused as refused:
            raise forms.ValidationError(_("Nhập một số, ví dụ 8 hoặc 7,5.")) from refused
        low, high = self.at_least, self.at_most
        if (low is not None and number < low) or (high is not None and number > high):
            raise forms.ValidationError(self._bounds())
        return number

    def _bounds(self) -> str:
        """What the bounds are, in words: both, or the one there is."""
        low, high = self.at_least, self.at_most
        if high is None:
            return _("Số phải từ %(low)s trở lên.") % {"low": low}
        if low is None:
            return _("Số không được quá %(high)s.") % {"high": high}
        return _("Số phải từ %(low)s đến %(high)s.") % {"low": low, "high": high}


def typed_rows(data: QueryDict, names: Iterable[str], *, prefix: str = "") -> list[dict[str, str]]:
    """This will read the rows of a table whose inputs repeat the same names.

    Rows of unequal length (a form made by hand) are cut to the shortest.
    """
    columns = {name: data.getlist(f"{prefix}{name}") for name in names}
    count = min((len(values) for values in columns.values()), default=0)
    return [{name: values[i] for name, values in columns.items()} for i in range(count)]

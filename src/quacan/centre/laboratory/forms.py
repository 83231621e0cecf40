"""The form by which a test is opened: the procedure and what it must know of the place."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.fields import DayField
from quacan.centre.base.language.texts import is_english
from quacan.centre.examinations.rules import said
from quacan.centre.instruments.library import Shelf
from quacan.centre.laboratory.actions import PlaceTestDraft
from quacan.centre.parties.models import Establishment

ASKED = "asked."


class PlaceTestForm(forms.Form):
    """The day, and every value that the procedure of this test must know before anything is measured."""

    performed_on = DayField(label=_("Ngày đo"))

    def __init__(self, *args: Any, shelf: Shelf, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shelf = shelf
        for one in shelf.procedure.characteristics:
            unit = f" ({one.unit})" if one.unit else ""
            self.fields[f"{ASKED}{one.key}"] = forms.CharField(
                max_length=60, label=f"{said(one.label, english=is_english())}{unit}"
            )

    def draft(self, establishment: Establishment, given: Mapping[str, Any]) -> PlaceTestDraft:
        """The test as it is asked for at a place."""
        asked = {
            name.removeprefix(ASKED): str(text) for name, text in given.items() if name.startswith(ASKED)
        }
        return PlaceTestDraft(establishment, self.shelf.procedure.code, given["performed_on"], asked)


def titles(shelves: Sequence[Shelf]) -> list[tuple[str, str]]:
    """Code and title of procedures, for whoever chooses one."""
    return [(one.procedure.code, said(one.procedure.title, english=is_english())) for one in shelves]

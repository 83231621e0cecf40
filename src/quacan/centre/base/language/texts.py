"""A name in two languages, said in the reader's."""

from dataclasses import dataclass

from django.utils.translation import get_language


def is_english() -> bool:
    """This will say whether the reader chose English; everybody else reads Vietnamese."""
    return (get_language() or "vi").startswith("en")


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """Vietnamese and English of one thing, as definitions give them; printed in the language now active."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.en if is_english() and self.en else self.vi

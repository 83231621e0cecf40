"""What the life of an instrument decides on plain values: characteristics, uses, validity."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from quacan.centre.base.language.folding import nfc
from quacan.metrology.quantities import NumberRefused, parse_number

DECIDES_VALIDITY: Final = frozenset({"verified", "failed", "superseded"})
"""Kinds of event after which an instrument's validity is what the event says."""

EVENT_OF_STATE: Final[Mapping[str, str]] = {"repair": "repaired", "stopped": "stopped", "in_use": "returned"}
"""The line in the life history that a change of use writes."""

_LOOKS_LIKE_A_NUMBER: Final = re.compile(r"[+\-−–]?[\d.,\s]*\d[\d.,\s]*")
_MOST: Final = 40


class CharacteristicRefused(ValueError):
    """A characteristic that cannot be kept; carries its name and why."""

    def __init__(self, name: str, why: str) -> None:
        self.name = name
        self.why = why
        super().__init__(f"{name}: {why}")


def tidy_characteristics(given: Mapping[str, str]) -> dict[str, str]:
    """This will keep characteristics as typed text by name, empty ones left out.

    A text made of digits and marks only must be one number by the written rules (comma or full stop as decimal
    mark): 1.234,5 is kept, 1,2,3 raises CharacteristicRefused.
    """
    if len(given) > _MOST:
        raise CharacteristicRefused("", f"> {_MOST}")
    kept = {}
    for name, value in given.items():
        key, text = " ".join(nfc(name).split()), " ".join(nfc(str(value)).split())
        if not text:
            continue
        if not key or len(key) > 60 or len(text) > 200:
            raise CharacteristicRefused(key or text, "1–60 / 1–200")
        if _LOOKS_LIKE_A_NUMBER.fullmatch(text):
            _refuse_unreadable(key, text)
        kept[key] = text
    return kept


def _refuse_unreadable(key: str, text: str) -> None:
    try:
        parse_number(text)
    except NumberRefused as refused:
        raise CharacteristicRefused(key, f"“{text}”") from refused


def days_left(valid_until: date | None, on: date) -> int | None:
    """This will count the days an instrument may still be used, negative when it is overdue."""
    return None if valid_until is None else (valid_until - on).days

"""A name in two languages as definitions write it: ``name_vi`` and ``name_en``, or a table of ``vi`` and ``en``."""

from collections.abc import Mapping
from typing import Any

from quacan.centre.base.definitions.schema import Key, text
from quacan.centre.base.language.texts import Text


def pair_keys(name: str = "") -> dict[str, Key]:
    """The two keys of a pair, both required, for a schema: of a named thing, or of a table that is the pair."""
    return {key: text() for key in _keys(name)}


def pair_of(row: Mapping[str, Any], name: str = "") -> Text:
    """This will read the pair a definition gives for a name, or the pair that the table itself is."""
    vi, en = _keys(name)
    return Text(row[vi], row[en])


def _keys(name: str) -> tuple[str, str]:
    return (f"{name}_vi", f"{name}_en") if name else ("vi", "en")

"""Words for the codes in the book, as the departments declare them, and names of indicators."""

from quacan.centre.base.departments import departments
from quacan.centre.base.language.texts import Text
from quacan.centre.base.refusals import Words
from quacan.centre.base.wording import dimension_word as dimension_name
from quacan.centre.base.wording import noun_word
from quacan.centre.base.wording import value_word as dimension_value
from quacan.centre.reporting.definitions import Indicator

__all__ = ["dimension_name", "dimension_value", "indicator_name", "source_kind", "sources"]


def indicator_name(indicator: Indicator) -> str:
    """The name of an indicator in the reader's language."""
    return str(Text(indicator.name_vi, indicator.name_en))


def sources() -> tuple[tuple[str, Words], ...]:
    """The kinds of record entries stand for: how references to them begin, and their nouns."""
    return tuple((f"{model}:", noun_word(model)) for one in departments() for model in one.tracers)


def source_kind(reference: str) -> str:
    """The noun of the kind of record a source reference is of."""
    return noun_word(reference.partition(":")[0])

"""Words for the codes in the book, as the departments declare them."""

from quacan.centre.base.departments import departments
from quacan.centre.base.refusals import Words
from quacan.centre.base.wording import dimension_word as dimension_name
from quacan.centre.base.wording import measure_word as measure_name
from quacan.centre.base.wording import noun_word
from quacan.centre.base.wording import value_word as dimension_value

__all__ = ["dimension_name", "dimension_value", "measure_name", "source_kind", "sources"]


def sources() -> tuple[tuple[str, Words], ...]:
    """The kinds of record entries stand for: how references to them begin, and their nouns."""
    return tuple((f"{model}:", noun_word(model)) for one in departments() for model in one.tracers)


def source_kind(reference: str) -> str:
    """The noun of the kind of record a source reference is of."""
    return noun_word(reference.partition(":")[0])

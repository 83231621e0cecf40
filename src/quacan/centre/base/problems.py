"""What a proof finds: a record that is not as it must be, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flaw:
    """One broken promise: the record, a sentence, the remedy."""

    record: str
    sentence: str
    remedy: str

"""What an examination must be told of its subject by whoever knows it: an instrument on order, a standard, a place.

Every kind of examination answers these two questions (``Examination.terms`` and ``Examination.subject``); nothing else
about a subject is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

VERIFICATION: Final = "verification"
CALIBRATION: Final = "calibration"
TESTING: Final = "testing"


@dataclass(frozen=True, slots=True)
class Terms:
    """By what an examination is laid out and judged; asked often, so that it reads nothing beyond the record.

    *event* is the procedure's (initial, periodic …), *service* what is done (verification, calibration, testing),
    *identity* what names the subject in the digest of the content, *replaces* the key of an examination done anew.
    """

    event: str
    service: str
    identity: Mapping[str, object]
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured or tested: its kind (instrument, standard, place), its name, and what its register says now.

    *card* is the field whose verifier's card the law asks of the performer, '' where it asks for none.
    """

    kind: str
    name: str
    characteristics: Mapping[str, Any]
    card: str = ""

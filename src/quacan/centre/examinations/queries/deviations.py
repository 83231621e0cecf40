"""What of a worksheet was accepted by a signed deviation, and whether that still stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from quacan.centre.base.chain import canonical, digest
from quacan.centre.examinations.models import Deviation, Examination

OVERRIDABLE: Final = ("condition", "range", "ratio", "intermediate_check")
"""Obstacles a deviation may override. Never: a card, an authorisation, a certificate, anything that is missing."""

MARK: Final = 16


@dataclass(frozen=True, slots=True)
class DeviationView:
    """A deviation as screen and paper show it; it no longer stands once what it was granted for has changed."""

    obstacle: str
    key: str
    sentence: str
    reason: str
    performer: str
    granted_by: str
    granted_at: datetime
    stands: bool


def waived(sheet: Examination, *, certificate: int | None = None) -> frozenset[tuple[str, str]]:
    """This will give the obstacles of a worksheet overridden by signed deviations, as (obstacle, key) pairs.

    The key is that of a condition or of a need. A deviation holds for what it was granted for alone: when the
    condition is typed anew, or for another certificate than the one named, it does not count. *certificate* asks
    for a certificate that is to serve a need; without it the chosen ones are meant.
    """
    return frozenset(
        (row.obstacle, key_of(row)) for row in sheet.deviations.all() if _stands(sheet, row, certificate)
    )


def _stands(sheet: Examination, row: Deviation, certificate: int | None = None) -> bool:
    now = subject_of(sheet, row.obstacle, key_of(row), certificate=certificate)
    return row.obstacle in OVERRIDABLE and row.subject == now


def waived_conditions(sheet: Examination) -> frozenset[str]:
    """This will name the conditions accepted although outside their limits."""
    return frozenset(key for obstacle, key in waived(sheet) if obstacle == "condition")


def deviations_of(sheet: Examination) -> tuple[DeviationView, ...]:
    """This will list the signed deviations of a worksheet in the order they were granted."""
    rows = sorted(sheet.deviations.all(), key=lambda row: row.pk)
    return tuple(
        DeviationView(
            obstacle=row.obstacle,
            key=key_of(row),
            sentence=row.sentence,
            reason=row.reason,
            performer=row.performer.full_name,
            granted_by=row.granted_by.full_name,
            granted_at=row.granted_at,
            stands=_stands(sheet, row),
        )
        for row in rows
    )


def key_of(row: Deviation) -> str:
    """This will give the key of the condition or need a deviation is about."""
    return row.subject.partition("@")[0]


def subject_of(sheet: Examination, obstacle: str, key: str, *, certificate: int | None = None) -> str:
    """This will name what a deviation is about, with a mark of how it stands now; '' when nothing stands yet.

    For a condition the mark comes from what is typed at start and end; for a need it is the certificate given, or
    else the chosen one.
    """
    if obstacle == "condition":
        typed = {row.moment: row.text for row in sheet.conditions.all() if row.key == key}
        return f"{key}@{digest(canonical(typed))[:MARK]}" if typed else ""
    uses = {use.need: use.certificate_id for use in sheet.standard_uses.all()}
    named = certificate or uses.get(key)
    return f"{key}@{named}" if named else ""

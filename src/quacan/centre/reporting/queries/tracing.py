"""From a figure to the reading: indicator → ledger entries → source record → document → what was typed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from quacan.centre.base.departments import TracedSource, departments
from quacan.centre.ledger.models import Entry


@dataclass(frozen=True, slots=True)
class TracedEntry:
    """One ledger entry of a figure with everything below it."""

    seq: int
    occurred_on: date
    recorded_at: datetime
    measure: str
    quantity: Decimal
    amount: int
    dimensions: dict[str, str]
    reverses: int | None
    hash: str
    source: TracedSource = field(default_factory=lambda: TracedSource("", 0, "", "", ""))


def trace(entries: Iterable[Entry], *, readings: bool = True) -> list[TracedEntry]:
    """This will open entries down to their readings (or to their records only)."""
    return [_traced(entry, readings=readings) for entry in entries]


def _traced(entry: Entry, *, readings: bool) -> TracedEntry:
    return TracedEntry(
        seq=entry.seq,
        occurred_on=entry.occurred_on,
        recorded_at=entry.recorded_at,
        measure=entry.measure,
        quantity=entry.quantity,
        amount=entry.amount,
        dimensions=json.loads(entry.dimensions),
        reverses=entry.reverses.seq if entry.reverses else None,
        hash=entry.hash,
        source=source_of(entry.source, readings=readings),
    )


def source_of(reference: str, *, readings: bool = True) -> TracedSource:
    """This will open the record a ledger entry names."""
    label, _sep, key = reference.partition(":")
    openers = (one.tracers[label] for one in departments() if label in one.tracers)
    opener = next(openers, None)
    found = opener(int(key), readings) if opener else None
    return found or TracedSource(label, int(key), reference, "", _("không còn bản ghi nguồn"))

"""From a figure to the reading: indicator → ledger entries → source record → document → what was typed."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from quacan.centre.activities.kinds import kind_version
from quacan.centre.activities.models import Activity
from quacan.centre.base.models import Document
from quacan.centre.certificates.models import Outcome, Stamp, StampBatch
from quacan.centre.contracts.models import Contract
from quacan.centre.ledger.models import Entry
from quacan.centre.verification.models import Worksheet


@dataclass(frozen=True, slots=True)
class TracedReading:
    """What somebody typed: the cell, the text, who, when, supported by which standard."""

    cell: str
    text: str
    revision: int
    entered_by: str
    entered_at: datetime | None
    standard: str = ""


@dataclass(frozen=True, slots=True)
class TracedSource:
    """The record an entry stands for, its document and what was typed on it."""

    type: str
    id: int
    label: str
    url: str
    summary: str
    document: str = ""
    document_state: str = ""
    document_sha256: str = ""
    readings: tuple[TracedReading, ...] = ()


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
    opener = _OPENERS.get(label)
    found = opener(int(key), readings) if opener else None
    return found or TracedSource(label, int(key), reference, "", _("không còn bản ghi nguồn"))


def _worksheet(key: int, readings: bool) -> TracedSource | None:
    sheet = Worksheet.objects.select_related("instrument").filter(pk=key).first()
    if sheet is None:
        return None
    outcome = Outcome.objects.select_related("document").filter(worksheet=sheet).first()
    typed: tuple[TracedReading, ...] = ()
    if readings:
        rows = sheet.readings.select_related("standard_certificate__standard").order_by("cell", "revision")
        typed = tuple(
            TracedReading(
                row.cell,
                row.text,
                row.revision,
                row.entered_by,
                row.entered_at,
                f"{row.standard_certificate.standard.code} · {row.standard_certificate.number}"
                if row.standard_certificate
                else "",
            )
            for row in rows
        )
    return TracedSource(
        type="verification.Worksheet",
        id=key,
        label=sheet.number,
        url=f"/kiem-dinh/{key}/",
        summary=f"{sheet.instrument} · {sheet.performed_on:%d/%m/%Y} · {sheet.get_verdict_display()}",
        document=outcome.number if outcome else "",
        document_state=outcome.document.state if outcome else "",
        document_sha256=outcome.document.snapshot_sha256 if outcome else "",
        readings=typed,
    )


def _activity(key: int, readings: bool) -> TracedSource | None:
    found = Activity.objects.filter(pk=key).first()
    if found is None:
        return None
    kind = kind_version(found.kind_code, found.kind_version)
    attached = Document.objects.filter(attachment__activity=found).first()
    return TracedSource(
        type="activities.Activity",
        id=key,
        label=found.title,
        url=f"/hoat-dong/{key}/",
        summary=f"{kind.name} · {found.occurred_on:%d/%m/%Y} · {found.place}".rstrip(" ·"),
        document=attached.title if attached else "",
        document_state=attached.state if attached else "",
        document_sha256=attached.snapshot_sha256 if attached else "",
        readings=tuple(
            TracedReading(
                str(f.label), found.values[f.key], found.version, found.changed_by or found.recorded_by, None
            )
            for f in kind.fields
            if f.key in found.values
        ),
    )


def _contract(key: int, readings: bool) -> TracedSource | None:
    found = Contract.objects.select_related("party").filter(pk=key).first()
    if found is None:
        return None
    return TracedSource(
        "contracts.Contract", key, str(found), f"/hop-dong/{key}/", str(found.party), found.number
    )


def _batch(key: int, readings: bool) -> TracedSource | None:
    found = StampBatch.objects.filter(pk=key).first()
    if found is None:
        return None
    label = f"{found.series} {found.first}–{found.last}"
    return TracedSource("certificates.StampBatch", key, label, "/tem/", f"{found.received_on:%d/%m/%Y}")


def _outcome(key: int, readings: bool) -> TracedSource | None:
    found = Outcome.objects.select_related("document", "instrument").filter(pk=key).first()
    if found is None:
        return None
    return TracedSource(
        "certificates.Outcome",
        key,
        found.number,
        f"/chung-nhan/{key}/",
        str(found.instrument),
        found.number,
        found.document.state,
        found.document.snapshot_sha256,
    )


def _stamp(key: int, readings: bool) -> TracedSource | None:
    found = Stamp.objects.filter(pk=key).first()
    if found is None:
        return None
    return TracedSource("certificates.Stamp", key, found.number, "/tem/", found.get_state_display())


_OPENERS: dict[str, Callable[[int, bool], TracedSource | None]] = {
    "verification.Worksheet": _worksheet,
    "activities.Activity": _activity,
    "contracts.Contract": _contract,
    "certificates.StampBatch": _batch,
    "certificates.Outcome": _outcome,
    "certificates.Stamp": _stamp,
}

"""Traces and restatements as plain data for JSON."""

from typing import Any

from quacan.centre.base.departments import TracedSource
from quacan.centre.ledger.models import ClosedPeriod, Entry
from quacan.centre.reporting.definitions import Indicator
from quacan.centre.reporting.queries.composition import figure_text
from quacan.centre.reporting.queries.figures import Scope, entries_behind, figure, number, period_json
from quacan.centre.reporting.queries.restatements import Restated
from quacan.centre.reporting.queries.tracing import TracedEntry, trace


def trace_json(scope: Scope, indicator: Indicator, *, limit: int | None = None) -> dict[str, Any]:
    """This will open an indicator down to its readings: entries, each with its record, document and readings."""
    behind = entries_behind(scope, indicator).select_related("reverses")
    found = figure(scope, indicator)
    opened = trace(behind if limit is None else behind[:limit])
    return {
        "indicator": indicator.code,
        "name": indicator.name.vi,
        "unit": indicator.unit.vi,
        "organisation": scope.organisation.code,
        "period": period_json(scope),
        "value": number(found.value),
        "qualifier": found.qualifier or None,
        "text": figure_text(found),
        "entries_total": behind.count(),
        "entries": [_entry(one) for one in opened],
    }


def restatement_json(closed: ClosedPeriod, rows: list[Restated], scope: Scope) -> dict[str, Any]:
    """This will set the published figures beside today's, with the late entries that part them."""
    late = {entry.pk for row in rows for entry in row.entries}
    return {
        "organisation": closed.organisation.code,
        "period": period_json(scope),
        "late_entries": len(late),
        "indicators": [
            {
                "code": row.indicator.code,
                "name": row.indicator.name.vi,
                "unit": row.indicator.unit.vi,
                "published": number(row.published.value),
                "published_qualifier": row.published.qualifier or None,
                "now": number(row.now.value),
                "now_qualifier": row.now.qualifier or None,
                "difference": number(row.difference),
                "entries": [_late(entry) for entry in row.entries],
            }
            for row in rows
        ],
    }


def _late(entry: Entry) -> dict[str, Any]:
    return _entry(trace([entry], readings=False)[0], readings=False)


def _entry(one: TracedEntry, *, readings: bool = True) -> dict[str, Any]:
    found: dict[str, Any] = {
        "seq": one.seq,
        "occurred_on": one.occurred_on.isoformat(),
        "recorded_at": one.recorded_at.isoformat(),
        "measure": one.measure,
        "quantity": number(one.quantity),
        "amount": one.amount,
        "dimensions": one.dimensions,
        "reverses": one.reverses,
        "hash": one.hash,
        "source": {
            "type": one.source.type,
            "id": one.source.id,
            "label": one.source.label,
            "summary": one.source.summary,
        },
        "document": _document(one.source),
    }
    if readings:
        found["readings"] = [
            {
                "cell": row.cell,
                "text": row.text,
                "revision": row.revision,
                "entered_by": row.entered_by,
                "entered_at": row.entered_at.isoformat() if row.entered_at else None,
                "standard": row.standard or None,
            }
            for row in one.source.readings
        ]
    return found


def _document(source: TracedSource) -> dict[str, Any] | None:
    if not source.document:
        return None
    return {
        "number": source.document,
        "state": source.document_state or None,
        "sha256": source.document_sha256 or None,
    }

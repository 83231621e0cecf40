"""Reads of worksheets: which ones, what is typed on them, what it comes to."""

from collections import Counter
from collections.abc import Collection, Iterable
from copy import copy
from zoneinfo import ZoneInfo

from django.db.models import Count, prefetch_related_objects

from quacan.centre.base.chain import canonical, digest
from quacan.centre.examinations.models import (
    Condition,
    Deviation,
    Examination,
    Photo,
    Reading,
    Run,
    Seal,
    StandardUse,
)
from quacan.centre.examinations.queries.deviations import waived_conditions
from quacan.centre.examinations.queries.stated_uncertainty import judged
from quacan.centre.examinations.rules import content_digest, reading_digest
from quacan.centre.instruments.library import frozen, laid_out
from quacan.centre.instruments.library import prepared as ready
from quacan.metrology.procedure import Prepared, SheetLayout, SheetResult

UTC = ZoneInfo("UTC")


def current_readings(sheet: Examination, *, cells: Collection[str] | None = None) -> dict[str, Reading]:
    """This will give the newest revision of every cell since the last adjustment (as left), or of all without one.

    *cells* keeps the reading to those.
    """
    return {row.cell: row for row in _revisions(sheet, since=-1, cells=cells)}


def newest_revisions(sheet: Examination, *, cells: Collection[str] | None = None) -> dict[str, Reading]:
    """This will give the newest revision of every cell (or of *cells*), whether an adjustment came after it or not."""
    return {row.cell: row for row in _revisions(sheet, cells=cells)}


def prefetched(sheet: Examination) -> Examination:
    """A copy of a worksheet with everything written on it: the reads of that copy ask nothing more.

    It shows the worksheet as it stands now; what is written afterwards is not in it.
    """
    found = copy(sheet)
    found.__dict__["_prefetched_objects_cache"] = {}
    prefetch_related_objects(
        [found],
        "readings",
        "runs",
        "conditions",
        "deviations__performer",
        "deviations__granted_by",
        "standard_uses__certificate__standard",
    )
    return found


def uses_of(sheet: Examination) -> dict[str, StandardUse]:
    """This will give the chosen certificate, with its standard, of every need that has one."""
    rows = sheet.standard_uses.all()
    if not _is_prefetched(sheet, "standard_uses"):
        rows = rows.select_related("certificate__standard")
    return {use.need: use for use in rows}


def times_written(sheet: Examination) -> dict[str, int]:
    """This will count the revisions of every cell."""
    if _is_prefetched(sheet, "readings"):
        return Counter(row.cell for row in sheet.readings.all())
    rows = sheet.readings.values_list("cell").order_by().annotate(times=Count("id"))
    return dict(rows)


def _is_prefetched(sheet: Examination, name: str) -> bool:
    return name in getattr(sheet, "_prefetched_objects_cache", {})


def found_readings(sheet: Examination) -> dict[str, Reading]:
    """This will give what stood in every cell before the first adjustment (as found); empty without one."""
    return {row.cell: row for row in _revisions(sheet, until=0)} if adjustments(sheet) else {}


def adjustments(sheet: Examination) -> list[Run]:
    """This will list the adjustments of an instrument during its worksheet, the first first."""
    runs = (run for run in sheet.runs.all() if run.kind == Run.Kind.ADJUST)
    return sorted(runs, key=lambda run: run.ordinal)


def _revisions(
    sheet: Examination,
    *,
    since: int | None = None,
    until: int | None = None,
    cells: Collection[str] | None = None,
) -> Iterable[Reading]:
    """Everything written, the newest last: *since* or *until* the adjustment at that place of the list, if any.

    Nothing more is read where the readings and the runs were prefetched.
    """
    if _is_prefetched(sheet, "readings"):
        rows: Iterable[Reading] = sorted(sheet.readings.all(), key=lambda row: row.revision)
    else:
        found = sheet.readings.select_related("run", "standard_certificate").order_by("revision")
        rows = found if cells is None else found.filter(cell__in=cells)
    adjusted = adjustments(sheet) if (since, until) != (None, None) else []
    if not adjusted:
        return rows
    ordinals = {run.pk: run.ordinal for run in sheet.runs.all()}
    first = 0 if since is None else adjusted[since].ordinal
    end = max(ordinals.values()) + 1 if until is None else adjusted[until].ordinal
    return [row for row in rows if first <= ordinals[row.run_id] < end]


def typed_cells(sheet: Examination) -> dict[str, str]:
    """This will give what now stands in every cell; withdrawn cells are absent."""
    return {cell: row.text for cell, row in current_readings(sheet).items() if row.text}


def typed_conditions(sheet: Examination) -> dict[str, list[str]]:
    """This will give every condition at start and end; a moment not recorded is empty, so it counts as missing."""
    procedure, _limits = frozen(sheet.procedure_text, sheet.limits_text)
    typed = {(row.key, row.moment): row.text for row in sheet.conditions.all()}
    return {
        rule.key: [typed.get((rule.key, m), "") for m in ("start", "end")] for rule in procedure.conditions
    }


def sheet_layout(sheet: Examination) -> SheetLayout:
    """This will lay the worksheet out for its instrument and event, by the procedure frozen with it."""
    return laid_out(
        sheet.procedure_text,
        sheet.limits_text,
        characteristics=canonical(sheet.characteristics),
        event=sheet.terms.event,
    )


def prepared_sheet(sheet: Examination) -> Prepared:
    """This will ready everything of a worksheet but its readings, by the definitions frozen with it."""
    return ready(
        sheet.procedure_text,
        sheet.limits_text,
        characteristics=canonical(sheet.characteristics),
        event=sheet.terms.event,
        on=sheet.performed_on,
        conditions=canonical(typed_conditions(sheet)),
        waived=waived_conditions(sheet),
    )


def evaluation(sheet: Examination) -> SheetResult:
    """This will evaluate what is typed now, by the procedure and limits frozen with the worksheet."""
    return judged_now(sheet, prepared_sheet(sheet))


def judged_now(sheet: Examination, prepared: Prepared) -> SheetResult:
    """What is typed now comes to, where the worksheet was readied already."""
    return judged(sheet, prepared, typed_cells(sheet))


def content_of(sheet: Examination) -> str:
    """This will give the digest of everything typed on a worksheet, as it stands in the tables.

    Photos, seals, deviations, budgets and the customer's decision rule enter it only where there are any.
    """
    readings = [_reading_row(row) for row in sheet.readings.all()]
    return content_digest(
        {
            "number": sheet.number,
            **sheet.terms.identity,
            "performed_on": sheet.performed_on,
            "performer": sheet.performer_id,
            "characteristics": sheet.characteristics,
            "procedure": sheet.procedure_text_id,
            "limits": sheet.limits_text_id,
        },
        readings,
        {
            "conditions": sorted(_condition_row(c) for c in sheet.conditions.all()),
            "standards": sorted([use.need, use.certificate_id] for use in sheet.standard_uses.all()),
            "runs": sorted([run.ordinal, run.kind, run.reason, run.opened_by] for run in sheet.runs.all()),
            **_evidence_rows(sheet),
            **_budget_rows(sheet),
        },
    )


def _budget_rows(sheet: Examination) -> dict[str, str]:
    rows = {
        "decision_rule": sheet.decision_rule,
        "budgets": digest(sheet.budgets) if sheet.budgets != "[]" else "",
    }
    return {name: text for name, text in rows.items() if text}


def _evidence_rows(sheet: Examination) -> dict[str, list[list[object]]]:
    photos = sheet.photos.all()
    if not _is_prefetched(sheet, "photos"):
        photos = photos.select_related("document")
    rows = {
        "photos": [_photo_row(one) for one in photos],
        "seals": [_seal_row(one) for one in sheet.seals.all()],
        "deviations": [_deviation_row(one) for one in sheet.deviations.all()],
    }
    return {name: sorted(some, key=repr) for name, some in rows.items() if some}


def _photo_row(one: Photo) -> list[object]:
    return [one.subject, one.caption, one.document.snapshot_sha256, one.added_by, one.withdrawn_reason]


def _seal_row(one: Seal) -> list[object]:
    photo = one.photo_id or 0
    return [one.moment, one.position, one.mark, one.condition, photo, one.entered_by, one.withdrawn_reason]


def _deviation_row(one: Deviation) -> list[object]:
    return [one.obstacle, one.subject, one.sentence, one.reason, one.performer_id, one.granted_by_id]


def _condition_row(row: Condition) -> list[str]:
    """Where a condition comes from is told only when it was not typed, so digests of old worksheets stand."""
    return [row.key, row.moment, row.text, *([row.origin] if row.origin else [])]


def _reading_row(row: Reading) -> list[object]:
    return [row.cell, row.revision, row.text, row.digest]


def digest_of(row: Reading) -> str:
    """This will give the digest a stored reading must carry."""
    return reading_digest(
        {
            "worksheet": row.examination_id,
            "run": row.run_id,
            "cell": row.cell,
            "revision": row.revision,
            "text": row.text,
            "standard": row.standard_certificate_id,
            "by": row.entered_by,
            "at": row.entered_at.astimezone(UTC).isoformat(),
        }
    )

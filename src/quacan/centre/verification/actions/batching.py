"""Work through a batch: decide the rows of a file, write them down, send the worksheets, check them. Step by step.

Every step is a deed of its own on so many rows, so that ten thousand need no more memory than five hundred, show how
far they are, and go on where they were broken off.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action
from quacan.centre.base.chain import canonical
from quacan.centre.base.refusals import Refusal
from quacan.centre.examinations.models import Condition, Reading, Run, StandardUse
from quacan.centre.examinations.queries import digest_of, refuse_unsuitable, sheet_layout
from quacan.centre.examinations.queries.content import newest_revisions
from quacan.centre.examinations.rules import step_of
from quacan.centre.standards.models import StandardCertificate
from quacan.centre.verification.actions.checking import approve_worksheet, return_worksheet, submit_worksheet
from quacan.centre.verification.actions.opening import refuse_incompetent
from quacan.centre.verification.actions.recording import use_standard
from quacan.centre.verification.models import Batch, BatchFile, BatchRow, Worksheet
from quacan.centre.verification.moves import (
    APPROVE_BATCH,
    RECORD_FILE,
    SHARE_STANDARD,
    SUBMIT_BATCH,
    WEIGH_FILE,
)
from quacan.centre.verification.queries.batches import (
    changed_cells,
    figures_of,
    living,
    sheets_of,
    weighed_rows,
)
from quacan.metrology.procedure import SheetLayout

Deed = Callable[[Act, Worksheet], bool]

WEIGHED_AT_ONCE = 2000
WRITTEN_AT_ONCE = 500
SENT_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class BatchStep:
    """How far a walk through a batch has come: *after* is the last position dealt with, 0 when all are."""

    done: int
    refused: tuple[str, ...]
    after: int


@action(WEIGH_FILE)
def weigh_bench_file(act: Act, file: BatchFile, *, at_most: int = WEIGHED_AT_ONCE) -> BatchFile:
    """This will decide the next rows of a file; when all are decided, the figures of the batch are kept with it."""
    act.nothing_changed()
    rows = weighed_rows(file, start=file.done, stop=min(file.done + at_most, file.total))
    BatchRow.objects.bulk_create(rows, batch_size=500)
    file.done = file.done + len(rows) if rows else file.total
    if file.done >= file.total:
        figures = figures_of(file)
        file.state, file.summary = BatchFile.State.WEIGHED, canonical(figures.as_json())
        act.noted(file, before=None, after={"verdicts": dict(figures.verdicts), "mapping": file.mapping})
    file.save(update_fields=["done", "state", "summary"])
    return file


@action(RECORD_FILE)
def record_bench_file(act: Act, file: BatchFile, *, at_most: int = WRITTEN_AT_ONCE) -> BatchFile:
    """This will write the next rows of a decided file on their worksheets; cells that stand so already are left alone.

    Writing over what was read before begins a correction on that worksheet and needs a reason. Rows whose unit is
    not plain, and worksheets no longer being measured, are passed over: the rows say so.
    """
    if file.state == BatchFile.State.WEIGHED:
        _begin(act, file)
    rows = list(file.rows.filter(ordinal__gt=file.done).order_by("ordinal")[:at_most])
    written = _write_rows(act, file, rows)
    file.done = rows[-1].ordinal if rows else file.total
    if file.done >= file.total:
        file.state, file.recorded_at = BatchFile.State.RECORDED, act.at
    file.save(update_fields=["done", "state", "reason", "recorded_at"])
    act.noted(
        file.batch,
        before=None,
        after={
            "file": file.sha256,
            "rows": [one.ordinal for one in rows[:1] + rows[-1:]],
            "worksheets": written,
        },
    )
    return file


def _begin(act: Act, file: BatchFile) -> None:
    if file.rows.filter(overrides__gt=0).exists():
        act.require_reason(_("sửa số đọc bằng tệp mới"))
    file.state, file.done, file.reason = BatchFile.State.RECORDING, 0, act.reason.strip()[:300]


def _write_rows(act: Act, file: BatchFile, rows: Iterable[BatchRow]) -> dict[str, int]:
    """The number of cells written, by worksheet."""
    by_sheet = {row.worksheet_id: row for row in rows if row.worksheet_id is not None and row.row}
    held = Worksheet.objects.select_for_update().filter(pk__in=by_sheet, state=Worksheet.State.DRAFT)
    sheets = sheets_of(held.order_by("pk").values_list("pk", flat=True))
    shapes = _shapes(act, sheets.values())
    wanted = {}
    for key, sheet in sheets.items():
        known = {cell.key for step in shapes[_sort(sheet)].steps for row in step.rows for cell in row.cells}
        read = {cell: text for cell, text in by_sheet[key].cells.items() if cell in known}
        wanted[key] = changed_cells(sheet, read)
    runs = _runs(act, file, sheets, [key for key, (_cells, overrides) in wanted.items() if overrides])
    readings = [
        one
        for key, (cells, _overrides) in wanted.items()
        for one in _readings(act, sheets[key], runs[key], cells, shapes[_sort(sheets[key])])
    ]
    Reading.objects.bulk_create(readings, batch_size=1000)
    _write_conditions(sheets.values(), file.mapping.get("conditions", {}), shapes)
    return {sheets[key].number: len(cells) for key, (cells, _overrides) in wanted.items() if cells}


def _sort(sheet: Worksheet) -> str:
    return canonical([sheet.characteristics, sheet.event, sheet.procedure_text_id])


def _shapes(act: Act, sheets: Iterable[Worksheet]) -> dict[str, SheetLayout]:
    """The layout of each sort of worksheet; its performer must still be fit and its standards suitable."""
    found: dict[str, SheetLayout] = {}
    checked: set[tuple[str, int, str]] = set()
    for sheet in sheets:
        sort = _sort(sheet)
        if sort not in found:
            found[sort] = sheet_layout(sheet)
            refuse_incompetent(sheet.job, procedure=sheet.procedure_code, on=sheet.performed_on)
        needs = {need.key: need for need in found[sort].standards}
        for use in sheet.standard_uses.all():
            key = (sort, use.certificate_id, use.need)
            if key not in checked and use.need in needs:
                checked.add(key)
                refuse_unsuitable(sheet, use.certificate, needs[use.need])
    return found


def _runs(
    act: Act, file: BatchFile, sheets: Mapping[int, Worksheet], corrected: Sequence[int]
) -> dict[int, Run]:
    """The run the new readings belong to: the last one, or a correction begun now."""
    last = {key: max(sheet.runs.all(), key=lambda run: run.ordinal) for key, sheet in sheets.items()}
    if corrected and not file.reason:
        act.require_reason(_("sửa số đọc bằng tệp mới"))
        file.reason = act.reason.strip()[:300]
    made = Run.objects.bulk_create(
        Run(
            examination=sheets[key],
            ordinal=last[key].ordinal + 1,
            kind=Run.Kind.CORRECT,
            reason=file.reason,
            opened_at=act.at,
            opened_by=act.actor.username,
        )
        for key in corrected
    )
    return last | {run.examination_id: run for run in made}


def _readings(
    act: Act, sheet: Worksheet, run: Run, cells: Mapping[str, str], shape: SheetLayout
) -> list[Reading]:
    uses = {use.need: use.certificate_id for use in sheet.standard_uses.all()}
    supporting = {step: uses[need.key] for need in shape.standards if need.key in uses for step in need.steps}
    newest = newest_revisions(sheet)
    found = []
    for cell, text in cells.items():
        row = Reading(
            examination=sheet,
            run=run,
            cell=cell,
            revision=newest[cell].revision + 1 if cell in newest else 1,
            text=text,
            standard_certificate_id=supporting.get(step_of(cell)),
            entered_by=act.actor.username,
            entered_at=act.at,
        )
        row.digest = digest_of(row)
        found.append(row)
    return found


def _write_conditions(
    sheets: Iterable[Worksheet], given: Mapping[str, str], shapes: Mapping[str, SheetLayout]
) -> None:
    found = []
    for sheet in sheets:
        known = {rule.key for rule in shapes[_sort(sheet)].conditions}
        for name, text in given.items():
            key, _slash, moment = name.partition("/")
            if key in known:
                found.append(Condition(examination=sheet, key=key, moment=moment, text=text))
    Condition.objects.bulk_create(
        found,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["examination", "key", "moment"],
        update_fields=["text", "origin"],
    )


@action(SHARE_STANDARD)
def use_standard_on_bench(act: Act, batch: Batch, *, need: str, certificate: StandardCertificate) -> Batch:
    """This will choose the standard for a need on every worksheet of a batch still being measured."""
    act.nothing_changed()
    drafts = living(batch).filter(state=Worksheet.State.DRAFT)
    fresh = drafts.filter(readings__isnull=True)
    first = fresh.select_related("organisation", "procedure_text", "limits_text").first()
    if first is not None:
        use_standard(act, first, need=need, certificate=certificate)
        keys = list(fresh.exclude(pk=first.pk).values_list("pk", flat=True))
        _share_use(act, batch, keys, need, certificate)
    for sheet in drafts.filter(readings__isnull=False).distinct():
        use_standard(act, sheet, need=need, certificate=certificate)
    return batch


def _share_use(
    act: Act, batch: Batch, keys: Sequence[int], need: str, certificate: StandardCertificate
) -> None:
    """The same standard on worksheets nothing is typed on yet, each checked by its own characteristics."""
    sheets = sheets_of(keys)
    checked: dict[str, bool] = {}
    for sheet in sheets.values():
        if checked.setdefault(_sort(sheet), False):
            continue
        for one in sheet_layout(sheet).standards:
            if one.key == need:
                refuse_unsuitable(sheet, certificate, one)
        checked[_sort(sheet)] = True
    StandardUse.objects.bulk_create(
        (StandardUse(examination=sheet, need=need, certificate=certificate) for sheet in sheets.values()),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["examination", "need"],
        update_fields=["certificate"],
    )
    after = {"need": need, "certificate": certificate.pk, "worksheets": [s.number for s in sheets.values()]}
    act.noted(batch, before=None, after=after)


@action(SUBMIT_BATCH)
def submit_batch(act: Act, batch: Batch, *, after: int = 0, at_most: int = SENT_AT_ONCE) -> BatchStep:
    """This will send the next worksheets of a batch to be checked; what cannot be concluded stays, with its reason."""
    rows = living(batch).filter(state=Worksheet.State.DRAFT, position__gt=after)
    return _walk(act, batch, rows.select_related("organisation"), at_most, _submit)


@action(APPROVE_BATCH)
def approve_batch(
    act: Act, batch: Batch, *, leave: Iterable[int] = (), after: int = 0, at_most: int = SENT_AT_ONCE
) -> BatchStep:
    """This will approve the next submitted worksheets of a batch but those at the positions to *leave*.

    With a reason, those are sent back to their performer; without, they wait.
    """
    left = set(leave)
    rows = living(batch).filter(state=Worksheet.State.SUBMITTED, position__gt=after)

    def check(act: Act, sheet: Worksheet) -> bool:
        if sheet.position not in left:
            approve_worksheet(act, sheet)
            return True
        if act.reason.strip():
            return_worksheet(act, sheet)
        return False

    return _walk(act, batch, rows.select_related("organisation"), at_most, check)


def _submit(act: Act, sheet: Worksheet) -> bool:
    submit_worksheet(act, sheet)
    return True


def _walk(act: Act, batch: Batch, rows: QuerySet[Worksheet], at_most: int, deed: Deed) -> BatchStep:
    """Each worksheet on its own: what one is refused for does not hold up the others."""
    done, refused = 0, []
    ahead = list(rows[: at_most + 1])
    sheets = ahead[:at_most]
    for sheet in sheets:
        try:
            done += deed(act, sheet)
        except Refusal as refusal:
            refused.append(refusal.sentence)
    after = sheets[-1].position if len(ahead) > at_most else 0
    act.noted(batch, before=None, after={"done": done, "refused": len(refused)})
    return BatchStep(done, tuple(dict.fromkeys(refused)), after or 0)

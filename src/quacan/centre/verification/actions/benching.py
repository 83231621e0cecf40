"""A bench of many: enter benches, open a batch, take in its files and say how their columns are read."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image
from quacan.centre.base.chain import canonical, digest
from quacan.centre.base.documents import keep_file
from quacan.centre.base.language.folding import fold, nfc
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.base.registers import take_number, take_numbers
from quacan.centre.contracts.actions import start_jobs
from quacan.centre.contracts.models import Job, Order
from quacan.centre.examinations.actions import write_examinations
from quacan.centre.examinations.models import Run, StandardUse
from quacan.centre.examinations.refusals import NotPerformer
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.verification.actions.opening import (
    blank_sheet,
    choose_shelf,
    propose_standards,
    refuse_future,
    refuse_incompetent,
)
from quacan.centre.verification.library import Shelf
from quacan.centre.verification.models import Batch, BatchFile, BatchRow, Bench, Worksheet
from quacan.centre.verification.moves import ATTACH_FILE, MAP_FILE
from quacan.centre.verification.queries.batches import lacking, mapping_of, table_of
from quacan.centre.verification.refusals import BenchFileRefused, MappingWrong, NothingForBench
from quacan.centre.verification.rules import benches

AT_ONCE = 500


@action("worksheets.record")
def enter_bench(act: Act, organisation: Organisation, *, code: str, name: str, positions: int) -> Bench:
    """This will enter a test bench with its number of positions; its code is its own within the organisation."""
    act.require(organisation)
    code, name = nfc(code).strip(), " ".join(nfc(name).split())
    if not code or len(code) > 40:
        raise FieldWrong(field=_("Mã bàn"), why=_("từ 1 đến 40 ký tự"))
    if not name or len(name) > 150:
        raise FieldWrong(field=_("Tên bàn"), why=_("từ 1 đến 150 ký tự"))
    if isinstance(positions, bool) or not 1 <= positions <= benches.MOST_ROWS:
        raise FieldWrong(field=_("Số vị trí"), why=_("số nguyên từ 1"))
    if Bench.objects.filter(organisation=organisation, code=code).exists():
        raise FieldWrong(field=_("Mã bàn"), why=_("đã có bàn mang mã này"))
    bench = Bench.objects.create(
        organisation=organisation, code=code, name=name, positions=positions, folded=fold(f"{code} {name}")
    )
    act.created(bench)
    return bench


@action("worksheets.record")
def open_batch(
    act: Act,
    order: Order,
    *,
    bench: Bench,
    jobs: Sequence[Job],
    performed_on: date,
    procedure_code: str = "",
) -> Batch:
    """This will open the worksheets of many jobs of one order for a bench: all of them, or none.

    Positions follow the order of *jobs*. The jobs must wait for the person who opens them and be governed by one
    procedure; numbers are taken under one lock, and one audit line holds the list.
    """
    act.require(order.organisation, unit_id=order.unit_id)
    if bench.organisation_id != order.organisation_id:
        raise FieldWrong(field=_("Bàn"), why=_("thuộc cơ quan khác"))
    refuse_future(act, performed_on)
    shelf = _one_shelf(act, order, jobs, performed_on, procedure_code)
    batch = _new_batch(act, order, bench, shelf, len(jobs), performed_on)
    start_jobs(act, order, jobs=jobs)
    numbers = [
        one.text
        for one in take_numbers(
            act,
            order.organisation,
            kind="worksheet",
            subjects=[f"contracts.Job:{job.pk}" for job in jobs],
            on=performed_on,
        )
    ]
    _write_sheets(act, batch, shelf, list(zip(jobs, numbers, strict=True)))
    act.noted(batch, before=None, after={**image(batch), "worksheets": numbers})
    return batch


def _one_shelf(act: Act, order: Order, jobs: Sequence[Job], on: date, code: str) -> Shelf:
    """The procedure that governs them all; whoever opens them must be their performer, and fit for each sort."""
    if not jobs:
        raise NothingForBench(number=order.number)
    shelves: dict[str, Shelf] = {}
    checked: dict[tuple[object, ...], Shelf] = {}
    for job in jobs:
        if job.order_id != order.pk:
            raise FieldWrong(field=_("Việc"), why=_("thuộc phiếu việc khác"))
        if job.performer.username != act.actor.username:
            raise NotPerformer(performer=job.performer.full_name, number=order.number)
        sort = (
            job.instrument.kind_code,
            job.event,
            job.line.service,
            canonical(job.instrument.characteristics),
        )
        if sort not in checked:
            checked[sort] = choose_shelf(job, on, code)
            refuse_incompetent(job, procedure=checked[sort].procedure.code, on=on)
            shelves[checked[sort].procedure.code] = checked[sort]
    if len(shelves) > 1:
        raise FieldWrong(
            field=_("Lô"), why=_("các việc theo nhiều quy trình: {codes}").format(codes=", ".join(shelves))
        )
    return next(iter(shelves.values()))


def _new_batch(act: Act, order: Order, bench: Bench, shelf: Shelf, count: int, on: date) -> Batch:
    number = take_number(
        act, order.organisation, kind="bench_batch", subject=f"contracts.Order:{order.pk}", on=on
    ).text
    contract = order.contract
    return Batch.objects.create(
        organisation=order.organisation,
        unit=order.unit,
        bench=bench,
        order=order,
        number=number,
        performed_on=on,
        performer=Person.objects.get(username=act.actor.username),
        procedure_code=shelf.procedure.code,
        count=count,
        folded=fold(f"{number} {order.number} {contract.number} {contract.party.name} {bench}")[:600],
    )


def _write_sheets(act: Act, batch: Batch, shelf: Shelf, jobs: Sequence[tuple[Job, str]]) -> None:
    proposed: dict[str, list[tuple[int, str]]] = {}
    waiting = iter(enumerate(jobs, 1))
    while chunk := list(islice(waiting, AT_ONCE)):
        sheets = []
        for position, (job, number) in chunk:
            sheet = blank_sheet(job, shelf, batch.performed_on, number=number)
            sheet.batch, sheet.position = batch, position
            sheets.append(sheet)
        write_examinations(sheets)
        Run.objects.bulk_create(
            Run(
                examination=sheet,
                ordinal=1,
                kind=Run.Kind.FIRST,
                opened_at=act.at,
                opened_by=act.actor.username,
            )
            for sheet in sheets
        )
        _share_standards(sheets, shelf, proposed)


def _share_standards(
    sheets: Sequence[Worksheet], shelf: Shelf, proposed: dict[str, list[tuple[int, str]]]
) -> None:
    """What is proposed for one instrument serves every other with the same characteristics and event."""
    uses = []
    for sheet in sheets:
        sort = canonical([sheet.characteristics, sheet.event])
        if sort not in proposed:
            propose_standards(sheet, shelf)
            proposed[sort] = [(use.certificate_id, use.need) for use in sheet.standard_uses.all()]
            continue
        uses += [
            StandardUse(examination=sheet, certificate_id=certificate, need=need)
            for certificate, need in proposed[sort]
        ]
    StandardUse.objects.bulk_create(uses)


@action(ATTACH_FILE)
def attach_bench_file(act: Act, batch: Batch, *, name: str, content: bytes) -> BatchFile:
    """This will keep what a bench wrote about a batch; the same file a second time is the first one again."""
    if not content:
        raise FieldMissing(field=_("Tệp của bàn"))
    name = nfc(name).replace("/", "_")[-200:]
    table = benches.read_table(content, name=name)
    sha256 = digest(content)
    known = BatchFile.objects.filter(batch=batch, sha256=sha256).first()
    if known is not None:
        act.nothing_changed()
        return known
    document = keep_file(
        act,
        batch.organisation,
        kind="bench_file",
        title=name,
        name=name,
        content=content,
        about={"batch": batch.number, "rows": len(table.rows)},
    )
    file = BatchFile.objects.create(
        batch=batch,
        document=document,
        name=name,
        sha256=sha256,
        total=len(table.rows),
        added_by=act.actor.username,
        added_at=act.at,
    )
    act.created(file)
    return file


@action(MAP_FILE)
def map_bench_file(act: Act, file: BatchFile, *, mapping: Mapping[str, Any]) -> BatchFile:
    """This will say how a file's columns are read and begin its weighing anew; the bench remembers it for next time."""
    batch = file.batch
    table = table_of(file)
    if table is None:
        raise BenchFileRefused(name=file.name, why=_("bản lưu không còn nguyên vẹn; nhập lại tệp"))
    try:
        read = mapping_of(batch, table, mapping)
    except benches.MappingRefused as refused:
        raise MappingWrong(problems=" ".join(refused.problems)) from refused
    BatchRow.objects.filter(file=file).delete()
    total = len(table.rows) + lacking(batch, table, read)
    act.moved(file, mapping=read.as_json(), done=0, summary="{}", total=total)
    bench = Bench.objects.select_for_update().get(pk=batch.bench_id)
    bench.mappings = {**bench.mappings, batch.procedure_code: {**read.as_json(), "conditions": {}}}
    bench.save(update_fields=["mappings"])
    return file

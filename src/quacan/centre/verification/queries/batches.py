"""Batches on a bench: which, their files, what the rows of a file come to before anything is written."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base import store
from quacan.centre.base.chain import canonical
from quacan.centre.base.language.folding import fold
from quacan.centre.base.language.texts import is_english
from quacan.centre.base.models import FrozenText
from quacan.centre.base.refusals import NotFound
from quacan.centre.contracts.models import Job, Order
from quacan.centre.examinations.models import Reading
from quacan.centre.examinations.queries.content import current_readings, typed_conditions
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible
from quacan.centre.verification.library import frozen
from quacan.centre.verification.models import Batch, BatchFile, BatchRow, Bench, Worksheet
from quacan.centre.verification.rules import benches
from quacan.centre.verification.rules.benches.mapping import CellName
from quacan.metrology.procedure import SheetLayout, layout

FEWEST = 2
OWN_WORDS = frozenset({"missing_reading", "unreadable_reading"})


def batches(person: Person, *, on: date) -> QuerySet[Batch]:
    """This will list the batches a person may see, with how many of their worksheets stand where."""
    rows = Batch.objects.select_related("bench", "order__contract__party", "performer", "organisation")
    return visible(rows, person, "worksheets.see", on=on)


def counted(rows: QuerySet[Batch]) -> QuerySet[Batch]:
    """This will count the worksheets of each batch by stage and verdict."""
    return rows.annotate(
        drafts=Count("worksheets", filter=Q(worksheets__state="draft")),
        waiting=Count("worksheets", filter=Q(worksheets__state="submitted")),
        passed=Count("worksheets", filter=Q(worksheets__verdict="pass")),
        failed=Count("worksheets", filter=Q(worksheets__verdict="fail")),
    )


def batch_seen_by(person: Person, key: int, *, on: date) -> Batch:
    """This will find a batch a person may see, refusing any other as unknown."""
    found = batches(person, on=on).filter(pk=key).first()
    if found is None:
        raise NotFound(record=_("lô"))
    return found


def file_seen_by(person: Person, key: int, *, on: date) -> BatchFile:
    """This will find a bench's file of a batch a person may see, refusing any other as unknown."""
    seen = visible(Batch.objects.all(), person, "worksheets.see", on=on)
    rows = BatchFile.objects.select_related(
        "batch__bench", "batch__order__contract", "batch__performer", "batch__organisation", "document"
    )
    found = rows.filter(pk=key, batch__in=seen.order_by().values("pk")).first()
    if found is None:
        raise NotFound(record=_("tệp của bàn"))
    return found


def benches_of(organisation: Organisation) -> QuerySet[Bench]:
    """This will list the benches of an organisation."""
    return Bench.objects.filter(organisation=organisation).order_by("code")


def orders_for_batches(person: Person) -> QuerySet[Order]:
    """This will list the orders with several jobs that wait for a person, the earliest day first."""
    mine = Q(jobs__performer=person, jobs__state=Job.State.WAITING)
    rows = Order.objects.select_related("contract__party").annotate(mine=Count("jobs", filter=mine))
    return rows.filter(mine__gte=FEWEST).order_by("planned_on", "pk")


def jobs_for_batch(person: Person, order: Order) -> QuerySet[Job]:
    """This will list the jobs of an order that wait for a person, in the order they were given."""
    rows = order.jobs.filter(performer=person, state=Job.State.WAITING)
    return rows.select_related(
        "instrument__owner", "line", "performer", "order__organisation", "order__unit", "order__contract"
    ).order_by("pk")


def living(batch: Batch) -> QuerySet[Worksheet]:
    """This will give the worksheets of a batch that were not given up, by position."""
    return batch.worksheets.exclude(state=Worksheet.State.VOID).order_by("position")


def table_of(file: BatchFile) -> benches.Table | None:
    """This will read a file again as it was kept; None where the stored bytes are no longer what they were."""
    content = store.read(file.sha256)
    return None if content is None else benches.read_table(content, name=file.name)


def layouts_of(batch: Batch) -> list[SheetLayout]:
    """This will lay out every different worksheet of a batch."""
    found: dict[str, SheetLayout] = {}
    texts: dict[str, FrozenText] = {}
    columns = ("characteristics", "event", "procedure_text", "limits_text")
    for characteristics, event, *names in living(batch).order_by().values_list(*columns).distinct():
        sort = canonical([characteristics, event, names])
        if sort in found:
            continue
        texts |= FrozenText.objects.in_bulk([name for name in names if name not in texts])
        procedure, _limits = frozen(texts[names[0]], texts[names[1]])
        found[sort] = layout(procedure, characteristics=characteristics, event=event)
    return list(found.values())


def cells_of(batch: Batch) -> tuple[CellName, ...]:
    """This will name every cell the worksheets of a batch have."""
    found: dict[str, CellName] = {}
    for one in layouts_of(batch):
        for cell in benches.cell_names(one, english=is_english()):
            found.setdefault(cell.key, cell)
    return tuple(found.values())


def mapping_of(batch: Batch, table: benches.Table, given: Any) -> benches.Mapping:
    """This will check how columns are to be read against the table and the worksheets, or raise MappingRefused."""
    conditions = {rule.key for one in layouts_of(batch) for rule in one.conditions}
    return benches.read_mapping(given, columns=table.columns, cells=cells_of(batch), conditions=conditions)


def units_of(batch: Batch) -> list[benches.Unit]:
    """This will give the units of a batch by position."""
    rows = living(batch).values_list("pk", "position", "instrument__serial")
    return [benches.Unit(key, position or 0, serial) for key, position, serial in rows.iterator()]


def lacking(batch: Batch, table: benches.Table, mapping: benches.Mapping) -> int:
    """This will count the units of a batch that a table has no row for."""
    found = benches.matched(table, mapping, cells=(), units=units_of(batch), start=len(table.rows))
    return len(found)


def sheets_of(keys: Iterable[int]) -> dict[int, Worksheet]:
    """This will fetch worksheets with everything typed on them, the frozen texts once for all."""
    readings = Reading.objects.select_related("run").order_by("revision")
    rows = list(
        Worksheet.objects.filter(pk__in=list(keys)).prefetch_related(
            "conditions", "standard_uses", "runs", Prefetch("readings", readings)
        )
    )
    names = {name for sheet in rows for name in (sheet.procedure_text_id, sheet.limits_text_id)}
    texts = FrozenText.objects.in_bulk(names)
    for sheet in rows:
        sheet.procedure_text = texts[sheet.procedure_text_id]
        sheet.limits_text = texts[sheet.limits_text_id]
    return {sheet.pk: sheet for sheet in rows}


def changed_cells(sheet: Worksheet, cells: Mapping[str, str]) -> tuple[dict[str, str], int]:
    """This will give the cells that differ from what stands on a worksheet, and how many of them were read already."""
    now = {cell: row.text for cell, row in current_readings(sheet).items()}
    changed = {cell: text for cell, text in cells.items() if text != now.get(cell, "")}
    return changed, sum(bool(now.get(cell, "")) for cell in changed)


def weighed_rows(file: BatchFile, *, start: int, stop: int) -> list[BatchRow]:
    """This will decide the rows of a file from *start* to *stop*, on top of what stands on their worksheets now.

    Nothing is written; the rows come back unsaved, in the order of the file, units the file lacks last.
    """
    batch, table = file.batch, table_of(file)
    if table is None:
        raise NotFound(record=_("bản lưu nguyên vẹn của tệp {name}").format(name=file.name))
    mapping = benches.Mapping(**file.mapping)
    cells = cells_of(batch)
    rows = benches.matched(table, mapping, cells=cells, units=units_of(batch), start=start, stop=stop)
    sheets = sheets_of(row.unit.key for row in rows if row.unit is not None)
    found = [_blank(file, start + at, row, sheets) for at, row in enumerate(rows, 1)]
    _decide(found, rows, sheets, mapping.conditions)
    return found


def _blank(file: BatchFile, ordinal: int, row: benches.FileRow, sheets: Mapping[int, Worksheet]) -> BatchRow:
    sheet = sheets[row.unit.key] if row.unit is not None else None
    made = BatchRow(
        file=file,
        ordinal=ordinal,
        row=row.row,
        worksheet=sheet,
        unit_text=row.unit_text[:120],
        cells=dict(row.cells),
        problems=[one.as_json() for one in row.problems],
        folded=fold(row.unit_text)[:250],
    )
    if sheet is not None and row.row:
        changed, overrides = changed_cells(sheet, row.cells)
        made.changes, made.overrides = len(changed), overrides
        if changed and sheet.state != Worksheet.State.DRAFT:
            stage = sheet.get_state_display()
            made.problems.append({"code": "not_draft", "number": sheet.number, "stage": stage})
            made.changes = made.overrides = 0
    return made


def _decide(
    found: Sequence[BatchRow],
    rows: Sequence[benches.FileRow],
    sheets: Mapping[int, Worksheet],
    conditions: Mapping[str, str],
) -> None:
    """Equal instruments under equal conditions are decided together."""
    groups: dict[str, list[int]] = {}
    moments: dict[str, dict[str, list[str]]] = {}
    for at, row in enumerate(rows):
        if row.unit is None:
            continue
        sheet = sheets[row.unit.key]
        met = _conditions(sheet, conditions if row.row else {})
        texts = [sheet.procedure_text_id, sheet.limits_text_id]
        sort = canonical([sheet.characteristics, sheet.event, sheet.performed_on, texts, met])
        groups.setdefault(sort, []).append(at)
        moments[sort] = met
    for sort, places in groups.items():
        first = sheets[_key(rows[places[0]])]
        procedure, limits = frozen(first.procedure_text, first.limits_text)
        results = benches.weigh(
            procedure,
            characteristics=first.characteristics,
            event=first.event,
            on=first.performed_on,
            units=[_texts(sheets[_key(rows[at])], rows[at].cells) for at in places],
            conditions=moments[sort],
            limits=limits,
        )
        for at, result in zip(places, results, strict=True):
            _keep(found[at], result)


def _key(row: benches.FileRow) -> int:
    assert row.unit is not None
    return row.unit.key


def _conditions(sheet: Worksheet, given: Mapping[str, str]) -> dict[str, list[str]]:
    """What is typed, with what the file's reader states put over it."""
    return {
        key: [
            given.get(f"{key}/{moment}", text) for moment, text in zip(("start", "end"), texts, strict=True)
        ]
        for key, texts in typed_conditions(sheet).items()
    }


def _texts(sheet: Worksheet, cells: Mapping[str, str]) -> dict[str, str]:
    now = {cell: row.text for cell, row in current_readings(sheet).items()}
    return {cell: text for cell, text in (now | dict(cells)).items() if text}


def _keep(row: BatchRow, result: benches.Weighed) -> None:
    row.verdict, row.errors = result.verdict, {key: list(three) for key, three in result.errors.items()}
    row.worst, row.worst_at = result.worst, result.worst_at
    row.problems += [
        {"code": "said", "vi": one.vi, "en": one.en}
        for one in result.why
        if not (row.problems and one.code in OWN_WORDS)
    ]


def figures_of(file: BatchFile) -> benches.BatchFigures:
    """This will add up the rows of a file."""
    rows = file.rows.values_list("verdict", "worst", "errors").iterator(chunk_size=1000)
    return benches.batch_figures(rows)

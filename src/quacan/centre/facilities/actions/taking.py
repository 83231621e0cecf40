"""Take in what loggers recorded, or what somebody read; nothing recorded is ever changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action
from quacan.centre.base.chain import digest
from quacan.centre.base.documents import keep_file
from quacan.centre.base.refusals import FieldWrong
from quacan.centre.facilities.actions.judging import ask_about, judge
from quacan.centre.facilities.models import LoggerImport, Point, Record
from quacan.centre.facilities.moves import ENTER_RECORD, IMPORT_FILE
from quacan.centre.facilities.queries import sentence_of
from quacan.centre.facilities.refusals import (
    ColumnsUnknown,
    Contradicted,
    NothingNew,
    NothingReadable,
    NotYet,
)
from quacan.centre.facilities.rules import (
    HERE,
    NAMES,
    UNITS,
    Columns,
    Read,
    Wrong,
    columns_for,
    is_possible,
    logger_table,
    number_text,
    quarter_of,
    read,
    usual_table,
    value_of,
)

MOST_TOLD: Final = 200
AHEAD: Final = timedelta(minutes=5)  # clocks of loggers run ahead a little


@action(IMPORT_FILE)
def import_records(act: Act, point: Point, *, name: str, content: bytes, columns: Columns) -> LoggerImport:
    """This will take in a logger's file by the columns confirmed: only what is new, the rest told row by row.

    A value that contradicts the record kept for its instant is not taken. Excursions raise alarms.
    """
    if not columns.quantities:
        raise ColumnsUnknown(what=_("đại lượng"))
    taken = read(logger_table(content, name=name, sheet=columns.sheet).rows, columns)
    new, refused, known = _sorted_out(act, point, taken.readings)
    wrong = sorted([*taken.wrong, *refused], key=lambda one: one.line)
    if not new:
        if known:
            raise NothingNew(known=known, point=point.code)
        first = sentence_of(wrong[0]).text.rstrip(".") if wrong else _("tệp không có dòng số liệu")
        raise NothingReadable(first=first)
    made = _import(act, point, _Incoming(name, content, columns, taken.rows, tuple(new), tuple(wrong), known))
    point.mapping = columns.as_data()
    point.save(update_fields=["mapping"])
    _append(point, new, file=made)
    _judge_new(act, point, new)
    return made


def import_file(act: Act, point: Point, *, name: str, content: bytes) -> LoggerImport:
    """This will take in a file by the columns that fit it: those the point was last read by, else those found in it."""
    table = usual_table(content, name=name, sheet=str(point.mapping.get("sheet", "")))
    columns = columns_for(table.rows, point.mapping)
    if columns is None:
        raise ColumnsUnknown(what=_("ngày giờ"))
    chosen = replace(columns, sheet=table.sheet if len(table.sheets) > 1 else "")
    return import_records(act, point, name=name, content=content, columns=chosen)


@dataclass(frozen=True, slots=True)
class _Incoming:
    """A logger's file as it was read: what is new in it, what is wrong, how much is known already."""

    name: str
    content: bytes
    columns: Columns
    rows: int
    new: tuple[Read, ...]
    wrong: tuple[Wrong, ...]
    known: int


def _sorted_out(act: Act, point: Point, readings: Sequence[Read]) -> tuple[list[Read], list[Wrong], int]:
    """What is new, what is refused against what stands, how many stand already."""
    if not readings:
        return [], [], 0
    rows = Record.objects.filter(point=point, at__gte=readings[0].at, at__lte=readings[-1].at)
    standing = {
        (q, at): (value, text) for q, at, value, text in rows.values_list("quantity", "at", "value", "text")
    }
    new, refused, known = [], [], 0
    for one in readings:
        kept = standing.get((one.quantity, one.at))
        if one.at > act.at + AHEAD:
            refused.append(
                Wrong(one.line, "future", f"{one.at.astimezone(HERE):%d/%m/%Y %H:%M}", one.quantity)
            )
        elif kept is None:
            new.append(one)
        elif kept[0] == one.value:
            known += 1
        else:
            refused.append(Wrong(one.line, "kept", f"{kept[1]} / {one.text}", one.quantity))
    return new, refused, known


def _import(act: Act, point: Point, file: _Incoming) -> LoggerImport:
    short = file.name.replace("\\", "/").rpartition("/")[2][-200:]
    mapping = file.columns.as_data()
    document = keep_file(
        act,
        point.organisation,
        kind="logger_file",
        title=f"{short} · {point}",
        name=short,
        content=file.content,
        about={"point": point.code, "columns": mapping},
    )
    made = LoggerImport.objects.create(
        point=point,
        document=document,
        sha256=digest(file.content),
        name=short,
        mapping=mapping,
        by=act.actor.username,
        at=act.at,
        first_at=file.new[0].at,
        last_at=file.new[-1].at,
        rows_read=file.rows,
        rows_rejected=len({one.line for one in file.wrong}),
        records_added=len(file.new),
        records_known=file.known,
        problems=[sentence_of(one).text for one in file.wrong[:MOST_TOLD]],
    )
    act.created(made)
    return made


STORED: Final = ("point", "quantity", "at", "quarter", "value", "text", "file", "entered_by")


def _append(point: Point, readings: Sequence[Read], *, file: LoggerImport) -> None:
    """Write a file's readings in one prepared statement: a month of minutes is 86 400 rows."""
    name = connection.ops.quote_name
    stored = {field.name: str(field.column) for field in Record._meta.concrete_fields}
    columns = ", ".join(name(stored[field]) for field in STORED)
    marks = ", ".join(["%s"] * len(STORED))
    statement = f"INSERT INTO {name(Record._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608
    at_of, exact = connection.ops.adapt_datetimefield_value, connection.ops.adapt_decimalfield_value
    rows = [
        (point.pk, r.quantity, at_of(r.at), quarter_of(r.at), exact(r.value, 14, 6), r.text, file.pk, "")
        for r in readings
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _judge_new(act: Act, point: Point, new: Sequence[Read]) -> None:
    raised = []
    for quantity in sorted({one.quantity for one in new}):
        instants = [one.at for one in new if one.quantity == quantity]
        raised += judge(act, point, quantity=quantity, first=instants[0], last=instants[-1])
    ask_about(act, point, raised)


@action(ENTER_RECORD)
def enter_record(act: Act, point: Point, *, quantity: str, at: datetime, text: str) -> Record:
    """This will write down one reading somebody made at a point; the same value twice changes nothing."""
    if quantity not in UNITS:
        raise FieldWrong(field=_("Đại lượng"), why=_("không có trong danh sách"))
    value = value_of(text)
    if value is None or not is_possible(quantity, value):
        raise FieldWrong(
            field=NAMES[quantity], why=_("“{text}” không phải giá trị có thể đọc").format(text=text)
        )
    at = at.replace(microsecond=0)
    if at > act.at + AHEAD:
        raise NotYet(at=at.astimezone(HERE))
    kept = Record.objects.filter(point=point, quantity=quantity, at=at).first()
    if kept is not None and kept.value == value:
        act.nothing_changed()
        return kept
    if kept is not None:
        raise Contradicted(
            point=point.code,
            at=at.astimezone(HERE),
            quantity=NAMES[quantity],
            kept=kept.text,
            text=text.strip(),
        )
    one = Read(quantity, at, value, number_text(text)[:40], 0)
    made = Record.objects.create(
        point=point,
        quantity=quantity,
        at=at,
        quarter=quarter_of(at),
        value=value,
        text=one.text,
        entered_by=act.actor.username,
    )
    act.created(made)
    _judge_new(act, point, [one])
    return made

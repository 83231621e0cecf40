"""Take in what loggers recorded, or what somebody read; nothing recorded is ever changed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, locked
from quacan.centre.base.chain import digest
from quacan.centre.base.documents import Rendition, issue_document
from quacan.centre.base.refusals import FieldWrong
from quacan.centre.facilities.actions.judging import ask_about, judge
from quacan.centre.facilities.models import LoggerImport, Point, Record
from quacan.centre.facilities.queries import sentence_of
from quacan.centre.facilities.reading import (
    Columns,
    Read,
    Unreadable,
    Wrong,
    columns_for,
    number_text,
    read,
    rows_of,
    value_of,
)
from quacan.centre.facilities.refusals import (
    ColumnsUnknown,
    Contradicted,
    FileUnreadable,
    NothingNew,
    NothingReadable,
    NotYet,
    PointClosed,
)
from quacan.centre.facilities.rules import HERE, NAMES, UNITS, is_possible, quarter_of

MOST_TOLD: Final = 200
AHEAD: Final = timedelta(minutes=5)  # clocks of loggers run ahead a little


def why_unreadable(why: str) -> str:
    """This will say why a file is no table of records."""
    return {
        "size": _("tệp lớn hơn 20 MB"),
        "rows": _("tệp có hơn 600.000 dòng"),
        "empty": _("tệp không có dòng nào"),
        "kind": _("không phải tệp CSV, TXT hoặc Excel"),
    }[why]


@action("facilities.record")
def import_records(act: Act, point: Point, *, name: str, content: bytes, columns: Columns) -> LoggerImport:
    """This will take in a logger's file by the columns confirmed: only what is new, the rest told row by row.

    A value that contradicts the record kept for its instant is not taken. Excursions raise alarms.
    """
    act.require(point.organisation, unit_id=point.unit_id)
    point = _open(point)
    if not columns.quantities:
        raise ColumnsUnknown(what=_("đại lượng"))
    try:
        taken = read(rows_of(content, name=name), columns)
    except Unreadable as error:
        raise FileUnreadable(name=name, why=why_unreadable(error.why)) from error
    new, refused, known = _sorted_out(act, point, taken.readings)
    wrong = sorted([*taken.wrong, *refused], key=lambda one: one.line)
    if not new:
        if known:
            raise NothingNew(known=known, point=point.code)
        first = sentence_of(wrong[0]).text.rstrip(".") if wrong else _("tệp không có dòng số liệu")
        raise NothingReadable(first=first)
    made = _import(act, point, name, content, columns, new, wrong, known=known, rows=taken.rows)
    point.mapping = columns.as_data()
    point.save(update_fields=["mapping"])
    _append(point, new, file=made)
    _judge_new(act, point, new)
    return made


def import_file(act: Act, point: Point, *, name: str, content: bytes) -> LoggerImport:
    """This will take in a file by the columns that fit it: those the point was last read by, else those found in it."""
    try:
        columns = columns_for(rows_of(content, name=name), point.mapping)
    except Unreadable as error:
        raise FileUnreadable(name=name, why=why_unreadable(error.why)) from error
    if columns is None:
        raise ColumnsUnknown(what=_("ngày giờ"))
    return import_records(act, point, name=name, content=content, columns=columns)


def _open(point: Point) -> Point:
    point = locked(point)
    if not point.is_active:
        raise PointClosed(point=str(point))
    return point


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


def _import(
    act: Act,
    point: Point,
    name: str,
    content: bytes,
    columns: Columns,
    new: Sequence[Read],
    wrong: Sequence[Wrong],
    *,
    known: int,
    rows: int,
) -> LoggerImport:
    sha256 = digest(content)
    short = name.replace("\\", "/").rpartition("/")[2][-200:]
    document = issue_document(
        act,
        book=point.organisation.code,
        kind="logger_file",
        number="",
        title=f"{short} · {point}",
        snapshot={"point": point.code, "name": short, "sha256": sha256, "columns": columns.as_data()},
        renditions=(Rendition(short.rpartition(".")[2].lower()[:10], short, content),),
        on=act.on,
    )
    made = LoggerImport.objects.create(
        point=point,
        document=document,
        sha256=sha256,
        name=short,
        mapping=columns.as_data(),
        by=act.actor.username,
        at=act.at,
        first_at=new[0].at,
        last_at=new[-1].at,
        rows_read=rows,
        rows_rejected=len({one.line for one in wrong}),
        records_added=len(new),
        records_known=known,
        problems=[sentence_of(one).text for one in wrong[:MOST_TOLD]],
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


@action("facilities.record")
def enter_record(act: Act, point: Point, *, quantity: str, at: datetime, text: str) -> Record:
    """This will write down one reading somebody made at a point; the same value twice changes nothing."""
    act.require(point.organisation, unit_id=point.unit_id)
    point = _open(point)
    if quantity not in UNITS:
        raise FieldWrong(field=_("Đại lượng"), why=quantity)
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

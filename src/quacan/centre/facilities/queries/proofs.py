"""Proof that the records are what the kept files say."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from quacan.centre.base import store
from quacan.centre.base.intake import TableRefused
from quacan.centre.base.problems import Flaw
from quacan.centre.facilities.models import LoggerImport, Record
from quacan.centre.facilities.rules import columns_from, logger_table, read


def flaws() -> Iterator[Flaw]:
    """This will read every kept file again and yield the imports whose records are not what it says."""
    remedy = _("Khôi phục từ bản sao lưu; số liệu môi trường đã ghi không được sửa.")
    for one in LoggerImport.objects.select_related("point").order_by("pk").iterator():
        name = f"facilities.LoggerImport:{one.pk} ({one.point.code}, {one.name})"
        kept = list(Record.objects.filter(file=one).values_list("quantity", "at", "value", "text"))
        if len(kept) != one.records_added:
            yield Flaw(
                name,
                _("Lần nhập đã ghi {added} số liệu nhưng còn {left}.").format(
                    added=one.records_added, left=len(kept)
                ),
                remedy,
            )
        said = _said(one)
        if said is None:
            yield Flaw(name, _("Tệp của máy ghi không đọc lại được."), remedy)
            continue
        changed = sum((quantity, at, value, text) not in said for quantity, at, value, text in kept)
        if changed:
            yield Flaw(name, _("{n} số liệu không còn đúng như tệp của máy ghi.").format(n=changed), remedy)


def _said(one: LoggerImport) -> set[tuple[object, ...]] | None:
    content, columns = store.read(one.sha256), columns_from(one.mapping)
    if content is None or columns is None:
        return None
    try:
        taken = read(logger_table(content, name=one.name, sheet=columns.sheet).rows, columns)
    except TableRefused:
        return None
    return {(row.quantity, row.at, row.value, row.text) for row in taken.readings}

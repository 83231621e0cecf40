"""Records of a stretch as a file."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.lists import Column
from quacan.centre.base.templatetags.names import who
from quacan.centre.facilities.models import Record
from quacan.centre.facilities.rules import HERE, NAMES, UNITS


def record_columns(point: str) -> tuple[Column, ...]:
    """This will give the columns of an exported stretch of a point."""
    return (
        Column("point", _("Điểm"), lambda r: point),
        Column("day", _("Ngày"), lambda r: r.at.astimezone(HERE).date(), kind="day"),
        Column("clock", _("Giờ"), lambda r: f"{r.at.astimezone(HERE):%H:%M:%S}"),
        Column("quantity", _("Đại lượng"), lambda r: str(NAMES[r.quantity])),
        Column("text", _("Giá trị"), lambda r: r.text),
        Column("unit", _("Đơn vị"), lambda r: UNITS[r.quantity]),
        Column("origin", _("Nguồn"), _origin),
    )


def _origin(record: Record) -> str:
    return record.file.name if record.file else who(record.entered_by)

"""What watched places bring to the house."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import HERE
from quacan.centre.base.departments import Department, Door, Lane, Record, Rows, Task
from quacan.centre.facilities.models import Alarm
from quacan.centre.facilities.moves import ALARM, POINT
from quacan.centre.facilities.queries import alarms_seen_by, flaws, points_seen_by, words_of
from quacan.centre.people.models import Person


def _alarms(person: Person, on: date) -> Rows:
    rows = alarms_seen_by(person, on=on, permission="facilities.manage")
    return rows.filter(acknowledged_at__isnull=True)


def _alarm_task(alarm: Alarm, on: date) -> Task:
    day = alarm.began_at.astimezone(HERE).date()
    place = reverse("facilities:point", args=[alarm.point_id])
    title = f"{alarm.point} · {alarm.get_quantity_display()}"
    return Task(title, words_of(alarm), f"{place}?xem=ngay&ngay={day.isoformat()}")


DEPARTMENT = Department(
    name=_("Môi trường"),
    permissions={
        "facilities.see": _("xem số liệu môi trường"),
        "facilities.record": _("ghi số liệu môi trường"),
        "facilities.manage": _("đặt điểm theo dõi, giới hạn, xem xét cảnh báo"),
    },
    doors=(
        Door(
            "facilities",
            "ability",
            _("Môi trường"),
            "facilities:points",
            "thermometer",
            "facilities.see",
            220,
        ),
    ),
    lanes=(
        Lane(
            "alarms",
            "facilities",
            _("Cảnh báo môi trường chưa xem xét"),
            _("Xem xét"),
            "facilities.manage",
            _alarms,
            _alarm_task,
            140,
            url="facilities:points",
        ),
    ),
    moves=(POINT, ALARM),
    records=(
        Record(
            "facilities.Point",
            _("Điểm theo dõi"),
            "facilities:point",
            rows=lambda person, on: points_seen_by(person, on=on),
        ),
        Record("facilities.PointLimit", _("Giới hạn môi trường")),
        Record("facilities.Record", _("Số liệu môi trường")),
        Record("facilities.LoggerImport", _("Tệp máy ghi")),
        Record("facilities.Alarm", _("Cảnh báo môi trường")),
    ),
    deeds={
        "facilities.open_point": _("mở điểm theo dõi"),
        "facilities.change_point": _("sửa điểm theo dõi"),
        "facilities.set_limit": _("đặt giới hạn môi trường"),
        "facilities.enter_record": _("ghi số liệu môi trường"),
        "facilities.import_records": _("nhập tệp máy ghi"),
        "facilities.acknowledge_alarm": _("xem xét cảnh báo"),
    },
    fields={
        "facilities.logger": _("máy ghi"),
        "facilities.keeper_id": _("người phụ trách"),
        "facilities.tolerance_minutes": _("chậm cho phép (phút)"),
        "facilities.gap_minutes": _("khoảng trống cho phép (phút)"),
        "facilities.opens_at": _("mở cửa lúc"),
        "facilities.closes_at": _("đóng cửa lúc"),
        "facilities.is_active": _("đang theo dõi"),
        "facilities.quantity": _("đại lượng"),
        "facilities.lower": _("giới hạn dưới"),
        "facilities.upper": _("giới hạn trên"),
        "facilities.source": _("nguồn"),
        "facilities.point_id": _("điểm theo dõi"),
        "facilities.acknowledged_by_id": _("người xem xét"),
        "facilities.acknowledged_at": _("xem xét lúc"),
        "facilities.began_at": _("bắt đầu lúc"),
        "facilities.rows_read": _("số dòng đã đọc"),
        "facilities.rows_rejected": _("số dòng không nhận"),
        "facilities.records_added": _("số liệu mới"),
        "facilities.records_known": _("số liệu đã có"),
    },
    flaws=flaws,
    flaws_order=20,
)

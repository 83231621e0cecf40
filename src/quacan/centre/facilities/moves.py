"""What is done at a point that is watched, and with its alarms."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.moves import Moves, Place, own_place
from quacan.centre.facilities.models import Alarm, Point

MANAGE, RECORD = "facilities.manage", "facilities.record"
WATCHED, CLOSED = "watched", "closed"
WAITING, ANSWERED = "waiting", "answered"


def _point_state(point: Point) -> str:
    return WATCHED if point.is_active else CLOSED


def _point_stage(point: Point) -> str:
    return (
        gettext("Đang theo dõi") if point.is_active else gettext("Ngừng theo dõi; theo dõi lại ở trang Sửa")
    )


POINT = Moves(
    "facilities.Point",
    ends=frozenset({WATCHED, CLOSED}),
    state=_point_state,
    stage=_point_stage,
    tones={WATCHED: "pass"},
)
CHANGE_POINT = POINT.move("change", _("Sửa"), MANAGE, source={WATCHED, CLOSED}, icon="pencil")
SET_LIMIT = POINT.move("set_limit", _("Đặt giới hạn"), MANAGE, source={WATCHED, CLOSED})
IMPORT_FILE = POINT.move(
    "import_file", _("Nhập tệp máy ghi"), RECORD, source=WATCHED, icon="upload", tone="go"
)
ENTER_RECORD = POINT.move("enter_record", _("Ghi một lần đọc nhiệt ẩm kế"), RECORD, source=WATCHED)


def _alarm_place(alarm: Alarm) -> Place:
    return own_place(alarm.point)


def _alarm_state(alarm: Alarm) -> str:
    return WAITING if alarm.acknowledged_at is None else ANSWERED


def _alarm_stage(alarm: Alarm) -> str:
    if alarm.acknowledged_by is None:
        return gettext("Chờ xem xét")
    return gettext("đã được {person} xem xét").format(person=alarm.acknowledged_by.full_name)


ALARM = Moves(  # answered by who answers and when; open again when its records turn out longer or farther
    "facilities.Alarm",
    ends=frozenset({ANSWERED}),
    follows=((WAITING, ANSWERED), (ANSWERED, WAITING)),
    place=_alarm_place,
    state=_alarm_state,
    stage=_alarm_stage,
    tones={WAITING: "fail", ANSWERED: "pass"},
)
ACKNOWLEDGE = ALARM.move(
    "acknowledge", _("Đã xem xét"), MANAGE, source=WAITING, icon="check",
    reason=_("Nguyên nhân, ảnh hưởng đến các phép đo lúc đó, đã làm gì"),
)  # fmt: skip

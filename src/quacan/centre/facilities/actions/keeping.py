"""Open points, correct what is known of them, set what is allowed there."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.base.act import Act, action, image
from quacan.centre.base.language.folding import nfc
from quacan.centre.base.language.numbers import format_number
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.facilities.actions.judging import judge_since
from quacan.centre.facilities.models import Point, PointLimit, Record
from quacan.centre.facilities.moves import CHANGE_POINT, MANAGE, SET_LIMIT
from quacan.centre.facilities.refusals import LimitsEmpty, LimitsSwapped, LimitsUsed, PointKnown
from quacan.centre.facilities.rules import HERE, SHORTEST_GAP, UNITS
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.people.models import Person

TEXTS: Final = {
    "code": (gettext_lazy("Mã điểm"), 40),
    "name": (gettext_lazy("Tên điểm"), 150),
    "place": (gettext_lazy("Nơi đặt"), 150),
    "logger": (gettext_lazy("Máy ghi, số hiệu"), 150),
}
NEEDED: Final = ("code", "name")


@dataclass(frozen=True, slots=True)
class PointDraft:
    """What is known of a point; its code is given once, with it everything else may be corrected."""

    name: str
    code: str = ""
    unit: Unit | None = None
    place: str = ""
    logger: str = ""
    keeper: Person | None = None
    tolerance_minutes: int = 30
    gap_minutes: int = 60
    opens_at: time = time(7, 30)
    closes_at: time = time(17, 0)
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class LimitDraft:
    """What is allowed of a quantity from a day on, and by which paper."""

    quantity: str
    valid_from: date
    source: str
    lower: Decimal | None = None
    upper: Decimal | None = None


@action(MANAGE)
def open_point(act: Act, organisation: Organisation, draft: PointDraft) -> Point:
    """This will begin to watch a place under a code that never changes."""
    act.require(organisation, unit_id=draft.unit.pk if draft.unit else None)
    point = Point(organisation=organisation, code=_text(draft.code))
    known = Point.objects.filter(organisation=organisation, code=point.code).first()
    if known is not None:
        raise PointKnown(organisation=organisation.short_name, code=known.code, name=known.name)
    _fill(point, draft)
    point.save(force_insert=True)
    act.created(point)
    return point


@action(CHANGE_POINT)
def change_point(act: Act, point: Point, draft: PointDraft, *, version: int) -> Point:
    """This will correct what is known of a point, or stop and resume watching it; its code and records stay."""
    _fill(point, draft)
    act.moved(point, is_active=draft.is_active)
    return point


def _fill(point: Point, draft: PointDraft) -> None:
    if draft.unit is not None and draft.unit.organisation_id != point.organisation_id:
        raise FieldWrong(field=_("Phòng, tổ giữ"), why=_("thuộc cơ quan khác"))
    point.unit, point.keeper = draft.unit, draft.keeper
    point.name, point.place, point.logger = _text(draft.name), _text(draft.place), _text(draft.logger)
    for column, (label, limit) in TEXTS.items():
        text = getattr(point, column)
        if column in NEEDED and not text:
            raise FieldMissing(field=label)
        if len(text) > limit:
            raise FieldWrong(field=label, why=_("dài quá {limit} ký tự").format(limit=limit))
    _time(point, draft)


def _time(point: Point, draft: PointDraft) -> None:
    if not 0 <= draft.tolerance_minutes <= 720:
        raise FieldWrong(field=_("Lệch giờ cho phép"), why=_("chỉ nhận từ 0 đến 720 phút"))
    if not SHORTEST_GAP <= draft.gap_minutes <= 1440:
        raise FieldWrong(field=_("Khoảng trống cho phép"), why=_("chỉ nhận từ 15 đến 1440 phút"))
    if draft.opens_at >= draft.closes_at:
        raise FieldWrong(field=_("Giờ làm việc từ"), why=_("giờ mở cửa phải trước giờ đóng cửa"))
    point.tolerance_minutes, point.gap_minutes = draft.tolerance_minutes, draft.gap_minutes
    point.opens_at, point.closes_at = draft.opens_at, draft.closes_at


@action(SET_LIMIT)
def set_limit(act: Act, point: Point, draft: LimitDraft) -> PointLimit:
    """This will set what is allowed at a point from a day on; the limit before it ends the day before.

    Records since that day are judged and alarms raised. What an earlier limit has judged is never judged anew.
    """
    source = _text(draft.source)
    _refuse_limit(draft, source)
    _end_earlier(act, point, draft.quantity, draft.valid_from)
    limit = PointLimit.objects.create(
        point=point,
        quantity=draft.quantity,
        lower=draft.lower,
        upper=draft.upper,
        unit=UNITS[draft.quantity],
        valid_from=draft.valid_from,
        source=source[:250],
    )
    act.created(limit)
    judge_since(act, limit)
    return limit


def _refuse_limit(draft: LimitDraft, source: str) -> None:
    if draft.quantity not in UNITS:
        raise FieldWrong(field=_("Đại lượng"), why=_("không có trong danh sách"))
    if draft.lower is None and draft.upper is None:
        raise LimitsEmpty()
    if draft.lower is not None and draft.upper is not None and draft.lower > draft.upper:
        raise LimitsSwapped(lower=format_number(draft.lower), upper=format_number(draft.upper))
    if not source:
        raise FieldMissing(field=_("Căn cứ"))


def _end_earlier(act: Act, point: Point, quantity: str, valid_from: date) -> None:
    earlier = PointLimit.objects.filter(point=point, quantity=quantity).order_by("-valid_from").first()
    if earlier is None:
        return
    last = Record.objects.filter(point=point, quantity=quantity).order_by("-at").first()
    judged = max(earlier.valid_from, last.at.astimezone(HERE).date() if last else earlier.valid_from)
    begins = datetime.combine(valid_from, time.min, tzinfo=HERE)
    if valid_from <= earlier.valid_from or (last is not None and last.at >= begins):
        raise LimitsUsed(since=earlier.valid_from, last=judged)
    before = image(earlier)
    earlier.valid_to = valid_from - timedelta(days=1)
    earlier.save(update_fields=["valid_to"])
    act.changed(earlier, before)


def _text(value: str) -> str:
    return " ".join(nfc(value).split())

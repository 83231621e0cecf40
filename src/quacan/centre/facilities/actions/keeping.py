"""Open points, correct what is known of them, set what is allowed there."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image, locked
from quacan.centre.base.language.folding import nfc
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.facilities.actions.judging import judge_since
from quacan.centre.facilities.models import Point, PointLimit, Record
from quacan.centre.facilities.refusals import LimitsEmpty, LimitsSwapped, LimitsUsed, PointKnown
from quacan.centre.facilities.rules import HERE, SHORTEST_GAP, UNITS
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.people.models import Person

OPENS, CLOSES = time(7, 30), time(17, 0)


@action("facilities.manage")
def open_point(
    act: Act,
    organisation: Organisation,
    *,
    code: str,
    name: str,
    unit: Unit | None = None,
    place: str = "",
    logger: str = "",
    keeper: Person | None = None,
    tolerance_minutes: int = 30,
    gap_minutes: int = 60,
    opens_at: time = OPENS,
    closes_at: time = CLOSES,
) -> Point:
    """This will begin to watch a place under a code that never changes."""
    act.require(organisation, unit_id=unit.pk if unit else None)
    point = Point(organisation=organisation, code=_text(code))
    if not point.code:
        raise FieldMissing(field=_("Mã điểm"))
    if len(point.code) > 40:
        raise FieldWrong(field=_("Mã điểm"), why=_("dài quá 40 ký tự"))
    known = Point.objects.filter(organisation=organisation, code=point.code).first()
    if known is not None:
        raise PointKnown(organisation=organisation.short_name, code=known.code, name=known.name)
    _fill(point, name=name, unit=unit, place=place, logger=logger, keeper=keeper)
    _time(point, tolerance_minutes, gap_minutes, opens_at, closes_at)
    point.save(force_insert=True)
    act.created(point)
    return point


@action("facilities.manage")
def change_point(
    act: Act,
    point: Point,
    *,
    version: int,
    name: str,
    unit: Unit | None = None,
    place: str = "",
    logger: str = "",
    keeper: Person | None = None,
    tolerance_minutes: int = 30,
    gap_minutes: int = 60,
    opens_at: time = OPENS,
    closes_at: time = CLOSES,
    is_active: bool = True,
) -> Point:
    """This will correct what is known of a point, or stop and resume watching it; its code and records stay."""
    act.require(point.organisation, unit_id=point.unit_id)
    point = locked(point, version=version)
    before = image(point)
    _fill(point, name=name, unit=unit, place=place, logger=logger, keeper=keeper)
    _time(point, tolerance_minutes, gap_minutes, opens_at, closes_at)
    point.is_active = is_active
    point.version += 1
    point.save()
    act.changed(point, before)
    return point


def _fill(
    point: Point, *, name: str, unit: Unit | None, place: str, logger: str, keeper: Person | None
) -> None:
    if unit is not None and unit.organisation_id != point.organisation_id:
        raise FieldWrong(field=_("Phòng/tổ"), why=_("thuộc cơ quan khác"))
    point.unit, point.keeper = unit, keeper
    point.name, point.place, point.logger = _text(name), _text(place), _text(logger)
    if not point.name:
        raise FieldMissing(field=_("Tên điểm"))
    labels = {"name": _("Tên điểm"), "place": _("Nơi đặt"), "logger": _("Máy ghi")}
    for column, label in labels.items():
        if len(getattr(point, column)) > 150:
            raise FieldWrong(field=label, why=_("dài quá {limit} ký tự").format(limit=150))


def _time(point: Point, tolerance: int, gap: int, opens: time, closes: time) -> None:
    if not 0 <= tolerance <= 720:
        raise FieldWrong(field=_("Lệch giờ cho phép"), why=_("chỉ nhận từ 0 đến 720 phút"))
    if not SHORTEST_GAP <= gap <= 1440:
        raise FieldWrong(field=_("Khoảng trống cho phép"), why=_("chỉ nhận từ 15 đến 1440 phút"))
    if opens >= closes:
        raise FieldWrong(field=_("Giờ làm việc"), why=_("giờ mở cửa phải trước giờ đóng cửa"))
    point.tolerance_minutes, point.gap_minutes = tolerance, gap
    point.opens_at, point.closes_at = opens, closes


@action("facilities.manage")
def set_limit(
    act: Act,
    point: Point,
    *,
    quantity: str,
    lower: Decimal | None,
    upper: Decimal | None,
    valid_from: date,
    source: str,
) -> PointLimit:
    """This will set what is allowed at a point from a day on; the limit before it ends the day before.

    Records since that day are judged and alarms raised. What an earlier limit has judged is never judged anew.
    """
    act.require(point.organisation, unit_id=point.unit_id)
    point = locked(point)
    if quantity not in UNITS:
        raise FieldWrong(field=_("Đại lượng"), why=quantity)
    if lower is None and upper is None:
        raise LimitsEmpty()
    if lower is not None and upper is not None and lower > upper:
        raise LimitsSwapped(lower=lower, upper=upper)
    if not _text(source):
        raise FieldMissing(field=_("Căn cứ"))
    _end_earlier(act, point, quantity, valid_from)
    limit = PointLimit.objects.create(
        point=point,
        quantity=quantity,
        lower=lower,
        upper=upper,
        unit=UNITS[quantity],
        valid_from=valid_from,
        source=_text(source)[:250],
    )
    act.created(limit)
    judge_since(act, limit)
    return limit


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

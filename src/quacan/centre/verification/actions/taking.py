"""Take the conditions of a worksheet from a point that is watched."""

from datetime import datetime

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action
from quacan.centre.base.refusals import FieldMissing, FieldWrong, NotFound
from quacan.centre.examinations.queries import offered
from quacan.centre.examinations.refusals import NothingRecorded
from quacan.centre.facilities.models import Point
from quacan.centre.facilities.rules import HERE
from quacan.centre.verification.actions.recording import enter_conditions
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.moves import TAKE_CONDITIONS


@action(TAKE_CONDITIONS)
def take_conditions(
    act: Act, sheet: Worksheet, *, point: Point, start: datetime | None, end: datetime | None
) -> Worksheet:
    """This will write the conditions a point recorded nearest to start and end, each with where it comes from.

    A moment left out is not touched; one near which the point has no record of any condition is refused.
    """
    if point.organisation_id != sheet.organisation_id:
        raise NotFound(record=_("điểm theo dõi {code}").format(code=point.code))
    if start is None and end is None:
        raise FieldMissing(field=_("Giờ bắt đầu, giờ kết thúc"))
    if start is not None and end is not None and start > end:
        raise FieldWrong(field=_("Giờ kết thúc"), why=_("trước giờ bắt đầu"))
    found = offered(sheet, point, start=start, end=end)
    values, origins = {}, {}
    for moment, at in (("start", start), ("end", end)):
        records = {one.key: one.start if moment == "start" else one.end for one in found}
        taken = {key: record for key, record in records.items() if record is not None}
        if at is not None and not taken:
            raise NothingRecorded(point=point.code, minutes=point.tolerance_minutes, at=at.astimezone(HERE))
        for key, record in taken.items():
            values[key, moment], origins[key, moment] = record.text, record.origin
    act.nothing_changed()
    return enter_conditions(act, sheet, values=values, origins=origins)

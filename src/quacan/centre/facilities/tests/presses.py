"""How the buttons of places that are watched are pressed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from quacan.centre.base.act import Act
from quacan.centre.facilities.actions import LimitDraft, PointDraft
from quacan.centre.facilities.models import Point
from quacan.centre.facilities.moves import ACKNOWLEDGE, CHANGE_POINT, ENTER_RECORD, IMPORT_FILE, SET_LIMIT
from quacan.centre.facilities.rules import HERE, Columns

COLUMNS = Columns(0, 0, None, "dmy", (("pressure", 1),))


def _file(point: Point, act: Act) -> dict[str, Any]:
    at = act.at.astimezone(HERE)
    return {
        "name": "th.csv",
        "content": f"{at:%d/%m/%Y %H:%M:%S};1001,5\n".encode(),
        "columns": COLUMNS,
    }


PRESSES = {
    CHANGE_POINT: lambda point, act: {"draft": PointDraft(name=point.name), "version": point.version},
    SET_LIMIT: lambda point, act: {
        "draft": LimitDraft("pressure", act.on + timedelta(days=3650), "HD-07", upper=Decimal(1100))
    },
    IMPORT_FILE: _file,
    ENTER_RECORD: lambda point, act: {"quantity": "pressure", "at": act.at, "text": "1002"},
    ACKNOWLEDGE: lambda alarm, act: {},
}

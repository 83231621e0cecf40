"""How the buttons of the quality system are pressed."""

from datetime import timedelta
from typing import Any

from quacan.centre.people.queries import people_with
from quacan.centre.quality.moves import CLOSE, OPEN


def _opening(simulation: Any, act: Any) -> dict[str, Any]:
    owner = people_with("worksheets.check", simulation.organisation, on=act.on)[0]
    return {"summary": "Chuẩn lệch", "owner": owner, "working_days": 5}


def _closing(nonconformity: Any, act: Any) -> dict[str, Any]:
    return {
        "version": nonconformity.version,
        "cause": "Va đập",
        "corrective_action": "Hộp chống sốc",
        "effectiveness_on": act.on + timedelta(days=30),
        "confirmed": True,
    }


PRESSES = {OPEN: _opening, CLOSE: _closing}

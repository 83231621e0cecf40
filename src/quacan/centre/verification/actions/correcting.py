"""Take the characteristics of an instrument anew, once the register was corrected."""

from quacan.centre.base.act import Act, action
from quacan.centre.examinations.actions import append_readings, new_run, propose_missing
from quacan.centre.examinations.models import Run
from quacan.centre.examinations.queries import current_readings, layout_with
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.moves import CORRECT_CHARACTERISTICS


@action(CORRECT_CHARACTERISTICS)
def correct_characteristics(act: Act, sheet: Worksheet) -> Worksheet:
    """This will freeze the worksheet anew with what the register now says of its instrument.

    Readings whose cells the new table has stay; the others are withdrawn in a run of corrections with its reason.
    """
    characteristics = dict(sheet.instrument.characteristics)
    shape = layout_with(sheet, characteristics)
    kept = {cell.key for step in shape.steps for row in step.rows for cell in row.cells}
    lost = [cell for cell, row in current_readings(sheet).items() if row.text and cell not in kept]
    new_run(act, sheet, kind=Run.Kind.CORRECT, reason=act.reason)
    append_readings(act, sheet, dict.fromkeys(lost, ""))
    sheet.standard_uses.exclude(need__in=[need.key for need in shape.standards]).delete()
    act.moved(sheet, characteristics=characteristics)
    propose_missing(sheet, shape)
    return sheet

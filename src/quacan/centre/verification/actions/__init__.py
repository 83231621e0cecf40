"""What a verifier and a checker do with a worksheet."""

from quacan.centre.verification.actions.checking import approve_worksheet, return_worksheet, submit_worksheet
from quacan.centre.verification.actions.evidence import (
    Shot,
    add_photos,
    adjust_instrument,
    carry_checklists,
    record_seal,
    withdraw_photo,
    withdraw_seal,
)
from quacan.centre.verification.actions.opening import (
    open_worksheet,
    refuse_incompetent,
    supersede_worksheet,
    void_worksheet,
)
from quacan.centre.verification.actions.recording import (
    begin_run,
    enter_conditions,
    enter_readings,
    use_standard,
)

__all__ = [
    "Shot",
    "add_photos",
    "adjust_instrument",
    "approve_worksheet",
    "begin_run",
    "carry_checklists",
    "enter_conditions",
    "enter_readings",
    "open_worksheet",
    "record_seal",
    "refuse_incompetent",
    "return_worksheet",
    "submit_worksheet",
    "supersede_worksheet",
    "use_standard",
    "void_worksheet",
    "withdraw_photo",
    "withdraw_seal",
]

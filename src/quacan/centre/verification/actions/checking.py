"""Send a worksheet to be checked, check it, send it back."""

from quacan.centre.base.act import Act, action
from quacan.centre.examinations.actions import approve, send_back, submit
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.moves import APPROVE, RETURN, SUBMIT


@action(SUBMIT)
def submit_worksheet(act: Act, sheet: Worksheet) -> Worksheet:
    """The worksheet with what was typed and what it comes to frozen, sent to be checked."""
    submit(act, sheet)
    return sheet


@action(APPROVE)
def approve_worksheet(act: Act, sheet: Worksheet) -> Worksheet:
    """The worksheet approved: not by its performer; by the supervisor where there is one."""
    approve(act, sheet)
    return sheet


@action(RETURN)
def return_worksheet(act: Act, sheet: Worksheet) -> Worksheet:
    """The worksheet sent back to its performer with a reason; corrections go into a new run."""
    send_back(act, sheet)
    return sheet

"""Send a worksheet to be checked, check it, send it back."""

from quacan.centre.base.act import Act, action
from quacan.centre.base.chain import canonical
from quacan.centre.contracts.models import Service
from quacan.centre.examinations.models import Run
from quacan.centre.people.models import Person
from quacan.centre.verification.actions.recording import new_run
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.moves import APPROVE, RETURN, SUBMIT
from quacan.centre.verification.queries import budget_shapes, content_of, evaluation
from quacan.centre.verification.queries.gathered import needs_uncertainty, why_refused
from quacan.centre.verification.refusals import BudgetMissing
from quacan.centre.verification.rules import MOST_NAMED
from quacan.metrology.procedure import SheetResult, as_json


@action(SUBMIT)
def submit_worksheet(act: Act, sheet: Worksheet) -> Worksheet:
    """This will freeze what was typed and what it comes to, and send it to be checked."""
    result = evaluation(sheet)
    sheet.result = canonical(as_json(result))
    sheet.verdict = str(result.verdict)
    sheet.budgets = frozen_budgets(sheet, result)
    sheet.content_sha256 = content_of(sheet)
    act.moved(sheet, submitted_at=act.at, returned_reason="")
    return sheet


def frozen_budgets(sheet: Worksheet, result: SheetResult) -> str:
    """This will write the budgets as they stand at submission, refusing where one cannot be made but U is needed.

    Monte Carlo is kept where the uncertainty is itself the result (calibration).
    """
    shapes = budget_shapes(sheet, result, drawn=sheet.service == Service.CALIBRATION)
    refused = [shape for shape in shapes if shape["refused"] is not None]
    if refused and needs_uncertainty(sheet):
        why = "; ".join(why_refused(shape) for shape in refused[:MOST_NAMED])
        raise BudgetMissing(number=sheet.number, count=len(refused), why=why)
    return canonical(shapes)


@action(APPROVE)
def approve_worksheet(act: Act, sheet: Worksheet) -> Worksheet:
    """This will approve a submitted worksheet: not by its performer; by the supervisor where there is one."""
    checker = Person.objects.get(username=act.actor.username)
    act.moved(sheet, checker=checker, approved_at=act.at)
    return sheet


@action(RETURN)
def return_worksheet(act: Act, sheet: Worksheet) -> Worksheet:
    """This will send a worksheet back to its performer with a reason; corrections go into a new run."""
    sheet.content_sha256, sheet.result, sheet.budgets, sheet.verdict = "", "{}", "[]", "undetermined"
    act.moved(sheet, returned_reason=act.reason, checker=None, approved_at=None)
    new_run(act, sheet, kind=Run.Kind.CORRECT, reason=act.reason)
    return sheet

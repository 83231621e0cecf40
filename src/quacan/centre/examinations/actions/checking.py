"""Freeze what an examination comes to, and open it again, inside an action of its kind."""

from quacan.centre.base.act import Act
from quacan.centre.base.chain import canonical
from quacan.centre.examinations.actions.recording import new_run
from quacan.centre.examinations.models import Examination, Run
from quacan.centre.examinations.queries import budget_shapes, content_of, evaluation
from quacan.centre.examinations.queries.gathered import needs_uncertainty, why_refused
from quacan.centre.examinations.refusals import BudgetMissing
from quacan.centre.examinations.rules import MOST_NAMED
from quacan.centre.examinations.rules.subjects import CALIBRATION
from quacan.centre.people.models import Person
from quacan.metrology.procedure import SheetResult, as_json


def submit(act: Act, sheet: Examination) -> None:
    """Freeze what was typed and what it comes to, and send it to be checked."""
    result = evaluation(sheet)
    sheet.result = canonical(as_json(result))
    sheet.verdict = str(result.verdict)
    sheet.budgets = frozen_budgets(sheet, result)
    sheet.content_sha256 = content_of(sheet)
    act.moved(sheet, submitted_at=act.at, returned_reason="")


def frozen_budgets(sheet: Examination, result: SheetResult) -> str:
    """The budgets as they stand at submission, refused where one cannot be made but U is needed.

    Monte Carlo is kept where the uncertainty is itself the result (calibration).
    """
    shapes = budget_shapes(sheet, result, drawn=sheet.terms.service == CALIBRATION)
    refused = [shape for shape in shapes if shape["refused"] is not None]
    if refused and needs_uncertainty(sheet):
        why = "; ".join(why_refused(shape) for shape in refused[:MOST_NAMED])
        raise BudgetMissing(number=sheet.number, count=len(refused), why=why)
    return canonical(shapes)


def approve(act: Act, sheet: Examination) -> None:
    """Approve what was sent, in the name of whoever does it."""
    act.moved(sheet, checker=Person.objects.get(username=act.actor.username), approved_at=act.at)


def send_back(act: Act, sheet: Examination) -> None:
    """Give it back to its performer with the reason; corrections go into a new run."""
    sheet.content_sha256, sheet.result, sheet.budgets, sheet.verdict = "", "{}", "[]", "undetermined"
    act.moved(sheet, returned_reason=act.reason, checker=None, approved_at=None)
    new_run(act, sheet, kind=Run.Kind.CORRECT, reason=act.reason)

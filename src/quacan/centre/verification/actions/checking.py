"""Send a worksheet to be checked, check it, send it back."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image
from quacan.centre.base.chain import canonical
from quacan.centre.base.refusals import WrongStage
from quacan.centre.contracts.models import Service
from quacan.centre.people.models import Person
from quacan.centre.verification.actions.opening import refuse_unfit
from quacan.centre.verification.actions.recording import new_run, open_for_entry
from quacan.centre.verification.library import frozen
from quacan.centre.verification.models import Run, Worksheet
from quacan.centre.verification.queries import (
    budget_shapes,
    conditions_left,
    content_of,
    evaluation,
    refuse_unsuitable,
    sheet_layout,
)
from quacan.centre.verification.refusals import (
    BudgetMissing,
    ConditionsLeft,
    SamePerson,
    StandardMissing,
    Undetermined,
)
from quacan.centre.verification.rules import (
    MOST_NAMED,
    MOVES,
    lacks_only_requirements,
    may_move,
    obstacles_to_verdict,
)
from quacan.metrology.procedure import SheetResult, Verdict, as_json


@action("worksheets.record")
def submit_worksheet(act: Act, worksheet: Worksheet) -> Worksheet:
    """This will freeze what was typed and what it comes to, and send it to be checked.

    Refuses an undetermined result (not that of a calibration that lacks only limits to judge by), a need without a
    standard, a standard not in force on the day, and a budget that cannot be made where U is needed.
    """
    sheet = open_for_entry(act, worksheet)
    refuse_unfit(sheet)
    _refuse_without_standards(sheet)
    result = evaluation(sheet)
    calibrated = sheet.service == Service.CALIBRATION and lacks_only_requirements(result)
    if result.verdict == Verdict.UNDETERMINED and not calibrated:
        english = (get_language() or "vi").startswith("en")
        sentences = obstacles_to_verdict(result, english=english)
        raise Undetermined(number=sheet.number, reasons="; ".join(s.rstrip(".") for s in sentences))
    refuse_left_conditions(sheet)
    before = image(sheet)
    sheet.result = canonical(as_json(result))
    sheet.verdict = str(result.verdict)
    sheet.budgets = frozen_budgets(sheet, result)
    sheet.content_sha256 = content_of(sheet)
    sheet.state, sheet.submitted_at, sheet.returned_reason = Worksheet.State.SUBMITTED, act.at, ""
    sheet.save()
    act.changed(sheet, before)
    return sheet


def refuse_left_conditions(sheet: Worksheet) -> None:
    """This will refuse a worksheet whose conditions left their limits while measuring, but for a deviation."""
    left = [one.sentence.rstrip(".") for one in conditions_left(sheet) if not one.waived]
    if left:
        raise ConditionsLeft(number=sheet.number, reasons="; ".join(left))


def frozen_budgets(sheet: Worksheet, result: SheetResult) -> str:
    """This will write the budgets as they stand at submission, refusing where one cannot be made but U is needed.

    U is needed in calibration, and wherever limits are drawn in by it. Monte Carlo is kept where the uncertainty is
    itself the result (calibration).
    """
    is_calibration = sheet.service == Service.CALIBRATION
    shapes = budget_shapes(sheet, result, drawn=is_calibration)
    refused = [shape for shape in shapes if shape["refused"] is not None]
    if refused and (is_calibration or _is_guarded(sheet)):
        side = "en" if (get_language() or "vi").startswith("en") else "vi"
        why = "; ".join(
            f"{shape['label'][side]}: {shape['refused'][side].rstrip('.')}" for shape in refused[:MOST_NAMED]
        )
        raise BudgetMissing(number=sheet.number, count=len(refused), why=why)
    return canonical(shapes)


def _is_guarded(sheet: Worksheet) -> bool:
    procedure, _limits = frozen(sheet.procedure_text, sheet.limits_text)
    return "guarded_acceptance" in (sheet.decision_rule, procedure.decision_rule)


def _refuse_without_standards(sheet: Worksheet) -> None:
    uses = {use.need: use for use in sheet.standard_uses.select_related("certificate__standard")}
    missing = []
    for need in sheet_layout(sheet).standards:
        if need.key not in uses:
            missing.append(need.label.vi)
        else:
            refuse_unsuitable(sheet, uses[need.key].certificate, need)
    if missing:
        raise StandardMissing(number=sheet.number, needs=", ".join(missing))


def _locked(act: Act, worksheet: Worksheet, target: str) -> Worksheet:
    act.require(worksheet.organisation, unit_id=worksheet.unit_id)
    sheet = Worksheet.objects.select_for_update().get(pk=worksheet.pk)
    if not may_move(sheet.state, target):
        raise WrongStage(
            record=sheet.number,
            stage=sheet.get_state_display(),
            move=str(Worksheet.State(target).label),
            allowed=", ".join(str(Worksheet.State(one).label) for one in MOVES[sheet.state]) or _("không có"),
        )
    return sheet


@action("worksheets.check")
def approve_worksheet(act: Act, worksheet: Worksheet) -> Worksheet:
    """This will approve a submitted worksheet: not by its performer; by the supervisor where there is one."""
    sheet = _locked(act, worksheet, Worksheet.State.APPROVED)
    if sheet.performer.username == act.actor.username:
        raise SamePerson(person=sheet.performer.full_name, number=sheet.number)
    before = image(sheet)
    sheet.state = Worksheet.State.APPROVED
    sheet.checker = Person.objects.get(username=act.actor.username)
    refuse_unfit(sheet)
    sheet.approved_at = act.at
    sheet.save(update_fields=["state", "checker", "approved_at"])
    act.changed(sheet, before)
    return sheet


@action("worksheets.check")
def return_worksheet(act: Act, worksheet: Worksheet) -> Worksheet:
    """This will send a worksheet back to its performer with a reason; corrections go into a new run."""
    sheet = _locked(act, worksheet, Worksheet.State.DRAFT)
    act.require_reason(_("trả phiếu"))
    before = image(sheet)
    sheet.state, sheet.returned_reason = Worksheet.State.DRAFT, act.reason
    sheet.checker = sheet.approved_at = None
    sheet.content_sha256, sheet.result, sheet.budgets, sheet.verdict = "", "{}", "[]", "undetermined"
    sheet.save()
    act.changed(sheet, before)
    new_run(act, sheet, kind=Run.Kind.CORRECT, reason=act.reason)
    return sheet

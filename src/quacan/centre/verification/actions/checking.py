"""Send a worksheet to be checked, check it, send it back."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from quacan.centre.base.acting import Act, action, image
from quacan.centre.base.chain import canonical
from quacan.centre.base.refusals import WrongStage
from quacan.centre.people.models import Person
from quacan.centre.verification.actions.recording import new_run, open_for_entry
from quacan.centre.verification.models import Run, Worksheet
from quacan.centre.verification.queries import content_of, evaluation, refuse_unsuitable, sheet_layout
from quacan.centre.verification.refusals import SamePerson, StandardMissing, Undetermined
from quacan.centre.verification.rules import MOVES, may_move, obstacles_to_verdict
from quacan.metrology.procedure import Verdict, as_json


@action("worksheets.record")
def submit_worksheet(act: Act, worksheet: Worksheet) -> Worksheet:
    """This will freeze what was typed and what it comes to, and send it to be checked.

    Refuses an undetermined result, a need without a standard, and a standard not in force on the day.
    """
    sheet = open_for_entry(act, worksheet)
    _refuse_without_standards(sheet)
    result = evaluation(sheet)
    if result.verdict == Verdict.UNDETERMINED:
        english = (get_language() or "vi").startswith("en")
        sentences = obstacles_to_verdict(result, english=english)
        raise Undetermined(number=sheet.number, reasons="; ".join(s.rstrip(".") for s in sentences))
    before = image(sheet)
    sheet.result = canonical(as_json(result))
    sheet.verdict = str(result.verdict)
    sheet.content_sha256 = content_of(sheet)
    sheet.state, sheet.submitted_at, sheet.returned_reason = Worksheet.State.SUBMITTED, act.at, ""
    sheet.save()
    act.changed(sheet, before)
    return sheet


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
    """This will approve a submitted worksheet; who performed it may not check it."""
    sheet = _locked(act, worksheet, Worksheet.State.APPROVED)
    if sheet.performer.username == act.actor.username:
        raise SamePerson(person=sheet.performer.full_name, number=sheet.number)
    before = image(sheet)
    sheet.state = Worksheet.State.APPROVED
    sheet.checker = Person.objects.get(username=act.actor.username)
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
    sheet.content_sha256, sheet.result, sheet.verdict = "", "{}", "undetermined"
    sheet.save()
    act.changed(sheet, before)
    new_run(act, sheet, kind=Run.Kind.CORRECT, reason=act.reason)
    return sheet

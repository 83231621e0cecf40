"""What on a worksheet a signed deviation could override now: conditions outside, standards short of the asking."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from quacan.centre.examinations.models import Examination
from quacan.centre.examinations.queries.conditions import conditions_left
from quacan.centre.examinations.queries.content import evaluation, sheet_layout, uses_of
from quacan.centre.examinations.queries.deviations import OVERRIDABLE
from quacan.centre.examinations.queries.standard_fitness import unsuitability
from quacan.centre.standards.queries import standards_for
from quacan.metrology.procedure import SheetResult
from quacan.metrology.procedure.layout import LayoutStandard


@dataclass(frozen=True, slots=True)
class Overridable:
    """An obstacle that a signed deviation may override: its kind, what it is about, and what the house says of it.

    *certificate* is the certificate of the standard in question, None for a condition.
    """

    obstacle: str
    key: str
    certificate: int | None
    sentence: str

    @property
    def name(self) -> str:
        """This will name it in a form: kind, key and certificate."""
        return f"{self.obstacle}|{self.key}|{self.certificate or ''}"


def overridable(sheet: Examination, *, result: SheetResult | None = None) -> tuple[Overridable, ...]:
    """This will list the obstacles of a worksheet that a deviation may override, in Vietnamese as they are signed.

    A condition counts once start and end are recorded. Of a need without a fit standard every standard counts that
    falls short by range, accuracy ratio or a check between calibrations alone. *result* spares evaluating again.
    """
    with override("vi"):
        return (*_conditions(sheet, result or evaluation(sheet)), *_standards(sheet))


def _conditions(sheet: Examination, result: SheetResult) -> list[Overridable]:
    found = []
    for one in result.conditions:
        codes = {problem.code for problem in one.problems}
        if codes == {"condition_outside"}:
            sentence = " ".join(problem.vi for problem in dict.fromkeys(one.problems))
            found.append(Overridable("condition", one.key, None, sentence))
    named = {one.key for one in found}
    left = [one for one in conditions_left(sheet) if one.key not in named and not one.waived]
    return [*found, *(Overridable("condition", one.key, None, one.sentence) for one in left)]


def _standards(sheet: Examination) -> list[Overridable]:
    uses = {need: use.certificate for need, use in uses_of(sheet).items()}
    found = []
    for need in sheet_layout(sheet).standards:
        chosen = uses.get(need.key)
        if chosen is not None and unsuitability(sheet, chosen, need) is None:
            continue
        found += _short_of(sheet, need)
    return found


def _short_of(sheet: Examination, need: LayoutStandard) -> list[Overridable]:
    found = []
    for ready in standards_for(sheet.organisation, need.quantity, sheet.performed_on):
        if ready.certificate is None:
            continue
        why = unsuitability(sheet, ready.certificate, need, ready=ready)
        if why is not None and why.obstacle in OVERRIDABLE:
            sentence = _("{need}, chuẩn {standard} ({certificate}): {why}.").format(
                need=need.label.vi,
                standard=ready.standard.code,
                certificate=ready.certificate.number,
                why=why.sentence,
            )
            found.append(Overridable(why.obstacle, need.key, ready.certificate.pk, sentence))
    return found

"""A worksheet as it stands at one moment: read once, worked out once, handed down to whoever shows or decides."""

from dataclasses import dataclass

from quacan.centre.base.definitions import pair_of
from quacan.centre.base.refusals import Refusal
from quacan.centre.examinations.models import Examination
from quacan.centre.examinations.queries.budgets import budget_shapes
from quacan.centre.examinations.queries.characteristics import Difference, differing_characteristics
from quacan.centre.examinations.queries.competence import Fitness, fitness_of
from quacan.centre.examinations.queries.conditions import ConditionLeft, conditions_left
from quacan.centre.examinations.queries.content import judged_now, prefetched, prepared_sheet
from quacan.centre.examinations.queries.needs import NeedView, needs
from quacan.centre.examinations.queries.overriding import Overridable, overridable
from quacan.centre.examinations.queries.stated_uncertainty import GUARDED
from quacan.centre.examinations.rules import lacks_only_requirements
from quacan.centre.examinations.rules.budgets import Shape
from quacan.centre.examinations.rules.subjects import CALIBRATION
from quacan.centre.instruments.library import frozen
from quacan.centre.people.models import Person
from quacan.metrology.procedure import Prepared, SheetResult, Verdict


@dataclass(frozen=True, slots=True)
class GatheredSheet:
    """A worksheet with everything written on it and what it comes to.

    What is written afterwards is not in it. Where it is no longer measured, nothing about going on is gathered:
    *left*, *overridable*, *budgets* and *differing* are then empty.
    """

    sheet: Examination
    prepared: Prepared
    result: SheetResult
    needs: tuple[NeedView, ...]
    fitness: Fitness
    left: tuple[ConditionLeft, ...]  # conditions that left their limits between start and end
    overridable: tuple[Overridable, ...]  # what a signed deviation could override
    budgets: tuple[Shape, ...]  # where U is needed and everything is read
    differing: tuple[Difference, ...]  # what the register now says otherwise of the instrument

    def __str__(self) -> str:
        return str(self.sheet)

    @property
    def is_concluded(self) -> bool:
        """Whether there is a verdict, or all there is to a calibration without limits to judge by."""
        return is_concluded(self.sheet, self.result)

    @property
    def unfit(self) -> tuple[Refusal, ...]:
        """What keeps its performer from measuring: no card, no authorisation that reaches so far."""
        return self.fitness.refusals

    @property
    def supervisor(self) -> Person | None:
        """Who must check it because its performer works under supervision."""
        return self.fitness.supervisor


def gathered(record: "Examination | GatheredSheet") -> GatheredSheet:
    """A worksheet gathered as it stands now; one that is gathered already stays as it was."""
    if isinstance(record, GatheredSheet):
        return record
    sheet = prefetched(record)
    is_draft = sheet.state == Examination.State.DRAFT
    prepared = prepared_sheet(sheet)
    result = judged_now(sheet, prepared)
    wants = needs(sheet)
    left = conditions_left(sheet) if is_draft else ()
    is_hindered = any(one.problems for one in result.conditions) or left or any(one.obstacle for one in wants)
    return GatheredSheet(
        sheet=sheet,
        prepared=prepared,
        result=result,
        needs=wants,
        fitness=fitness_of(sheet),
        left=left,
        overridable=overridable(sheet, result=result) if is_draft and is_hindered else (),
        budgets=_budgets(sheet, result) if is_draft else (),
        differing=differing_characteristics(sheet) if is_draft else (),
    )


def is_concluded(sheet: Examination, result: SheetResult) -> bool:
    """Whether a result may be sent: a verdict, or a calibration that lacks only limits to judge by."""
    if result.verdict != Verdict.UNDETERMINED:
        return True
    return sheet.terms.service == CALIBRATION and lacks_only_requirements(result)


def needs_uncertainty(sheet: Examination) -> bool:
    """Whether U belongs to the result: in calibration, and wherever limits are drawn in by it."""
    procedure, _limits = frozen(sheet.procedure_text, sheet.limits_text)
    return sheet.terms.service == CALIBRATION or GUARDED in (sheet.decision_rule, procedure.decision_rule)


def why_refused(shape: Shape) -> str:
    """Which point has no budget and why, in the reader's language."""
    return f"{pair_of(shape['label'])}: {str(pair_of(shape['refused'])).rstrip('.')}"


def _budgets(sheet: Examination, result: SheetResult) -> tuple[Shape, ...]:
    if not needs_uncertainty(sheet) or not is_concluded(sheet, result):
        return ()
    return tuple(budget_shapes(sheet, result, drawn=False))

"""What stands in the way of measuring, sending and checking, whatever is measured.

The app above declares the moves of its kind of examination and names these as their hindrances. An examination is
offered as the record or as it was gathered (``queries.gathered``): then nothing is worked out twice.
"""

from collections.abc import Iterator
from datetime import date

from quacan.centre.base.actors import Actor
from quacan.centre.base.language.texts import is_english
from quacan.centre.base.refusals import Refusal
from quacan.centre.examinations.models import Examination
from quacan.centre.examinations.queries import adjustments, current_readings, differing_characteristics
from quacan.centre.examinations.queries.competence import fitness_of
from quacan.centre.examinations.queries.gathered import (
    GatheredSheet,
    gathered,
    needs_uncertainty,
    why_refused,
)
from quacan.centre.examinations.refusals import (
    BudgetMissing,
    CharacteristicsAgree,
    ConditionsLeft,
    NotAdjusted,
    NothingFound,
    NotPerformer,
    SamePerson,
    StandardMissing,
    StandardUnsuitable,
    SupervisorChecks,
    Undetermined,
)
from quacan.centre.examinations.rules import MOST_NAMED, obstacles_to_verdict

Sheet = Examination | GatheredSheet


def sheet_of(record: Sheet) -> Examination:
    """The worksheet itself, whether it is gathered or not."""
    return record.sheet if isinstance(record, GatheredSheet) else record


def by_its_performer(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    """Measuring is its performer's alone."""
    sheet = sheet_of(record)
    if sheet.performer.username != actor.username:
        yield NotPerformer(performer=sheet.performer.full_name, number=sheet.number)


def by_a_fit_performer(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    """Measuring is its performer's alone, while their leave for the procedure holds."""
    yield from by_its_performer(record, actor, on)
    yield from record.unfit if isinstance(record, GatheredSheet) else fitness_of(record).refusals


def ready_to_send(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    """What is left to do before it can be sent to be checked."""
    yield from by_its_performer(record, actor, on)
    found = gathered(record)
    yield from found.unfit
    yield from _standards_lacking(found)
    sheet = found.sheet
    if not found.is_concluded:
        sentences = obstacles_to_verdict(found.result, english=is_english())
        yield Undetermined(number=sheet.number, reasons="; ".join(one.rstrip(".") for one in sentences))
    if left := [one.sentence.rstrip(".") for one in found.left if not one.waived]:
        yield ConditionsLeft(number=sheet.number, reasons="; ".join(left))
    if needs_uncertainty(sheet) and (refused := [one for one in found.budgets if one["refused"] is not None]):
        why = "; ".join(why_refused(one) for one in refused[:MOST_NAMED])
        yield BudgetMissing(number=sheet.number, count=len(refused), why=why)


def _standards_lacking(found: GatheredSheet) -> Iterator[Refusal]:
    for need in found.needs:
        if need.chosen and need.obstacle:
            yield StandardUnsuitable(standard=need.chosen, need=need.label, why=need.obstacle)
    if missing := [need.label for need in found.needs if not need.chosen]:
        yield StandardMissing(number=found.sheet.number, needs=", ".join(missing))


def not_the_checker(record: Sheet, actor: Actor) -> Iterator[Refusal]:
    """Why somebody who may check is not who checks this worksheet: its performer, or not its performer's supervisor."""
    sheet = sheet_of(record)
    if sheet.performer.username == actor.username:
        yield SamePerson(person=sheet.performer.full_name, number=sheet.number)
    fitness = record.fitness if isinstance(record, GatheredSheet) else fitness_of(record)
    supervisor = fitness.supervisor
    if supervisor is not None and supervisor.username != actor.username:
        yield SupervisorChecks(
            performer=sheet.performer.full_name, supervisor=supervisor.full_name, number=sheet.number
        )


def ready_to_approve(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    """Whoever approves is another, the supervisor where there is one; whoever measured was fit to."""
    yield from not_the_checker(record, actor)
    yield from record.unfit if isinstance(record, GatheredSheet) else fitness_of(record).refusals


def register_differs(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    """Its characteristics are taken anew only where the register says otherwise."""
    yield from by_its_performer(record, actor, on)
    differing = record.differing if isinstance(record, GatheredSheet) else differing_characteristics(record)
    if not differing:
        yield CharacteristicsAgree(number=sheet_of(record).number)


def something_found(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    """An adjustment closes what was found: there must be something."""
    yield from by_its_performer(record, actor, on)
    sheet = sheet_of(record)
    if not any(row.text for row in current_readings(sheet).values()):
        yield NothingFound(number=sheet.number)


def adjusted(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    """Checklists are carried over an adjustment: there must be one."""
    yield from by_its_performer(record, actor, on)
    sheet = sheet_of(record)
    if not adjustments(sheet):
        yield NotAdjusted(number=sheet.number)

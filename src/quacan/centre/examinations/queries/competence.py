"""Whether whoever measured might: the authorisation for the procedure, and the card where the law asks for one."""

from dataclasses import dataclass

from quacan.centre.base.refusals import Refusal
from quacan.centre.examinations.models import Examination
from quacan.centre.instruments.library import extent_of, frozen
from quacan.centre.people.models import Authorisation, Person
from quacan.centre.people.queries import require_authorisation, require_card


def leave_of(sheet: Examination) -> Authorisation:
    """This will give the authorisation its performer worked by, on its day and for its instrument, or refuse."""
    procedure, _limits = frozen(sheet.procedure_text, sheet.limits_text)
    return require_authorisation(
        sheet.performer,
        sheet.organisation,
        procedure=sheet.procedure_code,
        on=sheet.performed_on,
        extent=extent_of(procedure, sheet.characteristics),
    )


def supervisor_of(sheet: Examination) -> Person | None:
    """This will give who must check a worksheet because its performer works under supervision; None otherwise."""
    return leave_of(sheet).supervisor


@dataclass(frozen=True, slots=True)
class Fitness:
    """Whether a worksheet's performer might measure it on its day, and who then supervises them."""

    refusals: tuple[Refusal, ...]
    supervisor: Person | None


def fitness_of(sheet: Examination) -> Fitness:
    """Card and authorisation of the day measured, held against the instrument as the worksheet has it."""
    refusals: list[Refusal] = []
    supervisor = None
    if card := sheet.subject.card:
        try:
            require_card(sheet.performer, sheet.organisation, field=card, on=sheet.performed_on)
        except Refusal as refusal:
            refusals.append(refusal)
    try:
        supervisor = leave_of(sheet).supervisor
    except Refusal as refusal:
        refusals.append(refusal)
    return Fitness(tuple(refusals), supervisor)

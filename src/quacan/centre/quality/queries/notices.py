"""What the notice of a customer says, read from the rows of a simulation."""

from quacan.centre.base.models import Document
from quacan.centre.parties.models import Party
from quacan.centre.quality.models import EffectChoice, Nonconformity, Simulation, SimulationRow
from quacan.centre.quality.papers.notices import NoticeHead, NoticeLine
from quacan.centre.quality.rules import Effect


def notice_head(made: Nonconformity, simulation: Simulation, party: Party) -> NoticeHead:
    """Whom the notice tells, and about what."""
    return NoticeHead(
        party=party.name,
        organisation=made.organisation.name,
        standard=str(simulation.standard),
        from_on=simulation.from_on,
        number=made.number,
    )


def notice_line(row: SimulationRow) -> NoticeLine:
    """One result of the customer, its words left to the language of the notice."""
    document = row.outcome.document if row.outcome else None
    in_force = document is None or document.state == Document.State.ISSUED
    return NoticeLine(
        certificate=row.outcome.number if row.outcome else "",
        out_of_force="" if document is None or in_force else Document.State(document.state).label,
        worksheet=row.worksheet.number,
        instrument=str(row.worksheet.instrument),
        performed_on=row.worksheet.performed_on,
        effect=EffectChoice(row.effect).label,
        restated=row.effect in {Effect.STILL_PASS.value, Effect.STILL_FAIL.value},
    )

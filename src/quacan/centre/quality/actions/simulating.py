"""Ask what a wrong standard would have done, and work it out chunk by chunk."""

from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action
from quacan.centre.base.language.folding import nfc
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.quality.models import Simulation, SimulationRow
from quacan.centre.quality.moves import ADVANCE
from quacan.centre.quality.queries import affected
from quacan.centre.quality.queries.impact import recomputed_row, row_values
from quacan.centre.quality.refusals import DeviationUnreadable, NothingAffected
from quacan.centre.quality.rules import Deviation, period_problem, read_deviation
from quacan.centre.standards.models import Standard
from quacan.centre.verification.models import Worksheet
from quacan.metrology.engine_version import ENGINE_VERSION
from quacan.metrology.quantities import NumberRefused
from quacan.metrology.units import UnitRefused

CHUNK: Final = 100


@action("quality.record")
def simulate_deviation(
    act: Act,
    standard: Standard,
    *,
    deviation: str,
    unit: str,
    from_on: date,
    to_on: date | None = None,
    explanation: str,
) -> Simulation:
    """This will ask what follows if a standard had been off by d (true less stated) from a day on, maybe to a day.

    Nothing is worked out yet: `advance_simulation` does so, chunk by chunk. Refused: an unreadable deviation, a day
    to come, swapped days, a missing explanation, a standard no worksheet rests on.
    """
    act.require(standard.organisation)
    asked = _deviation(deviation, unit)
    problem = period_problem(from_on, to_on, on=act.on)
    if problem == "future":
        raise FieldWrong(field=_("Từ ngày"), why=_("sau hôm nay"))
    if problem:
        raise FieldWrong(field=_("Đến ngày"), why=_("trước ngày bắt đầu"))
    if not explanation.strip():
        raise FieldMissing(field=_("Căn cứ"))
    total = affected(standard, from_on=from_on, to_on=to_on).count()
    if not total:
        raise NothingAffected()
    made = Simulation.objects.create(
        organisation=standard.organisation,
        standard=standard,
        deviation=deviation.strip(),
        unit=asked.unit,
        from_on=from_on,
        to_on=to_on,
        explanation=nfc(explanation).strip(),
        asked_by=act.actor.username,
        asked_at=act.at,
        total=total,
        engine=ENGINE_VERSION,
    )
    act.created(made)
    return made


def _deviation(value: str, unit: str) -> Deviation:
    try:
        return read_deviation(value, unit)
    except (NumberRefused, UnitRefused) as refused:
        raise DeviationUnreadable(value=value.strip(), unit=unit.strip()) from refused


@action(ADVANCE)
def advance_simulation(act: Act, simulation: Simulation, *, count: int = CHUNK) -> Simulation:
    """The next worksheets of a simulation worked out, at most so many; the last chunk completes it."""
    standard, deviation = simulation.standard, read_deviation(simulation.deviation, simulation.unit)
    sheets = list(_next_sheets(simulation)[:count])
    SimulationRow.objects.bulk_create(_row(simulation, sheet, standard, deviation) for sheet in sheets)
    done = simulation.done + len(sheets)
    complete = len(sheets) < count
    act.moved(
        simulation,
        to=Simulation.State.COMPLETE if complete else Simulation.State.RUNNING,
        done=done,
        cursor=sheets[-1].pk if sheets else simulation.cursor,
        total=done if complete else max(simulation.total, done),
    )
    return simulation


def _next_sheets(found: Simulation) -> QuerySet[Worksheet]:
    rows = affected(found.standard, from_on=found.from_on, to_on=found.to_on).filter(pk__gt=found.cursor)
    return rows.select_related(
        "procedure_text", "limits_text", "job__order__contract", "outcome"
    ).prefetch_related(
        "conditions", "standard_uses__certificate", "readings__standard_certificate", "runs", "deviations"
    )


def _row(found: Simulation, sheet: Worksheet, standard: Standard, deviation: Deviation) -> SimulationRow:
    readings, answer = recomputed_row(sheet, standard, deviation)
    return SimulationRow(
        simulation=found,
        worksheet=sheet,
        outcome=getattr(sheet, "outcome", None),
        party_id=sheet.job.order.contract.party_id,
        readings=readings,
        **row_values(answer),
    )

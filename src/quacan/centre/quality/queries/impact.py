"""Which worksheets rest on a standard, and what each would come to under a deviation."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from quacan.centre.base.refusals import NotFound
from quacan.centre.examinations.models import Reading, StandardUse
from quacan.centre.examinations.queries import current_readings, guards_of, prepared_sheet
from quacan.centre.parties.models import Party
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible
from quacan.centre.quality.models import Simulation, SimulationRow
from quacan.centre.quality.queries.realisations import realisations_of
from quacan.centre.quality.rules import Deviation, Effect, Recomputed, Typed, counts_of, recompute, unfinished
from quacan.centre.standards.models import Standard
from quacan.centre.verification.models import Worksheet
from quacan.metrology.procedure import Prepared, evaluate

FINISHED = (
    Worksheet.State.SUBMITTED,
    Worksheet.State.APPROVED,
    Worksheet.State.ISSUED,
    Worksheet.State.SUPERSEDED,
)


@dataclass(frozen=True, slots=True)
class Counts:
    """A simulation in figures: worksheets by effect, readings, certificates and customers."""

    by_effect: dict[str, int]
    worksheets: int
    readings: int
    certificates: int
    parties: int
    changed: int

    @property
    def to_act_on(self) -> int:
        """This will count the worksheets whose conclusion no longer stands."""
        return self.worksheets - self.by_effect[Effect.STILL_PASS] - self.by_effect[Effect.STILL_FAIL]


def affected(standard: Standard, *, from_on: date, to_on: date | None = None) -> QuerySet[Worksheet]:
    """This will list the worksheets measured with a standard in a period, those given up left out, by their key.

    A worksheet counts when one of its standing readings is bound to a certificate of the standard, or when the
    standard serves one of its needs.
    """
    newer = Reading.objects.filter(
        examination=OuterRef("examination"), cell=OuterRef("cell"), revision__gt=OuterRef("revision")
    )
    bound = Reading.objects.filter(
        ~Exists(newer), examination=OuterRef("pk"), standard_certificate__standard=standard
    )
    used = StandardUse.objects.filter(examination=OuterRef("pk"), certificate__standard=standard)
    rows = Worksheet.objects.filter(organisation=standard.organisation_id, performed_on__gte=from_on)
    if to_on is not None:
        rows = rows.filter(performed_on__lte=to_on)
    rows = rows.exclude(state=Worksheet.State.VOID)
    return rows.filter(Exists(bound.exclude(text="")) | Exists(used)).order_by("pk")


def recomputed_row(sheet: Worksheet, standard: Standard, deviation: Deviation) -> tuple[int, Recomputed]:
    """This will recompute one worksheet under a deviation: how many readings rest on the standard, and the answer.

    Reads nothing more when conditions, readings, runs, standard uses and deviations were prefetched.
    """
    standing = current_readings(sheet)
    uses = list(sheet.standard_uses.all())
    certificates = {use.certificate_id for use in uses if use.certificate.standard_id == standard.pk}
    bound = frozenset(
        cell
        for cell, row in standing.items()
        if row.text and row.standard_certificate and row.standard_certificate.standard_id == standard.pk
    )
    if sheet.state not in FINISHED:
        return len(bound), unfinished(sheet.verdict)
    prepared, cells = prepared_sheet(sheet), {cell: row.text for cell, row in standing.items() if row.text}
    typed = Typed(
        cells=cells,
        bound=bound,
        needs=tuple(use.need for use in uses if use.certificate_id in certificates),
        verdict=sheet.verdict,
        guards=_guards(sheet, prepared, cells),
    )
    return len(bound), recompute(prepared, typed, deviation, realisations_of(prepared.procedure.code))


def _guards(sheet: Worksheet, prepared: Prepared, cells: Mapping[str, str]) -> dict[str, Decimal] | None:
    """The U that was frozen with the worksheet, by row; the simulation changes the value of the standard, not its U."""
    if not sheet.decision_rule:
        return None
    return guards_of(sheet, prepared.procedure, evaluate(prepared, cells=cells))


def row_values(answer: Recomputed) -> dict[str, object]:
    """This will give the columns of a simulation row that the answer fills."""
    return {
        "effect": answer.effect.value,
        "before": answer.before,
        "after": answer.after,
        "why": answer.why.value,
        "where": answer.where,
        "changed": answer.changed,
        "tightest": asdict(answer.tightest) if answer.tightest else {},
    }


def simulations(person: Person, *, on: date) -> QuerySet[Simulation]:
    """This will list the simulations a person may see."""
    rows = Simulation.objects.select_related("organisation", "standard", "nonconformity")
    return visible(rows, person, "quality.see", on=on, unit=None)


def simulation(person: Person, key: int, *, on: date) -> Simulation:
    """This will find a simulation a person may see, refusing any other as unknown."""
    found = simulations(person, on=on).filter(pk=key).first()
    if found is None:
        raise NotFound(record=_("mô phỏng"))
    return found


def simulation_rows(found: Simulation) -> QuerySet[SimulationRow]:
    """This will list the worksheets of a simulation with what a list shows of them."""
    return found.rows.select_related(
        "worksheet__instrument__owner",
        "worksheet__procedure_text",
        "worksheet__limits_text",
        "outcome__document",
        "party",
    )


def effect_counts(found: Simulation) -> Counts:
    """This will count a simulation: worksheets by effect, readings, certificates, customers."""
    totals = found.rows.aggregate(
        readings=Sum("readings", default=0),
        certificates=Count("outcome"),
        parties=Count("party", distinct=True),
        changed=Count("pk", filter=Q(changed=True)),
    )
    by_effect = counts_of(())
    by_effect |= {
        row["effect"]: row["n"] for row in found.rows.order_by().values("effect").annotate(n=Count("pk"))
    }
    return Counts(by_effect=by_effect, worksheets=sum(by_effect.values()), **totals)


STANDS = Q(effect__in=[Effect.STILL_PASS.value, Effect.STILL_FAIL.value])


def parties_affected(found: Simulation) -> list[tuple[Party, list[SimulationRow]]]:
    """This will list the customers who must be told, with the issued results that no longer stand.

    A calibration or test whose reported values change counts too, even where its verdict stands.
    """
    rows = simulation_rows(found).order_by("party__folded", "worksheet__performed_on", "worksheet_id")
    told = rows.filter(outcome__isnull=False).exclude(
        STANDS & (Q(changed=False) | Q(worksheet__service="verification"))
    )
    grouped: dict[int, tuple[Party, list[SimulationRow]]] = {}
    for row in told:
        grouped.setdefault(row.party_id, (row.party, []))[1].append(row)
    return list(grouped.values())


def unissued_in_doubt(found: Simulation) -> QuerySet[SimulationRow]:
    """This will list the worksheets without a certificate yet whose conclusion no longer stands."""
    return simulation_rows(found).filter(outcome__isnull=True).exclude(STANDS)

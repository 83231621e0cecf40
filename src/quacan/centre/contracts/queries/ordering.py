"""What an order may choose from: the customer's instruments that fit a line and wait for nobody."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from quacan.centre.contracts.models import Contract, ContractLine, Job
from quacan.centre.contracts.queries.progress import line_progress
from quacan.centre.contracts.queries.sheet import kind_name
from quacan.centre.contracts.rules import MEASURED
from quacan.centre.instruments.models import Instrument
from quacan.centre.instruments.queries import instruments_of

MOST_OFFERED = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """An instrument that may be chosen, and the order it already waits in, if any."""

    instrument: Instrument
    place: str
    valid_until: date | None
    waits_in: str


@dataclass(frozen=True, slots=True)
class LineOffer:
    """A line with what is left to order and the instruments that fit it."""

    line: ContractLine
    kind_name: str
    left: int
    candidates: tuple[Candidate, ...]


def offers(contract: Contract) -> list[LineOffer]:
    """This will list, for every measured line with something left, the customer's instruments of its kind."""
    lines = [line for line in contract.lines.all() if line.service in MEASURED]
    progress = line_progress(lines)
    return [
        LineOffer(
            line,
            kind_name(line.kind_code),
            progress[line.pk].left_to_order,
            tuple(_candidates(contract, line)),
        )
        for line in lines
        if progress[line.pk].left_to_order
    ]


def _candidates(contract: Contract, line: ContractLine) -> list[Candidate]:
    done_here = Job.objects.filter(instrument=OuterRef("pk"), line=line, state=Job.State.DONE)
    rows = instruments_of(contract.party).exclude(state=Instrument.State.STOPPED)
    rows = rows.filter(kind_code=line.kind_code) if line.kind_code else rows
    rows = rows.exclude(Exists(done_here)).order_by("establishment__folded", "folded", "id")
    found = list(rows[:MOST_OFFERED])
    open_jobs = Job.objects.filter(instrument__in=found, state__in=(Job.State.WAITING, Job.State.MEASURING))
    waiting = dict(open_jobs.values_list("instrument_id", "order__number"))
    return [candidate_of(one, waiting.get(one.pk, "")) for one in found]


def candidate_of(instrument: Instrument, waits_in: str = "") -> Candidate:
    """This will shape an instrument for the table of an order."""
    place = instrument.establishment.name if instrument.establishment else ""
    return Candidate(instrument, place, instrument.valid_until, waits_in)


def last_prices(contract_organisation_id: int, kinds: list[str]) -> dict[str, int]:
    """This will give the price each kind had in the organisation's newest contract, for a draft to begin with."""
    rows = ContractLine.objects.filter(
        contract__organisation=contract_organisation_id, kind_code__in=kinds, service="verification"
    )
    found: dict[str, int] = {}
    for kind, price in rows.order_by("contract__received_on", "contract_id").values_list(
        "kind_code", "unit_price"
    ):
        found[kind] = price
    return found

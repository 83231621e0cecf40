"""How far a contract is: agreed, ordered, done, line by line; and its money."""

from collections.abc import Iterable, Mapping

from django.db.models import Count, Q, QuerySet

from quacan.centre.contracts.models import Contract, ContractLine, Job
from quacan.centre.contracts.rules import MEASURED, LineProgress, Totals, totals


def line_progress(lines: Iterable[ContractLine]) -> Mapping[int, LineProgress]:
    """This will tell, by line id, how much is agreed, ordered and done; one query however many lines."""
    known = list(lines)
    rows = (
        Job.objects.filter(line__in=known)
        .order_by()
        .values_list("line_id")
        .annotate(
            living=Count("id", filter=~Q(state=Job.State.CANCELLED)),
            done=Count("id", filter=Q(state=Job.State.DONE)),
        )
    )
    counted = {line_id: (living, done) for line_id, living, done in rows}
    return {line.pk: _progress(line, *counted.get(line.pk, (0, 0))) for line in known}


def _progress(line: ContractLine, living: int, done: int) -> LineProgress:
    if line.service in MEASURED:
        return LineProgress(quantity=line.quantity, ordered=living, done=done)
    return LineProgress(quantity=line.quantity, ordered=line.quantity, done=line.reported_quantity)


def jobs_living(contract: Contract) -> QuerySet[Job]:
    """This will list the jobs of a contract that were not cancelled."""
    return Job.objects.filter(line__contract=contract).exclude(state=Job.State.CANCELLED)


def contract_totals(contract: Contract, lines: Iterable[ContractLine]) -> Totals:
    """This will add up a contract's money, net, VAT and gross, in whole đồng."""
    return totals(((line.quantity, line.unit_price) for line in lines), contract.vat_percent)

"""Figures of contracts for lists: how much is agreed and done, and the money, in the same query as the rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from quacan.centre.contracts.models import Contract, ContractLine, Job, Order
from quacan.centre.contracts.queries.books import sees_prices
from quacan.centre.contracts.rules import totals
from quacan.centre.parties.queries import current
from quacan.centre.people.models import Person


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract as a list shows it; *gross* is None for whoever may not see prices."""

    pk: int
    number: str
    title: str
    party: str
    state: str
    state_label: str
    received_on: date
    due_on: date | None
    quantity: int
    done: int
    gross: int | None
    is_late: bool
    tone: str


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as a list shows it."""

    pk: int
    number: str
    planned_on: date
    place: str
    contract_pk: int
    contract: str
    party: str
    jobs: int
    done: int
    performers: str


def with_figures(rows: QuerySet[Contract]) -> QuerySet[Contract]:
    """This will add to each contract its quantity, what is done and its net amount."""
    lines = ContractLine.objects.filter(contract=OuterRef("pk")).order_by().values("contract")
    jobs = Job.objects.filter(line__contract=OuterRef("pk"), state=Job.State.DONE).order_by()
    done_jobs = jobs.values("line__contract").annotate(n=Count("id")).values("n")
    return rows.annotate(
        quantity=_summed(lines.annotate(n=Sum("quantity")).values("n")),
        reported=_summed(lines.annotate(n=Sum("reported_quantity")).values("n")),
        done_jobs=_summed(done_jobs),
        net=_summed(lines.annotate(n=Sum(F("quantity") * F("unit_price"))).values("n")),
    )


def _summed(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows, output_field=BigIntegerField()), 0)


def contract_row(contract: Contract, person: Person, *, on: date, tone: str = "") -> ContractRow:
    """A contract with its figures as one person may read them; *tone* is the one its state is shown in."""
    unfinished = contract.state in {Contract.State.SIGNED, Contract.State.RUNNING}
    return ContractRow(
        pk=contract.pk,
        number=contract.number,
        title=contract.title,
        party=current(contract.party).name,
        state=contract.state,
        state_label=contract.get_state_display(),
        received_on=contract.received_on,
        due_on=contract.due_on,
        quantity=int(contract.quantity),  # type: ignore[attr-defined]
        done=done_of(contract),
        gross=gross_of(contract, person, on=on),
        is_late=bool(unfinished and contract.due_on and contract.due_on < on),
        tone=tone,
    )


def done_of(contract: Contract) -> int:
    """This will add up what is done of a contract that carries its figures."""
    return int(contract.reported + contract.done_jobs)  # type: ignore[attr-defined]


def gross_of(contract: Contract, person: Person, *, on: date) -> int | None:
    """This will give the amount with VAT of a contract that carries its figures, None for whoever may not see it."""
    if not sees_prices(person, contract, on=on):
        return None
    return totals([(1, net_of(contract))], contract.vat_percent).gross


def net_of(contract: Contract) -> int:
    """This will give the amount before VAT of a contract that carries its figures (a database may sum to a Decimal)."""
    return int(contract.net)  # type: ignore[attr-defined]


def with_jobs(rows: QuerySet[Order]) -> QuerySet[Order]:
    """This will add to each order how many living jobs it has and how many have a result."""
    living = Job.objects.filter(order=OuterRef("pk")).exclude(state=Job.State.CANCELLED).order_by()
    done = living.filter(state=Job.State.DONE)
    return rows.annotate(job_count=_summed(_counted(living)), done_count=_summed(_counted(done)))


def _counted(jobs: QuerySet[Job]) -> QuerySet[Any, Any]:
    return jobs.values("order").annotate(n=Count("id")).values("n")


def order_rows(orders: list[Order]) -> list[OrderRow]:
    """This will shape orders that carry their counts, with the names of who does them; one query more."""
    names: dict[int, dict[str, None]] = {order.pk: {} for order in orders}
    jobs = Job.objects.filter(order__in=orders).exclude(state=Job.State.CANCELLED)
    for order_pk, name in jobs.order_by("id").values_list("order_id", "performer__full_name"):
        names[order_pk][name] = None
    return [
        OrderRow(
            pk=order.pk,
            number=order.number,
            planned_on=order.planned_on,
            place=order.place,
            contract_pk=order.contract_id,
            contract=str(order.contract),
            party=current(order.contract.party).name,
            jobs=int(order.job_count),  # type: ignore[attr-defined]
            done=int(order.done_count),  # type: ignore[attr-defined]
            performers=", ".join(names[order.pk]),
        )
        for order in orders
    ]

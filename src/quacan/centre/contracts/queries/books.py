"""Lists of contracts, orders and jobs, kept to what a person may see."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.refusals import NotFound
from quacan.centre.contracts.facts import posting_of
from quacan.centre.contracts.models import Contract, Job, Order
from quacan.centre.ledger.rules import Posting
from quacan.centre.organisation.models import Organisation
from quacan.centre.parties.models import Party
from quacan.centre.parties.queries import identity
from quacan.centre.people.models import Person
from quacan.centre.people.queries import people_with, visible


def contracts_seen_by(person: Person, *, on: date) -> QuerySet[Contract]:
    """This will list the contracts a person may see."""
    rows = Contract.objects.select_related("organisation", "unit", "party__merged_into")
    return visible(rows, person, "contracts.see", on=on)


def contract_seen_by(person: Person, pk: int, *, on: date) -> Contract:
    """This will find one contract, refusing the unknown and what the person may not see."""
    found = contracts_seen_by(person, on=on).filter(pk=pk).first()
    if found is None:
        raise NotFound(record=_("hợp đồng số {pk}").format(pk=pk))
    return found


def sees_prices(person: Person, contract: Contract, *, on: date) -> bool:
    """This will say whether a person may read the prices of a contract."""
    return person.may(
        "contracts.see_price", organisation_id=contract.organisation_id, unit_id=contract.unit_id, on=on
    )


def contracts_of(party: Party) -> QuerySet[Contract]:
    """This will list the contracts of a party, those made with merged entries included."""
    return Contract.objects.filter(party__in=identity(party))


def overdue(rows: QuerySet[Contract], *, on: date) -> QuerySet[Contract]:
    """This will keep the contracts promised before the day whose work is not finished, the latest first."""
    unfinished = (Contract.State.SIGNED, Contract.State.RUNNING)
    return rows.filter(state__in=unfinished, due_on__lt=on).order_by("due_on", "id")


def orders_seen_by(person: Person, *, on: date) -> QuerySet[Order]:
    """This will list the orders a person may see."""
    rows = Order.objects.select_related("organisation", "unit", "contract__party__merged_into")
    return visible(rows, person, "contracts.see", on=on)


def order_seen_by(person: Person, pk: int, *, on: date) -> Order:
    """This will find one order, refusing the unknown and what the person may not see."""
    found = orders_seen_by(person, on=on).filter(pk=pk).first()
    if found is None:
        raise NotFound(record=_("phiếu việc số {pk}").format(pk=pk))
    return found


def jobs_seen_by(person: Person, *, on: date) -> QuerySet[Job]:
    """This will list the jobs a person may see."""
    rows = Job.objects.select_related(
        "order__organisation", "order__contract__party", "line", "instrument", "performer"
    )
    return visible(
        rows, person, "contracts.see", on=on, organisation="order__organisation", unit="order__unit"
    )


def job_seen_by(person: Person, pk: int, *, on: date) -> Job:
    """This will find one job, refusing the unknown and what the person may not see."""
    found = jobs_seen_by(person, on=on).filter(pk=pk).first()
    if found is None:
        raise NotFound(record=_("việc số {pk}").format(pk=pk))
    return found


def jobs_of(person: Person) -> QuerySet[Job]:
    """This will list what a person was given and has not finished, the earliest day first."""
    rows = Job.objects.filter(performer=person, state__in=(Job.State.WAITING, Job.State.MEASURING))
    return rows.select_related("order__contract__party", "line", "instrument__establishment").order_by(
        "order__planned_on", "id"
    )


def possible_performers(organisation: Organisation, *, on: date) -> list[Person]:
    """This will list who may be given jobs at an organisation on a day."""
    return people_with("worksheets.record", organisation, on=on)


def postings() -> Iterator[Posting]:
    """This will give what every contract stands for in the book."""
    for contract in Contract.objects.prefetch_related("lines").order_by("id").iterator(chunk_size=500):
        yield posting_of(contract, list(contract.lines.all()))

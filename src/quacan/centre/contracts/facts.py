"""What a contract stands for in the book.

``contracts.signed`` counts one on the day of signing, ``contracts.accepted`` one on the day of acceptance. The
amount stands twice, never to be added: with VAT in the entry ``vat=gross`` (which carries the count of one) and
without VAT in ``vat=net`` (count nought). ``contracts.signed_work`` and ``contracts.accepted_work`` split the
quantities and net amounts by service. Every amount says its basis: contract or acceptance.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from quacan.centre.base.act import reference
from quacan.centre.contracts.models import Contract, ContractLine
from quacan.centre.contracts.rules import IN_FORCE, one_service, totals
from quacan.centre.ledger.rules import Fact, Posting


def posting_of(contract: Contract, lines: Sequence[ContractLine]) -> Posting:
    """This will give the entries a contract with its lines stands for; none before signing or after cancelling."""
    return Posting(contract.organisation_id, reference(contract), tuple(_facts(contract, lines)))


def _facts(contract: Contract, lines: Sequence[ContractLine]) -> Iterator[Fact]:
    if contract.state not in IN_FORCE or contract.signed_on is None:
        return
    agreed = [(line, line.quantity) for line in lines]
    yield from _side("signed", "contract", contract, contract.signed_on, agreed)
    if contract.state == Contract.State.ACCEPTED and contract.accepted_on is not None:
        accepted = [(line, line.accepted_quantity or 0) for line in lines]
        yield from _side("accepted", "acceptance", contract, contract.accepted_on, accepted)


def _side(
    name: str, basis: str, contract: Contract, on: date, counted: Sequence[tuple[ContractLine, int]]
) -> Iterator[Fact]:
    money = totals(((n, line.unit_price) for line, n in counted), contract.vat_percent)
    service = one_service(line.service for line, _n in counted)
    shared = {"basis": basis, "service": service}
    unit_id = contract.unit_id
    measure = f"contracts.{name}"
    yield Fact(measure, on, Decimal(1), money.gross, {**shared, "vat": "gross"}, unit_id)
    yield Fact(measure, on, Decimal(0), money.net, {**shared, "vat": "net"}, unit_id)
    for one in sorted({line.service for line, _n in counted}):
        of_one = [(line, n) for line, n in counted if line.service == one]
        yield Fact(
            f"contracts.{name}_work",
            on,
            Decimal(sum(n for _line, n in of_one)),
            sum(n * line.unit_price for line, n in of_one),
            {"basis": basis, "service": one, "vat": "net"},
            unit_id,
        )

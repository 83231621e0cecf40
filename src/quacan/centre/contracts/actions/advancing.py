"""What several actions of contracts share: the order of days, the book, the stage that follows the work."""

from datetime import date

from quacan.centre.base.act import Act, carried
from quacan.centre.contracts.facts import posting_of
from quacan.centre.contracts.models import Contract
from quacan.centre.contracts.moves import ADVANCE
from quacan.centre.contracts.queries import line_progress
from quacan.centre.contracts.refusals import DaysInWrongOrder
from quacan.centre.contracts.rules import stage_after_work
from quacan.centre.ledger.actions import post


def in_order(earlier: str, earlier_on: date, later: str, later_on: date) -> None:
    """This will refuse two days in the wrong order, naming both."""
    if later_on < earlier_on:
        raise DaysInWrongOrder(earlier=earlier, earlier_on=earlier_on, later=later, later_on=later_on)


def post_contract(act: Act, contract: Contract) -> None:
    """This will let the book say what the contract stands for now."""
    post(act, [posting_of(contract, list(contract.lines.all()))])


def advance(act: Act, contract: Contract, *, on: date) -> Contract:
    """This will bring a signed contract to the stage its work has reached; the contract must be locked."""
    progress = line_progress(contract.lines.all())
    stage = stage_after_work(list(progress.values()))
    if stage == contract.state:
        return contract
    done_on = on if stage == Contract.State.DONE else None
    return carried(act, ADVANCE, contract, to=stage, done_on=done_on)

"""Steps shared by the actions of contracts: stages, order of days, posting."""

from datetime import date

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, image
from quacan.centre.base.refusals import WrongStage
from quacan.centre.contracts.facts import posting_of
from quacan.centre.contracts.models import Contract
from quacan.centre.contracts.queries import line_progress
from quacan.centre.contracts.refusals import DaysInWrongOrder
from quacan.centre.contracts.rules import MOVES, allows, stage_after_work
from quacan.centre.ledger.actions import post


def move_names() -> dict[str, str]:
    """This will name the moves of a contract in the reader's language."""
    return {
        "change": _("sửa"),
        "review": _("xem xét"),
        "reopen": _("mở lại dự thảo"),
        "sign": _("ký"),
        "order": _("giao việc"),
        "report": _("báo khối lượng"),
        "accept": _("nghiệm thu"),
        "cancel": _("hủy"),
    }


def wrong_stage(contract: Contract, name: str) -> WrongStage:
    """This will say that a contract's stage does not allow a move, and which moves it does."""
    names = move_names()
    allowed = [names[one] for one in names if one in MOVES[contract.state]]
    return WrongStage(
        record=str(contract),
        stage=contract.get_state_display(),
        move=names[name],
        allowed=", ".join(allowed) or _("không có"),
    )


def move(contract: Contract, name: str) -> None:
    """This will refuse a move the contract's stage does not allow, naming those it does."""
    if not allows(contract.state, name):
        raise wrong_stage(contract, name)


def in_order(earlier: str, earlier_on: date, later: str, later_on: date) -> None:
    """This will refuse two days in the wrong order, naming both."""
    if later_on < earlier_on:
        raise DaysInWrongOrder(earlier=earlier, earlier_on=earlier_on, later=later, later_on=later_on)


def post_contract(act: Act, contract: Contract) -> None:
    """This will let the book say what the contract stands for now."""
    post(act, [posting_of(contract, list(contract.lines.all()))])


def advance(act: Act, contract: Contract, *, on: date, started: bool) -> None:
    """This will move a signed contract to the stage its work has reached; the contract must be locked."""
    progress = line_progress(contract.lines.all())
    stage = stage_after_work(list(progress.values()), started=started)
    if stage == contract.state:
        return
    before = image(contract)
    contract.state = stage
    contract.done_on = on if stage == Contract.State.DONE else None
    contract.version += 1
    contract.save(update_fields=["state", "done_on", "version"])
    act.changed(contract, before)

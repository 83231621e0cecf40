"""How the buttons of contracts, orders and jobs are pressed: with the values their forms would carry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from quacan.centre.base.act import Act
from quacan.centre.base.refusals import Refusal
from quacan.centre.contracts import moves
from quacan.centre.contracts.actions import (
    ContractDraft,
    JobPlan,
    reassign_job,
    record_contract,
    report_done,
    review_contract,
    sign_contract,
)
from quacan.centre.contracts.actions.working import _checked_plans
from quacan.centre.contracts.models import Contract, Job, Order
from quacan.centre.contracts.queries import offers, possible_performers
from quacan.centre.contracts.rules import LineDraft
from quacan.centre.instruments.actions import InstrumentDraft, register_instrument
from quacan.centre.instruments.models import Instrument
from quacan.centre.people.models import Person
from quacan.centre.people.queries import people_with

EACH = 2


def contracts() -> Iterator[Contract]:
    """Some contracts of every stage; what the demonstration has none of is made."""
    for state in Contract.State.values:
        yield from Contract.objects.filter(state=state).order_by("-pk")[:EACH]
    yield from _made()


def _made() -> Iterator[Contract]:
    """A contract of consulting and verification, left at every stage before its work."""
    known = Contract.objects.select_related("organisation", "party").latest("pk")
    lines = [LineDraft("consulting", "", 2, 1_000, "Tư vấn"), LineDraft("verification", "MAS-04", 2, 1_000)]
    for stage in ("draft", "reviewed", "signed", "running"):
        act = _act(known)
        draft = ContractDraft(known.party, f"Thử nút {stage}", act.on, lines)
        contract = record_contract(act, known.organisation, draft)
        if stage != "draft":
            contract = review_contract(_act(known), contract, able=True)
        if stage in ("signed", "running"):
            contract = sign_contract(_act(known), contract)
        if stage == "running":
            line = contract.lines.get(service="consulting")
            contract = report_done(_act(known), contract, line=line, quantity=1)
        yield contract


def _act(known: Contract) -> Act:
    from django.utils import timezone

    now = timezone.now()
    clerks = people_with("contracts.record", known.organisation, on=now.date())
    return Act(actor=clerks[0], at=now, door="test", reason="Thử nút bấm")


def _changed(contract: Contract, act: Act) -> dict[str, Any]:
    lines = [
        LineDraft(one.service, one.kind_code, one.quantity, one.unit_price, one.description)
        for one in contract.lines.all()
    ]
    draft = ContractDraft(
        contract.party, "Sửa", contract.received_on, lines, vat_percent=contract.vat_percent
    )
    return {"draft": draft, "version": contract.version}


def _jobs(contract: Contract, act: Act, day: date) -> list[JobPlan]:
    """One instrument of the customer, given to somebody who may measure it on the day."""
    line = offers(contract)[0].line
    plate = InstrumentDraft(line.kind_code, f"THU-{line.pk}", characteristics=_plate_like(line.kind_code))
    instrument = register_instrument(
        act_of_clerk(contract), contract.organisation, plate, owner=contract.party
    )
    plans = []
    for person in possible_performers(contract.organisation, on=day):
        plans = [JobPlan(line, instrument, person)]
        try:
            _checked_plans(contract, contract.unit, day, plans)
        except Refusal:
            continue
        break
    return plans


def act_of_clerk(contract: Contract) -> Act:
    """A deed of somebody who may record the customer's instruments."""
    return _act(contract)


def _plate_like(kind_code: str) -> dict[str, str]:
    known = Instrument.objects.filter(kind_code=kind_code).order_by("pk").first()
    return dict(known.characteristics) if known else {}


def _given_out(contract: Contract, act: Act) -> dict[str, Any]:
    return {"planned_on": act.on, "jobs": _jobs(contract, act, act.on)}


def _added(order: Order, act: Act) -> dict[str, Any]:
    return {"jobs": _jobs(order.contract, act, order.planned_on)}


def _reported(contract: Contract, act: Act) -> dict[str, Any]:
    line = contract.lines.exclude(service__in=("verification", "calibration")).first()
    return {"line": line, "quantity": 1}


def _another(job: Job, act: Act) -> dict[str, Any]:
    from django.db import transaction

    found: Person = job.performer
    for person in possible_performers(job.order.organisation, on=job.order.planned_on):
        try:
            with transaction.atomic():
                reassign_job(act, job, performer=person)
                found = person
                raise _Enough
        except (_Enough, Refusal):
            continue
    return {"performer": found}


class _Enough(Exception):
    """It can be given to this one; nothing of the try stays."""


SAMPLES = {moves.CONTRACT: contracts}
PRESSES = {
    moves.CHANGE: _changed,
    moves.REVIEW: lambda contract, act: {"able": True},
    moves.SIGN: lambda contract, act: {"due_on": act.on},
    moves.GIVE_OUT: _given_out,
    moves.REPORT: _reported,
    moves.ADD_JOBS: _added,
    moves.REASSIGN: _another,
}

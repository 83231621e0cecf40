"""A customer with three scales, and the contract that is agreed about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from conftest import World
from quacan.centre.contracts.actions import (
    ContractDraft,
    JobPlan,
    order_work,
    record_contract,
    review_contract,
    sign_contract,
)
from quacan.centre.contracts.models import Contract, Order
from quacan.centre.contracts.rules import LineDraft
from quacan.centre.instruments.actions import InstrumentDraft, register_instrument
from quacan.centre.instruments.models import Instrument
from quacan.centre.parties.actions import PartyDraft, record_party
from quacan.centre.parties.models import Party

SCALE = "MAS-01"


@dataclass
class Story:
    """What a contract needs, and shortcuts to bring it to a stage."""

    world: World
    party: Party
    scales: list[Instrument]

    def draft(self, lines: list[LineDraft] | None = None, **changes: object) -> Contract:
        details = {
            "party": self.party,
            "title": "Kiểm định cân",
            "received_on": date(2022, 3, 1),
            "lines": lines or [LineDraft("verification", SCALE, 2, 150_000)],
        }
        return record_contract(
            self.world.act("vanthu"), self.world.centre, ContractDraft(**details | changes)
        )

    def reviewed(self, lines: list[LineDraft] | None = None, **changes: object) -> Contract:
        contract = self.draft(lines, **changes)
        return review_contract(self.world.act("truongphong"), contract, able=True, on=date(2022, 3, 2))

    def signed(self, lines: list[LineDraft] | None = None, **changes: object) -> Contract:
        return sign_contract(
            self.world.act("giamdoc"), self.reviewed(lines, **changes), signed_on=date(2022, 3, 3)
        )

    def plan(self, contract: Contract, *scales: Instrument, performer: str = "kdv.an") -> list[JobPlan]:
        line = contract.lines.first()
        person = self.world.people[performer]
        return [JobPlan(line=line, instrument=scale, performer=person) for scale in scales]

    def order(self, contract: Contract, *scales: Instrument) -> Order:
        return order_work(
            self.world.act("vanthu"), contract, planned_on=date(2022, 3, 7), jobs=self.plan(contract, *scales)
        )


@pytest.fixture
def story(world: World) -> Story:
    party = record_party(world.act("vanthu"), world.centre, PartyDraft(kind="enterprise", name="Công ty Mẫu"))
    register: Callable[[str], Instrument] = lambda serial: register_instrument(  # noqa: E731
        world.act("vanthu"),
        world.centre,
        InstrumentDraft(kind_code=SCALE, serial=serial, maker="Mẫu"),
        owner=party,
    )
    return Story(world, party, [register(serial) for serial in ("001", "002", "003")])

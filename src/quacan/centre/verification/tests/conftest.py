"""A bench: three instruments on order, the standards they need, and shortcuts to bring a worksheet to a stage."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files

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
from quacan.centre.contracts.models import Job
from quacan.centre.contracts.rules import LineDraft
from quacan.centre.instruments.actions import InstrumentDraft, register_instrument
from quacan.centre.parties.actions import PartyDraft, record_party
from quacan.centre.people.models import Person
from quacan.centre.standards.actions import CertificateDraft, StandardDraft, add_certificate, enter_standard
from quacan.centre.standards.models import StandardCertificate
from quacan.centre.verification.actions import (
    approve_worksheet,
    enter_conditions,
    enter_readings,
    open_worksheet,
    submit_worksheet,
)
from quacan.centre.verification.library import shelves
from quacan.centre.verification.models import Worksheet
from quacan.metrology.procedure import Case, Procedure, read_case
from quacan.metrology.procedure.cases import case_cells

ON = date(2026, 11, 20)
KINDS = {
    "counter-scale": ("MAS-04", "mass"),
    "fuel-dispenser": ("FLO-01", "flow"),
    "sphygmomanometer": ("PRE-04", "pressure"),
}
STANDARDS = {"mass": "M1", "volume": "B1", "pressure": "P1"}


def procedure_of(code: str) -> Procedure:
    return next(shelf.procedure for shelf in shelves() if shelf.procedure.code == code)


def case_of(code: str, name: str = "passing") -> Case:
    folder = KINDS[code][1]
    path = files("quacan.definitions") / "procedures" / folder / code / "cases" / f"{name}.json"
    return read_case(json.loads(path.read_text("utf-8")))


def cells_of(code: str, name: str = "passing") -> dict[str, str]:
    return case_cells(procedure_of(code), case_of(code, name))


@dataclass
class Bench:
    """What a worksheet needs."""

    world: World
    jobs: dict[str, Job]
    certificates: dict[str, StandardCertificate] = field(default_factory=dict)

    @property
    def an(self) -> Person:
        return self.world.people["kdv.an"]

    def act(self, username: str = "kdv.an", *, reason: str = "", key: str = "") -> object:
        return self.world.act(username, reason=reason, key=key)

    def opened(self, code: str = "counter-scale") -> Worksheet:
        return open_worksheet(self.act(), self.jobs[code], performed_on=ON, procedure_code=code)

    def typed(self, code: str = "counter-scale", name: str = "passing", **changes: str) -> Worksheet:
        """A worksheet with everything of a worked case typed in."""
        sheet = self.opened(code)
        enter_readings(self.act(), sheet, cells=cells_of(code, name) | changes)
        self.conditions(sheet, case_of(code, name).conditions)
        return sheet

    def conditions(self, sheet: Worksheet, values: Mapping[str, str]) -> None:
        moments = {(key, moment): text for key, text in values.items() for moment in ("start", "end")}
        enter_conditions(self.act(), sheet, values=moments)

    def submitted(self, code: str = "counter-scale", name: str = "passing") -> Worksheet:
        return submit_worksheet(self.act(), self.typed(code, name))

    def approved(self, code: str = "counter-scale", name: str = "passing") -> Worksheet:
        return approve_worksheet(self.act("kdv.binh"), self.submitted(code, name))


REACH = {"mass": ("1", "60000", "g"), "pressure": ("0", "300", "mmHg"), "volume": ("1", "50", "L")}
VALUES = {
    "mass": [
        {"nominal": "0.001", "value": "0.001", "U": "0.0000001", "k": "2", "unit": "kg"},
        {"nominal": "10", "value": "10", "U": "0.00005", "k": "2", "unit": "kg"},
    ],
    "pressure": [
        {"nominal": "0", "value": "0", "U": "0.2", "k": "2", "unit": "mmHg"},
        {"nominal": "300", "value": "300", "U": "0.2", "k": "2", "unit": "mmHg"},
    ],
    "volume": [{"nominal": "20", "value": "20", "U": "0.004", "k": "2", "unit": "L"}],
}


def equip(world: World, code: str, kind: str, *, until: date = date(2027, 6, 19)) -> StandardCertificate:
    """A standard of the centre with a certificate in force."""
    low, high, unit = REACH.get(kind, ("", "", ""))
    standard = enter_standard(
        world.act("truongphong"),
        world.centre,
        StandardDraft(
            code=code, name=f"Chuẩn {kind} {code}", kind=kind, range_from=low, range_to=high, range_unit=unit
        ),
    )
    return add_certificate(
        world.act("truongphong"),
        standard,
        CertificateDraft(
            number=f"C25.{code}",
            issuer="Viện Đo lường mẫu",
            issued_on=date(2025, 6, 19),
            valid_until=until,
            values=VALUES[kind],
            traceable_to="chuẩn quốc gia",
        ),
    )


def ordered_jobs(world: World) -> dict[str, Job]:
    """Three instruments under one signed contract, given to one verifier."""
    party = record_party(world.act("vanthu"), world.centre, PartyDraft(kind="enterprise", name="Công ty Mẫu"))
    lines = [LineDraft("verification", kind, 1, 150_000) for kind, _folder in KINDS.values()]
    contract = record_contract(
        world.act("vanthu"),
        world.centre,
        ContractDraft(party=party, title="Kiểm định", received_on=date(2026, 11, 2), lines=lines),
    )
    contract = review_contract(world.act("truongphong"), contract, able=True, on=date(2026, 11, 3))
    contract = sign_contract(world.act("giamdoc"), contract, signed_on=date(2026, 11, 4))
    plans = []
    for (code, (kind, _folder)), line in zip(KINDS.items(), contract.lines.all(), strict=True):
        instrument = register_instrument(
            world.act("vanthu"),
            world.centre,
            InstrumentDraft(
                kind_code=kind, serial=f"S-{kind}", characteristics=case_of(code).characteristics
            ),
            owner=party,
        )
        plans.append(JobPlan(line=line, instrument=instrument, performer=world.people["kdv.an"]))
    order = order_work(world.act("vanthu"), contract, planned_on=ON, jobs=plans, place="Chợ Xanh")
    jobs = order.jobs.select_related("instrument", "order__organisation", "line", "performer")
    return {code: jobs.get(instrument__kind_code=kind) for code, (kind, _folder) in KINDS.items()}


@pytest.fixture
def bench(world: World) -> Bench:
    world.now = world.now.replace(year=2026, month=11, day=20)
    certificates = {kind: equip(world, code, kind) for kind, code in STANDARDS.items()}
    return Bench(world, ordered_jobs(world), certificates)

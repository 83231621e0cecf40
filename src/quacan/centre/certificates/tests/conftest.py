"""A bench of blood-pressure gauges: ordered, measured, checked; what is left is to sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from conftest import World
from quacan.centre.certificates.actions import hand_out_stamps, issue_outcome, receive_stamps
from quacan.centre.certificates.models import Outcome
from quacan.centre.contracts.actions import (
    ContractDraft,
    JobPlan,
    order_work,
    record_contract,
    review_contract,
    sign_contract,
)
from quacan.centre.contracts.models import Contract, Job
from quacan.centre.contracts.rules import LineDraft
from quacan.centre.examinations.queries import sheet_layout
from quacan.centre.instruments.actions import InstrumentDraft, register_instrument
from quacan.centre.parties.actions import PartyDraft, record_party
from quacan.centre.standards.actions import CertificateDraft, StandardDraft, add_certificate, enter_standard
from quacan.centre.verification.actions import (
    approve_worksheet,
    enter_conditions,
    enter_readings,
    open_worksheet,
    submit_worksheet,
    supersede_worksheet,
)
from quacan.centre.verification.models import Worksheet
from quacan.metrology.procedure.layout import LayoutRow, LayoutStep

MEASURED = date(2022, 5, 10)
SIGNED = date(2022, 5, 12)
KIND = "PRE-04"
CUSTOMER = "Bệnh viện Hoa Ban"


@dataclass
class Bench:
    """Three gauges on order for one customer, and shortcuts to bring them to a stage."""

    world: World
    contract: Contract
    jobs: list[Job]

    def draft(self, job: int = 0, *, off_by: int = 0) -> Worksheet:
        """A worksheet filled with readings of a gauge that errs by so many mmHg."""
        sheet = open_worksheet(self.world.act("kdv.an", on=MEASURED), self.jobs[job], performed_on=MEASURED)
        return self.filled(sheet, off_by=off_by)

    def filled(self, sheet: Worksheet, *, off_by: int, on: date = MEASURED) -> Worksheet:
        act = self.world.act("kdv.an", on=on)
        conditions = {("temperature", "start"): "24,0", ("temperature", "end"): "24,5"}
        conditions |= {("humidity", "start"): "60", ("humidity", "end"): "60"}
        enter_conditions(act, sheet, values=conditions)
        return enter_readings(act, sheet, cells=gauge_cells(sheet, off_by=off_by))

    def approved(self, job: int = 0, *, off_by: int = 0) -> Worksheet:
        return self.checked(self.draft(job, off_by=off_by))

    def checked(self, sheet: Worksheet, *, on: date = MEASURED) -> Worksheet:
        submit_worksheet(self.world.act("kdv.an", on=on), sheet)
        return approve_worksheet(self.world.act("truongphong", on=on), sheet)

    def issued(self, job: int = 0, *, off_by: int = 0) -> Outcome:
        return self.sign(self.approved(job, off_by=off_by))

    def sign(self, sheet: Worksheet, *, on: date = SIGNED, who: str = "giamdoc", key: str = "") -> Outcome:
        return issue_outcome(self.world.act(who, on=on, key=key), sheet)

    def replaced(self, old: Outcome, *, off_by: int, on: date = date(2022, 5, 20)) -> Outcome:
        """The outcome of a worksheet that replaces an issued one."""
        reason = "Ghi nhầm số máy chuẩn"
        act = self.world.act("kdv.an", on=on, reason=reason)
        sheet = supersede_worksheet(act, old.worksheet, performed_on=MEASURED)
        return self.sign(self.checked(self.filled(sheet, off_by=off_by, on=on), on=on), on=on)


def gauge_cells(sheet: Worksheet, *, off_by: int) -> dict[str, str]:
    """What a verifier reads from a gauge that errs by *off_by* mmHg everywhere above zero."""
    cells: dict[str, str] = {}
    for step in sheet_layout(sheet).steps:
        for row in step.rows:
            cells.update(_row(step, row, off_by))
    return cells


def _row(step: LayoutStep, row: LayoutRow, off_by: int) -> Iterator[tuple[str, str]]:
    leak = {"before": "250", "after": "248", "minutes": "2"}
    for cell in row.cells:
        if step.kind == "checklist":
            yield cell.key, "ok"
        elif cell.column == "indication":
            nominal = row.nominal or Decimal(0)
            yield cell.key, str(nominal + (off_by if nominal else 0))
        elif cell.column in leak:
            yield cell.key, leak[cell.column]


def equip(world: World) -> None:
    """This will give the centre a manometer with a certificate in force."""
    standard = enter_standard(
        world.act("truongphong"),
        world.centre,
        StandardDraft(
            code="AK-01",
            name="Áp kế chuẩn",
            kind="pressure",
            serial="P-1",
            range_from="0",
            range_to="400",
            range_unit="mmHg",
        ),
    )
    add_certificate(
        world.act("truongphong"),
        standard,
        CertificateDraft(
            number="C21.P-1",
            issuer="Viện Mẫu",
            issued_on=date(2021, 11, 5),
            valid_until=date(2023, 11, 30),
            values=[{"nominal": "100", "value": "100.0", "U": "0.2", "k": "2", "unit": "mmHg"}],
            traceable_to="Chuẩn đo lường quốc gia",
        ),
    )


@pytest.fixture
def bench(world: World) -> Bench:
    centre, unit = world.centre, None
    party = record_party(
        world.act("vanthu"),
        centre,
        PartyDraft(kind="state_body", name=CUSTOMER, tax_code="", address="Số 2 phố Mẫu"),
    )
    equip(world)
    gauges = [
        register_instrument(
            world.act("vanthu"),
            centre,
            InstrumentDraft(
                kind_code=KIND,
                name="Huyết áp kế lò xo",
                serial=serial,
                type="AN-300",
                maker="Minh Tâm",
                characteristics={"range_max": "300", "d": "2"},
            ),
            owner=party,
        )
        for serial in ("HA-001", "HA-002", "HA-003")
    ]
    contract = record_contract(
        world.act("vanthu"),
        centre,
        ContractDraft(
            party=party,
            title="Kiểm định huyết áp kế",
            received_on=date(2022, 3, 1),
            lines=[LineDraft("verification", KIND, 3, 60_000)],
        ),
    )
    review_contract(world.act("truongphong"), contract, able=True, on=date(2022, 3, 2))
    sign_contract(world.act("giamdoc"), contract, signed_on=date(2022, 3, 3))
    line, verifier = contract.lines.get(), world.people["kdv.an"]
    order = order_work(
        world.act("vanthu"),
        contract,
        planned_on=MEASURED,
        jobs=[JobPlan(line=line, instrument=gauge, performer=verifier) for gauge in gauges],
        unit=unit,
    )
    receive_stamps(world.act("vanthu"), centre, series="22C", first=1, last=10, received_on=date(2022, 4, 1))
    hand_out_stamps(world.act("vanthu"), centre, to=verifier, count=3)
    jobs = list(order.jobs.select_related("order__organisation", "instrument", "line", "performer"))
    return Bench(world, contract, jobs)

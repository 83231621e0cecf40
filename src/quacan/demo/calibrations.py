"""Two calipers of a workshop calibrated against gauge blocks: one certificate out, one worksheet still open."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

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
from quacan.centre.parties.models import Party
from quacan.centre.people.actions import authorise
from quacan.centre.standards.actions import CertificateDraft, StandardDraft, add_certificate, enter_standard
from quacan.centre.verification.actions import (
    enter_conditions,
    enter_readings,
    open_worksheet,
    submit_worksheet,
)
from quacan.centre.verification.models import Worksheet
from quacan.demo.institution import House
from quacan.demo.readings import typed
from quacan.demo.work import check_and_sign, vat_on
from quacan.metrology.procedure.layout import LayoutRow

PLATE = {"range_max": "150 mm", "d": "0,01 mm", "stated_error": "0,03 mm"}
POINTS = ("15", "37.5", "75", "112.5", "150")
PLACES = Decimal("0.01")


def calibrate_calipers(house: House, *, on: date) -> None:
    """This will take two calipers from request to worksheet on a past day, and one of them to its certificate."""
    chance = random.Random(51)  # noqa: S311
    with transaction.atomic():
        _gauge_blocks(house, on)
        authorise(
            house.act("nghia", on - timedelta(days=30)),
            house.centre,
            person=house.people["van"],
            procedure="caliper",
            valid_from=on - timedelta(days=30),
            basis="Đã quan sát 3 lần hiệu chuẩn (mẫu).",
        )
        party = record_party(
            house.act("yen", on - timedelta(days=8)),
            house.centre,
            PartyDraft(kind="enterprise", name="Xưởng cơ khí Khau Lạc", province="Cao Bằng"),
        )
        first, second = _jobs(house, _contract(house, party, on), party, on)
        done = submit_worksheet(house.act("van", on, hour=11), _measure(house, first, on, chance))
        check_and_sign(house, done, on=on)
        _measure(house, second, on, chance)


def _gauge_blocks(house: House, on: date) -> None:
    standard = enter_standard(
        house.act("nghia", on - timedelta(days=90)),
        house.centre,
        StandardDraft(
            code="CM-01",
            name="Bộ căn mẫu song song cấp 1",
            kind="length",
            serial="GB-112-07",
            range_text="0,5 ÷ 300 mm",
            range_from="0,5",
            range_to="300",
            range_unit="mm",
            location="Phòng độ dài",
            unit=house.technical,
        ),
    )
    add_certificate(
        house.act("nghia", on - timedelta(days=90), hour=15),
        standard,
        CertificateDraft(
            number=f"C{on.year % 100}.GB-112",
            issuer="Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng vùng (mẫu)",
            issued_on=on - timedelta(days=90),
            valid_until=on + timedelta(days=275),
            values=[{"nominal": at, "value": at, "U": "0.0003", "k": "2", "unit": "mm"} for at in POINTS],
            traceable_to="Chuẩn đo lường quốc gia",
        ),
    )


def _contract(house: House, party: Party, on: date) -> Contract:
    earlier = on - timedelta(days=7)
    contract = record_contract(
        house.act("yen", earlier),
        house.centre,
        ContractDraft(
            party=party,
            title="Hiệu chuẩn thước cặp",
            received_on=earlier,
            due_on=on + timedelta(days=10),
            lines=[LineDraft(service="calibration", kind_code="LEN-51", quantity=2, unit_price=150_000)],
            unit=house.technical,
            vat_percent=vat_on(earlier),
            decision_rule="guarded_acceptance",
        ),
    )
    review_contract(house.act("nghia", earlier, hour=10), contract, able=True)
    return sign_contract(house.act("yen", earlier, hour=14), contract)


def _jobs(house: House, contract: Contract, party: Party, on: date) -> Sequence[Job]:
    calipers = [
        register_instrument(
            house.act("yen", on - timedelta(days=6)),
            house.centre,
            InstrumentDraft(
                kind_code="LEN-51", type="TC-150", maker="Cơ khí mẫu", serial=serial, characteristics=PLATE
            ),
            owner=party,
        )
        for serial in ("KL-0151", "KL-0152")
    ]
    plans = [
        JobPlan(line=contract.lines.get(), instrument=one, performer=house.people["van"]) for one in calipers
    ]
    order = order_work(
        house.act("nghia", on - timedelta(days=2), hour=9),
        contract,
        planned_on=on,
        jobs=plans,
        place="Phòng độ dài của Trung tâm",
    )
    return list(order.jobs.select_related("instrument__owner", "performer", "line", "order"))


def _measure(house: House, job: Job, on: date, chance: random.Random) -> Worksheet:
    sheet = open_worksheet(house.act("van", on), job, performed_on=on, procedure_code="caliper")
    start = {("temperature", "start"): "20,2", ("temperature", "end"): "20,4"}
    enter_conditions(house.act("van", on, hour=8, minute=5), sheet, values=start)
    cells: dict[str, str] = {}
    for step in sheet_layout(sheet).steps:
        for row in step.rows:
            cells |= _read(step.kind, row, chance)
    return enter_readings(house.act("van", on, hour=9), sheet, cells=cells)


def _read(kind: str, row: LayoutRow, chance: random.Random) -> dict[str, str]:
    """What a caliper shows: the length of the blocks and at most one scale interval more or less."""
    if kind == "checklist":
        return {cell.key: "ok" for cell in row.cells}
    if row.nominal is None:
        return {}
    shown = row.nominal + PLACES * chance.choice((-1, 0, 0, 0, 1))
    texts = {"reference": typed(row.nominal), "indication": typed(shown.quantize(PLACES))}
    return {cell.key: texts[cell.column] for cell in row.cells if cell.column in texts}

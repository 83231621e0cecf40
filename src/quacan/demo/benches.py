"""Forty electricity meters on a test bench: opened as one batch, the bench's file decided, nothing recorded yet."""

import random
from datetime import date, timedelta

from django.db import transaction

from quacan.centre.contracts.actions import (
    ContractDraft,
    JobPlan,
    order_work,
    record_contract,
    review_contract,
    sign_contract,
)
from quacan.centre.contracts.models import ContractLine, Job, Order
from quacan.centre.contracts.rules import LineDraft
from quacan.centre.instruments.actions import InstrumentDraft, register_instrument
from quacan.centre.parties.actions import PartyDraft, record_party
from quacan.centre.parties.models import Party
from quacan.centre.standards.actions import CertificateDraft, StandardDraft, add_certificate, enter_standard
from quacan.centre.verification.actions import (
    attach_bench_file,
    enter_bench,
    map_bench_file,
    open_batch,
    weigh_bench_file,
)
from quacan.centre.verification.queries.batches import jobs_for_batch
from quacan.demo.institution import House
from quacan.demo.readings import typed
from quacan.demo.work import vat_on
from quacan.metrology.quantities import parse_number

COUNT = 40
PLATE = {
    "i_min": "0,25",
    "i_tr": "0,5",
    "i_ref": "5",
    "i_max": "60",
    "constant": "1600",
    "accuracy_class": "B",
}
HEAD = ("Số máy", "E 0,25A", "E 0,5A", "E 5A", "E 30A", "E 60A", "E 5A 0,5L", "E 60A 0,5L")
CELLS = (
    *(f"load.{point}.error" for point in range(1, 6)),
    "power_factor.i_ref_05l.error",
    "power_factor.i_max_05l.error",
)
MAPPING = {
    "unit_by": "serial",
    "unit": HEAD[0],
    "columns": dict(zip(CELLS, HEAD[1:], strict=True)),
    "constants": {"visual.*": "ok"},
    "conditions": {"temperature": "23,4", "humidity": "61"},
}


def meters_on_a_bench(house: House, *, on: date) -> None:
    """This will give forty meters of one customer to a verifier, who puts them on the bench on a past day.

    Forty more stand in the contract and wait to be given out.
    """
    with transaction.atomic():
        _reference_meter(house, on)
        party = record_party(
            house.act("yen", on - timedelta(days=9)),
            house.centre,
            PartyDraft(kind="enterprise", name="Hợp tác xã dịch vụ điện Nậm Lìn", province="Cao Bằng"),
        )
        order = _order(house, _line(house, party, on), party, on)
        bench = enter_bench(
            house.act("van", on),
            house.centre,
            code="BCT-40",
            name="Bàn kiểm công tơ một pha",
            positions=COUNT,
        )
        jobs = list(jobs_for_batch(house.people["van"], order))
        batch = open_batch(house.act("van", on), order, bench=bench, jobs=jobs, performed_on=on)
        file = attach_bench_file(
            house.act("van", on, hour=10), batch, name=f"BCT-40 {on:%Y-%m-%d}.csv", content=_file(jobs)
        )
        file = map_bench_file(house.act("van", on, hour=10, minute=5), file, mapping=MAPPING)
        weigh_bench_file(house.act("van", on, hour=10, minute=6), file)


def _reference_meter(house: House, on: date) -> None:
    standard = enter_standard(
        house.act("nghia", on - timedelta(days=60)),
        house.centre,
        StandardDraft(
            code="CT-01",
            name="Công tơ chuẩn một pha",
            kind="electrical energy",
            serial="CTC-0117",
            range_text="0,05 ÷ 100 A",
            location="Phòng điện",
            unit=house.technical,
        ),
    )
    add_certificate(
        house.act("nghia", on - timedelta(days=60), hour=15),
        standard,
        CertificateDraft(
            number=f"C{on.year % 100}.CTC-0117",
            issuer="Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng vùng (mẫu)",
            issued_on=on - timedelta(days=60),
            valid_until=on + timedelta(days=300),
            values=[
                {"nominal": at, "value": at, "U": "0.05", "k": "2", "unit": "A"}
                for at in ("0.05", "5", "100")
            ],
            traceable_to="Chuẩn đo lường quốc gia",
        ),
    )


def _line(house: House, party: Party, on: date) -> ContractLine:
    earlier = on - timedelta(days=7)
    contract = record_contract(
        house.act("yen", earlier),
        house.centre,
        ContractDraft(
            party=party,
            title="Kiểm định công tơ điện một pha",
            received_on=earlier,
            due_on=on + timedelta(days=20),
            lines=[
                LineDraft(service="verification", kind_code="ELE-02", quantity=2 * COUNT, unit_price=30_000)
            ],
            unit=house.technical,
            vat_percent=vat_on(earlier),
        ),
    )
    review_contract(house.act("nghia", earlier, hour=10), contract, able=True)
    return sign_contract(house.act("yen", earlier, hour=14), contract).lines.get()


def _order(house: House, line: ContractLine, party: Party, on: date) -> Order:
    meters = [
        register_instrument(
            house.act("yen", on - timedelta(days=6)),
            house.centre,
            InstrumentDraft(
                kind_code="ELE-02",
                type="DT01P",
                maker="Hòa Đồng",
                serial=f"NL{number:06d}",
                characteristics=PLATE,
            ),
            owner=party,
        )
        for number in range(120_401, 120_401 + 2 * COUNT)
    ]
    plans = [JobPlan(line=line, instrument=one, performer=house.people["van"]) for one in meters[:COUNT]]
    return order_work(
        house.act("nghia", on - timedelta(days=2), hour=9),
        line.contract,
        planned_on=on,
        jobs=plans,
        place="Phòng điện của Trung tâm",
    )


def _file(jobs: list[Job]) -> bytes:
    """What the bench writes: errors in per cent with a decimal comma; two meters err beyond two per cent."""
    chance = random.Random(40)  # noqa: S311
    lines = [";".join(HEAD)]
    for at, job in enumerate(jobs):
        shift = chance.gauss(0.1, 0.3) + (2.4 if at in {4, 17} else 0)
        errors = [typed(parse_number(f"{shift + chance.gauss(0, 0.2):.2f}")) for _cell in CELLS]
        lines.append(";".join([job.instrument.serial, *errors]))
    return "\r\n".join(lines).encode("utf-8-sig")

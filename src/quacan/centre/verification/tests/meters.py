"""Forty electricity meters, the bench they are put on, and the files that bench writes."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

from conftest import World
from quacan.centre.contracts.actions import (
    ContractDraft,
    JobPlan,
    order_work,
    record_contract,
    review_contract,
    sign_contract,
)
from quacan.centre.contracts.models import Order
from quacan.centre.contracts.rules import LineDraft
from quacan.centre.instruments.actions import InstrumentDraft, register_instrument
from quacan.centre.parties.actions import PartyDraft, record_party
from quacan.centre.standards.actions import CertificateDraft, StandardDraft, add_certificate, enter_standard
from quacan.centre.verification.actions import (
    attach_bench_file,
    enter_bench,
    map_bench_file,
    open_batch,
    record_bench_file,
    submit_batch,
    weigh_bench_file,
)
from quacan.centre.verification.models import Batch, BatchFile, Bench, Worksheet
from quacan.centre.verification.queries.batches import jobs_for_batch

ON = date(2026, 11, 20)
PLATE = {
    "i_min": "0,25",
    "i_tr": "0,5",
    "i_ref": "5",
    "i_max": "60",
    "constant": "1600",
    "accuracy_class": "B",
}
POINTS = [f"load.{n}.error" for n in range(1, 6)]
FACTORS = ["power_factor.i_ref_05l.error", "power_factor.i_max_05l.error"]
HEAD = ["Số máy", *[f"E{n}" for n in range(1, 6)], "P1", "P2"]
MAPPING: dict[str, Any] = {
    "unit_by": "serial",
    "unit": "Số máy",
    "columns": dict(zip([*POINTS, *FACTORS], HEAD[1:], strict=True)),
    "constants": {"visual.*": "ok"},
    "conditions": {"temperature": "23,4", "humidity/start": "61", "humidity/end": "62"},
}

CELLS_OF_FORM = {
    "unit_by": "serial",
    "unit": "Số máy",
    "all:visual": "ok",
    **{f"column:{cell}": column for cell, column in MAPPING["columns"].items()},
    **{
        f"condition:{name}/{m}": text
        for name, text in (("temperature", "23,4"), ("humidity", "61"))
        for m in ("start", "end")
    },
}


@dataclass
class Meters:
    """Forty meters given to one verifier, and the bench they are put on."""

    world: World
    order: Order
    bench: Bench
    batch: Batch

    def act(self, username: str = "kdv.an", *, reason: str = "") -> Any:
        return self.world.act(username, reason=reason)

    def sheet(self, position: int) -> Worksheet:
        return self.batch.worksheets.get(position=position)

    def attach(self, rows: Sequence[Sequence[str]], **how: Any) -> BatchFile:
        return attach_bench_file(self.act(), self.batch, name="ban-40.csv", content=csv_of(rows, **how))

    def weighed(self, rows: Sequence[Sequence[str]], mapping: dict[str, Any] | None = None) -> BatchFile:
        file = map_bench_file(self.act(), self.attach(rows), mapping=mapping or MAPPING)
        while file.state == BatchFile.State.WEIGHING:
            file = weigh_bench_file(self.act(), file, at_most=15)
        return file

    def record(self, file: BatchFile, *, reason: str = "") -> BatchFile:
        while file.state != BatchFile.State.RECORDED:
            file = record_bench_file(self.act(reason=reason), file, at_most=15)
        return file

    def submit(self) -> tuple[int, set[str]]:
        done, refused, after = 0, set(), 0
        while True:
            step = submit_batch(self.act(), self.batch, after=after, at_most=15)
            done, after = done + step.done, step.after
            refused |= set(step.refused)
            if not after:
                return done, refused


def csv_of(
    rows: Sequence[Sequence[str]], *, separator: str = ";", bom: bool = True, head: Any = HEAD
) -> bytes:
    lines = [separator.join(row) for row in [head, *rows]]
    return ("\ufeff" if bom else "").encode() + "\r\n".join(lines).encode()


def serial(n: int) -> str:
    return f"CT-{n:05d}"


def good_rows(count: int = 40) -> list[list[str]]:
    chance = random.Random(40)
    return [
        [serial(n), *[f"{chance.uniform(-0.9, 0.9):.2f}".replace(".", ",") for _point in range(7)]]
        for n in range(1, count + 1)
    ]


def story_rows() -> list[list[str]]:
    """Two beyond their limit, one serial nobody knows (so that one unit has no row), one value missing."""
    rows = good_rows()
    rows[4][3], rows[17][1] = "-2,31", "2,6"
    rows[29][0] = "CT-99999"
    rows[35][5] = ""
    return rows


def ordered_meters(world: World, count: int) -> Order:
    party = record_party(
        world.act("vanthu"), world.centre, PartyDraft(kind="enterprise", name="Điện lực Mẫu")
    )
    lines = [LineDraft("verification", "ELE-02", count, 30_000)]
    contract = record_contract(
        world.act("vanthu"),
        world.centre,
        ContractDraft(party=party, title="Công tơ", received_on=date(2026, 11, 2), lines=lines),
    )
    contract = review_contract(world.act("truongphong"), contract, able=True, on=date(2026, 11, 3))
    contract = sign_contract(world.act("giamdoc"), contract, signed_on=date(2026, 11, 4))
    line = contract.lines.get()
    plans = [
        JobPlan(
            line=line,
            instrument=register_instrument(
                world.act("vanthu"), world.centre, owner=party,
                draft=InstrumentDraft("ELE-02", serial(n), characteristics=PLATE),
            ),
            performer=world.people["kdv.an"],
        )
        for n in range(1, count + 1)
    ]  # fmt: skip
    return order_work(world.act("vanthu"), contract, planned_on=ON, jobs=plans, place="Xưởng công tơ")


def equip_bench(world: World) -> None:
    standard = enter_standard(
        world.act("truongphong"),
        world.centre,
        StandardDraft(code="CT1", name="Công tơ chuẩn", kind="electrical energy"),
    )
    add_certificate(
        world.act("truongphong"),
        standard,
        CertificateDraft(
            number="C26.CT1",
            issuer="Viện Đo lường mẫu",
            issued_on=date(2026, 6, 19),
            valid_until=date(2027, 6, 19),
            values=[
                {"nominal": at, "value": at, "U": "0.05", "k": "2", "unit": "A"}
                for at in ("0.05", "5", "100")
            ],
            traceable_to="chuẩn quốc gia",
        ),
    )


def forty_meters(world: World) -> Meters:
    """This will put forty ordered meters on a bench and open their batch."""
    world.now = world.now.replace(year=2026, month=11, day=20)
    equip_bench(world)
    order = ordered_meters(world, 40)
    bench = enter_bench(
        world.act("kdv.an"), world.centre, code="BCT-40", name="Bàn kiểm công tơ 40 vị trí", positions=40
    )
    jobs = list(jobs_for_batch(world.people["kdv.an"], order))
    batch = open_batch(world.act("kdv.an"), order, bench=bench, jobs=jobs, performed_on=ON)
    return Meters(world, order, bench, batch)


def workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(at, column, value, None, 2)
                else:
                    sheet.write(at, column, value)
    return out.getvalue()

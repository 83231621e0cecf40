"""Scope and form: verification outside a designation, calibration in and outside an accreditation, its certificate."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from conftest import World
from quacan.centre.base.chain import canonical, digest
from quacan.centre.base.queries import file_bytes
from quacan.centre.certificates.actions import issue_outcome
from quacan.centre.certificates.models import Outcome, Stamp
from quacan.centre.certificates.papers import RecordPaper, render_record, render_record_docx
from quacan.centre.certificates.papers.compose import snapshot_hash
from quacan.centre.certificates.papers.thaw import revived
from quacan.centre.certificates.queries import flaws, paper_file, record_paper
from quacan.centre.certificates.refusals import NotDesignated
from quacan.centre.certificates.tests.conftest import MEASURED, SIGNED, Bench
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
from quacan.centre.examinations.queries import budgets_of, sheet_layout
from quacan.centre.examinations.refusals import Undetermined
from quacan.centre.instruments.actions import InstrumentDraft, register_instrument
from quacan.centre.organisation.actions import NewLine, end_scope, enter_scope
from quacan.centre.organisation.models import Scope
from quacan.centre.parties.actions import PartyDraft, record_party
from quacan.centre.standards.actions import CertificateDraft, StandardDraft, add_certificate, enter_standard
from quacan.centre.verification.actions import (
    adjust_instrument,
    approve_worksheet,
    enter_conditions,
    enter_readings,
    open_worksheet,
    record_seal,
    submit_worksheet,
)
from quacan.centre.verification.models import Worksheet
from quacan.metrology.rounding import vietnamese_text


def end_designation(bench: Bench, last_on: date) -> None:
    act = bench.world.act("chatluong", on=date(2022, 5, 12), reason="Quyết định đình chỉ")
    end_scope(act, Scope.objects.get(kind="designation"), last_on=last_on)


def test_verification_is_not_signed_outside_every_designation(bench: Bench) -> None:
    sheet = bench.approved()
    end_designation(bench, date(2022, 5, 9))
    with pytest.raises(NotDesignated, match="Huyết áp kế") as refused:
        bench.sign(sheet)
    assert "mục Phạm vi" in refused.value.sentence
    assert not Outcome.objects.exists()
    assert not Stamp.objects.filter(state=Stamp.State.USED).exists()


def test_a_failure_is_an_outcome_of_verification_too(bench: Bench) -> None:
    sheet = bench.approved(off_by=9)
    end_designation(bench, date(2022, 5, 9))
    with pytest.raises(NotDesignated):
        bench.sign(sheet)


def test_the_day_of_measuring_decides_not_the_day_of_signing(bench: Bench) -> None:
    sheet = bench.approved()
    end_designation(bench, MEASURED)
    assert bench.sign(sheet).kind == Outcome.Kind.VERIFICATION


def test_the_number_printed_is_that_of_the_decision_that_covers_the_kind(bench: Bench) -> None:
    line = NewLine("verification", kind_codes=("PRE-04",))
    enter_scope(
        bench.world.act("chatluong", on=date(2022, 5, 1)), bench.world.centre, kind="designation", number="N1000",
        authority="Ủy ban (mẫu)", decided_on=date(2022, 5, 1), valid_from=date(2022, 5, 1), lines=(line,),
    )  # fmt: skip
    printed = json.loads(bench.issued().document.snapshot)
    assert printed["issuer"]["designation_no"] == "N1000"


@dataclass
class Calipers:
    """A caliper on order for calibration, and shortcuts to bring its worksheet to a certificate."""

    world: World
    job: Job

    def submitted(self, *, off: str = "0.02") -> Worksheet:
        return submit_worksheet(self.world.act("kdv.an", on=MEASURED), self.draft(off=off))

    def draft(self, *, off: str = "0.02", without: str = "") -> Worksheet:
        act = self.world.act("kdv.an", on=MEASURED)
        sheet = open_worksheet(act, self.job, performed_on=MEASURED)
        enter_conditions(
            act, sheet, values=dict.fromkeys([("temperature", "start"), ("temperature", "end")], "20,3")
        )
        cells = dict(caliper_cells(sheet, off=Decimal(off)))
        cells.pop(without, None)
        return enter_readings(act, sheet, cells=cells)

    def approved(self, *, off: str = "0.02") -> Worksheet:
        return approve_worksheet(self.world.act("truongphong", on=MEASURED), self.submitted(off=off))

    def issued(self, *, off: str = "0.02") -> Outcome:
        return issue_outcome(self.world.act("giamdoc", on=SIGNED), self.approved(off=off))


def caliper_cells(sheet: Worksheet, *, off: Decimal) -> Iterator[tuple[str, str]]:
    """What is read of a caliper that errs by *off* millimetres at every point."""
    for step in sheet_layout(sheet).steps:
        for row in step.rows:
            for cell in row.cells:
                if step.kind == "checklist":
                    yield cell.key, "ok"
                elif cell.column == "reference":
                    yield cell.key, str(row.nominal)
                elif cell.column == "indication":
                    yield cell.key, str((row.nominal or Decimal(75)) + off)


def _enter_blocks(world: World) -> None:
    blocks = enter_standard(
        world.act("truongphong"),
        world.centre,
        StandardDraft(code="CM-01", name="Bộ căn mẫu song song cấp 1", kind="length", serial="K-9"),
    )
    add_certificate(
        world.act("truongphong"),
        blocks,
        CertificateDraft(
            number="C22.K-9",
            issuer="Viện Mẫu",
            issued_on=date(2022, 1, 5),
            valid_until=date(2023, 1, 31),
            values=[
                {"nominal": nominal, "value": nominal, "U": "0.0006", "k": "2", "unit": "mm"}
                for nominal in ("15", "37.5", "75", "112.5", "150")
            ],
            traceable_to="Chuẩn đo lường quốc gia về độ dài",
        ),
    )


def order_caliper(world: World, **characteristics: str) -> Calipers:
    """A contract for calibrating one caliper of 150 mm, signed and ordered, with gauge blocks to measure by."""
    centre = world.centre
    party = record_party(
        world.act("vanthu"),
        centre,
        PartyDraft(kind="enterprise", name="Công ty Cơ khí Bản Giốc", address="Số 5 phố Mẫu"),
    )
    _enter_blocks(world)
    caliper = register_instrument(
        world.act("vanthu"),
        centre,
        InstrumentDraft(
            kind_code="LEN-51",
            name="Thước cặp điện tử",
            serial="TC-0815",
            type="ABS-150",
            maker="Mẫu Precision",
            characteristics={"range_max": "150", "d": "0.01"} | characteristics,
        ),
        owner=party,
    )
    contract = record_contract(
        world.act("vanthu"),
        centre,
        ContractDraft(
            party=party,
            title="Hiệu chuẩn thước cặp",
            received_on=date(2022, 5, 4),
            lines=[LineDraft("calibration", "LEN-51", 1, 250_000)],
        ),
    )
    review_contract(world.act("truongphong", on=date(2022, 5, 4)), contract, able=True, on=date(2022, 5, 4))
    sign_contract(world.act("giamdoc", on=date(2022, 5, 5)), contract, signed_on=date(2022, 5, 5))
    plan = JobPlan(line=contract.lines.get(), instrument=caliper, performer=world.people["kdv.an"])
    order = order_work(
        world.act("vanthu", on=date(2022, 5, 5)),
        contract,
        planned_on=MEASURED,
        jobs=[plan],
        place="Phòng Độ dài",
    )
    return Calipers(
        world, order.jobs.select_related("order__organisation", "instrument", "line", "performer").get()
    )


CALIPER = NewLine(
    "calibration", procedures=("caliper",), range_from="0", range_to="300", unit="mm", cmc_absolute="15 µm",
    cmc_relative="20 µm/m",
)  # fmt: skip


def accredit(world: World, line: NewLine = CALIPER) -> None:
    enter_scope(
        world.act("chatluong", on=date(2022, 5, 1)), world.centre, kind="accreditation", number="VILAS 999",
        authority="Văn phòng Công nhận (mẫu)", decided_on=date(2022, 5, 1), valid_from=date(2022, 5, 1), lines=(line,),
    )  # fmt: skip


def text_of(outcome: Outcome, *, record: bool = False) -> str:
    """The words of the PDF as issued."""
    document = outcome.record if record else outcome.document
    pages = PdfReader(BytesIO(file_bytes(paper_file(document)))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def printed(outcome: Outcome) -> dict[str, Any]:
    return json.loads(outcome.document.snapshot)


def test_a_calibration_goes_from_contract_to_certificate_without_stamp_or_validity(world: World) -> None:
    outcome = order_caliper(world, stated_error="0.03").issued()
    assert (outcome.kind, outcome.stamp, outcome.valid_until) == (Outcome.Kind.CALIBRATION, None, None)
    assert outcome.number == "C22.00001"
    assert outcome.instrument.events.filter(kind="calibrated").exists()
    words = text_of(outcome)
    for part in (
        "GIẤY CHỨNG NHẬN HIỆU CHUẨN", "C22.00001", "TC-0815", "Công ty Cơ khí Bản Giốc", "Phòng Độ dài", "C22.K-9",
        "Chuẩn đo lường quốc gia về độ dài", "xác suất bao phủ khoảng 95", "20,3", "Chấp nhận đơn giản",
        "Phù hợp với yêu cầu", "NGƯỜI SOÁT XÉT",
    ):  # fmt: skip
        assert part in words
    assert "Thời hạn" not in words
    assert "Số tem" not in words
    assert list(flaws()) == []


def test_every_point_of_a_certificate_carries_value_u_k_and_degrees_of_freedom(world: World) -> None:
    sheet = order_caliper(world, stated_error="0.03").approved()
    outcome = issue_outcome(world.act("giamdoc", on=SIGNED), sheet)
    (table,) = (one["table"] for one in printed(outcome)["examination"]["uncertainties"])
    titles = [column["title"]["vi"] for column in table["columns"]]
    assert titles[-5:] == ["Sai số chỉ thị", "U", "k", "ν", "Giới hạn"]
    budgets = budgets_of(sheet)
    assert len(table["rows"]) == len(budgets) == 5
    for row, budget in zip(table["rows"], budgets, strict=True):
        assert row["cells"][-5:-1] == [
            vietnamese_text(budget.y_stated), vietnamese_text(budget.U_stated), "2,00", "∞",
        ]  # fmt: skip


def test_outside_an_accreditation_the_certificate_says_so_and_carries_no_mark(world: World) -> None:
    words = text_of(order_caliper(world, stated_error="0.03").issued())
    assert "ngoài phạm vi công nhận" in words
    assert "VILAS" not in words
    assert "N999" not in words  # the designation is for verification


def test_inside_an_accreditation_its_number_stands_and_u_is_never_below_the_cmc(world: World) -> None:
    accredit(world)
    outcome = order_caliper(world, stated_error="0.03").issued()
    words = text_of(outcome)
    assert "VILAS 999" in words
    assert "ngoài phạm vi" not in words
    (table,) = (one["table"] for one in printed(outcome)["examination"]["uncertainties"])
    stated = [Decimal(row["cells"][-4].replace(",", ".")) for row in table["rows"]]
    assert all(Decimal("0.015") <= U for U in stated)  # of its own the budget comes to 0,0058 mm


def test_points_outside_the_accredited_range_are_marked(world: World) -> None:
    accredit(world, replace(CALIPER, range_to="100"))
    outcome = order_caliper(world, stated_error="0.03").issued()
    words = text_of(outcome)
    assert "VILAS 999" in words
    assert "đánh dấu * nằm ngoài phạm vi công nhận" in words
    (table,) = (one["table"] for one in printed(outcome)["examination"]["uncertainties"])
    assert [row["cells"][0].endswith("*") for row in table["rows"]] == [False, False, False, True, True]


def test_an_accreditation_for_no_point_measured_is_no_accreditation(world: World) -> None:
    accredit(world, replace(CALIPER, range_to="10"))
    words = text_of(order_caliper(world, stated_error="0.03").issued())
    assert "VILAS" not in words
    assert "ngoài phạm vi công nhận" in words


def test_without_a_stated_requirement_nothing_is_concluded(world: World) -> None:
    outcome = order_caliper(world).issued()
    assert printed(outcome)["conformity"] is None
    words = text_of(outcome)
    for absent in ("Sự phù hợp", "Quy tắc ra quyết định", "Chưa đủ căn cứ", "Không đạt"):
        assert absent not in words
    assert "Không kết luận sự phù hợp" in text_of(outcome, record=True)


def test_a_missing_reading_still_stops_a_calibration_without_requirement(world: World) -> None:
    calipers = order_caliper(world)
    sheet = calipers.draft(without="accuracy.3.indication")
    with pytest.raises(Undetermined):
        submit_worksheet(world.act("kdv.an", on=MEASURED), sheet)


def test_a_caliper_beyond_its_limit_gets_its_certificate_with_the_plain_statement(world: World) -> None:
    outcome = order_caliper(world, stated_error="0.03").issued(off="0.05")
    assert outcome.kind == Outcome.Kind.CALIBRATION
    assert "Không phù hợp với yêu cầu" in text_of(outcome)


def test_the_record_of_a_calibration_prints_the_uncertainty_in_pdf_and_word(world: World) -> None:
    outcome = order_caliper(world, stated_error="0.03").issued()
    words = text_of(outcome, record=True)
    document = Document(BytesIO(render_record_docx(record_paper(outcome))))
    typed = " ".join(
        [p.text for p in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )
    for text in (words, typed):
        for part in ("BIÊN BẢN HIỆU CHUẨN", "xác suất bao phủ khoảng 95", "0,0058", "Chấp nhận đơn giản"):
            assert part in text, part


def test_a_snapshot_of_before_revives_and_prints_as_before(bench: Bench) -> None:
    """The keys that came later are left out where empty: an old snapshot keeps its hash and its bytes."""
    outcome = bench.issued()
    snapshot = json.loads(outcome.record.snapshot)
    for standard in snapshot["examination"]["standards"]:
        standard.pop("traceable_to")
    snapshot["examination"].pop("uncertainties", None)
    snapshot["examination"].pop("coverage", None)
    sha256 = digest(canonical(snapshot))
    paper = revived(RecordPaper, snapshot | {"snapshot_sha256": sha256})
    assert snapshot_hash(paper) == sha256
    assert render_record(paper).startswith(b"%PDF")
    for key in ("as_found", "adjusted", "seals", "decision"):
        assert key not in snapshot["examination"]


def test_what_was_found_before_an_adjustment_and_the_seals_are_printed(world: World) -> None:
    calipers = order_caliper(world, stated_error="0.03")
    sheet = calipers.draft(off="0.07")
    act = world.act("kdv.an", on=MEASURED)
    record_seal(act, sheet, moment="found", position="Nắp pin", condition="broken")
    adjust_instrument(world.act("kdv.an", on=MEASURED, reason="Chỉnh mỏ đo"), sheet)
    enter_readings(act, sheet, cells=dict(caliper_cells(sheet, off=Decimal("0.01"))))
    record_seal(act, sheet, moment="applied", position="Nắp pin", mark="KC-0042")
    submit_worksheet(act, sheet)
    sheet = approve_worksheet(world.act("truongphong", on=MEASURED), sheet)
    outcome = issue_outcome(world.act("giamdoc", on=SIGNED), sheet)
    document = Document(BytesIO(render_record_docx(record_paper(outcome))))
    typed = " ".join(
        [p.text for p in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )
    for words in (text_of(outcome, record=True), typed):
        for part in (
            "trước khi hiệu chỉnh",
            "Chỉnh mỏ đo",
            "15,07",
            "15,01",
            "KC-0042",
            "Nắp pin",
            "Đứt, rách",
        ):
            assert part in words, part
    words = text_of(outcome)
    assert "trước khi hiệu chỉnh" in words
    assert words.index("15,07") < words.index("15,01")

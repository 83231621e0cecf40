"""Uncertainty budgets: a caliper calibrated, its U against the standard and the CMC, frozen and recomputed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from conftest import World
from quacan.centre.base.refusals import Refusal
from quacan.centre.contracts.actions import (
    ContractDraft,
    JobPlan,
    order_work,
    record_contract,
    review_contract,
    sign_contract,
)
from quacan.centre.contracts.rules import LineDraft
from quacan.centre.examinations.actions import frozen_budgets
from quacan.centre.examinations.models import StandardUse
from quacan.centre.examinations.queries import budgets_of, budgets_page, content_of, differences, evaluation
from quacan.centre.examinations.refusals import BudgetMissing, Undetermined
from quacan.centre.examinations.rules.budgets import Point, Support, budget_at, points_budgeted
from quacan.centre.instruments.actions import InstrumentDraft, register_instrument
from quacan.centre.organisation.actions import NewLine, enter_scope
from quacan.centre.parties.actions import PartyDraft, record_party
from quacan.centre.standards.actions import CertificateDraft, StandardDraft, add_certificate, enter_standard
from quacan.centre.standards.models import StandardCertificate
from quacan.centre.verification.actions import (
    approve_worksheet,
    enter_conditions,
    enter_readings,
    open_worksheet,
    return_worksheet,
    submit_worksheet,
    use_standard,
)
from quacan.centre.verification.library import cases_of, limits_of, shelves
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.tests.conftest import Bench
from quacan.metrology.procedure import StandardUncertainty, run, standard_places
from quacan.metrology.procedure.cases import case_cells

ON = date(2026, 11, 20)
BLOCKS = ("1", "10", "15", "37.5", "75", "112.5", "150")


@dataclass
class Calibration:
    """A caliper on order for calibration, the gauge blocks of the house, and shortcuts along its worksheet."""

    world: World
    job: Any
    blocks: StandardCertificate

    def act(self, username: str = "kdv.an", reason: str = "") -> Any:
        return self.world.act(username, reason=reason)

    def typed(self, **changes: str) -> Worksheet:
        sheet = open_worksheet(self.act(), self.job, performed_on=ON, procedure_code="caliper")
        shelf = next(one for one in shelves() if one.procedure.code == "caliper")
        case = cases_of(shelf.procedure)["passing"]
        enter_readings(self.act(), sheet, cells=case_cells(shelf.procedure, case) | changes)
        moments = {("temperature", moment): "20,3" for moment in ("start", "end")}
        enter_conditions(self.act(), sheet, values=moments)
        sheet.refresh_from_db()
        return sheet

    def submitted(self, **changes: str) -> Worksheet:
        return submit_worksheet(self.act(), self.typed(**changes))


def gauge_blocks(
    world: World, *, code: str = "CM-01", U: str = "0.0006", nominals: tuple[str, ...] = BLOCKS
) -> StandardCertificate:
    standard = enter_standard(
        world.act("truongphong"),
        world.centre,
        StandardDraft(code=code, name="Căn mẫu song song", kind="length"),
    )
    return add_certificate(
        world.act("truongphong"),
        standard,
        CertificateDraft(
            number=f"V.{code}",
            issuer="Viện Đo lường mẫu",
            issued_on=date(2026, 6, 19),
            valid_until=date(2027, 6, 19),
            traceable_to="chuẩn quốc gia",
            values=[{"nominal": n, "value": n, "U": U, "k": "2", "unit": "mm"} for n in nominals],
        ),
    )


def caliper_on_order(world: World, *, rule: str = "simple_acceptance") -> Calibration:
    world.now = world.now.replace(year=2026, month=11, day=20)
    blocks = gauge_blocks(world)
    party = record_party(
        world.act("vanthu"), world.centre, PartyDraft(kind="enterprise", name="Công ty Cơ khí Mẫu")
    )
    contract = record_contract(
        world.act("vanthu"),
        world.centre,
        ContractDraft(
            party=party,
            title="Hiệu chuẩn",
            received_on=date(2026, 11, 2),
            lines=[LineDraft("calibration", "LEN-51", 1, 250_000)],
            decision_rule=rule,
        ),
    )
    contract = review_contract(world.act("truongphong"), contract, able=True, on=date(2026, 11, 3))
    contract = sign_contract(world.act("giamdoc"), contract, signed_on=date(2026, 11, 4))
    caliper = register_instrument(
        world.act("vanthu"),
        world.centre,
        InstrumentDraft(
            kind_code="LEN-51",
            serial="TC-150",
            characteristics={"range_max": "150", "d": "0.01", "stated_error": "0.03"},
        ),
        owner=party,
    )
    plan = JobPlan(line=contract.lines.get(), instrument=caliper, performer=world.people["kdv.an"])
    order = order_work(world.act("vanthu"), contract, planned_on=ON, jobs=[plan], place="Phòng đo")
    job = order.jobs.select_related("instrument", "order__organisation", "line", "performer").get()
    return Calibration(world, job, blocks)


def accredit(world: World, cmc: str) -> None:
    enter_scope(
        world.act("truongphong"), world.centre, kind="accreditation", number="VILAS 000 (mẫu)", authority="BoA (mẫu)",
        decided_on=date(2024, 1, 1),
        valid_from=date(2024, 1, 1), valid_to=date(2028, 12, 31),
        lines=[
            NewLine("calibration", (), ("caliper",), "Độ dài", "0", "300", "mm", "", cmc_absolute=cmc),
        ],
    )  # fmt: skip


@pytest.fixture
def calibration(world: World) -> Calibration:
    return caliper_on_order(world)


@pytest.mark.django_db
def test_the_budget_of_a_caliper_is_what_a_metrologist_would_write(calibration: Calibration) -> None:
    first = budgets_of(calibration.typed())[0]
    resolution, blocks = (
        next(c for c in first.components if c.key == key) for key in ("reading", "reference")
    )
    assert Decimal(first.u) == pytest.approx(
        Decimal("0.0029022"), rel=Decimal("1e-4")
    )  # √((0.005/√3)² + 0.0003²)
    assert first.nu is None
    assert first.k == pytest.approx(Decimal(2), abs=Decimal("0.001"))
    assert pytest.approx(Decimal("0.0058044"), rel=Decimal("1e-3")) == first.U
    assert (str(first.y_stated), str(first.U_stated)) == ("0.0000", "0.0058")
    assert resolution.share == "98,9"
    assert blocks.share == "1,1"


@pytest.mark.django_db
def test_every_point_has_a_budget_and_the_last_one_its_error(calibration: Calibration) -> None:
    rows = budgets_of(calibration.typed())
    assert [row.point for row in rows] == ["1", "2", "3", "4", "5"]
    assert str(rows[-1].y_stated) == "0.0300"
    assert not any(row.refused for row in rows)
    assert all(row.drawn is None for row in rows)


@pytest.mark.django_db
def test_monte_carlo_stands_beside_the_gum_and_says_that_a_rectangle_is_no_normal(
    calibration: Calibration,
) -> None:
    sheet = calibration.typed()
    opened = budgets_page(sheet, drawn=True).opened
    assert opened is not None
    assert opened.drawn is not None
    assert opened.drawn.validated is False  # resolution rules: the true interval is shorter than ± 2 u
    assert budgets_page(sheet, drawn=True).opened == opened


@pytest.mark.django_db
def test_the_cmc_is_the_floor_of_what_is_stated(calibration: Calibration) -> None:
    accredit(calibration.world, "0.02 mm")
    first = budgets_of(calibration.typed())[0]
    assert first.is_cmc
    assert str(first.U_stated) == "0.020"
    assert Decimal("0.02") > first.U


@pytest.mark.django_db
def test_rounding_never_states_less_than_the_cmc(calibration: Calibration) -> None:
    accredit(calibration.world, "0.0153 mm")
    assert str(budgets_of(calibration.typed())[0].U_stated) == "0.016"


@pytest.mark.django_db
def test_a_cmc_below_the_budget_changes_nothing(calibration: Calibration) -> None:
    accredit(calibration.world, "0.001 mm")
    first = budgets_of(calibration.typed())[0]
    assert not first.is_cmc
    assert first.U_cmc == Decimal("0.001")
    assert str(first.U_stated) == "0.0058"


@pytest.mark.django_db
def test_another_standard_gives_another_uncertainty(calibration: Calibration) -> None:
    coarse = gauge_blocks(calibration.world, code="CM-02", U="0.02")
    sheet = calibration.typed()
    before = budgets_of(sheet)[0].U
    use_standard(calibration.act(), sheet, need="gauge_blocks", certificate=coarse)
    after = budgets_of(Worksheet.objects.get(pk=sheet.pk))[0].U
    assert after > 3 * before


@pytest.mark.django_db
def test_without_a_standard_the_budget_says_so(calibration: Calibration) -> None:
    sheet = calibration.typed()
    StandardUse.objects.filter(examination=sheet).delete()
    rows = budgets_of(sheet)
    assert all("Chưa chọn chuẩn" in row.refused for row in rows)
    with pytest.raises(Refusal):
        submit_worksheet(calibration.act(), sheet)


@pytest.mark.django_db
def test_a_calibration_whose_standard_says_nothing_at_a_point_is_not_submitted(
    calibration: Calibration,
) -> None:
    short = gauge_blocks(calibration.world, code="CM-03", nominals=("10", "100"))
    sheet = calibration.typed()
    StandardUse.objects.filter(examination=sheet).update(certificate=short)
    assert "không nêu U tại 112,5 mm" in budgets_of(sheet)[3].refused
    with pytest.raises(Refusal) as refusal:
        submit_worksheet(calibration.act(), sheet)
    sheet.refresh_from_db()
    assert sheet.state == "draft"
    assert refusal.value.sentence


@pytest.mark.django_db
def test_a_refused_budget_stops_a_calibration_by_name(calibration: Calibration) -> None:
    short = gauge_blocks(calibration.world, code="CM-04", nominals=("10", "100"))
    sheet = calibration.typed()
    StandardUse.objects.filter(examination=sheet).update(certificate=short)
    with pytest.raises(BudgetMissing, match="CM-04"):
        frozen_budgets(sheet, evaluation(sheet))


@pytest.mark.django_db
def test_a_verification_is_submitted_without_a_budget_and_keeps_the_reason(bench: Bench) -> None:
    sheet = bench.typed()
    StandardCertificate.objects.filter(pk=bench.certificates["mass"].pk).update(values=[])
    found = Worksheet.objects.get(pk=sheet.pk)
    shapes = json.loads(frozen_budgets(found, evaluation(found)))
    assert shapes
    assert all("không nêu U" in shape["refused"]["vi"] for shape in shapes)
    found.decision_rule = "guarded_acceptance"
    with pytest.raises(BudgetMissing):
        frozen_budgets(found, evaluation(found))


@pytest.mark.django_db
def test_submitted_budgets_are_frozen_with_monte_carlo_and_come_out_again(calibration: Calibration) -> None:
    sheet = calibration.submitted()
    stored = json.loads(sheet.budgets)
    assert len(stored) == 5
    assert all(one["monte_carlo"]["trials"] > 0 for one in stored)
    assert {"U", "U_cmc", "U_stated", "y_stated", "k", "nu", "components"} <= stored[0].keys()
    assert differences(sheet) == []
    assert sheet.content_sha256 == content_of(sheet)
    assert budgets_of(sheet)[0].drawn is not None


@pytest.mark.django_db
def test_a_new_certificate_does_not_move_a_frozen_budget(calibration: Calibration) -> None:
    sheet = calibration.submitted()
    before = sheet.budgets
    add_certificate(
        calibration.act("truongphong"),
        calibration.blocks.standard,
        CertificateDraft(
            number="V.CM-01/mới",
            issuer="Viện mẫu",
            issued_on=date(2026, 11, 1),
            valid_until=date(2027, 11, 1),
            traceable_to="chuẩn quốc gia",
            values=[{"nominal": n, "value": n, "U": "0.1", "k": "2", "unit": "mm"} for n in BLOCKS],
        ),
    )
    found = Worksheet.objects.get(pk=sheet.pk)
    assert found.budgets == before
    assert differences(found) == []
    assert str(budgets_of(found)[0].U_stated) == "0.0058"


@pytest.mark.django_db
def test_a_figure_of_a_frozen_budget_changed_behind_its_back_is_found(calibration: Calibration) -> None:
    sheet = calibration.submitted()
    stored = json.loads(sheet.budgets)
    stored[0]["U_stated"] = "0.0010"
    Worksheet.objects.filter(pk=sheet.pk).update(budgets=json.dumps(stored))
    found = Worksheet.objects.get(pk=sheet.pk)
    assert any("ngân sách" in one for one in differences(found))
    assert found.content_sha256 != content_of(found)


@pytest.mark.django_db
def test_a_certificate_changed_behind_its_back_is_found(calibration: Calibration) -> None:
    sheet = calibration.submitted()
    values = [{"nominal": n, "value": n, "U": "0.5", "k": "2", "unit": "mm"} for n in BLOCKS]
    StandardCertificate.objects.filter(pk=calibration.blocks.pk).update(values=values)
    assert any("V.CM-01" in one for one in differences(Worksheet.objects.get(pk=sheet.pk)))


@pytest.mark.django_db
def test_a_returned_worksheet_has_live_budgets_again(calibration: Calibration) -> None:
    sheet = calibration.submitted()
    back = return_worksheet(calibration.act("kdv.binh", reason="Đo lại"), sheet)
    assert back.budgets == "[]"
    assert budgets_of(back)[0].drawn is None
    assert len(budgets_of(back)) == 5


@pytest.mark.django_db
def test_the_customers_rule_draws_the_limits_in(world: World) -> None:
    calibration = caliper_on_order(world, rule="guarded_acceptance")
    sheet = calibration.typed()
    assert sheet.decision_rule == "guarded_acceptance"
    result = evaluation(sheet)
    last = result.rows["accuracy.5"]  # 0.03 mm on the limit of 0.03 mm: passes simply, not with a guard band
    assert last.verdict == "fail"
    assert last.limit is not None
    assert last.limit.upper == Decimal("0.03") - Decimal("0.0058")
    assert result.rows["accuracy.1"].verdict == "pass"
    assert result.verdict == "fail"


@pytest.mark.django_db
def test_under_the_customers_rule_nothing_is_decided_without_u(world: World) -> None:
    calibration = caliper_on_order(world, rule="guarded_acceptance")
    sheet = calibration.typed()
    StandardUse.objects.filter(examination=sheet).delete()
    result = evaluation(sheet)
    assert result.verdict == "undetermined"
    assert {reason.code for reason in result.reasons} == {"missing_uncertainty"}
    assert all(result.rows[f"accuracy.{n}"].verdict == "undetermined" for n in range(1, 6))
    with pytest.raises(Refusal):
        submit_worksheet(calibration.act(), sheet)


@pytest.mark.django_db
def test_guarded_verdicts_come_out_again_from_the_frozen_budgets(world: World) -> None:
    calibration = caliper_on_order(world, rule="guarded_acceptance")
    sheet = calibration.submitted(**{"accuracy.5.indication": "150.02"})
    assert sheet.verdict == "pass"
    assert differences(sheet) == []
    approved = approve_worksheet(calibration.act("kdv.binh"), sheet)
    assert differences(approved) == []


@pytest.mark.django_db
def test_a_guard_wider_than_the_limit_decides_nothing(world: World) -> None:
    calibration = caliper_on_order(world, rule="guarded_acceptance")
    accredit(world, "0.05 mm")
    sheet = calibration.typed()
    assert evaluation(sheet).rows["accuracy.1"].verdict == "undetermined"
    with pytest.raises(Undetermined):
        submit_worksheet(calibration.act(), sheet)


def _cases() -> list[tuple[str, str]]:
    return [
        (shelf.procedure.code, name)
        for shelf in shelves()
        if shelf.procedure.uncertainty
        for name in cases_of(shelf.procedure)
    ]


@pytest.mark.parametrize(("code", "name"), _cases())
def test_every_case_of_every_model_gives_a_finite_u_or_says_why_not(code: str, name: str) -> None:
    shelf = next(one for one in shelves() if one.procedure.code == code)
    case = cases_of(shelf.procedure)[name]
    result = run(
        shelf.procedure, characteristics=case.characteristics, event=case.event, on=case.on,
        cells=case_cells(shelf.procedure, case), conditions=case.conditions, limits=limits_of(shelf),
    )  # fmt: skip
    fitted = shelf.procedure.in_unit(result.unit)
    points = points_budgeted(shelf.procedure, result)
    for point in points:
        places = standard_places(fitted, model=point.model, result=result, row=point.row)
        supports = {
            one.need: Support(1, "V.1", StandardUncertainty(Decimal("0.002"), one.unit, Decimal(2)))
            for one in places
        }
        shape = budget_at(fitted, result=result, point=point, supports=supports, cmc=None, seeded_by="mẫu")
        if shape["refused"] is not None:
            assert all(shape["refused"].values())
            continue
        assert Decimal(shape["U"]).is_finite()
        assert Decimal(shape["U"]) >= 0
        assert isinstance(point, Point)
        if Decimal(shape["u"]) > 0:
            assert Decimal(shape["monte_carlo"]["low"]) < Decimal(shape["monte_carlo"]["high"])
            shares = sum(Decimal(part["share"]) for part in shape["components"])
            assert float(shares) == pytest.approx(1)
    complete = name.startswith("passing")
    assert points or not complete


def test_passing_cases_of_every_model_have_a_budget_at_every_point() -> None:
    bare = []
    for code, name in _cases():
        if name != "passing":
            continue
        shelf = next(one for one in shelves() if one.procedure.code == code)
        case = cases_of(shelf.procedure)[name]
        result = run(
            shelf.procedure, characteristics=case.characteristics, event=case.event, on=case.on,
            cells=case_cells(shelf.procedure, case), conditions=case.conditions, limits=limits_of(shelf),
        )  # fmt: skip
        fitted = shelf.procedure.in_unit(result.unit)
        for point in points_budgeted(shelf.procedure, result):
            places = standard_places(fitted, model=point.model, result=result, row=point.row)
            supports = {
                one.need: Support(1, "V.1", StandardUncertainty(Decimal("0.002"), one.unit, Decimal(2)))
                for one in places
            }
            shape = budget_at(fitted, result=result, point=point, supports=supports, cmc=None)
            if shape["refused"] is not None:
                bare.append((code, point.row.key, shape["refused"]["en"]))
    assert bare == []


def test_closed_anvils_rest_on_no_gauge_block() -> None:
    shelf = next(one for one in shelves() if one.procedure.code == "micrometer")
    case = cases_of(shelf.procedure)["passing"]
    result = run(
        shelf.procedure, characteristics=case.characteristics, event=case.event, on=case.on,
        cells=case_cells(shelf.procedure, case), conditions=case.conditions, limits=limits_of(shelf),
    )  # fmt: skip
    first, second = points_budgeted(shelf.procedure, result)[:2]
    assert first.row.nominal == 0
    assert standard_places(shelf.procedure, model=0, result=result, row=first.row) == ()
    assert len(standard_places(shelf.procedure, model=0, result=result, row=second.row)) == 1
    shape = budget_at(shelf.procedure, result=result, point=first, supports={}, cmc=None)
    assert shape["refused"] is None
    assert Decimal(next(c["u"] for c in shape["components"] if c["key"] == "reference")) == 0


@pytest.mark.django_db
def test_the_page_of_a_calibration_shows_the_budget_and_draws_on_demand(
    calibration: Calibration, sign_in: Any
) -> None:
    sheet = calibration.typed()
    client = sign_in(calibration.world.people["kdv.an"])
    page = client.get(f"/kiem-dinh/{sheet.pk}/").content.decode()
    assert "Ngân sách độ không đảm bảo đo" in page
    assert "0,0058" in page
    assert "Khoảng phủ" not in page
    drawn = client.get(
        f"/kiem-dinh/{sheet.pk}/ngan-sach/?mo-hinh=0&diem=5&mc=1", headers={"HX-Request": "true"}
    )
    assert "Khoảng phủ" in drawn.content.decode()
    assert "<html" not in drawn.content.decode()
    saved = client.post(
        f"/kiem-dinh/{sheet.pk}/so-doc/",
        data=json.dumps({"cells": {"accuracy.1.indication": "15.02"}}),
        content_type="application/json",
    )
    assert "0,0200" in saved.json()["parts"]["budgets"]


@pytest.mark.django_db
def test_another_house_sees_no_budget(calibration: Calibration, sign_in: Any) -> None:
    sheet = calibration.typed()
    client = sign_in(calibration.world.people["nguoikhac"])
    assert client.get(f"/kiem-dinh/{sheet.pk}/ngan-sach/").status_code == 404

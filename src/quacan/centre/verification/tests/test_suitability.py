"""Whether a standard reaches the range, is accurate enough, is in hand and was checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quacan.centre.examinations.models import Deviation
from quacan.centre.examinations.queries import needs, sheet_layout
from quacan.centre.examinations.queries.standard_fitness import asked_of, unsuitability
from quacan.centre.examinations.refusals import StandardUnsuitable
from quacan.centre.standards.actions import (
    CertificateDraft,
    LoanDraft,
    MaintenanceDraft,
    PlanDraft,
    StandardDraft,
    add_certificate,
    enter_standard,
    lend_standard,
    maintain_standard,
    plan_checks,
    return_standard,
)
from quacan.centre.standards.models import StandardCertificate
from quacan.centre.verification.actions import enter_readings, submit_worksheet, use_standard
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.tests.conftest import ON, VALUES, Bench

pytestmark = pytest.mark.django_db
HEAD = "truongphong"
ROW = {"nominal": "0.001", "value": "0.001", "U": "0.0000001", "k": "2", "unit": "kg"}


def weights(
    bench: Bench, code: str, values: list[dict[str, str]], *, low: str = "", high: str = "", unit: str = ""
) -> StandardCertificate:
    made = enter_standard(
        bench.act(HEAD),
        bench.world.centre,
        StandardDraft(
            code=code, name="Bộ quả cân", kind="mass", range_from=low, range_to=high, range_unit=unit
        ),
    )
    return add_certificate(
        bench.act(HEAD),
        made,
        CertificateDraft(
            number=f"C.{code}",
            issuer="Viện",
            issued_on=date(2026, 1, 5),
            valid_until=date(2027, 1, 5),
            values=values,
        ),
    )


def why(bench: Bench, certificate: StandardCertificate) -> tuple[str, str]:
    sheet = Worksheet.objects.first() or bench.opened()
    found = unsuitability(sheet, certificate, sheet_layout(sheet).standards[0])
    return ("", "") if found is None else (found.obstacle, found.sentence)


def test_the_nominals_of_the_certificate_must_reach(bench: Bench) -> None:
    short = weights(bench, "Q1", [ROW, {**ROW, "nominal": "0.05", "value": "0.05"}])
    obstacle, sentence = why(bench, short)
    assert obstacle == "range"
    assert "phạm vi của chuẩn không phủ hết" in sentence


def test_a_declared_range_reaches_with_loads_put_together(bench: Bench) -> None:
    small = weights(
        bench,
        "Q2",
        [ROW, {**ROW, "nominal": "5", "value": "5", "U": "0.00002"}],
        low="1",
        high="60",
        unit="kg",
    )
    assert why(bench, small)[0] == "range"  # 1 kg is declared, the scale begins at 100 g
    whole = weights(
        bench,
        "Q3",
        [ROW, {**ROW, "nominal": "5", "value": "5", "U": "0.00002"}],
        low="1",
        high="60000",
        unit="g",
    )
    assert why(bench, whole) == ("", "")


def test_an_unknown_range_is_no_range(bench: Bench) -> None:
    counted = [{"nominal": "1", "value": "1", "U": "0.1", "k": "2", "unit": "%"}]
    obstacle, sentence = why(bench, weights(bench, "Q4", counted))
    assert (obstacle, "chưa khai phạm vi đo" in sentence) == ("range", True)


def test_the_error_of_the_standard_counts_with_its_uncertainty(bench: Bench) -> None:
    sheet = bench.opened()
    need = sheet_layout(sheet).standards[0]
    tightest = min(asked_of(sheet, need), key=lambda one: one.limit)
    third = tightest.limit / 3
    for share, expected in ((Decimal("0.5"), ""), (Decimal("0.99"), ""), (Decimal("1.01"), "ratio")):
        error = third * share
        rows = [
            {"nominal": n, "value": f"{Decimal(n) + error / 2}", "U": f"{error / 2}", "k": "2", "unit": "g"}
            for n in ("1", "100000")
        ]
        assert why(bench, weights(bench, f"R{share}", rows))[0] == expected, share


def test_no_value_stated_where_it_is_needed_is_no_support(bench: Bench) -> None:
    bare = weights(
        bench, "Q5", [{"nominal": "10", "value": "10", "U": "0.00001", "k": "2", "unit": "kg"}],
        low="1", high="60000", unit="g",
    )  # fmt: skip
    obstacle, sentence = why(bench, bare)
    assert obstacle == "ratio"
    assert "không nêu giá trị và U tại 100 g" in sentence


def test_an_unsuitable_standard_is_neither_proposed_nor_accepted(bench: Bench) -> None:
    short = weights(bench, "A0", [ROW])  # the first by code, so it would be proposed
    sheet = bench.opened()
    assert sheet.standard_uses.get().certificate == bench.certificates["mass"]
    with pytest.raises(StandardUnsuitable, match="phạm vi"):
        use_standard(bench.act(), sheet, need="weights", certificate=short)
    (need,) = needs(sheet)
    told = {choice.certificate_id: choice.obstacle for choice in need.choices}
    assert told[bench.certificates["mass"].pk] == ""
    assert "phạm vi" in told[short.pk]


def test_a_lent_standard_serves_its_borrower_alone(bench: Bench) -> None:
    sheet, standard = bench.typed(), bench.certificates["mass"].standard
    loan = lend_standard(
        bench.act(HEAD), standard, LoanDraft(from_on=ON, due_on=ON, person=bench.world.people["kdv.binh"])
    )
    with pytest.raises(StandardUnsuitable, match="mượn"):
        submit_worksheet(bench.act(), sheet)
    return_standard(bench.act(HEAD), loan, on=ON, condition="tốt")
    lend_standard(
        bench.act(HEAD), standard, LoanDraft(from_on=ON, due_on=ON, person=bench.world.people["kdv.an"])
    )
    assert submit_worksheet(bench.act(), sheet).state == "submitted"


def test_an_overdue_check_stands_in_the_way(bench: Bench) -> None:
    sheet, standard = bench.typed(), bench.certificates["mass"].standard
    plan_checks(
        bench.act(HEAD),
        standard,
        PlanDraft(
            quantity="Quả 5 kg",
            unit="g",
            interval_days=30,
            basis="tolerance",
            reference_value="5000",
            tolerance="0,1",
            from_on=ON - timedelta(days=31),
        ),
    )
    with pytest.raises(StandardUnsuitable, match="quá hạn kiểm tra giữa kỳ"):
        submit_worksheet(bench.act(), sheet)


def test_a_repair_ends_the_certificate(bench: Bench) -> None:
    sheet, standard = bench.typed(), bench.certificates["mass"].standard
    maintain_standard(
        bench.act(HEAD),
        standard,
        MaintenanceDraft(on=ON, kind="repair", done_by="Xưởng", result="mài lại", changes_values=True),
    )
    with pytest.raises(StandardUnsuitable, match="sửa chữa"):
        submit_worksheet(bench.act(), sheet)


@pytest.mark.parametrize(("obstacle", "waives"), [("range", True), ("ratio", False), ("standing", False)])
def test_a_deviation_overrides_what_it_names_alone(bench: Bench, obstacle: str, waives: bool) -> None:
    sheet = bench.opened()
    need = sheet_layout(sheet).standards[0]
    short = weights(bench, "Q6", [dict(row) for row in VALUES["mass"]][1:])
    Deviation.objects.create(
        examination=sheet, obstacle=obstacle, subject=f"{need.key}@{short.pk}", sentence="…", reason="chấp nhận",
        performer=bench.world.people["kdv.an"], granted_by=bench.world.people["chatluong"], granted_at=bench.act().at,
    )  # fmt: skip
    found = unsuitability(sheet, short, need)
    assert found is not None
    assert (found.obstacle == "ratio") == waives  # with the range waived, the next obstacle is told


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    low=st.integers(0, 200), high=st.integers(1, 40000), U=st.decimals("0.0001", "3", places=4),
    bias=st.decimals("-3", "3", places=4),
)  # fmt: skip
def test_what_is_accepted_always_reaches_and_is_always_accurate(
    bench: Bench, low: int, high: int, U: Decimal, bias: Decimal
) -> None:
    sheet = getattr(bench, "kept", None) or bench.opened()
    bench.kept = sheet  # type: ignore[attr-defined]
    need = sheet_layout(sheet).standards[0]
    certificate = bench.certificates["mass"]
    certificate.standard.range_unit = certificate.standard.range_from = certificate.standard.range_to = ""
    certificate.values = [
        {"nominal": str(n), "value": f"{n + bias}", "U": str(U), "k": "2", "unit": "g"}
        for n in sorted({low, low + high})
    ]
    found = unsuitability(sheet, certificate, need)
    assert need.range_from is not None
    assert need.range_to is not None
    reaches = low <= need.range_from and need.range_to <= low + high
    tightest = min(one.limit for one in asked_of(sheet, need))
    accurate = (abs(bias) + U) * 3 <= tightest
    assert (found is None) == (reaches and accurate)


def test_a_reading_two_standards_support_is_bound_to_the_first_and_keeps_both(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = bench.opened()
    shape = sheet_layout(sheet)
    (first,) = shape.standards
    two = replace(shape, standards=(first, replace(first, key="chamber")))
    monkeypatch.setattr("quacan.centre.verification.actions.recording.sheet_layout", lambda _sheet: two)
    second = weights(bench, "Z9", VALUES["mass"], low="1", high="60000", unit="g")
    enter_readings(bench.act(), sheet, cells={"accuracy_up.1.indication": "100"})
    use_standard(bench.act(), sheet, need="chamber", certificate=second)
    (reading,) = sheet.readings.all()
    assert reading.standard_certificate == bench.certificates["mass"]
    assert {use.need: use.certificate for use in sheet.standard_uses.all()} == {
        "weights": bench.certificates["mass"],
        "chamber": second,
    }
    use_standard(bench.act(), sheet, need="weights", certificate=second)
    assert sheet.readings.order_by("-revision")[0].standard_certificate == second

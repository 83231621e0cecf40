"""A scope: entered, narrowed, ended; what it covers on a day and how well it measures at a point."""

from __future__ import annotations

import importlib
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.utils import timezone

from conftest import World
from quacan.centre.base.refusals import FieldMissing, FieldWrong, NotAuthorised, NotFound, ReasonMissing
from quacan.centre.organisation.actions import (
    NewLine,
    add_scope_lines,
    end_scope,
    end_scope_line,
    enter_scope,
)
from quacan.centre.organisation.models import Scope
from quacan.centre.organisation.queries import cmc_at, is_accredited_at, scope_of, scope_standing, scopes_of
from quacan.centre.organisation.refusals import CarriedOver, ScopeEnded, ScopeEntered, ScopeWrong
from quacan.centre.organisation.rules import Capability, CmcRefused, absolute_part, relative_part

ON = date(2022, 4, 14)
SCALES = NewLine("verification", kind_codes=("MAS-04",), quantity="Khối lượng", range_to="60", unit="kg")
CALIPERS = NewLine(
    "calibration",
    procedures=("caliper",),
    range_from="0",
    range_to="300",
    unit="mm",
    cmc_absolute="15 µm",
    cmc_relative="20 µm/m",
)


def entered(world: World, kind: str = "accreditation", number: str = "VILAS 000", **changes: object) -> Scope:
    given = {
        "kind": kind,
        "number": number,
        "authority": "Văn phòng Công nhận (mẫu)",
        "decided_on": date(2021, 12, 20),
        "valid_from": date(2022, 1, 1),
        "valid_to": date(2024, 12, 31),
        "lines": (CALIPERS,) if kind == "accreditation" else (SCALES,),
    }
    return enter_scope(world.act("chatluong"), world.centre, **(given | changes))


@pytest.fixture
def house(world: World) -> World:
    """A world whose centre has no scope at all."""
    from quacan.centre.organisation.models import ScopeLine

    ScopeLine.objects.all().delete()
    Scope.objects.all().delete()
    return world


def standing(world: World, *, kind: str = "MAS-04", service: str = "verification", on: date = ON):
    return scope_standing(world.centre, service=service, kind_code=kind, procedure="counter-scale", on=on)


def uncertainty(world: World, at: str | None, *, unit: str = "mm", on: date = ON, procedure: str = "caliper"):
    value = None if at is None else Decimal(at)
    return cmc_at(world.centre, procedure=procedure, at=value, unit=unit, on=on)


def test_a_house_without_a_scope_is_designated_for_nothing(house: World) -> None:
    found = standing(house)
    assert found.designation is None
    assert "Ngoài phạm vi chỉ định" in found.sentence


def test_a_designation_covers_its_kinds_on_its_days_and_nothing_else(house: World) -> None:
    entered(house, "designation", "N999")
    assert standing(house).designation is not None
    assert "N999" in standing(house).sentence
    assert standing(house, kind="FLO-01").designation is None
    assert standing(house, on=date(2021, 12, 31)).designation is None
    assert standing(house, on=date(2024, 12, 31)).designation is not None
    assert standing(house, on=date(2025, 1, 1)).designation is None
    assert standing(house, service="calibration").designation is None


def test_procedures_named_beside_a_kind_narrow_it(house: World) -> None:
    line = NewLine("verification", kind_codes=("MAS-04",), procedures=("another",))
    entered(house, "designation", "N999", lines=(line,))
    assert standing(house).designation is None


def test_a_scope_of_another_organisation_covers_nothing_here(house: World) -> None:
    enter_scope(
        house.operator(), house.rival, kind="designation", number="N1", authority="Ủy ban (mẫu)",
        decided_on=date(2022, 1, 1), valid_from=date(2022, 1, 1), lines=(SCALES,),
    )  # fmt: skip
    assert standing(house).designation is None
    with pytest.raises(NotFound):
        scope_of(house.centre, Scope.objects.get().pk)


def test_the_capability_is_an_absolute_and_a_relative_part_in_any_unit(house: World) -> None:
    entered(house)
    assert uncertainty(house, "0") == Decimal("0.015")
    assert uncertainty(house, "100") == Decimal("0.015") + Decimal("0.00002") * 100
    assert uncertainty(house, "0.1", unit="m") == Decimal("0.000017")


def test_without_a_point_the_largest_of_the_range_holds(house: World) -> None:
    entered(house)
    assert uncertainty(house, None) == Decimal("0.021")


def test_overlapping_lines_give_the_larger_capability(house: World) -> None:
    coarse = NewLine(
        "calibration", procedures=("caliper",), range_from="100", range_to="300", unit="mm", cmc_absolute="0,05 mm"
    )  # fmt: skip
    entered(house, lines=(CALIPERS, coarse))
    assert uncertainty(house, "100") == Decimal("0.05")
    assert uncertainty(house, "99") < Decimal("0.05")


@pytest.mark.parametrize(
    ("at", "unit", "on", "procedure"),
    [
        ("301", "mm", ON, "caliper"),
        ("-1", "mm", ON, "caliper"),
        ("10", "kg", ON, "caliper"),
        ("10", "mm", date(2025, 1, 1), "caliper"),
        ("10", "mm", ON, "micrometer"),
    ],
)
def test_outside_range_quantity_days_or_procedure_there_is_no_capability(
    house: World, at: str, unit: str, on: date, procedure: str
) -> None:
    entered(house)
    assert uncertainty(house, at, unit=unit, on=on, procedure=procedure) is None
    assert not is_accredited_at(house.centre, procedure=procedure, at=Decimal(at), unit=unit, on=on)


def test_an_open_range_has_no_largest_point(house: World) -> None:
    entered(house, lines=(NewLine("calibration", procedures=("caliper",), unit="mm", cmc_relative="0,05 %"),))
    assert uncertainty(house, None) is None
    assert uncertainty(house, "200") == Decimal("0.1")


def test_parts_of_a_capability_are_read_as_they_are_written() -> None:
    assert absolute_part("0,02 mm") == (Decimal("0.02"), "mm")
    assert absolute_part("") == (Decimal(0), "")
    assert relative_part("0,05 %") == Decimal("0.0005")
    assert relative_part("15 µm/m") == Decimal("0.000015")
    assert relative_part("2e-5") == Decimal("0.00002")
    assert Capability(Decimal("0.02"), "mm", Decimal(0)).expanded(at=None, unit="µm") == 20
    assert Capability(Decimal("0.02"), "mm", Decimal(0)).expanded(at=None, unit="kg") is None
    for wrong in ("mm", "0,02", "-0,02 mm", "0,02 cubit"):
        with pytest.raises(CmcRefused):
            absolute_part(wrong)
    for wrong in ("tốt", "5 mm", "5 mm/kg", "-1 %"):
        with pytest.raises(CmcRefused):
            relative_part(wrong)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (NewLine("verification"), "loại phương tiện đo"),
        (NewLine("consulting", kind_codes=("MAS-04",)), "dịch vụ"),
        (NewLine("calibration", procedures=("caliper",), unit="mm"), "CMC"),
        (NewLine("calibration", kind_codes=("LEN-01",), unit="mm", cmc_absolute="1 mm"), "mã quy trình"),
        (NewLine("verification", kind_codes=("MAS-04",), range_from="9", range_to="1", unit="kg"), "lớn hơn"),
        (NewLine("verification", kind_codes=("MAS-04",), range_from="x", unit="kg"), "không phải một số"),
        (NewLine("calibration", procedures=("c",), unit="mm", cmc_absolute="1 kg"), "không cùng đại lượng"),
        (NewLine("calibration", procedures=("c",), cmc_absolute="1 mm"), "đơn vị của phạm vi"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_written(house: World, line: NewLine, word: str) -> None:
    with pytest.raises(ScopeWrong, match="Dòng 2") as refused:
        entered(house, lines=(CALIPERS, line))
    assert word in refused.value.sentence
    assert not Scope.objects.exists()


def test_heads_of_a_scope_are_demanded(house: World) -> None:
    with pytest.raises(FieldMissing):
        entered(house, number=" ")
    with pytest.raises(FieldMissing):
        entered(house, authority="")
    with pytest.raises(FieldWrong):
        entered(house, valid_to=date(2021, 1, 1))
    with pytest.raises(FieldWrong):
        entered(house, decided_on=date(2030, 1, 1))
    with pytest.raises(FieldWrong):
        entered(house, "licence")
    entered(house)
    with pytest.raises(ScopeEntered):
        entered(house)


def test_only_those_who_answer_for_it_enter_a_scope(house: World) -> None:
    for username in ("kdv.an", "vanthu", "nguoikhac"):
        with pytest.raises(NotAuthorised):
            enter_scope(
                house.act(username), house.centre, kind="designation", number="N1", authority="Ủy ban (mẫu)",
                decided_on=ON, valid_from=ON, lines=(SCALES,),
            )  # fmt: skip


def test_a_scope_is_extended_narrowed_and_ended(house: World) -> None:
    scope = entered(house)
    more = NewLine("calibration", procedures=("micrometer",), unit="mm", cmc_absolute="2 µm")
    add_scope_lines(house.act("chatluong"), scope, lines=(more,), valid_from=date(2022, 3, 1))
    assert uncertainty(house, "5", procedure="micrometer") == Decimal("0.002")
    assert uncertainty(house, "5", procedure="micrometer", on=date(2022, 2, 28)) is None
    line = scope.lines.last()
    with pytest.raises(ReasonMissing):
        end_scope_line(house.act("chatluong"), line, last_on=ON)
    end_scope_line(house.act("chatluong", reason="Thu hẹp"), line, last_on=ON)
    assert uncertainty(house, "5", procedure="micrometer", on=date(2022, 4, 15)) is None
    with pytest.raises(ReasonMissing):
        end_scope(house.act("chatluong"), scope, last_on=date(2022, 6, 30))
    end_scope(house.act("chatluong", reason="Đình chỉ"), scope, last_on=date(2022, 6, 30))
    assert uncertainty(house, "5", on=date(2022, 7, 1)) is None
    for too_late in (date(2022, 7, 1), date(2023, 1, 1)):
        with pytest.raises(ScopeEnded):
            add_scope_lines(house.act("chatluong"), scope, lines=(more,), valid_from=too_late)
    with pytest.raises(FieldWrong):
        add_scope_lines(house.act("chatluong"), scope, lines=(more,), valid_from=date(2021, 1, 1))
    with pytest.raises(FieldMissing):
        add_scope_lines(house.act("chatluong"), scope, lines=(), valid_from=ON)


def carried_over(house: World) -> Scope:
    """What the migration leaves to a centre that worked before scopes were recorded."""
    migration = importlib.import_module("quacan.centre.organisation.migrations.0003_carry_over")
    migration.carry_over(apps, None)
    return Scope.objects.get(organisation=house.centre)


def test_a_house_from_before_keeps_working_for_ninety_days(house: World) -> None:
    carried = carried_over(house)
    assert carried.valid_to == timezone.localdate() + timedelta(days=90)
    assert carried.number == "N999"
    found = standing(house, kind="FLO-01", on=timezone.localdate())
    assert found.designation is not None
    assert "nhập quyết định chỉ định" in found.sentence
    assert standing(house, on=carried.valid_to + timedelta(days=1)).designation is None
    assert not Scope.objects.filter(organisation=house.department).exists()


def test_the_first_designation_entered_ends_what_was_carried_over(house: World) -> None:
    carried = carried_over(house)
    with pytest.raises(CarriedOver):
        add_scope_lines(house.act("chatluong"), carried, lines=(SCALES,), valid_from=ON)
    entered(house, "designation", "N1000")
    assert standing(house, kind="FLO-01").designation is None
    assert "N1000" in standing(house).sentence


def test_scopes_are_listed_those_in_force_first(house: World) -> None:
    entered(house, number="VILAS 001", valid_from=date(2018, 1, 1), valid_to=date(2021, 1, 1))
    entered(house, number="VILAS 000")
    entered(house, "designation", "N1", valid_from=date(2022, 6, 1))
    seen = scopes_of(house.centre, on=ON)
    assert [one.state for one in seen] == ["in_force", "coming", "ended"]
    line = seen[0].lines[0]
    assert (line.subject, line.range_text, line.cmc) == ("caliper", "0 ÷ 300 mm", "15 µm + 20 µm/m")

"""Units convert exactly, only when asked, and only within one kind of quantity."""

import doctest
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quacan.metrology import units
from quacan.metrology.units import (
    Unit,
    UnitRefused,
    all_units,
    convert,
    convert_difference,
    convert_exactly,
    convertible,
    in_pint,
    same_dimension,
    unit_named,
)

numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=6)


def test_documented_examples() -> None:
    assert doctest.testmod(units).failed == 0


@pytest.mark.parametrize(
    ("value", "source", "target", "answer"),
    [
        ("1", "bar", "kPa", "100"),
        ("1", "kgf/cm²", "bar", "0.980665"),
        ("760", "mmHg", "Pa", "101325.0144354"),
        ("3", "mmHg", "kPa", "0.399967162245"),
        ("36", "km/h", "m/s", "10"),
        ("1", "kWh", "MJ", "3.6"),
        ("1", "m³/h", "L/h", "1000"),
        ("90", "°", "'", "5400"),
        ("32", "°F", "°C", "0"),
        ("212", "°F", "°C", "100"),
        ("37", "°C", "°F", "98.6"),
        ("0.25", "mg/L", "μg/L", "250"),
        ("20", "L", "mL", "20000"),
        ("1500", "rpm", "1/s", "25"),
    ],
)
def test_published_factors(value: str, source: str, target: str, answer: str) -> None:
    assert convert(Decimal(value), source=source, target=target) == Decimal(answer)


def test_differences_have_no_offset() -> None:
    assert convert_difference(Decimal("1.8"), source="°F", target="°C") == 1
    assert convert_difference(Decimal("0.1"), source="°C", target="mK") == 100


@pytest.mark.parametrize(
    ("one", "other"), [("W", "VA"), ("W", "var"), ("N·m", "J"), ("%", "%RH"), ("Hz", "1/s"), ("Gy", "Sv")]
)
def test_same_dimension_is_not_the_same_kind(one: str, other: str) -> None:
    assert same_dimension(one, other)
    assert not convertible(one, other)
    with pytest.raises(UnitRefused, match="cannot be converted"):
        convert(Decimal(1), source=one, target=other)


@pytest.mark.parametrize("call", [convert, convert_difference])
def test_different_dimensions_are_refused(call: object) -> None:
    with pytest.raises(UnitRefused, match="length"):
        call(Decimal(1), source="m", target="kg")  # type: ignore[operator]


def test_spellings() -> None:
    assert {unit_named(name).symbol for name in ("µS/cm", "μS/cm", "uS/cm".replace("u", "\u00b5"))} == {
        "μS/cm"
    }
    assert unit_named("\u2126") is unit_named("Ω") is unit_named("ohm")
    assert unit_named("m3/h") is unit_named("m³/h")
    assert unit_named("\u2103") is unit_named("°C")
    with pytest.raises(UnitRefused, match="not a unit"):
        unit_named("dặm")


def test_letters_are_not_confused() -> None:
    assert unit_named("mPa·s").kind != unit_named("MPa").kind
    assert unit_named("mW").factor != unit_named("MW").factor
    with pytest.raises(UnitRefused):
        unit_named("KG")


def test_exchange_names_are_unique() -> None:
    for names in (
        [unit.symbol for unit in all_units()],
        [unit.ucum for unit in all_units() if unit.ucum],
        [unit.dsi for unit in all_units() if unit.dsi],
    ):
        assert len(names) == len(set(names))
    assert all(unit_named(unit.dsi) is unit for unit in all_units() if unit.dsi)
    assert all(unit_named(unit.symbol) is unit for unit in all_units())


def test_one_kind_has_one_dimension() -> None:
    kinds = {unit.kind: unit.dimension for unit in all_units()}
    assert all(kinds[unit.kind] == unit.dimension for unit in all_units())


def test_pint_bridge_hands_over_coherent_si() -> None:
    registry = SimpleNamespace(Quantity=lambda number, unit: (number, unit))
    assert in_pint(Decimal("1.5"), unit="bar", registry=registry) == (
        150000.0,
        "metre**-1*kilogram**1*second**-2",
    )
    assert in_pint(Decimal(0), unit="°C", registry=registry) == (273.15, "kelvin**1")
    assert in_pint(Decimal(5), unit="%", registry=registry) == (0.05, "dimensionless")


@given(value=numbers, source=st.sampled_from(all_units()), data=st.data())
def test_round_trips_are_exact(value: Decimal, source: Unit, data: st.DataObject) -> None:
    target = data.draw(st.sampled_from([unit for unit in all_units() if unit.kind == source.kind]))
    there = convert_exactly(Fraction(value), source=source.symbol, target=target.symbol)
    assert convert_exactly(there, source=target.symbol, target=source.symbol) == Fraction(value)
    printed = convert(value, source=source.symbol, target=target.symbol)
    assert abs(Fraction(printed) - there) <= abs(there) * Fraction(1, 10**33)


@given(one=numbers, other=numbers, source=st.sampled_from(all_units()), data=st.data())
def test_order_survives_a_change_of_unit(
    one: Decimal, other: Decimal, source: Unit, data: st.DataObject
) -> None:
    target = data.draw(st.sampled_from([unit for unit in all_units() if unit.kind == source.kind]))
    first, second = (
        convert_exactly(Fraction(value), source=source.symbol, target=target.symbol) for value in (one, other)
    )
    assert (first < second) == (one < other)

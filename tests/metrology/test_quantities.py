"""A typed number is read by written rules, exactly, or refused in a sentence."""

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quacan.metrology import quantities
from quacan.metrology.quantities import NumberRefused, Quantity, in_unit, parse_number, read_quantity
from quacan.metrology.rounding import vietnamese_text
from quacan.metrology.units import UnitRefused


def test_documented_examples() -> None:
    assert doctest.testmod(quantities).failed == 0


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1 400", "1400"),
        ("1\u00a0400", "1400"),
        ("1\u202f234\u202f567,5", "1234567.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("22,4", "22.4"),
        ("22.4", "22.4"),
        ("22,40", "22.40"),
        ("1.234", "1.234"),
        ("1,234", "1.234"),
        ("\u22120,5", "-0.5"),
        ("\u20130,5", "-0.5"),
        ("-0,5", "-0.5"),
        ("+0,5", "0.5"),
        (",5", "0.5"),
        ("-.5", "-0.5"),
        ("2,5e-3", "0.0025"),
        ("2,5E\u22123", "0.0025"),
        ("1e3", "1E+3"),
        ("  12 ", "12"),
        ("007", "7"),
        ("0", "0"),
    ],
)
def test_what_is_read(typed: str, number: str) -> None:
    assert str(parse_number(typed)) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "-",
        ",",
        ".",
        "5,",
        "1.2.3",
        "12.34.567",
        "1 40",
        "1 4 00",
        "1 2345",
        "12345 678",
        "1.234 567",
        "1 234.567,8",
        "1,234.5,6",
        "1.234,5.6",
        "--5",
        "- 5",
        "5-",
        "1e",
        "1e999",
        "1_000",
        "NaN",
        "nan",
        "inf",
        "-Infinity",
        "∞",
        "\uff11\uff12",  # full-width 12
        "\u0661\u0662",  # Arabic-Indic 12
        "5 %",
        "22,4 °C",
        "0x10",
        "1/2",
        "12\n13",
        "1'000",
        "9" * 65,
    ],
)
def test_what_is_refused(typed: str) -> None:
    with pytest.raises(NumberRefused, match=r"\.$"):
        parse_number(typed)


def test_typed_text_is_kept() -> None:
    reading = read_quantity("1 400,0", "bar")
    assert (reading.typed, reading.value, reading.unit, reading.decimals) == (
        "1 400,0",
        Decimal("1400.0"),
        "bar",
        1,
    )
    assert in_unit(reading, "MPa") == Quantity(Decimal("140.0"), "MPa", "1 400,0")


def test_unknown_unit_and_infinite_value_are_refused() -> None:
    with pytest.raises(UnitRefused):
        read_quantity("1", "furlong")
    with pytest.raises(NumberRefused):
        Quantity(Decimal("Infinity"), "m", "∞")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_every_printed_form_reads_back(number: Decimal) -> None:
    plain = format(number, "f")
    assert parse_number(plain) == number
    assert parse_number(plain.replace(".", ",")) == number
    assert parse_number(format(number, ",f")) == number
    assert parse_number(vietnamese_text(number)) == number


@given(st.text(max_size=20) | st.text(alphabet="0123456789.,+-e \u202f", max_size=12))
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    try:
        number = parse_number(text)
    except NumberRefused:
        return
    assert number.is_finite()
    assert sum(character.isdigit() for character in text) > 0

"""Units: a small exact table, with conversion only when asked for.

Every unit is value × factor + offset in coherent SI units, factor and offset exact fractions. A unit belongs
to one kind of quantity (VIM 1.2): watt and volt-ampere share a dimension, torque and energy too, and are
still never converted into each other. Angles are a dimension of their own, with the degree as base, so that
degree, minute and second stay exact; only the radian carries π (60 digits).

Names: symbol as printed, UCUM code and D-SI name for exchange (None where that system has none).
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

BASE_UNITS = ("metre", "kilogram", "second", "ampere", "kelvin", "mole", "candela", "degree")
Dimension = tuple[int, int, int, int, int, int, int, int]
"""Exponents of the base units, in the order of BASE_UNITS."""

_PRECISION = Context(prec=34)
"""Decimal digits of a converted value that has no finite decimal form (IEEE 754 decimal128)."""


class UnitRefused(ValueError):
    """An unknown unit, or two units that cannot be converted into each other."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of measurement (VIM 1.9)."""

    symbol: str
    kind: str
    dimension: Dimension
    factor: Fraction
    offset: Fraction
    ucum: str | None
    dsi: str | None


def unit_named(symbol: str) -> Unit:
    """This will find a unit by its symbol, one of its usual spellings, or its D-SI name.

    Raises UnitRefused for a name that is not in the table.

    >>> unit_named("kgf/cm2").symbol, unit_named("lít").symbol, unit_named(r"\\kilogram").symbol
    ('kgf/cm²', 'L', 'kg')
    """
    found = _BY_NAME.get(symbol) or _BY_NAME.get(_spelling(symbol))
    if found is None:
        raise UnitRefused(f"'{symbol}' is not a unit of the table: choose a unit listed for this quantity.")
    return found


def same_dimension(one: str, other: str) -> bool:
    """This will say whether two units have the same dimension (VIM 1.7)."""
    return unit_named(one).dimension == unit_named(other).dimension


def convertible(one: str, other: str) -> bool:
    """This will say whether two units measure the same kind of quantity (VIM 1.2).

    >>> same_dimension("W", "VA"), convertible("W", "VA"), convertible("W", "kW")
    (True, False, True)
    """
    first, second = unit_named(one), unit_named(other)
    return (first.kind, first.dimension) == (second.kind, second.dimension)


def convert(value: Decimal, *, source: str, target: str) -> Decimal:
    """This will express a value in another unit, exactly where the result has a finite decimal form.

    Otherwise the result has 34 digits. Temperatures move by their offset; for errors, limits and
    uncertainties use convert_difference. Raises UnitRefused when the kinds differ.

    >>> convert(Decimal("37"), source="°C", target="K")
    Decimal('310.15')
    """
    if source == target:
        return value
    return _decimal(convert_exactly(Fraction(value), source=source, target=target))


def convert_difference(value: Decimal, *, source: str, target: str) -> Decimal:
    """This will express a difference (an error, a limit, an uncertainty) in another unit, without offsets.

    >>> convert_difference(Decimal("0.5"), source="°C", target="K")
    Decimal('0.5')
    """
    first, second = _pair(source, target)
    return value if first is second else _decimal(Fraction(value) * first.factor / second.factor)


def convert_exactly(value: Fraction, *, source: str, target: str) -> Fraction:
    """This will express a value in another unit as an exact fraction. Raises UnitRefused."""
    first, second = _pair(source, target)
    return (value * first.factor + first.offset - second.offset) / second.factor


def base_expression(unit: str) -> str:
    """This will write the coherent SI unit of a unit as a product of powers, in English names.

    >>> base_expression("bar")
    'metre**-1*kilogram**1*second**-2'
    """
    powers = zip(BASE_UNITS, unit_named(unit).dimension, strict=True)
    return "*".join(f"{name}**{power}" for name, power in powers if power) or "dimensionless"


def in_pint(value: Decimal, *, unit: str, registry: Any) -> Any:
    """This will hand a value to a pint registry of the caller, in coherent SI units, as a float.

    The registry is the caller's, so this library neither imports nor needs pint; any object whose
    Quantity(number, expression) understands base_expression will do.
    """
    found = unit_named(unit)
    return registry.Quantity(float(Fraction(value) * found.factor + found.offset), base_expression(unit))


def all_units() -> tuple[Unit, ...]:
    """This will list every unit of the table."""
    return _UNITS


def _pair(source: str, target: str) -> tuple[Unit, Unit]:
    first, second = unit_named(source), unit_named(target)
    if (first.kind, first.dimension) != (second.kind, second.dimension):
        raise UnitRefused(
            f"'{first.symbol}' measures {first.kind} and '{second.symbol}' {second.kind}: "
            "they cannot be converted into each other."
        )
    return first, second


def _decimal(number: Fraction) -> Decimal:
    return _PRECISION.divide(Decimal(number.numerator), Decimal(number.denominator))


def _spelling(symbol: str) -> str:
    """One spelling of the many a keyboard produces: plain powers, one micro sign, one dot, no blanks."""
    text = unicodedata.normalize("NFC", symbol).strip().replace("\u00b5", "\u03bc").replace(" ", "")
    return text.translate(_SAME_SPELLING)


_SAME_SPELLING = str.maketrans(
    {"²": "2", "³": "3", "*": "·", ".": "·", "\u2103": "°C", "º": "°", "\u2032": "'", "\u2033": '"'}
)
_PI = Fraction("3.14159265358979323846264338327950288419716939937510582097494")
_GN = Fraction("9.80665")  # standard acceleration of free fall, 3rd CGPM 1901
_POUND, _INCH = Fraction("0.45359237"), Fraction("0.0254")

_D: Mapping[str, tuple[str, Dimension]] = {
    "one": ("ratio", (0, 0, 0, 0, 0, 0, 0, 0)),
    "rh": ("relative humidity", (0, 0, 0, 0, 0, 0, 0, 0)),
    "ph": ("pH", (0, 0, 0, 0, 0, 0, 0, 0)),
    "db": ("level", (0, 0, 0, 0, 0, 0, 0, 0)),
    "ntu": ("turbidity", (0, 0, 0, 0, 0, 0, 0, 0)),
    "m": ("length", (1, 0, 0, 0, 0, 0, 0, 0)),
    "m2": ("area", (2, 0, 0, 0, 0, 0, 0, 0)),
    "m3": ("volume", (3, 0, 0, 0, 0, 0, 0, 0)),
    "kg": ("mass", (0, 1, 0, 0, 0, 0, 0, 0)),
    "s": ("time", (0, 0, 1, 0, 0, 0, 0, 0)),
    "A": ("electric current", (0, 0, 0, 1, 0, 0, 0, 0)),
    "K": ("temperature", (0, 0, 0, 0, 1, 0, 0, 0)),
    "1/K": ("temperature coefficient", (0, 0, 0, 0, -1, 0, 0, 0)),
    "mol/m3": ("amount concentration", (-3, 0, 0, 0, 0, 1, 0, 0)),
    "lx": ("illuminance", (-2, 0, 0, 0, 0, 0, 1, 0)),
    "deg": ("angle", (0, 0, 0, 0, 0, 0, 0, 1)),
    "kg/m3": ("density", (-3, 1, 0, 0, 0, 0, 0, 0)),
    "m3/s": ("volume flow", (3, 0, -1, 0, 0, 0, 0, 0)),
    "kg/s": ("mass flow", (0, 1, -1, 0, 0, 0, 0, 0)),
    "m/s": ("speed", (1, 0, -1, 0, 0, 0, 0, 0)),
    "m/s2": ("acceleration", (1, 0, -2, 0, 0, 0, 0, 0)),
    "N": ("force", (1, 1, -2, 0, 0, 0, 0, 0)),
    "Nm": ("torque", (2, 1, -2, 0, 0, 0, 0, 0)),
    "Pa": ("pressure", (-1, 1, -2, 0, 0, 0, 0, 0)),
    "Pas": ("dynamic viscosity", (-1, 1, -1, 0, 0, 0, 0, 0)),
    "m2/s": ("kinematic viscosity", (2, 0, -1, 0, 0, 0, 0, 0)),
    "Hz": ("frequency", (0, 0, -1, 0, 0, 0, 0, 0)),
    "1/s": ("rotational frequency", (0, 0, -1, 0, 0, 0, 0, 0)),
    "J": ("energy", (2, 1, -2, 0, 0, 0, 0, 0)),
    "varh": ("reactive energy", (2, 1, -2, 0, 0, 0, 0, 0)),
    "imp/J": ("meter constant", (-2, -1, 2, 0, 0, 0, 0, 0)),
    "W": ("active power", (2, 1, -3, 0, 0, 0, 0, 0)),
    "VA": ("apparent power", (2, 1, -3, 0, 0, 0, 0, 0)),
    "var": ("reactive power", (2, 1, -3, 0, 0, 0, 0, 0)),
    "V": ("voltage", (2, 1, -3, -1, 0, 0, 0, 0)),
    "ohm": ("resistance", (2, 1, -3, -2, 0, 0, 0, 0)),
    "S/m": ("conductivity", (-3, -1, 3, 2, 0, 0, 0, 0)),
    "F": ("capacitance", (-2, -1, 4, 2, 0, 0, 0, 0)),
    "H": ("inductance", (2, 1, -2, -2, 0, 0, 0, 0)),
    "C": ("electric charge", (0, 0, 1, 1, 0, 0, 0, 0)),
    "Gy": ("absorbed dose", (2, 0, -2, 0, 0, 0, 0, 0)),
    "Sv": ("dose equivalent", (2, 0, -2, 0, 0, 0, 0, 0)),
    "Sv/s": ("dose equivalent rate", (2, 0, -3, 0, 0, 0, 0, 0)),
    "Gy/s": ("absorbed dose rate", (2, 0, -3, 0, 0, 0, 0, 0)),
}

_Row = tuple[str, str, str | Fraction, str | None, str | None]
_ROWS: tuple[_Row, ...] = (  # symbol, dimension key, factor to coherent SI, UCUM, D-SI
    ("1", "one", "1", "1", r"\one"),
    ("%", "one", "1/100", "%", r"\percent"),
    ("‰", "one", "1/1000", "[ppth]", None),
    ("ppm", "one", "1/1000000", "[ppm]", r"\ppm"),
    ("%RH", "rh", "1/100", None, None),
    ("pH", "ph", "1", "[pH]", None),
    ("dB", "db", "1", "dB", r"\decibel"),
    ("NTU", "ntu", "1", "{NTU}", None),
    ("m", "m", "1", "m", r"\metre"),
    ("km", "m", "1000", "km", r"\kilo\metre"),
    ("dm", "m", "1/10", "dm", r"\deci\metre"),
    ("cm", "m", "1/100", "cm", r"\centi\metre"),
    ("mm", "m", "1/1000", "mm", r"\milli\metre"),
    ("μm", "m", "1/1000000", "um", r"\micro\metre"),
    ("nm", "m", "1/1000000000", "nm", r"\nano\metre"),
    ("inch", "m", _INCH, "[in_i]", None),
    ("m²", "m2", "1", "m2", r"\metre\tothe{2}"),
    ("cm²", "m2", "1/10000", "cm2", r"\centi\metre\tothe{2}"),
    ("mm²", "m2", "1/1000000", "mm2", r"\milli\metre\tothe{2}"),
    ("ha", "m2", "10000", "har", r"\hectare"),
    ("m³", "m3", "1", "m3", r"\metre\tothe{3}"),
    ("dm³", "m3", "1/1000", "dm3", r"\deci\metre\tothe{3}"),
    ("cm³", "m3", "1/1000000", "cm3", r"\centi\metre\tothe{3}"),
    ("mm³", "m3", "1/1000000000", "mm3", r"\milli\metre\tothe{3}"),
    ("hL", "m3", "1/10", "hL", r"\hecto\litre"),
    ("L", "m3", "1/1000", "L", r"\litre"),
    ("cL", "m3", "1/100000", "cL", r"\centi\litre"),
    ("mL", "m3", "1/1000000", "mL", r"\milli\litre"),
    ("μL", "m3", "1/1000000000", "uL", r"\micro\litre"),
    ("kg", "kg", "1", "kg", r"\kilogram"),
    ("t", "kg", "1000", "t", r"\tonne"),
    ("g", "kg", "1/1000", "g", r"\gram"),
    ("mg", "kg", "1/1000000", "mg", r"\milli\gram"),
    ("μg", "kg", "1/1000000000", "ug", r"\micro\gram"),
    ("ct", "kg", "1/5000", "[car_m]", None),
    ("lb", "kg", _POUND, "[lb_av]", None),
    ("s", "s", "1", "s", r"\second"),
    ("ms", "s", "1/1000", "ms", r"\milli\second"),
    ("μs", "s", "1/1000000", "us", r"\micro\second"),
    ("min", "s", "60", "min", r"\minute"),
    ("h", "s", "3600", "h", r"\hour"),
    ("d", "s", "86400", "d", r"\day"),
    ("A", "A", "1", "A", r"\ampere"),
    ("kA", "A", "1000", "kA", r"\kilo\ampere"),
    ("mA", "A", "1/1000", "mA", r"\milli\ampere"),
    ("μA", "A", "1/1000000", "uA", r"\micro\ampere"),
    ("K", "K", "1", "K", r"\kelvin"),
    ("mK", "K", "1/1000", "mK", r"\milli\kelvin"),
    ("1/K", "1/K", "1", "K-1", r"\kelvin\tothe{-1}"),
    ("mol/L", "mol/m3", "1000", "mol/L", r"\mole\per\litre"),
    ("mmol/L", "mol/m3", "1", "mmol/L", r"\milli\mole\per\litre"),
    ("lx", "lx", "1", "lx", r"\lux"),
    ("°", "deg", "1", "deg", r"\degree"),
    ("'", "deg", "1/60", "'", r"\arcminute"),
    ('"', "deg", "1/3600", "''", r"\arcsecond"),
    ("gon", "deg", "9/10", "gon", None),
    ("rad", "deg", 180 / _PI, "rad", r"\radian"),
    ("mrad", "deg", 180 / _PI / 1000, "mrad", r"\milli\radian"),
    ("kg/m³", "kg/m3", "1", "kg/m3", r"\kilogram\per\metre\tothe{3}"),
    ("g/cm³", "kg/m3", "1000", "g/cm3", r"\gram\per\centi\metre\tothe{3}"),
    ("g/mL", "kg/m3", "1000", "g/mL", r"\gram\per\milli\litre"),
    ("kg/L", "kg/m3", "1000", "kg/L", r"\kilogram\per\litre"),
    ("g/L", "kg/m3", "1", "g/L", r"\gram\per\litre"),
    ("mg/L", "kg/m3", "1/1000", "mg/L", r"\milli\gram\per\litre"),
    ("μg/L", "kg/m3", "1/1000000", "ug/L", r"\micro\gram\per\litre"),
    ("mg/m³", "kg/m3", "1/1000000", "mg/m3", r"\milli\gram\per\metre\tothe{3}"),
    ("m³/s", "m3/s", "1", "m3/s", r"\metre\tothe{3}\per\second"),
    ("m³/h", "m3/s", "1/3600", "m3/h", r"\metre\tothe{3}\per\hour"),
    ("L/s", "m3/s", "1/1000", "L/s", r"\litre\per\second"),
    ("L/min", "m3/s", "1/60000", "L/min", r"\litre\per\minute"),
    ("L/h", "m3/s", "1/3600000", "L/h", r"\litre\per\hour"),
    ("mL/min", "m3/s", "1/60000000", "mL/min", r"\milli\litre\per\minute"),
    ("mL/h", "m3/s", "1/3600000000", "mL/h", r"\milli\litre\per\hour"),
    ("kg/s", "kg/s", "1", "kg/s", r"\kilogram\per\second"),
    ("kg/min", "kg/s", "1/60", "kg/min", r"\kilogram\per\minute"),
    ("kg/h", "kg/s", "1/3600", "kg/h", r"\kilogram\per\hour"),
    ("t/h", "kg/s", "5/18", "t/h", r"\tonne\per\hour"),
    ("m/s", "m/s", "1", "m/s", r"\metre\per\second"),
    ("mm/s", "m/s", "1/1000", "mm/s", r"\milli\metre\per\second"),
    ("km/h", "m/s", "5/18", "km/h", r"\kilo\metre\per\hour"),
    ("m/s²", "m/s2", "1", "m/s2", r"\metre\per\second\tothe{2}"),
    ("N", "N", "1", "N", r"\newton"),
    ("kN", "N", "1000", "kN", r"\kilo\newton"),
    ("MN", "N", "1000000", "MN", r"\mega\newton"),
    ("mN", "N", "1/1000", "mN", r"\milli\newton"),
    ("kgf", "N", _GN, "kgf", None),
    ("N·m", "Nm", "1", "N.m", r"\newton\metre"),
    ("Pa", "Pa", "1", "Pa", r"\pascal"),
    ("hPa", "Pa", "100", "hPa", r"\hecto\pascal"),
    ("kPa", "Pa", "1000", "kPa", r"\kilo\pascal"),
    ("MPa", "Pa", "1000000", "MPa", r"\mega\pascal"),
    ("bar", "Pa", "100000", "bar", r"\bar"),
    ("mbar", "Pa", "100", "mbar", r"\milli\bar"),
    ("mmHg", "Pa", Fraction("13.5951") * _GN, "mm[Hg]", r"\mmHg"),  # conventional: 133.322 387 415 Pa
    ("mmH₂O", "Pa", _GN, "mm[H2O]", None),  # conventional, water of 1000 kg/m³
    ("kgf/cm²", "Pa", _GN * 10000, "kgf/cm2", None),
    ("atm", "Pa", "101325", "atm", None),
    ("psi", "Pa", _POUND * _GN / _INCH**2, "[psi]", None),
    ("Pa·s", "Pas", "1", "Pa.s", r"\pascal\second"),
    ("mPa·s", "Pas", "1/1000", "mPa.s", r"\milli\pascal\second"),
    ("m²/s", "m2/s", "1", "m2/s", r"\metre\tothe{2}\per\second"),
    ("mm²/s", "m2/s", "1/1000000", "mm2/s", r"\milli\metre\tothe{2}\per\second"),
    ("Hz", "Hz", "1", "Hz", r"\hertz"),
    ("kHz", "Hz", "1000", "kHz", r"\kilo\hertz"),
    ("MHz", "Hz", "1000000", "MHz", r"\mega\hertz"),
    ("1/s", "1/s", "1", "/s", r"\second\tothe{-1}"),
    ("1/min", "1/s", "1/60", "/min", r"\minute\tothe{-1}"),
    ("J", "J", "1", "J", r"\joule"),
    ("kJ", "J", "1000", "kJ", r"\kilo\joule"),
    ("MJ", "J", "1000000", "MJ", r"\mega\joule"),
    ("Wh", "J", "3600", "W.h", r"\watt\hour"),
    ("kWh", "J", "3600000", "kW.h", r"\kilo\watt\hour"),
    ("MWh", "J", "3600000000", "MW.h", r"\mega\watt\hour"),
    ("varh", "varh", "3600", None, None),
    ("kvarh", "varh", "3600000", None, None),
    ("imp/kWh", "imp/J", "1/3600000", "/(kW.h)", None),
    ("imp/Wh", "imp/J", "1/3600", "/(W.h)", None),
    ("W", "W", "1", "W", r"\watt"),
    ("mW", "W", "1/1000", "mW", r"\milli\watt"),
    ("kW", "W", "1000", "kW", r"\kilo\watt"),
    ("MW", "W", "1000000", "MW", r"\mega\watt"),
    ("VA", "VA", "1", "V.A", r"\volt\ampere"),
    ("kVA", "VA", "1000", "kV.A", r"\kilo\volt\ampere"),
    ("var", "var", "1", None, None),
    ("kvar", "var", "1000", None, None),
    ("V", "V", "1", "V", r"\volt"),
    ("kV", "V", "1000", "kV", r"\kilo\volt"),
    ("mV", "V", "1/1000", "mV", r"\milli\volt"),
    ("μV", "V", "1/1000000", "uV", r"\micro\volt"),
    ("Ω", "ohm", "1", "Ohm", r"\ohm"),
    ("mΩ", "ohm", "1/1000", "mOhm", r"\milli\ohm"),
    ("μΩ", "ohm", "1/1000000", "uOhm", r"\micro\ohm"),
    ("kΩ", "ohm", "1000", "kOhm", r"\kilo\ohm"),
    ("MΩ", "ohm", "1000000", "MOhm", r"\mega\ohm"),
    ("GΩ", "ohm", "1000000000", "GOhm", r"\giga\ohm"),
    ("S/m", "S/m", "1", "S/m", r"\siemens\per\metre"),
    ("mS/cm", "S/m", "1/10", "mS/cm", r"\milli\siemens\per\centi\metre"),
    ("μS/cm", "S/m", "1/10000", "uS/cm", r"\micro\siemens\per\centi\metre"),
    ("F", "F", "1", "F", r"\farad"),
    ("μF", "F", "1/1000000", "uF", r"\micro\farad"),
    ("nF", "F", "1/1000000000", "nF", r"\nano\farad"),
    ("pF", "F", "1/1000000000000", "pF", r"\pico\farad"),
    ("H", "H", "1", "H", r"\henry"),
    ("mH", "H", "1/1000", "mH", r"\milli\henry"),
    ("C", "C", "1", "C", r"\coulomb"),
    ("Gy", "Gy", "1", "Gy", r"\gray"),
    ("mGy", "Gy", "1/1000", "mGy", r"\milli\gray"),
    ("μGy", "Gy", "1/1000000", "uGy", r"\micro\gray"),
    ("mGy/s", "Gy/s", "1/1000", "mGy/s", r"\milli\gray\per\second"),
    ("mGy/min", "Gy/s", "1/60000", "mGy/min", r"\milli\gray\per\minute"),
    ("Sv", "Sv", "1", "Sv", r"\sievert"),
    ("mSv", "Sv", "1/1000", "mSv", r"\milli\sievert"),
    ("μSv", "Sv", "1/1000000", "uSv", r"\micro\sievert"),
    ("mSv/h", "Sv/s", "1/3600000", "mSv/h", r"\milli\sievert\per\hour"),
    ("μSv/h", "Sv/s", "1/3600000000", "uSv/h", r"\micro\sievert\per\hour"),
)
_ALIASES: Mapping[str, str] = {
    "l": "L",
    "lít": "L",
    "ml": "mL",
    "μl": "μL",
    "l/h": "L/h",
    "l/min": "L/min",
    "l/s": "L/s",
    "mg/l": "mg/L",
    "g/l": "g/L",
    "tấn": "t",
    "at": "kgf/cm²",
    "kG/cm2": "kgf/cm²",
    "mmH2O": "mmH₂O",
    "ohm": "Ω",
    "in": "inch",
    "%rh": "%RH",
    "vòng/min": "1/min",
    "rpm": "1/min",
    "r/min": "1/min",
    "1/°C": "1/K",
    "lux": "lx",
    "cc": "cm³",
    "oC": "°C",
    "N/m2": "Pa",
}


def _built(row: _Row) -> Unit:
    symbol, key, factor, ucum, dsi = row
    kind, dimension = _D[key]
    return Unit(symbol, kind, dimension, Fraction(factor), Fraction(0), ucum, dsi)


def _temperatures() -> tuple[Unit, Unit]:
    kind, dimension = _D["K"]
    ice = Fraction("273.15")
    fahrenheit = Fraction(5, 9)
    return (
        Unit("°C", kind, dimension, Fraction(1), ice, "Cel", r"\degreecelsius"),
        Unit("°F", kind, dimension, fahrenheit, ice - 32 * fahrenheit, "[degF]", None),
    )


def _index(units: tuple[Unit, ...]) -> Mapping[str, Unit]:
    named = {unit.symbol: unit for unit in units}
    spelled = {_spelling(symbol): unit for symbol, unit in named.items()}
    exchanged = {unit.dsi: unit for unit in units if unit.dsi}
    aliases = {_spelling(alias): named[symbol] for alias, symbol in _ALIASES.items()}
    return MappingProxyType({**exchanged, **aliases, **spelled, **named})


_UNITS: tuple[Unit, ...] = (*map(_built, _ROWS), *_temperatures())
_BY_NAME: Mapping[str, Unit] = _index(_UNITS)

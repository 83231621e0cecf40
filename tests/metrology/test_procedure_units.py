"""The unit something is written in does not matter: neither that of a characteristic nor that of the whole sheet."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quacan.metrology.procedure import Procedure, SheetResult, layout, run
from quacan.metrology.procedure.cases import case_cells
from quacan.metrology.procedure.typed import TypedRefused, read_number
from quacan.metrology.units import UnitRefused, convert, convertible, unit_named
from tests.metrology.procedure_library import CASES, case_at, limit_tables, procedure_of

WHOLE = [path for path in CASES if case_at(path).verdict in ("pass", "fail")]
IN_UNITS = [
    (path, unit)
    for path in WHOLE
    if len(procedure_of(path).units) > 1
    for unit in procedure_of(path).units
    if case_at(path).characteristics.get(procedure_of(path).unit_from)
]
DIGITS = Decimal("1e-20")
NAMES = {"g": ("mg", "g", "kg", "t"), "kg": ("g", "kg", "t"), "mm": ("mm", "cm", "m"), "m": ("mm", "m", "km")}
NAMES |= {"L": ("mL", "L", "m3"), "mL": ("mL", "L"), "V": ("mV", "V", "kV"), "A": ("mA", "A", "kA")}
NAMES |= {"bar": ("bar", "MPa", "kPa"), "Ω": ("Ω", "kΩ"), "mmHg": ("mmHg",), "t": ("kg", "t")}


def evaluated(path: Path, **changes: object) -> SheetResult:
    """This will run a worked case with some of its input replaced."""
    case, procedure = case_at(path), procedure_of(path)
    given_: dict[str, object] = {
        "characteristics": case.characteristics,
        "event": case.event,
        "on": case.on,
        "cells": case_cells(procedure, case),
        "conditions": case.conditions,
        "limits": limit_tables(),
    }
    return run(procedure, **(given_ | changes))  # type: ignore[arg-type]


def split(text: str, unit: str) -> tuple[Decimal, str] | None:
    """This will read a characteristic as number and unit; None for a word."""
    number, _space, own = text.strip().partition(" ")
    try:
        return Decimal(number.replace(",", ".")), own.strip() or unit
    except ArithmeticError:
        return None


def rewritten(procedure: Procedure, characteristics: dict[str, str], choose: object) -> dict[str, str]:
    """This will write every characteristic that has a unit in another unit of its kind, chosen by *choose*.

    The one the sheet takes its unit from stays as it is.
    """
    found = dict(characteristics)
    for one in procedure.characteristics:
        known = split(found.get(one.key, ""), one.unit)
        if one.is_choice or known is None or one.key == procedure.unit_from or known[1] not in NAMES:
            continue
        number, source = known
        target = choose(NAMES[source])  # type: ignore[operator]
        exact = convert(number, source=source, target=target)
        if convert(exact, source=target, target=source) == number:
            found[one.key] = f"{exact:f} {target}"
    return found


@settings(max_examples=120, deadline=None)
@given(data=st.data(), path=st.sampled_from(WHOLE))
def test_the_unit_of_a_characteristic_does_not_matter_anywhere(data: st.DataObject, path: Path) -> None:
    case, procedure = case_at(path), procedure_of(path)
    other = rewritten(procedure, dict(case.characteristics), lambda units: data.draw(st.sampled_from(units)))
    plain, twin = evaluated(path), evaluated(path, characteristics=other)
    assert (plain.verdict, plain.unit) == (twin.verdict, twin.unit)
    for key, row in plain.rows.items():
        assert (row.verdict, row.error, row.margin) == (
            twin.rows[key].verdict,
            twin.rows[key].error,
            twin.rows[key].margin,
        )


def in_unit(path: Path, unit: str) -> tuple[dict[str, str], dict[str, str]]:
    """This will give characteristics and cells of a case with the sheet's own quantities written in another unit."""
    case, procedure = case_at(path), procedure_of(path)
    known = split(case.characteristics[procedure.unit_from], procedure.units[0])
    assert known is not None
    source = known[1]
    shown = layout(procedure, characteristics=case.characteristics, event=case.event)
    assert unit_named(source).symbol == unit_named(shown.unit).symbol
    columns = {
        cell.key
        for step in shown.steps
        for row in step.rows
        for cell in row.cells
        if {one.key: one.unit for one in step.columns}.get(cell.column) == shown.unit
    }
    cells = {
        key: _again(text, source, unit) if key in columns else text
        for key, text in case_cells(procedure, case).items()
    }
    characteristics = dict(case.characteristics)
    for one in procedure.characteristics:
        own = split(characteristics.get(one.key, ""), one.unit)
        if not one.is_choice and own is not None and _comparable(own[1], unit):
            characteristics[one.key] = f"{convert(own[0], source=own[1], target=unit):f} {unit}"
    return characteristics, cells


def _comparable(one: str, other: str) -> bool:
    try:
        return convertible(one, other)
    except UnitRefused:
        return False


def _again(text: str, source: str, target: str) -> str:
    try:
        number = read_number(text)
    except TypedRefused:
        return text
    return f"{convert(number, source=source, target=target):f}"


@pytest.mark.parametrize(
    ("path", "unit"),
    IN_UNITS,
    ids=lambda one: one if isinstance(one, str) else f"{one.parent.parent.name}-{one.stem}",
)
def test_a_sheet_in_any_of_its_units_says_the_same(path: Path, unit: str) -> None:
    """Verdicts are the same, errors scale exactly; where a value has endless decimals in the unit, to 20 digits.

    A value on its very limit can only be written so that it stays there in a unit where it has an end.
    """
    characteristics, cells = in_unit(path, unit)
    plain = evaluated(path)
    twin = evaluated(path, characteristics=characteristics, cells=cells)
    assert twin.unit == unit
    is_exact = _has_an_end(plain.unit, unit)
    for key, row in plain.rows.items():
        theirs = twin.rows[key]
        if is_exact or row.margin != 0:
            assert theirs.verdict == row.verdict, key
        if row.limit is not None and row.limit.unit == plain.unit:
            for ours, other in ((row.error, theirs.error), (row.margin, theirs.margin)):
                assert (ours is None) == (other is None), key
                if ours is not None and other is not None:
                    expected = convert(ours, source=plain.unit, target=unit)
                    scale = abs(convert(row.limit.upper or Decimal(1), source=plain.unit, target=unit))
                    assert abs(other - expected) <= (Decimal(0) if is_exact else scale * DIGITS), key
    if is_exact:
        assert twin.verdict == plain.verdict


def _has_an_end(source: str, target: str) -> bool:
    """Whether a decimal in one unit is one in the other: the factor is a power of ten."""
    return convert(Decimal(1), source=source, target=target).normalize().as_tuple().digits == (1,)

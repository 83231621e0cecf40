"""One procedure, several units: the same sheet in the unit in which the instrument is marked."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from quacan.metrology.expressions import Expression
from quacan.metrology.procedure.definition import Procedure, Text

Shape = TypeVar("Shape")

_UNIT_FIELDS = frozenset({"unit", "at_unit"})


def with_variants(procedure: Procedure) -> Procedure:
    """This will give the procedure with itself in each of its other units beside it."""
    if len(procedure.units) < 2:
        return procedure
    own, *others = procedure.units
    return replace(procedure, variants={unit: _in_unit(procedure, own, unit) for unit in others})


def _in_unit(procedure: Procedure, own: str, unit: str) -> Procedure:
    return replace(
        procedure,
        standards=_fitted(procedure.standards, own, unit),
        steps=_fitted(procedure.steps, own, unit),
        uncertainty=_fitted(procedure.uncertainty, own, unit),
    )


def _fitted(shape: Shape, own: str, unit: str) -> Shape:
    """The same shape with every unit that is the procedure's own replaced, all the way down."""
    if isinstance(shape, tuple):
        return tuple(_fitted(each, own, unit) for each in shape)  # type: ignore[return-value]
    if isinstance(shape, Expression | Text) or not is_dataclass(shape) or isinstance(shape, type):
        return shape
    changed = {}
    for each in fields(shape):
        value = getattr(shape, each.name)
        is_own = each.name in _UNIT_FIELDS and value == own
        changed[each.name] = unit if is_own else _fitted(value, own, unit)
    return replace(shape, **changed)

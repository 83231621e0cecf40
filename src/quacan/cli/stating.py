"""What the standards state, from a file: budgets and U per point for `quacan procedure run`."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quacan.centre.examinations.rules.budgets import Shape, Support
    from quacan.centre.standards.rules import StandardValue
    from quacan.metrology.procedure import Procedure, SheetResult, StandardPlace


class StatementRefused(ValueError):
    """A statement of a standard that cannot be read; the message names standard, row and field."""


def budgets_stated(
    procedure: "Procedure", result: "SheetResult", standards: Mapping[str, Any], *, name: str
) -> "list[Shape]":
    """This will make the budget of every point with what a file says of each standard, Monte Carlo beside the GUM.

    *standards* maps the key of a need to one statement (U, unit, k) that holds everywhere, or to rows with their
    nominal values as on a certificate; *name* seeds the draws. Raises StatementRefused.
    """
    from quacan.centre.examinations.rules.budgets import budget_at, points_budgeted, refused_at
    from quacan.metrology.procedure import BudgetRefused, standard_places

    fitted = procedure.in_unit(result.unit)
    read = _read(fitted, standards)
    found = []
    for point in points_budgeted(fitted, result):
        places = standard_places(fitted, model=point.model, result=result, row=point.row)
        try:
            supports = {one.need: _support(read[one.need], one) for one in places if one.need in read}
        except BudgetRefused as refused:
            found.append(refused_at(fitted, result=result, point=point, why=refused))
            continue
        seed = f"{name} {point.model} {point.row.point}"
        found.append(
            budget_at(fitted, result=result, point=point, supports=supports, cmc=None, seeded_by=seed)
        )
    return found


def _read(procedure: "Procedure", standards: Mapping[str, Any]) -> "dict[str, list[StandardValue]]":
    from quacan.centre.standards.rules import ValueRefused, read_value

    known = {need.key for need in procedure.standards}
    found = {}
    for need, given in standards.items():
        if need not in known:
            raise StatementRefused(
                f"The procedure needs no standard '{need}'; it needs: {', '.join(sorted(known))}."
            )
        rows = given if isinstance(given, list) else [given]
        if not rows or not all(isinstance(row, dict) and "U" in row for row in rows):
            raise StatementRefused(
                f"The standard '{need}' must state U, unit and k, or be a list of such rows with nominal."
            )
        try:
            found[need] = [read_value(_texts(row), number) for number, row in enumerate(rows, start=1)]
        except ValueRefused as refused:
            raise StatementRefused(
                f"The standard '{need}', row {refused.row}: {refused.column} '{refused.text}' cannot be read."
            ) from refused
    return found


def _texts(row: Mapping[str, Any]) -> dict[str, str]:
    texts = {str(name): str(value) for name, value in row.items()}
    nominal = texts.get("nominal", "0")
    return {"k": "2", "value": nominal, "nominal": nominal} | texts


def _support(rows: "list[StandardValue]", place: "StandardPlace") -> "Support":
    from quacan.centre.examinations.rules.budgets import Support
    from quacan.centre.standards.rules import value_at
    from quacan.metrology.procedure import BudgetRefused, StandardUncertainty
    from quacan.metrology.procedure.reasons import number_text
    from quacan.metrology.units import unit_named

    at = place.at if len(rows) > 1 else None
    row = value_at(rows, at=at, unit=unit_named(place.unit).symbol)
    if row is None:
        where = number_text(at, place.unit) if at is not None else number_text(Decimal(0), place.unit)
        raise BudgetRefused(
            f"Chuẩn «{place.label.vi}» không nêu U tại {where.vi}.",
            f"The statement of {place.label.en} gives no U at {where.en}.",
        )
    return Support(0, "", StandardUncertainty(U=row.U, unit=row.unit, k=row.k))

"""What the chosen standards state at each point, the U of every row, and the verdict when guarded acceptance rules."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from quacan.centre.examinations.models import Examination
from quacan.centre.examinations.rules.budgets import (
    Point,
    Shape,
    Support,
    budget_at,
    guard_of,
    points_budgeted,
    refused_at,
)
from quacan.centre.examinations.rules.subjects import VERIFICATION
from quacan.centre.organisation.queries import cmc_at
from quacan.centre.standards.models import StandardCertificate
from quacan.centre.standards.queries import history_of, stated_at
from quacan.centre.standards.rules import History
from quacan.metrology.procedure import (
    BudgetRefused,
    Prepared,
    Procedure,
    SheetResult,
    StandardPlace,
    StandardUncertainty,
    evaluate,
    standard_places,
)
from quacan.metrology.procedure.reasons import number_text

GUARDED: Final = "guarded_acceptance"


@dataclass(slots=True)
class Supporters:
    """The certificates a worksheet rests on, asked for each place of their scales once."""

    sheet: Examination
    certificates: Mapping[str, StandardCertificate]
    stated: dict[tuple[str, Decimal | None, str], Support] = field(default_factory=dict)
    histories: dict[int, list[History]] = field(default_factory=dict)
    capable: dict[tuple[Decimal | None, str], Decimal | None] = field(default_factory=dict)

    def at(self, places: Iterable[StandardPlace]) -> dict[str, Support]:
        """This will give what every needed standard states; raises BudgetRefused where one says nothing."""
        return {place.need: self._stated(place) for place in places if place.need in self.certificates}

    def _stated(self, place: StandardPlace) -> Support:
        key = (place.need, place.at, place.unit)
        if key not in self.stated:
            certificate = self.certificates[place.need]
            if certificate.pk not in self.histories:
                self.histories[certificate.pk] = history_of(certificate)
            history = self.histories[certificate.pk]
            self.stated[key] = _stated(certificate, place, history, on=self.sheet.performed_on)
        return self.stated[key]

    def cmc(self, at: Decimal | None, unit: str) -> Decimal | None:
        """This will give the CMC in *unit* at a value; None for verification, whose U is not covered by one."""
        if self.sheet.terms.service == VERIFICATION:
            return None
        key = (at, unit)
        if key not in self.capable:
            self.capable[key] = cmc_at(
                self.sheet.organisation,
                procedure=self.sheet.procedure_code,
                at=at,
                unit=unit,
                on=self.sheet.performed_on,
            )
        return self.capable[key]


def supporters_of(sheet: Examination) -> Supporters:
    """This will read which certificate serves which need of a worksheet."""
    uses = sheet.standard_uses.select_related("certificate__standard")
    return Supporters(sheet, {use.need: use.certificate for use in uses})


def _stated(
    certificate: StandardCertificate, place: StandardPlace, history: list[History], *, on: date
) -> Support:
    found = stated_at(certificate, at=place.at, unit=place.unit, on=on, history=history)
    if found is None:
        raise _silent(certificate, place)
    stated = StandardUncertainty(
        U=found.U,
        unit=found.unit,
        k=found.k,
        dof=float(found.dof) if found.dof.is_finite() else math.inf,
        drift=found.drift,
    )
    return Support(certificate.pk, certificate.number, stated)


def _silent(certificate: StandardCertificate, place: StandardPlace) -> BudgetRefused:
    name, number = certificate.standard.code, certificate.number
    if place.at is None:
        return BudgetRefused(
            f"Giấy chứng nhận {number} của chuẩn {name} không nêu U theo đơn vị {place.unit}; "
            "ghi giá trị vào giấy chứng nhận hoặc chọn chuẩn khác.",
            f"Certificate {number} of standard {name} states no U in {place.unit}; enter it or choose another.",
        )
    where = number_text(place.at, place.unit)
    return BudgetRefused(
        f"Giấy chứng nhận {number} của chuẩn {name} không nêu U tại {where.vi}; "
        "ghi giá trị vào giấy chứng nhận hoặc chọn chuẩn khác.",
        f"Certificate {number} of standard {name} states no U at {where.en}; enter it or choose another standard.",
    )


def budget_shape(
    supporters: Supporters,
    procedure: Procedure,
    *,
    result: SheetResult,
    point: Point,
    seeded_by: str = "",
) -> Shape:
    """This will make the budget of one point of a worksheet, with Monte Carlo when it is seeded."""
    fitted = procedure.in_unit(result.unit)
    declared = fitted.uncertainty[point.model]
    places = standard_places(fitted, model=point.model, result=result, row=point.row)
    try:
        supports = supporters.at(places)
    except BudgetRefused as refused:
        return refused_at(fitted, result=result, point=point, why=refused)
    at = point.row.nominal if point.row.unit == declared.unit else next((one.at for one in places), None)
    cmc = supporters.cmc(at, declared.unit)
    return budget_at(fitted, result=result, point=point, supports=supports, cmc=cmc, seeded_by=seeded_by)


def judged(sheet: Examination, prepared: Prepared, cells: Mapping[str, str]) -> SheetResult:
    """This will evaluate readings by the decision rule of the worksheet: the procedure's, or the customer's with w = U.

    Under guarded acceptance every limit is drawn in by the U that is stated for its row; without U nothing is decided.
    """
    result = evaluate(prepared, cells=cells)
    guards = guards_of(sheet, prepared.procedure, result)
    return result if guards is None else evaluate(prepared, cells=cells, guards=guards)


def guards_of(sheet: Examination, procedure: Procedure, result: SheetResult) -> dict[str, Decimal] | None:
    """This will give U by row where guarded acceptance was agreed, frozen once submitted; None where it was not."""
    if sheet.decision_rule != GUARDED:
        return None
    guards: dict[str, Decimal] = {}
    for shape in _guarding(sheet, procedure, result):
        guards |= guard_of(shape, result)
    return guards


def _guarding(sheet: Examination, procedure: Procedure, result: SheetResult) -> list[Shape]:
    """The budgets that guard: those frozen with the worksheet, else as they come out now."""
    if sheet.content_sha256:
        found: list[Shape] = json.loads(sheet.budgets)
        return found
    supporters = supporters_of(sheet)
    return [
        budget_shape(supporters, procedure, result=result, point=point)
        for point in points_budgeted(procedure, result)
    ]

"""Everything a paper about a worksheet is made of, read once: plain values, no records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from quacan.centre.certificates.papers.values import (
    Accreditation,
    Condition,
    Holder,
    InstrumentFacts,
    Issuer,
    SealFound,
    StandardUsed,
)
from quacan.metrology.procedure import Procedure, SheetResult
from quacan.metrology.procedure.layout import LayoutStep


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs what, when, under which number."""

    number: str
    performer: str
    checker: str
    checker_title: str
    signer: str
    signer_title: str
    at: datetime
    on: date
    check_code: str
    record_number: str
    card_number: str = ""
    stamp: str = ""
    valid_until: date | None = None
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class PaperSource:
    """A worksheet as its papers need it: what was typed and judged, by what, where, for whom, under which scope.

    *budgets* are the frozen budgets, *as_found* the result before an adjustment, *deviations* the signed sentences
    that stand, *accreditation* the one that covers the procedure on the day (None outside).
    """

    service: str
    verdict: str
    event: str
    performed_on: date
    place: str
    decision_rule: str
    procedure: Procedure
    result: SheetResult
    steps: tuple[LayoutStep, ...]
    budgets: tuple[Mapping[str, Any], ...]
    adjusted: str
    as_found: SheetResult | None
    seals: tuple[SealFound, ...]
    deviations: tuple[str, ...]
    standards: tuple[StandardUsed, ...]
    environment: tuple[Condition, ...]
    issuer: Issuer
    issued_at: str
    holder: Holder
    customer: Holder
    instrument: InstrumentFacts
    accreditation: Accreditation | None

    @property
    def is_calibration(self) -> bool:
        return self.service == "calibration"

    @property
    def states_nothing(self) -> bool:
        """Whether a calibration concludes nothing, because no requirement was stated for it."""
        return self.is_calibration and self.verdict == "undetermined"

    @property
    def accredited_points(self) -> tuple[int, int]:
        """The points whose CMC is known, and all points with a budget."""
        return sum(shape["U_cmc"] is not None for shape in self.budgets), len(self.budgets)

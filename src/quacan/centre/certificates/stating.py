"""What a paper states besides its readings: uncertainty, decision rule, what was found before an adjustment, seals."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final, TypedDict

from quacan.centre.base.paper import Bilingual
from quacan.centre.certificates.papers import Operation, SealFound
from quacan.centre.certificates.tabulating import budget_shapes, operations, states_nothing, uncertainties
from quacan.centre.examinations.models import Seal
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.queries import Evidence, evidence_of
from quacan.metrology.procedure import Procedure, SheetResult
from quacan.metrology.rounding import round_to, vietnamese_text

DECISIONS: Final = {
    "simple_acceptance": Bilingual(
        "Chấp nhận đơn giản (ILAC-G8:09/2019, 4.2.1): kết quả nằm trong giới hạn, kể cả đúng trên giới hạn, "
        "là phù hợp; không trừ độ không đảm bảo đo.",
        "Simple acceptance (ILAC-G8:09/2019, 4.2.1): a result within the limits, the limit included, conforms.",
    ),
    "guarded_acceptance": Bilingual(
        "Chấp nhận có dải bảo vệ w = U (ILAC-G8:09/2019, 4.2.2; JCGM 106, 8.3.2): chỉ phù hợp khi kết quả nằm trong "
        "giới hạn đã thu hẹp mỗi phía một lượng U.",
        "Guarded acceptance with w = U (ILAC-G8:09/2019, 4.2.2; JCGM 106, 8.3.2): a result conforms only within the "
        "limits narrowed by U on each side.",
    ),
}


class Statements(TypedDict, total=False):
    """The fields of an examination that earlier papers do not have."""

    uncertainties: tuple[Operation, ...]
    coverage: Bilingual | None
    decision: Bilingual | None
    adjusted: str
    as_found: tuple[Operation, ...]
    seals: tuple[SealFound, ...]


def statements(sheet: Worksheet, procedure: Procedure, result: SheetResult) -> Statements:
    """This will gather what a worksheet states besides its readings; nothing is stated that does not exist."""
    evidence = evidence_of(sheet)
    return {
        **_uncertainty(sheet, procedure, result),
        **_decision(sheet, procedure),
        "adjusted": evidence.adjusted,
        "as_found": tuple(operations(sheet, evidence.as_found)) if evidence.as_found else (),
        "seals": tuple(_seals(evidence)),
    }


def _uncertainty(sheet: Worksheet, procedure: Procedure, result: SheetResult) -> Statements:
    """The uncertainty is printed for every calibration, else where the procedure lists it among its blocks."""
    if sheet.service != "calibration" and "uncertainty" not in procedure.printed:
        return {}
    made = [shape for shape in budget_shapes(sheet) if shape["refused"] is None]
    if not made:
        return {}
    percent = vietnamese_text(round_to(Decimal(made[0]["p"]) * 100, 0))
    return {
        "uncertainties": tuple(uncertainties(sheet, result)),
        "coverage": Bilingual(
            "Độ không đảm bảo đo mở rộng U là độ không đảm bảo đo chuẩn tổng hợp nhân với hệ số phủ k ghi ở từng dòng, "
            f"tương ứng xác suất bao phủ khoảng {percent} % (JCGM 100:2008).",
            "The expanded uncertainty U is the combined standard uncertainty multiplied by the coverage factor k of "
            f"each line, for a coverage probability of about {percent} % (JCGM 100:2008).",
        ),
    }


def _decision(sheet: Worksheet, procedure: Procedure) -> Statements:
    """The rule a conformity was concluded by: the customer's of the contract, else the procedure's own."""
    if states_nothing(sheet) or (sheet.service != "calibration" and not sheet.decision_rule):
        return {}
    return {"decision": DECISIONS[sheet.decision_rule or procedure.decision_rule]}


def _seals(evidence: Evidence) -> Iterable[SealFound]:
    said = {
        Seal.Moment.FOUND: Bilingual("Khi đến", "Found"),
        Seal.Moment.APPLIED: Bilingual("Khi xong", "Applied"),
    }
    conditions = {
        Seal.Condition.INTACT: "Nguyên vẹn",
        Seal.Condition.BROKEN: "Đứt, rách",
        Seal.Condition.MISSING: "Không có",
    }
    for one in (*evidence.seals_found, *evidence.seals_applied):
        yield SealFound(
            said[Seal.Moment(one.moment)], one.position, one.mark, conditions[Seal.Condition(one.condition)]
        )

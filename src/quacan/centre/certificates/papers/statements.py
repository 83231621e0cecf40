"""What a paper states besides its readings: uncertainty, decision rule, what was found before an adjustment, seals."""

from decimal import Decimal
from typing import Final, TypedDict

from quacan.centre.base.paper import Bilingual
from quacan.centre.certificates.papers.source import PaperSource
from quacan.centre.certificates.papers.tables import operations, uncertainties
from quacan.centre.certificates.papers.values import Operation, SealFound
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


def statements(source: PaperSource) -> Statements:
    """What a worksheet states besides its readings; nothing is stated that does not exist."""
    return {
        **_uncertainty(source),
        **_decision(source),
        "adjusted": source.adjusted,
        "as_found": tuple(operations(source, source.as_found)) if source.as_found else (),
        "seals": source.seals,
    }


def _uncertainty(source: PaperSource) -> Statements:
    """The uncertainty is printed for every calibration, else where the procedure lists it among its blocks."""
    if not source.is_calibration and "uncertainty" not in source.procedure.printed:
        return {}
    made = [shape for shape in source.budgets if shape["refused"] is None]
    if not made:
        return {}
    percent = vietnamese_text(round_to(Decimal(made[0]["p"]) * 100, 0))
    return {
        "uncertainties": tuple(uncertainties(source)),
        "coverage": Bilingual(
            "Độ không đảm bảo đo mở rộng U là độ không đảm bảo đo chuẩn tổng hợp nhân với hệ số phủ k ghi ở từng dòng, "
            f"tương ứng xác suất bao phủ khoảng {percent} % (JCGM 100:2008).",
            "The expanded uncertainty U is the combined standard uncertainty multiplied by the coverage factor k of "
            f"each line, for a coverage probability of about {percent} % (JCGM 100:2008).",
        ),
    }


def _decision(source: PaperSource) -> Statements:
    """The rule a conformity was concluded by: the customer's of the contract, else the procedure's own."""
    if source.states_nothing or (not source.is_calibration and not source.decision_rule):
        return {}
    return {"decision": DECISIONS[source.decision_rule or source.procedure.decision_rule]}

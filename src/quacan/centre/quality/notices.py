"""The draft a customer is told by: plain text from the rows of a simulation."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from quacan.centre.base.language.dates import format_date
from quacan.centre.base.models import Document
from quacan.centre.parties.models import Party
from quacan.centre.quality.models import Nonconformity, Simulation, SimulationRow
from quacan.centre.quality.rules import Effect


def notice_text(
    made: Nonconformity, simulation: Simulation, party: Party, rows: Iterable[SimulationRow]
) -> str:
    """This will draft the notice of one customer, in Vietnamese whatever the language of the screen."""
    with override("vi"):
        return _drafted(made, simulation, party, rows)


def _drafted(made: Nonconformity, simulation: Simulation, party: Party, rows: Iterable[SimulationRow]) -> str:
    head = _(
        "Kính gửi: {party}\n\n"
        "{organisation} thông báo: chuẩn đo lường {standard} được phát hiện có sai lệch, ảnh hưởng từ ngày {day}. "
        "Chúng tôi đã tính lại các kết quả đo bằng chuẩn này (hồ sơ {number}). Kết quả của Quý đơn vị "
        "cần xem xét lại:"
    ).format(
        party=party.name,
        organisation=made.organisation.name,
        standard=simulation.standard,
        day=format_date(simulation.from_on, "vi"),
        number=made.number,
    )
    tail = _(
        "Đề nghị Quý đơn vị tạm dừng dùng các phương tiện đo có kết luận “thành không đạt” hoặc “chưa đủ căn cứ” "
        "vào mục đích đã kiểm định và liên hệ với chúng tôi để đo lại.\n\n"
        "(Dự thảo – chưa gửi)"
    )
    lines = [f"{at}. {_line(row)}" for at, row in enumerate(rows, 1)]
    return "\n".join([head, "", *lines, "", tail])


def _line(row: SimulationRow) -> str:
    paper = row.outcome.number if row.outcome else _("phiếu {number}").format(number=row.worksheet.number)
    if row.outcome and row.outcome.document.state != Document.State.ISSUED:
        paper = f"{paper} ({row.outcome.document.get_state_display().lower()})"
    effect = row.get_effect_display().lower()
    if row.effect in {Effect.STILL_PASS.value, Effect.STILL_FAIL.value}:
        effect = _("{effect}, nhưng giá trị đã báo thay đổi").format(effect=effect)
    return _("{paper} – {instrument}, đo ngày {day}: {effect}.").format(
        paper=paper,
        instrument=row.worksheet.instrument,
        day=format_date(row.worksheet.performed_on, "vi"),
        effect=effect,
    )

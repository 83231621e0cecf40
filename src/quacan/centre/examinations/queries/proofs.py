"""The proof that nothing typed was changed behind its back, and that results recompute."""

import json
from collections.abc import Iterator

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from quacan.centre.base.chain import canonical
from quacan.centre.base.problems import Flaw
from quacan.centre.examinations.models import Examination, Reading
from quacan.centre.examinations.queries.budgets import budget_differences
from quacan.centre.examinations.queries.content import content_of, digest_of, evaluation
from quacan.centre.examinations.rules import digits
from quacan.metrology.procedure import as_json


def content_flaws(sheet: Examination, name: str) -> Iterator[Flaw]:
    """What differs between an examination that was sent and what its rows say now."""
    if sheet.content_sha256 != content_of(sheet):
        remedy = _("Khôi phục từ bản sao lưu; số đọc chỉ được sửa bằng lượt đo mới trên phiếu.")
        yield Flaw(name, _("Nội dung phiếu khác với khi gửi soát xét."), remedy)
    if differences(sheet):
        yield Flaw(
            name,
            _("Tính lại từ số đọc không ra kết quả đã lưu."),
            _("So kết quả đã lưu với kết quả tính lại; nếu phiếu đã ban hành, lập phiếu thay thế."),
        )


def reading_flaws() -> Iterator[Flaw]:
    """Every reading proven against its digest, and none of its revisions missing."""
    remedy = _("Khôi phục từ bản sao lưu; số đọc chỉ được sửa bằng lượt đo mới trên phiếu.")
    for row in Reading.objects.select_related("examination").iterator(chunk_size=2000):
        if row.digest != digest_of(row):
            name = f"examinations.Reading:{row.pk} ({row.examination.number}, {row.cell})"
            yield Flaw(name, _("Số đọc không còn đúng như khi được ghi."), remedy)
    cells = Reading.objects.values("examination", "examination__number", "cell").order_by(
        "examination", "cell"
    )
    for cell in cells.annotate(count=Count("id"), top=Max("revision")):
        if cell["count"] != cell["top"]:
            name = f"examinations.Examination:{cell['examination']} ({cell['examination__number']}, {cell['cell']})"
            yield Flaw(name, _("Thiếu một lần ghi của ô này."), remedy)


def differences(sheet: Examination) -> list[str]:
    """This will recompute a submitted worksheet from its readings and name every part that differs.

    Empty when stored and recomputed agree to the last digit.
    """
    result = evaluation(sheet)
    found = []
    if result.verdict != sheet.verdict:
        found.append(
            _("kết luận đã lưu “{stored}”, tính lại “{again}”").format(
                stored=sheet.verdict, again=result.verdict
            )
        )
    again = as_json(result)
    if canonical(again) != sheet.result and digits(json.loads(sheet.result)) != digits(again):
        found.append(_("kết quả từng dòng đã lưu khác kết quả tính lại"))
    return [*found, *budget_differences(sheet, result)]

"""The proof that nothing on a worksheet was changed behind its back, and that results recompute."""

import json
from collections.abc import Iterator
from typing import Final

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.chain import canonical
from quacan.centre.base.problems import Flaw
from quacan.centre.examinations.models import Reading
from quacan.centre.ledger.rules import Posting
from quacan.centre.verification.facts import posting_of
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.queries.budgets import budget_differences
from quacan.centre.verification.queries.worksheets import content_of, digest_of, evaluation
from quacan.centre.verification.rules import digits
from quacan.metrology.procedure import as_json

CHUNK: Final = 200
"""So many worksheets are in memory at once."""


def postings() -> Iterator[Posting]:
    """This will give what the book must say of every worksheet."""
    for sheet in Worksheet.objects.select_related("instrument").iterator(chunk_size=500):
        yield posting_of(sheet)


def submitted() -> QuerySet[Worksheet]:
    """This will list the worksheets with a stored result, in the order they were opened.

    Walked through with ``iterator(chunk_size=CHUNK)``, everything written on them is read chunk by chunk, and a frozen
    text once for all sheets of a chunk.
    """
    rows: QuerySet[Worksheet] = Worksheet.objects.exclude(content_sha256="").order_by("pk")
    rows = rows.prefetch_related("procedure_text", "limits_text", "readings", "runs", "conditions")
    return rows.prefetch_related("standard_uses", "deviations", "seals", "photos__document")


def flaws() -> Iterator[Flaw]:
    """This will prove every reading against its digest, every submitted worksheet against its content and result."""
    yield from _reading_flaws()
    remedy = _("Khôi phục từ bản sao lưu; số đọc chỉ được sửa bằng lượt đo mới trên phiếu.")
    for sheet in submitted().iterator(chunk_size=CHUNK):
        name = f"verification.Worksheet:{sheet.pk} ({sheet.number})"
        if sheet.content_sha256 != content_of(sheet):
            yield Flaw(name, _("Nội dung phiếu khác với khi gửi soát xét."), remedy)
        if differences(sheet):
            yield Flaw(
                name,
                _("Tính lại từ số đọc không ra kết quả đã lưu."),
                _("So kết quả đã lưu với kết quả tính lại; nếu phiếu đã ban hành, lập phiếu thay thế."),
            )


def _reading_flaws() -> Iterator[Flaw]:
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
            name = f"verification.Worksheet:{cell['examination']} ({cell['examination__number']}, {cell['cell']})"
            yield Flaw(name, _("Thiếu một lần ghi của ô này."), remedy)


def differences(sheet: Worksheet) -> list[str]:
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

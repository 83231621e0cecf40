"""What became of a file's rows, in sentences that name the row and the remedy."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from quacan.centre.base.models import DocumentFile
from quacan.centre.base.refusals import NotFound
from quacan.centre.facilities.models import Point
from quacan.centre.facilities.rules import NAMES, Wrong


@dataclass(frozen=True, slots=True)
class Sentence:
    """A row that was not taken: its line and why."""

    line: int
    text: str


def sentence_of(wrong: Wrong) -> Sentence:
    """This will say why a row was not taken and what to do about it."""
    words = {
        "instant": _(
            "Dòng {line}: không đọc được ngày giờ ở “{text}”. Chọn lại cột ngày, cột giờ, hoặc sửa ô."
        ),
        "number": _(
            "Dòng {line}: {quantity} “{text}” không phải là số. Sửa ô hoặc để trống khi máy không ghi."
        ),
        "impossible": _(
            "Dòng {line}: {quantity} “{text}” không thể có. Kiểm tra đầu đo hoặc chọn lại cột của đại lượng."
        ),
        "twice": _(
            "Dòng {line}: {quantity} cùng một thời điểm có nhiều giá trị ({text}). "
            "Không nhận giá trị nào; xem lại trong phần mềm của máy ghi."
        ),
        "kept": _(
            "Dòng {line}: {quantity} khác số liệu đã ghi ({text}). Giữ số đã ghi; "
            "nếu số cũ sai, lập sự không phù hợp."
        ),
        "future": _("Dòng {line}: thời điểm {text} ở sau lúc nhập. Chỉnh đồng hồ của máy ghi rồi xuất lại."),
        "empty": _("Dòng {line}: không có giá trị nào ở “{text}”. Bỏ dòng này hoặc chọn lại các cột."),
    }
    quantity = str(NAMES.get(wrong.quantity, "")).lower()
    return Sentence(wrong.line, words[wrong.why].format(line=wrong.line, text=wrong.text, quantity=quantity))


def file_kept(point: Point, pk: int) -> DocumentFile:
    """This will find the file of an import of a point."""
    found = DocumentFile.objects.filter(
        document__in=point.imports.filter(pk=pk).values("document_id")
    ).first()
    if found is None:
        raise NotFound(record=_("tệp số {pk}").format(pk=pk))
    return found

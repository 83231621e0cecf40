"""Why a report may not be prepared, submitted or issued."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class OutlineMissing(Refusal):
    obstacle = _("Chưa có đề cương báo cáo cho {organisation} có hiệu lực vào ngày {on}.")
    remedy = _("Bổ sung đề cương vào định nghĩa báo cáo rồi thử lại.")


class ReportIncomplete(Refusal):
    """Carries everything that is missing, one phrase each."""

    obstacle = _("Báo cáo chưa trình được, còn thiếu: {missing}.")
    remedy = _("Bổ sung ngay trên trang báo cáo rồi trình lại.")

    def __init__(self, *, missing: Iterable[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(missing="; ".join(self.missing))


class OwnReport(Refusal):
    """Somebody signs what they wrote; says who else may, and that another may take the writing over."""

    obstacle = _("{person} đã soạn hoặc trình báo cáo này, không được tự ban hành.")
    remedy = _("Nhờ người khác ký: {others}; hoặc trả lại để người khác nhận soạn rồi trình.")


class AlreadyAuthor(Refusal):
    obstacle = _("{person} đang là người soạn báo cáo này.")
    remedy = _("Viết tiếp ngay trên trang rồi trình duyệt.")


class NotASigner(Refusal):
    obstacle = _("Người ký báo cáo phải có tài khoản trong cơ quan, không phải “{person}”.")
    remedy = _("Đăng nhập bằng tài khoản của người ký.")


class PeriodStillOpen(Refusal):
    obstacle = _("Kỳ {period} chưa chốt số liệu, con số còn có thể thay đổi.")
    remedy = _("Chốt số liệu của kỳ rồi ban hành.")


class PeriodNeverClosed(Refusal):
    obstacle = _("Kỳ {period} của {organisation} chưa chốt số liệu nên chưa có gì để đối chiếu.")
    remedy = _("Chốt số liệu của kỳ trước.")


class NumberWithoutSymbol(Refusal):
    obstacle = _("Số “{number}” không có phần ký hiệu sau dấu “/” như thể thức văn bản yêu cầu.")
    remedy = _("Sửa mẫu số của sổ báo cáo, ví dụ {{seq:02}}/BC-{{agency}}.")

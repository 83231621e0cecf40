"""Why a bench, a batch or a replacement may not go on."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class BenchFileRefused(Refusal):
    obstacle = _("Không đọc được tệp “{name}”: {why}.")
    remedy = _("Nhận CSV (dấu ; , hoặc tab, mã UTF-8) và XLSX, hàng tiêu đề ở trên cùng.")


class MappingWrong(Refusal):
    obstacle = _("Cách đọc cột chưa dùng được: {problems}")
    remedy = _("Chọn lại cột rồi tính lại.")


class NothingForBench(Refusal):
    obstacle = _("Phiếu việc {number} không có việc nào chờ anh chị đo theo cùng một quy trình.")
    remedy = _("Chọn phiếu việc khác, hoặc nhờ người phân công giao việc.")


class AlreadyReplaced(Refusal):
    obstacle = _("Phiếu {number} đang có phiếu thay thế {newer}.")
    remedy = _("Làm tiếp phiếu {newer}.")


class ReplacementStays(Refusal):
    obstacle = _("Phiếu {number} thay thế phiếu đã ban hành, không bỏ được.")
    remedy = _("Đo và gửi soát xét phiếu này; phiếu cũ vẫn đứng cho đến khi có kết quả mới.")


class NoneAtStage(Refusal):
    obstacle = _("Lô {number} không có phiếu nào ở bước “{stage}”.")
    remedy = _("Xem từng phiếu của lô đang ở bước nào.")

"""Why a simulation cannot be run or a nonconformity cannot be opened or closed."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class DeviationUnreadable(Refusal):
    obstacle = _("Không đọc được sai lệch “{value} {unit}”.")
    remedy = _("Nhập một số và một đơn vị trong danh sách, hoặc % (lớn hơn −100).")


class SimulationStale(Refusal):
    obstacle = _("Mô phỏng gồm {done} phiếu nhưng nay có {total} phiếu dùng chuẩn này.")
    remedy = _("Chạy lại mô phỏng để không sót phiếu nào.")


class NothingAffected(Refusal):
    obstacle = _("Không phiếu nào dựa vào chuẩn này trong khoảng ngày đã chọn.")
    remedy = _("Kiểm tra lại chuẩn và ngày bắt đầu.")


class NonconformityKnown(Refusal):
    obstacle = _("Mô phỏng này đã mở điểm không phù hợp {number}.")
    remedy = _("Xử lý tiếp điểm không phù hợp đó, hoặc chạy mô phỏng mới.")


class NotTechnicalHead(Refusal):
    obstacle = _("{person} không có quyền soát xét kết quả tại {organisation}.")
    remedy = _("Chọn trưởng phòng kỹ thuật hoặc người được giao soát xét.")


class FollowUpsOpen(Refusal):
    obstacle = _("Còn {count} việc của điểm không phù hợp chưa báo xong.")
    remedy = _("Làm xong và nộp minh chứng cho từng việc rồi mới đóng.")


class NotConfirmed(Refusal):
    obstacle = _("Chưa xác nhận hành động khắc phục đã được thực hiện.")
    remedy = _("Đánh dấu xác nhận khi đã có minh chứng.")


class NoQualityRight(Refusal):
    obstacle = _("{person} không có quyền xử lý điểm không phù hợp tại {organisation}.")
    remedy = _("Chọn phụ trách chất lượng hoặc trưởng phòng kỹ thuật.")

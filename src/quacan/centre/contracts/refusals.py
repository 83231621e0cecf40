"""Obstacles of contracts, orders and jobs."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class LineWrong(Refusal):
    obstacle = _("Nội dung dòng {row}: {why}.")
    remedy = _("Sửa dòng đó rồi lưu lại.")


class VatUnknown(Refusal):
    obstacle = _("Chưa có thuế suất giá trị gia tăng của ngày {on:%d/%m/%Y}.")
    remedy = _("Nhập thuế suất trên hợp đồng, hoặc bổ sung bảng thuế suất.")


class ReviewerUnknown(Refusal):
    obstacle = _("“{person}” không phải người có tên trong danh sách nhân sự nên không thể xem xét hợp đồng.")
    remedy = _("Đăng nhập bằng tài khoản của người xem xét.")


class NotAble(Refusal):
    obstacle = _("Kết quả xem xét {contract}: chưa đủ năng lực thực hiện ({note}).")
    remedy = _("Sửa nội dung hợp đồng rồi xem xét lại.")


class DaysInWrongOrder(Refusal):
    obstacle = _("{later} ({later_on:%d/%m/%Y}) trước {earlier} ({earlier_on:%d/%m/%Y}).")
    remedy = _("Sửa lại ngày.")


class DayToCome(Refusal):
    obstacle = _("{what} ({on:%d/%m/%Y}) sau hôm nay.")
    remedy = _("Ghi ngày thật đã diễn ra.")


class NoJobs(Refusal):
    obstacle = _("Phiếu việc chưa có phương tiện đo nào.")
    remedy = _("Chọn ít nhất một phương tiện.")


class LineOfAnother(Refusal):
    obstacle = _("Dòng nội dung được chọn không thuộc {contract}.")
    remedy = _("Chọn dòng của chính hợp đồng này.")


class NotMeasured(Refusal):
    obstacle = _("Dòng “{line}” không phải kiểm định hay hiệu chuẩn nên không giao theo phương tiện.")
    remedy = _("Báo khối lượng đã làm ngay trên hợp đồng.")


class CountedByJobs(Refusal):
    obstacle = _("Dòng “{line}” được đếm theo kết quả từng phương tiện.")
    remedy = _("Giao việc và ban hành kết quả; không báo khối lượng bằng tay.")


class TooManyJobs(Refusal):
    obstacle = _("Dòng “{line}” có {quantity} phương tiện, đã giao {ordered}, không giao thêm được {wanted}.")
    remedy = _("Bớt phương tiện, hoặc lập hợp đồng bổ sung.")


class KindDiffers(Refusal):
    obstacle = _("{instrument} thuộc loại {kind}, dòng “{line}” là loại {wanted}.")
    remedy = _("Chọn phương tiện đúng loại, hoặc dòng nội dung khác.")


class InstrumentOnOrder(Refusal):
    obstacle = _("{instrument} đã được giao ở phiếu việc {order}.")
    remedy = _("Bỏ phương tiện này khỏi phiếu mới, hoặc hủy việc cũ.")
    status = 409


class InstrumentTwice(Refusal):
    obstacle = _("{instrument} được chọn hai lần trong cùng một dòng.")
    remedy = _("Bỏ một lần chọn.")


class InstrumentNotInUse(Refusal):
    obstacle = _("{instrument} đang ở trạng thái “{state}”.")
    remedy = _("Đưa phương tiện vào sử dụng lại trước khi giao việc.")


class NotAPerformer(Refusal):
    obstacle = _("{person} không được giao kiểm định tại {organisation} vào ngày {on:%d/%m/%Y}.")
    remedy = _("Chọn kiểm định viên khác, hoặc phân vai trò trước.")


class AllOrdered(Refusal):
    obstacle = _("{contract} không còn phương tiện đo nào để giao.")
    remedy = _("Hủy một việc đang chờ để giao lại, hoặc lập hợp đồng bổ sung.")


class JobsStillOpen(Refusal):
    obstacle = _("{contract} còn {count} việc chưa xong.")
    remedy = _("Hoàn thành hoặc hủy từng việc đang chờ trên phiếu việc trước.")
    status = 409


class ResultsGiven(Refusal):
    obstacle = _("{contract} đã có {count} việc có kết quả.")
    remedy = _("Nghiệm thu phần đã làm và nêu lý do, thay vì hủy.")
    status = 409


class NothingDone(Refusal):
    obstacle = _("{contract} chưa có khối lượng nào hoàn thành.")
    remedy = _("Chờ có kết quả, hoặc hủy hợp đồng nếu không làm nữa.")


class QuantityWrong(Refusal):
    obstacle = _("Khối lượng {given} của dòng “{line}” phải từ 0 đến {quantity}.")
    remedy = _("Nhập lại khối lượng.")

"""Why a place cannot be watched that way, or a logger's file not be taken."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class PointKnown(Refusal):
    obstacle = _("{organisation} đã có điểm theo dõi mã {code}: {name}.")
    remedy = _("Đặt mã khác, hoặc mở điểm đã có.")
    status = 409


class LimitsSwapped(Refusal):
    obstacle = _("Giới hạn dưới {lower} lớn hơn giới hạn trên {upper}.")
    remedy = _("Xem lại hai giới hạn rồi nhập đúng chỗ.")


class LimitsEmpty(Refusal):
    obstacle = _("Chưa nhập giới hạn nào.")
    remedy = _("Nhập giới hạn dưới, giới hạn trên hoặc cả hai.")


class LimitsUsed(Refusal):
    obstacle = _(
        "Giới hạn đang dùng từ {since:%d/%m/%Y} đã được dùng để xét số liệu đến hết ngày {last:%d/%m/%Y}."
    )
    remedy = _("Đặt giới hạn mới có hiệu lực từ ngày sau đó; kết quả đã xét không bị viết lại.")


class ColumnsUnknown(Refusal):
    obstacle = _("Chưa biết cột nào của tệp là {what}.")
    remedy = _("Chọn cột ở bảng bên dưới rồi xem lại.")


class NothingNew(Refusal):
    obstacle = _("Tệp không có số liệu mới: {known} số liệu đều đã có ở điểm {point}.")
    remedy = _("Không cần nhập lại tệp này.")
    status = 409


class NothingReadable(Refusal):
    obstacle = _("Không dòng nào của tệp đọc được: {first}.")
    remedy = _("Chọn lại các cột và thứ tự ngày tháng, hoặc xuất lại tệp.")


class Contradicted(Refusal):
    obstacle = _("Điểm {point} lúc {at:%d/%m/%Y %H:%M:%S} đã có {quantity} {kept}, khác với {text}.")
    remedy = _("Số liệu đã ghi không sửa; ghi ở thời điểm khác, hoặc lập sự không phù hợp nếu số cũ sai.")
    status = 409


class NotYet(Refusal):
    obstacle = _("Thời điểm {at:%d/%m/%Y %H:%M} ở sau lúc ghi.")
    remedy = _("Xem lại ngày giờ, hoặc chỉnh đồng hồ của máy ghi.")

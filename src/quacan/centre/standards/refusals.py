"""Why a standard may not be used, or its certificate not be kept."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class StandardExpired(Refusal):
    obstacle = _("Giấy chứng nhận {certificate} của chuẩn {standard} hết hạn ngày {valid_until:%d/%m/%Y}.")
    remedy = _("Gửi hiệu chuẩn lại và nhập giấy chứng nhận mới, hoặc chọn chuẩn khác còn hạn.")


class StandardUnderCalibration(Refusal):
    obstacle = _("Chuẩn {standard} đang gửi hiệu chuẩn từ ngày {since:%d/%m/%Y}.")
    remedy = _("Chọn chuẩn khác, hoặc đưa chuẩn về sử dụng khi đã nhận lại.")


class StandardWithdrawn(Refusal):
    obstacle = _("Chuẩn {standard} đã ngừng dùng từ ngày {since:%d/%m/%Y}.")
    remedy = _("Chọn chuẩn khác đang dùng.")


class StandardWithoutCertificate(Refusal):
    obstacle = _("Chuẩn {standard} chưa có giấy chứng nhận nào có hiệu lực vào ngày {on:%d/%m/%Y}.")
    remedy = _("Nhập giấy chứng nhận hiệu chuẩn của chuẩn trước khi dùng.")


class StandardKnown(Refusal):
    obstacle = _("{organisation} đã có chuẩn mã {code}: {standard}.")
    remedy = _("Đặt mã khác, hoặc mở chuẩn đã có.")
    status = 409


class CertificateKnown(Refusal):
    obstacle = _("Chuẩn {standard} đã có giấy chứng nhận số {number}.")
    remedy = _("Giấy chứng nhận đã nhập không sửa; kiểm tra lại số.")
    status = 409


class CertificateDatesSwapped(Refusal):
    obstacle = _(
        "Ngày cấp {issued_on:%d/%m/%Y} sau ngày hết hạn {valid_until:%d/%m/%Y}: hai ngày có thể bị đổi chỗ."
    )
    remedy = _("Xem lại giấy chứng nhận rồi nhập đúng ngày cấp và ngày hết hạn.")


class CertificateValueWrong(Refusal):
    obstacle = _("Giá trị dòng {row}, cột “{column}” không hợp lệ: “{text}”.")
    remedy = _("Nhập số (dấu phẩy thập phân), U không âm, k dương, đơn vị đo hợp pháp.")


class SameState(Refusal):
    obstacle = _("Chuẩn {standard} đã ở trạng thái “{state}”.")
    remedy = _("Chọn trạng thái khác.")


class MoveBeforeLast(Refusal):
    obstacle = _("Chuẩn {standard} đã đổi trạng thái ngày {last:%d/%m/%Y}, sau ngày {on:%d/%m/%Y}.")
    remedy = _("Ghi ngày từ {last:%d/%m/%Y} trở đi.")

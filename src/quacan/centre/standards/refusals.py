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
    obstacle = _("Giá trị dòng {row}, cột “{label}” không hợp lệ: “{text}”.")
    remedy = _("Nhập số (dấu phẩy thập phân), U không âm, k dương, đơn vị đo hợp pháp.")


class SameState(Refusal):
    obstacle = _("Chuẩn {standard} đã ở trạng thái “{state}”.")
    remedy = _("Chọn trạng thái khác.")


class MoveBeforeLast(Refusal):
    obstacle = _("Chuẩn {standard} đã đổi trạng thái ngày {last:%d/%m/%Y}, sau ngày {on:%d/%m/%Y}.")
    remedy = _("Ghi ngày từ {last:%d/%m/%Y} trở đi.")


class CheckOutOfControl(Refusal):
    obstacle = _("Kiểm tra giữa kỳ ngày {on:%d/%m/%Y} của chuẩn {standard} ({quantity}) vượt kiểm soát.")
    remedy = _("Kiểm tra lại, tìm nguyên nhân hoặc gửi hiệu chuẩn; chọn chuẩn khác trong lúc chờ.")


class CheckOverdue(Refusal):
    obstacle = _("Chuẩn {standard} quá hạn kiểm tra giữa kỳ ({quantity}) từ ngày {due_on:%d/%m/%Y}.")
    remedy = _("Làm kiểm tra giữa kỳ và ghi kết quả trên trang chuẩn, hoặc chọn chuẩn khác.")


class StandardLent(Refusal):
    obstacle = _("Chuẩn {standard} đang cho {borrower} mượn từ ngày {since:%d/%m/%Y}.")
    remedy = _("Nhận lại chuẩn và ghi ngày trả, hoặc chọn chuẩn khác.")
    status = 409


class StandardAltered(Refusal):
    obstacle = _("Chuẩn {standard} đã {kind} ngày {on:%d/%m/%Y}, sau giấy chứng nhận {certificate}.")
    remedy = _("Hiệu chuẩn lại và nhập giấy chứng nhận mới, hoặc chọn chuẩn khác.")


class RangeWrong(Refusal):
    obstacle = _("Phạm vi đo không hợp lệ ở ô “{column}”: “{text}”.")
    remedy = _("Nhập đủ từ, đến (số, từ không lớn hơn đến) và đơn vị đo hợp pháp; hoặc để trống cả ba.")


class PermittedWrong(Refusal):
    obstacle = _("Sai số cho phép của chuẩn không hợp lệ: “{text}”.")
    remedy = _("Nhập số dương và đơn vị (hoặc % của giá trị danh nghĩa); hoặc để trống cả hai.")


class CheckValueWrong(Refusal):
    obstacle = _("Số đọc thứ {row} không phải là số: “{text}”.")
    remedy = _("Nhập mỗi dòng một số, dấu phẩy thập phân.")


class CheckSizeWrong(Refusal):
    obstacle = _("Kế hoạch này cần {wanted} số đọc mỗi lần, đã nhập {count}.")
    remedy = _("Đọc đủ số lần như lần lập nền đầu tiên.")


class CheckBeforePlan(Refusal):
    obstacle = _("Ngày {on:%d/%m/%Y} không thuộc thời gian kế hoạch kiểm tra có hiệu lực.")
    remedy = _("Ghi ngày trong thời gian kế hoạch có hiệu lực, hoặc lập kế hoạch mới.")


class PlanNotBegun(Refusal):
    obstacle = _("Kế hoạch kiểm tra {plan} có hiệu lực từ ngày {on:%d/%m/%Y}.")
    remedy = _("Ghi lần kiểm tra từ ngày đó trở đi, hoặc lập kế hoạch có hiệu lực sớm hơn.")


class PlanNeverInForce(Refusal):
    obstacle = _("Kế hoạch kiểm tra {plan} đã thôi ngay ngày {on:%d/%m/%Y} bắt đầu có hiệu lực.")
    remedy = _("Ghi lần kiểm tra theo kế hoạch khác, hoặc lập kế hoạch mới.")


class CheckBeforeLast(Refusal):
    obstacle = _("Ngày {on:%d/%m/%Y} trước lần kiểm tra gần nhất {last:%d/%m/%Y}.")
    remedy = _("Ghi các lần kiểm tra theo thứ tự ngày; lần ghi nhầm thì rút.")


class CheckOwnWithdrawal(Refusal):
    obstacle = _("Lần kiểm tra ngày {on:%d/%m/%Y} vượt kiểm soát; người ghi không tự rút được.")
    remedy = _("Nhờ người phụ trách chất lượng hoặc phụ trách kỹ thuật xem và rút.")
    status = 403


class BorrowerUnclear(Refusal):
    obstacle = _("Phải nêu đúng một nơi mượn: phòng/tổ, người, hoặc cơ quan khác.")
    remedy = _("Chọn một trong ba ô, để trống hai ô kia.")


class LoanDaysSwapped(Refusal):
    obstacle = _("Ngày {later:%d/%m/%Y} trước ngày mượn {from_on:%d/%m/%Y}.")
    remedy = _("Xem lại hai ngày.")


class CertificateUnreadable(Refusal):
    obstacle = _("Không đọc được chứng nhận số (DCC): {why}.")
    remedy = _("Chọn đúng tệp XML theo DCC 3 của nơi hiệu chuẩn, hoặc nhập tay từ bản giấy.")

"""Why an examination may not go on."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class NoProcedure(Refusal):
    obstacle = _("Không có quy trình nào cho loại {kind}, chế độ “{event}” vào ngày {on}.")
    remedy = _("Bổ sung quy trình vào kho định nghĩa, hoặc chọn đúng loại phương tiện đo và chế độ.")


class SeveralProcedures(Refusal):
    obstacle = _("Có {count} quy trình cho phương tiện đo này: {codes}.")
    remedy = _("Chọn một quy trình rồi mở phiếu.")


class NotPerformer(Refusal):
    obstacle = _("Chỉ người thực hiện ({performer}) được ghi số đọc trên phiếu {number}.")
    remedy = _("Nhờ người phân công chuyển việc cho bạn trước khi ghi.")
    status = 403


class SamePerson(Refusal):
    obstacle = _("{person} đã thực hiện phiếu {number}, không được tự soát xét.")
    remedy = _("Nhờ người khác có quyền soát xét.")


class Undetermined(Refusal):
    obstacle = _("Phiếu {number} chưa đủ căn cứ để kết luận: {reasons}.")
    remedy = _("Bổ sung các mục trên rồi gửi lại.")


class UnknownCell(Refusal):
    obstacle = _("Phiếu {number} không có ô {cells}.")
    remedy = _("Tải lại phiếu để lấy đúng bảng số đọc.")


class BudgetMissing(Refusal):
    obstacle = _("Phiếu {number} có {count} điểm chưa lập được ngân sách độ không đảm bảo: {why}.")
    remedy = _("Bổ sung giá trị, U và k trong giấy chứng nhận của chuẩn (hoặc số đọc còn thiếu) rồi gửi lại.")


class StandardUnsuitable(Refusal):
    obstacle = _("Chuẩn {standard} không dùng được cho “{need}”: {why}.")
    remedy = _("Chọn chuẩn khác còn hạn và đúng đại lượng.")


class StandardMissing(Refusal):
    obstacle = _("Phiếu {number} chưa chọn chuẩn cho: {needs}.")
    remedy = _("Chọn chuẩn còn hạn cho từng mục rồi gửi lại.")


class ReadingUnreadable(Refusal):
    obstacle = _("Ô {cell}: “{text}” không đọc được.")
    remedy = _("Nhập lại số, dùng dấu phẩy hoặc dấu chấm cho phần thập phân.")


class PhotoUnreadable(Refusal):
    obstacle = _("Tệp “{file}” không phải ảnh JPEG, PNG, WebP nguyên vẹn.")
    remedy = _("Chụp lại, hoặc đổi ảnh sang JPEG rồi gửi lại.")


class PhotoTooLarge(Refusal):
    obstacle = _("Ảnh “{file}” quá lớn: {size}, nhiều nhất {most}.")
    remedy = _("Chụp ở cỡ nhỏ hơn rồi gửi lại.")


class PhotosTooMany(Refusal):
    obstacle = _("Phiếu {number} đã có {have} ảnh, nhiều nhất {most}.")
    remedy = _("Chọn ít ảnh hơn, hoặc rút ảnh không cần.")


class PhotoTwice(Refusal):
    obstacle = _("Ảnh “{file}” đã có trên phiếu {number}.")
    remedy = _("Chọn ảnh khác.")


class SealTwice(Refusal):
    obstacle = _("Niêm phong {moment} ở vị trí “{position}” đã ghi.")
    remedy = _("Rút dòng đã ghi nếu sai, hoặc gọi tên vị trí rõ hơn (ví dụ thêm số thứ tự).")


class NothingFound(Refusal):
    obstacle = _("Phiếu {number} chưa có số đọc nào trước khi hiệu chỉnh.")
    remedy = _(
        "Đo trước khi hiệu chỉnh; không đo được thì không có gì phải tách, cứ ghi số đọc sau hiệu chỉnh."
    )


class NothingToOverride(Refusal):
    obstacle = _("Phiếu {number} không còn vướng điều này, hoặc điều này không cho phép sai lệch.")
    remedy = _(
        "Tải lại phiếu để xem điều đang vướng; ghi đủ điều kiện lúc bắt đầu và kết thúc trước khi xin."
    )
    status = 409


class NeverOverridden(Refusal):
    obstacle = _("Không ai được cho phép sai lệch với điều này ({obstacle}).")
    remedy = _(
        "Chỉ bỏ qua được điều kiện ngoài giới hạn, phạm vi, tỷ số độ chính xác và kiểm tra giữa kỳ; "
        "thẻ, ủy quyền, giấy chứng nhận còn hạn và số đọc phải có đủ."
    )


class DeviationOfOneself(Refusal):
    obstacle = _("{person} thực hiện phiếu {number}, không được tự cho phép sai lệch.")
    remedy = _("Nhờ trưởng phòng kỹ thuật hoặc giám đốc xem xét và ký.")
    status = 403


class NobodyGrants(Refusal):
    obstacle = _("Tại {organisation} chưa có ai khác được cho phép sai lệch.")
    remedy = _("Nhờ người quản trị giao vai trò trưởng phòng kỹ thuật; hoặc đo lại khi đủ điều kiện.")


class DeviationAsked(Refusal):
    obstacle = _("Đã xin sai lệch cho phiếu {number}, đang chờ {person} xem xét.")
    remedy = _("Chờ trả lời, hoặc đo lại khi đủ điều kiện.")
    status = 409


class NothingRecorded(Refusal):
    obstacle = _(
        "Điểm {point} không có số liệu của đại lượng cần ghi trong vòng {minutes} phút quanh {at:%d/%m/%Y %H:%M}."
    )
    remedy = _("Nhập tệp của máy ghi cho thời gian này, chọn giờ khác, hoặc gõ số đọc của nhiệt ẩm kế.")


class ConditionsLeft(Refusal):
    obstacle = _("Phiếu {number}: {reasons}.")
    remedy = _("Đo lại khi điều kiện ổn định, hoặc nhờ người có quyền ký cho phép sai lệch điều kiện.")


class SupervisorChecks(Refusal):
    obstacle = _("{performer} làm phiếu {number} dưới sự giám sát của {supervisor}.")
    remedy = _("Để {supervisor} soát xét phiếu này.")


class CharacteristicsAgree(Refusal):
    obstacle = _("Đặc tính trên phiếu {number} đúng như trong sổ phương tiện đo.")
    remedy = _("Sửa đặc tính trong sổ trước, rồi lấy lại vào phiếu.")


class NotAdjusted(Refusal):
    obstacle = _("Phiếu {number} chưa hiệu chỉnh.")
    remedy = _("Ghi kết quả kiểm tra bên ngoài thẳng vào bảng.")

"""Why a worksheet may not go on."""

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


class StandardUnsuitable(Refusal):
    obstacle = _("Chuẩn {standard} không dùng được cho “{need}”: {why}.")
    remedy = _("Chọn chuẩn khác còn hạn và đúng đại lượng.")


class StandardMissing(Refusal):
    obstacle = _("Phiếu {number} chưa chọn chuẩn cho: {needs}.")
    remedy = _("Chọn chuẩn còn hạn cho từng mục rồi gửi lại.")


class AlreadyIssued(Refusal):
    obstacle = _("Phiếu {number} đã ban hành kết quả, số đọc không sửa được nữa.")
    remedy = _("Lập phiếu thay thế: phiếu cũ và chứng nhận cũ vẫn giữ nguyên để tra cứu.")


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
    remedy = _("Đo trước khi hiệu chỉnh; không đo được thì không có gì phải tách, cứ ghi số đọc sau hiệu chỉnh.")


class BenchFileRefused(Refusal):
    obstacle = _("Không đọc được tệp “{name}”: {why}.")
    remedy = _("Nhận CSV (dấu ; , hoặc tab, mã UTF-8) và XLSX, hàng tiêu đề ở trên cùng.")


class MappingWrong(Refusal):
    obstacle = _("Cách đọc cột chưa dùng được: {problems}")
    remedy = _("Chọn lại cột rồi tính lại.")


class NothingForBench(Refusal):
    obstacle = _("Phiếu việc {number} không có việc nào chờ anh chị đo theo cùng một quy trình.")
    remedy = _("Chọn phiếu việc khác, hoặc nhờ người phân công giao việc.")

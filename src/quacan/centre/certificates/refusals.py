"""Why a result may not be issued."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class NotThreePeople(Refusal):
    obstacle = _("{person} đã {part} phiếu {number}, không được ký ban hành.")
    remedy = _("Người thực hiện, người soát xét và người ký phải là ba người khác nhau.")


class NoStamp(Refusal):
    obstacle = _("{person} không còn tem kiểm định nào được giao.")
    remedy = _("Giao thêm tem cho kiểm định viên rồi ký lại.")


class StampsOverlap(Refusal):
    obstacle = _("Dải tem {series} {first}–{last} trùng với dải đã nhập.")
    remedy = _("Kiểm tra lại số đầu và số cuối trên biên nhận của nhà in.")


class HolderDoesNotMeasure(Refusal):
    obstacle = _("{person} không làm kiểm định tại {organisation}, nên không giữ tem.")
    remedy = _("Giao tem cho kiểm định viên, hoặc phân vai trò trước.")


class NotEnoughStamps(Refusal):
    obstacle = _("Trong kho còn {left} tem, không đủ {wanted}.")
    remedy = _("Giao ít hơn hoặc nhập thêm tem.")


class NotDesignated(Refusal):
    obstacle = _(
        "{organisation} không có chỉ định kiểm định {kind} theo quy trình {procedure} còn hiệu lực ngày {on}."
    )
    remedy = _(
        "Nhờ trưởng phòng kỹ thuật hoặc phụ trách chất lượng nhập quyết định chỉ định ở mục Phạm vi rồi ký lại; "
        "không được chỉ định thì chỉ hiệu chuẩn được."
    )


class IntervalUnknown(Refusal):
    obstacle = _("Danh mục chưa có chu kỳ kiểm định của {kind} vào ngày {on}.")
    remedy = _("Bổ sung chu kỳ có nguồn vào danh mục phương tiện đo rồi ký lại.")


class NotASigner(Refusal):
    obstacle = _("Người ký phải là một người có tài khoản trong cơ quan, không phải {person}.")
    remedy = _("Đăng nhập bằng tài khoản của người ký.")


class ConclusionBroken(Refusal):
    obstacle = _("Phiếu {number}: nội dung không còn đúng như khi gửi soát xét.")
    remedy = _("Chạy “quacan check”, khôi phục dữ liệu hoặc trả phiếu về người thực hiện.")


class ProofNeeded(Refusal):
    obstacle = _("Phiên ký đã hết hạn hoặc chưa được mở bằng mật khẩu.")
    remedy = _("Nhập lại mật khẩu để mở phiên ký {minutes} phút, rồi ký.")
    status = 403

"""Why a person may not be given a job, measure or have their work signed."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class NoCard(Refusal):
    obstacle = _("{person} không có thẻ kiểm định viên lĩnh vực {field} vào ngày {on}.")
    remedy = _("Giao người có thẻ, hoặc nhập thẻ của người này trước.")


class CardExpired(Refusal):
    obstacle = _("Thẻ kiểm định viên {number} của {person} hết hạn ngày {expires_on}.")
    remedy = _("Giao người có thẻ còn hạn, hoặc nhập thẻ mới.")


class NotAuthorisedFor(Refusal):
    obstacle = _("{person} chưa được ủy quyền thực hiện quy trình “{procedure}” vào ngày {on}.")
    remedy = _("Nhờ trưởng phòng kỹ thuật ủy quyền, hoặc giao người đã được ủy quyền.")


class CardDatesSwapped(Refusal):
    obstacle = _("Thẻ {number}: ngày hết hạn {expires_on} không sau ngày cấp {issued_on}.")
    remedy = _("Kiểm tra lại hai ngày: có thể đã ghi ngược.")


class CardNumberKnown(Refusal):
    obstacle = _("Số thẻ {number} đã có, của {person}.")
    remedy = _("Kiểm tra lại số thẻ.")


class SignatureUnproven(Refusal):
    obstacle = _("Mật khẩu ký không đúng.")
    remedy = _("Gõ lại mật khẩu đăng nhập của chính mình để ký.")
    status = 403


class CardDatesStrange(Refusal):
    obstacle = _("Thẻ {number}: {why}.")
    remedy = _("Kiểm tra lại hai ngày trên thẻ rồi nhập lại.")


class CardOverlaps(Refusal):
    obstacle = _(
        "{person} đã có thẻ {known} cùng lĩnh vực {fields}, còn hạn đến {until}, trùng thời gian với thẻ {number}."
    )
    remedy = _("Kiểm tra lại số thẻ, lĩnh vực và hai ngày: có thể thẻ này đã nhập, hoặc ghi nhầm ngày cấp.")


class BeyondAuthorisation(Refusal):
    obstacle = _("{person} được ủy quyền quy trình “{procedure}” nhưng không tới phương tiện đo này: {why}.")
    remedy = _("Giao người được ủy quyền đủ phạm vi, hoặc nhờ trưởng phòng kỹ thuật mở rộng ủy quyền.")


class RangeUnclear(Refusal):
    obstacle = _("Phạm vi ủy quyền chưa rõ: {why}.")
    remedy = _("Chọn đặc trưng bị giới hạn, nhập ít nhất một đầu và đơn vị; hoặc để trống tất cả.")


class SupervisorNotAuthorised(Refusal):
    obstacle = _("{person} chưa được ủy quyền không giám sát quy trình “{procedure}” vào ngày {on}.")
    remedy = _("Chọn người giám sát đã được ủy quyền quy trình này, hoặc ủy quyền cho người ấy trước.")


class AuthorisationTwice(Refusal):
    obstacle = _("{person} đã có ủy quyền như thế cho quy trình “{procedure}” từ ngày {since}.")
    remedy = _("Kết thúc ủy quyền cũ trước, hoặc kiểm tra lại ngày.")


class CourseDatesWrong(Refusal):
    obstacle = _("Khóa “{course}”: {why}.")
    remedy = _("Kiểm tra lại các ngày: có thể đã ghi ngược.")


class CourseKnown(Refusal):
    obstacle = _("{person} đã ghi dự khóa “{course}” {days}.")
    remedy = _("Kiểm tra lại tên khóa, nơi tổ chức và ngày.")


class BothSidesOfTheWall(Refusal):
    obstacle = _("{person} đã giữ vai trò ở phía {side} của cùng cơ quan chủ quản.")
    remedy = _("Kết thúc vai trò cũ trước: phía dịch vụ và phía quản lý nhà nước phải tách người.")


class RoleHeld(Refusal):
    obstacle = _("{person} đã giữ vai trò “{role}” ở đây từ {since}.")
    remedy = _("Giao vai trò khác, hoặc kết thúc vai trò đang giữ trước.")


class LetsOneselfGo(Refusal):
    obstacle = _("{person} không thể tự đóng tài khoản của mình.")
    remedy = _("Nhờ một người quản trị khác làm việc này.")


class UsernameTaken(Refusal):
    obstacle = _("Tên đăng nhập “{username}” đã có người dùng.")
    remedy = _("Chọn tên khác; tên đăng nhập không bao giờ đổi chủ.")
    status = 409


class AlreadyOver(Refusal):
    obstacle = _("Đã kết thúc ngày {day}.")
    remedy = _("Giao mới nếu còn cần; cái đã kết thúc không đổi nữa.")


class NotOneself(Refusal):
    obstacle = _("{person} chỉ đổi được mật khẩu của chính mình.")
    remedy = _("Nhờ người quản trị đặt lại mật khẩu của người khác.")
    status = 403

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

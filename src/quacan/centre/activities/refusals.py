"""Why an activity may not be recorded or confirmed."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class KindNotInForce(Refusal):
    obstacle = _("Không có loại hoạt động “{kind}” có hiệu lực vào ngày {on}.")
    remedy = _("Chọn loại khác hoặc bổ sung định nghĩa loại hoạt động.")


class FileTooLarge(Refusal):
    obstacle = _("Tệp “{name}” lớn hơn {limit} MB.")
    remedy = _("Nén hoặc chia nhỏ tệp rồi đính kèm lại.")


class SelfConfirmed(Refusal):
    """Somebody confirms what they typed; says who else may."""

    obstacle = _("{person} đã ghi hoặc sửa hoạt động này, không được tự xác nhận.")
    remedy = _("Nhờ người khác xác nhận: {others}.")

"""Why an organisation may not be changed as asked."""

from django.utils.translation import gettext_lazy

from quacan.centre.base.refusals import Refusal


class CodeTaken(Refusal):
    obstacle = gettext_lazy("Mã “{code}” đã dùng.")
    remedy = gettext_lazy("Chọn mã khác; mã không bao giờ dùng lại.")


class AlreadyEnded(Refusal):
    obstacle = gettext_lazy("{organisation} đã kết thúc, hoặc chưa hoạt động vào ngày đó.")
    remedy = gettext_lazy("Kiểm tra lại ngày có hiệu lực và cơ quan tiền thân.")


class ScopeEntered(Refusal):
    obstacle = gettext_lazy("Phạm vi {number} có hiệu lực từ ngày đó đã nhập.")
    remedy = gettext_lazy("Thêm dòng vào phạm vi đã nhập, hoặc ghi ngày bắt đầu khác.")


class ScopeEnded(Refusal):
    obstacle = gettext_lazy("Phạm vi {number} đã kết thúc ngày {day}.")
    remedy = gettext_lazy("Nhập quyết định mới thành một phạm vi mới.")


class ScopeWrong(Refusal):
    obstacle = gettext_lazy("Dòng {row} của phạm vi: {why}.")
    remedy = gettext_lazy("Sửa dòng đó rồi gửi lại; chưa dòng nào được ghi.")


class CarriedOver(Refusal):
    obstacle = gettext_lazy("Phạm vi này chuyển từ bản cũ, không thêm dòng được.")
    remedy = gettext_lazy("Nhập quyết định chỉ định thành một phạm vi mới.")

"""Obstacles of tests."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class NoTestProcedure(Refusal):
    obstacle = _("Không có quy trình thử nghiệm tại chỗ mang mã {code} áp dụng ngày {on:%d/%m/%Y}.")
    remedy = _("Chọn một quy trình trong danh sách, hoặc bổ sung quy trình vào kho định nghĩa.")


class TermsIncomplete(Refusal):
    obstacle = _("Chưa lập được bảng ghi số đọc: {why}")
    remedy = _("Ghi đủ các giá trị mà quy trình cần biết trước khi đo.")

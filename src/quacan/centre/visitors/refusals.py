"""Obstacles of visits."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class NoUndertaking(Refusal):
    obstacle = _("{visitor} vào phòng kỹ thuật ({rooms}) mà chưa ký cam kết bảo mật.")
    remedy = _("Ghi số hoặc ngày bản cam kết đã ký ở “Sửa”, hoặc bỏ phòng kỹ thuật khỏi lượt khách này.")


class NotItsDay(Refusal):
    obstacle = _("Lượt khách này hẹn ngày {on:%d/%m/%Y}.")
    remedy = _("Sửa ngày hẹn nếu khách đến hôm nay.")


class HostElsewhere(Refusal):
    obstacle = _("{person} không làm việc tại {organisation}.")
    remedy = _("Chọn người tiếp khách của chính cơ quan.")

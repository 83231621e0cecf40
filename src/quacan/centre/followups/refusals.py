"""Obstacles of follow-ups."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class NotTheOwner(Refusal):
    obstacle = _("Chỉ {owner} báo xong việc này.")
    remedy = _("Nhờ người đó báo xong kèm minh chứng.")
    status = 403


class NotTheAsker(Refusal):
    obstacle = _("Chỉ {asker}, người giao việc, xác nhận.")
    remedy = _("Nhờ người giao việc xem minh chứng rồi xác nhận.")
    status = 403

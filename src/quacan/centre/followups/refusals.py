"""Obstacles of follow-ups."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class NotTheOwner(Refusal):
    obstacle = _("Chỉ {owner} báo xong việc này.")
    remedy = _("Nhờ người đó báo xong kèm minh chứng.")
    status = 403


class NotTheAsker(Refusal):
    obstacle = _("Việc này do {asker} giao.")
    remedy = _("Nhờ người giao việc, hoặc người theo dõi việc của cơ quan, làm bước này.")
    status = 403


class OwnTask(Refusal):
    obstacle = _("Không tự xác nhận việc của chính mình.")
    remedy = _("Nhờ người giao việc, hoặc một người theo dõi khác, xác nhận.")
    status = 403


class AlreadyTheirs(Refusal):
    obstacle = _("Việc này đang giao cho {person}.")
    remedy = _("Chọn người khác.")

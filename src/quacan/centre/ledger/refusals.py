"""Why the figures of a period may not be closed."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class PeriodNotOver(Refusal):
    obstacle = _("Kỳ {period} chưa kết thúc (đến {end}).")
    remedy = _("Chốt với ngày chốt sớm được nêu rõ, hoặc chờ hết kỳ.")


class PeriodNotBegun(Refusal):
    obstacle = _("Kỳ {period} chưa bắt đầu (từ {start}), chưa có số liệu nào để chốt.")
    remedy = _("Chốt khi kỳ đã bắt đầu.")

"""Why a plan may not be set or approved."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class PlanEmpty(Refusal):
    obstacle = _("Kế hoạch {plan} chưa có chỉ tiêu nào.")
    remedy = _("Đặt ít nhất một chỉ tiêu rồi trình duyệt.")


class PlanExists(Refusal):
    obstacle = _("Đã có kế hoạch năm {year}.")
    remedy = _("Mở kế hoạch đó để điều chỉnh chỉ tiêu.")

"""What the desk brings to the house: the pages over all departments."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import Department, Door

DEPARTMENT = Department(
    name=_("Bàn làm việc"),
    doors=(
        Door("today", "", _("Hôm nay"), "today", "house", "", 0),
        Door("scopes", "ability", _("Phạm vi"), "own_scopes", "badge-check", "scope.manage", 240),
        Door(
            "organisations",
            "system",
            _("Cơ quan, đơn vị"),
            "organisations",
            "building-2",
            "organisation.manage",
            420,
        ),
        Door("audit", "system", _("Nhật ký"), "audit", "history", "audit.see", 430),
    ),
)

"""The list of visits."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.lists import ChoiceFilter, Column, DayFilter, FlagFilter, Listing
from quacan.centre.visitors.models import Visit

LISTING = Listing(
    name="khach",
    columns=(
        Column("day", _("Ngày đến"), lambda one: one.expected_on, order="expected_on", kind="day"),
        Column("visitor", _("Khách"), lambda one: one.visitor, order="visitor"),
        Column("from", _("Cơ quan, địa chỉ"), lambda one: one.comes_from),
        Column("purpose", _("Việc đến làm"), lambda one: one.purpose),
        Column("host", _("Người tiếp"), lambda one: one.host.full_name),
        Column("rooms", _("Phòng kỹ thuật đã vào"), lambda one: one.rooms),
        Column("undertaking", _("Cam kết bảo mật"), lambda one: one.undertaking),
        Column("badge", _("Số thẻ khách"), lambda one: one.badge),
        Column("state", _("Trạng thái"), lambda one: one.get_state_display()),
    ),
    sort="-day",
    filters=(
        ChoiceFilter("state", _("Trạng thái"), "state", Visit.State.choices),
        FlagFilter("rooms", _("Có vào phòng kỹ thuật"), ~Q(rooms="")),
        DayFilter("from", _("Từ ngày"), "expected_on__gte"),
        DayFilter("to", _("Đến ngày"), "expected_on__lte"),
    ),
)

"""The list of tests."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.lists import ChoiceFilter, Column, DayFilter, Listing
from quacan.centre.laboratory.models import PlaceTest

LISTING = Listing(
    name="phep-thu",
    columns=(
        Column("number", _("Số phiếu"), lambda one: one.number, order="number"),
        Column("day", _("Ngày đo"), lambda one: one.performed_on, order="performed_on", kind="day"),
        Column("customer", _("Khách hàng"), lambda one: one.establishment.party.name),
        Column("place", _("Nơi thử nghiệm"), lambda one: one.establishment.name),
        Column("performer", _("Người thực hiện"), lambda one: one.performer.full_name),
        Column("state", _("Trạng thái"), lambda one: one.get_state_display()),
    ),
    sort="-day",
    filters=(
        ChoiceFilter("state", _("Trạng thái"), "state", PlaceTest.State.choices),
        DayFilter("from", _("Từ ngày"), "performed_on__gte"),
        DayFilter("to", _("Đến ngày"), "performed_on__lte"),
    ),
)

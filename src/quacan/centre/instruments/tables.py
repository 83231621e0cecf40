"""The list of instruments."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.lists import ChoiceFilter, Column, DayFilter, FlagFilter, Listing
from quacan.centre.instruments import catalogue
from quacan.centre.instruments.models import Instrument
from quacan.centre.instruments.queries import kind_label
from quacan.centre.parties.queries import current

COLUMNS = (
    Column("name", _("Phương tiện đo"), lambda i: i.name, order="folded"),
    Column("kind", _("Mã loại"), lambda i: i.kind_code, order="kind_code"),
    Column("serial", _("Số hiệu"), lambda i: i.serial, order="serial"),
    Column("type", _("Kiểu"), lambda i: i.type),
    Column("maker", _("Hãng sản xuất"), lambda i: i.maker),
    Column("owner", _("Chủ phương tiện"), lambda i: current(i.owner).name, order="owner__folded"),
    Column("place", _("Nơi đặt"), lambda i: i.establishment.name if i.establishment else ""),
    Column("commune", _("Xã, phường"), lambda i: i.establishment.commune if i.establishment else ""),
    Column("valid_until", _("Hiệu lực đến"), lambda i: i.valid_until, order="valid_until", kind="day"),
    Column("state", _("Trạng thái"), lambda i: i.get_state_display()),
)


def instruments_listing(on: date) -> Listing:
    """This will give the list as of a day: what is overdue or due soon depends on it."""
    in_use = Q(state=Instrument.State.IN_USE)
    return Listing(
        name="phuong-tien-do",
        columns=COLUMNS,
        sort="name",
        filters=(
            ChoiceFilter(
                "kind", _("Loại"), "kind_code", [(one.code, kind_label(one)) for one in catalogue.kinds()]
            ),
            ChoiceFilter("state", _("Trạng thái"), "state", Instrument.State.choices),
            DayFilter("until", _("Hiệu lực đến ngày"), "valid_until__lte"),
            FlagFilter("late", _("Quá hạn"), in_use & Q(valid_until__lt=on)),
            FlagFilter(
                "soon",
                _("Đến hạn trong 30 ngày"),
                in_use & Q(valid_until__range=(on, on + timedelta(days=30))),
            ),
            FlagFilter("never", _("Chưa có kết quả"), Q(valid_until__isnull=True)),
        ),
    )

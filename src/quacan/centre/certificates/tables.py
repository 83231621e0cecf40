"""The lists of certificates and of stamps."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.lists import ChoiceFilter, Column, DayFilter, Listing
from quacan.centre.certificates.models import Outcome, Stamp
from quacan.centre.certificates.queries import STANDINGS
from quacan.centre.people.models import Person

OUTCOMES = Listing(
    name="chung-nhan",
    columns=(
        Column("number", _("Số"), lambda o: o.number, order="number"),
        Column("kind", _("Loại"), lambda o: o.get_kind_display()),
        Column("standing", _("Hiệu lực"), lambda o: str(STANDINGS[o.standing_now])),
        Column("instrument", _("Phương tiện đo"), lambda o: o.instrument.name, order="instrument__folded"),
        Column("serial", _("Số máy"), lambda o: o.instrument.serial, order="instrument__serial_key"),
        Column("owner", _("Cơ sở sử dụng"), lambda o: o.instrument.owner.name),
        Column("issued_on", _("Ngày ban hành"), lambda o: o.issued_on, order="issued_on", kind="day"),
        Column("valid_until", _("Thời hạn"), lambda o: o.valid_until, order="valid_until", kind="day"),
        Column("stamp", _("Tem"), lambda o: o.stamp.number if o.stamp else ""),
        Column("signer", _("Người ký"), lambda o: o.signer.full_name),
    ),
    sort="-issued_on",
    filters=(
        ChoiceFilter("standing", _("Hiệu lực"), "standing_now", tuple(STANDINGS.items())),
        ChoiceFilter("kind", _("Loại"), "kind", Outcome.Kind.choices),
        DayFilter("from", _("Ban hành từ"), "issued_on__gte"),
        DayFilter("to", _("đến"), "issued_on__lte"),
        DayFilter("until", _("Hết hạn trước"), "valid_until__lte"),
    ),
)


def stamp_listing(holders: Iterable[Person], series: Iterable[str]) -> Listing:
    """This will give the list of stamps, to be narrowed to one of these holders or series."""
    return Listing(
        name="tem",
        columns=(
            Column("number", _("Số tem"), lambda s: s.number, order="number"),
            Column("state", _("Trạng thái"), lambda s: s.get_state_display()),
            Column("holder", _("Người giữ"), lambda s: s.holder.full_name if s.holder else ""),
            Column("outcome", _("Chứng nhận"), lambda s: s.outcome.number if hasattr(s, "outcome") else ""),
            Column("damaged_on", _("Ngày hỏng"), lambda s: s.damaged_on, kind="day"),
            Column("note", _("Ghi chú"), lambda s: s.note),
        ),
        sort="number",
        size=25,
        search="",
        filters=(
            ChoiceFilter("state", _("Trạng thái"), "state", Stamp.State.choices),
            ChoiceFilter("holder", _("Người giữ"), "holder_id", [(p.pk, p.full_name) for p in holders]),
            ChoiceFilter("series", _("Ký hiệu"), "batch__series", [(one, one) for one in series]),
        ),
    )

"""The list of the history."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import HERE
from quacan.centre.base.lists import ChoiceFilter, Column, DayFilter, Listing, TextFilter
from quacan.centre.base.wording import deed_word
from quacan.centre.desk.queries.addresses import name_of_reference
from quacan.centre.desk.queries.history import Sealed, deeds_known, is_sealed, lines_of, records_known


def history_listing(sealed: Sealed) -> Listing:
    """The list's offer; the id orders as time does, and has an index."""
    return Listing(
        columns=(
            Column(
                "when",
                _("Lúc"),
                lambda row: row.at.astimezone(HERE).strftime("%d/%m/%Y %H:%M:%S"),
                order="id",
            ),
            Column("who", _("Ai"), lambda row: row.actor),
            Column("deed", _("Việc"), lambda row: deed_word(row.action)),
            Column("subject", _("Bản ghi"), lambda row: name_of_reference(row.subject)),
            Column("reason", _("Lý do"), lambda row: row.reason),
            Column("before", _("Trước"), lambda row: "" if is_sealed(row, sealed) else row.before),
            Column("after", _("Sau"), lambda row: "" if is_sealed(row, sealed) else row.after),
            Column("hash", _("Mã băm"), lambda row: row.hash),
        ),
        sort="-when",
        filters=(
            DayFilter("from", _("Từ ngày"), "at__date__gte"),
            DayFilter("to", _("Đến ngày"), "at__date__lte"),
            TextFilter("who", _("Tên đăng nhập"), "actor__iexact"),
            ChoiceFilter("deed", _("Việc"), "action", deeds_known()),
            ChoiceFilter("record", _("Bản ghi"), lines_of, records_known()),
        ),
        search="",
        name="nhat-ky",
    )

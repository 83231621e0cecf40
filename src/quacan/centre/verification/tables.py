"""The list of worksheets: its columns, filters and order."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.lists import ChoiceFilter, Column, DayFilter, FlagFilter, Listing
from quacan.centre.contracts.models import EventKind
from quacan.centre.verification.models import VerdictChoice, Worksheet


def listing(
    *, performers: Sequence[tuple[Any, str]], kinds: Sequence[tuple[Any, str]], person_id: int
) -> Listing:
    """This will offer the list of worksheets to one person: *performers* and *kinds* are what may be chosen."""
    return Listing(
        name="phieu-kiem-dinh",
        sort="-day",
        columns=(
            Column("number", _("Số phiếu"), lambda sheet: sheet.number, order="number"),
            Column("instrument", _("Phương tiện đo"), lambda sheet: sheet.instrument.name),
            Column("serial", _("Số máy"), lambda sheet: sheet.instrument.serial),
            Column("owner", _("Đối tượng"), lambda sheet: sheet.instrument.owner.name),
            Column("event", _("Chế độ"), lambda sheet: sheet.get_event_display()),
            Column("procedure", _("Quy trình"), lambda sheet: sheet.procedure_code),
            Column("day", _("Ngày đo"), lambda sheet: sheet.performed_on, order="performed_on", kind="day"),
            Column(
                "performer",
                _("Người đo"),
                lambda sheet: sheet.performer.full_name,
                order="performer__name_key",
            ),
            Column("checker", _("Người soát xét"), lambda sheet: sheet.checker and sheet.checker.full_name),
            Column("state", _("Bước"), lambda sheet: sheet.get_state_display()),
            Column("verdict", _("Kết luận"), lambda sheet: sheet.get_verdict_display()),
        ),
        filters=(
            ChoiceFilter("state", _("Bước"), "state", Worksheet.State.choices),
            ChoiceFilter("verdict", _("Kết luận"), "verdict", VerdictChoice.choices),
            ChoiceFilter("event", _("Chế độ"), "event", EventKind.choices),
            ChoiceFilter("kind", _("Loại phương tiện đo"), "instrument__kind_code", kinds),
            ChoiceFilter("performer", _("Người đo"), "performer", performers),
            DayFilter("from", _("Đo từ ngày"), "performed_on__gte"),
            DayFilter("to", _("Đến ngày"), "performed_on__lte"),
            FlagFilter("mine", _("Của tôi"), Q(performer=person_id)),
        ),
    )

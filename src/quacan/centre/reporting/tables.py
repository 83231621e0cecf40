"""The lists of reports and of the book."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.lists import ChoiceFilter, Column, DayFilter, FlagFilter, Listing
from quacan.centre.base.refusals import Words
from quacan.centre.reporting.models import Report
from quacan.centre.reporting.queries.labels import dimension_name, dimension_value, measure_name, source_kind

STATES = [(str(state), state.label) for state in Report.State if state != Report.State.NONE]


def reports_listing() -> Listing:
    """This will give the list of reports."""
    return Listing(
        name="bao-cao",
        search="",
        columns=(
            Column("period", _("Kỳ"), lambda r: str(r.period_title), order="period"),
            Column(
                "organisation", _("Cơ quan"), lambda r: r.organisation.short_name, order="organisation__path"
            ),
            Column("title", _("Báo cáo"), lambda r: r.title),
            Column("number", _("Số"), lambda r: r.document.number if r.document else ""),
            Column("state", _("Trạng thái"), lambda r: r.get_state_display()),
        ),
        sort="-period",
        filters=(ChoiceFilter("state", _("Trạng thái"), "state", STATES),),
        size=20,
    )


def dimensions_text(stored: str) -> str:
    """This will word the dimensions of an entry for a spreadsheet."""
    found: dict[str, str] = json.loads(stored)
    return "; ".join(
        f"{dimension_name(name)}: {dimension_value(name, value)}" for name, value in found.items()
    )


def source_text(reference: str) -> str:
    """This will name a source record for a spreadsheet: its kind and number."""
    return f"{source_kind(reference)} #{reference.rpartition(':')[2]}"


def book_listing(
    measures: Iterable[str],
    departments: Iterable[tuple[str, Words]],
    *,
    amount: Callable[[Any], int | None],
) -> Listing:
    """This will give the list of ledger entries; *amount* decides what of an entry's money a person may see."""
    return Listing(
        name="so-nghiep-vu",
        search="",
        columns=(
            Column("seq", _("Số"), lambda e: e.seq, order="seq", kind="number"),
            Column("organisation", _("Cơ quan"), lambda e: e.organisation.short_name),
            Column("day", _("Ngày"), lambda e: e.occurred_on, order="occurred_on", kind="day"),
            Column("recorded", _("Ghi lúc"), lambda e: e.recorded_at.isoformat()),
            Column("measure", _("Đại lượng"), lambda e: measure_name(e.measure)),
            Column("quantity", _("Lượng"), lambda e: format(e.quantity, "f"), kind="number"),
            Column("amount", _("Số tiền"), amount, kind="money"),
            Column("dimensions", _("Chiều"), lambda e: dimensions_text(e.dimensions)),
            Column("source", _("Bản ghi nguồn"), lambda e: source_text(e.source)),
            Column("reverses", _("Đảo bút toán"), lambda e: e.reverses.seq if e.reverses else None),
            Column("hash", _("Mã băm"), lambda e: e.hash),
        ),
        sort="-seq",
        filters=(
            ChoiceFilter(
                "measure", _("Đại lượng"), "measure", [(one, measure_name(one)) for one in measures]
            ),
            ChoiceFilter("source", _("Nguồn"), "source__startswith", list(departments)),
            DayFilter("from", _("Từ ngày"), "occurred_on__gte"),
            DayFilter("to", _("Đến ngày"), "occurred_on__lte"),
            FlagFilter("reversals", _("Chỉ bút toán đảo"), Q(reverses__isnull=False)),
        ),
        size=40,
    )

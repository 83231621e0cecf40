"""The list of activities."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from quacan.centre.activities.kinds import ActivityKind, Field, kind_version
from quacan.centre.activities.models import Activity
from quacan.centre.base.lists import ChoiceFilter, Column, Listing
from quacan.centre.base.templatetags.names import who


class Month(NamedTuple):
    """A month as a range of days; in the address it is 2022-04."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"


def month_of(day: date) -> Month:
    """This will give the month that holds a day."""
    return Month(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def value_text(field: Field, text: str) -> str:
    """This will word a value as a reader sees it: the choice's word, the number with its unit."""
    if not text:
        return ""
    if field.type == "choice":
        return next((str(one.name) for one in field.choices if one.code == text), text)
    return f"{text} {field.unit}" if field.unit and field.unit not in text else text


def summary_of(activity: Activity) -> str:
    """This will say in one line what an activity recorded."""
    kind = kind_version(activity.kind_code, activity.kind_version)
    told = (value_text(field, activity.values.get(field.key, "")) for field in kind.fields)
    return " · ".join(text for text in told if text)


def kind_name(activity: Activity) -> str:
    """This will name the kind of an activity as its version does."""
    return str(kind_version(activity.kind_code, activity.kind_version).name)


def activities_listing(kinds: Iterable[ActivityKind], months: Iterable[date]) -> Listing:
    """This will give the list with the kinds and months there are to filter by."""
    names = {one.code: str(one.name) for one in kinds}
    return Listing(
        name="hoat-dong",
        columns=(
            Column("day", _("Ngày"), lambda a: a.occurred_on, order="occurred_on", kind="day"),
            Column("title", _("Hoạt động"), lambda a: a.title, order="title"),
            Column("kind", _("Loại"), kind_name),
            Column("values", _("Nội dung"), summary_of),
            Column("place", _("Nơi"), lambda a: a.place),
            Column("party", _("Đối tượng"), lambda a: str(a.party or "")),
            Column("unit", _("Phòng, tổ"), lambda a: str(a.unit or "")),
            Column("state", _("Trạng thái"), lambda a: a.get_state_display()),
            Column("recorded_by", _("Người ghi"), lambda a: who(a.recorded_by)),
            Column("confirmed_by", _("Người xác nhận"), lambda a: who(a.confirmed_by)),
        ),
        sort="-day",
        filters=(
            ChoiceFilter("kind", _("Loại"), "kind_code", sorted(names.items(), key=lambda item: item[1])),
            ChoiceFilter("state", _("Trạng thái"), "state", Activity.State.choices),
            ChoiceFilter(
                "month",
                _("Tháng"),
                "occurred_on__range",
                [(month_of(one), f"{one:%m/%Y}") for one in months],
            ),
        ),
    )

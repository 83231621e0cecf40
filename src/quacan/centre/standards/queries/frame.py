"""What every page of one standard shows around its own matter."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from quacan.centre.people.models import Person
from quacan.centre.standards.models import Standard


def may_record(person: Person, found: Standard, on: date) -> bool:
    """This will say whether a person may write about a standard."""
    return person.may("standards.record", organisation_id=found.organisation_id, unit_id=found.unit_id, on=on)


def standard_context(found: Standard, person: Person, on: date, *, tab: str) -> dict[str, Any]:
    """This will give what the heading and the tabs of a standard's pages need."""
    tabs = (
        ("certificates", _("Giấy chứng nhận"), ""),
        ("checks", _("Kiểm tra giữa kỳ"), "kiem-tra/"),
        ("drift", _("Độ trôi, chu kỳ"), "do-troi/"),
        ("keeping", _("Giữ, bảo dưỡng"), "giu/"),
        ("use", _("Sử dụng"), "su-dung/"),
    )
    return {
        "standard": found,
        "on": on,
        "tab": tab,
        "tabs": [(key, label, f"/chuan/{found.pk}/{end}") for key, label, end in tabs],
        "may_record": may_record(person, found, on),
    }

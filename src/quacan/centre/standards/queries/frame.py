"""What every page of one standard shows around its own matter."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Words
from quacan.centre.standards.models import Standard

TABS: Final[tuple[tuple[str, Words, str], ...]] = (
    ("certificates", _("Giấy chứng nhận"), "standards:standard"),
    ("checks", _("Kiểm tra giữa kỳ"), "standards:checks"),
    ("drift", _("Độ trôi, chu kỳ"), "standards:drift"),
    ("keeping", _("Giữ, bảo dưỡng"), "standards:keeping"),
    ("use", _("Sử dụng"), "verification:standard_use"),
)


def standard_context(found: Standard, on: date, *, tab: str) -> dict[str, Any]:
    """This will give what the heading and the tabs of a standard's pages need, beside its `moves.heading_offers`."""
    return {"standard": found, "on": on, "tab": tab, "tabs": tuple(_tabs(found))}


def _tabs(found: Standard) -> Iterator[tuple[str, Words, str]]:
    for key, label, name in TABS:
        try:
            yield key, label, reverse(name, args=[found.pk])
        except NoReverseMatch:  # a department above this one brings the page, and is not installed
            continue

"""The rail: which departments a person may enter, in which order, with what waits there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Words
from quacan.centre.desk.addresses import exists
from quacan.centre.people.models import Person


@dataclass(frozen=True, slots=True)
class Door:
    """A department's entrance: what it is called, where it is, who may enter."""

    key: str
    label: Words
    href: str
    icon: str
    permission: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the rail as one person sees it."""

    label: Words
    href: str
    icon: str
    current: bool
    count: str = ""
    count_title: Words = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of the rail under one title."""

    title: Words
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits behind a door, and whether some of it is late."""

    number: int
    title: Words
    late: bool = False


MOST_SHOWN: Final = 99

GROUPS: Final[tuple[tuple[Words, tuple[Door, ...]], ...]] = (
    ("", (Door("today", _("Hôm nay"), "/", "house", ""),)),
    (
        _("Nghiệp vụ"),
        (
            Door("contracts", _("Hợp đồng"), "/hop-dong/", "file-text", "contracts.see"),
            Door("orders", _("Phiếu việc"), "/phieu-viec/", "clipboard-list", "contracts.see"),
            Door("worksheets", _("Kiểm định"), "/kiem-dinh/", "scale", "worksheets.see"),
            Door("certificates", _("Chứng nhận"), "/chung-nhan/", "award", "certificates.see"),
            Door("stamps", _("Tem kiểm định"), "/tem/", "stamp", "stamps.see"),
            Door("activities", _("Hoạt động khác"), "/hoat-dong/", "list-checks", "activities.see"),
        ),
    ),
    (
        _("Năng lực"),
        (
            Door("standards", _("Chuẩn đo lường"), "/chuan/", "weight", "standards.see"),
            Door("facilities", _("Môi trường"), "/moi-truong/", "thermometer", "facilities.see"),
            Door("verifiers", _("Kiểm định viên"), "/kiem-dinh-vien/", "users", "worksheets.see"),
            Door("scopes", _("Phạm vi"), "/pham-vi/", "badge-check", "scope.manage"),
            Door("quality", _("Hệ thống chất lượng"), "/chat-luong/", "shield-check", "quality.see"),
            Door("instruments", _("Phương tiện đo"), "/phuong-tien-do/", "gauge", "instruments.see"),
            Door("parties", _("Khách hàng, đối tượng"), "/doi-tuong/", "building-2", "parties.see"),
        ),
    ),
    (
        _("Điều hành"),
        (
            Door("plans", _("Kế hoạch"), "/ke-hoach/", "target", "plans.see"),
            Door("reports", _("Báo cáo"), "/bao-cao/", "chart-column", "reports.see"),
            Door("ledger", _("Sổ nghiệp vụ"), "/so-nghiep-vu/", "book-open", "ledger.see"),
        ),
    ),
    (
        _("Hệ thống"),
        (
            Door("people", _("Người dùng, vai trò"), "/nguoi-dung/", "users", "people.see"),
            Door("organisations", _("Cơ quan, đơn vị"), "/co-quan/", "building-2", "organisation.manage"),
            Door("audit", _("Nhật ký"), "/nhat-ky/", "history", "audit.see"),
        ),
    ),
)


def rail(person: Person, *, path: str, on: date, waiting: Mapping[str, Waiting]) -> tuple[Group, ...]:
    """This will give the doors a person may enter, the one they stand in marked, with what waits behind each."""
    groups = []
    for title, doors in GROUPS:
        items = tuple(
            _item(d, path=path, waiting=waiting.get(d.key)) for d in doors if _open(d, person, on=on)
        )
        if items:
            groups.append(Group(title, items))
    return tuple(groups)


def _open(door: Door, person: Person, *, on: date) -> bool:
    if door.permission and not person.may(door.permission, organisation_id=None, on=on):
        return False
    return exists(door.href)


def _item(door: Door, *, path: str, waiting: Waiting | None) -> Item:
    current = path == "/" if door.href == "/" else path.startswith(door.href)
    if waiting is None or not waiting.number:
        return Item(door.label, door.href, door.icon, current)
    number = f"{MOST_SHOWN}+" if waiting.number > MOST_SHOWN else str(waiting.number)
    return Item(door.label, door.href, door.icon, current, number, waiting.title, waiting.late)

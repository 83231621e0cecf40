"""Who acts, and in whose book: as much of people and organisations as this storey knows."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


class Actor(Protocol):
    """Who acts: known by a username that never changes, named by a full name."""

    @property
    def username(self) -> str: ...

    @property
    def full_name(self) -> str: ...

    def may(self, permission: str, *, organisation_id: int | None, unit_id: int | None, on: date) -> bool: ...


class Owner(Protocol):
    """The organisation in whose book an action is written."""

    pk: Any
    code: str


@dataclass(frozen=True, slots=True)
class Operator:
    """The person at the server's own command line: may do everything, is named in every line."""

    username: str = "operator"

    @property
    def full_name(self) -> str:
        return _("Người vận hành máy chủ")

    def may(self, permission: str, *, organisation_id: int | None, unit_id: int | None, on: date) -> bool:
        return True

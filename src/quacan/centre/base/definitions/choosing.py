"""Choosing the version that was in force on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Dated(Protocol):
    """Anything with days of effect, both included; no last day means still in force."""

    @property
    def code(self) -> str: ...

    @property
    def in_force_from(self) -> date: ...

    @property
    def in_force_to(self) -> date | None: ...


D = TypeVar("D", bound=Dated)


class DefinitionNotInForce(LookupError):
    """No version of a code was in force on a day; carries both."""

    def __init__(self, code: str, on: date) -> None:
        self.code = code
        self.on = on
        super().__init__(
            f"Không có bản nào của “{code}” có hiệu lực vào ngày {on:%d/%m/%Y}. "
            "Hãy kiểm tra mã, ngày, hoặc bổ sung bản định nghĩa cho ngày đó."
        )


def in_force(items: Iterable[D], on: date) -> tuple[D, ...]:
    """This will give the items in force on the day, in their order."""
    return tuple(
        item
        for item in items
        if item.in_force_from <= on and (item.in_force_to is None or on <= item.in_force_to)
    )


def in_force_one(items: Iterable[D], *, code: str, on: date) -> D:
    """This will give the version of a code in force on the day; raises DefinitionNotInForce."""
    for item in in_force(items, on):
        if item.code == code:
            return item
    raise DefinitionNotInForce(code, on)

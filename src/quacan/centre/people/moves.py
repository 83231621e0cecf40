"""What is done to accounts, roles and authorisations once they are there."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.moves import Moves, Place
from quacan.centre.base.refusals import NotAuthorised, Refusal
from quacan.centre.people.models import Assignment, Authorisation, Person
from quacan.centre.people.refusals import AlreadyOver, LetsOneselfGo

OPEN, CLOSED, GIVEN = "open", "closed", "given"
STAGES = {OPEN: _("đang mở"), CLOSED: _("đã đóng")}


def _account_state(person: Person) -> str:
    return OPEN if person.is_active else CLOSED


def _workplace(person: Person) -> Place:
    """Where a person works, or worked last; nowhere in particular for somebody who never had a role."""
    rows = person.assignments.select_related("organisation")
    last = rows.order_by("-valid_from", "-id").first()
    held = rows.filter(valid_to__isnull=True).order_by("valid_from", "id").first() or last
    return (held.organisation if held else None), None


def _works_elsewhere(person: Person, actor: Actor, on: date) -> Iterator[Refusal]:
    """Nobody is closed out by one of the organisations they work in: all of them must agree."""
    first, _unit = _workplace(person)
    told = {first.pk if first else None}
    for held in person.assignments.select_related("organisation"):
        where = held.organisation
        runs = held.valid_to is None or held.valid_to >= on
        if not runs or where.pk in told:
            continue
        told.add(where.pk)
        if not actor.may("people.manage", organisation_id=where.pk, unit_id=None, on=on):
            yield NotAuthorised.at(actor, "people.manage", where)


def _closing(person: Person, actor: Actor, on: date) -> Iterator[Refusal]:
    if actor.username == person.username:
        yield LetsOneselfGo(person=person.full_name)
    yield from _works_elsewhere(person, actor, on)


def _over(record: Any, actor: Actor, on: date) -> Iterator[Refusal]:
    if record.valid_to is not None and record.valid_to < on:
        yield AlreadyOver(day=f"{record.valid_to:%d/%m/%Y}")


def _given(record: Assignment | Authorisation) -> str:
    return GIVEN


def _no_stage(record: Assignment | Authorisation) -> str:
    return ""


ACCOUNT = Moves(
    "people.Person",
    ends=frozenset({OPEN, CLOSED}),
    place=_workplace,
    state=_account_state,
    stage=lambda person: str(STAGES[_account_state(person)]),
    tones={OPEN: "info", CLOSED: "fail"},
)
LET_GO = ACCOUNT.move(
    "let_go", _("Đóng tài khoản"), "people.manage", source=OPEN, target=CLOSED,
    reason=_("Lý do đóng tài khoản"), hindrances=_closing, tone="danger",
)  # fmt: skip
TAKE_BACK = ACCOUNT.move(
    "take_back", _("Mở lại tài khoản"), "people.manage", source=CLOSED, target=OPEN,
    hindrances=_works_elsewhere, tone="go",
)  # fmt: skip
RESET_PASSWORD = ACCOUNT.move(
    "reset_password", _("Đặt lại mật khẩu"), "people.manage", source=(OPEN, CLOSED),
    hindrances=_works_elsewhere, icon="key-round",
)  # fmt: skip

ASSIGNMENT = Moves("people.Assignment", ends=frozenset({GIVEN}), state=_given, stage=_no_stage)
END_ASSIGNMENT = ASSIGNMENT.move(
    "end", _("Kết thúc vai trò"), "people.manage", source=GIVEN, hindrances=_over, tone="danger"
)

AUTHORISATION = Moves(
    "people.Authorisation",
    ends=frozenset({GIVEN}),
    place=lambda row: (row.organisation, None),
    state=_given,
    stage=_no_stage,
)
END_AUTHORISATION = AUTHORISATION.move(
    "end", _("Kết thúc ủy quyền"), "people.authorise", source=GIVEN,
    reason=_("Lý do kết thúc ủy quyền"), hindrances=_over, tone="danger",
)  # fmt: skip

"""What is done to a scope once it is entered: widened, narrowed, ended."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.moves import Moves
from quacan.centre.base.refusals import Refusal
from quacan.centre.organisation.models import Scope, ScopeLine
from quacan.centre.organisation.refusals import CarriedOver, ScopeEnded

ENTERED = "entered"


def _is_entered(record: Scope | ScopeLine) -> str:
    return ENTERED


def _no_stage(record: Scope | ScopeLine) -> str:
    return ""


def _ended(scope: Scope, actor: Actor, on: date) -> Iterator[Refusal]:
    if scope.valid_to is not None and scope.valid_to < on:
        yield ScopeEnded(number=scope.number, day=f"{scope.valid_to:%d/%m/%Y}")


def _not_widened(scope: Scope, actor: Actor, on: date) -> Iterator[Refusal]:
    yield from _ended(scope, actor, on)
    if scope.carried_over:
        yield CarriedOver()


def _line_ended(line: ScopeLine, actor: Actor, on: date) -> Iterator[Refusal]:
    if line.valid_to is not None and line.valid_to < on:
        yield ScopeEnded(number=line.scope.number, day=f"{line.valid_to:%d/%m/%Y}")


SCOPE = Moves("organisation.Scope", ends=frozenset({ENTERED}), place=lambda scope: (scope.organisation, None),
              state=_is_entered, stage=_no_stage)  # fmt: skip
WIDEN = SCOPE.move(
    "widen", _("Thêm dòng"), "scope.manage", source=ENTERED, hindrances=_not_widened, tone="go"
)
END = SCOPE.move(
    "end", _("Kết thúc phạm vi"), "scope.manage", source=ENTERED, reason=_("Lý do"), hindrances=_ended,
    tone="danger",
)  # fmt: skip

SCOPE_LINE = Moves("organisation.ScopeLine", ends=frozenset({ENTERED}),
                   place=lambda line: (line.scope.organisation, None), state=_is_entered, stage=_no_stage)  # fmt: skip
NARROW = SCOPE_LINE.move(
    "end", _("Thu hẹp phạm vi"), "scope.manage", source=ENTERED, reason=_("Lý do"), hindrances=_line_ended,
    tone="danger",
)  # fmt: skip

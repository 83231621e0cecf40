"""What is done with a plan: its targets set, the plan approved, targets of an approved one adjusted with a reason."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.moves import Moves
from quacan.centre.base.refusals import Refusal
from quacan.centre.planning.models import Plan
from quacan.centre.planning.refusals import PlanEmpty


def _has_targets(plan: Plan, actor: Actor, on: date) -> Iterator[Refusal]:
    if not plan.targets.exists():
        yield PlanEmpty(plan=plan.title)


PLAN = Moves(
    "planning.Plan",
    ends=frozenset({Plan.State.APPROVED}),
    tones={"draft": "info", "approved": "pass"},
)
SET_TARGET = PLAN.move(
    "set_target", _("Ghi chỉ tiêu"), "plans.record", source=Plan.State.DRAFT, icon="save", tone="go"
)
APPROVE = PLAN.move(
    "approve", _("Duyệt kế hoạch"), "plans.approve", source=Plan.State.DRAFT, target=Plan.State.APPROVED,
    hindrances=_has_targets, icon="badge-check", tone="go",
)  # fmt: skip
ADJUST_TARGET = PLAN.move(
    "adjust_target", _("Điều chỉnh chỉ tiêu"), "plans.record", source=Plan.State.APPROVED,
    reason=_("Lý do điều chỉnh"), icon="save", tone="go",
)  # fmt: skip

"""Checks between calibrations: which are asked for on a day, what they show, which are due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from quacan.centre.base.refusals import Refusal
from quacan.centre.standards.models import CheckPlan, IntermediateCheck, Standard
from quacan.centre.standards.refusals import CheckOutOfControl, CheckOverdue
from quacan.centre.standards.rules import Checked, Control, due_day, within_baseline, within_tolerance
from quacan.metrology.quantities import parse_number


@dataclass(frozen=True, slots=True)
class PlanState:
    """One plan on a day: its checks up to it, when the next is due, what stands in the way of using the standard."""

    plan: CheckPlan
    checks: tuple[IntermediateCheck, ...]
    control: Control
    due_on: date
    obstacle: Refusal | None


def plans_on(standards: Iterable[Standard], *, on: date) -> dict[int, list[PlanState]]:
    """This will judge the plans in force of many standards on a day, by standard, in two queries."""
    known = {one.pk: one for one in standards}
    plans = CheckPlan.objects.filter(standard__in=known, from_on__lte=on)
    in_force = list(plans.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on)).order_by("quantity", "id"))
    found: dict[int, list[PlanState]] = {}
    checks: dict[int, list[IntermediateCheck]] = {}
    if in_force:
        rows = IntermediateCheck.objects.filter(plan__in=in_force, on__lte=on, withdrawn_reason="")
        for row in rows.order_by("on", "id"):
            checks.setdefault(row.plan_id, []).append(row)
    for plan in in_force:
        state = _state(plan, checks.get(plan.pk, []), known[plan.standard_id], on)
        found.setdefault(plan.standard_id, []).append(state)
    return found


def control_of(plan: CheckPlan, checks: Iterable[IntermediateCheck]) -> Control:
    """This will hold checks, in their order, against the limits of their plan."""
    read = [Checked(one.on, tuple(parse_number(text) for text in one.values)) for one in checks]
    if plan.basis == CheckPlan.Basis.TOLERANCE:
        return within_tolerance(
            read, reference=parse_number(plan.reference), tolerance=parse_number(plan.tolerance)
        )
    return within_baseline(read, basis=plan.basis, baseline=plan.baseline)


def _state(plan: CheckPlan, checks: list[IntermediateCheck], standard: Standard, on: date) -> PlanState:
    control = control_of(plan, checks)
    last = checks[-1].on if checks else None
    due_on = due_day(from_on=plan.from_on, interval_days=plan.interval_days, last=last)
    obstacle: Refusal | None = None
    if control.is_out and last is not None:
        obstacle = CheckOutOfControl(standard=str(standard), quantity=str(plan), on=last)
    elif due_on < on:
        obstacle = CheckOverdue(standard=str(standard), quantity=str(plan), due_on=due_on)
    return PlanState(plan, tuple(checks), control, due_on, obstacle)


def speaks(check: IntermediateCheck) -> bool:
    """This will say whether a rule of the chart speaks at a check, among all of its plan that stand."""
    rows = [one for one in check.plan.checks.all() if not one.withdrawn_reason]
    standing = sorted(rows, key=lambda one: (one.on, one.pk))
    points = control_of(check.plan, standing).points
    return any(point.signals for one, point in zip(standing, points, strict=True) if one.pk == check.pk)

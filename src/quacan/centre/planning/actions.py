"""What a planner does: open a year's plan, set and change targets, have it approved."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action
from quacan.centre.base.periods import Period, PeriodRefused, period
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.planning.models import Plan, Target
from quacan.centre.planning.moves import ADJUST_TARGET, APPROVE, SET_TARGET
from quacan.centre.planning.refusals import PlanExists


@action("plans.record")
def open_plan(act: Act, organisation: Organisation, *, year: int, title: str) -> Plan:
    """This will open the plan of a year."""
    act.require(organisation)
    if not title.strip():
        raise FieldMissing(field=_("Tên kế hoạch"))
    if not 2000 <= year <= 2200:
        raise FieldWrong(field=_("Năm"), why=str(year))
    if Plan.objects.filter(organisation=organisation, year=year).exists():
        raise PlanExists(year=year)
    plan = Plan.objects.create(organisation=organisation, year=year, title=title.strip())
    act.created(plan)
    return plan


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """What an indicator should come to in a year or a part of it, for the whole organisation or one unit."""

    indicator: str
    period_code: str
    value: Decimal
    unit: Unit | None = None
    carried_over: Decimal | None = None


@action(SET_TARGET)
def set_target(act: Act, plan: Plan, draft: TargetDraft) -> Target:
    """This will set a target of a plan not approved yet. The earlier version stays beside it."""
    return _write_target(act, plan, draft)


@action(ADJUST_TARGET)
def adjust_target(act: Act, plan: Plan, draft: TargetDraft) -> Target:
    """This will change a target of an approved plan, with a reason. The earlier version stays beside it."""
    return _write_target(act, plan, draft)


def _write_target(act: Act, plan: Plan, draft: TargetDraft) -> Target:
    wanted = _period_of(plan, draft.period_code)
    if not draft.value.is_finite() or draft.value < 0:
        raise FieldWrong(field=_("Giao"), why=_("phải từ 0"))
    unit_key = draft.unit.pk if draft.unit else 0
    key = {"plan": plan, "indicator": draft.indicator, "period": wanted.code, "unit_key": unit_key}
    last = Target.objects.filter(**key).order_by("-version").first()
    target = Target.objects.create(
        **key,
        unit=draft.unit,
        value=format(draft.value, "f"),
        carried_over="" if draft.carried_over is None else format(draft.carried_over, "f"),
        version=last.version + 1 if last else 1,
        recorded_at=act.at,
        recorded_by=act.actor.username,
    )
    act.created(target)
    return target


def _period_of(plan: Plan, code: str) -> Period:
    try:
        wanted = period(code)
    except PeriodRefused as error:
        raise FieldWrong(field=_("Kỳ"), why=str(error)) from error
    if wanted.year != plan.year:
        raise FieldWrong(field=_("Kỳ"), why=_("không thuộc năm {year}").format(year=plan.year))
    return wanted


@action(APPROVE)
def approve_plan(act: Act, plan: Plan, *, decision: str, on: date) -> Plan:
    """This will approve a plan by a numbered decision."""
    if not decision.strip():
        raise FieldMissing(field=_("Số quyết định"))
    act.moved(plan, decision=decision.strip(), approved_on=on, approved_by=act.actor.username)
    return plan

"""What a planner does: open a year's plan, set and change targets, have it approved."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image, locked
from quacan.centre.base.periods import PeriodRefused, period
from quacan.centre.base.refusals import FieldMissing, FieldWrong, WrongStage
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.planning.models import Plan, Target
from quacan.centre.planning.refusals import PlanEmpty, PlanExists


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


@action("plans.record")
def set_target(
    act: Act,
    plan: Plan,
    *,
    indicator: str,
    period_code: str,
    value: Decimal,
    unit: Unit | None = None,
    carried_over: Decimal | None = None,
) -> Target:
    """This will set a target; after approval a change needs a reason. The earlier version stays beside it."""
    act.require(plan.organisation, unit_id=unit.pk if unit else None)
    plan = locked(plan)
    try:
        wanted = period(period_code)
    except PeriodRefused as error:
        raise FieldWrong(field=_("Kỳ"), why=str(error)) from error
    if wanted.year != plan.year:
        raise FieldWrong(field=_("Kỳ"), why=_("không thuộc năm {year}").format(year=plan.year))
    if not value.is_finite() or value < 0:
        raise FieldWrong(field=_("Chỉ tiêu giao"), why=_("phải từ 0"))
    if plan.state == Plan.State.APPROVED:
        act.require_reason(_("điều chỉnh chỉ tiêu đã duyệt"))
    key = {"plan": plan, "indicator": indicator, "period": wanted.code, "unit_key": unit.pk if unit else 0}
    last = Target.objects.filter(**key).order_by("-version").first()
    target = Target.objects.create(
        **key,
        unit=unit,
        value=format(value, "f"),
        carried_over="" if carried_over is None else format(carried_over, "f"),
        version=last.version + 1 if last else 1,
        recorded_at=act.at,
        recorded_by=act.actor.username,
    )
    act.created(target)
    return target


@action("plans.approve")
def approve_plan(act: Act, plan: Plan, *, decision: str, on: date) -> Plan:
    """This will approve a plan by a numbered decision."""
    act.require(plan.organisation)
    plan = locked(plan)
    if plan.state != Plan.State.DRAFT:
        raise WrongStage(
            record=plan.title,
            stage=plan.get_state_display(),
            move=_("duyệt"),
            allowed=_("điều chỉnh có lý do"),
        )
    if not plan.targets.exists():
        raise PlanEmpty(plan=plan.title)
    if not decision.strip():
        raise FieldMissing(field=_("Số quyết định"))
    before = image(plan)
    plan.state, plan.decision, plan.approved_on = Plan.State.APPROVED, decision.strip(), on
    plan.approved_by = act.actor.username
    plan.save()
    act.changed(plan, before)
    return plan

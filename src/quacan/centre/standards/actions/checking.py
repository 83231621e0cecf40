"""Plan the checks of a standard between calibrations, record one, withdraw a mistaken one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, carried, reference
from quacan.centre.base.language.folding import nfc
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.followups.actions import open_follow_up
from quacan.centre.people.queries import people_with, roles_of
from quacan.centre.standards.models import CheckPlan, IntermediateCheck, Standard
from quacan.centre.standards.moves import END_PLAN, PLAN_CHECKS, RECORD, RECORD_CHECK, WITHDRAW_CHECK
from quacan.centre.standards.queries import control_of
from quacan.centre.standards.refusals import (
    CheckBeforeLast,
    CheckBeforePlan,
    CheckSizeWrong,
    CheckValueWrong,
)
from quacan.centre.standards.rules import FEWEST
from quacan.metrology.quantities import NumberRefused, parse_number
from quacan.metrology.units import UnitRefused, unit_named

FOLLOW_UP = "standard_check"
ANSWERABLE = ("quality_manager", "technical_head")
MOST_READINGS = 30


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """How a standard is to be checked: what, how often, by which limits, from which day. Numbers as typed."""

    quantity: str
    unit: str
    interval_days: int
    basis: str
    from_on: date
    nominal: str = ""
    reference_value: str = ""
    tolerance: str = ""
    baseline: int = 0
    note: str = ""


@action(PLAN_CHECKS)
def plan_checks(act: Act, standard: Standard, draft: PlanDraft) -> CheckPlan:
    """This will ask for a check of a standard every so many days, against a tolerance or a baseline of first checks.

    A plan in force for the same quantity and nominal value ends that day; its checks stay with it.
    """
    plan = CheckPlan(
        standard=standard,
        quantity=_text(draft.quantity),
        nominal=_text(draft.nominal),
        unit=_unit(draft.unit),
        interval_days=draft.interval_days,
        basis=draft.basis,
        reference=_text(draft.reference_value),
        tolerance=_text(draft.tolerance),
        baseline=draft.baseline,
        from_on=draft.from_on,
        recorded_at=act.at,
        by=act.actor.username,
        note=_text(draft.note)[:300],
    )
    _refuse_plan(plan)
    for former in standard.check_plans.filter(quantity=plan.quantity, nominal=plan.nominal, ended_on=None):
        carried(act, END_PLAN, former, ended_on=max(plan.from_on, former.from_on))
    plan.save(force_insert=True)
    act.created(plan)
    return plan


@action(END_PLAN)
def end_plan(act: Act, plan: CheckPlan, *, on: date) -> CheckPlan:
    """This will no longer ask for the checks of a plan from a day on; a reason is required."""
    if on < plan.from_on:
        raise CheckBeforePlan(on=on)
    act.moved(plan, ended_on=on)
    return plan


@action(RECORD_CHECK)
def record_check(
    act: Act, plan: CheckPlan, *, on: date, values: Sequence[str], note: str = ""
) -> IntermediateCheck:
    """This will keep one check as typed; when it is out of control, its handling is asked of who answers for quality.

    The follow-up goes to the quality manager, else to the technical head, else to another who keeps standards, and is
    due the same day.
    """
    if on > act.on:
        raise FieldWrong(field=_("Ngày kiểm tra"), why=_("sau hôm nay"))
    if on < plan.from_on or (plan.ended_on is not None and on >= plan.ended_on):
        raise CheckBeforePlan(on=on)
    last = plan.checks.filter(withdrawn_reason="").order_by("-on").first()
    if last is not None and on < last.on:
        raise CheckBeforeLast(on=on, last=last.on)
    typed = _readings(plan, values)
    made = IntermediateCheck.objects.create(
        plan=plan, on=on, values=typed, recorded_at=act.at, by=act.actor.username, note=_text(note)[:300]
    )
    act.created(made)
    _ask_if_out(act, plan, made)
    return made


@action(WITHDRAW_CHECK)
def withdraw_check(act: Act, check: IntermediateCheck) -> IntermediateCheck:
    """This will withdraw a mistaken check, with its reason; it stays on record.

    One that is out of control is withdrawn by somebody else than who recorded it.
    """
    act.moved(check, withdrawn_reason=_text(act.reason)[:300])
    return check


def _refuse_plan(plan: CheckPlan) -> None:
    if not plan.quantity:
        raise FieldMissing(field=_("Đại lượng kiểm tra"))
    if plan.basis not in CheckPlan.Basis.values:
        raise FieldWrong(field=_("Cách đặt giới hạn"), why=_("chọn một trong danh sách"))
    if not 1 <= plan.interval_days <= 3660:
        raise FieldWrong(field=_("Chu kỳ kiểm tra"), why=_("từ 1 đến 3660 ngày"))
    if plan.nominal:
        _number(plan.nominal, _("Giá trị danh nghĩa"))
    if plan.basis == CheckPlan.Basis.TOLERANCE:
        _number(plan.reference, _("Giá trị quy chiếu"))
        if _number(plan.tolerance, _("Dung sai")) <= 0:
            raise FieldWrong(field=_("Dung sai"), why=_("phải lớn hơn 0"))
        plan.baseline = 0
        return
    plan.reference = plan.tolerance = ""
    fewest = FEWEST[plan.basis]
    if not fewest <= plan.baseline <= 200:
        raise FieldWrong(field=_("Số lần lập nền"), why=_("từ {n} đến 200").format(n=fewest))


def _number(text: str, label: str) -> Decimal:
    try:
        return parse_number(text)
    except NumberRefused as refused:
        raise FieldWrong(field=label, why=_("phải là một số")) from refused


def _unit(text: str) -> str:
    try:
        return unit_named(text.strip()).symbol
    except UnitRefused as refused:
        raise FieldWrong(field=_("Đơn vị"), why=_("không có đơn vị “{text}”").format(text=text)) from refused


def _readings(plan: CheckPlan, values: Sequence[str]) -> list[str]:
    typed = [_text(value) for value in values if value.strip()]
    if not typed:
        raise FieldMissing(field=_("Số đọc"))
    if len(typed) > MOST_READINGS:
        raise FieldWrong(field=_("Số đọc"), why=_("nhiều quá {n} số").format(n=MOST_READINGS))
    for row, text in enumerate(typed, start=1):
        try:
            parse_number(text)
        except NumberRefused as refused:
            raise CheckValueWrong(row=row, text=text) from refused
    if plan.basis == CheckPlan.Basis.AVERAGES:
        first = plan.checks.filter(withdrawn_reason="").first()
        wanted = len(first.values) if first else max(2, len(typed))
        if len(typed) != wanted:
            raise CheckSizeWrong(wanted=wanted, count=len(typed))
    return typed


def _ask_if_out(act: Act, plan: CheckPlan, made: IntermediateCheck) -> None:
    standing = list(plan.checks.filter(withdrawn_reason="").order_by("on", "id"))
    if standing[-1].pk != made.pk or not control_of(plan, standing).is_out:
        return
    open_follow_up(
        act,
        plan.standard.organisation,
        kind=FOLLOW_UP,
        title=_("Kiểm tra giữa kỳ vượt kiểm soát: {standard}, {quantity}").format(
            standard=plan.standard, quantity=plan
        )[:300],
        owner=_answerable(act, plan.standard),
        due_on=act.on,
        subject=reference(plan.standard),
    )


def _answerable(act: Act, standard: Standard) -> str:
    """The quality manager, else the technical head, else whoever may; somebody else than who recorded, if there is."""
    keepers = people_with(RECORD, standard.organisation, on=act.on)
    others = [one for one in keepers if one.username != act.actor.username]
    ranked = sorted(others, key=lambda one: _rank({role.code for role in roles_of(one, on=act.on)}))
    return ranked[0].username if ranked else act.actor.username


def _rank(codes: set[str]) -> int:
    return next((rank for rank, code in enumerate(ANSWERABLE) if code in codes), len(ANSWERABLE))


def _text(value: str) -> str:
    return " ".join(nfc(value).split())

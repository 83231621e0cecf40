"""What is done with a standard, with its checks between calibrations, and with a loan of it.

A certificate has no moves: once entered it never changes.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.moves import Moves, Offer, Place, offer, own_place
from quacan.centre.base.refusals import Refusal
from quacan.centre.standards.models import CheckPlan, IntermediateCheck, Loan, Standard
from quacan.centre.standards.queries import speaks
from quacan.centre.standards.refusals import CheckOwnWithdrawal, PlanNeverInForce, PlanNotBegun, StandardLent

RECORD = "standards.record"
STATES = tuple(Standard.State.values)
OPEN, ENDED = "open", "ended"
STANDING, WITHDRAWN = "standing", "withdrawn"
OUT, RETURNED = "out", "returned"


def _lent_already(standard: Standard, actor: Actor, on: date) -> Iterator[Refusal]:
    held = standard.loans.filter(returned_on=None).select_related("unit", "person").first()
    if held is not None:
        yield StandardLent(standard=str(standard), borrower=held.borrower, since=held.from_on)


STANDARD = Moves(
    "standards.Standard",
    ends=frozenset({"in_use", "withdrawn"}),
    tones={"in_use": "pass", "under_calibration": "open"},
)
CHANGE = STANDARD.move("change", _("Sửa"), RECORD, source=STATES, icon="pencil")
ADD_CERTIFICATE = STANDARD.move(
    "add_certificate", _("Nhập giấy chứng nhận"), RECORD, source=STATES, icon="plus", tone="go"
)
CHANGE_STATE = STANDARD.move(
    "change_state", _("Gửi hiệu chuẩn, nhận về, ngừng dùng"), RECORD, source=STATES, target=STATES
)
PLAN_CHECKS = STANDARD.move("plan_checks", _("Lập kế hoạch kiểm tra"), RECORD, source=STATES)
LEND = STANDARD.move("lend", _("Cho mượn"), RECORD, source=STATES, hindrances=_lent_already)
PUT = STANDARD.move("move", _("Chuyển chỗ"), RECORD, source=STATES)
MAINTAIN = STANDARD.move("maintain", _("Ghi việc đã làm"), RECORD, source=STATES)


def _plan_place(plan: CheckPlan) -> Place:
    return own_place(plan.standard)


def _plan_state(plan: CheckPlan) -> str:
    return OPEN if plan.ended_on is None else ENDED


def _plan_stage(plan: CheckPlan) -> str:
    if plan.ended_on is None:
        return gettext("đang áp dụng")
    return gettext("đã thôi từ ngày {day:%d/%m/%Y}").format(day=plan.ended_on)


def _no_day_to_check(plan: CheckPlan, actor: Actor, on: date) -> Iterator[Refusal]:
    """A check belongs to a day the plan was in force on; one may be written down later, never before."""
    if plan.ended_on is not None and plan.ended_on <= plan.from_on:
        yield PlanNeverInForce(plan=str(plan), on=plan.from_on)
    elif plan.from_on > on:
        yield PlanNotBegun(plan=str(plan), on=plan.from_on)


PLAN = Moves(  # ended by the day it ends on
    "standards.CheckPlan",
    ends=frozenset({ENDED}),
    follows=((OPEN, ENDED),),
    place=_plan_place,
    state=_plan_state,
    stage=_plan_stage,
)
RECORD_CHECK = PLAN.move(
    "record_check", _("Ghi lần kiểm tra"), RECORD, source={OPEN, ENDED}, hindrances=_no_day_to_check
)
END_PLAN = PLAN.move("end", _("Thôi kiểm tra theo kế hoạch này"), RECORD, source=OPEN, reason=_("Lý do"))


def _check_place(check: IntermediateCheck) -> Place:
    return own_place(check.plan.standard)


def _check_state(check: IntermediateCheck) -> str:
    return WITHDRAWN if check.withdrawn_reason else STANDING


def _check_stage(check: IntermediateCheck) -> str:
    return gettext("Đã rút") if check.withdrawn_reason else gettext("Đã ghi")


def _own_and_out(check: IntermediateCheck, actor: Actor, on: date) -> Iterator[Refusal]:
    if check.by == actor.username and speaks(check):
        yield CheckOwnWithdrawal(on=check.on)


CHECK = Moves(  # withdrawn by the reason for it
    "standards.IntermediateCheck",
    ends=frozenset({STANDING, WITHDRAWN}),
    follows=((STANDING, WITHDRAWN),),
    place=_check_place,
    state=_check_state,
    stage=_check_stage,
)
WITHDRAW_CHECK = CHECK.move(
    "withdraw", _("Rút"), RECORD, source=STANDING, reason=_("Lý do rút"), hindrances=_own_and_out
)


def _loan_place(loan: Loan) -> Place:
    return own_place(loan.standard)


def _loan_state(loan: Loan) -> str:
    return OUT if loan.returned_on is None else RETURNED


def _loan_stage(loan: Loan) -> str:
    if loan.returned_on is None:
        return gettext("Đang cho mượn")
    return gettext("đã trả ngày {day:%d/%m/%Y}").format(day=loan.returned_on)


LOAN = Moves(  # returned by the day it came back
    "standards.Loan",
    ends=frozenset({RETURNED}),
    follows=((OUT, RETURNED),),
    place=_loan_place,
    state=_loan_state,
    stage=_loan_stage,
)
GIVE_BACK = LOAN.move("return", _("Nhận lại"), RECORD, source=OUT, tone="go")


def heading_offers(standard: Standard, actor: Actor, on: date) -> dict[str, Offer]:
    """This will give what the heading of every page of a standard offers."""
    return {
        "change": offer(CHANGE, standard, actor, on=on),
        "add_certificate": offer(ADD_CERTIFICATE, standard, actor, on=on),
    }

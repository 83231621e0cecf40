"""What is done with contracts, orders and jobs: who, at which stage, and what stands in the way."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.moves import Moves, Place
from quacan.centre.base.refusals import NotAuthorised, Refusal
from quacan.centre.contracts.models import Contract, ContractReview, Job, Order
from quacan.centre.contracts.queries import jobs_living, line_progress
from quacan.centre.contracts.refusals import (
    AllOrdered,
    CountedByJobs,
    JobsStillOpen,
    NotAble,
    NothingDone,
    ResultsGiven,
    ReviewerUnknown,
)
from quacan.centre.contracts.rules import MEASURED
from quacan.centre.people.models import Person

_WORKED_ON = ("signed", "running")


def _prices_hidden(contract: Contract, actor: Actor, on: date) -> Iterator[Refusal]:
    """Whoever changes a draft reads its prices."""
    if not actor.may(
        "contracts.see_price", organisation_id=contract.organisation_id, unit_id=contract.unit_id, on=on
    ):
        yield NotAuthorised.at(actor, "contracts.see_price", contract.organisation)


def _nobody_to_name(contract: Contract, actor: Actor, on: date) -> Iterator[Refusal]:
    if not isinstance(actor, Person):
        yield ReviewerUnknown(person=actor.full_name)


def _not_able(contract: Contract, actor: Actor, on: date) -> Iterator[Refusal]:
    review = ContractReview.objects.filter(contract=contract).first()
    if review is None or not review.able:
        yield NotAble(contract=str(contract), note=review.note if review else _now("chưa xem xét"))


def _nothing_to_order(contract: Contract, actor: Actor, on: date) -> Iterator[Refusal]:
    progress = line_progress(contract.lines.all())
    if not any(one.left_to_order for one in progress.values()):
        yield AllOrdered(contract=str(contract))


def _nothing_to_report(contract: Contract, actor: Actor, on: date) -> Iterator[Refusal]:
    lines = list(contract.lines.all())
    if lines and all(line.service in MEASURED for line in lines):
        yield CountedByJobs(line=lines[0].description)


def _work_under_way(contract: Contract, actor: Actor, on: date) -> Iterator[Refusal]:
    count = jobs_living(contract).filter(state__in=(Job.State.WAITING, Job.State.MEASURING)).count()
    if count:
        yield JobsStillOpen(contract=str(contract), count=count)


def _nothing_to_accept(contract: Contract, actor: Actor, on: date) -> Iterator[Refusal]:
    yield from _work_under_way(contract, actor, on)
    progress = line_progress(contract.lines.all())
    if not any(one.done for one in progress.values()):
        yield NothingDone(contract=str(contract))


def _work_in_the_way(contract: Contract, actor: Actor, on: date) -> Iterator[Refusal]:
    yield from _work_under_way(contract, actor, on)
    count = jobs_living(contract).filter(state=Job.State.DONE).count()
    if count:
        yield ResultsGiven(contract=str(contract), count=count)


CONTRACT = Moves(
    "contracts.Contract",
    ends=frozenset({"accepted", "cancelled"}),
    follows=(("signed", "running"), ("signed", "done"), ("running", "done"), ("done", "running")),
    tones={"signed": "info", "running": "info", "done": "pass", "accepted": "pass", "cancelled": "fail"},
)
REVIEW = CONTRACT.move(
    "review", _("Xem xét yêu cầu"), "contracts.review", source="draft", target=("draft", "reviewed"),
    hindrances=_nobody_to_name, tone="go",
)  # fmt: skip
SIGN = CONTRACT.move(
    "sign", _("Ký hợp đồng"), "contracts.sign", source="reviewed", target="signed", hindrances=_not_able,
    icon="pen-line", tone="go",
)  # fmt: skip
GIVE_OUT = CONTRACT.move(
    "order", _("Giao việc"), "orders.assign", source=_WORKED_ON, hindrances=_nothing_to_order,
    icon="clipboard-list", tone="go",
)  # fmt: skip
ACCEPT = CONTRACT.move(
    "accept", _("Nghiệm thu"), "contracts.sign", source=("running", "done"), target="accepted",
    hindrances=_nothing_to_accept, icon="check", tone="go",
)  # fmt: skip
REPORT = CONTRACT.move(
    "report", _("Báo khối lượng"), "contracts.record", source=(*_WORKED_ON, "done"),
    hindrances=_nothing_to_report,
)  # fmt: skip
CHANGE = CONTRACT.move(
    "change", _("Sửa"), "contracts.record", source="draft", hindrances=_prices_hidden, icon="pencil"
)
REOPEN = CONTRACT.move(
    "reopen", _("Mở lại dự thảo"), "contracts.record", source="reviewed", target="draft",
    reason=_("Vì sao mở lại"), icon="undo-2",
)  # fmt: skip
CANCEL = CONTRACT.move(
    "cancel", _("Hủy hợp đồng"), "contracts.record", source=("draft", "reviewed", *_WORKED_ON),
    target="cancelled", reason=_("Lý do hủy"), hindrances=_work_in_the_way, tone="danger",
)  # fmt: skip
ADVANCE = CONTRACT.move(
    "advance", _("Theo tiến độ công việc"), source=(*_WORKED_ON, "done"), target=("running", "done")
)


def _more_to_order(order: Order, actor: Actor, on: date) -> Iterator[Refusal]:
    yield from _nothing_to_order(order.contract, actor, on)


ORDER = Moves(
    "contracts.Order",
    ends=frozenset(Contract.State.values),  # an order has no stages of its own: it goes with its contract
    state=lambda order: str(order.contract.state),
    stage=lambda order: str(order.contract.get_state_display()),
)
ADD_JOBS = ORDER.move(
    "add",
    _("Thêm phương tiện đo"),
    "orders.assign",
    source=_WORKED_ON,
    hindrances=_more_to_order,
    icon="plus",
)


def _at_its_order(job: Job) -> Place:
    return job.order.organisation, job.order.unit_id


JOB = Moves(
    "contracts.Job",
    ends=frozenset({"done", "cancelled"}),
    follows=(
        ("waiting", "measuring"), ("waiting", "done"), ("measuring", "done"), ("measuring", "waiting"),
        ("done", "measuring"),
    ),
    place=_at_its_order,
    tones={"waiting": "open", "measuring": "open", "done": "pass", "cancelled": "fail"},
)  # fmt: skip
REASSIGN = JOB.move("reassign", _("Đổi người"), "orders.assign", source="waiting")
CANCEL_JOB = JOB.move(
    "cancel", _("Hủy việc này"), "orders.assign", source="waiting", target="cancelled",
    reason=_("Lý do hủy việc"), tone="danger",
)  # fmt: skip
START = JOB.move("start", _("bắt đầu đo"), source="waiting", target="measuring")
FINISH = JOB.move("finish", _("ghi kết quả"), source=("waiting", "measuring"), target="done")
TAKE_BACK = JOB.move(
    "reopen", _("mở lại việc"), source=("measuring", "done"), target=("waiting", "measuring")
)

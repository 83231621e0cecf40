"""What contracts bring to the house."""

from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import (
    Department,
    Door,
    Lane,
    Record,
    Rows,
    SearchSource,
    Task,
    TracedSource,
)
from quacan.centre.base.language.dates import format_date
from quacan.centre.base.moves import Move
from quacan.centre.contracts.forms import RULE_NAMES
from quacan.centre.contracts.models import Contract, EventKind, Order, Service
from quacan.centre.contracts.moves import ACCEPT, CONTRACT, JOB, ORDER, REVIEW, SIGN
from quacan.centre.contracts.queries import contracts_seen_by, orders_seen_by, postings
from quacan.centre.contracts.queries.tasks import contracts_at, contracts_near_due
from quacan.centre.people.models import Person

PRICES = "contracts.see_price"


def _rows(person: Person, on: date) -> QuerySet[Contract]:
    return contracts_seen_by(person, on=on)


def _orders(person: Person, on: date) -> QuerySet[Order]:
    return orders_seen_by(person, on=on)


def _hit(row: Contract) -> tuple[str, str]:
    return str(row), f"{row.party.name} · {row.get_state_display()}"


def _order_hit(row: Order) -> tuple[str, str]:
    return row.number, f"{row.contract.party.name} · {format_date(row.planned_on)}"


def _awaiting(move: Move, state: str) -> Callable[[Person, date], Rows]:
    """Contracts at a stage that wait for a move, for whoever may make it."""
    return lambda person, on: contracts_at(person, state, move.permission, on=on)


def _near_due(person: Person, on: date) -> Rows:
    return contracts_near_due(person, on=on)


def _due_task(contract: Contract, on: date) -> Task:
    href = reverse("contracts:contract", args=[contract.pk])
    return Task(contract.party.name, str(contract), href, contract.due_on)


def _task(contract: Contract, on: date) -> Task:
    received = say("nhận {day}").format(day=f"{contract.received_on:%d/%m/%Y}")
    href = reverse("contracts:contract", args=[contract.pk])
    return Task(contract.party.name, f"{contract} · {received}", href)


def _trace(key: int, readings: bool) -> TracedSource | None:
    found = Contract.objects.select_related("party").filter(pk=key).first()
    if found is None:
        return None
    href = reverse("contracts:contract", args=[key])
    return TracedSource("contracts.Contract", key, str(found), href, str(found.party), found.number)


VALUES = {
    **{("service", one.value): one.label for one in Service},
    **{("event", one.value): one.label for one in EventKind},
    ("basis", "contract"): _("giá trị hợp đồng"),
    ("basis", "acceptance"): _("nghiệm thu"),
    ("vat", "gross"): _("gồm thuế"),
    ("vat", "net"): _("chưa thuế"),
}


def _value(dimension: str, value: str) -> str:
    if dimension == "decision_rule":
        return str(RULE_NAMES.get(value, ""))
    word = str(VALUES.get((dimension, value), ""))
    return word.lower() if dimension in {"service", "event"} else word


DEPARTMENT = Department(
    name=_("Hợp đồng"),
    permissions={
        "contracts.see": _("xem hợp đồng"),
        "contracts.see_price": _("xem giá hợp đồng"),
        "contracts.record": _("ghi hợp đồng"),
        "contracts.review": _("xem xét yêu cầu"),
        "contracts.sign": _("ký, nghiệm thu hợp đồng"),
        "orders.assign": _("giao việc theo phiếu"),
    },
    doors=(
        Door("contracts", "work", _("Hợp đồng"), "contracts:contracts", "file-text", "contracts.see", 110),
        Door("orders", "work", _("Phiếu việc"), "contracts:orders", "clipboard-list", "contracts.see", 120),
    ),
    lanes=(
        Lane(
            "contracts_due",
            "contracts",
            _("Hợp đồng đến hạn, quá hạn"),
            _("Mở"),
            "contracts.sign",
            _near_due,
            _due_task,
            80,
            url="contracts:contracts",
            outlook=True,
            urgent=True,
        ),
        Lane(
            "contracts_sign",
            "contracts",
            _("Hợp đồng chờ ký"),
            _("Mở"),
            SIGN.permission,
            _awaiting(SIGN, Contract.State.REVIEWED),
            _task,
            90,
            url="contracts:contracts",
            query="state=reviewed",
        ),
        Lane(
            "contracts_review",
            "contracts",
            _("Yêu cầu chờ xem xét"),
            _("Xem xét"),
            REVIEW.permission,
            _awaiting(REVIEW, Contract.State.DRAFT),
            _task,
            100,
            url="contracts:contracts",
            query="state=draft",
        ),
        Lane(
            "contracts_accept",
            "contracts",
            _("Hợp đồng chờ nghiệm thu"),
            _("Mở"),
            ACCEPT.permission,
            _awaiting(ACCEPT, Contract.State.DONE),
            _task,
            110,
            url="contracts:contracts",
            query="state=done",
        ),
    ),
    search=(
        SearchSource(_("Hợp đồng"), "file-text", _rows, _hit, 30),
        SearchSource(_("Phiếu việc"), "clipboard-list", _orders, _order_hit, 35),
    ),
    records=(
        Record("contracts.Contract", _("Hợp đồng"), "contracts:contract", sealed=PRICES, rows=_rows),
        Record("contracts.ContractLine", _("Dòng hợp đồng"), sealed=PRICES),
        Record("contracts.ContractReview", _("Xem xét hợp đồng"), sealed=PRICES),
        Record("contracts.Order", _("Phiếu việc"), "contracts:order", sealed=PRICES, rows=_orders),
        Record("contracts.Job", _("Việc"), sealed=PRICES),
    ),
    moves=(CONTRACT, ORDER, JOB),
    deeds={
        "contracts.record_contract": _("ghi yêu cầu của khách"),
        "contracts.change_contract": _("sửa hợp đồng"),
        "contracts.review_contract": _("xem xét yêu cầu"),
        "contracts.reopen_contract": _("mở lại hợp đồng"),
        "contracts.sign_contract": _("ký hợp đồng"),
        "contracts.report_done": _("báo khối lượng đã làm"),
        "contracts.accept_contract": _("nghiệm thu hợp đồng"),
        "contracts.cancel_contract": _("hủy hợp đồng"),
        "contracts.order_work": _("lập phiếu việc"),
        "contracts.add_jobs": _("thêm việc vào phiếu"),
        "contracts.reassign_job": _("giao việc cho người khác"),
        "contracts.cancel_job": _("rút việc đã giao"),
    },
    fields={
        "contracts.party_id": _("khách hàng"),
        "contracts.signed_on": _("ngày ký"),
        "contracts.done_on": _("ngày làm xong"),
        "contracts.accepted_on": _("ngày nghiệm thu"),
        "contracts.cancelled_on": _("ngày hủy"),
        "contracts.stated_reason": _("lý do đã nêu"),
        "contracts.decision_rule": _("quy tắc quyết định"),
        "contracts.vat_percent": _("thuế GTGT (%)"),
        "contracts.unit_price": _("đơn giá"),
        "contracts.reported_quantity": _("khối lượng đã báo"),
        "contracts.accepted_quantity": _("khối lượng nghiệm thu"),
        "contracts.kind_code": _("loại phương tiện đo"),
        "contracts.able": _("đủ năng lực"),
        "contracts.contract_id": _("hợp đồng"),
        "contracts.order_id": _("phiếu việc"),
        "contracts.line_id": _("dòng hợp đồng"),
        "contracts.planned_on": _("ngày dự kiến"),
        "contracts.by_id": _("người xem xét"),
    },
    measures={
        "contracts.signed": _("Hợp đồng đã ký"),
        "contracts.accepted": _("Hợp đồng đã nghiệm thu"),
        "contracts.signed_work": _("Khối lượng theo hợp đồng đã ký"),
        "contracts.accepted_work": _("Khối lượng đã nghiệm thu"),
    },
    dimensions={
        "service": _("Dịch vụ"),
        "event": _("Hình thức"),
        "basis": _("Cơ sở tính"),
        "vat": _("Thuế"),
    },
    values=_value,
    postings=postings,
    tracers={"contracts.Contract": _trace},
)

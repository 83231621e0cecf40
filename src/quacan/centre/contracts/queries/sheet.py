"""One contract as its page shows it: lines, money, orders, what happened, what the book says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from quacan.centre.base.act import reference
from quacan.centre.base.doors import address
from quacan.centre.base.shapes import Moment, Stage, corridor, stages_of
from quacan.centre.base.wording import measure_word
from quacan.centre.contracts.models import Contract, ContractLine, ContractReview, Job, Order, Service
from quacan.centre.contracts.queries.books import possible_performers, sees_prices
from quacan.centre.contracts.queries.competence import fitting
from quacan.centre.contracts.queries.figures import OrderRow, order_rows, with_jobs
from quacan.centre.contracts.queries.progress import contract_totals, jobs_living, line_progress
from quacan.centre.contracts.rules import MEASURED, LineProgress, Totals
from quacan.centre.instruments import catalogue
from quacan.centre.instruments.queries import kind_label
from quacan.centre.ledger.models import Entry
from quacan.centre.people.models import Person


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as the page shows it; money is None for whoever may not see prices."""

    pk: int
    ordinal: int
    service: str
    service_label: str
    kind_code: str
    kind_name: str
    description: str
    event_label: str
    quantity: int
    ordered: int
    done: int
    accepted: int | None
    left: int
    is_measured: bool
    unit_price: int | None
    net: int | None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """An entry a contract stands for, and where it opens; *amount* is None for whoever may not see prices."""

    seq: int
    href: str
    measure: str
    quantity: Decimal
    amount: int | None
    reverses: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """What the review of a line should know: whether the law lists the kind today and who holds a card for it."""

    line: str
    words: str
    is_sound: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a contract's page shows to one person on one day."""

    lines: tuple[LineRow, ...]
    quantity: int
    done: int
    money: Totals | None
    vat_percent: Decimal
    orders: tuple[OrderRow, ...]
    review: ContractReview | None
    stages: tuple[Stage, ...]
    corridor: tuple[Stage, ...]
    moments: tuple[Moment, ...]
    ledger: tuple[LedgerRow, ...]
    findings: tuple[Finding, ...]


def sheet_of(contract: Contract, person: Person, *, on: date) -> Sheet:
    """This will read a contract's page."""
    lines = list(contract.lines.all())
    progress = line_progress(lines)
    orders = list(with_jobs(Order.objects.filter(contract=contract).select_related("contract__party")))
    priced = sees_prices(person, contract, on=on)
    review = ContractReview.objects.select_related("by").filter(contract=contract).first()
    return Sheet(
        lines=tuple(_line_row(line, progress[line.pk], priced=priced) for line in lines),
        quantity=sum(line.quantity for line in lines),
        done=sum(one.done for one in progress.values()),
        money=contract_totals(contract, lines) if priced else None,
        vat_percent=_shortest(contract.vat_percent),
        orders=tuple(order_rows(orders)),
        review=review,
        stages=_stages(contract),
        corridor=contract_corridor(contract, "contract", person=person, on=on),
        moments=tuple(_moments(contract, review)),
        ledger=_ledger_rows(contract, person, priced=priced, on=on),
        findings=tuple(_findings(contract, lines, on=on)) if contract.state == Contract.State.DRAFT else (),
    )


def _shortest(percent: Decimal) -> Decimal:
    return percent.to_integral_value() if percent == percent.to_integral_value() else percent


def _line_row(line: ContractLine, progress: LineProgress, *, priced: bool) -> LineRow:
    return LineRow(
        pk=line.pk,
        ordinal=line.ordinal,
        service=line.service,
        service_label=line.get_service_display(),
        kind_code=line.kind_code,
        kind_name=kind_name(line.kind_code),
        description=line.description,
        event_label=line.get_event_display() if line.service in MEASURED else "",
        quantity=line.quantity,
        ordered=progress.ordered,
        done=progress.done,
        accepted=line.accepted_quantity,
        left=progress.left_to_order,
        is_measured=line.service in MEASURED,
        unit_price=line.unit_price if priced else None,
        net=line.quantity * line.unit_price if priced else None,
    )


def kind_name(code: str) -> str:
    """This will name a kind of the catalogue in the reader's language, nothing where there is no code."""
    if not code:
        return ""
    return kind_label(catalogue.kind(code))


def _stages(contract: Contract) -> tuple[Stage, ...]:
    moves = tuple((str(value), str(label)) for value, label in Contract.State.choices)
    return stages_of(moves, now=contract.state, stopped=frozenset({"cancelled"}))


def _moments(contract: Contract, review: ContractReview | None) -> list[Moment]:
    found = [Moment(contract.received_on, _("Nhận yêu cầu"))]
    if review is not None:
        title = _("Xem xét: đủ năng lực") if review.able else _("Xem xét: chưa đủ năng lực")
        found.append(
            Moment(review.on, title, review.note, review.by.full_name, "pass" if review.able else "fail")
        )
    days = (
        (contract.signed_on, _("Ký, số {number}").format(number=contract.number)),
        (contract.done_on, _("Thực hiện xong")),
        (contract.accepted_on, _("Nghiệm thu")),
        (contract.cancelled_on, _("Hủy")),
    )
    found += [Moment(day, title) for day, title in days if day is not None]
    if contract.stated_reason:
        found[-1] = Moment(found[-1].at, found[-1].title, contract.stated_reason, tone="open")
    return found[::-1]


def _ledger_rows(contract: Contract, person: Person, *, priced: bool, on: date) -> tuple[LedgerRow, ...]:
    if not person.may("ledger.see", organisation_id=contract.organisation_id, unit_id=None, on=on):
        return ()
    entries = Entry.objects.filter(source=reference(contract)).order_by("seq")
    return tuple(
        LedgerRow(
            seq=entry.seq,
            href=address("reporting:entry", contract.organisation.code, entry.seq),
            measure=measure_word(entry.measure),
            quantity=entry.quantity,
            amount=entry.amount if priced else None,
            reverses=entry.reverses_id is not None,
        )
        for entry in entries
    )


def _findings(contract: Contract, lines: list[ContractLine], *, on: date) -> Iterator[Finding]:
    performers = possible_performers(contract.organisation, on=on)
    for line in lines:
        if line.service != Service.VERIFICATION:
            continue
        try:
            listed = catalogue.kind(line.kind_code).is_listed(on)
            law = _("thuộc danh mục nhóm 2") if listed else _("không thuộc danh mục nhóm 2 hôm nay")
        except catalogue.IntervalUnknown as unknown:
            listed, law = False, str(unknown)
        names = [one.full_name for one in fitting(line, performers, on=on)]
        who = (
            _("có thẻ: {names}").format(names=", ".join(names)) if names else _("chưa ai có thẻ lĩnh vực này")
        )
        yield Finding(line.description, f"{law}; {who}", listed and bool(names))


def contract_corridor(
    contract: Contract,
    here: str,
    *,
    order: Order | None = None,
    person: Person | None = None,
    on: date | None = None,
) -> tuple[Stage, ...]:
    """This will give the strip from the contract to the report: what exists already opens where it is kept."""
    links = {"contract": address("contracts:contract", contract.pk)}
    labels = {"contract": _("Hợp đồng {number}").format(number=contract.number)} if contract.number else {}
    states = set(jobs_living(contract).values_list("state", flat=True).distinct())
    if order is not None:
        links["order"] = address("contracts:order", order.pk)
        labels["order"] = _("Phiếu việc {number}").format(number=order.number)
    elif states:
        links["order"] = _listed("contracts:orders", contract)
    if states & {Job.State.MEASURING, Job.State.DONE}:
        links["worksheet"] = _listed("verification:worksheets", contract)
    if Job.State.DONE in states:
        links["certificate"] = _listed("certificates:certificates", contract)
    if person is not None and on is not None:
        rows = _ledger_rows(contract, person, priced=False, on=on)
        links |= {"ledger": rows[0].href} if rows else {}
    return corridor(here, links={key: href for key, href in links.items() if href}, labels=labels)


def _listed(name: str, contract: Contract) -> str:
    """The list of a department, narrowed to what belongs to a contract; '' where the house has no such department."""
    href = address(name)
    return f"{href}?q={contract.number}" if href else ""

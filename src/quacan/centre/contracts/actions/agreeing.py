"""Agree on work: record, review, sign; report, accept, cancel."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image, locked
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.base.registers import take_number
from quacan.centre.contracts.actions.drafting import (
    checked_lines,
    checked_vat,
    derive,
    plain_lines,
    text,
    write_lines,
)
from quacan.centre.contracts.actions.moving import advance, in_order, move, post_contract
from quacan.centre.contracts.models import Contract, ContractLine, ContractReview, Job
from quacan.centre.contracts.queries import jobs_living, line_progress
from quacan.centre.contracts.refusals import (
    CountedByJobs,
    DayToCome,
    JobsStillOpen,
    LineOfAnother,
    NotAble,
    NothingDone,
    QuantityWrong,
    ReviewerUnknown,
)
from quacan.centre.contracts.rules import DECISION_RULES, MEASURED, LineDraft
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.parties.models import Party
from quacan.centre.parties.queries import current
from quacan.centre.people.models import Person


@action("contracts.record")
def record_contract(
    act: Act,
    organisation: Organisation,
    *,
    party: Party,
    title: str,
    received_on: date,
    lines: Sequence[LineDraft],
    unit: Unit | None = None,
    due_on: date | None = None,
    vat_percent: Decimal | None = None,
    decision_rule: str = "simple_acceptance",
    note: str = "",
) -> Contract:
    """This will record what a customer asks for, as a draft without number.

    ``vat_percent=None`` takes the rate of the day it was received; prices are whole đồng before VAT.
    """
    act.require(organisation, unit_id=unit.pk if unit else None)
    contract = Contract(organisation=organisation)
    _fill(contract, party, title, received_on, unit, due_on, vat_percent, decision_rule, note)
    drafts = checked_lines(lines)
    contract.save(force_insert=True)
    act.created(contract)
    act.noted(contract, before=None, after={"lines": plain_lines(write_lines(contract, drafts))})
    return contract


@action("contracts.record")
def change_contract(
    act: Act,
    contract: Contract,
    *,
    version: int,
    party: Party,
    title: str,
    received_on: date,
    lines: Sequence[LineDraft],
    unit: Unit | None = None,
    due_on: date | None = None,
    vat_percent: Decimal | None = None,
    decision_rule: str = "simple_acceptance",
    note: str = "",
) -> Contract:
    """This will change a draft; *version* is the one the form was opened with (StaleRecord)."""
    act.require(contract.organisation, unit_id=contract.unit_id)
    contract = locked(contract, version=version)
    move(contract, "change")
    before, old = image(contract), plain_lines(contract.lines.all())
    _fill(contract, party, title, received_on, unit, due_on, vat_percent, decision_rule, note)
    drafts = checked_lines(lines)
    contract.version += 1
    contract.save()
    contract.lines.all().delete()
    act.changed(contract, before)
    act.noted(contract, before={"lines": old}, after={"lines": plain_lines(write_lines(contract, drafts))})
    return contract


@action("contracts.review")
def review_contract(
    act: Act, contract: Contract, *, able: bool, note: str = "", on: date | None = None
) -> Contract:
    """This will record the review of the request (ISO/IEC 17025, 7.1): able, or not and why.

    Not able leaves the draft as it is, to be changed or cancelled.
    """
    act.require(contract.organisation, unit_id=contract.unit_id)
    contract = locked(contract)
    move(contract, "review")
    reviewer = Person.objects.filter(username=act.actor.username).first()
    if reviewer is None:
        raise ReviewerUnknown(person=act.actor.username)
    if not able and not note.strip():
        raise FieldMissing(field=_("Lý do chưa đủ năng lực"))
    day = on or act.on
    in_order(_("Ngày nhận"), contract.received_on, _("Ngày xem xét"), day)
    _not_to_come(_("Ngày xem xét"), day, act)
    before = image(contract)
    review, _created = ContractReview.objects.update_or_create(
        contract=contract, defaults={"by": reviewer, "on": day, "able": able, "note": text(note)}
    )
    if able:
        contract.state = Contract.State.REVIEWED
    _keep(contract)
    act.changed(contract, before)
    act.noted(review, before=None, after=image(review))
    return contract


@action("contracts.record")
def reopen_contract(act: Act, contract: Contract) -> Contract:
    """This will take a reviewed contract back to draft, with a reason; it must be reviewed again."""
    act.require(contract.organisation, unit_id=contract.unit_id)
    act.require_reason(_("mở lại dự thảo"))
    contract = locked(contract)
    move(contract, "reopen")
    before = image(contract)
    contract.state = Contract.State.DRAFT
    _keep(contract)
    act.changed(contract, before)
    return contract


@action("contracts.sign")
def sign_contract(
    act: Act, contract: Contract, *, signed_on: date | None = None, due_on: date | None = None
) -> Contract:
    """This will sign a reviewed contract: its number is taken from the register now and the book counts it."""
    act.require(contract.organisation, unit_id=contract.unit_id)
    contract = locked(contract)
    move(contract, "sign")
    review = ContractReview.objects.filter(contract=contract).first()
    if review is None or not review.able:
        raise NotAble(contract=str(contract), note=review.note if review else _("chưa xem xét"))
    day = signed_on or act.on
    in_order(_("Ngày xem xét"), review.on, _("Ngày ký"), day)
    _not_to_come(_("Ngày ký"), day, act)
    before = image(contract)
    contract.due_on = due_on or contract.due_on
    if contract.due_on is not None:
        in_order(_("Ngày ký"), day, _("Hạn hoàn thành"), contract.due_on)
    contract.number = take_number(act, contract.organisation, kind="contract", subject=contract, on=day).text
    contract.state, contract.signed_on = Contract.State.SIGNED, day
    derive(contract)
    _keep(contract)
    act.changed(contract, before)
    post_contract(act, contract)
    return contract


@action("contracts.record")
def report_done(
    act: Act, contract: Contract, *, line: ContractLine, quantity: int, on: date | None = None
) -> Contract:
    """This will state how much of a line without jobs (testing, consulting) is done so far."""
    act.require(contract.organisation, unit_id=contract.unit_id)
    contract = locked(contract)
    move(contract, "report")
    line = locked(line)
    if line.contract_id != contract.pk:
        raise LineOfAnother(contract=str(contract))
    if line.service in MEASURED:
        raise CountedByJobs(line=line.description)
    if not 0 <= quantity <= line.quantity:
        raise QuantityWrong(given=quantity, line=line.description, quantity=line.quantity)
    day = on or act.on
    _not_to_come(_("Ngày báo khối lượng"), day, act)
    before = image(line)
    line.reported_quantity = quantity
    line.save(update_fields=["reported_quantity"])
    act.changed(line, before)
    advance(act, contract, on=day, started=True)
    return contract


@action("contracts.sign")
def accept_contract(
    act: Act,
    contract: Contract,
    *,
    accepted_on: date | None = None,
    quantities: Mapping[int, int] | None = None,
) -> Contract:
    """This will accept the work: revenue counts from this day, on the accepted quantities.

    *quantities* are by line id; without them what is done is accepted. Less than agreed needs a reason, and no job
    may still be open.
    """
    act.require(contract.organisation, unit_id=contract.unit_id)
    contract = locked(contract)
    move(contract, "accept")
    day = accepted_on or act.on
    in_order(_("Ngày ký"), contract.signed_on or day, _("Ngày nghiệm thu"), day)
    _not_to_come(_("Ngày nghiệm thu"), day, act)
    _refuse_open_jobs(contract, (Job.State.WAITING, Job.State.MEASURING))
    before = image(contract)
    accepted = _accepted_quantities(contract, quantities or {})
    if any(n < line.quantity for line, n in accepted):
        act.require_reason(_("nghiệm thu thiếu khối lượng"))
        contract.stated_reason = act.reason.strip()
    for line, n in accepted:
        line.accepted_quantity = n
    ContractLine.objects.bulk_update([line for line, _n in accepted], ["accepted_quantity"])
    contract.state, contract.accepted_on = Contract.State.ACCEPTED, day
    _keep(contract)
    act.changed(contract, before)
    act.noted(contract, before=None, after={"accepted": {line.ordinal: n for line, n in accepted}})
    post_contract(act, contract)
    return contract


@action("contracts.record")
def cancel_contract(act: Act, contract: Contract, *, on: date | None = None) -> Contract:
    """This will cancel a contract, with a reason; its number is never used again and the book reverses it.

    Refused while jobs wait, are measured or have results.
    """
    act.require(contract.organisation, unit_id=contract.unit_id)
    act.require_reason(_("hủy hợp đồng"))
    contract = locked(contract)
    move(contract, "cancel")
    _refuse_open_jobs(contract, (Job.State.WAITING, Job.State.MEASURING, Job.State.DONE))
    day = on or act.on
    in_order(_("Ngày nhận"), contract.received_on, _("Ngày hủy"), day)
    _not_to_come(_("Ngày hủy"), day, act)
    before = image(contract)
    contract.state, contract.cancelled_on = Contract.State.CANCELLED, day
    contract.stated_reason = act.reason.strip()
    _keep(contract)
    act.changed(contract, before)
    post_contract(act, contract)
    return contract


def _fill(
    contract: Contract,
    party: Party,
    title: str,
    received_on: date,
    unit: Unit | None,
    due_on: date | None,
    vat_percent: Decimal | None,
    decision_rule: str,
    note: str,
) -> None:
    contract.title = text(title)
    if not contract.title:
        raise FieldMissing(field=_("Nội dung hợp đồng"))
    if len(contract.title) > 250:
        raise FieldWrong(field=_("Nội dung hợp đồng"), why=_("dài quá 250 ký tự"))
    if unit is not None and unit.organisation_id != contract.organisation_id:
        raise FieldWrong(field=_("Phòng/tổ"), why=_("thuộc cơ quan khác"))
    if decision_rule not in DECISION_RULES:
        raise FieldWrong(field=_("Quy tắc ra quyết định"), why=decision_rule)
    if due_on is not None:
        in_order(_("Ngày nhận"), received_on, _("Hạn hoàn thành"), due_on)
    contract.party, contract.unit = current(party), unit
    contract.received_on, contract.due_on = received_on, due_on
    contract.vat_percent = checked_vat(vat_percent, received_on)
    contract.decision_rule, contract.note = decision_rule, note.strip()
    derive(contract)


def _accepted_quantities(contract: Contract, given: Mapping[int, int]) -> list[tuple[ContractLine, int]]:
    lines = list(contract.lines.all())
    if set(given) - {line.pk for line in lines}:
        raise LineOfAnother(contract=str(contract))
    progress = line_progress(lines)
    accepted = []
    for line in lines:
        done = progress[line.pk].done
        wanted = given.get(line.pk, done)
        if not 0 <= wanted <= done:
            raise QuantityWrong(given=wanted, line=line.description, quantity=done)
        accepted.append((line, wanted))
    if not any(n for _line, n in accepted):
        raise NothingDone(contract=str(contract))
    return accepted


def _refuse_open_jobs(contract: Contract, states: Sequence[str]) -> None:
    count = jobs_living(contract).filter(state__in=states).count()
    if count:
        raise JobsStillOpen(contract=str(contract), count=count)


def _not_to_come(what: str, on: date, act: Act) -> None:
    if on > act.on:
        raise DayToCome(what=what, on=on)


def _keep(contract: Contract) -> None:
    contract.version += 1
    contract.save()

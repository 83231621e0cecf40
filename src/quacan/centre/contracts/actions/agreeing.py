"""Agree on work: record, review, sign; report, accept, cancel."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image, locked
from quacan.centre.base.refusals import FieldMissing
from quacan.centre.base.registers import take_number
from quacan.centre.contracts.actions.advancing import advance, in_order, post_contract
from quacan.centre.contracts.actions.drafting import (
    ContractDraft,
    checked_lines,
    derive,
    fill,
    plain_lines,
    text,
    write_lines,
)
from quacan.centre.contracts.models import Contract, ContractLine, ContractReview
from quacan.centre.contracts.moves import ACCEPT, CANCEL, CHANGE, REOPEN, REPORT, REVIEW, SIGN
from quacan.centre.contracts.queries import line_progress
from quacan.centre.contracts.refusals import (
    CountedByJobs,
    DayToCome,
    LineOfAnother,
    NothingDone,
    QuantityWrong,
)
from quacan.centre.contracts.rules import MEASURED
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person


@action("contracts.record")
def record_contract(act: Act, organisation: Organisation, draft: ContractDraft) -> Contract:
    """This will give what a customer asks for, as a draft without number."""
    act.require(organisation, unit_id=draft.unit.pk if draft.unit else None)
    contract = Contract(organisation=organisation)
    fill(contract, draft)
    lines = checked_lines(draft.lines)
    contract.save(force_insert=True)
    act.created(contract)
    act.noted(contract, before=None, after={"lines": plain_lines(write_lines(contract, lines))})
    return contract


@action(CHANGE)
def change_contract(act: Act, contract: Contract, draft: ContractDraft, *, version: int) -> Contract:
    """This will give the draft as it was changed; *version* is the one the form was opened with (StaleRecord)."""
    old = plain_lines(contract.lines.all())
    fill(contract, draft)
    lines = checked_lines(draft.lines)
    act.moved(contract)
    contract.lines.all().delete()
    act.noted(contract, before={"lines": old}, after={"lines": plain_lines(write_lines(contract, lines))})
    return contract


@action(REVIEW)
def review_contract(
    act: Act, contract: Contract, *, able: bool, note: str = "", on: date | None = None
) -> Contract:
    """This will give the contract with the review of its request (ISO/IEC 17025, 7.1): able, or not and why.

    Not able leaves the draft as it is, to be changed or cancelled.
    """
    if not able and not note.strip():
        raise FieldMissing(field=_("Lý do chưa đủ năng lực"))
    day = on or act.on
    in_order(_("Ngày nhận"), contract.received_on, _("Ngày xem xét"), day)
    _not_to_come(_("Ngày xem xét"), day, act)
    reviewer = Person.objects.get(username=act.actor.username)
    review, _created = ContractReview.objects.update_or_create(
        contract=contract, defaults={"by": reviewer, "on": day, "able": able, "note": text(note)}
    )
    act.moved(contract, to=Contract.State.REVIEWED if able else Contract.State.DRAFT)
    act.noted(review, before=None, after=image(review))
    return contract


@action(REOPEN)
def reopen_contract(act: Act, contract: Contract) -> Contract:
    """This will give a reviewed contract back as a draft; it must be reviewed again."""
    act.moved(contract)
    return contract


@action(SIGN)
def sign_contract(
    act: Act, contract: Contract, *, signed_on: date | None = None, due_on: date | None = None
) -> Contract:
    """This will give the signed contract: its number is taken from the register now and the book counts it."""
    review = ContractReview.objects.get(contract=contract)
    day = signed_on or act.on
    in_order(_("Ngày xem xét"), review.on, _("Ngày ký"), day)
    _not_to_come(_("Ngày ký"), day, act)
    contract.due_on = due_on or contract.due_on
    if contract.due_on is not None:
        in_order(_("Ngày ký"), day, _("Hạn hoàn thành"), contract.due_on)
    contract.number = take_number(act, contract.organisation, kind="contract", subject=contract, on=day).text
    derive(contract)
    act.moved(contract, signed_on=day)
    post_contract(act, contract)
    return contract


@action(REPORT)
def report_done(
    act: Act, contract: Contract, *, line: ContractLine, quantity: int, on: date | None = None
) -> Contract:
    """This will state how much of a line without jobs (testing, consulting) is done so far."""
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
    return advance(act, contract, on=day)


@action(ACCEPT)
def accept_contract(
    act: Act,
    contract: Contract,
    *,
    accepted_on: date | None = None,
    quantities: Mapping[int, int] | None = None,
) -> Contract:
    """This will give the accepted contract: revenue counts from this day, on the accepted quantities.

    *quantities* are by line id; without them what is done is accepted. Less than agreed needs a reason.
    """
    day = accepted_on or act.on
    in_order(_("Ngày ký"), contract.signed_on or day, _("Ngày nghiệm thu"), day)
    _not_to_come(_("Ngày nghiệm thu"), day, act)
    accepted = _accepted_quantities(contract, quantities or {})
    if any(n < line.quantity for line, n in accepted):
        act.require_reason(_("nghiệm thu thiếu khối lượng"))
        contract.stated_reason = act.reason.strip()
    for line, n in accepted:
        line.accepted_quantity = n
    ContractLine.objects.bulk_update([line for line, _n in accepted], ["accepted_quantity"])
    act.moved(contract, accepted_on=day)
    act.noted(contract, before=None, after={"accepted": {line.ordinal: n for line, n in accepted}})
    post_contract(act, contract)
    return contract


@action(CANCEL)
def cancel_contract(act: Act, contract: Contract, *, on: date | None = None) -> Contract:
    """This will give the cancelled contract; its number is never used again and the book reverses it."""
    day = on or act.on
    in_order(_("Ngày nhận"), contract.received_on, _("Ngày hủy"), day)
    _not_to_come(_("Ngày hủy"), day, act)
    act.moved(contract, cancelled_on=day, stated_reason=act.reason.strip())
    post_contract(act, contract)
    return contract


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


def _not_to_come(what: str, on: date, act: Act) -> None:
    if on > act.on:
        raise DayToCome(what=what, on=on)

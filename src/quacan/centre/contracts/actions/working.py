"""Give out the work of a contract and follow it: orders and jobs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, carried, locked
from quacan.centre.base.chain import canonical
from quacan.centre.base.language.folding import fold
from quacan.centre.base.moves import hindrances, wrong_stage
from quacan.centre.base.refusals import FieldWrong, Refusal
from quacan.centre.base.registers import take_number
from quacan.centre.contracts.actions.advancing import advance, in_order
from quacan.centre.contracts.actions.drafting import text
from quacan.centre.contracts.models import Contract, ContractLine, EventKind, Job, Order, Service
from quacan.centre.contracts.moves import (
    ADD_JOBS,
    ADVANCE,
    CANCEL_JOB,
    FINISH,
    GIVE_OUT,
    REASSIGN,
    START,
    TAKE_BACK,
)
from quacan.centre.contracts.queries import line_progress
from quacan.centre.contracts.refusals import (
    InstrumentNotInUse,
    InstrumentOnOrder,
    InstrumentTwice,
    KindDiffers,
    LineOfAnother,
    NoJobs,
    NotAPerformer,
    NotMeasured,
    TooManyJobs,
)
from quacan.centre.contracts.rules import MEASURED
from quacan.centre.instruments.catalogue import kind as catalogue_kind
from quacan.centre.instruments.library import extent_of, shelves_for
from quacan.centre.instruments.models import Instrument
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.people.models import Person
from quacan.centre.people.queries import require_authorisation, require_card
from quacan.centre.people.refusals import BeyondAuthorisation, NotAuthorisedFor


@dataclass(frozen=True, slots=True)
class JobPlan:
    """One instrument to be done under a line by a performer; without *event* the line's own."""

    line: ContractLine
    instrument: Instrument
    performer: Person
    event: str = ""


@action(GIVE_OUT)
def order_work(
    act: Act,
    contract: Contract,
    *,
    planned_on: date,
    jobs: Sequence[JobPlan],
    place: str = "",
    unit: Unit | None = None,
    note: str = "",
) -> Order:
    """This will give out instruments of a signed contract to performers on a day; the order takes its number.

    Never more instruments than a line agrees, only people who may measure there on that day, no instrument twice.
    """
    unit = unit or contract.unit
    act.require(contract.organisation, unit_id=unit.pk if unit else None)
    if contract.signed_on is not None:
        in_order(_("Ngày ký"), contract.signed_on, _("Ngày thực hiện"), planned_on)
    if unit is not None and unit.organisation_id != contract.organisation_id:
        raise FieldWrong(field=_("Phòng/tổ"), why=_("thuộc cơ quan khác"))
    plans = _checked_plans(contract, unit, planned_on, jobs)
    order = Order(
        organisation=contract.organisation,
        unit=unit,
        contract=contract,
        planned_on=planned_on,
        place=text(place)[:250],
        note=text(note)[:300],
    )
    order.number = take_number(act, contract.organisation, kind="order", subject=contract, on=planned_on).text
    order.folded = fold(f"{order.number} {contract.number} {contract.party.name} {order.place}")[:600]
    order.save(force_insert=True)
    act.created(order)
    _write_jobs(act, order, plans)
    advance(act, contract, on=planned_on)
    return order


@action(ADD_JOBS)
def add_jobs(act: Act, order: Order, *, jobs: Sequence[JobPlan]) -> Order:
    """This will add instruments found on the spot to an order, within what the contract agrees."""
    order.contract = locked(order.contract)  # nobody else gives out its work meanwhile
    for refusal in hindrances(ADD_JOBS, order, act.actor, on=act.on):
        raise refusal
    _write_jobs(act, order, _checked_plans(order.contract, order.unit, order.planned_on, jobs))
    return order


@action(REASSIGN)
def reassign_job(act: Act, job: Job, *, performer: Person) -> Job:
    """This will give a job that nobody has begun to another performer."""
    order = job.order
    _refuse_non_performers(order.organisation, order.unit, order.planned_on, [performer])
    if job.line.service == Service.VERIFICATION:
        field = catalogue_kind(job.instrument.kind_code).field
        require_card(performer, order.organisation, field=field, on=order.planned_on)
    plan = JobPlan(line=job.line, instrument=job.instrument, performer=performer, event=job.event)
    _refuse_unauthorised(order.organisation, order.planned_on, [plan])
    act.moved(job, performer=performer)
    return job


@action(CANCEL_JOB)
def cancel_job(act: Act, job: Job) -> Job:
    """This will take back a job that nobody has begun."""
    act.moved(job)
    return job


def start_job(act: Act, job: Job) -> Job:
    """This will mark a waiting job as being measured, inside the action that opens its worksheet."""
    return carried(act, START, job, done_on=None)


def start_jobs(act: Act, order: Order, *, jobs: Sequence[Job]) -> None:
    """This will mark waiting jobs of an order as being measured, inside another action: one line with their list."""
    keys = [job.pk for job in jobs]
    for job in Job.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
        if not START.starts_from(job):
            raise wrong_stage(START, job)
    Job.objects.filter(pk__in=keys).update(state=START.target[0], done_on=None)
    act.noted(order, before={"jobs": Job.State.WAITING}, after={"jobs": START.target[0], "list": keys})


def finish_job(act: Act, job: Job, *, on: date | None = None) -> Job:
    """This will mark a job as having a result, inside the action that issues it; the contract advances.

    A job that has its result already stays as it is (a replaced certificate does not count twice).
    """
    contract = locked(job.order.contract)
    job = locked(job)
    if job.state == Job.State.DONE:
        return job
    day = on or act.on
    job = carried(act, FINISH, job, done_on=day)
    if ADVANCE.starts_from(contract):
        advance(act, contract, on=day)
    return job


def reopen_job(act: Act, job: Job) -> Job:
    """This will take a job's result back (revoked, worksheet given up), inside another action; the contract follows."""
    contract = locked(job.order.contract)
    was_done = locked(job).state == Job.State.DONE
    to = Job.State.MEASURING if was_done else Job.State.WAITING
    job = carried(act, TAKE_BACK, job, to=to, done_on=None)
    if contract.state == Contract.State.DONE:
        advance(act, contract, on=act.on)
    return job


def _checked_plans(
    contract: Contract, unit: Unit | None, on: date, jobs: Sequence[JobPlan]
) -> Sequence[JobPlan]:
    if not jobs:
        raise NoJobs()
    _refuse_wrong_lines(contract, jobs)
    _refuse_wrong_instruments(jobs)
    _refuse_non_performers(contract.organisation, unit, on, {plan.performer for plan in jobs})
    for performer, field in sorted({(plan.performer, _field(plan)) for plan in jobs}, key=str):
        if field:
            require_card(performer, contract.organisation, field=field, on=on)
    _refuse_unauthorised(contract.organisation, on, jobs)
    _refuse_too_many(jobs)
    return jobs


def _refuse_unauthorised(organisation: Organisation, on: date, jobs: Sequence[JobPlan]) -> None:
    """Where procedures govern the work on that day, the performer must be authorised for one of them, this far."""
    known: set[tuple[object, ...]] = set()
    for plan in jobs:
        event = plan.event or plan.line.event
        what = (plan.instrument.kind_code, event, plan.line.service)
        key = (plan.performer.pk, *what, canonical(plan.instrument.characteristics))
        if key not in known:
            known.add(key)
            _require_leave(organisation, on, plan, event)


def _require_leave(organisation: Organisation, on: date, plan: JobPlan, event: str) -> None:
    kind, service = plan.instrument.kind_code, plan.line.service
    refused: Refusal | None = None
    for shelf in shelves_for(kind, event=event, service=service, on=on):
        extent = extent_of(shelf.procedure, plan.instrument.characteristics)
        code = shelf.procedure.code
        try:
            require_authorisation(plan.performer, organisation, procedure=code, on=on, extent=extent)
        except (NotAuthorisedFor, BeyondAuthorisation) as refusal:
            refused = refusal if refused is None or isinstance(refusal, BeyondAuthorisation) else refused
        else:
            return
    if refused is not None:
        raise refused


def _refuse_wrong_lines(contract: Contract, jobs: Sequence[JobPlan]) -> None:
    for line in {plan.line for plan in jobs}:
        if line.contract_id != contract.pk:
            raise LineOfAnother(contract=str(contract))
        if line.service not in MEASURED:
            raise NotMeasured(line=line.description)


def _refuse_wrong_instruments(jobs: Sequence[JobPlan]) -> None:
    seen: set[tuple[int, int]] = set()
    for plan in jobs:
        instrument = plan.instrument
        if plan.line.kind_code and instrument.kind_code != plan.line.kind_code:
            raise KindDiffers(
                instrument=str(instrument),
                kind=instrument.kind_code,
                line=plan.line.description,
                wanted=plan.line.kind_code,
            )
        if instrument.state == Instrument.State.STOPPED:
            raise InstrumentNotInUse(instrument=str(instrument), state=instrument.get_state_display())
        if plan.event and plan.event not in EventKind.values:
            raise FieldWrong(field=_("Chế độ"), why=plan.event)
        if (plan.line.pk, instrument.pk) in seen:
            raise InstrumentTwice(instrument=str(instrument))
        seen.add((plan.line.pk, instrument.pk))
    _refuse_ordered(jobs)


def _refuse_ordered(jobs: Sequence[JobPlan]) -> None:
    """An instrument waits for or is under one measurement at a time, and comes once in a line."""
    rows = Job.objects.filter(instrument__in=[plan.instrument for plan in jobs])
    open_now = rows.filter(state__in=(Job.State.WAITING, Job.State.MEASURING))
    in_line = rows.filter(state=Job.State.DONE, line__in={plan.line for plan in jobs})
    known = open_now.select_related("instrument", "order").first() or _done_in_line(jobs, in_line)
    if known is not None:
        raise InstrumentOnOrder(instrument=str(known.instrument), order=known.order.number)


def _done_in_line(jobs: Sequence[JobPlan], rows: QuerySet[Job]) -> Job | None:
    wanted = {(plan.line.pk, plan.instrument.pk) for plan in jobs}
    for job in rows.select_related("instrument", "order"):
        if (job.line_id, job.instrument_id) in wanted:
            return job
    return None


def _refuse_non_performers(
    organisation: Organisation, unit: Unit | None, on: date, people: Sequence[Person] | set[Person]
) -> None:
    for person in people:
        if not person.may(
            "worksheets.record", organisation_id=organisation.pk, unit_id=unit.pk if unit else None, on=on
        ):
            raise NotAPerformer(person=person.full_name, organisation=organisation.short_name, on=on)


def _field(plan: JobPlan) -> str:
    """The field a verifier's card must cover; calibration needs none by law."""
    if plan.line.service != Service.VERIFICATION:
        return ""
    return catalogue_kind(plan.instrument.kind_code).field


def _refuse_too_many(jobs: Sequence[JobPlan]) -> None:
    lines = {plan.line.pk: plan.line for plan in jobs}
    progress = line_progress(lines.values())
    for line_id, wanted in Counter(plan.line.pk for plan in jobs).items():
        if wanted > progress[line_id].left_to_order:
            raise TooManyJobs(
                line=lines[line_id].description,
                quantity=progress[line_id].quantity,
                ordered=progress[line_id].ordered,
                wanted=wanted,
            )


def _write_jobs(act: Act, order: Order, plans: Sequence[JobPlan]) -> None:
    Job.objects.bulk_create(
        Job(
            order=order,
            line=plan.line,
            instrument=plan.instrument,
            performer=plan.performer,
            event=plan.event or plan.line.event,
        )
        for plan in plans
    )
    listed = [
        {"line": plan.line.ordinal, "instrument": plan.instrument.pk, "performer": plan.performer.username}
        for plan in plans
    ]
    act.noted(order, before=None, after={"jobs": listed})

"""Doors of orders and jobs: give out work, follow it, give it to another, take it back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import act_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import paginate
from quacan.centre.base.refusals import FieldMissing, FieldWrong, NotAuthorised, NotFound, Refusal
from quacan.centre.contracts import actions
from quacan.centre.contracts.actions import JobPlan
from quacan.centre.contracts.forms import NewOnOrderForm, OrderForm
from quacan.centre.contracts.models import Contract, Job, Order
from quacan.centre.contracts.queries import (
    Candidate,
    LineOffer,
    candidate_of,
    contract_corridor,
    contract_seen_by,
    fitting,
    job_seen_by,
    jobs_seen_by,
    offers,
    order_rows,
    order_seen_by,
    orders_seen_by,
    possible_performers,
    with_jobs,
)
from quacan.centre.contracts.tables import orders_listing
from quacan.centre.instruments.actions import register_instrument
from quacan.centre.instruments.models import Instrument
from quacan.centre.instruments.queries import instrument_seen_by
from quacan.centre.parties.queries import current, establishments_of
from quacan.centre.people.models import Person


@dataclass(frozen=True, slots=True)
class Typed:
    """What was chosen on an order's form: pairs of line and instrument, and a performer of its own for some."""

    chosen: tuple[tuple[int, int], ...] = ()
    performers: dict[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """An instrument offered on an order's form, as it was typed: chosen or not, with a performer of its own."""

    candidate: Candidate
    pair: str
    is_chosen: bool
    performer: int | None = None


def _choices(offer: LineOffer, typed: Typed) -> list[Choice]:
    found = []
    for candidate in offer.candidates:
        pair = (offer.line.pk, candidate.instrument.pk)
        name = f"{pair[0]}:{pair[1]}"
        found.append(Choice(candidate, name, pair in typed.chosen, typed.performers.get(pair)))
    return found


@require_safe
def orders(request: HttpRequest) -> HttpResponseBase:
    """This will list orders."""
    on, person = today(), cast(Person, request.user)
    rows, listing = with_jobs(orders_seen_by(person, on=on)), orders_listing(person, on)
    if file := exported(request, rows, listing, on=on):
        return file
    page = paginate(rows, listing, request.GET.dict())
    shaped = {row.pk: row for row in order_rows(list(page.rows))}
    return render(
        request, "contracts/orders.html", {"page": page.of(lambda order: shaped[order.pk]), "on": on}
    )


@require_safe
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show one order with its jobs."""
    on, person = today(), cast(Person, request.user)
    return _order_page(request, order_seen_by(person, pk, on=on), person, on)


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as an order's page shows it, with the way to its worksheet."""

    job: Job
    place: str
    open_href: str
    is_waiting: bool
    is_mine: bool


def _order_page(
    request: HttpRequest, found: Order, person: Person, on: date, refusal: Refusal | None = None
) -> HttpResponse:
    jobs = found.jobs.select_related("instrument__establishment", "line", "performer").order_by("id")
    assigns = person.may("orders.assign", organisation_id=found.organisation_id, unit_id=found.unit_id, on=on)
    context = {
        "order": found,
        "contract": found.contract,
        "party": current(found.contract.party),
        "corridor": contract_corridor(found.contract, "order", order=found, person=person, on=on),
        "jobs": [_job_row(job, person) for job in jobs],
        "performers": possible_performers(found.organisation, on=found.planned_on) if assigns else [],
        "may_assign": assigns,
        "may_add": assigns and bool(offers(found.contract)) and found.contract.state in {"signed", "running"},
        "batch_href": _batch_address(found) if _mine_waiting(jobs, person) > 1 else "",
        "refusal": refusal,
        "on": on,
    }
    return render(request, "contracts/order.html", context, status=422 if refusal else 200)


def _job_row(job: Job, person: Person) -> JobRow:
    place = job.instrument.establishment
    return JobRow(
        job=job,
        place=place.name if place else "",
        open_href=_worksheet_address(job),
        is_waiting=job.state == Job.State.WAITING,
        is_mine=job.performer_id == person.pk,
    )


def _mine_waiting(jobs: Iterable[Job], person: Person) -> int:
    return sum(job.performer_id == person.pk and job.state == Job.State.WAITING for job in jobs)


def _batch_address(order: Order) -> str:
    try:
        return reverse("verification:open_batch", args=[order.pk])
    except NoReverseMatch:
        return ""


def _worksheet_address(job: Job) -> str:
    try:
        return reverse("verification:open", args=[job.pk])
    except NoReverseMatch:
        return ""


@require_safe
def of_instrument(request: HttpRequest, pk: int) -> HttpResponse:
    """This will list the jobs of one instrument, as a part of its page."""
    on, person = today(), cast(Person, request.user)
    instrument = instrument_seen_by(person, pk, on=on)
    jobs = jobs_seen_by(person, on=on).filter(instrument=instrument).order_by("-id")[:20]
    return render(request, "contracts/of_instrument.html", {"jobs": jobs})


def new_order(request: HttpRequest, pk: int) -> HttpResponse:
    """This will give out instruments of a contract."""
    on, person = today(), cast(Person, request.user)
    return _ordering(request, contract_seen_by(person, pk, on=on), None, person, on)


def add_jobs(request: HttpRequest, pk: int) -> HttpResponse:
    """This will add instruments to an order."""
    on, person = today(), cast(Person, request.user)
    found = order_seen_by(person, pk, on=on)
    return _ordering(request, found.contract, found, person, on)


def _ordering(
    request: HttpRequest, contract: Contract, existing: Order | None, person: Person, on: date
) -> HttpResponse:
    _refuse_without_right(contract, existing, person, on)
    day = existing.planned_on if existing else max(on, contract.signed_on or on)
    performers = possible_performers(contract.organisation, on=day)
    lines = offers(contract)
    form = OrderForm(request.POST or None, performers=performers, initial=_order_initial(existing, day))
    typed = _typed(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = _give_out(request, contract, existing, form, typed, lines, performers)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("contracts:order", made.pk)
    context = {
        "form": form,
        "contract": contract,
        "existing": existing,
        "party": current(contract.party),
        "lines": [
            (offer, _choices(offer, typed), fitting(offer.line, performers, on=day)) for offer in lines
        ],
        "performers": performers,
        "places": list(establishments_of(contract.party)[:200]),
        "corridor": contract_corridor(contract, "order", person=person, on=on),
        "on": on,
        "soon": on + timedelta(days=30),
    }
    return render(request, "contracts/order_form.html", context, status=422 if form.is_bound else 200)


def _refuse_without_right(contract: Contract, existing: Order | None, person: Person, on: date) -> None:
    unit_id = existing.unit_id if existing else contract.unit_id
    if not person.may("orders.assign", organisation_id=contract.organisation_id, unit_id=unit_id, on=on):
        raise NotAuthorised(
            person=person.full_name, permission="orders.assign", organisation=contract.organisation.short_name
        )


def _order_initial(existing: Order | None, day: date) -> dict[str, object]:
    if existing is None:
        return {"planned_on": day}
    return {"planned_on": day, "place": existing.place, "note": existing.note}


def _typed(request: HttpRequest) -> Typed:
    chosen = []
    performers = {}
    for text in request.POST.getlist("job"):
        line, _colon, instrument = text.partition(":")
        if line.isdecimal() and instrument.isdecimal():
            pair = (int(line), int(instrument))
            chosen.append(pair)
            own = request.POST.get(f"performer-{text}", "")
            if own.isdecimal():
                performers[pair] = int(own)
    return Typed(tuple(dict.fromkeys(chosen)), performers)


def _give_out(
    request: HttpRequest,
    contract: Contract,
    existing: Order | None,
    form: OrderForm,
    typed: Typed,
    lines: Sequence[LineOffer],
    performers: Sequence[Person],
) -> Order:
    plans = _plans(typed, lines, {one.pk: one for one in performers}, form.cleaned_data["performer"])
    if existing is not None:
        return actions.add_jobs(act_from(request), existing, jobs=plans)
    return actions.order_work(
        act_from(request),
        contract,
        planned_on=form.cleaned_data["planned_on"],
        place=form.cleaned_data["place"],
        note=form.cleaned_data["note"],
        jobs=plans,
    )


def _plans(
    typed: Typed, lines: Sequence[LineOffer], performers: dict[int, Person], default: Person
) -> list[JobPlan]:
    offered = {(o.line.pk, c.instrument.pk): (o.line, c.instrument) for o in lines for c in o.candidates}
    plans = []
    for pair in typed.chosen:
        if pair not in offered:
            raise FieldWrong(field=_("Phương tiện đo"), why=_("không còn chọn được; tải lại trang"))
        line, instrument = offered[pair]
        performer = performers.get(typed.performers.get(pair, 0), default)
        plans.append(JobPlan(line=line, instrument=instrument, performer=performer))
    return plans


@require_POST
def new_instrument(request: HttpRequest, pk: int, line_pk: int) -> HttpResponse:
    """This will enter an instrument of the customer while its order is made, and give its row, chosen."""
    on, person = today(), cast(Person, request.user)
    contract = contract_seen_by(person, pk, on=on)
    offer = next((one for one in offers(contract) if one.line.pk == line_pk), None)
    if offer is None:
        raise NotFound(record=_("dòng số {pk}").format(pk=line_pk))
    made = _enter(request, contract, offer.line.kind_code)
    performers = possible_performers(contract.organisation, on=on)
    context = {
        "one": Choice(candidate_of(made), f"{line_pk}:{made.pk}", is_chosen=True),
        "fit": fitting(offer.line, performers, on=on),
        "on": on,
        "soon": on + timedelta(days=30),
    }
    return render(request, "contracts/candidate.html", context)


def _enter(request: HttpRequest, contract: Contract, kind_code: str) -> Instrument:
    form = NewOnOrderForm(request.POST)
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise FieldWrong(field=form.fields[name].label or name, why=str(errors[0]).rstrip("."))
    place = request.POST.get("n_place", "")
    found = establishments_of(contract.party).filter(pk=int(place)).first() if place.isdecimal() else None
    act = act_from(request)
    act.key = ""  # the form's key belongs to the order; a second instrument is no repetition
    return register_instrument(
        act,
        contract.organisation,
        kind_code=kind_code,
        owner=current(contract.party),
        serial=form.cleaned_data["n_serial"],
        type=form.cleaned_data["n_type"],
        maker=form.cleaned_data["n_maker"],
        year=form.cleaned_data["n_year"],
        establishment=found,
    )


@require_POST
def reassign(request: HttpRequest, pk: int) -> HttpResponse:
    """This will give a waiting job to another performer."""
    on, person = today(), cast(Person, request.user)
    job = job_seen_by(person, pk, on=on)
    number = request.POST.get("performer", "")
    try:
        performer = Person.objects.filter(pk=int(number) if number.isdecimal() else 0).first()
        if performer is None:
            raise FieldMissing(field=_("Người thực hiện"))
        actions.reassign_job(act_from(request), job, performer=performer)
    except Refusal as refusal:
        return _order_page(request, order_seen_by(person, job.order_id, on=on), person, on, refusal)
    return redirect("contracts:order", job.order_id)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """This will take a waiting job back."""
    on, person = today(), cast(Person, request.user)
    job = job_seen_by(person, pk, on=on)
    try:
        actions.cancel_job(act_from(request), job)
    except Refusal as refusal:
        return _order_page(request, order_seen_by(person, job.order_id, on=on), person, on, refusal)
    return redirect("contracts:order", job.order_id)

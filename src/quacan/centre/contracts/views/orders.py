"""Doors of orders and jobs: give out work, follow it, give it to another, take it back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.act import Act
from quacan.centre.base.doors import act_from, address, attempt, edit_page, key_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import paginate
from quacan.centre.base.moves import Offer, offer
from quacan.centre.base.refusals import FieldMissing, FieldWrong, NotAuthorised, NotFound, Refusal
from quacan.centre.contracts import actions
from quacan.centre.contracts.actions import JobPlan
from quacan.centre.contracts.forms import NewOnOrderForm, OrderForm
from quacan.centre.contracts.models import Contract, Job, Order
from quacan.centre.contracts.moves import ADD_JOBS, CANCEL_JOB, GIVE_OUT, REASSIGN
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
from quacan.centre.instruments.actions import InstrumentDraft, register_instrument
from quacan.centre.instruments.models import Instrument
from quacan.centre.instruments.queries import instrument_seen_by
from quacan.centre.parties.queries import current, establishments_of
from quacan.centre.people.models import Person
from quacan.centre.people.queries import person_of


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


def _choices(offered: LineOffer, typed: Typed) -> list[Choice]:
    found = []
    for candidate in offered.candidates:
        pair = (offered.line.pk, candidate.instrument.pk)
        name = f"{pair[0]}:{pair[1]}"
        found.append(Choice(candidate, name, pair in typed.chosen, typed.performers.get(pair)))
    return found


@require_safe
def orders(request: HttpRequest) -> HttpResponseBase:
    """This will list orders."""
    on, person = today(), person_of(request)
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
    on, person = today(), person_of(request)
    return _order_page(request, order_seen_by(person, pk, on=on), person, on)


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as an order's page shows it: what may be done with it, and the way to its worksheet."""

    job: Job
    place: str
    open_href: str
    is_waiting: bool
    is_mine: bool
    reassign: Offer
    cancel: Offer


def _order_page(
    request: HttpRequest, found: Order, person: Person, on: date, refusal: Refusal | None = None
) -> HttpResponse:
    jobs = found.jobs.select_related("instrument__establishment", "line", "performer").order_by("id")
    rows = [_job_row(job, found, person, on) for job in jobs]
    gives = any(row.reassign.is_open for row in rows)
    context = {
        "order": found,
        "contract": found.contract,
        "party": current(found.contract.party),
        "corridor": contract_corridor(found.contract, "order", order=found, person=person, on=on),
        "jobs": rows,
        "performers": possible_performers(found.organisation, on=found.planned_on) if gives else [],
        "add": offer(ADD_JOBS, found, person, on=on),
        "batch_href": _batch_address(found)
        if sum(row.is_mine and row.is_waiting for row in rows) > 1
        else "",
        "refusal": refusal,
        "on": on,
    }
    return render(request, "contracts/order.html", context, status=422 if refusal else 200)


def _job_row(job: Job, order: Order, person: Person, on: date) -> JobRow:
    job.order = order  # one order for all its jobs, with its organisation
    place = job.instrument.establishment
    is_waiting, is_mine = job.state == Job.State.WAITING, job.performer_id == person.pk
    opens = job.state != Job.State.CANCELLED and (is_mine or not is_waiting)
    return JobRow(
        job=job,
        place=place.name if place else "",
        open_href=address("verification:open", job.pk) if opens else "",
        is_waiting=is_waiting,
        is_mine=is_mine,
        reassign=offer(REASSIGN, job, person, on=on),
        cancel=offer(CANCEL_JOB, job, person, on=on),
    )


def _batch_address(order: Order) -> str:
    return address("verification:open_batch", order.pk)


@require_safe
def of_instrument(request: HttpRequest, pk: int) -> HttpResponse:
    """This will list the jobs of one instrument, as a part of its page."""
    on, person = today(), person_of(request)
    instrument = instrument_seen_by(person, pk, on=on)
    jobs = jobs_seen_by(person, on=on).filter(instrument=instrument).order_by("-id")[:20]
    return render(request, "contracts/of_instrument.html", {"jobs": jobs})


def new_order(request: HttpRequest, pk: int) -> HttpResponse:
    """This will give out instruments of a contract."""
    on, person = today(), person_of(request)
    found = contract_seen_by(person, pk, on=on)
    _refuse_shut(request, offer(GIVE_OUT, found, person, on=on))
    return _ordering(request, found, None, person, on)


def add_jobs(request: HttpRequest, pk: int) -> HttpResponse:
    """This will add instruments to an order."""
    on, person = today(), person_of(request)
    found = order_seen_by(person, pk, on=on)
    _refuse_shut(request, offer(ADD_JOBS, found, person, on=on))
    return _ordering(request, found.contract, found, person, on)


def _refuse_shut(request: HttpRequest, offered: Offer) -> None:
    """No form for whoever may not send it; a form that was sent is answered by its action, with what was typed."""
    for hindrance in offered.hindrances:
        if request.method != "POST" or isinstance(hindrance, NotAuthorised):
            raise hindrance


def _ordering(
    request: HttpRequest, contract: Contract, existing: Order | None, person: Person, on: date
) -> HttpResponse:
    day = existing.planned_on if existing else max(on, contract.signed_on or on)
    performers = possible_performers(contract.organisation, on=day)
    lines = offers(contract)
    form = OrderForm(request.POST or None, performers=performers, initial=_order_initial(existing, day))
    typed = _typed(request)

    def deed(act: Act, given: dict[str, Any]) -> Order:
        default = given.pop("performer")
        plans = _plans(typed, lines, {one.pk: one for one in performers}, default)
        if existing is not None:
            return actions.add_jobs(act, existing, jobs=plans)
        return actions.order_work(act, contract, jobs=plans, **given)

    context = {
        "contract": contract,
        "existing": existing,
        "party": current(contract.party),
        "lines": [_line_shown(one, typed, fitting(one.line, performers, on=day)) for one in lines],
        "performers": performers,
        "may_register": person.may(
            "instruments.record", organisation_id=contract.organisation_id, unit_id=None, on=on
        ),
        "places": list(establishments_of(contract.party)[:200]),
        "corridor": contract_corridor(contract, "order", person=person, on=on),
        "on": on,
        "soon": on + timedelta(days=30),
    }
    return edit_page(
        request, form, deed, template="contracts/order_form.html",
        done=lambda made: reverse("contracts:order", args=[made.pk]), context=context,
    )  # fmt: skip


def _line_shown(offered: LineOffer, typed: Typed, fit: list[Person]) -> tuple[object, ...]:
    return offered, _choices(offered, typed), fit, ", ".join(one.full_name for one in fit)


def _order_initial(existing: Order | None, day: date) -> dict[str, object]:
    if existing is None:
        return {"planned_on": day}
    return {"planned_on": day, "place": existing.place, "note": existing.note}


def _typed(request: HttpRequest) -> Typed:
    chosen = []
    performers = {}
    for text in request.POST.getlist("job"):
        line, _colon, instrument = text.partition(":")
        pair = (key_from(line), key_from(instrument))
        if all(pair):
            chosen.append(pair)
            own = request.POST.get(f"performer-{text}", "")
            if key_from(own):
                performers[pair] = key_from(own)
    return Typed(tuple(dict.fromkeys(chosen)), performers)


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
    on, person = today(), person_of(request)
    contract = contract_seen_by(person, pk, on=on)
    chosen = next((one for one in offers(contract) if one.line.pk == line_pk), None)
    if chosen is None:
        raise NotFound(record=_("dòng số {pk}").format(pk=line_pk))
    made = _enter(request, contract, chosen.line.kind_code)
    performers = possible_performers(contract.organisation, on=on)
    context = {
        "one": Choice(candidate_of(made), f"{line_pk}:{made.pk}", is_chosen=True),
        "fit": fitting(chosen.line, performers, on=on),
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
    found = establishments_of(contract.party).filter(pk=key_from(place)).first()
    act = act_from(request)
    act.key = ""  # the form's key belongs to the order; a second instrument is no repetition
    return register_instrument(
        act,
        contract.organisation,
        InstrumentDraft(
            kind_code=kind_code,
            serial=form.cleaned_data["n_serial"],
            type=form.cleaned_data["n_type"],
            maker=form.cleaned_data["n_maker"],
            year=form.cleaned_data["n_year"],
        ),
        owner=current(contract.party),
        establishment=found,
    )


@require_POST
def reassign(request: HttpRequest, pk: int) -> HttpResponse:
    """This will give a waiting job to another performer."""

    def deed(act: Act, job: Job) -> object:
        number = request.POST.get("performer", "")
        performer = Person.objects.filter(pk=key_from(number)).first()
        if performer is None:
            raise FieldMissing(field=_("Người thực hiện"))
        return actions.reassign_job(act, job, performer=performer)

    return _with_job(request, pk, deed)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """This will take a waiting job back."""
    return _with_job(request, pk, actions.cancel_job)


def _with_job(request: HttpRequest, pk: int, deed: Callable[[Act, Job], object]) -> HttpResponse:
    """The order's page again after a deed with one of its jobs, or with what refused it."""
    on, person = today(), person_of(request)
    job = job_seen_by(person, pk, on=on)
    return attempt(
        request,
        lambda act: deed(act, job),
        again=lambda refusal: _order_page(
            request, order_seen_by(person, job.order_id, on=on), person, on, refusal
        ),
        done=lambda done: reverse("contracts:order", args=[job.order_id]),
    )

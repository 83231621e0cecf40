"""A half-year of work: contracts, orders, worksheets, certificates; plans before it and closing after it."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice

from django.db import transaction

from quacan.centre.base.calendar import working_calendar
from quacan.centre.base.periods import period
from quacan.centre.base.taxes import vat_rate
from quacan.centre.certificates.actions import issue_outcome
from quacan.centre.contracts.actions import (
    ContractDraft,
    JobPlan,
    accept_contract,
    order_work,
    record_contract,
    review_contract,
    sign_contract,
)
from quacan.centre.contracts.models import Contract, Job
from quacan.centre.contracts.rules import LineDraft
from quacan.centre.examinations.queries import sheet_layout
from quacan.centre.instruments.models import Instrument
from quacan.centre.planning.actions import TargetDraft, approve_plan, open_plan, set_target
from quacan.centre.reporting.actions import close_figures
from quacan.centre.verification.actions import (
    approve_worksheet,
    enter_conditions,
    enter_readings,
    open_worksheet,
    submit_worksheet,
)
from quacan.centre.verification.models import Worksheet
from quacan.demo.institution import House
from quacan.demo.readings import readings, typed

PERFORMERS = {"MAS-04": "van", "PRE-04": "ha", "FLO-01": "son"}
PROCEDURES = {"MAS-04": "counter-scale", "PRE-04": "sphygmomanometer", "FLO-01": "fuel-dispenser"}
PRICES = {"MAS-04": 120_000, "PRE-04": 60_000, "FLO-01": 450_000}  # invented price list of the demonstration


def plan_years(house: House, today: date) -> None:
    """This will set and approve the plans of the years the demonstration shows."""
    targets = {
        "verification.instruments": (1000, 56),
        "contracts.accepted_net": (150_000_000, 11_000_000),
        "testing.samples": (10, 12),
        "testing.earthing_points": (200, 220),
        "training.courses_held": (4, 4),
        "media.broadcasts": (12, 12),
        "projects.running": (2, 2),
        "union.visits": (30, 30),
    }
    for year, column in ((2022, 0), (today.year, 1)):
        opened = date(year, 1, 10)
        with transaction.atomic():
            plan = open_plan(
                house.act("trung", opened), house.centre, year=year, title=f"Kế hoạch công tác năm {year}"
            )
            for indicator, values in targets.items():
                set_target(
                    house.act("trung", opened, hour=9),
                    plan,
                    TargetDraft(indicator, str(year), Decimal(values[column])),
                )
            approve_plan(
                house.act("phuong", opened, hour=15), plan, decision=f"12/QĐ-TTƯD năm {year}", on=opened
            )


def verify_half_year(
    house: House, instruments: Sequence[Instrument], *, year: int, count: int, failing: int
) -> None:
    """This will verify *count* instruments in the first half of a year, *failing* of which err beyond their limit."""
    chance = random.Random(year)  # noqa: S311
    chosen = list(instruments) if count == len(instruments) else chance.sample(list(instruments), count)
    bad = {one.pk for one in chance.sample(chosen, failing)}
    groups = _by_owner(chosen)
    days = _working_days(date(year, 1, 12), date(year, 6, 27))
    serve_customers(house, groups, days, bad=bad, chance=chance)


def verify_since(house: House, instruments: Sequence[Instrument], *, today: date, count: int) -> None:
    """This will verify some instruments again during the last twelve months, so that recalls fall due."""
    chance = random.Random(today.year)  # noqa: S311
    groups = list(islice(_shuffled(_by_owner(instruments), chance), max(1, count // 8)))
    days = _working_days(today - timedelta(days=340), today - timedelta(days=25))
    serve_customers(house, [group[:12] for group in groups], days, bad=set(), chance=chance)


def _shuffled(groups: list[list[Instrument]], chance: random.Random) -> Iterator[list[Instrument]]:
    chance.shuffle(groups)
    yield from groups


def _by_owner(instruments: Iterable[Instrument]) -> list[list[Instrument]]:
    groups: dict[int, list[Instrument]] = defaultdict(list)
    for one in instruments:
        groups[one.owner_id].append(one)
    return list(groups.values())


def _working_days(first: date, last: date) -> list[date]:
    calendar = working_calendar()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if calendar.is_working_day(day)]


def serve_customers(
    house: House,
    groups: Sequence[list[Instrument]],
    days: Sequence[date],
    *,
    bad: set[int],
    chance: random.Random,
) -> None:
    """This will take customers from request to accepted contract, one visit each, deed by deed in the order of time."""
    visits = [
        Visit(house, group, days[number * len(days) // len(groups)], bad, chance)
        for number, group in enumerate(groups)
    ]
    deeds = [deed for visit in visits for deed in visit.deeds()]
    for _day, deed in sorted(deeds, key=lambda one: one[0]):
        with transaction.atomic():
            deed()


@dataclass
class Visit:
    """One customer's instruments, verified on one day."""

    house: House
    instruments: Sequence[Instrument]
    on: date
    bad: set[int]
    chance: random.Random
    contract: Contract | None = None
    jobs: Sequence[Job] = ()

    def deeds(self) -> list[tuple[date, Callable[[], None]]]:
        """This will give what has to be done, each with its day."""
        return [
            (self.on - timedelta(days=5), self.agree),
            (self.on - timedelta(days=3), self.give_out),
            (self.on, self.verify),
        ]

    def agree(self) -> None:
        """This will have the contract signed."""
        self.contract = agree(self.house, self.instruments, on=self.on)

    def give_out(self) -> None:
        """This will order the work."""
        assert self.contract is not None
        self.jobs = give_out(self.house, self.contract, self.instruments, on=self.on)

    def verify(self) -> None:
        """This will measure, check and sign every instrument, and have the work accepted."""
        assert self.contract is not None
        for job in self.jobs:
            good = job.instrument_id not in self.bad
            check_and_sign(
                self.house, measure(self.house, job, on=self.on, good=good, chance=self.chance), on=self.on
            )
        accept_contract(self.house.act("yen", self.on, hour=17), Contract.objects.get(pk=self.contract.pk))


def agree(house: House, instruments: Sequence[Instrument], *, on: date) -> Contract:
    """This will record, review and sign the contract for some instruments of one owner, a few days before."""
    earlier = on - timedelta(days=5)
    counts: dict[str, int] = defaultdict(int)
    for one in instruments:
        counts[one.kind_code] += 1
    lines = [
        LineDraft(service="verification", kind_code=kind, quantity=count, unit_price=PRICES[kind])
        for kind, count in sorted(counts.items())
    ]
    contract = record_contract(
        house.act("yen", earlier),
        house.centre,
        ContractDraft(
            party=instruments[0].owner,
            title="Kiểm định phương tiện đo định kỳ",
            received_on=earlier,
            due_on=on + timedelta(days=10),
            lines=lines,
            unit=house.technical,
            vat_percent=vat_on(earlier),
        ),
    )
    review_contract(house.act("nghia", earlier, hour=10), contract, able=True)
    return sign_contract(house.act("yen", earlier, hour=14), contract)


def vat_on(day: date) -> Decimal:
    """This will give the VAT rate of a day, or the standard 10 % where the dated table ends before it."""
    try:
        return Decimal(vat_rate(day).percent)
    except LookupError:
        return Decimal(10)


def give_out(house: House, contract: Contract, instruments: Sequence[Instrument], *, on: date) -> list[Job]:
    """This will order the work: each instrument to the verifier of its field."""
    lines = {line.kind_code: line for line in contract.lines.all()}
    plans = [
        JobPlan(line=lines[one.kind_code], instrument=one, performer=house.people[PERFORMERS[one.kind_code]])
        for one in instruments
    ]
    place = instruments[0].establishment
    order = order_work(
        house.act("nghia", on - timedelta(days=3), hour=9),
        contract,
        planned_on=on,
        jobs=plans,
        place=f"{place.name}, {place.address}" if place else "",
    )
    return list(order.jobs.select_related("instrument__owner", "performer", "line", "order"))


def measure(
    house: House, job: Job, *, on: date, good: bool, chance: random.Random, submit: bool = True
) -> Worksheet:
    """This will fill the worksheet of a job with what its simulated instrument shows, and send it to be checked."""
    who, kind = job.performer.username, job.instrument.kind_code
    sheet = open_worksheet(house.act(who, on), job, performed_on=on, procedure_code=PROCEDURES[kind])
    warmth = Decimal(chance.randint(180, 290)) / 10
    damp = chance.randint(55, 78)
    enter_conditions(
        house.act(who, on, hour=8, minute=5),
        sheet,
        values={
            ("temperature", "start"): typed(warmth),
            ("temperature", "end"): typed(warmth + Decimal(chance.randint(0, 9)) / 10),
            ("humidity", "start"): str(damp),
            ("humidity", "end"): str(damp + chance.randint(-2, 2)),
        },
    )
    cells = readings(sheet_layout(sheet), sheet.characteristics, chance, good=good)
    enter_readings(house.act(who, on, hour=9), sheet, cells=cells)
    if not submit:
        return sheet
    sheet = submit_worksheet(house.act(who, on, hour=11), sheet)
    if sheet.verdict != ("pass" if good else "fail"):
        raise RuntimeError(f"{sheet}: the simulated instrument came out as {sheet.verdict}")
    return sheet


def check_and_sign(house: House, sheet: Worksheet, *, on: date) -> None:
    """This will have the technical head check a worksheet and the director sign its result."""
    approve_worksheet(house.act("nghia", on, hour=14), sheet)
    issue_outcome(house.act("phuong", on, hour=16), sheet)


def close_half_year(house: House) -> None:
    """This will fix the figures of the first half of 2022 on the day of its review conference."""
    day = period("2022-H1").end
    close_figures(house.act("trung", day, hour=17), house.centre, period_code="2022-H1", early=True)

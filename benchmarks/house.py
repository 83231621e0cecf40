"""A scratch house for benchmarks: a centre, its verifiers, instruments on order, worksheets opened by the actions.

Everything is written through the same actions as a person's; only the day and the names are made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from unittest.mock import patch

from benchmarks.centre import shipped, worksheet
from quacan.metrology.procedure import Case

if TYPE_CHECKING:
    from quacan.centre.base.act import Act
    from quacan.centre.base.actors import Actor
    from quacan.centre.contracts.models import Job
    from quacan.centre.organisation.models import Organisation
    from quacan.centre.people.models import Person
    from quacan.centre.verification.library import Shelf
    from quacan.centre.verification.models import Worksheet

FIRST = date(2025, 1, 2)
HEAD = "head"


@dataclass(frozen=True, slots=True)
class Reach:
    """A standard: the quantity it stands for, where it states its values, with which U (k = 2) of each nominal."""

    quantity: str
    unit: str
    nominals: tuple[str, ...]
    part: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What is measured: the kind of instrument, the procedure, its place in the library, the standard it needs."""

    code: str
    procedure: str
    place: str
    standard: Reach
    service: str = "verification"


WEIGHTS = Reach("mass", "kg", ("0.001", "0.1", "2.5", "5", "10", "15", "20"), "0.000005")
VESSELS = Reach("volume", "L", ("1", "10", "100"), "0.0005")
CALIBRATOR = Reach("electrical", "V", ("0.1", "20", "1000"), "0.00002")
SCALE = Kind("MAS-04", "counter-scale", "mass/counter-scale", WEIGHTS)
WATER_METER = Kind("FLO-03", "water-meter-mechanical", "flow/water-meter-mechanical", VESSELS)
MULTIMETER = Kind("ELE-01", "multimeter", "electricity/multimeter", CALIBRATOR, "calibration")
KINDS = (SCALE, WATER_METER, MULTIMETER)


def today() -> date:
    """This will read the day in Việt Nam."""
    from quacan.centre.base.actors import HERE

    return datetime.now(HERE).date()


def deed(actor: Actor | None = None, *, at: datetime | None = None) -> Act:
    """This will make a deed of somebody, now; of the operator where nobody is named."""
    from django.utils import timezone

    from quacan.centre.base.act import Act
    from quacan.centre.base.actors import Operator

    return Act(actor=actor or Operator(), at=at or timezone.now(), door="benchmark")


def found() -> Organisation:
    """This will found a centre with the designation to verify every kind and a standard of every quantity."""
    from quacan.centre.instruments.catalogue import kinds
    from quacan.centre.organisation.actions import NewLine, enter_scope, found_organisation
    from quacan.centre.people.actions import assign_role, enter_person
    from quacan.centre.standards.actions import (
        CertificateDraft,
        StandardDraft,
        add_certificate,
        enter_standard,
    )

    centre = found_organisation(
        deed(), code="BENCH", name="Benchmark", short_name="Benchmark", kind="centre", symbol="B",
        province="Cao Bằng", place="Cao Bằng", valid_from=FIRST, details={"designation_number": "N999"},
    )  # fmt: skip
    lines = [NewLine("verification", kind_codes=tuple(one.code for one in kinds()))]
    enter_scope(
        deed(), centre, kind="designation", number="N999", authority="Benchmark", decided_on=FIRST,
        valid_from=FIRST, lines=lines,
    )  # fmt: skip
    for kind in KINDS:
        reach = kind.standard
        standard = enter_standard(
            deed(),
            centre,
            StandardDraft(
                code=f"S-{kind.code}",
                name=f"S {kind.code}",
                kind=reach.quantity,
                range_from=reach.nominals[0],
                range_to=reach.nominals[-1],
                range_unit=reach.unit,
            ),
        )
        values = [
            {
                "nominal": at,
                "value": at,
                "U": str(Decimal(at) * Decimal(reach.part)),
                "k": "2",
                "unit": reach.unit,
            }
            for at in reach.nominals
        ]
        add_certificate(
            deed(),
            standard,
            CertificateDraft(
                number=f"C-{kind.code}",
                issuer="Benchmark",
                issued_on=FIRST,
                valid_until=today() + timedelta(days=300),
                traceable_to="SI",
                values=values,
            ),
        )
    head = enter_person(deed(), centre, username=HEAD, full_name="Head", password="x" * 16)
    for role in ("technical_head", "director"):
        assign_role(deed(), centre, person=head, role=role, valid_from=FIRST)
    return centre


def verifiers(centre: Organisation, number: int) -> list[Person]:
    """This will enter so many verifiers with card and leave for the procedures of this house."""
    from quacan.centre.instruments.catalogue import kinds
    from quacan.centre.people.actions import assign_role, authorise, enter_card, enter_person

    made = []
    for i in range(number):
        name = f"verifier{i}"
        person = enter_person(deed(), centre, username=name, full_name=f"Verifier {i}", password="x" * 16)
        assign_role(deed(), centre, person=person, role="verifier", valid_from=FIRST)
        enter_card(
            deed(), centre, person=person, number=f"KDV-{i}", issued_on=FIRST, expires_on=date(2040, 1, 1),
            fields=sorted({one.field for one in kinds()}),
        )  # fmt: skip
        for kind in KINDS:
            authorise(deed(), centre, person=person, procedure=kind.procedure, valid_from=FIRST)
        made.append(person)
    return made


def jobs(centre: Organisation, kind: Kind, case: Case, performers: list[Person]) -> list[Job]:
    """This will order one instrument of a kind from every performer."""
    from quacan.centre.contracts.actions import (
        ContractDraft,
        JobPlan,
        order_work,
        record_contract,
        review_contract,
        sign_contract,
    )
    from quacan.centre.contracts.rules import LineDraft
    from quacan.centre.instruments.actions import InstrumentDraft, PartyDraft, register_instrument
    from quacan.centre.parties.actions import record_party
    from quacan.centre.people.models import Person

    head = Person.objects.get(username=HEAD)
    day = today()
    party = record_party(deed(), centre, PartyDraft(kind="enterprise", name=f"Customer {kind.code}"))
    line = LineDraft(kind.service, kind.code, len(performers), 100_000)
    contract = record_contract(
        deed(), centre, ContractDraft(party=party, title=kind.code, received_on=day, lines=[line])
    )
    contract = review_contract(deed(head), contract, able=True, on=day)
    contract = sign_contract(deed(head), contract, signed_on=day)
    first = contract.lines.get()
    plans = [
        JobPlan(
            line=first,
            instrument=register_instrument(
                deed(), centre, owner=party,
                draft=InstrumentDraft(kind.code, f"{kind.code}-{i}", characteristics=dict(case.characteristics)),
            ),
            performer=performer,
        )
        for i, performer in enumerate(performers)
    ]  # fmt: skip
    order = order_work(deed(), contract, planned_on=day, jobs=plans, place="Benchmark")
    return list(order.jobs.select_related("instrument", "order__organisation", "line", "performer"))


def opened(job: Job, kind: Kind) -> Worksheet:
    """This will open the worksheet of a job, today."""
    from quacan.centre.verification.actions import open_worksheet

    return open_worksheet(deed(job.performer), job, performed_on=today(), procedure_code=kind.procedure)


def typed(sheet: Worksheet, case: Case, cells: dict[str, str]) -> Worksheet:
    """This will type everything of a worked case into a worksheet."""
    from quacan.centre.verification.actions import enter_conditions, enter_readings

    enter_readings(deed(sheet.performer), sheet, cells=cells)
    moments = {(key, end): text for key, text in case.conditions.items() for end in ("start", "end")}
    return enter_conditions(deed(sheet.performer), sheet, values=moments)


def signed_in(person: Person) -> str:
    """This will sign a person in without a page and give the key of the session."""
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


@contextmanager
def hundred_readings() -> Iterator[tuple[Case, dict[str, str]]]:
    """Inside, the multimeter's procedure asks for 100 readings: worksheets opened here are frozen with it."""
    from quacan.centre.verification.actions import opening

    _procedure, case, cells = worksheet()
    with patch.object(opening, "shelves_for", lambda *_, **__: [_longer_shelf()]):
        yield case, cells


def _longer_shelf() -> Shelf:
    from benchmarks.centre import longer_definition
    from quacan.centre.verification.library import shelves

    shelf = next(one for one in shelves() if one.procedure.code == MULTIMETER.procedure)
    procedure, _case, _cells = worksheet()
    return replace(shelf, procedure=procedure, text=longer_definition(shelf.text))


def passing(kind: Kind) -> tuple[Case, dict[str, str]]:
    """This will give the passing case of a kind with its cells."""
    from quacan.centre.verification.library import shelves
    from quacan.metrology.procedure.cases import case_cells

    procedure = next(one.procedure for one in shelves() if one.procedure.code == kind.procedure)
    _definition, case = shipped(kind.place)
    return case, case_cells(procedure, case)

"""A process of its own that fills a small centre, signs its results, or proves what is stored.

Run as ``python -m tests.journeys.issuing_at_once DEED``; the database comes from the environment, as for any process of
the house. It says what it did line by line, so that whoever started it can stop it in the middle.
"""

from __future__ import annotations

import json
import random
import sys
from datetime import UTC, date, datetime
from itertools import chain

from quacan.cli import open_house

MEASURED = date(2026, 11, 10)
KIND = "PRE-04"


def fill(count: int) -> None:
    """This will found a centre with *count* checked worksheets, every fifth one of a bad gauge."""
    from django.db import transaction

    with transaction.atomic():
        house = _centre(count)
        for number, job in enumerate(_jobs(house, count)):
            _checked(house, job, good=number % 5 != 4)


def sign(share: int, shares: int) -> None:
    """This will sign every worksheet of one share out of *shares*, each in its own transaction."""
    from quacan.centre.certificates.actions import issue_outcome
    from quacan.centre.verification.models import Worksheet

    waiting = Worksheet.objects.filter(state=Worksheet.State.APPROVED).order_by("pk")
    mine = [sheet for sheet in waiting if sheet.pk % shares == share]
    _say("ready")
    sys.stdin.readline()
    for sheet in mine:
        outcome = issue_outcome(_act("giamdoc"), sheet)
        _say(f"{outcome.kind} {outcome.number}")


def prove() -> None:
    """This will print as JSON every flaw of the mechanisms and what has been issued."""
    from quacan.centre.base import queries as base
    from quacan.centre.base import store
    from quacan.centre.base.models import DocumentFile, IssuedNumber
    from quacan.centre.certificates import queries as certificates
    from quacan.centre.certificates.models import Outcome, Stamp
    from quacan.centre.contracts import queries as contracts
    from quacan.centre.ledger import queries as ledger
    from quacan.centre.verification import queries as verification
    from quacan.centre.verification.models import Worksheet

    postings = chain(contracts.postings(), verification.postings(), certificates.postings())
    flaws = chain(base.flaws(), verification.flaws(), certificates.flaws(), ledger.flaws(postings))
    states = Worksheet.objects.values_list("state", flat=True)
    numbers = IssuedNumber.objects.order_by("register__kind", "sequence")
    found = {
        "flaws": [f"{flaw.record}: {flaw.sentence}" for flaw in flaws],
        "outcomes": sorted(Outcome.objects.values_list("number", flat=True)),
        "stamps": sorted(Outcome.objects.filter(stamp__isnull=False).values_list("stamp__number", flat=True)),
        "used": sorted(Stamp.objects.filter(state="used").values_list("number", flat=True)),
        "certificates": list(
            numbers.filter(register__kind="verification_certificate").values_list("sequence", flat=True)
        ),
        "notices": list(numbers.filter(register__kind="failure_notice").values_list("sequence", flat=True)),
        "records": list(numbers.filter(register__kind="record").values_list("sequence", flat=True)),
        "issued": sum(state == Worksheet.State.ISSUED for state in states),
        "waiting": sum(state == Worksheet.State.APPROVED for state in states),
        "missing_files": [f.name for f in DocumentFile.objects.all() if store.read(f.sha256) is None],
    }
    _say(json.dumps(found))


def _say(line: str) -> None:
    print(line, flush=True)


def _act(username: str, *, on: date = MEASURED, hour: int = 1):  # type: ignore[no-untyped-def]
    from quacan.centre.base.act import Act
    from quacan.centre.base.actors import Operator
    from quacan.centre.people.models import Person

    who = Operator() if username == "operator" else Person.objects.get(username=username)
    return Act(actor=who, at=datetime(on.year, on.month, on.day, hour, tzinfo=UTC), door="test")


def _centre(count: int):  # type: ignore[no-untyped-def]
    from quacan.centre.certificates.actions import hand_out_stamps, receive_stamps
    from quacan.centre.instruments.catalogue import kind
    from quacan.centre.organisation.actions import NewLine, enter_scope, found_organisation
    from quacan.centre.people.actions import assign_role, authorise, enter_card, enter_person
    from quacan.centre.standards.actions import (
        CertificateDraft,
        StandardDraft,
        add_certificate,
        enter_standard,
    )

    start = date(2026, 1, 1)
    operator = _act("operator")
    house = found_organisation(
        operator,
        code="TT",
        name="Trung tâm Mẫu",
        short_name="Trung tâm",
        kind="centre",
        symbol="TT",
        province="Cao Bằng",
        place="Cao Bằng",
        valid_from=start,
        details={"registration_number": "ĐK 1"},
    )
    enter_scope(
        operator,
        house,
        kind="designation",
        number="N1",
        authority="Ủy ban (mẫu)",
        decided_on=start,
        valid_from=start,
        lines=[NewLine("verification", kind_codes=(KIND,))],
    )
    cast = {"giamdoc": "director", "truongphong": "technical_head", "kdv": "verifier", "vanthu": "clerk"}
    for username, role in cast.items():
        person = enter_person(
            operator, house, username=username, full_name=f"Người {username}", password="Cân đúng từng gam"
        )
        assign_role(operator, house, person=person, role=role, valid_from=start)
        if username == "kdv":
            verifier = person
    enter_card(
        operator, house, person=verifier, number="K1", issued_on=start, expires_on=date(2030, 12, 31),
        fields=[kind(KIND).field],
    )  # fmt: skip
    authorise(operator, house, person=verifier, procedure="sphygmomanometer", valid_from=start)
    standard = enter_standard(
        _act("truongphong"),
        house,
        StandardDraft(
            code="AK", name="Áp kế", kind="pressure", range_from="0", range_to="400", range_unit="mmHg"
        ),
    )
    add_certificate(
        _act("truongphong"),
        standard,
        CertificateDraft(
            number="C26.1",
            issuer="Viện Mẫu",
            issued_on=start,
            valid_until=date(2027, 1, 31),
            values=[{"nominal": "100", "value": "100.0", "U": "0.2", "k": "2", "unit": "mmHg"}],
            traceable_to="Chuẩn quốc gia",
        ),
    )
    receive_stamps(_act("vanthu"), house, series="26C", first=1, last=count, received_on=start)
    hand_out_stamps(_act("vanthu"), house, to=verifier, count=count)
    return house


def _jobs(house, count: int):  # type: ignore[no-untyped-def]
    from quacan.centre.contracts.actions import (
        ContractDraft,
        JobPlan,
        order_work,
        record_contract,
        review_contract,
        sign_contract,
    )
    from quacan.centre.contracts.rules import LineDraft
    from quacan.centre.instruments.actions import InstrumentDraft, register_instrument
    from quacan.centre.parties.actions import PartyDraft, record_party
    from quacan.centre.people.models import Person

    clerk = _act("vanthu")
    party = record_party(clerk, house, PartyDraft(kind="state_body", name="Bệnh viện Mẫu"))
    gauges = [
        register_instrument(
            clerk,
            house,
            InstrumentDraft(
                kind_code=KIND,
                name="Huyết áp kế",
                serial=f"S{number:03}",
                characteristics={"range_max": "300", "d": "2"},
            ),
            owner=party,
        )
        for number in range(count)
    ]
    contract = record_contract(
        clerk,
        house,
        ContractDraft(
            party=party,
            title="Kiểm định",
            received_on=MEASURED,
            lines=[LineDraft("verification", KIND, count, 60_000)],
        ),
    )
    review_contract(_act("truongphong"), contract, able=True, on=MEASURED)
    sign_contract(_act("giamdoc"), contract, signed_on=MEASURED)
    line, verifier = contract.lines.get(), Person.objects.get(username="kdv")
    order = order_work(
        clerk,
        contract,
        planned_on=MEASURED,
        jobs=[JobPlan(line=line, instrument=gauge, performer=verifier) for gauge in gauges],
    )
    return order.jobs.select_related("order__organisation", "instrument", "line", "performer")


def _checked(house, job, *, good: bool) -> None:  # type: ignore[no-untyped-def]
    from quacan.centre.examinations.queries import sheet_layout
    from quacan.centre.verification.actions import (
        approve_worksheet,
        enter_conditions,
        enter_readings,
        open_worksheet,
        submit_worksheet,
    )
    from quacan.demo.readings import readings

    verifier = _act("kdv")
    sheet = open_worksheet(verifier, job, performed_on=MEASURED)
    values = {("temperature", "start"): "24", ("temperature", "end"): "24"}
    values |= {("humidity", "start"): "60", ("humidity", "end"): "60"}
    enter_conditions(verifier, sheet, values=values)
    chance = random.Random(job.pk)
    enter_readings(
        verifier, sheet, cells=readings(sheet_layout(sheet), sheet.characteristics, chance, good=good)
    )
    submit_worksheet(verifier, sheet)
    approve_worksheet(_act("truongphong"), sheet)


if __name__ == "__main__":
    deed, *numbers = sys.argv[1:]
    open_house(migrate=deed == "fill")
    {"fill": fill, "sign": sign, "prove": prove}[deed](*map(int, numbers))

"""What a signature brings about, and what it refuses: told from the first certificate to its revocation."""

from datetime import date
from decimal import Decimal
from itertools import chain

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from quacan.centre.base import queries as base
from quacan.centre.base import store
from quacan.centre.base.models import Document, IssuedNumber
from quacan.centre.base.problems import Flaw
from quacan.centre.base.refusals import KeyReused, NotAuthorised, NotFound, ReasonMissing, WrongStage
from quacan.centre.certificates import queries
from quacan.centre.certificates.actions import (
    damage_stamp,
    issue_outcome,
    receive_stamps,
    revoke_outcome,
)
from quacan.centre.certificates.facts import BALANCE, REVOKED
from quacan.centre.certificates.models import Outcome, Stamp, StampBatch
from quacan.centre.certificates.papers import RecordPaper, render_record
from quacan.centre.certificates.papers.thaw import revived
from quacan.centre.certificates.refusals import ConclusionBroken, NoStamp, NotThreePeople
from quacan.centre.certificates.tests.conftest import CUSTOMER, MEASURED, SIGNED, Bench
from quacan.centre.contracts import queries as contracts
from quacan.centre.contracts.models import Job
from quacan.centre.examinations.models import Reading
from quacan.centre.instruments.catalogue import kind
from quacan.centre.instruments.models import InstrumentEvent
from quacan.centre.instruments.queries import life_of
from quacan.centre.ledger import queries as ledger
from quacan.centre.verification import queries as verification
from quacan.centre.verification.facts import MEASURE
from quacan.centre.verification.models import Worksheet

FAR = 40  # mmHg: beyond any limit of a blood-pressure gauge


def every_flaw() -> list[Flaw]:
    """Every proof that touches a certificate."""
    postings = chain(contracts.postings(), verification.postings(), queries.postings())
    return [*base.flaws(), *verification.flaws(), *queries.flaws(), *ledger.flaws(postings)]


def counted(bench: Bench, measure: str = MEASURE) -> dict[str, Decimal]:
    """What the book says of May 2022, by verdict (or by move)."""
    cells = ledger.flow([bench.world.centre.pk], measure, start=date(2022, 5, 1), end=date(2022, 5, 31))
    key = "verdict" if measure == MEASURE else "move"
    found: dict[str, Decimal] = {}
    for cell in cells:
        name = cell.dimensions.get(key, "")
        found[name] = found.get(name, Decimal(0)) + cell.quantity
    return {name: total for name, total in found.items() if total}


def test_a_pass_becomes_a_certificate_with_everything_that_belongs_to_it(bench: Bench) -> None:
    outcome = bench.issued()

    assert (outcome.kind, outcome.number) == ("verification", "V22.00001")
    assert outcome.issued_on == SIGNED
    assert outcome.valid_until == date(2023, 5, 31)
    assert [p.username for p in (outcome.performer, outcome.checker, outcome.signer)] == [
        "kdv.an",
        "truongphong",
        "giamdoc",
    ]
    assert outcome.stamp is not None
    assert (outcome.stamp.number, outcome.stamp.state) == ("22C.00001", "used")
    for document, kind_of in ((outcome.document, "certificate"), (outcome.record, "record")):
        assert document.kind == kind_of
        assert [base.file_bytes(file)[:5] for file in document.files.all()] == [b"%PDF-"]
    outcome.worksheet.refresh_from_db()
    assert outcome.worksheet.state == Worksheet.State.ISSUED
    assert every_flaw() == []


def test_the_instrument_the_contract_and_the_book_learn_of_it(bench: Bench) -> None:
    outcome = bench.issued()

    outcome.instrument.refresh_from_db()
    assert outcome.instrument.valid_until == date(2023, 5, 31)
    latest = life_of(outcome.instrument)[0]
    assert (latest.kind, latest.note) == (InstrumentEvent.Kind.VERIFIED, "V22.00001")
    assert latest.source == f"certificates.Outcome:{outcome.pk}"
    assert Job.objects.get(pk=outcome.worksheet.job_id).state == Job.State.DONE
    progress = contracts.line_progress([bench.contract.lines.get()])
    assert [(p.ordered, p.done) for p in progress.values()] == [(3, 1)]
    assert counted(bench) == {"pass": 1}
    assert counted(bench, BALANCE) == {"used": -1}


def test_it_is_valid_until_the_last_day_of_the_month() -> None:
    assert kind("PRE-04").valid_until(date(2018, 5, 10)) == date(2019, 5, 31)


def test_a_fail_becomes_a_notice_without_certificate_or_stamp(bench: Bench) -> None:
    outcome = bench.issued(off_by=FAR)

    assert (outcome.kind, outcome.number) == ("failure", "01/TB-KĐ.2022")
    assert (outcome.stamp, outcome.valid_until) == (None, None)
    assert outcome.document.kind == "failure_notice"
    assert not Document.objects.filter(kind="certificate").exists()
    assert not Stamp.objects.filter(state=Stamp.State.USED).exists()
    assert not IssuedNumber.objects.filter(register__kind="verification_certificate").exists()
    outcome.instrument.refresh_from_db()
    assert outcome.instrument.valid_until is None
    assert life_of(outcome.instrument)[0].kind == InstrumentEvent.Kind.FAILED
    assert counted(bench) == {"fail": 1}
    assert every_flaw() == []


def test_a_pass_and_a_fail_count_beside_each_other(bench: Bench) -> None:
    bench.issued(0)
    bench.issued(1, off_by=FAR)
    third = bench.issued(2)

    assert third.number == "V22.00002"
    assert counted(bench) == {"pass": 2, "fail": 1}


@pytest.mark.parametrize("who", ["kdv.an", "truongphong"])
def test_who_took_part_may_not_sign(bench: Bench, who: str) -> None:
    from quacan.centre.people.actions import assign_role

    sheet, person = bench.approved(), bench.world.people[who]
    start = date(2021, 1, 1)
    assign_role(bench.world.operator(), bench.world.centre, person=person, role="director", valid_from=start)
    person._assignments_known = None

    with pytest.raises(NotThreePeople):
        bench.sign(sheet, who=who)

    assert not Outcome.objects.exists()


@pytest.mark.parametrize(
    "change", [{"signer": "kdv.an"}, {"signer": "truongphong"}, {"checker": "kdv.an"}], ids=str
)
def test_the_database_too_refuses_two_parts_for_one_person(bench: Bench, change: dict[str, str]) -> None:
    outcome = bench.issued()
    values = {part: bench.world.people[name] for part, name in change.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=outcome.pk).update(**values)


@pytest.mark.parametrize("change", [{"stamp": None}, {"kind": "failure"}], ids=str)
def test_the_database_binds_stamp_and_kind(bench: Bench, change: dict[str, object]) -> None:
    outcome = bench.issued()

    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=outcome.pk).update(**change)


def test_without_permission_nobody_signs(bench: Bench) -> None:
    sheet = bench.approved()

    with pytest.raises(NotAuthorised):
        bench.sign(sheet, who="chatluong")
    with pytest.raises(NotAuthorised):
        bench.sign(sheet, who="nguoikhac")


def test_only_a_checked_worksheet_is_signed_and_only_once(bench: Bench) -> None:
    draft = bench.draft()
    with pytest.raises(WrongStage):
        bench.sign(draft)
    issued = bench.sign(bench.checked(draft))
    with pytest.raises(WrongStage):
        bench.sign(issued.worksheet)


def test_the_same_key_signs_once_and_never_another_worksheet(bench: Bench) -> None:
    first, second = bench.approved(0), bench.approved(1)

    once = bench.sign(first, key="k-1")
    again = bench.sign(first, key="k-1")
    assert once.pk == again.pk
    with pytest.raises(KeyReused):
        bench.sign(second, key="k-1")
    assert Outcome.objects.count() == 1


def test_without_a_stamp_in_hand_nothing_is_issued(bench: Bench) -> None:
    for stamp in Stamp.objects.filter(state=Stamp.State.ISSUED):
        damage_stamp(bench.world.act("vanthu", on=SIGNED, reason="Rách"), stamp)
    sheet = bench.approved()

    with pytest.raises(NoStamp):
        bench.sign(sheet)

    sheet.refresh_from_db()
    assert sheet.state == Worksheet.State.APPROVED
    assert not IssuedNumber.objects.filter(register__kind="verification_certificate").exists()
    assert every_flaw() == []


def test_a_reading_changed_after_approval_is_refused(bench: Bench) -> None:
    sheet = bench.approved(off_by=FAR)
    reading = Reading.objects.filter(examination=sheet, cell__contains="rising").order_by("cell")[2]
    Reading.objects.filter(pk=reading.pk).update(text="100")

    with pytest.raises(ConclusionBroken):
        bench.sign(sheet)

    assert not Outcome.objects.exists()
    assert [f.record for f in every_flaw() if "Reading" in f.record] == [
        f"examinations.Reading:{reading.pk} ({sheet.number}, {reading.cell})"
    ]


def test_a_verdict_changed_after_approval_is_refused(bench: Bench) -> None:
    sheet = bench.approved(off_by=FAR)
    Worksheet.objects.filter(pk=sheet.pk).update(verdict="pass")

    with pytest.raises(ConclusionBroken):
        bench.sign(sheet)


def test_a_replacement_keeps_the_number_with_a_suffix(bench: Bench) -> None:
    old = bench.issued()
    new = bench.replaced(old, off_by=1)

    assert new.number == "V22.00001.R1"
    old.document.refresh_from_db()
    old.worksheet.refresh_from_db()
    assert old.document.state == Document.State.SUPERSEDED
    assert old.worksheet.state == Worksheet.State.SUPERSEDED
    assert new.document.supersedes_id == old.document_id
    assert old.stamp != new.stamp
    assert counted(bench) == {"pass": 1}
    assert every_flaw() == []
    newest = bench.replaced(new, off_by=0, on=date(2022, 5, 25))
    assert newest.number == "V22.00001.R2"


def test_a_replacement_from_pass_to_fail_reverses_the_book(bench: Bench) -> None:
    old = bench.issued()
    new = bench.replaced(old, off_by=FAR)

    assert (new.kind, new.number, new.stamp) == ("failure", "01/TB-KĐ.2022", None)
    assert counted(bench) == {"fail": 1}
    source = f"verification.Worksheet:{old.worksheet_id}"
    lines = ledger.entries([bench.world.centre.pk], MEASURE, start=MEASURED, end=MEASURED)
    assert [(e.quantity_e6, bool(e.reverses_id)) for e in lines.filter(source=source).order_by("seq")] == [
        (1_000_000, False),
        (-1_000_000, True),
    ]
    new.instrument.refresh_from_db()
    assert new.instrument.valid_until is None
    progress = contracts.line_progress([bench.contract.lines.get()])
    assert [p.done for p in progress.values()] == [1]
    assert every_flaw() == []


def test_revoking_needs_a_reason_and_leaves_number_and_file(bench: Bench) -> None:
    outcome, world = bench.issued(), bench.world
    with pytest.raises(ReasonMissing):
        revoke_outcome(world.act("giamdoc", on=date(2022, 6, 1)), outcome)
    with pytest.raises(NotAuthorised):
        revoke_outcome(world.act("vanthu", on=date(2022, 6, 1), reason="Sai"), outcome)

    act = world.act("giamdoc", on=date(2022, 6, 1), reason="Chuẩn bị phát hiện sai")
    revoked = revoke_outcome(act, outcome)

    assert (revoked.number, revoked.revoked_on) == ("V22.00001", date(2022, 6, 1))
    document = Document.objects.get(pk=revoked.document_id)
    assert (document.state, document.state_reason) == ("revoked", "Chuẩn bị phát hiện sai")
    assert base.file_bytes(document.files.get())[:5] == b"%PDF-"
    revoked.instrument.refresh_from_db()
    assert revoked.instrument.valid_until is None
    june = ledger.flow([world.centre.pk], REVOKED, start=date(2022, 6, 1), end=date(2022, 6, 30))
    assert [(cell.dimensions, cell.quantity) for cell in june] == [({"kind": "verification"}, 1)]
    assert counted(bench) == {"pass": 1}
    with pytest.raises(WrongStage):
        revoke_outcome(act, outcome)
    assert every_flaw() == []


def test_a_revoked_certificate_can_be_replaced_and_stays_revoked(bench: Bench) -> None:
    old = bench.issued()
    revoke_outcome(bench.world.act("giamdoc", on=date(2022, 5, 19), reason="Nhầm máy"), old)
    new = bench.replaced(old, off_by=0)

    assert new.number == "V22.00001.R1"
    old.document.refresh_from_db()
    assert old.document.state == Document.State.REVOKED
    assert counted(bench) == {"pass": 1}
    assert every_flaw() == []


def test_a_changed_certificate_file_is_named(bench: Bench) -> None:
    outcome = bench.issued()
    file = outcome.document.files.get()
    place = store.path_of(file.sha256)
    place.write_bytes(place.read_bytes() + b" ")

    assert [f.record for f in every_flaw()] == [f"base.DocumentFile:{file.pk} (V22.00001, V22.00001.pdf)"]


@pytest.mark.parametrize(
    "change",
    [{"number": "22C.09999"}, {"state": "issued"}, {"state": "damaged", "damaged_on": SIGNED}],
    ids=str,
)
def test_a_changed_stamp_is_named(bench: Bench, change: dict[str, object]) -> None:
    outcome = bench.issued()
    Stamp.objects.filter(pk=outcome.stamp_id).update(**change)

    assert f"certificates.Outcome:{outcome.pk} (V22.00001)" in {f.record for f in every_flaw()}


@pytest.mark.parametrize(
    "change", [{"valid_until": date(2024, 5, 31)}, {"number": "V22.00002"}, {"issued_on": MEASURED}], ids=str
)
def test_a_changed_certificate_row_is_named(bench: Bench, change: dict[str, object]) -> None:
    outcome = bench.issued()
    Outcome.objects.filter(pk=outcome.pk).update(**change)

    named = [f.record for f in every_flaw() if f.record.startswith(f"certificates.Outcome:{outcome.pk} ")]
    assert named


def test_a_removed_stamp_is_missed(bench: Bench) -> None:
    Stamp.objects.filter(number="22C.00007").delete()

    batch = StampBatch.objects.get()
    assert [f.record for f in every_flaw()] == [f"certificates.StampBatch:{batch.pk} (22C)"]


def test_a_paper_is_printed_again_from_its_snapshot_to_the_byte(bench: Bench) -> None:
    outcome = bench.issued()

    paper = queries.record_paper(outcome)

    assert isinstance(paper, RecordPaper)
    assert render_record(paper) == base.file_bytes(outcome.record.files.get())


def test_a_snapshot_of_another_paper_is_not_revived() -> None:
    with pytest.raises(KeyError):
        revived(RecordPaper, {"number": "1"})


def test_somebody_of_another_house_sees_nothing(bench: Bench) -> None:
    outcome, on = bench.issued(), timezone.localdate()

    assert list(queries.outcomes(bench.world.people["giamdoc"], on=on)) == [outcome]
    outsider = bench.world.people["nguoikhac"]
    assert not queries.outcomes(outsider, on=on).exists()
    with pytest.raises(NotFound):
        queries.outcome(outsider, outcome.pk, on=on)
    with pytest.raises(NotAuthorised):
        revoke_outcome(bench.world.act("nguoikhac", reason="…"), outcome)
    with pytest.raises(NotAuthorised):
        receive_stamps(
            bench.world.act("nguoikhac"),
            bench.world.centre,
            series="X",
            first=1,
            last=2,
            received_on=date(2022, 4, 1),
        )


def test_the_public_may_look_up_by_code_and_by_number_and_never_sees_the_customer(bench: Bench) -> None:
    outcome = bench.issued()

    for asked in (outcome.check_code, outcome.check_code.lower(), "V22.00001", " v22.00001 "):
        found = queries.public_checks(asked, on=date(2022, 6, 1))
        assert [(one.number, one.standing, one.serial) for one in found] == [("V22.00001", "valid", "HA-001")]
    (shown,) = queries.public_checks(outcome.check_code, on=date(2022, 6, 1))
    assert shown.file_whole
    assert shown.stamp == "22C.00001"
    assert CUSTOMER not in repr(shown)
    assert queries.public_checks(outcome.check_code, on=date(2023, 6, 1))[0].standing == "expired"
    assert queries.public_checks("V22.99999", on=date(2022, 6, 1)) == []
    assert queries.public_checks("", on=date(2022, 6, 1)) == []


def test_the_old_code_names_what_replaced_it(bench: Bench) -> None:
    old = bench.issued()
    new = bench.replaced(old, off_by=0)

    (shown,) = queries.public_checks(old.check_code, on=date(2022, 6, 1))
    assert (shown.standing, shown.replaced_by, shown.replaced_by_code) == (
        "superseded",
        "V22.00001.R1",
        new.check_code,
    )


def test_issuing_is_one_deed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """What breaks at the very end leaves nothing of what came before it."""
    sheet = bench.approved()

    def broken(*args: object, **kwargs: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("quacan.centre.certificates.actions.issuing.post", broken)
    with pytest.raises(OSError, match="disk"):
        issue_outcome(bench.world.act("giamdoc", on=SIGNED), sheet)

    assert not Outcome.objects.exists()
    assert not IssuedNumber.objects.filter(register__kind__in=["verification_certificate", "record"]).exists()
    assert not Stamp.objects.filter(state=Stamp.State.USED).exists()
    assert every_flaw() == []

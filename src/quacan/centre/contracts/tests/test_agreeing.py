"""From a request to a signed, accepted or cancelled contract."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from quacan.centre.base.models import AuditLine, Register
from quacan.centre.base.moves import dead_ends
from quacan.centre.base.queries import register_flaws
from quacan.centre.base.refusals import (
    FieldMissing,
    FieldWrong,
    NotAuthorised,
    NotFound,
    ReasonMissing,
    StaleRecord,
    WrongStage,
)
from quacan.centre.contracts.actions import (
    ContractDraft,
    accept_contract,
    cancel_contract,
    change_contract,
    record_contract,
    reopen_contract,
    report_done,
    review_contract,
    sign_contract,
)
from quacan.centre.contracts.models import Contract, Job
from quacan.centre.contracts.moves import CONTRACT, JOB
from quacan.centre.contracts.queries import (
    contract_seen_by,
    contracts_seen_by,
    overdue,
    postings,
    sees_prices,
)
from quacan.centre.contracts.refusals import (
    CountedByJobs,
    DaysInWrongOrder,
    DayToCome,
    JobsStillOpen,
    LineOfAnother,
    LineWrong,
    NothingDone,
    QuantityWrong,
    ReviewerUnknown,
    VatUnknown,
)
from quacan.centre.contracts.rules import (
    LineDraft,
    LineProgress,
    one_service,
    stage_after_work,
    totals,
)
from quacan.centre.contracts.tests.conftest import SCALE, Story
from quacan.centre.ledger.models import Entry
from quacan.centre.ledger.queries import flow, record_flaws

CONSULTING = LineDraft("consulting", "", 3, 1_000_001, description="Tư vấn xây dựng phòng đo")


def test_vat_is_taken_once_on_the_total() -> None:
    money = totals([(3, 33_333), (1, 1)], Decimal("8"))

    assert (money.net, money.vat, money.gross) == (100_000, 8_000, 108_000)
    assert totals([(1, 1_006)], Decimal("8")).vat == 80
    assert totals([(1, 1_010)], Decimal("2.5")).vat == 25
    assert totals([(1, 20)], Decimal("2.5")).vat == 1
    assert totals([], Decimal("8")).gross == 0


def test_every_stage_has_its_moves_and_the_last_two_none() -> None:
    starts = {state: [move for move in CONTRACT if state in move.source] for state in Contract.State.values}
    assert {state for state, moves in starts.items() if not moves} == CONTRACT.ends
    assert dead_ends(CONTRACT, Contract.State.values) == []
    assert dead_ends(JOB, Job.State.values) == []


def test_the_stage_follows_the_work() -> None:
    full, half = LineProgress(2, 2, 2), LineProgress(2, 2, 1)

    assert stage_after_work([full, full]) == "done"
    assert stage_after_work([full, half]) == "running"
    assert stage_after_work([]) == "running"
    assert one_service(["testing", "testing"]) == "testing"
    assert one_service(["testing", "consulting"]) == "mixed"


def test_a_draft_has_no_number_and_counts_for_nothing(story: Story) -> None:
    contract = story.draft()

    assert (contract.number, contract.state) == ("", "draft")
    assert contract.lines.get().description == "Cân phân tích"
    assert not Entry.objects.exists()
    assert not Register.objects.exists()


@pytest.mark.parametrize(
    ("received_on", "percent"),
    [(date(2022, 1, 31), 10), (date(2022, 2, 1), 8), (date(2023, 3, 1), 10), (date(2026, 11, 20), 8)],
)
def test_the_rate_of_the_day_is_kept_on_the_contract(story: Story, received_on: date, percent: int) -> None:
    assert story.draft(received_on=received_on).vat_percent == percent


def test_a_stated_rate_wins_and_an_unknown_day_is_refused(story: Story) -> None:
    assert story.draft(vat_percent=Decimal("5")).vat_percent == 5
    with pytest.raises(VatUnknown):
        story.draft(received_on=date(1990, 1, 1))
    with pytest.raises(FieldWrong):
        story.draft(vat_percent=Decimal("101"))
    with pytest.raises(FieldWrong):
        story.draft(vat_percent=Decimal("8.25"))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (LineDraft("cleaning", SCALE, 1, 1), "dịch vụ"),
        (LineDraft("verification", SCALE, 0, 1), "số lượng"),
        (LineDraft("verification", SCALE, 1, -1), "đơn giá"),
        (LineDraft("verification", "", 1, 1), "chưa chọn loại"),
        (LineDraft("verification", "XXX-99", 1, 1), "XXX-99"),
        (LineDraft("verification", SCALE, 1, 1, event="weekly"), "chế độ"),
        (LineDraft("consulting", "", 1, 1), "mô tả"),
    ],
)
def test_a_bad_line_is_named_by_its_row(story: Story, line: LineDraft, why: str) -> None:
    with pytest.raises(LineWrong, match=why) as caught:
        story.draft([CONSULTING, line])
    assert caught.value.values["row"] == 2
    assert not Contract.objects.exists()


def test_a_contract_without_lines_title_or_with_days_turned_round_is_refused(story: Story) -> None:
    with pytest.raises(FieldMissing):
        record_contract(
            story.world.act("vanthu"),
            story.world.centre,
            ContractDraft(party=story.party, title="X", received_on=date(2022, 3, 1), lines=[]),
        )
    with pytest.raises(FieldMissing):
        story.draft(title=" ")
    with pytest.raises(DaysInWrongOrder):
        story.draft(due_on=date(2022, 2, 28))
    with pytest.raises(FieldWrong):
        story.draft(decision_rule="coin")


def test_a_draft_changes_with_its_version_and_leaves_both_images(story: Story) -> None:
    contract = story.draft()
    again = {"party": story.party, "title": "Kiểm định và tư vấn", "received_on": date(2022, 3, 1)}
    changed = change_contract(
        story.world.act("vanthu"), contract, ContractDraft(lines=[CONSULTING], **again), version=1
    )

    assert (changed.version, changed.lines.get().service) == (2, "consulting")
    line = AuditLine.objects.filter(action="contracts.change_contract").order_by("-seq").first()
    assert line is not None
    assert "150000" in line.before
    assert "1000001" in line.after
    with pytest.raises(StaleRecord):
        change_contract(
            story.world.act("vanthu"), contract, ContractDraft(lines=[CONSULTING], **again), version=1
        )


def test_a_reviewed_contract_is_reopened_before_it_changes(story: Story) -> None:
    contract = story.reviewed()
    with pytest.raises(WrongStage, match="Ký hợp đồng"):
        change_contract(
            story.world.act("vanthu"),
            contract,
            ContractDraft(party=story.party, title="X", received_on=date(2022, 3, 1), lines=[CONSULTING]),
            version=contract.version,
        )
    with pytest.raises(ReasonMissing):
        reopen_contract(story.world.act("vanthu"), contract)

    assert reopen_contract(story.world.act("vanthu", reason="Khách thêm cân"), contract).state == "draft"


def test_a_review_that_says_no_keeps_the_draft(story: Story) -> None:
    contract = story.draft()
    with pytest.raises(FieldMissing):
        review_contract(story.world.act("truongphong"), contract, able=False)

    kept = review_contract(story.world.act("truongphong"), contract, able=False, note="Chuẩn đang gửi đi")
    assert (kept.state, kept.review.able) == ("draft", False)
    with pytest.raises(WrongStage):
        sign_contract(story.world.act("giamdoc"), kept)

    passed = review_contract(story.world.act("truongphong"), kept, able=True)
    assert (passed.state, passed.review.able) == ("reviewed", True)


def test_a_review_has_a_name(story: Story) -> None:
    with pytest.raises(ReviewerUnknown, match="Người vận hành"):
        review_contract(story.world.operator(), story.draft(), able=True)


def test_signing_takes_the_number_and_counts_once(story: Story) -> None:
    contract = story.signed(vat_percent=Decimal(8))

    assert (contract.number, contract.state) == ("01/2022/HĐ-TTƯD", "signed")
    assert story.signed(title="Hợp đồng hai").number == "02/2022/HĐ-TTƯD"
    cells = flow([story.world.centre.pk], "contracts.signed", start=date(2022, 3, 1), end=date(2022, 3, 31))
    assert sum(c.quantity for c in cells) == 2
    assert {c.dimensions["vat"]: c.amount for c in cells} == {"gross": 648_000, "net": 600_000}
    assert {c.dimensions["basis"] for c in cells} == {"contract"}
    assert list(register_flaws()) == []
    assert list(record_flaws(postings())) == []


def test_signing_before_the_review_or_tomorrow_is_refused(story: Story) -> None:
    contract = story.reviewed()
    with pytest.raises(DaysInWrongOrder):
        sign_contract(story.world.act("giamdoc"), contract, signed_on=date(2022, 3, 1))
    with pytest.raises(DayToCome):
        sign_contract(story.world.act("giamdoc"), contract, signed_on=date(2022, 4, 15))
    with pytest.raises(DaysInWrongOrder):
        sign_contract(
            story.world.act("giamdoc"), contract, signed_on=date(2022, 3, 9), due_on=date(2022, 3, 8)
        )
    assert not Register.objects.exists()


def test_an_organisation_may_number_in_its_own_way(story: Story) -> None:
    story.world.centre.numbering = {"contract": "HD{yy}.{seq:04}"}
    story.world.centre.save()

    assert story.signed().number == "HD22.0001"


def test_acceptance_counts_revenue_on_its_day(story: Story) -> None:
    contract = story.signed([CONSULTING], vat_percent=Decimal(8))
    line = contract.lines.get()
    with pytest.raises(WrongStage):
        accept_contract(story.world.act("giamdoc"), contract)
    contract = report_done(story.world.act("vanthu"), contract, line=line, quantity=1)
    assert contract.state == "running"
    contract = report_done(story.world.act("vanthu"), contract, line=line, quantity=3)
    assert (contract.state, contract.done_on) == ("done", date(2022, 4, 14))

    accepted = accept_contract(story.world.act("giamdoc"), contract, accepted_on=date(2022, 4, 14))

    assert accepted.state == "accepted"
    cells = flow([story.world.centre.pk], "contracts.accepted", start=date(2022, 4, 1), end=date(2022, 4, 30))
    assert {c.dimensions["vat"]: (c.quantity, c.amount) for c in cells} == {
        "gross": (1, 3_240_003),
        "net": (0, 3_000_003),
    }
    assert list(record_flaws(postings())) == []


def test_accepting_less_needs_a_reason_and_counts_what_was_done(story: Story) -> None:
    contract = story.signed([CONSULTING], vat_percent=Decimal(0))
    line = contract.lines.get()
    contract = report_done(story.world.act("vanthu"), contract, line=line, quantity=2)
    with pytest.raises(ReasonMissing):
        accept_contract(story.world.act("giamdoc"), contract)
    with pytest.raises(QuantityWrong):
        accept_contract(story.world.act("giamdoc", reason="Bớt"), contract, quantities={line.pk: 3})
    with pytest.raises(LineOfAnother):
        accept_contract(story.world.act("giamdoc", reason="Bớt"), contract, quantities={-1: 1})
    with pytest.raises(NothingDone):
        accept_contract(story.world.act("giamdoc", reason="Bớt"), contract, quantities={line.pk: 0})

    accept_contract(story.world.act("giamdoc", reason="Khách bớt một buổi"), contract)

    work = flow(
        [story.world.centre.pk], "contracts.accepted_work", start=date(2022, 4, 1), end=date(2022, 4, 30)
    )
    assert [(c.quantity, c.amount) for c in work] == [(2, 2_000_002)]


def test_reporting_refuses_what_jobs_count_and_foreign_lines(story: Story) -> None:
    contract, other = story.signed([CONSULTING]), story.signed()
    both = story.signed([CONSULTING, LineDraft("verification", SCALE, 1, 1)])
    act = story.world.act("vanthu")
    with pytest.raises(CountedByJobs):
        report_done(act, other, line=other.lines.get(), quantity=1)
    with pytest.raises(CountedByJobs):
        report_done(act, both, line=both.lines.last(), quantity=1)
    with pytest.raises(LineOfAnother):
        report_done(act, both, line=contract.lines.get(), quantity=1)
    with pytest.raises(QuantityWrong):
        report_done(act, contract, line=contract.lines.get(), quantity=4)


def test_cancelling_reverses_the_book_and_keeps_the_number(story: Story) -> None:
    contract = story.signed()
    with pytest.raises(ReasonMissing):
        cancel_contract(story.world.act("vanthu"), contract)
    cancelled = cancel_contract(story.world.act("vanthu", reason="Khách thôi"), contract)

    assert (cancelled.state, cancelled.number) == ("cancelled", "01/2022/HĐ-TTƯD")
    assert story.signed().number == "02/2022/HĐ-TTƯD"
    entries = Entry.objects.filter(source=f"contracts.Contract:{contract.pk}")
    assert sum(e.amount for e in entries) == 0
    assert entries.filter(reverses__isnull=False).count() == 3
    assert list(record_flaws(postings())) == []
    with pytest.raises(WrongStage, match="không có"):
        cancel_contract(story.world.act("vanthu", reason="Nữa"), cancelled)


def test_a_contract_with_work_under_way_is_not_cancelled(story: Story) -> None:
    contract = story.signed()
    order = story.order(contract, story.scales[0])
    with pytest.raises(JobsStillOpen):
        cancel_contract(story.world.act("vanthu", reason="Khách thôi"), contract)
    assert order.jobs.get().state == "waiting"


def test_who_may_do_what(story: Story) -> None:
    contract = story.reviewed()
    with pytest.raises(NotAuthorised):
        sign_contract(story.world.act("kdv.an"), contract)
    with pytest.raises(NotAuthorised):
        sign_contract(story.world.act("nguoikhac"), contract)
    with pytest.raises(NotAuthorised):
        review_contract(story.world.act("kdv.an"), story.draft(), able=True)
    with pytest.raises(NotAuthorised):
        record_contract(
            story.world.act("nguoikhac"),
            story.world.centre,
            ContractDraft(party=story.party, title="X", received_on=date(2022, 3, 1), lines=[CONSULTING]),
        )


def test_another_organisation_sees_nothing(story: Story) -> None:
    contract, on = story.signed(), story.world.now.date()

    assert contract_seen_by(story.world.people["kdv.an"], contract.pk, on=on) == contract
    assert not contracts_seen_by(story.world.people["nguoikhac"], on=on).exists()
    with pytest.raises(NotFound):
        contract_seen_by(story.world.people["nguoikhac"], contract.pk, on=on)


@pytest.mark.parametrize(
    ("username", "sees"),
    [
        ("giamdoc", True), ("vanthu", True), ("kehoach", True),
        ("truongphong", False), ("kdv.an", False), ("chatluong", False), ("nguoikhac", False),
    ],
)  # fmt: skip
def test_prices_are_for_those_who_may_see_them(story: Story, username: str, sees: bool) -> None:
    assert sees_prices(story.world.people[username], story.draft(), on=story.world.now.date()) is sees


def test_overdue_is_what_was_promised_before_today_and_is_not_done(story: Story) -> None:
    late = story.signed(due_on=date(2022, 4, 13))
    story.signed(due_on=date(2022, 4, 14))
    story.draft(due_on=date(2022, 4, 1))

    assert list(overdue(Contract.objects.all(), on=date(2022, 4, 14))) == [late]


def test_a_key_repeated_records_once(story: Story) -> None:
    details = {"party": story.party, "title": "X", "received_on": date(2022, 3, 1), "lines": [CONSULTING]}
    first = record_contract(story.world.act("vanthu", key="k1"), story.world.centre, ContractDraft(**details))
    second = record_contract(
        story.world.act("vanthu", key="k1"), story.world.centre, ContractDraft(**details)
    )

    assert first == second
    assert Contract.objects.count() == 1

"""Orders and jobs: within the contract, by people who may, until every instrument has its result."""

from __future__ import annotations

from datetime import date

import pytest

from quacan.centre.base.act import Act, action
from quacan.centre.base.refusals import NotAuthorised, NotFound, ReasonMissing, WrongStage
from quacan.centre.contracts.actions import (
    JobPlan,
    accept_contract,
    add_jobs,
    cancel_job,
    finish_job,
    order_work,
    reassign_job,
    reopen_job,
    start_job,
)
from quacan.centre.contracts.models import Job, Order
from quacan.centre.contracts.queries import (
    job_seen_by,
    jobs_of,
    jobs_seen_by,
    line_progress,
    order_seen_by,
    orders_seen_by,
    possible_performers,
)
from quacan.centre.contracts.refusals import (
    AllOrdered,
    DaysInWrongOrder,
    InstrumentNotInUse,
    InstrumentOnOrder,
    InstrumentTwice,
    JobsStillOpen,
    KindDiffers,
    LineOfAnother,
    NoJobs,
    NotAPerformer,
    NotMeasured,
    TooManyJobs,
)
from quacan.centre.contracts.rules import LineDraft
from quacan.centre.contracts.tests.conftest import SCALE, Story
from quacan.centre.instruments.actions import InstrumentDraft, register_instrument, stop_use

MONDAY = date(2022, 3, 7)


@action("worksheets.record")
def _above(act: Act, job: Job, *, step: str) -> Job:
    """What a department above does inside its own action."""
    act.require(job.order.organisation)
    act.nothing_changed()
    return {"start": start_job, "finish": finish_job, "reopen": reopen_job}[step](act, job)


def _do(story: Story, job: Job, *steps: str) -> Job:
    for step in steps:
        job = _above(story.world.act("kdv.an"), job, step=step)
    return job


def test_an_order_takes_its_number_and_starts_the_contract(story: Story) -> None:
    contract = story.signed()
    order = story.order(contract, story.scales[0])
    contract.refresh_from_db()

    assert order.number == "PV22.0001"
    assert contract.state == "running"
    assert list(jobs_of(story.world.people["kdv.an"])) == [order.jobs.get()]
    progress = line_progress(contract.lines.all())[contract.lines.get().pk]
    assert (progress.quantity, progress.ordered, progress.done, progress.left_to_order) == (2, 1, 0, 1)


def test_never_more_than_the_line_agrees(story: Story) -> None:
    contract = story.signed()
    with pytest.raises(TooManyJobs) as caught:
        story.order(contract, *story.scales)
    assert caught.value.values["quantity"] == 2
    story.order(contract, story.scales[0])
    with pytest.raises(TooManyJobs):
        story.order(contract, story.scales[1], story.scales[2])
    assert Order.objects.count() == 1


def test_an_order_needs_instruments_a_signed_contract_and_a_later_day(story: Story) -> None:
    contract = story.signed()
    with pytest.raises(NoJobs):
        story.order(contract)
    with pytest.raises(DaysInWrongOrder):
        order_work(
            story.world.act("vanthu"), contract, planned_on=date(2022, 3, 2),
            jobs=story.plan(contract, story.scales[0]),
        )  # fmt: skip
    draft = story.draft()
    with pytest.raises(WrongStage, match="Xem xét yêu cầu"):
        story.order(draft, story.scales[0])


def test_lines_and_instruments_must_fit(story: Story) -> None:
    world = story.world
    consulting = LineDraft("consulting", "", 1, 1, description="Tư vấn")
    contract = story.signed([LineDraft("verification", SCALE, 3, 1), consulting])
    scale_line, other_line = contract.lines.all()
    an = world.people["kdv.an"]
    gauge = register_instrument(
        world.act("vanthu"), world.centre, InstrumentDraft(kind_code="LEN-05", serial="9"), owner=story.party
    )

    def order(*plans: JobPlan) -> Order:
        return order_work(world.act("vanthu"), contract, planned_on=MONDAY, jobs=plans)

    with pytest.raises(NotMeasured):
        order(JobPlan(other_line, story.scales[0], an))
    with pytest.raises(KindDiffers):
        order(JobPlan(scale_line, gauge, an))
    with pytest.raises(LineOfAnother):
        order(JobPlan(story.signed().lines.get(), story.scales[0], an))
    with pytest.raises(InstrumentTwice):
        order(JobPlan(scale_line, story.scales[0], an), JobPlan(scale_line, story.scales[0], an))
    stop_use(world.act("vanthu"), story.scales[1], organisation=world.centre, on=MONDAY)
    story.scales[1].refresh_from_db()
    with pytest.raises(InstrumentNotInUse):
        order(JobPlan(scale_line, story.scales[1], an))


def test_an_instrument_waits_in_one_order_only(story: Story) -> None:
    first, second = story.signed(), story.signed()
    order = story.order(first, story.scales[0])
    with pytest.raises(InstrumentOnOrder, match=order.number):
        story.order(second, story.scales[0])

    _do(story, order.jobs.get(), "finish")
    story.order(second, story.scales[0])
    with pytest.raises(InstrumentOnOrder):
        story.order(first, story.scales[0])


@pytest.mark.parametrize("username", ["vanthu", "giamdoc", "nguoikhac"])
def test_only_who_may_measure_is_given_jobs(story: Story, username: str) -> None:
    contract = story.signed()
    with pytest.raises(NotAPerformer, match=story.world.people[username].full_name):
        order_work(
            story.world.act("vanthu"), contract, planned_on=MONDAY,
            jobs=story.plan(contract, story.scales[0], performer=username),
        )  # fmt: skip


def test_possible_performers_are_those_who_may_measure(story: Story) -> None:
    names = {p.username for p in possible_performers(story.world.centre, on=MONDAY)}

    assert names == {"kdv.an", "kdv.binh", "truongphong"}


def test_instruments_found_on_the_spot_join_the_order(story: Story) -> None:
    contract = story.signed()
    order = story.order(contract, story.scales[0])
    add_jobs(story.world.act("truongphong"), order, jobs=story.plan(contract, story.scales[1]))

    assert order.jobs.count() == 2
    with pytest.raises(AllOrdered):
        add_jobs(story.world.act("vanthu"), order, jobs=story.plan(contract, story.scales[2]))


def test_a_job_nobody_began_is_given_to_another_or_taken_back(story: Story) -> None:
    contract = story.signed()
    job = story.order(contract, story.scales[0]).jobs.get()
    binh = story.world.people["kdv.binh"]

    assert reassign_job(story.world.act("truongphong"), job, performer=binh).performer == binh
    with pytest.raises(NotAPerformer):
        reassign_job(story.world.act("truongphong"), job, performer=story.world.people["vanthu"])
    with pytest.raises(ReasonMissing):
        cancel_job(story.world.act("vanthu"), job)
    cancel_job(story.world.act("vanthu", reason="Cân hỏng"), job)
    assert line_progress(contract.lines.all())[contract.lines.get().pk].left_to_order == 2
    story.order(contract, story.scales[0])


def test_a_job_being_measured_stays_with_its_performer(story: Story) -> None:
    job = _do(story, story.order(story.signed(), story.scales[0]).jobs.get(), "start")
    with pytest.raises(WrongStage, match="Đang đo"):
        reassign_job(story.world.act("truongphong"), job, performer=story.world.people["kdv.binh"])
    with pytest.raises(WrongStage):
        cancel_job(story.world.act("vanthu", reason="Hỏng"), job)
    with pytest.raises(WrongStage):
        _do(story, job, "start")


def test_the_contract_is_done_when_every_instrument_has_its_result(story: Story) -> None:
    contract = story.signed()
    jobs = list(story.order(contract, story.scales[0], story.scales[1]).jobs.all())
    _do(story, jobs[0], "start", "finish")
    contract.refresh_from_db()
    assert contract.state == "running"
    with pytest.raises(JobsStillOpen):
        accept_contract(story.world.act("giamdoc"), contract)

    _do(story, jobs[1], "finish", "finish")
    contract.refresh_from_db()
    assert (contract.state, contract.done_on) == ("done", date(2022, 4, 14))
    assert accept_contract(story.world.act("giamdoc"), contract).state == "accepted"


def test_a_result_taken_back_takes_the_contract_back(story: Story) -> None:
    contract = story.signed([LineDraft("verification", SCALE, 1, 1)])
    job = _do(story, story.order(contract, story.scales[0]).jobs.get(), "start", "finish", "reopen")
    contract.refresh_from_db()

    assert (job.state, job.done_on) == ("measuring", None)
    assert (contract.state, contract.done_on) == ("running", None)
    assert _do(story, job, "reopen").state == "waiting"
    with pytest.raises(WrongStage):
        _do(story, job, "reopen")


def test_orders_and_jobs_stay_in_their_organisation(story: Story) -> None:
    order = story.order(story.signed(), story.scales[0])
    job, on = order.jobs.get(), story.world.now.date()
    stranger, an = story.world.people["nguoikhac"], story.world.people["kdv.an"]

    assert order_seen_by(an, order.pk, on=on) == order
    assert job_seen_by(an, job.pk, on=on) == job
    assert not orders_seen_by(stranger, on=on).exists()
    assert not jobs_seen_by(stranger, on=on).exists()
    for seen_by, pk in ((order_seen_by, order.pk), (job_seen_by, job.pk)):
        with pytest.raises(NotFound):
            seen_by(stranger, pk, on=on)
    with pytest.raises(NotAuthorised):
        cancel_job(story.world.act("nguoikhac", reason="Phá"), job)

"""Whatever was done so far: somebody can go on, an open move is never refused, a shut one says why."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quacan.centre.base.act import Act, action
from quacan.centre.base.moves import Move, is_open, offer
from quacan.centre.base.refusals import Refusal
from quacan.centre.contracts import actions, moves
from quacan.centre.contracts.actions import ContractDraft, JobPlan
from quacan.centre.contracts.models import Contract, ContractLine, Job, Order
from quacan.centre.contracts.queries import line_progress
from quacan.centre.contracts.refusals import JobsStillOpen, ResultsGiven
from quacan.centre.contracts.rules import LineDraft
from quacan.centre.contracts.tests.conftest import SCALE, Story
from quacan.centre.people.models import Person

SignIn = Callable[[Person], Client]
CLERK, HEAD, VERIFIER = "vanthu", "truongphong", "kdv.an"
CONSULTING = LineDraft("consulting", "", 2, 1_000, description="Tư vấn")


@action("worksheets.record")
def _at_the_bench(act: Act, job: Job, *, step: str) -> Job:
    """What a department above does with a job inside its own action."""
    act.require(job.order.organisation)
    act.nothing_changed()
    return {"start": actions.start_job, "finish": actions.finish_job, "reopen": actions.reopen_job}[step](
        act, job
    )


def bench(story: Story, job: Job, *steps: str) -> None:
    for step in steps:
        _at_the_bench(story.world.act(VERIFIER), job, step=step)


class Undone(Exception):
    """Rolls back a try."""


def tried(story: Story, move: Move, record: Contract | Order | Job, username: str) -> Refusal | None:
    """What the action of a move answers to valid values; nothing stays changed."""
    try:
        with transaction.atomic():
            perform(story, move, record, username)
            raise Undone
    except Undone:
        return None
    except Refusal as refusal:
        return refusal


def perform(story: Story, move: Move, record: Contract | Order | Job, username: str) -> None:
    """Makes a move with valid values, by the action behind its button."""
    act = story.world.act(username, reason="Vì vậy")
    fresh = type(record).objects.get(pk=record.pk)
    ACTIONS[move](story, act, fresh)


def _change(story: Story, act: Act, contract: Contract) -> None:
    lines = [
        LineDraft(one.service, one.kind_code, one.quantity, one.unit_price) for one in _measured(contract)
    ]
    draft = ContractDraft(contract.party, "Sửa", contract.received_on, lines or [CONSULTING])
    actions.change_contract(act, contract, draft, version=contract.version)


def _measured(contract: Contract) -> list[ContractLine]:
    return [line for line in contract.lines.all() if line.service == "verification"]


def _plans(story: Story, contract: Contract) -> list[JobPlan]:
    line = next((one for one in _measured(contract) if _left(contract, one)), None) or contract.lines.first()
    assert line is not None
    busy = Job.objects.exclude(state="cancelled").values("instrument")
    free = [one for one in story.scales if not busy.filter(instrument=one).exists()] or story.scales
    return [JobPlan(line, free[0], story.world.people[VERIFIER])]


def _left(contract: Contract, line: ContractLine) -> int:
    return line_progress([line])[line.pk].left_to_order


def _report(story: Story, act: Act, contract: Contract) -> None:
    line = contract.lines.exclude(service="verification").first() or contract.lines.first()
    assert line is not None
    quantity = 1 if line.reported_quantity == line.quantity else line.quantity
    actions.report_done(act, contract, line=line, quantity=min(quantity, line.quantity))


ACTIONS: dict[Move, Callable[..., object]] = {
    moves.CHANGE: _change,
    moves.REVIEW: lambda story, act, one: actions.review_contract(act, one, able=True),
    moves.REOPEN: lambda story, act, one: actions.reopen_contract(act, one),
    moves.SIGN: lambda story, act, one: actions.sign_contract(act, one),
    moves.GIVE_OUT: lambda story, act, one: actions.order_work(
        act, one, planned_on=act.on, jobs=_plans(story, one)
    ),
    moves.REPORT: _report,
    moves.ACCEPT: lambda story, act, one: actions.accept_contract(act, one),
    moves.CANCEL: lambda story, act, one: actions.cancel_contract(act, one),
    moves.ADD_JOBS: lambda story, act, one: actions.add_jobs(act, one, jobs=_plans(story, one.contract)),
    moves.REASSIGN: lambda story, act, one: actions.reassign_job(
        act, one, performer=story.world.people["kdv.binh"]
    ),
    moves.CANCEL_JOB: lambda story, act, one: actions.cancel_job(act, one),
}


@dataclass(frozen=True)
class Chance:
    """A move of a record of the contract, with a button."""

    move: Move
    record: Contract | Order | Job


def chances(contract: Contract) -> Iterator[Chance]:
    """Every button there is on a contract, its orders and their jobs."""
    jobs = Job.objects.filter(order__contract=contract)
    records = [(moves.CONTRACT, [contract]), (moves.ORDER, contract.orders.all()), (moves.JOB, jobs)]
    for machine, rows in records:
        for record, move in itertools.product(list(rows), machine):
            if move.permission:
                yield Chance(move, record)


def test_every_move_with_a_button_is_walked() -> None:
    known = {move for machine in (moves.CONTRACT, moves.ORDER, moves.JOB) for move in machine}
    assert set(ACTIONS) == {move for move in known if move.permission}


@settings(max_examples=12, suppress_health_check=list(HealthCheck), database=None)
@given(
    consulting=st.booleans(),
    scales=st.integers(0, 2),
    choices=st.lists(st.tuples(st.sampled_from([CLERK, HEAD]), st.integers(0, 99)), min_size=4, max_size=9),
)
def test_no_walk_ends_where_nobody_can_go_on(
    story: Story, consulting: bool, scales: int, choices: list[tuple[str, int]]
) -> None:
    lines = [CONSULTING] if consulting or not scales else []
    lines += [LineDraft("verification", SCALE, scales, 1_000)] if scales else []
    sid = transaction.savepoint()
    contract = story.draft(lines)
    for username, choice in choices:
        contract.refresh_from_db()
        if contract.state in moves.CONTRACT.ends:
            break
        open_ones = _checked(story, contract, username, choice)
        if not open_ones:
            continue
        pick = open_ones[choice % len(open_ones)]
        pick()
    transaction.savepoint_rollback(sid)


def _checked(story: Story, contract: Contract, username: str, choice: int) -> list[Callable[[], None]]:
    """What may be done next; on the way one open and one shut button are held against their actions."""
    on = story.world.now.date()
    people = story.world.people
    found = list(chances(contract))
    by_anybody = [
        one for one in found for who in (CLERK, HEAD) if is_open(one.move, one.record, people[who], on=on)
    ]
    measuring = Job.objects.filter(order__contract=contract, state="measuring")
    assert by_anybody or measuring.exists(), f"stuck at {contract.state}"
    offers = [(one, offer(one.move, one.record, people[username], on=on)) for one in found]
    shut = [pair for pair in offers if not pair[1].is_open]
    open_now = [pair for pair in offers if pair[1].is_open]
    for group in (shut, open_now):
        if group:
            one, offered = group[choice % len(group)]
            answer = tried(story, one.move, one.record, username)
            wanted = offered.hindrances[0].sentence if offered.hindrances else None
            assert (answer.sentence if answer else None) == wanted, one.move.key
    steps: list[Callable[[], None]] = [
        lambda one=one: perform(story, one.move, one.record, username) for one, _offered in open_now
    ]
    for job in Job.objects.filter(order__contract=contract):
        for step in {
            "waiting": ["start", "finish"],
            "measuring": ["finish", "reopen"],
            "done": ["reopen"],
        }.get(job.state, []):
            steps.append(lambda job=job, step=step: bench(story, job, step))
    return steps


def _half_done(story: Story) -> Contract:
    """Two scales agreed: one has its result, the job of the other was cancelled."""
    contract = story.signed()
    jobs = list(story.order(contract, *story.scales[:2]).jobs.all())
    bench(story, jobs[0], "start", "finish")
    actions.cancel_job(story.world.act(CLERK, reason="Cân hỏng"), jobs[1])
    contract.refresh_from_db()
    return contract


def _buttons(page: str) -> list[str]:
    """The steps on a contract's page in their order."""
    panel = page[page.index('<ol class="stages"') : page.index('<div class="tiles">')]
    opened = re.findall(
        r'(?:<summary class="btn go">|<a class="btn go[^>]*>)(.*?)</(?:summary|a)>', panel, re.S
    )
    return [re.sub(r"<[^>]+>", "", one).strip() for one in opened]


def test_a_contract_half_cancelled_is_closed_from_the_screen(story: Story, sign_in: SignIn) -> None:
    contract = _half_done(story)
    clerk = sign_in(story.world.people[CLERK])
    page = clerk.get(f"/hop-dong/{contract.pk}/").content.decode()
    assert contract.state == "running"
    assert _buttons(page) == ["Giao việc", "Nghiệm thu"]
    assert "Lý do nghiệm thu thiếu" in page

    line = contract.lines.get()
    data = {"accepted_on": "2022-04-14", f"accepted-{line.pk}": "1"}
    assert clerk.post(f"/hop-dong/{contract.pk}/nghiem-thu/", data).status_code == 422
    typo = clerk.post(
        f"/hop-dong/{contract.pk}/nghiem-thu/", data | {f"accepted-{line.pk}": "x", "reason": "a"}
    )
    assert "không phải số đếm" in typo.content.decode()
    assert (
        clerk.post(f"/hop-dong/{contract.pk}/nghiem-thu/", data | {"reason": "Cân hỏng"}).status_code == 302
    )
    contract.refresh_from_db()
    assert contract.state == "accepted"


def test_a_running_contract_of_which_all_was_cancelled_is_cancelled_from_the_screen(
    story: Story, sign_in: SignIn
) -> None:
    contract = story.signed()
    job = story.order(contract, story.scales[0]).jobs.get()
    clerk = sign_in(story.world.people[CLERK])
    assert f"/hop-dong/{contract.pk}/huy/" not in clerk.get(f"/hop-dong/{contract.pk}/").content.decode()
    actions.cancel_job(story.world.act(CLERK, reason="Khách thôi"), job)

    page = clerk.get(f"/hop-dong/{contract.pk}/").content.decode()
    assert f"/hop-dong/{contract.pk}/huy/" in page
    assert "chưa có khối lượng nào hoàn thành" in page
    assert clerk.post(f"/hop-dong/{contract.pk}/huy/", {"reason": "Khách thôi"}).status_code == 302
    contract.refresh_from_db()
    assert contract.state == "cancelled"


def test_what_keeps_a_contract_from_being_cancelled_says_the_way_on(story: Story) -> None:
    contract, on = _half_done(story), story.world.now.date()
    clerk = story.world.people[CLERK]
    hindrances = offer(moves.CANCEL, contract, clerk, on=on).hindrances
    assert [type(one) for one in hindrances] == [ResultsGiven]
    assert is_open(moves.ACCEPT, contract, clerk, on=on)

    waiting = story.signed()
    story.order(waiting, story.scales[2])
    with pytest.raises(JobsStillOpen):
        actions.cancel_contract(story.world.act(CLERK, reason="Thôi"), waiting)


def test_a_wrong_report_that_finished_a_contract_is_corrected(story: Story) -> None:
    contract = story.signed([CONSULTING])
    line = contract.lines.get()
    contract = actions.report_done(story.world.act(CLERK), contract, line=line, quantity=2)
    assert contract.state == "done"
    contract = actions.report_done(story.world.act(CLERK), contract, line=line, quantity=1)
    assert (contract.state, contract.done_on) == ("running", None)


def test_a_draft_is_changed_by_whoever_reads_its_prices(story: Story, sign_in: SignIn) -> None:
    contract = story.draft()
    head = sign_in(story.world.people[HEAD])
    assert head.get(f"/hop-dong/{contract.pk}/sua/").status_code == 403
    signed = story.signed()
    clerk = sign_in(story.world.people[CLERK])
    assert f"/hop-dong/{signed.pk}/sua/" not in clerk.get(f"/hop-dong/{signed.pk}/").content.decode()
    assert clerk.get(f"/hop-dong/{signed.pk}/sua/").status_code == 422
    assert sign_in(story.world.people[VERIFIER]).get("/hop-dong/moi/").status_code == 403

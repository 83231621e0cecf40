"""Simulations, nonconforming work and deviations in every state, seen by everybody: an open move is never refused, a
shut one never accepted, and nobody is stuck."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.utils.translation import override

from quacan.centre.base.act import Act
from quacan.centre.base.models import FollowUp
from quacan.centre.base.moves import dead_ends
from quacan.centre.certificates.tests.conftest import Bench
from quacan.centre.certificates.tests.test_moves import WHO, agree
from quacan.centre.people.models import Person
from quacan.centre.quality.actions import (
    advance_simulation,
    close_nonconformity,
    open_nonconformity,
    simulate_deviation,
)
from quacan.centre.quality.models import Nonconformity, Simulation
from quacan.centre.quality.moves import ADVANCE, CLOSE, NONCONFORMITY, OPEN, SIMULATION
from quacan.centre.quality.tests.test_story import FOUND, opened, simulated
from quacan.centre.standards.models import Standard

CLOSED_ON = date(2022, 6, 10)


def running(bench: Bench, standard: Standard) -> Simulation:
    return simulate_deviation(
        bench.world.act("chatluong", on=FOUND),
        standard,
        deviation="10",
        unit="mmHg",
        from_on=date(2022, 5, 1),
        explanation="Hiệu chuẩn lại",
    )


def in_state(bench: Bench, standard: Standard, state: str) -> Simulation:
    bench.issued(0)
    if state == "running":
        return running(bench, standard)
    found = simulated(bench.world, standard)
    if state == "used":
        opened(bench.world, found)
    if state == "stale":
        bench.issued(1)
    return Simulation.objects.get(pk=found.pk)


@pytest.mark.parametrize("state", ["running", "complete", "used", "stale"])
def test_a_simulation_in_every_state_for_everybody(bench: Bench, standard: Standard, state: str) -> None:
    found, owner = in_state(bench, standard, state), bench.world.people["truongphong"]

    def opening(act: Act) -> object:
        return open_nonconformity(act, found, summary="Lệch", owner=owner, working_days=5)

    for who in WHO:
        act = bench.world.act(who, on=FOUND)
        may = who in {"giamdoc", "truongphong", "chatluong"}
        advances = agree(ADVANCE, found, lambda act: advance_simulation(act, found), act)
        assert advances == (may and state == "running")
        assert agree(OPEN, found, opening, act) == (may and state == "complete")


@pytest.mark.parametrize("state", ["waiting", "done", "closed"])
def test_nonconforming_work_in_every_state_for_everybody(
    bench: Bench, standard: Standard, state: str
) -> None:
    bench.issued(0)
    made = opened(bench.world, simulated(bench.world, standard))
    if state != "waiting":
        FollowUp.objects.update(state="done")

    def closing(act: Act) -> Nonconformity:
        return close_nonconformity(
            act, made, version=made.version, cause="Va đập", corrective_action="Hộp mới",
            effectiveness_on=date(2022, 9, 1), confirmed=True,
        )  # fmt: skip

    if state == "closed":
        made = closing(bench.world.act("chatluong", on=CLOSED_ON))
    for who in WHO:
        may = who in {"giamdoc", "truongphong", "chatluong"}
        assert agree(CLOSE, made, closing, bench.world.act(who, on=CLOSED_ON)) == (may and state == "done")


def test_nobody_is_stuck() -> None:
    assert dead_ends(SIMULATION, Simulation.State.values) == []
    assert dead_ends(NONCONFORMITY, Nonconformity.State.values) == []


def test_a_form_that_may_not_be_sent_is_not_shown(
    bench: Bench, standard: Standard, sign_in: Callable[[Person], object]
) -> None:
    client = sign_in(bench.world.people["chatluong"])
    found = in_state(bench, standard, "used")
    page = client.get(f"/chat-luong/mo-phong/{found.pk}/khong-phu-hop/").content.decode()  # type: ignore[attr-defined]
    assert "Mô phỏng này đã mở điểm không phù hợp KPH22.001" in page
    assert 'name="working_days"' not in page


def test_a_stale_simulation_says_so_before_anything_is_typed(
    bench: Bench, standard: Standard, sign_in: Callable[[Person], object]
) -> None:
    """The page offered to open nonconforming work which the action then refused."""
    client = sign_in(bench.world.people["chatluong"])
    found = in_state(bench, standard, "stale")
    page = client.get(f"/chat-luong/mo-phong/{found.pk}/").content.decode()  # type: ignore[attr-defined]
    assert "nay có 2 phiếu dùng chuẩn này" in page
    assert f'href="/chat-luong/mo-phong/moi/?chuan={standard.pk}"' in page
    assert f'href="/chat-luong/mo-phong/{found.pk}/khong-phu-hop/"' not in page


def test_two_who_watch_one_simulation_are_both_told_it_is_done(
    bench: Bench, standard: Standard, sign_in: Callable[[Person], object]
) -> None:
    bench.issued(0)
    found = running(bench, standard)
    client = sign_in(bench.world.people["chatluong"])
    for _time in range(2):
        answer = client.post(f"/chat-luong/mo-phong/{found.pk}/tiep/", HTTP_HX_REQUEST="true")  # type: ignore[attr-defined]
        assert (answer.status_code, answer["HX-Refresh"]) == (200, "true")


@pytest.mark.parametrize("tongue", ["vi", "en"])
def test_people_are_named_not_their_accounts(
    bench: Bench, standard: Standard, sign_in: Callable[[Person], object], tongue: str
) -> None:
    bench.issued(0)
    made = opened(bench.world, simulated(bench.world, standard))
    client = sign_in(bench.world.people["giamdoc"])
    with override(tongue):
        for place in (f"/chat-luong/khong-phu-hop/{made.pk}/", "/chat-luong/mo-phong/?export=csv"):
            answer = client.get(place)  # type: ignore[attr-defined]
            page = b"".join(answer) if answer.streaming else answer.content
            assert "Phan Thị Quỳnh" in page.decode()
            assert "chatluong" not in page.decode()
            assert "quality." not in page.decode().replace("quality.css", "")

"""Decided once: what a button says, the action says. Every move × records of every state × every kind of person."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from quacan.centre.base.departments import every_moves
from quacan.centre.base.moves import dead_ends
from tests.conftest import House


@dataclass(frozen=True, slots=True)
class Press:
    """One button pressed by one person on one record."""

    move: str
    state: str
    record: str
    username: str
    sentences: list[str]
    answer: str

    def __str__(self) -> str:
        said = self.sentences[0] if self.sentences else "open"
        return f"{self.move} on {self.record} ({self.state}) as {self.username}: «{said}» but «{self.answer}»"


@pytest.fixture(scope="module")
def pressed(
    demo: House, copier: Callable[[House, Path], House], tmp_path_factory: pytest.TempPathFactory
) -> list[Press]:
    """Every button of the demonstration, pressed."""
    house = copier(demo, tmp_path_factory.mktemp("presses") / "house")
    done = subprocess.run(
        [sys.executable, "-m", "tests.house.presses"],
        env=house.environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [Press(*json.loads(line)) for line in done.stdout.splitlines()]


def test_an_open_button_is_never_refused(pressed: list[Press]) -> None:
    assert [str(one) for one in pressed if not one.sentences and one.answer != "done"] == []


def test_a_shut_button_is_refused_with_the_sentence_it_shows(pressed: list[Press]) -> None:
    assert [str(one) for one in pressed if one.sentences and one.answer != one.sentences[0]] == []


def test_every_move_is_open_to_somebody_in_some_state_of_the_demonstration(pressed: list[Press]) -> None:
    tried = {one.move for one in pressed}
    opened = {one.move for one in pressed if not one.sentences}
    assert tried - opened <= RARE, tried - opened - RARE


RARE = {
    "base.FollowUp.confirm",
    "planning.Plan.approve",
    "planning.Plan.set_target",
    "verification.Batch.approve",
    "verification.BatchFile.weigh",
    "verification.Worksheet.ask_deviation",
    "verification.Worksheet.carry_checklists",
    "verification.Worksheet.correct_characteristics",
    "verification.Worksheet.grant_deviation",
    "visitors.Visit.admit",
}
"""Moves for which the demonstration has no record: their own department's tests make them."""


def test_no_refusal_says_a_machine_word(pressed: list[Press]) -> None:
    words = {sentence for one in pressed for sentence in one.sentences}
    permissions = {move.permission for moves in every_moves() for move in moves if move.permission}
    assert sorted(text for text in words if any(code in text for code in permissions)) == []


@pytest.mark.parametrize("moves", list(every_moves()), ids=lambda one: one.model)
def test_from_every_state_there_is_a_way_to_an_end(moves: object) -> None:
    states = {state for one in moves for state in (*one.source, *one.target)}  # type: ignore[attr-defined]
    assert dead_ends(moves, sorted(states)) == []  # type: ignore[arg-type]

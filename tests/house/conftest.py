"""Every door of the demonstration, knocked at once for all that is asked about the answers."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import House


@dataclass(frozen=True, slots=True)
class Knock:
    """One answer of one door; *words* are the machine words its page showed."""

    door: str
    username: str
    method: str
    status: int
    location: str
    written: int
    shows: bool
    words: tuple[str, ...]

    @property
    def entered(self) -> bool:
        return self.status in (200, 302, 405, 422)

    def __str__(self) -> str:
        return (
            f"{self.method} {self.door} as {self.username or 'nobody'}: {self.status}, {self.written} written"
        )


@pytest.fixture(scope="session")
def knocks(
    demo: House, copier: Callable[[House, Path], House], tmp_path_factory: pytest.TempPathFactory
) -> list[Knock]:
    """Every door of the demonstration, knocked at; the workers of a run share the answers."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    answers = shared / "knocks.jsonl"
    with (shared / "knocks.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not answers.exists():
            answers.write_text(_answers(copier(demo, tmp_path_factory.mktemp("doors") / "house")), "utf-8")
    return [_knock(*json.loads(line)) for line in answers.read_text("utf-8").splitlines()]


def _answers(house: House) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.house.doors"],
        env=house.environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def _knock(
    door: str,
    username: str,
    method: str,
    status: int,
    location: str,
    written: int,
    shows: bool,
    words: list[str],
) -> Knock:
    return Knock(door, username, method, status, location, written, shows, tuple(words))

"""Eight people sign at once, and a process dies in the middle: the registers stay whole, on both databases.

Every process is one of its own with its own connection; each test starts from a copy of one filled database.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

SHEETS = 50
PROCESSES = 8
KILLS = 8
REPOSITORY = Path(__file__).resolve().parents[2]
POSTGRES = os.environ.get("QUACAN_TEST_POSTGRES", "")

pytestmark = pytest.mark.one_database


@dataclass
class House:
    """A database with its folder of documents, and the processes that work on it."""

    data: Path
    url: str = ""

    def start(self, deed: str, *numbers: int) -> subprocess.Popen[str]:
        environment = os.environ | {
            "QUACAN_DATA": str(self.data),
            "DATABASE_URL": self.url,
            "PYTHONPATH": f"{REPOSITORY / 'src'}:{REPOSITORY}",
            "DJANGO_SETTINGS_MODULE": "quacan.centre.config.settings",
        }
        command = [sys.executable, "-m", "tests.journeys.issuing_at_once", deed, *map(str, numbers)]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, env=environment, cwd=REPOSITORY, stdin=pipe, stdout=pipe, stderr=pipe, text=True
        )

    def run(self, deed: str, *numbers: int) -> str:
        process = self.start(deed, *numbers)
        said, complaints = process.communicate("go\n", timeout=120)
        assert process.returncode == 0, complaints
        return said

    def proof(self) -> dict[str, list[str] | int]:
        proof: dict[str, list[str] | int] = json.loads(self.run("prove"))
        return proof


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A centre with fifty checked worksheets, filled once for each database."""
    house = House(tmp_path_factory.mktemp(request.param))
    if request.param == "postgresql":
        if not POSTGRES:
            pytest.skip("PostgreSQL: QUACAN_TEST_POSTGRES names no server (Debian package postgresql)")
        house.url = _make_database(f"quacan_full_{os.getpid()}")
    house.run("fill", SHEETS)
    yield house
    _drop(house)


@pytest.fixture
def house(template: House, tmp_path: Path) -> Iterator[House]:
    """A copy of the filled database."""
    data = tmp_path / "house"
    shutil.copytree(template.data, data)
    copy = House(data)
    if template.url:
        name = urlsplit(template.url).path.lstrip("/")
        copy.url = _make_database(f"{name}_{time.monotonic_ns()}", template=name)
    yield copy
    _drop(copy)


def _make_database(name: str, *, template: str = "template0") -> str:
    import psycopg

    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()


def _drop(house: House) -> None:
    if house.url:
        import psycopg

        with psycopg.connect(POSTGRES, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{urlsplit(house.url).path.lstrip("/")}" WITH (FORCE)')


def test_eight_processes_sign_fifty_results_at_once(house: House) -> None:
    signing = [house.start("sign", share, PROCESSES) for share in range(PROCESSES)]
    for process in signing:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in signing:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=120) for process in signing]

    assert [process.returncode for process in signing] == [0] * PROCESSES, said
    proof = house.proof()
    passed, failed = SHEETS - SHEETS // 5, SHEETS // 5
    assert proof["flaws"] == []
    assert (proof["issued"], proof["waiting"]) == (SHEETS, 0)
    assert proof["certificates"] == list(range(1, passed + 1))
    assert proof["notices"] == list(range(1, failed + 1))
    assert proof["records"] == list(range(1, SHEETS + 1))
    assert len(set(proof["stamps"])) == passed
    assert proof["stamps"] == proof["used"]
    assert proof["missing_files"] == []
    lines = sorted(line for out, _err in said for line in out.splitlines())
    assert sorted(line.partition(" ")[2] for line in lines) == proof["outcomes"]


def test_a_process_killed_while_signing_leaves_all_or_nothing(house: House) -> None:
    chance = random.Random(20261120)
    confirmed: list[str] = []
    for _attempt in range(KILLS):
        process = house.start("sign", 0, 1)
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.readline()
        process.stdin.write("go\n")
        process.stdin.flush()
        time.sleep(chance.uniform(0.02, 0.5))
        process.send_signal(signal.SIGKILL)
        out, _err = process.communicate(timeout=30)
        confirmed += [line.partition(" ")[2] for line in out.splitlines()]
    _settled(house)

    proof = house.proof()
    assert proof["flaws"] == []
    assert proof["missing_files"] == []
    assert set(confirmed) <= set(proof["outcomes"]), "what was confirmed is there"
    assert len(proof["outcomes"]) <= len(confirmed) + KILLS, "at most the one in hand was finished unsaid"
    assert proof["issued"] == len(proof["outcomes"]) == len(proof["records"])
    assert proof["issued"] + proof["waiting"] == SHEETS
    assert proof["waiting"], "the kills came too late to prove anything"

    house.run("sign", 0, 1)
    finished = house.proof()
    assert finished["flaws"] == []
    assert (finished["issued"], finished["waiting"]) == (SHEETS, 0)
    assert finished["records"] == list(range(1, SHEETS + 1))


def _settled(house: House) -> None:
    """A server notices only after a moment that the client of an open transaction is gone."""
    if not house.url:
        return
    import psycopg

    name = urlsplit(house.url).path.lstrip("/")
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        for _second in range(100):
            left = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [name]
            ).fetchone()
            if left == (0,):
                return
            time.sleep(0.1)
    raise AssertionError("connections of killed processes stay open")

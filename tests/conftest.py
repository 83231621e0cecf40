"""The demonstration as a user has it: loaded once per run by the command line, copied for whoever changes it."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

QUACAN = Path(sys.executable).parent / "quacan"


@dataclass(frozen=True)
class House:
    """An installation of its own: a data folder and the command line over it."""

    data: Path

    @property
    def environment(self) -> dict[str, str]:
        clean = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
        return {**clean, "QUACAN_DATA": str(self.data), "PYTHONWARNINGS": "error"}

    def run(self, *arguments: str, stdin: str = "", code: int = 0) -> subprocess.CompletedProcess[str]:
        """This will run ``quacan`` and check its exit code."""
        done = subprocess.run(
            [QUACAN, *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            env=self.environment,
            check=False,
        )
        assert done.returncode == code, (done.returncode, done.stdout[-2000:], done.stderr[-2000:])
        return done

    def sql(self, statement: str) -> None:
        """This will change the database behind the house's back."""
        import pysqlite3

        with pysqlite3.connect(self.data / "quacan.sqlite3") as connection:
            assert connection.execute(statement).rowcount == 1


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The demonstration, loaded once for all workers of a run; not to be changed."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    house = House(shared / "demo")
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "demo.ready").exists():
            house.run("demo")
            (shared / "demo.ready").touch()
    return house


@pytest.fixture
def demo_copy(demo: House, tmp_path: Path) -> House:
    """A copy of the demonstration that a test may change."""
    return copy_of(demo, tmp_path / "copy")


def copy_of(house: House, place: Path) -> House:
    """This will copy an installation with its documents and keys (its database at rest, nothing writing)."""
    import pysqlite3

    shutil.copytree(house.data, place, ignore=shutil.ignore_patterns("quacan.sqlite3*", "static"))
    with (
        pysqlite3.connect(house.data / "quacan.sqlite3") as source,
        pysqlite3.connect(place / "quacan.sqlite3") as target,
    ):
        source.backup(target)
    target.close()
    return House(place)


@pytest.fixture(scope="session")
def copier() -> Callable[[House, Path], House]:
    return copy_of

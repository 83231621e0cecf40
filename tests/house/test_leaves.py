"""A department is one folder and one line: without its leaves the house still stands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEAVES = ("portal", "quality", "visitors", "laboratory")
WALK = """
from datetime import UTC, date, datetime
from django.apps import apps
from django.test import Client
from quacan.cli import open_house

open_house(migrate=True)
from quacan.centre.base.act import Act
from quacan.centre.base.actors import Operator
from quacan.centre.desk.queries.rail import doors
from quacan.centre.organisation.actions import found_organisation
from quacan.centre.people.actions import assign_role, enter_person
from quacan.centre.people.roles import roles
from django.urls import reverse

act = Act(actor=Operator(), at=datetime(2021, 1, 4, 2, 0, tzinfo=UTC), door="test")
since = date(2021, 1, 1)
house = found_organisation(
    act, code="TT", name="Trung tâm", short_name="Trung tâm", kind="centre", province="Cao Bằng",
    place="Cao Bằng", symbol="TT", valid_from=since,
)
everybody = [
    enter_person(act, house, username=side, full_name="Người " + side, password="Cân đúng từng gam")
    for side in ("service", "authority")
]
for role in roles().values():
    for person in everybody:
        if role.side in (person.username, "both"):
            assign_role(act, house, person=person, role=role.code, valid_from=since)
visitor = Client()
visitor.force_login(everybody[0], backend="django.contrib.auth.backends.ModelBackend")
for door in doors():
    asked = reverse(door.url)
    answer = visitor.get(asked, follow=True)
    assert answer.status_code == 200, (asked, answer.status_code)
    print(door.key)
assert visitor.get(reverse("search") + "?q=can").status_code == 200
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source without the leaves: their folders and their lines of the settings are gone."""
    copy = tmp_path_factory.mktemp("leaves")
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, copy / name)
    settings = copy / "src/quacan/centre/config/settings.py"
    lines = settings.read_text("utf-8").splitlines(keepends=True)
    dropped = {f'    "quacan.centre.{leaf}",\n' for leaf in LEAVES}
    kept = [line for line in lines if line not in dropped]
    assert len(lines) - len(kept) == len(LEAVES), "one line each"
    settings.write_text("".join(kept), "utf-8")
    for leaf in LEAVES:
        shutil.rmtree(copy / "src/quacan/centre" / leaf)
    return copy


def run(house: Path, *command: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QUACAN_", "PYTEST_"))}
    environment = kept | {
        "PYTHONPATH": str(house / "src"),
        "QUACAN_DATA": str(house / "var"),
        "QUACAN_DEBUG": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return subprocess.run(
        [sys.executable, *command], cwd=house, env=environment, capture_output=True, text=True, check=False
    )


def test_the_rest_migrates_answers_its_pages_and_proves_itself(house: Path) -> None:
    walked = run(house, "-c", WALK)
    assert walked.returncode == 0, walked.stderr[-3000:]
    doors = set(walked.stdout.split())
    assert {"today", "contracts", "worksheets", "reports", "people"} <= doors
    assert not doors & set(LEAVES)
    checked = run(house, "-c", "import sys; from quacan.cli import main; sys.exit(main(['check']))")
    assert checked.returncode == 0, checked.stdout + checked.stderr[-3000:]
    assert "✓" in checked.stdout


def test_the_rest_passes_its_own_tests(house: Path) -> None:
    chosen = ("parties", "followups")
    places = [f"src/quacan/centre/{app}/tests" for app in chosen]
    done = run(house, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *places)
    assert done.returncode == 0, done.stdout[-3000:]

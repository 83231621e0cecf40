"""A house of the last release moves in: its figures, its certificates and its digests stay what they were.

``fixtures/last_release.sqlite3.xz`` is the demonstration's database as the release before wrote it (its papers left
out: the database keeps their digests; the figures of closed periods are beside it); ``last_release.json`` is what
that release said of it.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from pathlib import Path

import pytest

from tests.conftest import House

FIXTURES = Path(__file__).parent / "fixtures"
TOLD = json.loads((FIXTURES / "last_release.json").read_text("utf-8"))
KEPT = {
    "documents": "select kind, number, snapshot_sha256, state from base_document order by id",
    "files": "select name, sha256, size from base_documentfile order by id",
    "audit heads": "select book, seq, hash from base_audithead order by book",
    "ledger": "select seq, hash from ledger_entry order by organisation_id, seq",
    "readings": "select cell, revision, text, digest from examinations_reading order by id",
    "worksheets": "select number, state, verdict, content_sha256 from examinations_examination"
    " join verification_worksheet using (id) order by id",
    "outcomes": "select number, valid_until from certificates_outcome order by id",
}
"""What must be found again, by the tables it lies in today."""

pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def moved_in(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The house of the last release, opened by this one."""
    house = House(tmp_path_factory.mktemp("moved"))
    (house.data / "quacan.sqlite3").write_bytes(
        lzma.decompress((FIXTURES / "last_release.sqlite3.xz").read_bytes())
    )
    for file in (FIXTURES / "last_release_documents").iterdir():
        place = house.data / "documents" / file.name[:2] / file.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.read_bytes())
    house.run("migrate")
    return house


@pytest.mark.parametrize("what", KEPT)
def test_nothing_stored_has_changed(moved_in: House, what: str) -> None:
    import pysqlite3

    found, digest = 0, hashlib.sha256()
    with pysqlite3.connect(moved_in.data / "quacan.sqlite3") as connection:
        for row in connection.execute(KEPT[what]):
            digest.update(json.dumps(row, ensure_ascii=False).encode() + b"\n")
            found += 1
    assert {"rows": found, "sha256": digest.hexdigest()} == TOLD["tables"][what]


@pytest.mark.parametrize("period", TOLD["periods"])
def test_every_figure_says_what_it_said(moved_in: House, period: str) -> None:
    told = moved_in.run("report", "--organisation", "TTUD-CB", "--period", period, "--format", "json").stdout
    figures = {
        one["code"]: {name: one[name] for name in TOLD["periods"][period][one["code"]]}
        for one in json.loads(told)["indicators"]
        if one["code"] in TOLD["periods"][period]
    }
    assert figures == TOLD["periods"][period]


def test_every_worksheet_recomputes_to_the_digit(moved_in: House) -> None:
    told = json.loads(moved_in.run("recompute", "--all", "--json").stdout)
    assert told["worksheets"] > 500
    assert told["differences"] == []


def test_the_check_misses_nothing_but_the_files_left_out(moved_in: House) -> None:
    told = json.loads(moved_in.run("check", "--json", code=1).stdout)["problems"]
    files = ("base.DocumentFile:", "facilities.LoggerImport:")
    assert [one for one in told if not one["record"].startswith(files)] == []

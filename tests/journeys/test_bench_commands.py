"""quacan bench: a file of many decided without writing, and recorded on the worksheets of the demonstration's batch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import House

COLUMNS = {f"load.{n}.error": f"E{n}" for n in range(1, 6)} | {
    "power_factor.i_ref_05l.error": "P1",
    "power_factor.i_max_05l.error": "P2",
}
MAPPING = {
    "unit_by": "serial",
    "unit": "SN",
    "columns": COLUMNS,
    "constants": {"visual.*": "ok"},
    "conditions": {"temperature": "23,4", "humidity": "61"},
    "characteristics": {
        "i_min": "0,25",
        "i_tr": "0,5",
        "i_ref": "5",
        "i_max": "60",
        "constant": "1600",
        "accuracy_class": "B",
    },
}
CHECK = ("bench", "check", "electricity-meter-single-phase")
DAY = ("--on", "2026-11-20")


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    place = tmp_path / "M.json"
    place.write_text(json.dumps(MAPPING), "utf-8")
    return place


def bench_file(place: Path, rows: list[list[str]]) -> str:
    head = ["SN", *COLUMNS.values()]
    place.write_text("\n".join(";".join(row) for row in [head, *rows]), "utf-8")
    return str(place)


def test_a_file_is_decided_without_writing(demo: House, tmp_path: Path, mapping: Path) -> None:
    rows = [[f"A{n}", *(["0,3"] * 7)] for n in range(1, 6)]
    rows[1][2], rows[2][3], rows[3][4] = "2,1", "", "0,1 %"
    file = bench_file(tmp_path / "ban.csv", rows)
    done = demo.run(*CHECK, file, "--mapping", str(mapping), *DAY, "--json", code=1)
    found = json.loads(done.stdout)
    assert [one["verdict"] for one in found["rows"]] == [
        "pass",
        "fail",
        "undetermined",
        "undetermined",
        "pass",
    ]
    assert "Hàng 4: cột “E3” trống" in found["rows"][2]["problems"][0]
    assert found["figures"]["verdicts"] == {"pass": 2, "fail": 1, "undetermined": 2}
    words = demo.run(*CHECK, file, "--mapping", str(mapping), *DAY, code=1).stdout
    assert "1 fail, 2 pass, 2 undetermined" in words


def test_all_passing_is_exit_0(demo: House, tmp_path: Path, mapping: Path) -> None:
    file = bench_file(tmp_path / "ban.csv", [["A1", *(["2"] * 7)]])
    assert "1 pass" in demo.run(*CHECK, file, "--mapping", str(mapping), *DAY).stdout


def test_ten_thousand_in_one_go(demo: House, tmp_path: Path, mapping: Path) -> None:
    rows = [[f"A{n:05d}", *(["-0,42"] * 7)] for n in range(10_000)]
    file = bench_file(tmp_path / "ban.csv", rows)
    done = demo.run(*CHECK, file, "--mapping", str(mapping), *DAY)
    assert "10000 pass" in done.stdout
    assert done.stderr.splitlines()[0] == "1000/10000"
    assert done.stderr.splitlines()[-1] == "10000/10000"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"unit": "X"}, "không có cột “X”"),
        ({"columns": {"load.9.error": "E1"}}, "không có ô “load.9.error”"),
        ({"formula": "1"}, "Không có mục “formula”"),
    ],
)
def test_refuses_in_a_sentence(
    demo: House, tmp_path: Path, mapping: Path, change: dict[str, object], sentence: str
) -> None:
    mapping.write_text(json.dumps(MAPPING | change), "utf-8")
    file = bench_file(tmp_path / "ban.csv", [["A1", *(["0"] * 7)]])
    done = demo.run(*CHECK, file, "--mapping", str(mapping), *DAY, code=2)
    assert sentence in done.stderr


def test_records_on_the_worksheets_of_a_batch(demo_copy: House, tmp_path: Path, mapping: Path) -> None:
    rows = [[f"NL{n:06d}", *(["0,3"] * 7)] for n in range(120_401, 120_441)]
    rows[0][1] = "3,3"
    file = bench_file(tmp_path / "ban.csv", rows)
    number = batch_number(demo_copy)
    record = ("bench", "record", number, file, "--mapping", str(mapping))
    stranger = demo_copy.run(*record, "--by", "son", code=2)
    assert "Nông Thị Bích Vân" in stranger.stderr
    assert "không tìm thấy" in demo_copy.run(*record, "--by", "nobody", code=2).stderr.lower()
    found = json.loads(demo_copy.run(*record, "--by", "van").stdout)
    assert found["verdicts"] == {"fail": 1, "pass": 39}
    assert found["written"] == 40
    again = json.loads(demo_copy.run(*record, "--by", "van").stdout)
    assert again["written"] == 0
    rows[5][2] = "0,5"
    bench_file(tmp_path / "ban.csv", rows)
    assert "lý do" in demo_copy.run(*record, "--by", "van", code=2).stderr.lower()
    demo_copy.run(*record, "--by", "van", "--reason", "đo lại vị trí 6")
    assert "everything is whole" in demo_copy.run("check").stdout


def batch_number(house: House) -> str:
    import pysqlite3

    with pysqlite3.connect(house.data / "quacan.sqlite3") as connection:
        return str(connection.execute("SELECT number FROM verification_batch").fetchone()[0])

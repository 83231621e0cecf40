"""The main job on real input: a half-year of a centre, from readings to the figures its conference heard."""

import json
import tomllib
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

STATED = tomllib.loads((Path(__file__).parent / "stated_figures.toml").read_text("utf-8"))["figures"]
WHERE = ("--organisation", "TTUD-CB", "--period", "2022-H1")

pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def report(demo, tmp_path_factory):
    out = tmp_path_factory.mktemp("report") / "report.json"
    demo.run("report", *WHERE, "--format", "json", "--out", str(out))
    return json.loads(out.read_text("utf-8"))


def by_code(report):
    return {row["code"]: row for row in report["indicators"]}


def test_the_report_has_the_agreed_shape(report):
    assert report["organisation"] == "TTUD-CB"
    assert (report["period"]["from"], report["period"]["to"]) == ("2022-01-01", "2022-06-30")
    assert report["period"]["cutoff"]
    for row in report["indicators"]:
        keys = {
            "code",
            "name",
            "unit",
            "value",
            "qualifier",
            "plan",
            "percent_of_plan",
            "same_period_last_year",
        }
        assert keys | {"breakdown", "entries"} <= row.keys()


@pytest.mark.parametrize("code", sorted(STATED))
def test_every_stated_figure_appears_with_its_value(report, code):
    assert by_code(report)[code]["value"] == STATED[code]


def test_a_figure_nobody_stated_stays_without_number(report):
    publications = by_code(report)["media.publications"]
    assert (publications["value"], publications["qualifier"]) == (None, "không nêu số")


def test_parts_add_up(report):
    rows = by_code(report)
    instruments = rows["verification.instruments"]
    assert instruments["breakdown"]["verdict"] == {"fail": 17, "pass": 498}
    assert sum(instruments["breakdown"]["kind"].values()) == 515
    assert (instruments["plan"], instruments["percent_of_plan"]) == (1000, 51.5)


def test_every_failed_instrument_failed_because_of_its_readings(demo):
    traced = json.loads(demo.run("trace", "verification.failed", *WHERE, "--json").stdout)
    assert len(traced["entries"]) == 17
    for entry in traced["entries"]:
        assert entry["dimensions"]["verdict"] == "fail"
        assert entry["document"]["number"].startswith(("0", "1")), entry["document"]
        assert len(entry["readings"]) > 10
        for reading in entry["readings"]:
            assert reading["text"]
            assert reading["entered_by"] in {"van", "ha", "son"}


def test_a_trace_ends_at_what_a_verifier_typed(demo):
    traced = json.loads(demo.run("trace", "verification.passed", *WHERE, "--limit", "3", "--json").stdout)
    assert len(traced["entries"]) == 3
    entry = traced["entries"][0]
    assert entry["source"]["type"] == "verification.Worksheet"
    assert any(Decimal(r["text"].replace(",", ".")) > 0 for r in entry["readings"] if r["text"][0].isdigit())
    assert any(reading["standard"] for reading in entry["readings"])
    assert len(entry["document"]["sha256"]) == 64


@pytest.mark.parametrize(("form", "mark"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_the_report_comes_as_paper(demo, tmp_path, form, mark):
    out = tmp_path / f"report.{form}"
    demo.run("report", *WHERE, "--format", form, "--out", str(out))
    assert out.read_bytes().startswith(mark)
    if form == "docx":
        body = zipfile.ZipFile(out).read("word/document.xml").decode()
        assert "515" in body
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in body


@pytest.mark.parametrize("what", ["organisations", "indicators", "periods", "certificates"])
def test_what_exists_can_be_listed(demo, what):
    assert json.loads(demo.run("list", what, "--json").stdout)


@pytest.mark.parametrize(
    "wrong",
    [
        ("report", "--organisation", "KHONG-CO", "--period", "2022-H1", "--format", "json", "--out", "-"),
        ("report", "--organisation", "TTUD-CB", "--period", "2022-H9", "--format", "json", "--out", "-"),
        ("trace", "khong.co", *WHERE, "--json"),
    ],
)
def test_wrong_names_are_refused_in_one_sentence(demo, wrong):
    done = demo.run(*wrong, code=2)
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_everything_is_whole(demo):
    assert json.loads(demo.run("check", "--json").stdout)["problems"] == []


def test_the_demo_is_refused_in_a_database_in_use(demo):
    assert "dữ liệu" in demo.run("demo", code=2).stderr


TAMPERED = {
    "ledger row": ("UPDATE ledger_entry SET quantity_e6 = 2000000 WHERE id = 200", "ledger.Entry:200"),
    "audit row": ("UPDATE base_auditline SET actor = 'ai-do' WHERE id = 300", "base.AuditLine:300"),
    "reading": ("UPDATE examinations_reading SET text = '9' WHERE id = 400", "examinations.Reading:400"),
    "snapshot": ("UPDATE base_document SET snapshot = '{}' WHERE id = 50", "base.Document:50"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_row_changed_by_hand_is_named(demo_copy, what):
    statement, name = TAMPERED[what]
    demo_copy.sql(statement)
    done = demo_copy.run("check", code=1)
    assert name in done.stdout


def test_a_certificate_file_changed_by_hand_is_named(demo_copy):
    import pysqlite3

    with pysqlite3.connect(demo_copy.data / "quacan.sqlite3") as connection:
        sha256, number = connection.execute(
            "SELECT f.sha256, d.number FROM base_documentfile f JOIN base_document d ON d.id = f.document_id"
            " WHERE d.kind = 'certificate' LIMIT 1"
        ).fetchone()
    file = demo_copy.data / "documents" / sha256[:2] / sha256
    file.write_bytes(file.read_bytes().replace(b"%PDF-1.7", b"%PDF-1.6", 1))
    assert number in demo_copy.run("check", code=1).stdout

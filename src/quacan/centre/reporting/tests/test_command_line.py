"""quacan report, trace, list and ledger: what they print, how they refuse."""

import argparse
import json
from datetime import date

import pytest

from quacan.centre.reporting.actions import close_figures
from quacan.cli import book, reports

AFTER = date(2022, 7, 5)
WHOSE = ("--organisation", "TTUD", "--period", "2022-H1")


def main(arguments):
    """This will run one of the two modules' commands as ``quacan`` does."""
    top = argparse.ArgumentParser()
    commands = top.add_subparsers(required=True)
    reports.add(commands)
    book.add(commands)
    args = top.parse_args(arguments)
    return args.run(args)


def said(capsysbinary, *arguments):
    code = main(arguments)
    out, err = capsysbinary.readouterr()
    return code, out, err.decode()


def test_the_report_as_json_on_standard_output(half_year, capsysbinary):
    code, out, _err = said(capsysbinary, "report", *WHOSE, "--format", "json", "--out", "-")
    data = json.loads(out)
    assert (code, data["organisation"], data["period"]["to"]) == (0, "TTUD", "2022-06-30")
    assert {i["code"]: i["value"] for i in data["indicators"]}["testing.earthing_points"] == 106


def test_the_bytes_of_a_closed_period_stay_and_the_restatement_tells_why(half_year, happened, capsysbinary):
    close_figures(half_year.act("kehoach", on=AFTER), half_year.centre, period_code="2022-H1")
    _code, before, _err = said(capsysbinary, "report", *WHOSE)
    happened("broadcast", issues="2", on=date(2022, 2, 2), said_on=date(2022, 7, 9))
    assert said(capsysbinary, "report", *WHOSE)[1] == before
    _code, out, _err = said(capsysbinary, "ledger", "restatement", *WHOSE, "--json")
    data = json.loads(out)
    assert [(i["code"], i["published"], i["now"]) for i in data["indicators"]] == [("media.broadcasts", 6, 8)]


@pytest.mark.parametrize(("wanted", "start"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_a_draft_is_printed_the_same_way_twice(half_year, capsysbinary, tmp_path, wanted, start):
    for name in ("one", "two"):
        assert main(["report", *WHOSE, "--format", wanted, "--out", str(tmp_path / name)]) == 0
    content = (tmp_path / "one").read_bytes()
    assert content.startswith(start)
    assert (tmp_path / "two").read_bytes() == content


def test_a_trace_goes_down_to_what_was_typed(half_year, capsysbinary):
    _code, out, _err = said(
        capsysbinary, "trace", "testing.earthing_points", *WHOSE, "--limit", "1", "--json"
    )
    data = json.loads(out)
    assert data["entries"][0]["readings"][0]["text"] == "106"
    code, out, _err = said(capsysbinary, "trace", "testing.earthing_points", *WHOSE)
    assert (code, out.decode().startswith("Điểm đo điện trở nối đất: 106 điểm đo (1 bút toán)")) == (0, True)


@pytest.mark.parametrize(
    ("what", "field", "first"),
    [
        ("organisations", "code", "SKHCN"),
        ("indicators", "code", "conference.opinions"),
        ("periods", "code", "2022"),
    ],
)
def test_what_exists_is_named(half_year, capsysbinary, what, field, first):
    _code, out, _err = said(capsysbinary, "list", what, "--json")
    assert json.loads(out)[what][0][field] == first


def test_certificates_of_a_centre_without_any(half_year, capsysbinary):
    _code, out, _err = said(capsysbinary, "list", "certificates", "--organisation", "TTUD", "--json")
    assert json.loads(out) == {"certificates": []}


def test_closing_and_rebuilding_are_said(half_year, capsysbinary):
    code, out, _err = said(capsysbinary, "ledger", "close", *WHOSE)
    assert (code, "Đã chốt 2022-H1" in out.decode()) == (0, True)
    code, _out, err = said(capsysbinary, "ledger", "close", *WHOSE)
    assert (code, "đã chốt" in err) == (2, True)
    code, out, _err = said(capsysbinary, "ledger", "rebuild", "--organisation", "TTUD")
    assert (code, "8 bút toán" in out.decode()) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("report", "--organisation", "NONE", "--period", "2022-H1"), "NONE"),
        (("report", "--organisation", "TTUD", "--period", "2022-X"), "2022-X"),
        (("report", *WHOSE, "--format", "pdf", "--out", "/nowhere/at/all.pdf"), "/nowhere/at/all.pdf"),
        (("report", "--organisation", "SKHCN", "--period", "2022-H1", "--format", "pdf"), "đề cương"),
        (("trace", "no.such", *WHOSE), "no.such"),
        (("ledger", "restatement", *WHOSE), "chưa chốt"),
    ],
)
def test_a_refusal_is_one_sentence_and_exit_code_two(half_year, capsysbinary, arguments, sentence):
    code, out, err = said(capsysbinary, *arguments)
    assert (code, out, err.count("\n")) == (2, b"", 1)
    assert sentence in err

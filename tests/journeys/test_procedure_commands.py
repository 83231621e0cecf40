"""Procedures and stored results on the command line."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.tests.conftest import Bench, bench
from quacan.cli import open_house, procedures, recompute

__all__ = ["bench"]

pytestmark = pytest.mark.django_db
CASES = files("quacan.definitions") / "procedures" / "mass" / "counter-scale" / "cases"
OTHER = files("quacan.definitions") / "procedures" / "flow" / "fuel-dispenser" / "cases"
ASKED = ["--event", "periodic", "--on", "2026-11-20"]


def command(*words: str) -> int:
    import argparse

    top = argparse.ArgumentParser()
    commands = top.add_subparsers(required=True)
    procedures.add(commands)
    recompute.add(commands)
    args = top.parse_args(words)
    return int(args.run(args))


@pytest.fixture(autouse=True)
def _house(tmp_path: Path, settings: object) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    open_house()


class TestProcedures:
    def test_list_names_every_one_with_its_confidence(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert command("procedure", "list", "--json") == 0
        rows = json.loads(capsys.readouterr().out)["procedures"]
        assert len(rows) >= 26
        assert {row["confidence"] for row in rows} <= {"high", "medium", "low", "house"}

    def test_show_lists_the_cells(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert command("procedure", "show", "counter-scale") == 0
        shown = json.loads(capsys.readouterr().out)
        cells = [c["key"] for s in shown["layout"]["steps"] for r in s["rows"] for c in r["cells"]]
        assert "accuracy_up.1.indication" in cells
        assert shown["sources"]["steps.accuracy_up.judge"]["confidence"] == "high"

    def test_check_runs_every_case(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert command("procedure", "check", "counter-scale", "fuel-dispenser") == 0
        answer = json.loads(capsys.readouterr().out)
        assert (answer["procedures"], answer["problems"]) == (2, [])
        assert answer["cases"] == len(list(CASES.iterdir())) + len(list(OTHER.iterdir()))

    def test_check_explains_every_problem_of_a_file(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = (CASES.parent / "1.toml").read_text("utf-8")
        broken = text.replace('expression = "P - nominal"', 'expression = "P - nothing"', 1)
        draft = tmp_path / "draft.toml"
        draft.write_text(broken.replace('confidence = "low"', 'confidence = "sure"', 1), "utf-8")
        assert command("procedure", "check", str(draft)) == 1
        problems = json.loads(capsys.readouterr().out)["problems"]
        assert [one["where"] for one in problems] == ["confidence"]

    @pytest.mark.parametrize(
        ("case", "verdict", "margin"), [("passing", "pass", "0.0"), ("failing", "fail", "-1.0")]
    )
    def test_run_gives_error_limit_and_verdict(
        self, capsys: pytest.CaptureFixture[str], case: str, verdict: str, margin: str
    ) -> None:
        assert command("procedure", "run", "counter-scale", *ASKED, str(CASES / f"{case}.json")) == 0
        answer = json.loads(capsys.readouterr().out)
        row = next(row for row in answer["rows"] if row["key"] == "accuracy_up.4")
        assert answer["verdict"] == verdict
        assert row["limit"]["upper"] == "5"
        assert row["margin"] == margin
        assert row["limit"]["source"].startswith("OIML R 76-1")

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (["nope", *ASKED, "x.json"], "There is no procedure 'nope'"),
            (
                ["counter-scale", "--event", "periodic", "--on", "2010-01-01", "x.json"],
                "in force on 2010-01-01",
            ),
            (["counter-scale", *ASKED, "x.json"], "cannot be read"),
            (
                ["fuel-dispenser", "--event", "inspection", "--on", "2026-11-20", "x.json"],
                "no event inspection",
            ),
        ],
    )
    def test_run_refuses_in_one_sentence(
        self, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
    ) -> None:
        assert command("procedure", "run", *words) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert sentence in captured.err
        assert captured.err.count("\n") == 1

    @pytest.mark.parametrize(
        "text", ["{", "[]", '{"cells": []}', '{"cells": {"a": []}}', '{"conditions": {"t": 1}, "what": 2}']
    )
    def test_a_file_of_nonsense_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
    ) -> None:
        file = tmp_path / "readings.json"
        file.write_text(text, "utf-8")
        assert command("procedure", "run", "counter-scale", *ASKED, str(file)) == 2
        assert capsys.readouterr().err.count("\n") == 1


class TestRecompute:
    def test_stored_equals_recomputed(self, bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
        sheet = bench.submitted()
        bench.submitted("fuel-dispenser", "failing")
        assert command("recompute", "--all") == 0
        assert "2/2" in capsys.readouterr().out
        assert command("recompute", sheet.number, "--json") == 0
        assert json.loads(capsys.readouterr().out) == {"worksheets": 1, "differences": []}

    def test_a_changed_result_is_named(self, bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
        sheet = bench.submitted()
        stored = Worksheet.objects.get(pk=sheet.pk).result
        Worksheet.objects.filter(pk=sheet.pk).update(result=stored.replace('"2.5"', '"2.6"', 1))
        assert command("recompute", "--all") == 1
        assert sheet.number in capsys.readouterr().out

    def test_refusals(self, bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
        draft = bench.opened()
        for words in ([], ["--all", "X"], ["X"], [draft.number]):
            assert command("recompute", *words) == 2
            assert capsys.readouterr().err.count("\n") == 1

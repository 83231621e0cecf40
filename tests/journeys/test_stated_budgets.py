"""U on the command line: what the certificates state goes in beside the readings."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from quacan.cli import procedures

pytestmark = pytest.mark.django_db
CASE = files("quacan.definitions") / "procedures" / "length" / "caliper" / "cases" / "passing.json"
ROWS = [{"nominal": n, "U": "0,0006", "unit": "mm", "k": "2"} for n in ("10", "200")]


def ran(tmp_path: Path, **more: Any) -> int:
    import argparse

    file = tmp_path / "caliper.json"
    file.write_text(json.dumps(json.loads(CASE.read_text("utf-8")) | more), "utf-8")
    top = argparse.ArgumentParser()
    procedures.add(top.add_subparsers(required=True))
    words = ("procedure", "run", "caliper", "--event", "periodic", "--on", "2026-11-20", str(file))
    args = top.parse_args(words)
    return int(args.run(args))


def test_every_point_has_its_u_where_the_standard_is_stated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(tmp_path, standards={"gauge_blocks": ROWS}) == 0
    answer = json.loads(capsys.readouterr().out)
    stated = {row["key"]: row["U"] for row in answer["rows"] if row["step"] == "accuracy"}
    assert stated == dict.fromkeys((f"accuracy.{n}" for n in range(1, 6)), "0.0058")
    assert [one["monte_carlo"]["validated"] for one in answer["budgets"]] == [False] * 5
    assert answer["verdict"] == "pass"


def test_the_agreed_rule_draws_the_limits_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = "guarded_acceptance"
    assert ran(tmp_path, standards={"gauge_blocks": ROWS}, decision_rule=rule) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "fail"
    assert ran(tmp_path, decision_rule=rule) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "undetermined"


def test_a_statement_outside_the_point_is_a_refused_budget(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    short = [row | {"nominal": n} for row, n in zip(ROWS, ("10", "50"), strict=True)]
    assert ran(tmp_path, standards={"gauge_blocks": short}) == 0
    answer = json.loads(capsys.readouterr().out)
    assert "no U at 150 mm" in answer["budgets"][-1]["refused"]["en"]
    assert next(row["U"] for row in answer["rows"] if row["key"] == "accuracy.5") is None


@pytest.mark.parametrize(
    ("standards", "word"),
    [({"weights": {"U": "1"}}, "weights"), ({"gauge_blocks": {"U": "x", "unit": "mm"}}, "x"), ([], "object")],
)
def test_a_statement_that_cannot_be_read_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], standards: Any, word: str
) -> None:
    assert ran(tmp_path, standards=standards) != 0
    assert word in capsys.readouterr().err

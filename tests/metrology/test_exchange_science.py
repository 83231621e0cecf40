"""Requests and answers of compare, intervals and fit, and the command line of the five science commands."""

import argparse
import io
import json
import math
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quacan.cli import science
from quacan.metrology.exchange.compare import compare
from quacan.metrology.exchange.fields import plain
from quacan.metrology.exchange.fit import fit
from quacan.metrology.exchange.intervals import intervals
from quacan.metrology.exchange.refusals import RequestRefused

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parents[2] / "validation/cases.json").read_text("utf-8"))["cases"]
}


def quacan(
    *words: str, stdin: str = "", monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, str]:
    parser = argparse.ArgumentParser(prog="quacan")
    science.add(parser.add_subparsers())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8"))))
    args = parser.parse_args(words)
    code = args.run(args)
    out = capsys.readouterr()
    return code, out.out, out.err


def help_of(command: str) -> str:
    parser = argparse.ArgumentParser(prog="quacan")
    commands = parser.add_subparsers()
    science.add(commands)
    return commands.choices[command].format_help()


@pytest.mark.parametrize("command", [c.name for c in science.COMMANDS])
def test_the_example_of_the_help_runs(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = re.search(rf"quacan {command} - <<'JSON'\n(.*?)\nJSON", help_of(command), re.DOTALL)
    assert found
    code, out, err = quacan(command, "-", stdin=found.group(1), monkeypatch=monkeypatch, capsys=capsys)
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert answer
    assert "NaN" not in out
    assert "Infinity" not in out


def test_a_file_answers_like_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    request = '{"method": "algorithm-a", "data": [1, 2, 3, 4]}'
    path = tmp_path / "yêu cầu.json"
    path.write_text(request, "utf-8")
    from_file = quacan("compare", str(path), monkeypatch=monkeypatch, capsys=capsys)
    assert from_file == quacan("compare", "-", stdin=request, monkeypatch=monkeypatch, capsys=capsys)
    assert from_file[0] == 0


@pytest.mark.parametrize(
    ("command", "request_text"),
    [
        ("fit", ""),
        ("fit", "[1, 2]"),
        ("fit", "{"),
        ("fit", "{}"),
        ("fit", '{"x": [1, 2, NaN], "y": [1, 2, 3]}'),
        ("fit", '{"x": [1, 2, 1e400], "y": [1, 2, 3]}'),
        ("fit", '{"x": [1, 2, ' + "9" * 400 + '], "y": [1, 2, 3]}'),
        ("fit", '{"x": [1, 2, 3], "x": [1, 2, 3], "y": [1, 2, 3]}'),
        ("fit", '{"x": [1, 2, 3], "x0": 1, "t0": 2, "y": [1, 2, 3]}'),
        ("fit", '{"x": [1, 2, 3], "y": [1, 2, 3], "degrees": 2}'),
        ("fit", '{"x": [1, 2, 3], "y": [1, 2, "3"]}'),
        ("fit", '{"x": [1, 2, 3], "y": [1, 2, 3], "method": "cubic spline"}'),
        ("fit", '{"x": [1, 2, 3], "y": [1, 2, 3], "method": "wls"}'),
        ("fit", '{"x": [1, 2, 3], "y": [1, 2, 3], "method": "ols", "u_y": 0.1}'),
        ("fit", '{"x": [1, 2, 3], "y": [1e308, -1e308, 1e308]}'),
        ("fit", '{"x": [1, 2, 3], "y": [1, 2, 4], "u_x": 0.1, "u_y": 0.1, "r_xy": [[]]}'),
        ("fit", '{"x": [1, 2, 3], "y": [1, 2, 4], "u_x": 0.1, "u_y": 0.1, "r_xy": [0, 0]}'),
        ("fit", '{"method": "polynomial", "x": [1, 2, 3], "y": [1, 2, 4], "degree": 1000000000}'),
        ("fit", '{"method": "polynomial", "x": [1, 2, 3], "y": [1, 2, 4], "degree": -1}'),
        ("compare", '{"method": "en", "data": {"x": 1, "X": 2}}'),
        ("compare", '{"method": "en", "data": {"x": 1, "X": 2, "u": 1, "uX": 1}}'),
        ("compare", '{"method": "z", "data": {"x": [1, 2], "X": [1], "sigma": 1}}'),
        ("compare", '{"method": "z", "data": []}'),
        ("compare", '{"method": "z", "data": 5}'),
        ("compare", '{"method": "anova", "data": [[1, 2]]}'),
        ("compare", '{"method": ["z"]}'),
        ("compare", '{"method": "shewhart", "data": [[1, 2], [3]]}'),
        ("compare", '{"method": "algorithm-a", "data": [true, false, true]}'),
        ("compare", '{"method": "algorithm-a", "data": {"values": {"a": 1}}}'),
        ("intervals", '{"method": "a3", "interval": 365, "target": 0.95}'),
        ("intervals", '{"method": "a3", "interval": [365, 1], "in_tol": [1, 2, 3], "n": 3, "target": 0.95}'),
        ("intervals", '{"method": "a3", "interval": "365", "in_tol": 1, "n": 3, "target": 0.95}'),
        ("intervals", '{"method": "variables", "times": [1, 2, 3], "changes": [1, 2, 3], "u0": 1}'),
        (
            "intervals",
            '{"method": "variables", "times": [1, 2], "changes": [1, 2], "u0": 1, "u_target": 2, "degree": 1000000000}',
        ),
        ("intervals", '{"method": "s2", "times": [1, 2], "passed": [1, 0], "target": 0.9}'),
        ("decide", '{"value": 1}'),
        ("evaluate", '{"model": "a * b", "inputs": {"a": 1e300, "b": {"samples": [1, 2, 3]}}}'),
        ("evaluate", '{"model": "a +", "inputs": {"a": {"value": 1, "u": 1}}}'),
    ],
)
def test_an_unanswerable_request_is_one_sentence_and_exit_2(
    command: str, request_text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = quacan(command, "-", stdin=request_text, monkeypatch=monkeypatch, capsys=capsys)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert len(err.strip()) > 15
    assert "Traceback" not in err
    assert not re.search(r"operand|broadcast|NoneType|numpy|more memory", err)


def test_missing_file_and_missing_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert quacan("fit", "/no/such/file", monkeypatch=monkeypatch, capsys=capsys)[0] == 2
    code, _, err = quacan("fit", monkeypatch=monkeypatch, capsys=capsys)
    assert code == 2
    assert "--help" in err
    deep = "[" * 100_000
    assert quacan("fit", "-", stdin=deep, monkeypatch=monkeypatch, capsys=capsys)[0] == 2


def test_the_door_opens_without_django_scipy_or_numpy() -> None:
    program = (
        "import sys; import quacan.cli.science;"
        "print([m for m in ('django', 'scipy', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_library_loads_scipy_only_when_asked() -> None:
    program = (
        "import sys; import quacan.metrology.exchange.compare, quacan.metrology.exchange.fit,"
        " quacan.metrology.exchange.intervals;"
        "print([m for m in sys.modules if m.startswith('scipy')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_published_requests_under_their_own_names() -> None:
    """The inputs of published cases are accepted as they stand."""
    a3 = CASES["ncsli-rp1-A3"]
    answer = intervals({"method": "a3", **a3["inputs"]})
    for key in ("interval", "Q", "R_low", "R_high"):
        assert answer[key] == pytest.approx(a3["computed"][key], rel=1e-9)
    scores = CASES["en-zeta-definitions"]
    for method, key in (("z", "z"), ("z-prime", "z_prime"), ("zeta", "zeta"), ("en", "En")):
        score = compare({"method": method, "data": scores["inputs"]})["score"]
        assert score == pytest.approx(scores["computed"][key], rel=1e-12)
    h3 = CASES["gum-H.3"]
    line = fit({"method": "ols", **h3["inputs"]})
    computed = h3["computed"]
    assert (line["intercept"], line["slope"]) == pytest.approx((computed["y1"], computed["y2"]), rel=1e-9)
    assert line["predictions"][0]["u"] == pytest.approx(computed["u_b30"], rel=1e-9)
    charts = CASES["control-chart-constants"]
    table = compare({"method": "chart-constants", "data": charts["inputs"]})["table"]
    for row, expected in zip(table, charts["computed"]["table"], strict=True):
        assert row == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_scores_of_many_participants_in_two_shapes() -> None:
    columns = compare({"method": "z", "data": {"x": [10.12, 9.0], "X": 10.0, "sigma": 0.08}})
    objects = compare({"method": "z", "sigma": 0.08, "X": 10.0, "data": [{"x": 10.12}, {"x": 9.0}]})
    assert columns == objects
    assert [s["grade"] for s in columns["scores"]] == ["satisfactory", "unsatisfactory"]
    assert (columns["satisfactory"], columns["unsatisfactory"]) == (1, 1)


def test_uncertainties_are_converted_only_with_a_stated_k() -> None:
    data: dict[str, Any] = {"x": 10.12, "X": 10.0, "u": 0.04, "uX": 0.03, "k": 2}
    assert compare({"method": "en", "data": data})["en"] == pytest.approx(1.2)
    expanded = {"x": 10.12, "X": 10.0, "U": 0.08, "UX": 0.06, "k": 2}
    assert compare({"method": "zeta", "data": expanded})["zeta"] == pytest.approx(2.4)
    related = compare({"method": "en", "data": data | {"covariance": 0.0006}})["en"]
    assert related == pytest.approx(0.12 / (2 * math.sqrt(0.0016 + 0.0009 - 0.0012)))


@pytest.mark.parametrize(
    "data", [[[1.0, 2, 3], [2, 3, 4]], {"groups": [[1, 2, 3], [2, 3, 4]]}, {"A": [1, 2, 3], "B": [2, 3, 4]}]
)
def test_groups_come_in_three_shapes(data: object) -> None:
    assert compare({"method": "anova", "data": data})["F"] == pytest.approx(1.5)


def test_every_comparison_has_an_answer() -> None:
    readings = [10.0, 10.1, 9.9, 10.2, 9.8, 10.0]
    requests: list[dict[str, Any]] = [
        {"method": "algorithm-s", "data": {"values": [1.0, 1.1, 0.9], "dof": 2}},
        {"method": "grubbs", "data": readings, "alpha": 0.01, "side": "high"},
        {"method": "dixon", "data": {"values": readings}},
        {"method": "cochran", "data": {"deviations": [1, 2, 3], "n": 3}},
        {"method": "cochran", "data": [[1, 2], [3, 5]]},
        {"method": "weighted-mean", "data": {"values": [1, 2], "u": [1, 1]}},
        {"method": "youden", "data": {"a": [1, 2, 4], "b": [1, 2, 3]}},
        {"method": "gauge-rr", "data": [[[1, 2], [2, 3]], [[9, 9], [8, 9]]], "evaluation": "range"},
        {"method": "individuals", "data": readings, "rules": "all"},
        {"method": "shewhart", "data": [[1, 2, 3], [2, 3, 4]], "spread": "deviation"},
        {"method": "ewma", "data": {"readings": readings, "target": 10, "sigma": 0.1}},
        {"method": "cusum", "data": {"readings": readings, "target": 10, "sigma": 0.1, "decision": 4}},
    ]
    for request in requests:
        answer = compare(request)
        assert answer["method"] == request["method"]
        json.dumps(answer, allow_nan=False)


def test_every_interval_has_an_answer() -> None:
    requests: list[dict[str, Any]] = [
        {"method": "a3", "passed": [True] * 9 + [False], "interval": 12, "target": 0.9},
        {"method": "s2", "times": [90, 90, 180, 180], "passed": [True, True, False, True], "target": 0.9},
        {
            "method": "variables",
            "times": [1, 2, 3],
            "changes": [0.1, 0.2, 0.31],
            "u0": 0.1,
            "limits": [None, 2],
            "reliability": 0.9,
        },
        {"method": "drift", "times": [0, 1, 2], "errors": [0.0, 0.11, 0.2], "upper": 3},
        {
            "method": "staircase",
            "interval": 12,
            "error": 0.2,
            "limit": 1,
            "extend_by": 1.5,
            "shorten_by": 0.5,
        },
    ]
    for request in requests:
        assert intervals(request)["interval"] is not None


def test_every_fit_has_an_answer() -> None:
    points = {
        "x": [1, 2, 3, 4],
        "y": [1.1, 1.9, 3.2, 3.9],
        "predict_at": [2.5],
        "inverse_at": 2.0,
        "u_inverse": 0.1,
    }
    covariance = [[0.01 if i == j else 0.002 for j in range(4)] for i in range(4)]
    for more in (
        {},
        {"method": "wls", "u_y": [0.1, 0.1, 0.2, 0.2]},
        {"method": "gls", "covariance_y": covariance},
        {"method": "york", "u_x": 0.05, "u_y": 0.1, "r_xy": 0.2, "rescale": True},
        {"method": "polynomial", "degree": 2},
        {"method": "polynomial", "powers": [1, 2]},
    ):
        answer = fit(points | more)
        assert answer["predictions"][0]["x"] == 2.5
        assert answer["inverse"][0]["x"] == pytest.approx(2, abs=0.2)
        json.dumps(answer, allow_nan=False)


def test_answers_hold_only_what_json_can_carry() -> None:
    assert plain({"a": math.inf, "b": (1.0, math.nan), "c": True}) == {"a": None, "b": [1.0, None], "c": True}
    with pytest.raises(RequestRefused):
        compare([])  # type: ignore[arg-type]

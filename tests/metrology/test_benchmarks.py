"""The benchmarks compare like with like, and their page says what their figures say."""

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from benchmarks import budget, centre, chart, drawing, page, risk, targets

DOCS = Path(__file__).parents[2] / "docs"
RESULT = json.loads((DOCS / "benchmarks.json").read_text("utf-8"))


def test_every_contender_computes_the_same_budgets() -> None:
    found = budget.largest_disagreement(60)
    assert set(found) == {"numpy by hand", "quacan, one by one", "GTC", "uncertainties"}
    assert max(found.values()) < 1e-12


def test_every_way_computes_the_same_risks() -> None:
    assert risk.largest_disagreement() < 1e-10


def test_every_way_of_drawing_finds_the_exact_interval() -> None:
    exact = np.array(drawing.exact_interval())
    for work in drawing.ADAPTIVE.values():
        trials, interval = work(1)
        assert trials >= 100_000
        assert np.abs(np.array(interval) - exact).max() < 0.002


def test_the_sheet_has_a_hundred_readings_and_the_bench_ten_thousand_meters() -> None:
    _, _, cells = centre.worksheet()
    assert sum(key.endswith((".reference", ".indication")) for key in cells) == 100
    assert len(centre.meters()[2]) == 10_000


def test_the_page_says_what_was_measured() -> None:
    assert (DOCS / "benchmarks.md").read_text("utf-8") == page.page(RESULT)
    assert RESULT["targets"] == targets.judged(RESULT["parts"])
    drawn = (DOCS / "benchmarks.svg").read_text("utf-8")
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    for row in RESULT["parts"]["budget"]:
        if row["size"] == 100_000:
            assert chart.duration(row["seconds"]) in drawn


def test_a_promise_that_is_broken_is_called_so() -> None:
    slow = json.loads(json.dumps(RESULT["parts"]))
    for row in slow["budget"]:
        if row["contender"] == "quacan":
            row["seconds"] *= 1e4
    kept = [row["kept"] for row in targets.judged(slow)]
    assert kept[:3] == [False, False, False]
    assert "chưa đạt · not kept" in page.page({**RESULT, "targets": targets.judged(slow)})


def test_no_name_of_a_machine_is_published() -> None:
    assert set(RESULT["machine"]) == {"cores", "python", "libraries"}


@pytest.mark.parametrize(
    ("seconds", "text"), [(3465.2, "3465 s"), (24.05, "24.1 s"), (0.00229, "2.29 ms"), (4.39e-05, "43.9 µs")]
)
def test_a_time_is_written_with_a_fitting_unit(seconds: float, text: str) -> None:
    assert chart.duration(seconds) == text

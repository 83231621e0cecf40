"""Every published case passes, the filed page is the current one, and the comparison can fail."""

from pathlib import Path
from typing import Any

import pytest

from validation.cases import Row, Sampled, cases, rows_of
from validation.report import CHECKERS, PAGE, all_rows, page


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return all_rows()


def test_every_published_quantity_passes(rows: list[Row]) -> None:
    assert [f"{row.case}: {row.quantity}" for row in rows if row.outcome != "pass"] == []
    assert {row.case for row in rows} == {case["id"] for case in cases()}


def test_the_filed_page_is_current(rows: list[Row]) -> None:
    assert page(rows) == PAGE.read_text("utf-8"), "Run `make validate` and file docs/validation.md again."


def test_every_quantity_of_every_case_is_compared(rows: list[Row]) -> None:
    expected = sum(1 if isinstance(case["expected"], list) else len(case["expected"]) for case in cases())
    assert len(rows) == expected


def made_up(**changes: Any) -> dict[str, Any]:
    case = {
        "id": "made up",
        "source": "here",
        "clause": "1",
        "kind": "made up",
        "expected": {"u": {"value": 1.0, "tol": 0.05}},
        "computed": {"u": 1.01},
        "notes": None,
    }
    return case | changes


@pytest.mark.parametrize(
    ("ours", "outcome"),
    [
        ({"u": 1.01}, "pass"),
        ({"u": 1.011}, "fail"),
        ({"u": 1.2}, "fail"),
        ({"u": None}, "fail"),
        ({"u": [1.01]}, "fail"),
        ({"u": Sampled(1.0102, 5e-4)}, "pass"),
        ({"u": Sampled(1.011, 5e-4)}, "fail"),
        ({}, "not computed"),
    ],
)
def test_the_comparison_can_fail(ours: dict[str, Any], outcome: str) -> None:
    found = rows_of(made_up(), {"made up": lambda case: ours})
    assert [row.outcome for row in found] == [outcome]


def test_a_case_without_a_checker_is_reported_not_passed() -> None:
    found = rows_of(made_up(kind="not known"), CHECKERS)
    assert [row.outcome for row in found] == ["no checker"]
    assert "no checker" in page(found)
    unknown_table = made_up(kind="limit table", id="another table", expected={"I": [1, 2]})
    assert [row.outcome for row in rows_of(unknown_table, CHECKERS)] == ["not computed"]


def test_limits_agree_exactly_or_fail() -> None:
    case = next(case for case in cases() if case["id"] == "oiml-r76-table6")
    changed = case | {"expected": case["expected"] | {"III": [500, 2000, 10001]}}
    outcomes = {row.quantity: row.outcome for row in rows_of(changed, CHECKERS)}
    assert outcomes == {"I": "pass", "II": "pass", "III": "fail", "IIII": "pass"}


def test_the_page_stands_alone() -> None:
    assert Path(PAGE).name == "validation.md"
    text = PAGE.read_text("utf-8")
    assert "Engine version" in text
    assert "/work" not in text

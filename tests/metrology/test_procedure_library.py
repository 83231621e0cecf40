"""Every shipped procedure reads without a problem and every shipped case comes out as it says."""

import json
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from quacan.metrology.procedure import as_json, layout, run_case
from quacan.metrology.procedure.cases import case_cells
from quacan.metrology.procedure.definition import EmptyLimit
from tests.metrology.procedure_library import (
    CASES,
    PROCEDURES,
    case_at,
    limit_tables,
    procedure_at,
    procedure_of,
)


@pytest.mark.parametrize("path", PROCEDURES, ids=lambda path: path.parent.name)
def test_a_shipped_procedure_stands_where_its_name_says(path: Path) -> None:
    procedure = procedure_at(path)
    assert (procedure.discipline, procedure.code, procedure.version) == (
        path.parent.parent.name,
        path.parent.name,
        path.stem,
    )
    assert all(source.reference and source.confidence for source in procedure.sources().values())


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_shipped_case_comes_out_as_it_says(path: Path) -> None:
    report = run_case(procedure_of(path), case_at(path), limits=limit_tables())
    assert report.differences == (), [reason.vi for reason in report.result.reasons[:5]]
    json.dumps(as_json(report.result), ensure_ascii=False, allow_nan=False)


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_shipped_case_types_only_into_cells_of_the_layout(path: Path) -> None:
    procedure, case = procedure_of(path), case_at(path)
    shown = layout(procedure, characteristics=case.characteristics, event=case.event)
    known = {cell.key for step in shown.steps for row in step.rows for cell in row.cells}
    assert set(case.without) <= known
    if case.event in procedure.events:
        assert set(case_cells(procedure, case)) <= known
    json.dumps(as_json(shown), ensure_ascii=False, allow_nan=False)


@pytest.mark.parametrize("path", PROCEDURES, ids=lambda path: path.parent.name)
def test_every_procedure_shows_each_verdict_it_can_reach(path: Path) -> None:
    """A procedure with every limit known passes, fails and stays open; with an empty limit it never passes."""
    shown = {case_at(each).verdict for each in CASES if each.parent.parent == path.parent}
    procedure = procedure_at(path)
    judged = [
        rule for step in procedure.steps for rule in (step.judge, step.judge_summary) if rule is not None
    ]
    if any(isinstance(rule.limit, EmptyLimit) for rule in judged):
        assert "pass" not in shown
        assert "undetermined" in shown
    elif procedure.service == "verification":
        assert shown == {"pass", "fail", "undetermined"}
    else:
        assert "undetermined" in shown


@pytest.mark.parametrize("path", PROCEDURES, ids=lambda path: path.parent.name)
def test_labels_differ_between_the_two_languages_only_where_they_may(path: Path) -> None:
    procedure = procedure_at(path)
    titles = [procedure.title, *(step.title for step in procedure.steps)]
    assert all(title.vi != title.en for title in titles)


def test_versions_of_one_procedure_do_not_govern_the_same_day() -> None:
    versions = defaultdict(list)
    for path in PROCEDURES:
        versions[path.parent.name].append(procedure_at(path))
    for same in versions.values():
        ordered = sorted(same, key=lambda each: each.in_force_from)
        for earlier, later in pairwise(ordered):
            assert earlier.in_force_to is not None
            assert earlier.in_force_to < later.in_force_from

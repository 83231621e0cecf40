"""An instrument is adjusted while it is measured: what was found stays, what is left decides."""

import pytest
from django.test import Client

from quacan.centre.base.refusals import ReasonMissing
from quacan.centre.examinations.models import Reading, Run
from quacan.centre.examinations.queries import (
    adjustment_view,
    current_readings,
    differences,
    evaluation,
    evidence_of,
    gathered,
    plausibility_hints,
    revisions,
    sheet_layout,
    sheet_view,
    traces,
)
from quacan.centre.examinations.refusals import NotAdjusted, NothingFound, NotPerformer, Undetermined
from quacan.centre.verification.actions import (
    adjust_instrument,
    approve_worksheet,
    carry_checklists,
    enter_readings,
    return_worksheet,
    submit_worksheet,
    use_standard,
)
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.queries import flaws
from quacan.centre.verification.tests.conftest import Bench, cells_of, equip

pytestmark = pytest.mark.django_db

UP = "accuracy_up.1.indication"


def adjusted(bench: Bench, name: str = "failing") -> Worksheet:
    sheet = bench.typed(name=name)
    adjust_instrument(bench.act(reason="Chỉnh lại độ nhạy"), sheet)
    return sheet


def checklist_cells(sheet: Worksheet) -> set[str]:
    steps = [step for step in sheet_layout(sheet).steps if step.kind == "checklist"]
    return {cell.key for step in steps for row in step.rows for cell in row.cells}


class TestAsFoundAsLeft:
    def test_everything_is_measured_again(self, bench: Bench) -> None:
        sheet = bench.typed(name="failing")
        before = evaluation(sheet)
        assert before.verdict == "fail"
        adjust_instrument(bench.act(reason="Chỉnh lại độ nhạy"), sheet)
        assert current_readings(sheet) == {}
        assert evaluation(sheet).verdict == "undetermined"
        with pytest.raises(Undetermined):
            submit_worksheet(bench.act(), sheet)
        shown = evidence_of(sheet)
        assert shown.as_found == before
        assert shown.adjusted == "Chỉnh lại độ nhạy"

    def test_what_is_left_decides_and_both_stay(self, bench: Bench) -> None:
        sheet = adjusted(bench)
        enter_readings(bench.act(), sheet, cells=cells_of("counter-scale"))
        sheet = submit_worksheet(bench.act(), sheet)
        assert sheet.verdict == "pass"
        assert evidence_of(sheet).as_found.verdict == "fail"
        assert differences(sheet) == []
        assert list(flaws()) == []
        assert approve_worksheet(bench.act("kdv.binh"), sheet).state == "approved"

    def test_without_one_there_is_nothing_found(self, bench: Bench) -> None:
        sheet = bench.typed()
        shown = evidence_of(sheet)
        assert (shown.as_found, shown.adjusted, adjustment_view(gathered(sheet))) == (None, "", None)

    def test_partial_again_never_passes(self, bench: Bench) -> None:
        sheet = adjusted(bench, "passing")
        cells = cells_of("counter-scale")
        enter_readings(bench.act(), sheet, cells={c: t for c, t in cells.items() if c != UP})
        assert evaluation(sheet).verdict == "undetermined"

    def test_revisions_count_on(self, bench: Bench) -> None:
        sheet = bench.typed()
        before = current_readings(sheet)[UP]
        run = adjust_instrument(bench.act(reason="Chỉnh"), sheet)
        enter_readings(bench.act(), sheet, cells={UP: "100"})
        now = current_readings(sheet)[UP]
        assert (now.revision, now.run) == (before.revision + 1, run)
        enter_readings(bench.act(), sheet, cells={UP: ""})
        assert current_readings(sheet)[UP].text == ""
        assert [one.standing for one in revisions(sheet, cell=UP)] == [True, False, False]
        assert list(flaws()) == []

    def test_before_measuring_again_nothing_stands(self, bench: Bench) -> None:
        sheet = adjusted(bench)
        assert [one.standing for one in revisions(sheet, cell=UP)] == [False]
        assert traces(sheet) == ()

    def test_twice_adjusted_the_first_is_found_the_last_is_left(self, bench: Bench) -> None:
        sheet = adjusted(bench)
        found = evidence_of(sheet).as_found
        enter_readings(bench.act(), sheet, cells={UP: "110"})
        adjust_instrument(bench.act(reason="Chỉnh lần hai"), sheet)
        assert current_readings(sheet) == {}
        shown = evidence_of(sheet)
        assert shown.as_found == found
        assert shown.adjusted == "Chỉnh lại độ nhạy; Chỉnh lần hai"

    def test_another_standard_binds_only_what_is_left(self, bench: Bench) -> None:
        sheet = adjusted(bench)
        enter_readings(bench.act(), sheet, cells={UP: "100"})
        other = equip(bench.world, "M2", "mass")
        use_standard(bench.act(), sheet, need="weights", certificate=other)
        newest = Reading.objects.filter(examination=sheet, standard_certificate=other)
        assert list(newest.values_list("cell", flat=True)) == [UP]

    def test_a_returned_sheet_keeps_what_is_left(self, bench: Bench) -> None:
        sheet = adjusted(bench)
        enter_readings(bench.act(), sheet, cells=cells_of("counter-scale"))
        sheet = submit_worksheet(bench.act(), sheet)
        sheet = return_worksheet(bench.act("kdv.binh", reason="Xem lại điểm 1"), sheet)
        assert evaluation(sheet).verdict == "pass"
        assert evidence_of(sheet).as_found.verdict == "fail"


class TestTheAct:
    def test_asks_for_a_reason_and_something_found(self, bench: Bench) -> None:
        sheet = bench.opened()
        with pytest.raises(NothingFound):
            adjust_instrument(bench.act(reason="Chỉnh"), sheet)
        enter_readings(bench.act(), sheet, cells={UP: "100"})
        with pytest.raises(ReasonMissing):
            adjust_instrument(bench.act(), sheet)
        with pytest.raises(NotPerformer):
            adjust_instrument(bench.act("kdv.binh", reason="Chỉnh"), sheet)
        assert not sheet.runs.filter(kind=Run.Kind.ADJUST).exists()

    def test_checklists_are_carried_over_only_when_asked(self, bench: Bench) -> None:
        with pytest.raises(NotAdjusted):
            carry_checklists(bench.act(), bench.typed("fuel-dispenser"))
        sheet = adjusted(bench, "passing")
        lists = checklist_cells(sheet)
        assert lists
        assert not lists & set(current_readings(sheet))
        one = sorted(lists)[0]
        enter_readings(bench.act(), sheet, cells={one: "defect"})
        assert adjustment_view(gathered(sheet)).carried == len(lists) - 1
        carry_checklists(bench.act(), sheet)
        now = {cell: row.text for cell, row in current_readings(sheet).items()}
        assert set(now) == lists
        assert now.pop(one) == "defect"
        assert adjustment_view(gathered(sheet)).carried == 0
        carry_checklists(bench.act(), sheet)
        assert len(current_readings(sheet)) == len(lists)


class TestShown:
    def test_errors_side_by_side(self, bench: Bench) -> None:
        sheet = adjusted(bench)
        enter_readings(bench.act(), sheet, cells=cells_of("counter-scale"))
        view = adjustment_view(gathered(sheet))
        assert view is not None
        assert view.verdict == "fail"
        failing = [row for row in view.rows if row.found_verdict == "fail"]
        assert failing
        assert all(row.found and row.left and row.change and row.limit for row in failing)
        assert {row.left_verdict for row in failing} == {"pass"}

    def test_the_page_shows_only_what_is_left(self, bench: Bench) -> None:
        sheet = adjusted(bench)
        cells = [
            cell for step in sheet_view(gathered(sheet)).steps for row in step.rows for cell in row.cells
        ]
        assert {cell.text for cell in cells} == {""}

    def test_an_earlier_sheet_is_compared_as_left(self, bench: Bench) -> None:
        bench.typed("fuel-dispenser")
        sheet = adjusted(bench, "passing")
        assert "copy" not in {hint.code for hint in plausibility_hints(sheet)}


class TestDoors:
    def test_adjusted_on_the_page(self, bench: Bench, client: Client) -> None:
        client.force_login(bench.an, backend="django.contrib.auth.backends.ModelBackend")
        sheet = bench.typed(name="failing")
        place = f"/kiem-dinh/{sheet.pk}/"
        assert "Trước và sau hiệu chỉnh" not in client.get(place).content.decode()
        asked = {"kind": "adjust", "reason": ""}
        assert client.post(f"{place}luot/", asked).status_code == 422
        assert client.post(f"{place}luot/", asked | {"reason": "Chỉnh độ nhạy"}).status_code == 302
        page = client.get(place).content.decode()
        for part in ("Trước và sau hiệu chỉnh", "Chỉnh độ nhạy", "Lấy lại kết quả kiểm tra bên ngoài"):
            assert part in page
        assert client.post(f"{place}lay-lai-kiem-tra/").status_code == 302
        assert set(current_readings(sheet)) == checklist_cells(sheet)
        answer = client.post(
            f"{place}so-doc/", {"cells": {UP: "100"}}, content_type="application/json"
        ).json()
        assert "Trước và sau hiệu chỉnh" in answer["parts"]["adjustment"]
        assert answer["marks"][UP][1] == 2

    @pytest.mark.parametrize("kind", ["repeat", "correct", "withdraw"])
    def test_the_other_acts_ask_for_their_reason_too(self, bench: Bench, client: Client, kind: str) -> None:
        client.force_login(bench.an, backend="django.contrib.auth.backends.ModelBackend")
        sheet = bench.typed()
        place = f"/kiem-dinh/{sheet.pk}/luot/"
        assert client.post(place, {"kind": kind, "reason": " "}).status_code == 422
        assert client.post(place, {"kind": kind, "reason": "vì thế"}).status_code == 302
        text = "" if kind == "withdraw" else "105"
        enter_readings(bench.act(), sheet, cells={UP: text})
        now = current_readings(sheet)[UP]
        assert (now.run.kind, now.run.reason, now.text) == (kind, "vì thế", text)
